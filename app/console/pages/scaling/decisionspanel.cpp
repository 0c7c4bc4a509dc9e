// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/decisionspanel.h"

#include "app/console/pages/scaling/decisioncells.h"
#include "app/console/pages/scaling/decisionlook.h"
#include "models/roles.h"
#include "models/scalingmodel.h"
#include "widgets/state/emptystate.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::DecisionsModel;

DecisionsPanel::DecisionsPanel(models::ScalingModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_cells(new DecisionCells(model.decisions(), this))
    , m_count(new widgets::Label({}, widgets::TextStyle::Body, widgets::Ink::Dim))
    , m_filters(new widgets::SegmentedControl(this))
    , m_table(new widgets::TableView(this))
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::panel, widgets::space::chip, widgets::space::panel,
                             widgets::space::chip);
    head->setSpacing(widgets::space::control);
    head->addWidget(new widgets::Label(tr("Decisions"), widgets::TextStyle::Strong));
    head->addWidget(m_count);
    head->addStretch();
    head->addWidget(m_filters);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_table, 1);

    m_filters->setObjectName("filters"_L1);
    m_filters->addSegment(tr("All"), QString::number(int(Filter::All)));
    m_filters->addSegment(tr("Up"), QString::number(int(Filter::Up)));
    m_filters->addSegment(tr("Down"), QString::number(int(Filter::Down)));
    m_filters->addSegment(tr("Limited"), QString::number(int(Filter::Limited)));
    m_count->setObjectName("decisionCount"_L1);
    m_table->setObjectName("decisions"_L1);
    m_table->setAccessibleName(tr("Decisions"));
    m_table->setSource(m_cells);
    m_table->setColumnWidths({76, 80, 40, 122, 130});
    m_table->setStretchColumn(DecisionsModel::Reason);

    connect(m_filters, &widgets::SegmentedControl::currentChanged, this,
            [this](const QString &id) { setFilter(static_cast<Filter>(id.toInt())); });
    connect(m_table, &widgets::TableView::currentSourceChanged, this, &DecisionsPanel::rowChosen);
    connect(m_table, &widgets::TableView::shownRowsChanged, this, [this] {
        showRow();
        showCount();
    });
    connect(&model, &models::ScalingModel::seriesExtended, this, &DecisionsPanel::showCount);
    connect(&model, &models::ScalingModel::seriesReplaced, this, &DecisionsPanel::showCount);
    connect(&model.decisions(), &DecisionsModel::loadingChanged, this, &DecisionsPanel::showState);
    connect(&model.decisions(), &QAbstractItemModel::rowsInserted, this, &DecisionsPanel::showState);
    connect(&model.decisions(), &QAbstractItemModel::modelReset, this, &DecisionsPanel::clear);
    showState();
}

void DecisionsPanel::choose(const std::string &id)
{
    m_chosen = id;
    showRow();
}

void DecisionsPanel::clear()
{
    m_chosen.clear();
    m_isShowing = true;
    m_table->setCurrentIndex({});
    m_table->clearSelection();
    m_isShowing = false;
    showState();
}

void DecisionsPanel::step(int rows)
{
    const auto &proxy = m_table->proxy();
    const int count = proxy.rowCount();
    if (count == 0) {
        return;
    }
    const int source = m_chosen.empty() ? -1 : m_model.decisions().rowOf(m_chosen);
    const QModelIndex shown = source < 0 ? QModelIndex() : proxy.mapFromSource(m_cells->index(source, 0));
    const int row = shown.isValid() ? std::clamp(shown.row() + rows, 0, count - 1) : 0;
    rowChosen(proxy.mapToSource(proxy.index(row, 0)));
    showRow();
}

