// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/topbar.h"

#include "widgets/shell/chip.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QAction>
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

/// Looks like a field and opens the palette.
class SearchButton final : public QAbstractButton
{
public:
    explicit SearchButton(QWidget *parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }
    void setKey(const QString &key) { m_key = key; }
    QSize sizeHint() const override { return {232, themeOf(this).size.button}; }
    QSize minimumSizeHint() const override { return {90, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        paintBox(painter, rect(), theme.size.radiusControl, theme.surface.panel,
                 underMouse() ? theme.border.strong : theme.border.control);
        paintIcon(painter, QRect(8, 0, 16, height()), u"search"_s, 14, theme.text.dim);
        painter.setFont(theme.font(TextStyle::Caption));
        const int width = painter.fontMetrics().horizontalAdvance(m_key) + 10;
        const QRect cap(this->width() - width - 6, height() / 2 - 8, width, 17);
        paintBox(painter, cap, theme.size.radiusSmall, theme.surface.control, theme.border.control);
        painter.setPen(theme.text.secondary);
        painter.drawText(cap, Qt::AlignCenter, m_key);
        painter.setFont(theme.font(TextStyle::Body));
        painter.setPen(theme.text.dim);
        const QRect words(30, 0, cap.left() - 38, height());
        painter.drawText(words, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
        if (hasFocus()) {
            paintFocusRing(painter, theme, rect(), theme.size.radiusControl);
        }
    }

private:
    QString m_key;
};

TopBar::TopBar(QWidget *parent)
    : QWidget(parent)
    , m_connection(new Chip(this))
    , m_set(makeScopeChip(Part::Set, tr("SET"), u"scope.set"_s))
    , m_lane(makeScopeChip(Part::Lane, tr("Lane"), u"scope.lane"_s))
    , m_region(makeScopeChip(Part::Region, tr("Region"), u"scope.region"_s))
    , m_search(new SearchButton(this))
    , m_range(new Chip(this))
    , m_row(new QHBoxLayout(this))
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

    auto *row = m_row;
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
    row->addWidget(m_search);
    row->addWidget(m_range);
    m_search->hide();
    m_search->setObjectName("search"_L1);
    m_search->setAccessibleName(tr("Search"));
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

void TopBar::setConnectionMenu(QMenu *menu)
{
    m_connection->setMenu(menu);
}

void TopBar::openConnectionMenu()
{
    m_connection->openMenu();
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
    made->setToolTip(wrappedTip(scopeTip(part == Part::Set    ? ScopePart::Set
                                         : part == Part::Lane ? ScopePart::Lane
                                                              : ScopePart::Region)));
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
    if (const QList<QAction *> more = m_scopeActions.value(part); !more.isEmpty()) {
        menu->addSeparator();
        menu->addActions(more);
    }
}

void TopBar::setScopeActions(Part part, const QList<QAction *> &actions)
{
    m_scopeActions[part] = actions;
}

void TopBar::setSearchAction(QAction *action)
{
    m_search->setText(action->text());
    m_search->setAccessibleName(action->text());
    m_search->setKey(action->shortcut().toString(QKeySequence::NativeText).replace(u'+', u' '));
    m_search->setToolTip(action->toolTip());
    m_search->show();
    connect(m_search, &QAbstractButton::clicked, action, &QAction::trigger);
}

void TopBar::setLock(QWidget *lock)
{
    m_row->insertWidget(1, lock);
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
