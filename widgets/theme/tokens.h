// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads resources/theme/tokens.json into the two themes. A token that is missing or of the wrong kind fails
// the load and is named, so that no colour is ever black by accident.

#include "api/wire/result.h"
#include "widgets/theme/theme.h"

#include <QByteArray>

namespace nest::widgets {

struct ThemeTokens
{
    Theme dark;
    Theme light;
};

[[nodiscard]] Result<ThemeTokens> readTokens(const QByteArray &json);
/// The tokens built into the program.
[[nodiscard]] Result<ThemeTokens> loadTokens();

} // namespace nest::widgets
