// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the captions of the gauge stand so that none covers another. A pure function.

#include <QList>

namespace nest::explain {

struct CaptionWish
{
    double centre = 0.0;
    double width = 0.0;
};

struct CaptionPlace
{
    double left = 0.0;
    int row = 0; // 0 is next to the gauge
    bool operator==(const CaptionPlace &) const = default;
};

/// Each caption as near to its wished centre as the others allow, inside left and right. Captions that do
/// not fit beside each other get another row, the last wishes first: give the important ones first.
QList<CaptionPlace> placeCaptions(const QList<CaptionWish> &wishes, double left, double right, double gap);

/// The number of rows in use.
int rowCount(const QList<CaptionPlace> &places);

} // namespace nest::explain
