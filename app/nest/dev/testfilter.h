// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// `nest test --filter`: the runtime's own test runner is told which tests to run, through the command that
// function.yaml may name; only the draft of the private platform has it, the folder stays as it is. Pure
// functions, any thread.
//
// The platform's runners take it (platform/builds/language.cpp); a command of the function's own does not.

#include "api/wire/build.h"
#include "api/wire/result.h"

#include <QByteArray>

#include <string>

namespace nest::cli {

/// function.yaml with the tests command that runs the tests whose name contains the text. Errors:
/// `cli/bad-value`: it names a command of its own, or the text is none for a name.
[[nodiscard]] Result<QByteArray> withTestFilter(const QByteArray &manifest, const std::string &text);

/// Without the tests that a runner lists as skipped because the filter left them out.
[[nodiscard]] wire::Build onlyMatching(wire::Build build, const std::string &text);

} // namespace nest::cli
