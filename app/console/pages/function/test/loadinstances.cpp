// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadinstances.h"

#include "app/console/pages/function/test/valueslider.h"

#include <QLocale>

#include <algorithm>
#include <ranges>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

constexpr double longStartMs = 1'000; // of a cold start; a person waits for it
constexpr int shownOfId = 8;

QString figure(std::optional<double> milliseconds)
{
    return milliseconds ? QLocale().toString(*milliseconds, 'f', *milliseconds < 10 ? 1 : 0) : QString();
}

} // namespace

LoadInstances::Row LoadInstances::rowOf(const LoadJob &job, const client::LoadInstance &answered)
{
    Row row{.answered = answered, .coldStartMs = {}, .readyAtMs = {}};
    if (const auto *known = job.instance(answered.id); known != nullptr && known->readyAt) {
        row.readyAtMs = known->readyAt->time_since_epoch().count() - job.startedAtMs();
        if (known->createdAt && *row.readyAtMs >= 0) {
            row.coldStartMs = static_cast<double>((*known->readyAt - *known->createdAt).count());
        }
    }
    return row;
}

void LoadInstances::show(const LoadJob *job)
{
    std::vector<Row> rows;
    if (job != nullptr) {
        for (const auto &answered : job->report().instances) {
            rows.push_back(rowOf(*job, answered));
        }
    }
    const bool isContinued =
        rows.size() >= m_rows.size() &&
        std::ranges::equal(
            m_rows, rows | std::views::take(m_rows.size()), {},
            [](const Row &row) { return row.answered.id; }, [](const Row &row) { return row.answered.id; });
    m_most = 0;
    for (const Row &row : rows) {
        m_most = std::max(m_most, row.answered.answered);
    }
    if (!isContinued) { // another run
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    const int before = static_cast<int>(m_rows.size());
    if (std::ssize(rows) > before) {
        beginInsertRows({}, before, static_cast<int>(rows.size()) - 1);
        m_rows = std::move(rows);
        endInsertRows();
    } else {
        m_rows = std::move(rows);
    }
    if (before > 0) {
        Q_EMIT dataChanged(index(0, 0), index(before - 1, ColumnCount - 1),
                           {widgets::CellDataRole, widgets::SortRole});
    }
}

int LoadInstances::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LoadInstances::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LoadInstances::data(const QModelIndex &index, int role) const
{
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case widgets::CellDataRole:
        return QVariant::fromValue(cell(row, index.column()));
    case widgets::SortRole:
        return sortValue(row, index.column());
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return widgets::textOf(cell(row, index.column()));
    case Qt::ToolTipRole:
        return index.column() == Instance ? QVariant(QString::fromStdString(row.answered.id)) : QVariant();
    default:
        return {};
    }
}

QVariant LoadInstances::sortValue(const Row &row, int column)
{
    const auto maybe = [](const auto &value) {
        return value ? QVariant::fromValue(*value) : QVariant();
    };
    switch (column) {
    case Share:
    case Answered:
        return QVariant::fromValue(static_cast<qint64>(row.answered.answered));
    case P50:
        return maybe(row.answered.latency.p50);
    case P99:
        return maybe(row.answered.latency.p99);
    case ColdStart:
        return maybe(row.coldStartMs);
    case ReadyAt:
        return maybe(row.readyAtMs);
    default:
        return QString::fromStdString(row.answered.id);
    }
}

widgets::Cell LoadInstances::cell(const Row &row, int column) const
{
    using widgets::Emphasis;
    using widgets::NumberCell;
    using widgets::TextCell;
    switch (column) {
    case Instance:
        return TextCell{.text = u"…"_s + QString::fromStdString(row.answered.id).right(shownOfId).toLower(),
                        .isMono = true};
    case Share:
        return widgets::BarCell{
            m_most == 0 ? 0 : static_cast<double>(row.answered.answered) / static_cast<double>(m_most)};
    case Answered:
        return NumberCell{.figure = QLocale().toString(static_cast<qlonglong>(row.answered.answered))};
    case P50:
        return NumberCell{.figure = figure(row.answered.latency.p50), .unit = tr("ms")};
    case P99:
        return NumberCell{.figure = figure(row.answered.latency.p99), .unit = tr("ms")};
    case ColdStart:
        if (row.readyAtMs && !row.coldStartMs) {
            return TextCell{.text = tr("warm"), .ink = widgets::Ink::Dim, .isRight = true};
        }
        return NumberCell{.figure = figure(row.coldStartMs),
                          .unit = tr("ms"),
                          .emphasis =
                              row.coldStartMs.value_or(0) > longStartMs ? Emphasis::Warn : Emphasis::Normal};
    case ReadyAt:
        return TextCell{.text = !row.readyAtMs       ? widgets::unknownText()
                                : *row.readyAtMs < 0 ? tr("before")
                                                     : minutesText(*row.readyAtMs / 1000),
                        .ink = widgets::Ink::Dim,
                        .isRight = true};
    default:
        return {};
    }
}

QVariant LoadInstances::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (section > Share ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Instance:
        return tr("Instance");
    case Share:
        return tr("Share");
    case Answered:
        return tr("Answered");
    case P50:
        return u"p50"_s;
    case P99:
        return u"p99"_s;
    case ColdStart:
        return tr("Cold start");
    case ReadyAt:
        return tr("Ready at");
    default:
        return {};
    }
}

} // namespace nest::console
