// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nestd: the platform as a program. Says on standard output, in one line of JSON, where it listens once it is
// ready and knows whether functions can start; everything else goes to standard error.

#include "app/nestd/inputend.h"
#include "app/nestd/obstacles.h"
#include "app/nestd/options.h"
#include "app/nestd/unixsignals.h"

#include "api/wire/codec.h"
#include "platform/keeper/timeslice.h"

#include <QCoreApplication>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iterator>
#include <optional>

namespace {

// sysexits.h: a supervisor should not restart what a person has to mend.
constexpr int exitConfiguration = 78;
constexpr int exitUnavailable = 69;
constexpr std::chrono::seconds drainLimit{30};
constexpr std::chrono::milliseconds ownDrainLimit{500}; // of a platform whose program has gone

int complain(const nest::Error &error, int code)
{
    std::fprintf(stderr, "nestd: %s\n", error.detail.c_str());
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("nestd"));
    ::signal(SIGPIPE, SIG_IGN);
    nest::keeper::setOwnSlice(
        nest::keeper::servingSlice); // threads and the keeper come later and have it too
    spdlog::set_default_logger(spdlog::stderr_logger_mt("nestd"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");

    int exitCode = 0;
    const auto options = nest::nestd::readOptions(argc, argv, exitCode);
    if (!options) {
        return complain(options.error(), exitConfiguration);
    }
    if (!*options) {
        return exitCode;
    }
    const bool isMisconfigured = !(*options)->problems.empty();
    auto problems = (*options)->problems;
    if ((*options)->checkOnly) {
        std::ranges::move(nest::nestd::findObstacles((*options)->platform), std::back_inserter(problems));
    }
    for (const auto &problem : problems) {
        std::fprintf(stderr, "nestd: %s\n", problem.c_str());
    }
    if (!problems.empty()) {
        return isMisconfigured ? exitConfiguration : exitUnavailable;
    }
    if ((*options)->checkOnly) {
        std::printf("The configuration is good. Data: %s, sockets: %s\n",
                    (*options)->platform.dataDirectory.c_str(),
                    (*options)->platform.runtimeDirectory.c_str());
        return 0;
    }
    nest::nestd::UnixSignals signalsReceived; // before any thread
    nest::control::Platform platform((*options)->platform);
    bool mayEnd = false; // it was ready, or was told to stop: an end before that is a failed start
    QObject::connect(&platform, &nest::control::Platform::ready, &application, [&platform, &mayEnd] {
        mayEnd = true;
        std::printf("%s\n", nest::wire::write(platform.endpoint()).c_str());
        std::fflush(stdout);
        sd_notify(0, "READY=1");
    });
    if (const auto started = platform.start(); !started) {
        return complain(started.error(), exitUnavailable);
    }
    QObject::connect(&signalsReceived, &nest::nestd::UnixSignals::received, &platform,
                     [&platform, &mayEnd](int number) {
                         mayEnd = true;
                         spdlog::info("signal {}: finishing what runs", number);
                         sd_notify(0, "STOPPING=1");
                         platform.stop(drainLimit);
                     });
    std::optional<nest::nestd::InputEnd> input;
    if ((*options)->endsWithInput) {
        input.emplace();
        QObject::connect(&*input, &nest::nestd::InputEnd::closed, &platform, [&platform, &mayEnd] {
            mayEnd = true;
            platform.stop(ownDrainLimit);
        });
    }
    QObject::connect(&platform, &nest::control::Platform::stopped, &application,
                     [&mayEnd](const QString &reason) {
                         if (!reason.isEmpty()) {
                             spdlog::info("ends: {}", reason.toStdString());
                         }
                         QCoreApplication::exit(mayEnd ? 0 : exitUnavailable);
                     });
    return QCoreApplication::exec();
}
