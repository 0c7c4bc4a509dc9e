// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nestd/options.h"

#include "app/nestd/configfile.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <iterator>

#include <sys/stat.h>
#include <unistd.h>

namespace nest::nestd {

namespace {

// Socket names below it must fit in 108 bytes, and decisions.md asks for less than 100.
constexpr std::size_t maxRuntimePath = 60;

std::string defaultDataDirectory()
{
    return (QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
            QStringLiteral("/nest/local"))
        .toStdString();
}

/// $XDG_RUNTIME_DIR/nest/local, else a folder of ours in /tmp that nobody else may have made.
Result<std::string> defaultRuntimeDirectory()
{
    const auto given = qgetenv("XDG_RUNTIME_DIR");
    if (!given.isEmpty() && QFileInfo(QString::fromLocal8Bit(given)).isDir()) {
        return given.toStdString() + "/nest/local";
    }
    const auto base = "/tmp/nest-" + std::to_string(::getuid());
    ::mkdir(base.c_str(), 0700);
    struct stat status{};
    if (::lstat(base.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != ::getuid() ||
        (status.st_mode & 0077) != 0) {
        return failure(
            "config/invalid",
            base + " is not a folder that only this user may read. Remove it, or set XDG_RUNTIME_DIR.");
    }
    return base + "/local";
}

CLI::Validator httpAddress()
{
    return {[](std::string &text) -> std::string {
                const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
                const bool isHttp =
                    url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
                if (!isHttp || url.host().isEmpty() || !url.isValid()) {
                    return "'" + text + "' is no address like https://registry.example.com/";
                }
                return url.userInfo().isEmpty() ? std::string()
                                                : "an address with a name or a password is not taken: builds "
                                                  "would show it";
            },
            "URL"};
}

} // namespace

Result<std::optional<Options>> readOptions(int argc, char **argv, int &exitCode)
{
    Options options;
    auto &platform = options.platform;
    platform.dataDirectory = defaultDataDirectory();
    const auto bin = QCoreApplication::applicationDirPath().toStdString();
    platform.keeperProgram = bin + "/nest-keeper";
    platform.shareDirectory = QDir::cleanPath(QString::fromStdString(bin + "/../share/nest")).toStdString();

    CLI::App app(
        "nestd, the platform of Nest: event gateway, autoscaler, builds and the /v1 API on this machine.");
    app.set_version_flag("--version", NEST_VERSION);
    app.option_defaults()->always_capture_default(false);
    int gatewayPort = -1;
    int apiPort = 0;
    int idleSeconds = 0;
    int trialSeconds = 0;
    auto configPath = (QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                       QStringLiteral("/nest/nestd.toml"))
                          .toStdString();
    const auto *config =
        app.add_option("--config", configPath, "configuration file (TOML), default " + configPath)
            ->envname("NEST_CONFIG")
            ->configurable(false);
    app.add_option("--data-dir", platform.dataDirectory, "database, artefacts, logs")
        ->envname("NEST_DATA_DIR");
    app.add_option("--runtime-dir", platform.runtimeDirectory, "sockets")->envname("NEST_RUNTIME_DIR");
    app.add_option("--region", platform.region, "the region this platform is")->envname("NEST_REGION");
    app.add_option("--environment", platform.environment,
                   "LOCAL, TEST, STAGING or PROD: how carefully a console treats this platform")
        ->envname("NEST_ENVIRONMENT")
        ->check(CLI::IsMember({"LOCAL", "TEST", "STAGING", "PROD"}));
    app.add_option("--gateway-port", gatewayPort,
                   "port of the gateway on 127.0.0.1 (default 7070, else the next free one; 0: any free one)")
        ->envname("NEST_GATEWAY_PORT")
        ->check(CLI::Range(0, 65'535));
    app.add_option("--api-port", apiPort,
                   "also serve the API on 127.0.0.1:PORT, with the token of DATA/token")
        ->envname("NEST_API_PORT")
        ->check(CLI::Range(1, 65'535));
    app.add_option("--exit-when-idle", idleSeconds, "end after so many seconds without a client (0: never)")
        ->envname("NEST_EXIT_WHEN_IDLE")
        ->check(CLI::Range(0, 86'400));
    app.add_flag("--end-with-input", options.endsWithInput,
                 "end when standard input closes, without a TCP API: a platform of one program")
        ->configurable(false);
    std::string debugged;
    app.add_option(
           "--debug", debugged,
           "every instance can be debugged by the socket RUNTIME/debug/debug.sock: attach, or wait for "
           "a debugger before the function is loaded; with --end-with-input only")
        ->check(CLI::IsMember({"attach", "wait"}))
        ->configurable(false);
    app.add_option("--trial-idle", trialSeconds,
                   "end an instance that tries a build after so many seconds unused (default 60)")
        ->envname("NEST_TRIAL_IDLE")
        ->check(CLI::Range(1, 86'400));
    app.add_option(
           "--npm-registry", platform.npmRegistry,
           "where builds fetch packages from (default: npm's own); in the file npm_registry of [builds]")
        ->envname("NEST_NPM_REGISTRY")
        ->check(httpAddress());
    app.add_option(
           "--pip-index", platform.pipIndex,
           "where builds fetch packages of Python from (default: pip's own); in the file pip_index of "
           "[builds]")
        ->envname("NEST_PIP_INDEX")
        ->check(httpAddress());
    app.add_option("--maven-repository", platform.mavenRepository,
                   "where builds fetch packages of Java from (default: Maven Central); in the file "
                   "maven_repository of [builds]")
        ->envname("NEST_MAVEN_REPOSITORY")
        ->check(httpAddress());
    app.add_option("--pool-idle", platform.poolIdle,
                   "booted runtimes kept ready for each runtime and memory in use (default 2; 0: none)")
        ->envname("NEST_POOL_IDLE")
        ->check(CLI::Range(0, 100));
    std::string grants = "on";
    app.add_option("--grants", grants,
                   "addresses that functions may be granted: on (any, the default), off, or a list of "
                   "host:port in which * stands for anything, e.g. 10.0.0.*:5432,*.db.example.com:*")
        ->envname("NEST_GRANTS")
        ->check([&platform](const std::string &text) {
            auto policy = control::GrantPolicy::parse(text);
            if (policy) {
                platform.grants = std::move(*policy);
            }
            return policy ? std::string() : policy.error().detail;
        });
    std::string price;
    app.add_option(
           "--price", price,
           "what a GB of memory costs an hour, like '0.12 CNY': plans of reserved instances then show "
           "their cost (default: none)")
        ->envname("NEST_PRICE")
        ->check([&platform](const std::string &text) {
            auto read = control::Price::parse(text);
            if (read) {
                platform.price = std::move(*read);
            }
            return read ? std::string() : read.error().detail;
        });
    app.add_option_function<std::string>(
           "--egress",
           [&platform](const std::string &text) {
               platform.egress = text == "open" ? wire::Egress::Open : wire::Egress::Granted;
           },
           "the most that functions may reach: granted (the addresses that they were granted, the default), "
           "or open (a deployment may ask for everything but this machine)")
        ->envname("NEST_EGRESS")
        ->check(CLI::IsMember({"granted", "open"}));
    app.add_option("--capacity-memory", platform.capacityMegabytes,
                   "MB of memory that functions may be promised in all (default: the machine's)")
        ->envname("NEST_CAPACITY_MEMORY")
        ->check(CLI::Range(64, 16'777'216));
    app.add_option("--bwrap", platform.bwrapProgram, "the bubblewrap program")->envname("NEST_BWRAP");
    app.add_flag(
           "--allow-weak-isolation", platform.allowsWeakIsolation,
           "run functions also where they could read every file of this user: where the machine has neither "
           "user namespaces nor Landlock")
        ->envname("NEST_ALLOW_WEAK_ISOLATION");
    app.add_flag("--allow-no-isolation", platform.allowsNoIsolation,
                 "for development only: run functions also where nothing holds them")
        ->envname("NEST_ALLOW_NO_ISOLATION");
    app.add_option("--share-dir", platform.shareDirectory, "runtimes and templates")
        ->envname("NEST_SHARE_DIR");
    app.add_flag("--check-config", options.checkOnly,
                 "read the configuration, look at folders, ports and programs, say all that is wrong, start "
                 "nothing")
        ->configurable(false);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success &success) {
        exitCode = app.exit(success);
        return std::nullopt;
    } catch (const CLI::ParseError &error) {
        return failure("config/invalid", std::string(error.what()) + ". nestd --help lists the options.");
    }
    auto &problems = options.problems;
    problems = refusedVariables(app);
    std::ranges::move(applyConfigFile(app, configPath, config->count() > 0), std::back_inserter(problems));
    if (platform.runtimeDirectory.empty()) {
        const auto directory = defaultRuntimeDirectory();
        if (!directory) {
            problems.push_back(directory.error().detail);
        } else {
            platform.runtimeDirectory = *directory;
        }
    }
    if (platform.runtimeDirectory.size() > maxRuntimePath) {
        problems.push_back("runtime-dir has " + std::to_string(platform.runtimeDirectory.size()) +
                           " characters; socket names allow 60. Choose a shorter folder, e.g. under /tmp.");
    }
    if (!debugged.empty() && !options.endsWithInput) {
        problems.emplace_back(
            "--debug lets whoever may open its socket run any code in a function's box, so it is "
            "for a platform of one program: add --end-with-input.");
    } else if (!debugged.empty()) {
        platform.debug = engines::DebugSettings{.relayProgram = bin + "/nest-relay",
                                                .folder = platform.runtimeDirectory + "/debug",
                                                .waits = debugged == "wait"};
        platform.poolIdle = 0; // a slot is booted without a debugger
        platform.gateway.activator.wait = std::chrono::hours(24);
    }
    if (!wire::parseGroupName("default/main/" + platform.region)) {
        problems.push_back("region '" + platform.region + "' must be lower-case letters, figures and -.");
    }
    if (gatewayPort >= 0) {
        platform.gateway.port = static_cast<std::uint16_t>(gatewayPort);
        platform.gateway.portWasSet = true;
    }
    if (apiPort != 0 && !options.endsWithInput) {
        platform.apiPort = static_cast<std::uint16_t>(apiPort);
    }
    if (trialSeconds != 0) {
        platform.trialIdle = std::chrono::seconds(trialSeconds);
    }
    if (idleSeconds != 0 && !options.endsWithInput) {
        platform.exitWhenIdle = std::chrono::seconds(idleSeconds);
    }
    return options;
}

} // namespace nest::nestd
