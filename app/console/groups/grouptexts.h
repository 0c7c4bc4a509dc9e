// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words and rules of the dialog of groups. Pure functions; thread: UI, for the translations.

#include "api/wire/function.h"

#include <QString>

#include <chrono>

namespace nest::console {

/// What is wrong with one part of a group's name, in a sentence; empty: nothing.
[[nodiscard]] QString partProblem(const QString &part);
/// "ends in 3 h", "ended"; empty for one without an end.
[[nodiscard]] QString endText(const wire::Group &group, wire::Time now);

} // namespace nest::console
