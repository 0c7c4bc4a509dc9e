// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A folder that a box has made, as files of an artefact: packages, compiled classes. It is foreign, so it is
// looked at before it is taken: plain files alone, within the limits of paths.h.
//
// Blocks on the disk; no state, any thread.

#include "api/wire/result.h"
#include "platform/builds/buildfile.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nest::builds {

struct TreeSize
{
    std::uintmax_t bytes = 0;
    std::size_t files = 0;
};

/// Everything below, as far as it can be seen and until one of `most` is passed: somebody may be writing it.
[[nodiscard]] TreeSize sizeOf(const std::string &folder, const TreeSize &most);

/// How messages speak of the files, and what helps.
struct TreeWords
{
    std::string_view subject;
    std::string_view linkAdvice;
    std::string_view sizeAdvice;
};
inline constexpr TreeWords packageWords{
    .subject = "The packages",
    .linkAdvice =
        ", as workspaces and 'file:' dependencies make them; name a version from the registry instead",
    .sizeAdvice = "Ask for fewer of them."};
inline constexpr TreeWords classWords{
    .subject = "The compiled classes", .linkAdvice = {}, .sizeAdvice = "Make a function of a part of them."};

/// Plain files within the limits, and nothing that points elsewhere or runs as somebody else. `name` stands
/// for the folder in messages and paths. `builds/bad-packages`
[[nodiscard]] Result<> checkTree(const std::string &folder, const std::string &name, const TreeWords &words);

/// The files as they go into an artefact, their paths beginning with `name`/. Checked first.
[[nodiscard]] Result<BuildFiles> readTree(const std::string &folder, const std::string &name,
                                          const TreeWords &words);

} // namespace nest::builds
