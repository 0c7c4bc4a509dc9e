// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/tabstrip.h"

#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <optional>

namespace nest::widgets {

namespace {
constexpr int between = 20; // from title to title
constexpr int badgePad = 5;
constexpr int badgeGap = 6;
} // namespace

TabStrip::TabStrip(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TabStrip::addTab(const QString &id, const QString &title)
{
    m_tabs.append({id, title, {}});
    if (m_current.isEmpty()) {
        m_current = id;
    }
    describe();
    updateGeometry();
    update();
}

void TabStrip::setBadge(const QString &id, const QString &text)
{
    const int at = indexOf(id);
    if (at >= 0 && m_tabs[at].badge != text) {
        m_tabs[at].badge = text;
        updateGeometry();
        update();
    }
}

void TabStrip::setCurrent(const QString &id)
{
    if (id == m_current || indexOf(id) < 0) {
        return;
    }
    m_current = id;
    describe();
    update();
    Q_EMIT currentChanged(id);
}

QRect TabStrip::tabRect(const QString &id) const
{
    int x = 0;
    for (const Tab &tab : m_tabs) {
        const int width = widthOf(tab);
        if (tab.id == id) {
            return {x, 0, width, height()};
        }
        x += width + between;
    }
    return {};
}

QSize TabStrip::sizeHint() const
{
    int width = 0;
    for (const Tab &tab : m_tabs) {
        width += widthOf(tab) + between;
    }
    return {width, themeOf(this).size.tabs};
}

QSize TabStrip::minimumSizeHint() const
{
    return {40, sizeHint().height()};
}

bool TabStrip::event(QEvent *event)
{
    // The arrow keys move between tabs, whatever single-key shortcuts the window has.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End) {
            event->accept();
        }
    }
    return QWidget::event(event);
}

void TabStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    for (int i = 0; i < m_tabs.size(); ++i) {
        const Tab &tab = m_tabs[i];
        const QRect in = tabRect(tab.id);
        const bool isCurrent = tab.id == m_current;
        painter.setFont(theme.font(isCurrent ? TextStyle::Strong : TextStyle::BodyMedium));
        painter.setPen(isCurrent || i == m_hovered ? theme.text.primary : theme.text.secondary);
        painter.drawText(in, Qt::AlignLeft | Qt::AlignVCenter, tab.title);
        if (!tab.badge.isEmpty()) {
            const int titleWidth =
                QFontMetrics(theme.font(TextStyle::Strong)).horizontalAdvance(tab.title) + badgeGap;
            painter.setFont(theme.font(TextStyle::Caption));
            const int width = painter.fontMetrics().horizontalAdvance(tab.badge) + 2 * badgePad;
            const QRect box(in.left() + titleWidth, in.center().y() - 7, width, 16);
            paintBox(painter, box, theme.size.radiusSmall, theme.surface.control, {});
            painter.setPen(theme.text.secondary);
            painter.drawText(box, Qt::AlignCenter, tab.badge);
        }
        if (isCurrent) {
            painter.fillRect(QRect(in.left(), height() - 2, in.width(), 2), theme.accent.text);
            if (hasFocus()) {
                paintFocusRing(painter, theme, in.adjusted(-6, 3, 6, -5), theme.size.radiusControl);
            }
        }
    }
}

void TabStrip::mousePressEvent(QMouseEvent *event)
{
    const int at = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && at >= 0) {
        setCurrent(m_tabs[at].id);
    }
}

void TabStrip::mouseMoveEvent(QMouseEvent *event)
{
    const int at = indexAt(event->position().toPoint());
    if (at != m_hovered) {
        m_hovered = at;
        setCursor(at >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void TabStrip::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void TabStrip::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_tabs.size()) - 1;
    const int at = indexOf(m_current);
    const auto to = [&]() -> std::optional<int> {
        switch (event->key()) {
        case Qt::Key_Left:
            return std::max(0, at - 1);
        case Qt::Key_Right:
            return std::min(last, at + 1);
        case Qt::Key_Home:
            return 0;
        case Qt::Key_End:
            return last;
        default:
            return std::nullopt;
        }
    }();
    if (!to) {
        QWidget::keyPressEvent(event);
    } else if (*to >= 0 && *to <= last) {
        setCurrent(m_tabs[*to].id);
    }
}

int TabStrip::widthOf(const Tab &tab) const
{
    const Theme &theme = themeOf(this);
    int width = QFontMetrics(theme.font(TextStyle::Strong)).horizontalAdvance(tab.title) + 1;
    if (!tab.badge.isEmpty()) {
        width += badgeGap + 2 * badgePad +
                 QFontMetrics(theme.font(TextStyle::Caption)).horizontalAdvance(tab.badge);
    }
    return width;
}

int TabStrip::indexAt(const QPoint &at) const
{
    for (int i = 0; i < m_tabs.size(); ++i) {
        if (tabRect(m_tabs[i].id).adjusted(-between / 2, 0, between / 2, 0).contains(at)) {
            return i;
        }
    }
    return -1;
}

int TabStrip::indexOf(const QString &id) const
{
    for (int i = 0; i < m_tabs.size(); ++i) {
        if (m_tabs[i].id == id) {
            return i;
        }
    }
    return -1;
}

/// A screen reader hears which tab is on, of which.
void TabStrip::describe()
{
    QStringList titles;
    QString current;
    for (const Tab &tab : m_tabs) {
        titles.append(tab.title);
        if (tab.id == m_current) {
            current = tab.title;
        }
    }
    setAccessibleName(tr("Tab %1 of %2").arg(current, titles.join(tr(", "))));
}

} // namespace nest::widgets
