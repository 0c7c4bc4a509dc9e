// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/chartlegend.h"

#include "widgets/chart/chartmetrics.h"
#include "widgets/chart/rolestyle.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::chart {
namespace {

constexpr double swatchWidth = 14.0;
constexpr double swatchHeight = 8.0;
constexpr double swatchGap = 6.0;
constexpr double unitGap = 8.0;
constexpr double entryGap = 16.0;

void paintSwatch(QPainter &painter, const LegendEntry &entry, const QRectF &area, const ChartColours &colours)
{
    if (entry.isShortfall) {
        paintHatch(painter, area, colours.warnText, 1.0);
        return;
    }
    const RoleStyle style = roleStyle(entry.role, colours);
    double y = area.center().y();
    if (style.fill.isValid()) {
        painter.fillRect(area, style.fill);
        y = area.top() + 1;
    }
    painter.setPen(style.pen);
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
}

} // namespace

ChartLegend::ChartLegend(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ChartLegend::setEntries(const QList<LegendEntry> &entries)
{
    if (m_entries == entries) {
        return;
    }
    m_entries = entries;
    QStringList names;
    for (const LegendEntry &entry : entries) {
        names.append(entry.name);
    }
    setAccessibleName(names.join(u", "_s));
    setToolTip(fitting() < m_entries.size() ? names.join(u'\n') : QString());
    updateGeometry();
    update();
}

void ChartLegend::setColours(const ChartColours &colours)
{
    m_colours = colours;
    update();
}

QFont ChartLegend::textFont() const
{
    QFont result = font();
    result.setPixelSize(metrics::bodySize);
    return result;
}

double ChartLegend::entryWidth(const LegendEntry &entry) const
{
    const QFontMetricsF fontMetrics(textFont());
    const double unit = entry.unit.isEmpty() ? 0.0 : unitGap + fontMetrics.horizontalAdvance(entry.unit);
    return swatchWidth + swatchGap + fontMetrics.horizontalAdvance(entry.name) + unit;
}

qsizetype ChartLegend::fitting() const
{
    double x = 0.0;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        x += entryWidth(m_entries.at(i));
        if (x > width()) {
            return i;
        }
        x += entryGap;
    }
    return m_entries.size();
}

QSize ChartLegend::sizeHint() const
{
    double width = 0.0;
    for (const LegendEntry &entry : m_entries) {
        width += entryWidth(entry) + entryGap;
    }
    return {int(std::ceil(std::max(0.0, width - entryGap))),
            int(std::ceil(QFontMetricsF(textFont()).height()))};
}

QSize ChartLegend::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void ChartLegend::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

void ChartLegend::resizeEvent(QResizeEvent *)
{
    QStringList names;
    for (const LegendEntry &entry : std::as_const(m_entries)) {
        names.append(entry.name);
    }
    setToolTip(fitting() < m_entries.size() ? names.join(u'\n') : QString());
}

void ChartLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont());
    const QFontMetricsF fontMetrics(textFont());
    double x = 0.0;
    for (qsizetype i = 0; i < fitting(); ++i) {
        const LegendEntry &entry = m_entries.at(i);
        paintSwatch(painter, entry, {x, (height() - swatchHeight) / 2, swatchWidth, swatchHeight}, m_colours);
        QRectF text(x + swatchWidth + swatchGap, 0, width(), height());
        painter.setPen(m_colours.textSecondary);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, entry.name);
        if (!entry.unit.isEmpty()) {
            text.translate(fontMetrics.horizontalAdvance(entry.name) + unitGap, 0);
            painter.setPen(m_colours.textDim);
            painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, entry.unit);
        }
        x += entryWidth(entry) + entryGap;
    }
}

} // namespace nest::chart
