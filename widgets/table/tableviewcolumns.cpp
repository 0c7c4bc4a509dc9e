// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TableView that a person arranges: width, order and visibility of columns.
#include "widgets/table/sorthint.h"
#include "widgets/table/tableview.h"

#include <QHeaderView>
#include <QMenu>
#include <QSettings>

namespace nest::widgets {

void TableView::setColumnWidths(const QList<int> &widths)
{
    m_widths = widths;
    for (int column = 0; column < widths.size() && column < m_proxy->columnCount(); ++column) {
        setColumnWidth(column, widths.at(column));
    }
}

void TableView::setStretchColumn(int column)
{
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
}

void TableView::keepColumnsIn(QSettings &settings, const QString &key)
{
    m_settings = &settings;
    m_settingsKey = key;
    horizontalHeader()->restoreState(settings.value(key).toByteArray());
    showSortMark(); // the order of rows is not kept here
}

QMenu *TableView::makeColumnsMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    fillColumnsMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillColumnsMenu(menu);
    });
    return menu;
}

void TableView::fillColumnsMenu(QMenu *menu)
{
    for (int column = 1; column < m_proxy->columnCount(); ++column) { // the first one names the row and stays
        const QString title = m_proxy->headerData(column, Qt::Horizontal).toString();
        if (title.isEmpty()) {
            continue;
        }
        QAction *action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool isShown) {
            setColumnHidden(column, !isShown);
            m_saveDelay.start();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &TableView::resetColumns);
}

void TableView::resetColumns()
{
    QHeaderView *head = horizontalHeader();
    for (int column = 0; column < head->count(); ++column) {
        setColumnHidden(column, false);
        head->moveSection(head->visualIndex(column), column);
    }
    setColumnWidths(m_widths);
    m_saveDelay.start();
}

void TableView::saveColumns()
{
    if (m_settings) {
        m_settings->setValue(m_settingsKey, horizontalHeader()->saveState());
    }
}

} // namespace nest::widgets
