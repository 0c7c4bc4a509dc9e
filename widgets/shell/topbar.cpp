// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/topbar.h"

#include "widgets/shell/chip.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
/// The part of a scope that one chip speaks of.
QString &valueOf(Scope &scope, TopBar::Part part)
{
    switch (part) {
    case TopBar::Part::Set:
        return scope.set;
    case TopBar::Part::Lane:
        return scope.lane;
    case TopBar::Part::Region:
        break;
    }
    return scope.region;
}

const QStringList &choicesOf(const ScopeChoices &choices, TopBar::Part part)
{
    switch (part) {
    case TopBar::Part::Set:
        return choices.sets;
    case TopBar::Part::Lane:
        return choices.lanes;
    case TopBar::Part::Region:
        break;
    }
    return choices.regions;
}
} // namespace

TopBar::TopBar(QWidget *parent)
    : QWidget(parent)
    , m_connection(new Chip(this))
    , m_set(makeScopeChip(Part::Set, tr("SET"), u"scope.set"_s))
    , m_lane(makeScopeChip(Part::Lane, tr("Lane"), u"scope.lane"_s))
    , m_region(makeScopeChip(Part::Region, tr("Region"), u"scope.region"_s))
    , m_range(new Chip(this))
{
    const Theme &theme = themeOf(this);
    setFixedHeight(theme.size.environmentStrip + theme.size.topBar);
    m_connection->setObjectName(u"connection"_s);
    m_connection->setTall(true);
    m_range->setObjectName(u"range"_s);
    m_range->setTall(true);
    auto *rangeMenu = new QMenu(m_range);
    m_range->setMenu(rangeMenu);
    connect(rangeMenu, &QMenu::aboutToShow, this, &TopBar::fillRangeMenu);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme.size.rail + space::control, theme.size.environmentStrip, space::panel, 1);
    row->setSpacing(space::control);
    row->addWidget(m_connection);
    auto *line = makeLine(Qt::Vertical, this);
    line->setFixedHeight(20);
    row->addSpacing(space::chip);
    row->addWidget(line);
    row->addSpacing(space::chip);
    for (Chip *chip : {m_set, m_lane, m_region}) {
        row->addWidget(chip);
    }
    row->addStretch();
    row->addWidget(m_range);
    setConnection({});
    setScope({}, {});
    setTimeRange(m_timeRange);
    setStatus(ConnectionStatus::State::Starting);
}

void TopBar::setConnection(const ConnectionInfo &connection)
{
    m_info = connection;
    const bool isConnected = !connection.name.isEmpty();
    m_connection->setBadge(isConnected ? environmentBadge(connection.environment) : QString(),
                           connection.environment);
    m_connection->setValue(isConnected ? connection.name : tr("Not connected"));
    update();
}

void TopBar::setScope(const Scope &scope, const ScopeChoices &choices)
{
    m_scope = scope;
    m_choices = choices;
    for (const Part part : {Part::Set, Part::Lane, Part::Region}) {
        const QString value = valueOf(m_scope, part);
        chip(part)->setValue(value.isEmpty() ? tr("all") : value);
        chip(part)->setNarrowed(!value.isEmpty());
    }
}

void TopBar::setTimeRange(TimeRange range)
{
    m_timeRange = range;
    m_range->setValue(tr("Last %1").arg(nameOf(range)));
}

void TopBar::setStatus(ConnectionStatus::State state)
{
    switch (state) {
    case ConnectionStatus::State::Live:
        m_range->setIcon(u"live"_s, Ink::Ok);
        break;
    case ConnectionStatus::State::Late:
        m_range->setIcon(u"live"_s, Ink::Warn);
        break;
    case ConnectionStatus::State::Offline:
    case ConnectionStatus::State::Failed:
        m_range->setIcon(u"offline"_s, Ink::Warn);
        break;
    case ConnectionStatus::State::Starting:
        m_range->setIcon(u"live"_s, Ink::Dim);
        break;
    }
}

void TopBar::openScopeMenu(Part part)
{
    chip(part)->openMenu();
}

void TopBar::openRangeMenu()
{
    m_range->openMenu();
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    const int strip = theme.size.environmentStrip;
    painter.fillRect(rect(), theme.surface.window);
    painter.fillRect(QRect(0, 0, width(), strip), m_info.name.isEmpty()
                                                      ? theme.border.control
                                                      : theme.environmentColor(m_info.environment));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border.subtle);
    paintIcon(painter, QRect(0, strip, theme.size.rail, height() - strip - 1), u"nest"_s, 22,
              theme.accent.text);
}

Chip *TopBar::makeScopeChip(Part part, const QString &label, const QString &id)
{
    auto *made = new Chip(this);
    made->setObjectName(id);
    made->setLabel(label);
    auto *menu = new QMenu(made);
    made->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, part] { fillScopeMenu(part); });
    return made;
}

void TopBar::fillScopeMenu(Part part)
{
    QMenu *menu = chip(part)->menu();
    menu->clear();
    const QString current = valueOf(m_scope, part);
    const auto add = [&](const QString &text, const QString &value) {
        QAction *choice = menu->addAction(text);
        choice->setCheckable(true);
        choice->setChecked(value == current);
        connect(choice, &QAction::triggered, this, [this, part, value] {
            Scope scope = m_scope;
            valueOf(scope, part) = value;
            Q_EMIT scopeChosen(scope);
        });
    };
    add(tr("All"), {});
    const QStringList &choices = choicesOf(m_choices, part);
    if (!choices.isEmpty()) {
        menu->addSeparator();
    }
    for (const QString &value : choices) {
        add(value, value);
    }
}

void TopBar::fillRangeMenu()
{
    QMenu *menu = m_range->menu();
    menu->clear();
    for (const TimeRange range : timeRanges) {
        QAction *choice = menu->addAction(tr("Last %1").arg(nameOf(range)));
        choice->setCheckable(true);
        choice->setChecked(range == m_timeRange);
        connect(choice, &QAction::triggered, this, [this, range] { Q_EMIT timeRangeChosen(range); });
    }
}

Chip *TopBar::chip(Part part) const
{
    switch (part) {
    case Part::Set:
        return m_set;
    case Part::Lane:
        return m_lane;
    case Part::Region:
        break;
    }
    return m_region;
}

} // namespace nest::widgets
