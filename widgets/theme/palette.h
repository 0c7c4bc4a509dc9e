// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The theme as a QPalette, for everything that Qt paints by itself.

#include "widgets/theme/theme.h"

#include <QPalette>

namespace nest::widgets {

[[nodiscard]] QPalette paletteFor(const Theme &theme);

} // namespace nest::widgets
