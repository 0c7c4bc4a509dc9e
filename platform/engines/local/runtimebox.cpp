// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/runtimebox.h"

#include "platform/engines/local/grantsettings.h"
#include "platform/engines/local/namefiles.h"
#include "platform/runtimes/catalogue.h"

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>

namespace nest::engines {
namespace {

constexpr int jobNiceness = 10;    // functions have the processor first
constexpr int jobProcesses = 256;  // node --test starts a process a file
constexpr int heapPercent = 75;    // of the promised memory; the rest is stacks, code and buffers
constexpr int pythonThreads = 300; // one a connection, of which the gateway holds one a request in flight

constexpr int javaHeapPercent = 60; // metaspace, code cache and the collector's tables are beside it
constexpr int javaThreads = 300;    // the JVM's own are about twenty; requests are virtual threads

std::vector<std::string> javaCommand(int memoryMegabytes)
{
    const auto heap = std::max(16, memoryMegabytes * javaHeapPercent / 100);
    // Java takes a listening socket as descriptor 0 only.
    return {"/usr/bin/sh", "-c", "exec \"$@\" <&3 3<&-", "java", "/usr/bin/java",
            "-Xmx" + std::to_string(heap) + "m", "-Xss512k",
            // For a quick start; the archive is left aside when another JVM made it.
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:SharedArchiveFile=/nest/nest-guest.jsa",
            "-Xshare:auto", "-Xlog:disable", "-XX:-UsePerfData",
            // What Java itself takes for granted; a box without a file system of its own has it elsewhere.
            "-Djava.io.tmpdir=/tmp",
            // The reason is read from what it says last.
            "-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr",
            // A handler that computes is not to stop the others, so more of them run than there are cores.
            "-Djdk.virtualThreadScheduler.parallelism=8", "-Djdk.virtualThreadScheduler.maxPoolSize=64",
            "-Djava.util.logging.config.class=nest.guest.Logging",
            // As platform/runtimes/java/java.cmake has it.
            "-cp", "/nest/nest-guest.jar:/nest/nest-functions.jar:/nest/gson.jar", "nest.guest.Main"};
}

std::vector<std::string> command(const runtimes::Runtime &runtime, int memoryMegabytes)
{
    if (runtime.folder == "python") {
        return {"/usr/bin/python3", "-I", "-S", "-B", "/nest/main.py"};
    }
    if (runtime.folder == "java") {
        return javaCommand(memoryMegabytes);
    }
    const auto heap = std::max(16, memoryMegabytes * heapPercent / 100);
    return {"/usr/bin/node", "--max-old-space-size=" + std::to_string(heap),
            // What a .js file is, package.json of the artefact says, else Node finds out by itself.
            "--disable-warning=ExperimentalWarning", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
            "/nest/main.mjs"};
}

Result<keeper::BoxSpec> runtimeBox(const std::string &id, int memoryMegabytes, const std::string &codeFolder,
                                   const HostFolders &host)
{
    const auto *runtime = runtimes::find(id);
    if (runtime == nullptr) {
        return failure("engines/unknown-runtime", "There is no runtime '" + id +
                                                      "' on this machine. Known: " + runtimes::knownIds() +
                                                      ".");
    }
    keeper::BoxSpec box{
        .command = command(*runtime, memoryMegabytes),
        .environment = {{"NEST_LISTEN_FD", "3"}},
        .binds = {{.host = host.runtimes + '/' + std::string(runtime->folder), .inside = "/nest"},
                  {.host = codeFolder, .inside = "/code"}},
        .workingDirectory = "/code",
        .limits = {.memoryMegabytes = memoryMegabytes}};
    if (!host.calls.empty()) {
        box.binds.push_back({.host = host.calls, .inside = "/run/nest"});
    }
    if (runtime->folder == "python") {
        box.limits.processes = pythonThreads;
    } else if (runtime->folder == "java") {
        box.limits.processes = javaThreads;
    }
    return box;
}

} // namespace

Result<keeper::BoxSpec> instanceBox(const InstanceSpec &spec, const HostFolders &host)
{
    if (!std::filesystem::is_directory(spec.codeDir)) {
        return failure("engines/no-code", "The code of '" + spec.function + "' is not at '" + spec.codeDir +
                                              "'. Build the version again.");
    }
    auto box = runtimeBox(spec.runtime, spec.memoryMegabytes, spec.codeDir, host);
    if (box) {
        box->grants = spec.grants;
        box->hasOpenNetwork = spec.hasOpenNetwork;
    }
    if (box && spec.hasOpenNetwork) {
        auto files = nameFiles(host.names);
        if (!files) {
            return std::unexpected(std::move(files.error()));
        }
        box->binds.insert(box->binds.end(), files->begin(), files->end());
    }
    return box;
}

Result<keeper::BoxSpec> slotBox(const SlotSpec &spec, const std::string &folder, const HostFolders &host)
{
    auto box = runtimeBox(spec.runtime, spec.memoryMegabytes, folder, host);
    if (box) {
        for (const auto &[name, value] : spec.environment) {
            box->environment[name] = value;
        }
        std::string preload;
        for (const auto &module : spec.preload) {
            preload += (preload.empty() ? "" : " ") + module;
        }
        if (!preload.empty()) {
            box->environment["NEST_PRELOAD"] = preload;
        }
    }
    return box;
}

keeper::BoxSpec jobBox(const JobSpec &job)
{
    keeper::BoxSpec box{.command = job.arguments,
                        .environment = job.environment,
                        .binds = {{.host = job.workDirectory, .inside = "/work", .isWritable = true}},
                        .workingDirectory = "/work",
                        .limits = {.memoryMegabytes = job.memoryMegabytes,
                                   .processes = jobProcesses,
                                   .fileMegabytes = job.fileMegabytes},
                        .niceness = jobNiceness,
                        .hasHostNetwork = job.hasHostNetwork};
    for (const auto &[host, inside] : job.readOnly) {
        box.binds.push_back({.host = host, .inside = inside});
    }
    return box;
}

std::string specialiseBody(const InstanceSpec &spec, const std::string &codeDir)
{
    auto environment = spec.environment;
    for (auto &[name, value] : settingsOf(spec.grants)) {
        environment[name] = value;
    }
    const auto mark = spec.handler.find('#');
    const auto handler = mark == std::string::npos ? std::string() : spec.handler.substr(mark + 1);
    return boost::json::serialize(
        boost::json::object{{"codeDir", codeDir},
                            {"entry", spec.handler.substr(0, mark)},
                            {"handler", handler},
                            {"environment", boost::json::value_from(environment)},
                            {"secrets", boost::json::value_from(spec.secrets)},
                            {"version", spec.version},
                            {"function", spec.function},
                            {"group", spec.set.empty() ? std::string() // a trial is in none
                                                       : spec.set + '/' + spec.lane + '/' + spec.region},
                            {"instance", spec.id},
                            {"timeoutSeconds", spec.timeoutSeconds}});
}

} // namespace nest::engines
