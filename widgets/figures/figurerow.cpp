// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/figurerow.h"

#include <QPainter>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int rowHeight = 52;
constexpr int leastColumn = 84; // the widest usual figure, "22,791", and its label
constexpr int labelTop = 8;
constexpr int figureTop = 24;
} // namespace

FigureRow::FigureRow(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred); // a fixed one keeps the hint's height
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FigureRow::setFigures(const QList<FigureValue> &figures)
{
    if (figures == m_figures) {
        return;
    }
    const bool isOtherCount = figures.size() != m_figures.size();
    m_figures = figures;
    QStringList words;
    for (const FigureValue &figure : figures) {
        words.append(figure.label + u' ' +
                     (figure.value.isEmpty() ? u"–"_s : figure.value + u' ' + figure.unit));
    }
    setAccessibleDescription(words.join(u", "_s));
    if (isOtherCount) {
        updateGeometry();
    }
    update();
}

QString FigureRow::value(const QString &label) const
{
    const auto found = std::ranges::find(m_figures, label, &FigureValue::label);
    return found == m_figures.end() ? QString() : found->value;
}

int FigureRow::columns(int width) const
{
    const int count = std::max(1, static_cast<int>(m_figures.size()));
    const int fitting = std::clamp(width / leastColumn, 1, count);
    const int rows = (count + fitting - 1) / fitting;
    return (count + rows - 1) / rows; // rows alike
}

int FigureRow::heightForWidth(int width) const
{
    const int inRow = columns(width);
    return rowHeight * ((static_cast<int>(m_figures.size()) + inRow - 1) / inRow);
}

QSize FigureRow::sizeHint() const
{
    const int width = leastColumn * std::max(1, static_cast<int>(m_figures.size()));
    return {width, heightForWidth(width)};
}

QSize FigureRow::minimumSizeHint() const
{
    return {2 * leastColumn, rowHeight};
}

void FigureRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    const int inRow = columns(width());
    const double columnWidth = static_cast<double>(width()) / inRow;
    for (qsizetype i = 0; i < m_figures.size(); ++i) {
        const FigureValue &figure = m_figures[i];
        const int top = static_cast<int>(i / inRow) * rowHeight;
        const int left = static_cast<int>(columnWidth * static_cast<double>(i % inRow));
        const int inside = left + (i % inRow == 0 ? 0 : space::panel);
        if (i % inRow != 0) {
            painter.fillRect(QRect(left, top + labelTop, 1, rowHeight - 2 * labelTop), theme.border.subtle);
        }
        painter.setFont(theme.font(TextStyle::Caption));
        painter.setPen(theme.text.dim);
        painter.drawText(QRect(inside, top + labelTop, static_cast<int>(columnWidth), 16), Qt::AlignVCenter,
                         figure.label);
        painter.setFont(theme.font(TextStyle::Title));
        painter.setPen(figure.value.isEmpty() ? theme.text.dim : theme.ink(figure.ink));
        const QString value = figure.value.isEmpty() ? u"–"_s : figure.value;
        painter.drawText(QRect(inside, top + figureTop, static_cast<int>(columnWidth), 20), Qt::AlignVCenter,
                         value);
        if (!figure.value.isEmpty() && !figure.unit.isEmpty()) {
            const int after = painter.fontMetrics().horizontalAdvance(value) + 2;
            painter.setFont(theme.font(TextStyle::Caption));
            painter.setPen(theme.text.dim);
            painter.drawText(QRect(inside + after, top + figureTop + 2, static_cast<int>(columnWidth), 18),
                             Qt::AlignVCenter, figure.unit);
        }
    }
}

} // namespace nest::widgets
