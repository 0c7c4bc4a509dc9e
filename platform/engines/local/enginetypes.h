// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What an engine is asked to run, and what it says about it. Plain values, any thread.

#include "platform/keeper/grant.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nest::engines {

/// Where a box with a file system of its own sees the code.
inline constexpr const char *codeInBox = "/code";

/// One process of one version of a function in a group.
struct InstanceSpec
{
    std::string id;
    std::string function;
    std::string set, lane, region;
    int version = 0;
    std::string runtime; // "node20"
    std::string codeDir; // unpacked artefact on the host, seen read-only at /code
    std::string handler; // "src/handler.js#handler"
    int memoryMegabytes = 256;
    int timeoutSeconds = 10;
    std::map<std::string, std::string> environment =
        {};                // handed over by the socket, in no argument and no dump
    std::string pool = {}; // to start from by preference; empty: the warm one of its runtime and memory
    std::map<std::string, std::string> secrets = {}; // values; as the environment, and in no line either
    std::string secretsMark = {};           // which secrets these are, and as of which change; no value
    std::vector<keeper::Grant> grants = {}; // with any it is not started in a slot
    bool hasOpenNetwork = false;            // nor with this
    bool operator==(const InstanceSpec &) const = default;
};

/// The phases of a start. The engine fills start, runtimeInit and userInit; its caller the others.
struct ColdStart
{
    double scheduleMs = 0, fetchMs = 0, startMs = 0, runtimeInitMs = 0, userInitMs = 0;
    bool operator==(const ColdStart &) const = default;
};

/// A booted runtime without a function, which waits to become an instance of one.
struct SlotSpec
{
    std::string id;
    std::string pool;
    std::string runtime;
    int memoryMegabytes = 256;
    std::string content = {}; // names what was loaded ahead: packages, preloaded modules, environment
    bool hasPackages = false; // they lie in its folder from the start
    // Of a slot that is to be booted; what runs is not asked for it again.
    std::string packagesDir = {};                        // the unpacked artefact whose packages these are
    std::vector<std::string> preload = {};               // modules that are imported before the slot is ready
    std::map<std::string, std::string> environment = {}; // no secrets
    bool operator==(const SlotSpec &) const = default;
};

/// An instance that an earlier nestd started and that is still ready.
struct AdoptedInstance
{
    std::string id;
    std::string socketPath;
    InstanceSpec spec; // without environment and secrets: the keeper, which remembered it, is told none
    bool operator==(const AdoptedInstance &) const = default;
};

/// One command in a box that sees workDirectory, writable, at /work.
struct JobSpec
{
    std::string id;
    std::vector<std::string> arguments; // the first is a path inside the box
    std::string workDirectory;
    std::vector<std::pair<std::string, std::string>> readOnly; // path on the host, path inside
    std::map<std::string, std::string> environment = {};       // no secrets
    int memoryMegabytes = 512;
    int fileMegabytes = 64; // one file
    int timeoutSeconds = 60;
    bool hasHostNetwork = false; // for fetching packages only
    bool operator==(const JobSpec &) const = default;
};

} // namespace nest::engines
