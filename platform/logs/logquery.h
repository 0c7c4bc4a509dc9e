// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What goes into the log store, what may be asked of it, and its limits: plain values.

#include "api/wire/common.h"
#include "api/wire/observation.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace nest::logs {

/// One line as a function printed it, without its line end.
struct Incoming
{
    std::string function = {};
    int version = 0;
    std::string instance = {};
    std::string group = {};  // "default/main/local"
    std::string stream = {}; // "stdout" or "stderr"
    std::string line = {};
    wire::Time time = {}; // when the platform got it
};

struct Query
{
    std::string function = {};
    std::optional<std::int64_t> after = {}; // lines with a greater sequence; absent: the newest `limit`
    int limit = 200;                        // held to 1 … maxPageLines
    std::string instance = {};              // this one only, unless empty
    std::string group = {};                 // in this one only, unless empty
    std::string requestId = {};             // of this request only, unless empty
    std::optional<wire::Severity> atLeast = {};
    std::string text = {}; // in the message, whatever the case of ASCII letters
    std::optional<wire::Time> from = {};
    std::optional<wire::Time> to = {};
};

inline constexpr int maxPageLines = 5000;
/// A page that has looked at so many lines ends there, so that a search that finds little does not keep the
/// worker from writing: about half a second.
inline constexpr std::int64_t maxLinesSearched = 200'000;

struct LogConfig
{
    std::string directory = {};                             // one folder a function beneath it
    std::int64_t maxBytesPerFunction = 256LL * 1024 * 1024; // on the disk: of compressed segments
    std::chrono::hours keep{7 * 24};
    std::int64_t segmentBytes = 4LL * 1024 * 1024; // unpacked; the most that one step of a search unpacks
    std::size_t queueLines = 20'000;               // that wait for the disk; beyond: dropped and counted
    std::size_t queueBytes = 64UL * 1024 * 1024;   // likewise
    std::function<wire::Time()> now = {};          // the system's clock when empty
};

} // namespace nest::logs
