// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/filetabs.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QMouseEvent>
#include <QPainter>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace widgets;

/// A dot while the file is not saved and nobody points at it, a cross otherwise.
class FileTabs::CloseButton final : public QAbstractButton
{
public:
    explicit CloseButton(FileTabs *tabs) : QAbstractButton(tabs)
    {
        setFixedSize(16, 16);
        setFocusPolicy(Qt::NoFocus); // Ctrl+W does it from the keyboard
        setToolTip(FileTabs::tr("Close (Ctrl+W)"));
    }
    void setModified(bool isModified)
    {
        m_isModified = isModified;
        update();
    }
    [[nodiscard]] bool isModified() const { return m_isModified; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme &theme = themeOf(this);
        if (m_isModified && !underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.warn.text);
            painter.drawEllipse(QRectF(5, 5, 7, 7));
            return;
        }
        paintIcon(painter, rect(), u"close"_s, 12, underMouse() ? theme.text.primary : theme.text.dim);
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }

private:
    bool m_isModified = false;
};

FileTabs::FileTabs(QWidget *parent) : QTabBar(parent)
{
    setExpanding(false);
    setDrawBase(false);
    setMovable(true);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setAccessibleName(tr("Open files"));
    setFocusPolicy(Qt::TabFocus);
}

int FileTabs::addFile(const QString &path)
{
    const int index = addTab(QString());
    auto *close = new CloseButton(this);
    setTabButton(index, RightSide, close);
    connect(close, &QAbstractButton::clicked, this, [this, close] {
        for (int i = 0; i < count(); ++i) {
            if (tabButton(i, RightSide) == close) {
                Q_EMIT closeRequested(this->path(i));
                return;
            }
        }
    });
    setPath(index, path);
    return index;
}

void FileTabs::setPath(int index, const QString &path)
{
    setTabData(index, path);
    setTabText(index, path.section(u'/', -1));
    setTabToolTip(index, path);
    tabButton(index, RightSide)->setAccessibleName(tr("Close %1").arg(path));
}

int FileTabs::indexOf(const QString &path) const
{
    for (int i = 0; i < count(); ++i) {
        if (this->path(i) == path) {
            return i;
        }
    }
    return -1;
}

void FileTabs::setModified(const QString &path, bool isModified)
{
    if (const int index = indexOf(path); index >= 0) {
        static_cast<CloseButton *>(tabButton(index, RightSide))->setModified(isModified);
        setTabToolTip(index, isModified ? tr("%1, not saved").arg(path) : path);
    }
}

bool FileTabs::isModified(int index) const
{
    return static_cast<CloseButton *>(tabButton(index, RightSide))->isModified();
}

QSize FileTabs::tabSizeHint(int index) const
{
    const QFontMetrics metrics(themeOf(this).font(TextStyle::Body));
    return {12 + 14 + 8 + metrics.horizontalAdvance(tabText(index)) + 8 + 16 + 10,
            themeOf(this).size.panelHead};
}

void FileTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.setFont(theme.font(TextStyle::Body));
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i);
        const bool isCurrent = i == currentIndex();
        if (isCurrent) {
            painter.fillRect(tab, theme.surface.page);
            painter.fillRect(QRect(tab.left(), tab.top(), tab.width(), 2), theme.accent.text);
        } else {
            painter.fillRect(QRect(tab.left(), tab.bottom(), tab.width(), 1), theme.border.subtle);
        }
        painter.fillRect(QRect(tab.right(), tab.top(), 1, tab.height()), theme.border.subtle);
        const QColor ink = isCurrent ? theme.text.primary : theme.text.secondary;
        paintIcon(painter, QRect(tab.left() + 12, tab.top(), 14, tab.height()), u"file"_s, 14, ink);
        painter.setPen(ink);
        painter.drawText(tab.adjusted(34, 0, -26, 0), Qt::AlignVCenter | Qt::AlignLeft, tabText(i));
        if (isCurrent && hasFocus()) {
            paintFocusRing(painter, theme, QRectF(tab), 0);
        }
    }
}

void FileTabs::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton) {
        if (const int index = tabAt(event->position().toPoint()); index >= 0) {
            Q_EMIT closeRequested(path(index));
            return;
        }
    }
    QTabBar::mouseReleaseEvent(event);
}

} // namespace nest::console
