// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the store keeps, as plain values. Bodies are JSON text that the store never looks into.

#include "api/wire/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nest::store {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

struct Document
{
    std::string kind; // "function", "deployment", …
    std::string id;   // unique within the kind
    std::string parent;
    std::string body;
    std::int64_t etag = 0; // the number of the change that made it: never the same twice
    TimePoint created;
    TimePoint updated;
    bool operator==(const Document &) const = default;
};

struct NewDocument
{
    std::string kind;
    std::string id;
    std::string parent;
    std::string body;
};

/// What must hold for a write to happen; the default writes whatever is there.
struct Condition
{
    std::optional<std::int64_t> etag = {}; // If-Match
    bool mustNotExist = false;             // If-None-Match: *
};

enum class Operation { Put, Delete };

struct Change
{
    std::int64_t id = 0;
    std::string kind;
    std::string key;
    Operation operation = Operation::Put;
    std::string body; // empty for a delete
    TimePoint at;
    bool operator==(const Change &) const = default;
};

struct ChangePage
{
    bool compacted = false; // what came after `id` is no longer known: list anew
    std::vector<Change> changes;
    std::int64_t last = 0; // where to go on from; moves past changes of other kinds too
};

struct File
{
    std::string function;
    std::string path;
    std::string content; // any bytes; empty in lists
    std::int64_t size = 0;
    std::int64_t etag = 0;
    TimePoint updated;
    bool operator==(const File &) const = default;
};

struct DecisionRecord
{
    std::string id; // dec-…
    std::string deployment;
    std::string version;
    TimePoint at;
    std::string body;
    bool operator==(const DecisionRecord &) const = default;
};

struct DecisionQuery
{
    std::string deployment = {}; // empty: of all
    TimePoint from = {};
    TimePoint to = TimePoint::max(); // not included
    int limit = 100;
    std::string before = {}; // the id of the last one of the previous page
};

struct SeriesChunk
{
    std::string revision;
    TimePoint start;
    int resolutionSeconds = 1;
    std::string body; // compressed
    bool operator==(const SeriesChunk &) const = default;
};

struct Answer // to a request with an Idempotency-Key
{
    int status = 0;
    std::string body;
    TimePoint at;
    std::string request; // what tells one request from another, e.g. a digest; empty when not known
    bool operator==(const Answer &) const = default;
};

/// What is there instead, carried by store/stale and store/exists.
struct Present
{
    std::int64_t etag = 0;
    std::string body;
};

[[nodiscard]] Error conflict(std::string type, std::string detail, const Present &present);
/// Nothing when the error is of another type, or when nothing is there.
[[nodiscard]] std::optional<Present> presentIn(const Error &error);

} // namespace nest::store
