// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/toastplace.h"

#include "widgets/state/modallayer.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCursor>
#include <QLineEdit>

#include <algorithm>

namespace nest::widgets {

namespace {

constexpr int tallestControl = 64; // what takes the focus and is taller is content, not a control
constexpr int pointerRoom = 12;

/// The dialog on top, when there is one: nothing else can be clicked.
const QWidget &reachable(const QWidget &window)
{
    const QWidget *top = &window;
    for (const QObject *child : window.children()) { // the later ones lie above
        if (const auto *layer = qobject_cast<const ModalLayer *>(child); layer && layer->isVisible()) {
            top = layer;
        }
    }
    return *top;
}

bool isControl(const QWidget &widget)
{
    return widget.property(toastsKeepClear).toBool() ||
           qobject_cast<const QAbstractButton *>(&widget) != nullptr ||
           qobject_cast<const QLineEdit *>(&widget) != nullptr ||
           qobject_cast<const QComboBox *>(&widget) != nullptr ||
           ((widget.focusPolicy() & Qt::TabFocus) != 0 && widget.height() <= tallestControl);
}

QRect inWindow(const QWidget &window, const QWidget &widget, const QRect &rect)
{
    return {widget.mapTo(&window, rect.topLeft()), rect.size()};
}

/// The row of a list or the cursor of an editor.
QRect focusRect(const QWidget &window, const QWidget &area)
{
    QWidget *focus = QApplication::focusWidget();
    if (focus == nullptr || !window.isAncestorOf(focus) || area.isAncestorOf(focus)) {
        return {};
    }
    if (auto *list = qobject_cast<QAbstractItemView *>(focus)) {
        QRect row = list->visualRect(list->currentIndex());
        row.setLeft(0);
        row.setRight(list->viewport()->width());
        return row.height() > 0 ? inWindow(window, *list->viewport(), row) : QRect();
    }
    const QRect cursor = focus->inputMethodQuery(Qt::ImCursorRectangle).toRectF().toAlignedRect();
    return cursor.isEmpty() ? QRect() : inWindow(window, *focus, cursor.adjusted(-40, -20, 40, 20));
}

QList<QRect> obstacles(const QWidget &window, const QWidget &area)
{
    QList<QRect> found;
    const auto widgets = reachable(window).findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const bool isKeptClear = widget->property(toastsKeepClear).toBool();
        if (!widget->isVisible() || (!widget->isEnabled() && !isKeptClear) || area.isAncestorOf(widget) ||
            !isControl(*widget)) {
            continue;
        }
        const QRect seen = widget->visibleRegion().boundingRect(); // less what is scrolled away
        if (!seen.isEmpty()) {
            found.append(inWindow(window, *widget, seen));
        }
    }
    found.append(focusRect(window, area));
    return found;
}

QRect firstHit(const QList<QRect> &obstacles, const QRect &place)
{
    const auto hit =
        std::ranges::find_if(obstacles, [&](const QRect &each) { return each.intersects(place); });
    return hit == obstacles.end() ? QRect() : *hit;
}

} // namespace

QRect freePlace(const QWidget &window, const QWidget &area, const QSize &size, int foot)
{
    const Theme &theme = themeOf(&window);
    const QRect inside = window.rect().adjusted(space::page, space::page, -space::page, -space::page - foot);
    QRect usual({}, size);
    usual.moveBottomRight(inside.bottomRight());
    QList<QRect> all = obstacles(window, area);
    const QPoint pointer = window.mapFromGlobal(QCursor::pos());
    if (window.isActiveWindow() && !area.geometry().contains(pointer)) {
        all.append(
            QRect(pointer, QSize(1, 1)).adjusted(-pointerRoom, -pointerRoom, pointerRoom, pointerRoom));
    }
    const int top = theme.size.topBar + space::page;
    const int left = theme.size.rail + space::page;
    for (const int right : {usual.right(), inside.center().x() + size.width() / 2, left + size.width()}) {
        QRect place = usual;
        place.moveRight(std::min(right, usual.right()));
        while (place.top() >= top) {
            const QRect hit = firstHit(all, place);
            if (hit.isNull()) {
                return place;
            }
            place.moveBottom(hit.top() - space::control);
        }
    }
    return usual; // everything is full of controls
}

bool isInTheWay(const QWidget &window, const QWidget &area, const QRect &place)
{
    return !firstHit(obstacles(window, area), place).isNull();
}

} // namespace nest::widgets
