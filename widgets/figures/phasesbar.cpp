// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/phasesbar.h"

#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;
using Phase = PhaseTime::Phase;

namespace {

constexpr int barHeight = 9;
constexpr int barGap = 8; // between bar and legend
constexpr int rowHeight = 19;
constexpr int swatch = 8;
constexpr int leastColumn = 108; // name, figure and unit of one phase

const QColor &colourOf(Phase phase, const Theme &theme)
{
    switch (phase) {
    case Phase::Schedule:
        return theme.coldStart.schedule;
    case Phase::Fetch:
        return theme.coldStart.fetch;
    case Phase::Start:
        return theme.coldStart.start;
    case Phase::RuntimeInit:
        return theme.coldStart.runtimeInit;
    case Phase::UserInit:
        return theme.coldStart.userInit;
    case Phase::Handler:
        return theme.coldStart.handler;
    case Phase::Waiting:
        return theme.warn.border;
    case Phase::Gateway:
        return theme.border.strong;
    }
    return theme.text.dim;
}

QString figureOf(double milliseconds)
{
    return QLocale().toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0);
}

} // namespace

PhasesBar::PhasesBar(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred); // a fixed one keeps the hint's height
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Where the time went"));
}

QString PhasesBar::nameOf(Phase phase)
{
    switch (phase) {
    case Phase::Schedule:
        return tr("Schedule");
    case Phase::Fetch:
        return tr("Fetch");
    case Phase::Start:
        return tr("Start");
    case Phase::RuntimeInit:
        return tr("Runtime");
    case Phase::UserInit:
        return tr("User init");
    case Phase::Handler:
        return tr("Handler");
    case Phase::Waiting:
        return tr("Waiting");
    case Phase::Gateway:
        return tr("Gateway");
    }
    return {};
}

void PhasesBar::setPhases(const QList<PhaseTime> &phases, double totalMilliseconds)
{
    double sum = 0;
    QStringList words;
    for (const PhaseTime &phase : phases) {
        sum += phase.milliseconds;
        words.append(tr("%1 %2 ms").arg(nameOf(phase.phase), figureOf(phase.milliseconds)));
    }
    m_phases = phases;
    m_total = std::max(sum, totalMilliseconds);
    setAccessibleDescription(words.join(u", "_s));
    setVisible(!phases.isEmpty());
    updateGeometry();
    update();
}

int PhasesBar::columns(int width) const
{
    return std::clamp(width / leastColumn, 1, 3);
}

int PhasesBar::heightForWidth(int width) const
{
    const int inRow = columns(width);
    const int rows = (static_cast<int>(m_phases.size()) + inRow - 1) / inRow;
    return barHeight + barGap + rows * rowHeight;
}

QSize PhasesBar::sizeHint() const
{
    const int width = 3 * leastColumn;
    return {width, heightForWidth(width)};
}

QSize PhasesBar::minimumSizeHint() const
{
    return {leastColumn, barHeight};
}

void PhasesBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), barHeight), theme.surface.control);
    double at = 0;
    for (const PhaseTime &phase : m_phases) {
        const double from = width() * at / m_total;
        at += phase.milliseconds;
        const double to = width() * at / m_total;
        // A phase that took time is seen, however short it was; a line of background parts two of them.
        const double shown = std::max(1.0, to - from - (at < m_total ? 1.0 : 0.0));
        painter.fillRect(QRectF(from, 0, shown, barHeight), colourOf(phase.phase, theme));
    }
    const int inRow = columns(width());
    const int columnWidth = width() / inRow;
    for (qsizetype i = 0; i < m_phases.size(); ++i) {
        const int left = static_cast<int>(i % inRow) * columnWidth;
        const int top = barHeight + barGap + static_cast<int>(i / inRow) * rowHeight;
        const int right = left + columnWidth - ((i % inRow) + 1 < inRow ? space::panel : 0);
        paintBox(painter, QRectF(left, top + (rowHeight - swatch) / 2.0, swatch, swatch), 2,
                 colourOf(m_phases[i].phase, theme), {});
        painter.setFont(theme.font(TextStyle::Caption));
        painter.setPen(theme.text.secondary);
        painter.drawText(QRect(left + swatch + 6, top, columnWidth, rowHeight), Qt::AlignVCenter,
                         nameOf(m_phases[i].phase));
        painter.setPen(theme.text.dim);
        const QString unit = tr("ms");
        const int unitWidth = painter.fontMetrics().horizontalAdvance(unit);
        painter.drawText(QRect(right - unitWidth, top, unitWidth + 1, rowHeight), Qt::AlignVCenter, unit);
        painter.setPen(theme.text.primary);
        painter.drawText(QRect(left, top, right - left - unitWidth - 2, rowHeight),
                         Qt::AlignVCenter | Qt::AlignRight, figureOf(m_phases[i].milliseconds));
    }
}

} // namespace nest::widgets
