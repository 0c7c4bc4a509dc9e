// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The changed files between two versions: their file lists and contents are fetched from the platform,
// compared on a worker.
//
// Files that are the same in both lists (their etag is that of their content) are not fetched. Limits keep a
// large artefact from being pulled over: beyond them the file is named with what is known of it. Thread:
// awaited on the UI thread; the client must be asked for through QCoro::connect.

#include "api/client/platformclient.h"
#include "models/diff/linediff.h"

namespace nest::models {

struct CompareLimits
{
    DiffLimits diff = {};
    std::size_t files = 200;                             // fetched at most
    std::int64_t bytes = std::int64_t{16} * 1024 * 1024; // of contents in all
};

struct VersionDiff
{
    std::vector<FileDiff> files; // that differ, by path
    std::size_t notRead = 0;     // differ too, but were left out by the limits
    bool operator==(const VersionDiff &) const = default;
};

/// `before` 0: compared with nothing, every file is new.
client::Answer<VersionDiff> compareVersions(client::PlatformClient &client, std::string function, int before,
                                            int after, CompareLimits limits, std::stop_token stop);

} // namespace nest::models
