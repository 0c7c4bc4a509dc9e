// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rows under headings with aligned columns, for people. A value type; knows no platform.

#include "app/nest/output.h"

#include <string>
#include <vector>

namespace nest::cli {

inline constexpr const char *unknown = "–"; // never a 0 for what is not known

struct Cell
{
    std::string text;
    std::string unit = {}; // after the text, dimmed
};

enum class Align { Left, Right };

struct Column
{
    std::string heading;
    Align align = Align::Left;
};

class Table final
{
public:
    explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}

    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    /// Lines that end without blanks; two blanks between columns.
    [[nodiscard]] std::string text(const Style &style) const;

    /// Fewer cells than columns: the rest stays empty.
    void add(std::vector<Cell> row);

private:
    std::vector<Column> m_columns;
    std::vector<std::vector<Cell>> m_rows;
};

/// Columns that UTF-8 text takes on a terminal, when each character is one wide.
[[nodiscard]] std::size_t displayWidth(std::string_view text);

} // namespace nest::cli
