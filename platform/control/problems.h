// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one table from an error's type to its HTTP status and title. A type that is not in it is a mistake of
// ours and is answered 500; the golden list in tests/api names them all.

#include "api/wire/platform.h"
#include "api/wire/result.h"

#include <span>
#include <string_view>

namespace nest::control {

struct ProblemKind
{
    std::string_view type; // as in Error::type
    int status;
    std::string_view title;
};

std::span<const ProblemKind> problemKinds();
ProblemKind problemKind(std::string_view type);

wire::Problem toProblem(const Error &error, const std::string &requestId);

} // namespace nest::control
