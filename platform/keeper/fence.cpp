// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/fence.h"

#include "platform/keeper/fencedprocess.h"
#include "platform/keeper/landlock.h"

#include <fcntl.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace nest::keeper {
namespace {

std::unexpected<Error> fenceFailure(const std::string &what, int error)
{
    return failure("keeper/fence", what + ": " + std::strerror(error) + ".");
}

struct Pipe
{
    FileDescriptor reader;
    FileDescriptor writer;
};

Result<Pipe> makePipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fenceFailure("No pipe could be made", errno);
    }
    return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

Result<> checkNetwork(const BoxSpec &spec)
{
    const std::string needed =
        !spec.grants.empty() ? "Addresses that a function is granted need a network of its own, which this "
                               "machine does not allow. Deploy it without grants, or allow user namespaces."
        : spec.hasOpenNetwork
            ? "An open network needs one of the function's own, which this machine does not "
              "allow. Deploy it without, or allow user namespaces."
        : spec.hasLoopback ? "A debugger needs a network of the function's own, which this machine does not "
                             "allow. Allow user namespaces."
                           : "";
    return needed.empty() ? Result<>() : failure("keeper/no-network", needed);
}

/// What is bound into another bind is a link there, which is removed with the box.
Result<> linkInnerBinds(const BoxSpec &box, std::vector<std::string> &links)
{
    for (const auto &inner : box.binds) {
        for (const auto &outer : box.binds) {
            if (!inner.inside.starts_with(outer.inside + '/')) {
                continue;
            }
            const auto link = outer.host + inner.inside.substr(outer.inside.size());
            std::error_code error;
            std::filesystem::remove(link, error); // an empty folder that stood for it
            if (::symlink(inner.host.c_str(), link.c_str()) != 0) {
                return fenceFailure("'" + inner.inside + "' could not be made to lead to its files", errno);
            }
            links.push_back(link);
        }
    }
    return {};
}

} // namespace

FencedPlaces::~FencedPlaces()
{
    for (const auto &link : links) {
        ::unlink(link.c_str());
    }
}

Result<BoxProcess> startFenced(const BoxSpec &spec, const FileDescriptor &listener, const FencedStart &start)
{
    if (auto checked = checkNetwork(spec); !checked) {
        return std::unexpected(checked.error());
    }
    auto temporary = TemporaryFolder::make(start.temporaryFolder);
    if (!temporary) {
        return std::unexpected(temporary.error());
    }
    auto places = std::make_unique<FencedPlaces>();
    places->temporary = std::move(*temporary);
    const auto folder = canonicalPath(places->temporary.path());
    places->names = BoxPlaces(spec.binds, folder);
    const auto box = places->names.onHost(spec);
    if (auto linked = linkInnerBinds(box, places->links); !linked) {
        return std::unexpected(linked.error());
    }
    auto rules = start.fences.hasLandlock ? landlockRules(box, folder) : Result<FileDescriptor>();
    if (!rules) {
        return std::unexpected(rules.error());
    }
    auto output = makePipe();
    auto errors = makePipe();
    auto report = makePipe();
    if (!output || !errors || !report) {
        return std::unexpected(!output ? output.error() : !errors ? errors.error() : report.error());
    }
    FencedProcess process{.box = box,
                          .temporaryFolder = folder,
                          .programs = start.fences.hasSeccomp ? start.programs : std::vector<std::string>(),
                          .rules = std::move(*rules),
                          .output = std::move(output->writer),
                          .errors = std::move(errors->writer),
                          .report = std::move(report->writer),
                          .listener = listener.get(),
                          .connects = !start.fences.hasSeccomp || spec.hasHostNetwork ? Connects::Freely
                                      : listener.isOpen()                             ? Connects::ToBinds
                                                                                      : Connects::Nowhere,
                          .keeper = ::getpid()};
    const pid_t pid = ::fork();
    if (pid < 0) {
        return fenceFailure("No process could be started", errno);
    }
    if (pid == 0) {
        watchOver(std::move(process));
    }
    process.report.reset(); // else its end would never come
    StepFailure failed{};
    ssize_t got = 0;
    do {
        got = ::read(report->reader.get(), &failed, sizeof failed);
    } while (got < 0 && errno == EINTR);
    if (got == sizeof failed) {
        ::waitpid(pid, nullptr, 0);
        return fenceFailure(wordsOf(failed.step) + " '" + spec.command.front() + "'", failed.error);
    }
    for (const int reader : {output->reader.get(), errors->reader.get()}) {
        ::fcntl(reader, F_SETFL, O_NONBLOCK);
    }
    return BoxProcess{pid, std::move(output->reader), std::move(errors->reader), {}, std::move(places)};
}

} // namespace nest::keeper
