// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a caller may ask of the lists: plain values that become query parameters. An empty text or an absent
// value is left out of the query.

#include "api/wire/common.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nest::client {

/// One page of a list, and the place in the watch from which changes to it follow.
template <typename T>
struct Page
{
    std::vector<T> items;
    std::optional<std::string> nextCursor; // absent on the last page
    std::optional<std::int64_t> watchId;
};

struct InstanceQuery
{
    std::string function;
    std::optional<wire::GroupName> group;
    std::string state; // lowerCamel, "ready"
};

struct DecisionQuery
{
    std::string function;
    std::optional<wire::GroupName> group;
    std::optional<int> version;
    std::optional<wire::Time> from;
    std::optional<wire::Time> to;
    int limit = 200;
    std::string cursor;
};

struct LogQuery
{
    std::string function;
    std::optional<std::int64_t> after; // absent: the newest `limit` lines
    int limit = 500;
    std::string instance;
    std::optional<wire::GroupName> group = {};
    std::string severity; // lowerCamel, "warn"
};

struct MetricsQuery
{
    std::string function;
    std::optional<wire::GroupName> group;
    std::optional<int> version;
    std::vector<std::string> names; // requestsPerSecond, p99Ms …
    wire::Time from;
    wire::Time to;
    int widthPixels = 0; // 0: raw resolution
};

} // namespace nest::client
