// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files that a new function begins with: a template's, those that came with the request, or none. They
// are held to what a file written alone and a draft as a whole are held to. Pure but for the template's
// folder. Thread: control.

#include "api/wire/function.h"
#include "api/wire/result.h"
#include "platform/builds/buildfile.h"

#include <string>

namespace nest::control {

/// Errors: `control/unknown-template`; `control/invalid`, `builds/bad-path`, `builds/too-large` with the
/// pointer of each file that is wrong, such as /files/3/path.
Result<builds::BuildFiles> newDraft(const wire::CreateFunction &request, const std::string &templateFolder);

/// What the manifest among the files names; the default runtime without one that can be read.
std::string runtimeOf(const builds::BuildFiles &files);

} // namespace nest::control
