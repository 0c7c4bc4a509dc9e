// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/windowrow.h"

#include "app/console/pages/pools/rowpaint.h"

#include <algorithm>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::TextStyle;

namespace {
constexpr int barWidth = 2;
} // namespace

std::array<std::pair<int, int>, 4> windowColumns(int width)
{
    const int left = widgets::space::control;
    const int room = std::max(0, width - 2 * left);
    const int time = room * 19 / 100;
    const int days = room * 38 / 100;
    const int gap = widgets::space::chip;
    return {{{left, time - gap},
             {left + time, time - gap},
             {left + 2 * time, days - gap},
             {left + 2 * time + days, room - 2 * time - days}}};
}

WindowRow::WindowRow(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName("windowRow"_L1);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void WindowRow::setText(const WindowRowText &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    const QString times = text.to.isEmpty() ? text.from : tr("%1 to %2").arg(text.from, text.to);
    const QString idle =
        text.was.isEmpty() ? tr("idle %1").arg(text.idle) : tr("idle %1, was %2").arg(text.idle, text.was);
    QStringList said{text.name, times, text.days, idle, text.note};
    said.removeAll(QString());
    setAccessibleName(said.join(u", "_s));
    setToolTip(said.join(u'\n'));
    update();
}

void WindowRow::setChosen(bool isChosen)
{
    m_isChosen = isChosen;
    update();
}

QSize WindowRow::sizeHint() const
{
    return {240, widgets::themeOf(this).size.rowCompact};
}

void WindowRow::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRowGround(painter, *this, m_isChosen);
    if (m_text.isWinner) {
        painter.fillRect(QRect(0, 0, barWidth, height()), theme.accent.text);
    }
    const auto columns = windowColumns(width());
    const auto box = [&](std::size_t first, std::size_t last) {
        const int left = columns[first].first;
        return QRect(left, 0, columns[last].first + columns[last].second - left, height());
    };
    const QFont plain = theme.font(TextStyle::Body);
    const QColor ink = !m_text.note.isEmpty() ? theme.bad.text
                       : !m_text.isEnabled    ? theme.text.dim
                                              : theme.text.primary;
    const bool isWide = m_text.to.isEmpty();
    paintRowText(painter, box(0, isWide ? 1 : 0), m_text.from, isWide ? theme.font(TextStyle::Code) : plain,
                 ink);
    if (!isWide) {
        paintRowText(painter, box(1, 1), m_text.to, plain, ink);
    }
    paintRowText(painter, box(2, 2), m_text.days, plain,
                 m_text.isWinner ? theme.accent.text : theme.text.secondary);
    const QRect numbers = box(3, 3);
    const QFont strong = theme.font(TextStyle::BodyMedium);
    const QColor changed = m_text.isChanged && m_text.note.isEmpty() ? theme.accent.text : ink;
    paintRowText(painter, numbers, m_text.idle, strong, changed, Qt::AlignRight);
    if (!m_text.was.isEmpty()) {
        const int taken = QFontMetrics(strong).horizontalAdvance(m_text.idle);
        paintRowText(painter, numbers.adjusted(0, 0, -taken, 0), m_text.was + u" → "_s, plain, theme.text.dim,
                     Qt::AlignRight);
    }
    paintRowFocus(painter, *this);
}

} // namespace nest::console
