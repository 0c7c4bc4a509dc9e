// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What one changed of a document, put on top of what somebody else made of it meanwhile: value by value, of
// tables name by name.
//
// Invariant: what one did not touch is theirs. Pure functions. Thread: any.

#include "api/wire/common.h"

namespace nest::models {

/// `to` is theirs; it becomes mine where mine is other than the base.
template <typename T>
void take(T &to, const T &base, const T &mine)
{
    if (mine != base) {
        to = mine;
    }
}

/// Name by name.
inline void take(wire::Environment &to, const wire::Environment &base, const wire::Environment &mine)
{
    for (const auto &[name, value] : mine) {
        const auto old = base.find(name);
        if (old == base.end() || old->second != value) {
            to[name] = value;
        }
    }
    for (const auto &[name, value] : base) {
        if (!mine.contains(name)) {
            to.erase(name);
        }
    }
}

/// Of two documents of one thing: the answer to a change may be faster than the watch, which then tells an
/// older one. What has no time is not older.
template <typename T>
[[nodiscard]] bool isOlder(const T &one, const T &other)
{
    return one.status && other.status && one.status->changedAt && other.status->changedAt &&
           *one.status->changedAt < *other.status->changedAt;
}

} // namespace nest::models
