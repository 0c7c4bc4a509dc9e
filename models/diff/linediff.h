// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which lines differ between two texts and between two sets of files: hunks with a few lines around each
// change, as `git diff` has them, and the counts of a file.
//
// Everything is computed from memory, without a repository. What is no text, or too large, is said and not
// shown. Thread: any; a large pair takes long enough for a worker (compare.h).

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace nest::models {

struct DiffLimits
{
    int lines = 5'000;                                // shown a file; the counts are of the whole file
    std::size_t bytes = std::size_t{4} * 1024 * 1024; // a side; beyond it only "too large" is said
    int context = 3;                                  // equal lines around a change
};

struct DiffLine
{
    enum class Kind { Context, Removed, Added };
    Kind kind = Kind::Context;
    int oldLine = 0; // from 1; 0 where the line is not on that side
    int newLine = 0;
    std::string text; // UTF-8 without the line's end
    bool operator==(const DiffLine &) const = default;
};

struct DiffHunk
{
    int oldStart = 0;
    int oldLines = 0;
    int newStart = 0;
    int newLines = 0;
    std::string heading; // the line of code that the hunk is in, "function applyTier(coupon, user) {"
    std::vector<DiffLine> lines;
    bool operator==(const DiffHunk &) const = default;
};

struct FileDiff
{
    enum class Status { Equal, Added, Removed, Changed };
    std::string path;
    Status status = Status::Equal;
    bool isBinary = false;
    bool isTooLarge = false;
    bool isCut = false;            // hunks hold the first lines only
    bool lacksLastNewline = false; // one side ends without a line's end and the other does not
    int added = 0;
    int removed = 0;
    std::vector<DiffHunk> hunks;
    bool operator==(const FileDiff &) const = default;
};

/// A side that is not there is nothing, an empty file is "".
[[nodiscard]] FileDiff diffTexts(std::string path, std::optional<std::string_view> before,
                                 std::optional<std::string_view> after, const DiffLimits &limits = {});

using FileTexts = std::map<std::string, std::string>; // path to content

/// The files that differ, by path. Cut short when stopped.
[[nodiscard]] std::vector<FileDiff> diffFiles(const FileTexts &before, const FileTexts &after,
                                              const DiffLimits &limits = {},
                                              const std::stop_token &stop = {});

} // namespace nest::models
