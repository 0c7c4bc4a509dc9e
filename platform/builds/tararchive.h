// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A draft as one tar, the same bytes for the same files: sorted, mode 0644, time 0, owner 0. Reading
// refuses everything that writing never makes (links, devices, folders, bad paths), because an archive on
// disk may have been changed by others.
//
// Pure, any thread.

#include "api/wire/result.h"
#include "platform/builds/buildfile.h"

#include <string>
#include <string_view>

namespace nest::builds {

/// Errors: `builds/artefact` (out of memory only).
[[nodiscard]] Result<std::string> writeTar(const BuildFiles &files);

/// Errors: `builds/bad-artefact`, which names the entry.
[[nodiscard]] Result<BuildFiles> readTar(std::string_view tar);

} // namespace nest::builds
