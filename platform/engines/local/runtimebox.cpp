// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/runtimebox.h"

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

std::vector<std::string> command(const runtimes::Runtime &runtime, int memoryMegabytes)
{
    if (runtime.folder == "python") {
        return {"/usr/bin/python3", "-I", "-S", "-B", "/nest/main.py"};
    }
    const auto heap = std::max(16, memoryMegabytes * heapPercent / 100);
    return {"/usr/bin/node", "--max-old-space-size=" + std::to_string(heap),
            // A .js file is an ES module unless package.json says otherwise.
            "--experimental-default-type=module", "--disable-warning=ExperimentalWarning", "/nest/main.mjs"};
}

Result<keeper::BoxSpec> runtimeBox(const std::string &id, int memoryMegabytes, const std::string &codeFolder,
                                   const std::string &runtimesDirectory)
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
        .binds = {{.host = runtimesDirectory + '/' + std::string(runtime->folder), .inside = "/nest"},
                  {.host = codeFolder, .inside = "/code"}},
        .workingDirectory = "/code",
        .limits = {.memoryMegabytes = memoryMegabytes}};
    if (runtime->folder == "python") {
        box.limits.processes = pythonThreads;
    }
    return box;
}

} // namespace

Result<keeper::BoxSpec> instanceBox(const InstanceSpec &spec, const std::string &runtimesDirectory)
{
    if (!std::filesystem::is_directory(spec.codeDir)) {
        return failure("engines/no-code", "The code of '" + spec.function + "' is not at '" + spec.codeDir +
                                              "'. Build the version again.");
    }
    return runtimeBox(spec.runtime, spec.memoryMegabytes, spec.codeDir, runtimesDirectory);
}

Result<keeper::BoxSpec> slotBox(const SlotSpec &spec, const std::string &folder,
                                const std::string &runtimesDirectory)
{
    return runtimeBox(spec.runtime, spec.memoryMegabytes, folder, runtimesDirectory);
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

std::string specialiseBody(const InstanceSpec &spec)
{
    const auto mark = spec.handler.find('#');
    const auto handler = mark == std::string::npos ? std::string() : spec.handler.substr(mark + 1);
    return boost::json::serialize(
        boost::json::object{{"codeDir", "/code"},
                            {"entry", spec.handler.substr(0, mark)},
                            {"handler", handler},
                            {"environment", boost::json::value_from(spec.environment)},
                            {"version", spec.version},
                            {"function", spec.function},
                            {"group", spec.set.empty() ? std::string() // a trial is in none
                                                       : spec.set + '/' + spec.lane + '/' + spec.region},
                            {"instance", spec.id},
                            {"timeoutSeconds", spec.timeoutSeconds}});
}

} // namespace nest::engines
