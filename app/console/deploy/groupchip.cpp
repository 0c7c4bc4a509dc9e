// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/groupchip.h"

#include "widgets/table/cellpainter.h"

#include <QPainter>

namespace nest::console {

namespace {

widgets::Cell cellOf(const wire::GroupName &group)
{
    return widgets::GroupCell{.set = QString::fromStdString(group.set),
                              .lane = QString::fromStdString(group.lane),
                              .region = QString::fromStdString(group.region)};
}

} // namespace

GroupChip::GroupChip(const wire::GroupName &group, QWidget *parent) : QWidget(parent), m_group(group)
{
    setAccessibleName(QString::fromStdString(toString(group)));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize GroupChip::sizeHint() const
{
    const widgets::Theme &theme = widgets::themeOf(this);
    return {widgets::widthOf(cellOf(m_group), theme), theme.size.rowNormal};
}

void GroupChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    widgets::paintCell(painter, widgets::themeOf(this), rect(), cellOf(m_group));
}

} // namespace nest::console
