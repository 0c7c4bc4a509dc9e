// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The part of a deployment that makes a version: build the draft when that is needed, say what the build
// says, publish it.
//
// Thread: main's; `context` outlives the tasks.

#include "app/nest/context.h"

#include <vector>

namespace nest::cli {

/// The newest build that succeeded and is newer than the draft's last change; nothing when there is none.
[[nodiscard]] const wire::Build *buildOfDraft(const std::vector<wire::Build> &newestFirst,
                                              const wire::Function &function);

/// "src/handler.js:3:5: message", without what is not known.
[[nodiscard]] std::string problemLine(const wire::BuildProblem &problem);

/// Its line, and what a test got and expected, to standard error.
void printProblem(Output &output, const wire::BuildProblem &problem);

/// A build of the draft as it is. Ctrl+C cancels it through the API. Errors: `cli/build-failed` after its
/// problems were printed, and the API's.
QCoro::Task<Result<wire::Build>> ensureBuild(Context &context, client::PlatformClient &client,
                                             wire::Function function);

/// The version that the build is published as; publishes it with this description when it is not.
QCoro::Task<Result<int>> ensureVersion(Context &context, client::PlatformClient &client, wire::Build build,
                                       std::string description);

} // namespace nest::cli