/// The row of what is chosen is the current one, whatever came above it.
void DecisionsPanel::showRow()
{
    const int row = m_chosen.empty() ? -1 : m_model.decisions().rowOf(m_chosen);
    if (row < 0) {
        return;
    }
    const QModelIndex source = m_cells->index(row, 0);
    const bool wasShowing = std::exchange(m_isShowing, true);
    if (!m_table->proxy().mapFromSource(source).isValid()) {
        m_table->setCurrentIndex({}); // the filter hides it: no other row takes its place
        m_table->clearSelection();
    } else if (m_table->currentSource().row() != row) {
        m_table->setCurrentSource(source);
    }
    m_isShowing = wasShowing;
}

void DecisionsPanel::rowChosen(const QModelIndex &source)
{
    if (m_isShowing || !source.isValid()) {
        return;
    }
    const QString id = source.siblingAtColumn(0).data(models::KeyRole).toString();
    if (id.toStdString() != m_chosen) {
        m_chosen = id.toStdString();
        Q_EMIT decisionChosen(id);
    }
}

void DecisionsPanel::setFilter(Filter filter)
{
    m_filter = filter;
    const bool wasShowing = std::exchange(m_isShowing, true); // rows that vanish hand the selection on
    if (filter == Filter::All) {
        m_table->proxy().setRowFilter({});
    } else {
        m_table->proxy().setRowFilter([this](const QAbstractItemModel &, int row) {
            const wire::Decision &decision = m_model.decisions().decision(row);
            return m_filter == Filter::Up     ? decision.desired > decision.from
                   : m_filter == Filter::Down ? decision.desired < decision.from
                                              : isCut(decision);
        });
    }
    m_isShowing = wasShowing;
    showRow();
    showState();
}

void DecisionsPanel::setRangeName(const QString &name)
{
    m_rangeName = name;
    showCount();
}

void DecisionsPanel::setStale(bool isStale)
{
    m_table->setStale(isStale);
}

void DecisionsPanel::showState()
{
    const auto &decisions = m_model.decisions();
    const bool isEmpty = decisions.rowCount() == 0;
    const bool isTarget = !m_model.target().function.empty();
    m_table->setLoading(isTarget && isEmpty && !decisions.isListed() && decisions.lastError().type.empty());
    QString title;
    QString sentence;
    if (isEmpty && !decisions.lastError().type.empty()) {
        title = tr("The decisions could not be read");
        sentence = QString::fromStdString(decisions.lastError().detail);
    } else if (isEmpty) {
        title = tr("No decision yet");
        sentence = tr("The first request makes one: it is listed here with all its numbers.");
    } else {
        title = m_filter == Filter::Up     ? tr("None went up")
                : m_filter == Filter::Down ? tr("None went down")
                                           : tr("No limit took anything away");
        sentence = tr("%n decisions are hidden by the filter.", nullptr, decisions.rowCount());
    }
    if (m_placeholderText != title + sentence) {
        m_placeholderText = title + sentence;
        m_table->setPlaceholder(new widgets::EmptyState(u"scaling"_s, title, sentence));
    }
    showCount();
}

void DecisionsPanel::showCount()
{
    const auto &all = m_model.decisions().decisions();
    const auto from = m_model.from();
    const auto to = m_model.to();
    const auto inRange = std::ranges::count_if(all, [from, to](const wire::Decision &decision) {
        return decision.time >= from && decision.time <= to;
    });
    // The list may go on beyond what was read.
    const bool isMore = !all.empty() && all.back().time >= from && m_model.decisions().canFetchMore({});
    const QString count = QLocale().toString(qlonglong(inRange)) + (isMore ? u"+"_s : QString());
    const QString counted = m_model.isLive() ? tr("%1 in the last %2").arg(count, m_rangeName)
                                             : tr("%1 in this range").arg(count);
    const bool isOlderListed = std::cmp_less(inRange, all.size());
    m_count->setText(
        all.empty() ? QString()
        : !isOlderListed
            ? counted
            : tr("%1 · the list goes further back", "number of decisions in a range").arg(counted));
}

} // namespace nest::console
