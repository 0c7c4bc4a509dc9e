// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names and small values that all wire types share. Plain aggregates: no behaviour but comparison and text.

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nest::wire {

/// RFC 3339 with milliseconds in UTC on the wire.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

using Environment = std::map<std::string, std::string>;

/// Text that is already JSON: written as it is, read without looking inside.
struct RawJson
{
    std::string text;
    bool operator==(const RawJson &) const = default;
};

/// SET, lane and region; "set/lane/region" as text, an object on the wire.
struct GroupName
{
    std::string set = "default";
    std::string lane = "main";
    std::string region = "local";
    auto operator<=>(const GroupName &) const = default;
};
BOOST_DESCRIBE_STRUCT(GroupName, (), (set, lane, region))

/// The three parts joined by '/'.
std::string toString(const GroupName &group);
/// Nothing unless the text has exactly three parts, each of [a-z0-9-], 1 to 40 characters.
std::optional<GroupName> parseGroupName(std::string_view text);

/// "2026-03-01T10:58:26.204Z"
std::string toString(Time time);
/// RFC 3339 in any offset; nothing when the text is no such time.
std::optional<Time> parseTime(std::string_view text);

/// One page of a list; `nextCursor` is absent on the last page.
template <typename T>
struct List
{
    std::vector<T> items;
    std::optional<std::string> nextCursor;
    BOOST_DESCRIBE_CLASS(List, (), (items, nextCursor), (), ())
};

} // namespace nest::wire
