// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/gaugelayout.h"

#include <algorithm>

namespace nest::explain {
namespace {

/// Places captions that fit into one row: first each not left of the one before, then back from the right.
void placeRow(const QList<CaptionWish> &wishes, QList<qsizetype> row, int rowIndex, double left, double right,
              double gap, QList<CaptionPlace> &places)
{
    std::stable_sort(row.begin(), row.end(),
                     [&](qsizetype a, qsizetype b) { return wishes.at(a).centre < wishes.at(b).centre; });
    QList<double> lefts;
    double free = left;
    for (const qsizetype index : row) {
        const double wished = wishes.at(index).centre - wishes.at(index).width / 2;
        lefts.append(std::max(free, wished));
        free = lefts.last() + wishes.at(index).width + gap;
    }
    // Two that collide share the shift: pull the run of touching captions back by half of what the last
    // one was moved, as far as there is room before it.
    double limit = right;
    for (qsizetype i = row.size() - 1; i >= 0; --i) {
        const CaptionWish &wish = wishes.at(row.at(i));
        const double wished = wish.centre - wish.width / 2;
        const double eased = (lefts.at(i) + wished) / 2;
        lefts[i] = std::min({std::max(lefts.at(i) > wished ? eased : lefts.at(i), left), limit - wish.width});
        limit = lefts.at(i) - gap;
    }
    // What was pulled past the left edge goes forward again.
    free = left;
    for (qsizetype i = 0; i < row.size(); ++i) {
        lefts[i] = std::max(lefts.at(i), free);
        free = lefts.at(i) + wishes.at(row.at(i)).width + gap;
        places[row.at(i)] = {lefts.at(i), rowIndex};
    }
}

} // namespace

QList<CaptionPlace> placeCaptions(const QList<CaptionWish> &wishes, double left, double right, double gap)
{
    QList<CaptionPlace> places(wishes.size());
    QList<qsizetype> waiting;
    for (qsizetype i = 0; i < wishes.size(); ++i) {
        waiting.append(i);
    }
    for (int rowIndex = 0; !waiting.isEmpty(); ++rowIndex) {
        QList<qsizetype> row;
        QList<qsizetype> later;
        double used = -gap;
        for (const qsizetype index : std::as_const(waiting)) {
            const double width = wishes.at(index).width + gap;
            // A caption wider than the gauge still gets a row of its own.
            if (row.isEmpty() || used + width <= right - left) {
                row.append(index);
                used += width;
            } else {
                later.append(index);
            }
        }
        placeRow(wishes, row, rowIndex, left, right, gap, places);
        waiting = later;
    }
    return places;
}

int rowCount(const QList<CaptionPlace> &places)
{
    int rows = 0;
    for (const CaptionPlace &place : places) {
        rows = std::max(rows, place.row + 1);
    }
    return rows;
}

} // namespace nest::explain
