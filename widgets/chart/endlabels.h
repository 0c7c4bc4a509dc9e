// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Places the labels at the end of the lines so that none covers another. A pure function.

#include <QList>

namespace nest::chart {

/// Middle of each label, in the order given, as near as can be to the wished middles: labels that would
/// overlap share a block around the mean of their wishes; all stay between top and bottom if they fit.
QList<double> placeEndLabels(const QList<double> &wished, double lineHeight, double top, double bottom);

} // namespace nest::chart
