// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a draft may hold: names of functions and files, their number and size. Used when a file is written,
// when a draft is built, and for every entry of an artefact that is unpacked.
//
// Pure functions, any thread.

#include "api/wire/result.h"
#include "platform/builds/buildfile.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nest::builds {

inline constexpr std::size_t maxFiles = 2'000;               // more is a package folder, not a function
inline constexpr std::size_t maxFileBytes = 5 * 1024 * 1024; // the editor opens every file
inline constexpr std::size_t maxDraftBytes = 50 * 1024 * 1024;
/// What npm makes of a lock file, which goes into the artefact beside the draft.
inline constexpr std::size_t maxPackageFiles = 50'000;
inline constexpr std::size_t maxPackageFileBytes = 64 * 1024 * 1024;
inline constexpr std::size_t maxPackageBytes = 256 * 1024 * 1024;
inline constexpr std::size_t maxSegmentBytes = 255; // of every file system in use
inline constexpr std::size_t maxPathBytes = 1'024;  // with the folder before it still below PATH_MAX

/// `[a-z][a-z0-9-]{2,39}`. Errors: `builds/bad-name`.
[[nodiscard]] Result<> checkFunctionName(std::string_view name);

/// Relative, no empty, `.` or `..` segment, no backslash, no control character, valid UTF-8 in normal form C,
/// no reserved `.nest`. Errors: `builds/bad-path`.
[[nodiscard]] Result<> checkPath(std::string_view path);
/// Whether a draft with `others` may have this path too: that of checkPath, no hidden part, and no name that
/// is a file and a folder at once. `builds/bad-path`
Result<> checkDraftPath(std::string_view path, const std::vector<std::string> &others);

struct FileLimits
{
    std::size_t files = maxFiles;
    std::size_t fileBytes = maxFileBytes;
    std::size_t bytes = maxDraftBytes;
};
inline constexpr FileLimits artefactLimits{.files = maxFiles + maxPackageFiles,
                                           .fileBytes = maxPackageFileBytes,
                                           .bytes = maxDraftBytes + maxPackageBytes};

/// All paths, no path twice, none a folder of another, and the limits. Errors: `builds/bad-path`,
/// `builds/too-large`.
[[nodiscard]] Result<> checkFiles(const BuildFiles &files, const FileLimits &limits = {});

} // namespace nest::builds
