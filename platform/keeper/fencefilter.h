// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// System calls that are harmless in a box with namespaces of its own, and reach what is not the box's without
// them: a second program, beside that of every box (seccompfilter.h), of a process behind Landlock alone.
//
// Landlock does not see: datagrams to a Unix socket that has a path, modes, owners, times and attributes of
// files, watches on folders, limits and priorities of other processes, and the shared memory of System V.

#include "api/wire/result.h"

#include <string>

namespace nest::keeper {

enum class FencedUse : unsigned char {
    Function,
    Fetching // npm, pip and Maven alone, which set modes and look up names; no code of a package or a draft
};

Result<std::string> fenceProgram(FencedUse use);

} // namespace nest::keeper
