// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The few ways builds touch the disk: whole files and whole folders that appear at once.
//
// Temporary names lie beside the target and begin with '.'; isTemporaryName() tells them from others.
// Blocks; any thread.

#include "api/wire/result.h"
#include "platform/builds/buildfile.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace nest::builds {

[[nodiscard]] bool isTemporaryName(std::string_view fileName);

/// Errors of all: `builds/artefact` with the path and the system's reason.
[[nodiscard]] Result<std::string> readWholeFile(const std::string &path, std::size_t limit);
[[nodiscard]] Result<> writeFileAtomically(const std::string &path, std::string_view content);
/// Files 0444, folders 0555. That the folder is there already, made by somebody at the same time, is success.
[[nodiscard]] Result<> writeFolderAtomically(const std::string &folder, const BuildFiles &files);
/// Files 0644, folders 0755, into an existing empty folder; paths must have been checked.
[[nodiscard]] Result<> writeFiles(const std::string &folder, const BuildFiles &files);
/// A new folder `parent/.<prefix>-XXXXXX`, 0700; the parents are made too.
[[nodiscard]] Result<std::string> makeTemporaryFolder(const std::string &parent, const std::string &prefix);
/// Also read-only trees; never follows links.
void removeTree(const std::string &path);

} // namespace nest::builds
