// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a scaling decision looks in list, chart and explanation: its pill, its mark, and whether a limit cut
// it.
//
// Pure functions. Thread: any that may call tr().

#include "api/wire/observation.h"
#include "widgets/chart/chartvalues.h"
#include "widgets/table/cells.h"

#include <QString>

namespace nest::console {

/// A limit took something away from what the load asked for.
[[nodiscard]] bool isCut(const wire::Decision &decision);
/// The cause, or the limit where one cut: what a person looks for first.
[[nodiscard]] widgets::PillCell causePill(const wire::Decision &decision);
[[nodiscard]] chart::Mark::Kind markKind(const wire::Decision &decision);
/// "4 → 9"
[[nodiscard]] QString changeText(const wire::Decision &decision);
[[nodiscard]] qint64 unixMs(const wire::Decision &decision);
/// "10:58:26", in the zone of this computer.
[[nodiscard]] QString clockText(qint64 unixMs);
/// "1,272", at most one decimal, none when it is whole; the dash when it is not known.
[[nodiscard]] QString figureText(double value);

} // namespace nest::console
