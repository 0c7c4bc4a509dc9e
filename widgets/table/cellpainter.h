// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Paints one Cell into a rectangle that already has its row's background. Usable outside tables: a group chip
// in a page's head is painted by the same code.
//
// Thread: GUI. Keeps nothing.

#include "widgets/table/cells.h"

#include <QRect>

class QPainter;

namespace nest::widgets {

struct CellLook
{
    bool isStale = false; // values are old: no colour, dim
    bool isLink = false;  // the name is underlined
};

void paintCell(QPainter &painter, const Theme &theme, const QRect &in, const Cell &cell, CellLook look = {});

} // namespace nest::widgets
