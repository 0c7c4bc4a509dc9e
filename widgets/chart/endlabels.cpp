// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/endlabels.h"

#include <algorithm>
#include <numeric>

namespace nest::chart {
namespace {

/// Labels that touch: `size` lines in a row, the first centred at `first`.
struct Block
{
    double sum = 0.0; // of the wishes, each moved up by its place in the block
    int size = 0;
    double first(double lineHeight, double top, double bottom) const
    {
        const double least = top + lineHeight / 2;
        const double most = bottom - lineHeight / 2 - lineHeight * (size - 1);
        return std::max(least, std::min(sum / size, most));
    }
};

} // namespace

QList<double> placeEndLabels(const QList<double> &wished, double lineHeight, double top, double bottom)
{
    QList<qsizetype> order(wished.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](qsizetype a, qsizetype b) { return wished.at(a) < wished.at(b); });
    QList<Block> blocks;
    for (const qsizetype index : order) {
        blocks.append({wished.at(index), 1});
        // A block that reaches into the one above joins it, which may move it into the next above.
        while (blocks.size() > 1) {
            const Block &below = blocks.last();
            Block &above = blocks[blocks.size() - 2];
            const double aboveEnd = above.first(lineHeight, top, bottom) + lineHeight * above.size;
            if (below.first(lineHeight, top, bottom) >= aboveEnd) {
                break;
            }
            above.sum += below.sum - lineHeight * above.size * below.size;
            above.size += below.size;
            blocks.removeLast();
        }
    }
    QList<double> placed(wished.size());
    qsizetype next = 0;
    for (const Block &block : blocks) {
        const double first = block.first(lineHeight, top, bottom);
        for (int i = 0; i < block.size; ++i) {
            placed[order.at(next++)] = first + lineHeight * i;
        }
    }
    return placed;
}

} // namespace nest::chart
