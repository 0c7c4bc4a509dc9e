// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/inputstable.h"

#include "widgets/explain/explainmetrics.h"
#include "widgets/explain/numbertext.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::explain {
namespace {

constexpr double unitGap = 2.0;
constexpr double columnGap = 16.0;
constexpr double leastColumn = 64.0;
constexpr double rowPad = 8.0; // above and below the lines of a name together

} // namespace

InputsTable::InputsTable(QWidget *parent) : QWidget(parent)
{
    // Not Fixed: the height depends on the width, and a fixed one would be that of the size hint.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void InputsTable::setHead(const InputHead &head)
{
    if (m_head == head) {
        return;
    }
    m_head = head;
    describe();
    update();
}

void InputsTable::setRows(const QList<InputRow> &rows)
{
    if (m_rows == rows) {
        return;
    }
    m_rows = rows;
    describe();
    updateGeometry();
    update();
}

void InputsTable::setColours(const ExplainColours &colours)
{
    m_colours = colours;
    update();
}

void InputsTable::setSidePadding(int pixels)
{
    m_sidePadding = pixels;
    updateGeometry();
    update();
}

QString InputsTable::askedText(const InputRow &row) const
{
    if (row.asked) {
        return u"→ "_s + numberText(row.asked, locale());
    }
    return row.askedText.isEmpty() ? u"–"_s : row.askedText;
}

QColor InputsTable::colour(Tone tone) const
{
    switch (tone) {
    case Tone::Normal:
        return m_colours.textPrimary;
    case Tone::Dim:
        return m_colours.textDim;
    case Tone::Warn:
        return m_colours.warnText;
    case Tone::Bad:
        return m_colours.badText;
    }
    return m_colours.textPrimary;
}

void InputsTable::describe()
{
    setAccessibleName(m_head.name);
    QStringList lines;
    for (const InputRow &row : std::as_const(m_rows)) {
        const QString value = row.value.isEmpty() ? u"–"_s : (row.value + u' ' + row.unit).trimmed();
        lines.append(row.name + u": "_s + value + u", "_s + askedText(row));
    }
    setAccessibleDescription(lines.join(u'\n'));
}

double InputsTable::valueWidth(const InputRow &row) const
{
    const QFontMetricsF strong(sized(font(), metrics::bodySize, true));
    const QFontMetricsF plain(sized(font(), metrics::bodySize));
    return strong.horizontalAdvance(row.value) +
           (row.unit.isEmpty() ? 0.0 : unitGap + plain.horizontalAdvance(row.unit));
}

InputsTable::Columns InputsTable::columns(int width) const
{
    const QFontMetricsF heads(sized(font(), metrics::captionSize));
    const QFontMetricsF strong(sized(font(), metrics::bodySize, true));
    Columns result;
    double value = std::max(leastColumn, heads.horizontalAdvance(m_head.value));
    double asked = std::max(leastColumn, heads.horizontalAdvance(m_head.asked));
    for (const InputRow &row : m_rows) {
        value = std::max(value, valueWidth(row));
        asked = std::max(asked, strong.horizontalAdvance(askedText(row)));
    }
    const double inner = width - 2.0 * m_sidePadding;
    // Even columns as long as the words allow; the name gets what is left, at least a third.
    asked = std::min(std::max(asked, inner * 0.25), inner / 3);
    value = std::min(value, inner / 3);
    result.askedWidth = std::ceil(asked);
    result.valueWidth = std::ceil(value);
    result.askedRight = width - m_sidePadding;
    result.valueRight = result.askedRight - result.askedWidth - columnGap;
    result.nameWidth = std::max(1.0, result.valueRight - result.valueWidth - columnGap - m_sidePadding);
    return result;
}

double InputsTable::rowHeight(const InputRow &row, const Columns &columns) const
{
    const QFontMetricsF plain(sized(font(), metrics::bodySize));
    const QRectF endless(0, 0, columns.nameWidth, 10'000);
    const double name = plain.boundingRect(endless, Qt::TextWordWrap, row.name).height();
    const QRectF asked(0, 0, columns.askedWidth, 10'000);
    const double words = plain.boundingRect(asked, Qt::TextWordWrap, askedText(row)).height();
    return std::max<double>(metrics::row, std::ceil(std::max(name, words) + rowPad));
}

int InputsTable::heightForWidth(int width) const
{
    const Columns places = columns(width);
    double height = metrics::row;
    for (const InputRow &row : m_rows) {
        height += rowHeight(row, places);
    }
    return int(std::ceil(height)) + 1;
}

QSize InputsTable::sizeHint() const
{
    return {360, heightForWidth(360)};
}

QSize InputsTable::minimumSizeHint() const
{
    return {240, metrics::row};
}

void InputsTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LocaleChange) {
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

void InputsTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Columns places = columns(width());
    const double left = m_sidePadding;
    QRectF area(0, 0, width(), metrics::row);
    painter.setFont(sized(font(), metrics::captionSize));
    painter.setPen(m_colours.textDim);
    const auto head = [&](double x, double room, Qt::Alignment side, const QString &text) {
        painter.drawText(QRectF(x, 0, room, metrics::row), side | Qt::AlignVCenter, text);
    };
    head(left, places.nameWidth, Qt::AlignLeft, m_head.name);
    head(places.valueRight - places.valueWidth, places.valueWidth, Qt::AlignRight, m_head.value);
    head(places.askedRight - places.askedWidth, places.askedWidth, Qt::AlignRight, m_head.asked);
    const auto line = [&](double y) {
        painter.setPen(QPen(m_colours.borderSubtle, 1.0));
        painter.drawLine(QPointF(0, y - 0.5), QPointF(width(), y - 0.5));
    };
    line(area.bottom());
    for (const InputRow &row : std::as_const(m_rows)) {
        area = QRectF(0, area.bottom(), width(), rowHeight(row, places));
        paintRow(painter, row, area, places);
        line(area.bottom());
    }
}

void InputsTable::paintRow(QPainter &painter, const InputRow &row, const QRectF &area,
                           const Columns &columns) const
{
    const QFont plain = sized(font(), metrics::bodySize);
    const QFont strong = sized(font(), metrics::bodySize, true);
    painter.setFont(plain);
    painter.setPen(m_colours.textSecondary);
    painter.drawText(QRectF(m_sidePadding, area.top(), columns.nameWidth, area.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, row.name);

    QRectF value(columns.valueRight - columns.valueWidth, area.top(), columns.valueWidth, area.height());
    if (row.value.isEmpty()) {
        painter.setPen(m_colours.textDim);
        painter.drawText(value, Qt::AlignRight | Qt::AlignVCenter, u"–"_s);
    } else {
        if (!row.unit.isEmpty()) {
            painter.setPen(m_colours.textDim);
            painter.drawText(value, Qt::AlignRight | Qt::AlignVCenter, row.unit);
            value.setRight(value.right() - QFontMetricsF(plain).horizontalAdvance(row.unit) - unitGap);
        }
        painter.setFont(strong);
        painter.setPen(colour(row.valueTone));
        painter.drawText(value, Qt::AlignRight | Qt::AlignVCenter, row.value);
    }

    const QString asked = askedText(row);
    const bool isZero = asked == u"0"_s;
    const bool isFigure = row.asked || row.askedTone == Tone::Normal;
    painter.setFont(isFigure && !isZero ? strong : plain);
    painter.setPen(isZero ? m_colours.textDisabled
                          : (row.asked ? m_colours.textPrimary : colour(row.askedTone)));
    painter.drawText(
        QRectF(columns.askedRight - columns.askedWidth, area.top(), columns.askedWidth, area.height()),
        Qt::AlignRight | Qt::AlignVCenter | Qt::TextWordWrap, asked);
}

} // namespace nest::explain
