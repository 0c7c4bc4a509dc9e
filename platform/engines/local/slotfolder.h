// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The folder that a slot's box sees at /code: empty while it waits, then filled with hard links to the files
// of one unpacked artefact. A mount made later would not be seen in the box, new names in a folder are.
//
// Links share the artefact's read-only files, so that filling costs no copy; folders are new ones. Blocks on
// the disk; any thread.

#include "api/wire/result.h"

#include <string>
#include <vector>

namespace nest::engines {

/// `parent`/`id`, empty. Fails with "engines/slot".
Result<std::string> makeSlotFolder(const std::string &parent, const std::string &id);
/// Fails with "engines/slot" and names what could not be linked; the slot is of no more use then.
Result<> fillSlotFolder(const std::string &folder, const std::string &codeDir);
bool isEmptyFolder(const std::string &folder);
void removeSlotFolder(const std::string &parent, const std::string &id);
/// The ids whose folders are there; also of slots that ended while nobody looked.
std::vector<std::string> slotFolders(const std::string &parent);

} // namespace nest::engines
