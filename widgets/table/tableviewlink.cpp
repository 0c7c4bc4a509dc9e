// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of TableView that makes names links: the pointer over one, and a click on one.
#include "widgets/table/celldelegate.h"
#include "widgets/table/tableview.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QStyleHints>
#include <QTimer>

namespace nest::widgets {

namespace {

/// Who is used to a double click clicks once more: that is not meant for what is there by then.
class SecondClick final : public QObject
{
public:
    static void swallow()
    {
        auto *filter = new SecondClick;
        qApp->installEventFilter(filter);
        QTimer::singleShot(QGuiApplication::styleHints()->mouseDoubleClickInterval(), filter,
                           &QObject::deleteLater);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        return (event->type() == QEvent::MouseButtonDblClick && watched->isWidgetType()) ||
               QObject::eventFilter(watched, event);
    }

private:
    SecondClick() : QObject(qApp) {}
};

} // namespace

QModelIndex TableView::linkAt(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid() || index.column() != m_linkColumn) {
        return {};
    }
    const auto *delegate = static_cast<const CellDelegate *>(itemDelegate());
    return delegate->nameRect(visualRect(index), index).contains(position) ? index : QModelIndex();
}

void TableView::setLink(const QModelIndex &link)
{
    if (m_link == link) {
        return;
    }
    m_link = link;
    link.isValid() ? viewport()->setCursor(Qt::PointingHandCursor) : viewport()->unsetCursor();
    viewport()->update();
}

void TableView::noteLinkClick(const QMouseEvent &event)
{
    const bool isPlain = event.button() == Qt::LeftButton && event.modifiers() == Qt::NoModifier;
    const QModelIndex link = isPlain ? linkAt(event.position().toPoint()) : QModelIndex();
    if (event.type() == QEvent::MouseButtonPress) {
        m_pressed = link;
        return;
    }
    const bool isClick = link.isValid() && m_pressed == link;
    m_pressed = QModelIndex();
    if (isClick) {
        setLink({});
        SecondClick::swallow();
        Q_EMIT linkActivated(m_proxy->mapToSource(link));
    }
}

} // namespace nest::widgets
