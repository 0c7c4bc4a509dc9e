// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/table.h"

#include <algorithm>

namespace nest::cli {

namespace {

std::size_t widthOf(const Cell &cell)
{
    return displayWidth(cell.text) + (cell.unit.empty() ? 0 : displayWidth(cell.unit) + 1);
}

std::string drawn(const Cell &cell, const Style &style)
{
    return cell.unit.empty() ? cell.text : cell.text + ' ' + style.dim(cell.unit);
}

} // namespace

std::size_t displayWidth(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void Table::add(std::vector<Cell> row)
{
    row.resize(m_columns.size());
    m_rows.push_back(std::move(row));
}

std::string Table::text(const Style &style) const
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::size_t width = displayWidth(m_columns[i].heading);
        for (const auto &row : m_rows) {
            width = std::max(width, widthOf(row[i]));
        }
        widths.push_back(width);
    }
    std::string text;
    const auto addLine = [&](const auto &widthAt, const auto &drawnAt) {
        std::string line;
        std::size_t owed = 0; // blanks are written only before the next text
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const std::size_t gap = widths[i] - widthAt(i);
            const bool isRight = m_columns[i].align == Align::Right;
            owed += isRight ? gap : 0;
            if (widthAt(i) > 0) {
                line += std::string(owed, ' ') + drawnAt(i);
                owed = 0;
            }
            owed += (isRight ? 0 : gap) + 2;
        }
        text += line + '\n';
    };
    addLine([&](std::size_t i) { return displayWidth(m_columns[i].heading); },
            [&](std::size_t i) { return style.dim(m_columns[i].heading); });
    for (const auto &row : m_rows) {
        addLine([&](std::size_t i) { return widthOf(row[i]); },
                [&](std::size_t i) { return drawn(row[i], style); });
    }
    return text;
}

} // namespace nest::cli
