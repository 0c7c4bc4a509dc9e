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
/// The packages of an unpacked artefact alone, before the slot is booted. One without packages fails.
Result<> linkPackages(const std::string &folder, const std::string &codeDir, const std::string &packages);
/// For the Node guest: a module that imports these before the slot is ready.
Result<> writePreload(const std::string &folder, const std::vector<std::string> &modules);
/// `without`: a folder at the top that is there already; empty: none. Fails with "engines/slot" and names
/// what could not be linked; the slot is of no more use then.
Result<> fillSlotFolder(const std::string &folder, const std::string &codeDir,
                        const std::string &without = {});
/// Nothing is in it but our own files and what lies at the top under that name.
bool isEmptyFolder(const std::string &folder, const std::string &except = {});
void removeSlotFolder(const std::string &parent, const std::string &id);
/// The ids whose folders are there; also of slots that ended while nobody looked.
std::vector<std::string> slotFolders(const std::string &parent);

} // namespace nest::engines
