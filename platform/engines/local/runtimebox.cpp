// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/runtimebox.h"

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>

namespace nest::engines {
namespace {

constexpr int jobNiceness = 10;   // functions have the processor first
constexpr int jobProcesses = 256; // node --test starts a process a file
constexpr int heapPercent = 75;   // of the promised memory; the rest is stacks, code and buffers

} // namespace

Result<keeper::BoxSpec> instanceBox(const InstanceSpec &spec, const std::string &runtimesDirectory)
{
    if (spec.runtime != "node20") {
        return failure("engines/unknown-runtime",
                       "There is no runtime '" + spec.runtime + "' on this machine. Use node20.");
    }
    if (!std::filesystem::is_directory(spec.codeDir)) {
        return failure("engines/no-code", "The code of '" + spec.function + "' is not at '" + spec.codeDir +
                                              "'. Build the version again.");
    }
    const auto heap = std::max(16, spec.memoryMegabytes * heapPercent / 100);
    return keeper::BoxSpec{.command = {"/usr/bin/node", "--max-old-space-size=" + std::to_string(heap),
                                       // A .js file is an ES module unless package.json says otherwise.
                                       "--experimental-default-type=module",
                                       "--disable-warning=ExperimentalWarning", "/nest/main.mjs"},
                           .environment = {{"NEST_LISTEN_FD", "3"}},
                           .binds = {{.host = runtimesDirectory + "/node", .inside = "/nest"},
                                     {.host = spec.codeDir, .inside = "/code"}},
                           .workingDirectory = "/code",
                           .limits = {.memoryMegabytes = spec.memoryMegabytes}};
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
