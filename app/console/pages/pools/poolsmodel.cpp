// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/poolsmodel.h"

#include "app/console/look.h"
#include "models/roles.h"

#include <QLocale>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Emphasis;
using widgets::Ink;
using widgets::Tone;

namespace {

constexpr double poorHitRate = 90; // percent: below this it is looked at

widgets::NumberCell number(std::int64_t value, Emphasis emphasis = Emphasis::Normal)
{
    return {.figure = QLocale().toString(value), .emphasis = value == 0 ? Emphasis::Zero : emphasis};
}

widgets::NumberCell measured(std::optional<double> value, const QString &unit, int decimals,
                             Emphasis emphasis = Emphasis::Normal)
{
    return value ? widgets::NumberCell{.figure = QLocale().toString(*value, 'f', decimals),
                                       .unit = unit,
                                       .emphasis = emphasis}
                 : widgets::NumberCell{};
}

bool isShort(const wire::PoolStatus &status)
{
    return status.idle + status.warming < status.wanted || !status.trouble.empty();
}

} // namespace

widgets::PillCell poolPill(const wire::Pool &pool)
{
    if (!pool.status) {
        return {.text = widgets::unknownText()};
    }
    const auto &status = *pool.status;
    if (!status.trouble.empty()) {
        return {.text = PoolsModel::tr("Cannot be filled"), .icon = u"alert"_s, .tone = Tone::Bad};
    }
    if (status.idle < status.wanted) {
        return {.text = PoolsModel::tr("%1 idle, wants %2").arg(status.idle).arg(status.wanted),
                .icon = u"alert"_s,
                .tone = Tone::Warn};
    }
    return status.wanted == 0
               ? widgets::PillCell{.text = PoolsModel::tr("Empty on purpose"), .icon = u"ring"_s}
               : widgets::PillCell{.text = PoolsModel::tr("%n idle", nullptr, status.idle),
                                   .icon = u"check"_s,
                                   .tone = Tone::Ok};
}

QString poolSentence(const wire::Pool &pool)
{
    if (!pool.status) {
        return {};
    }
    const auto &status = *pool.status;
    if (!status.trouble.empty()) {
        return toText(status.trouble);
    }
    const auto starts = status.claimedLastHour + status.missedLastHour;
    if (status.idle < status.wanted && status.missedLastHour > 0) {
        const QString share = QLocale().toString(
            100.0 * static_cast<double>(status.missedLastHour) / static_cast<double>(starts), 'f', 0);
        return status.bootMs
                   ? PoolsModel::tr(
                         "Demand is higher than the %1 that it keeps ready: %2 % of the starts of the "
                         "last hour found none idle and booted their runtime, which takes %3 s.")
                         .arg(QString::number(status.wanted), share,
                              QLocale().toString(*status.bootMs / 1000, 'f', 1))
                   : PoolsModel::tr(
                         "Demand is higher than the %1 that it keeps ready: %2 % of the starts of the "
                         "last hour found none idle and booted their runtime.")
                         .arg(QString::number(status.wanted), share);
    }
    if (status.rule && status.scheduled == status.wanted) {
        return PoolsModel::tr("Its schedule keeps %n ready now (%1).", nullptr, status.scheduled)
            .arg(toText(*status.rule));
    }
    if (status.wanted > pool.idle) {
        return PoolsModel::tr(
                   "%n starts came at once in the last ten minutes, so it keeps %1 ready instead of %2.",
                   nullptr, status.peak)
            .arg(status.wanted)
            .arg(pool.idle);
    }
    if (status.missedLastHour > 0) {
        return PoolsModel::tr("%n starts of the last hour found none idle and booted their runtime.", nullptr,
                              static_cast<int>(status.missedLastHour));
    }
    if (status.isAutomatic) {
        return PoolsModel::tr("The platform made it for what is deployed. Change its size to keep it.");
    }
    return status.claimedLastHour > 0 ? PoolsModel::tr("Every start of the last hour found one idle.")
                                      : PoolsModel::tr("Nothing was started from it in the last hour.");
}

PoolsModel::PoolsModel(models::Collection<wire::Pool> &pools, QObject *parent)
    : QAbstractTableModel(parent), m_pools(pools)
{
    connect(&pools, &models::CollectionBase::changed, this, &PoolsModel::take);
    fill();
}

void PoolsModel::setKind(std::optional<wire::PoolKind> kind)
{
    if (kind != m_kind) {
        m_kind = kind;
        fill();
    }
}

void PoolsModel::fill()
{
    beginResetModel();
    m_rows.clear();
    for (std::size_t i = 0; i < m_pools.size(); ++i) {
        if (accepts(m_pools.at(i))) {
            m_rows.push_back(m_pools.at(i).name);
        }
    }
    endResetModel();
}

void PoolsModel::take(const models::CollectionDelta &)
{
    // Few rows: those that went, those that came, and all the others anew.
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        const auto *pool = m_pools.find(m_rows[i]);
        if (pool == nullptr || !accepts(*pool)) {
            const int row = static_cast<int>(i);
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (std::size_t i = 0; i < m_pools.size(); ++i) {
        const auto &pool = m_pools.at(i);
        if (accepts(pool) && !std::ranges::contains(m_rows, pool.name)) {
            const int row = rowCount();
            beginInsertRows({}, row, row);
            m_rows.push_back(pool.name);
            endInsertRows();
        }
    }
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
    }
}

const wire::Pool *PoolsModel::find(const std::string &name) const
{
    return m_pools.find(name);
}

int PoolsModel::rowOf(const std::string &name) const
{
    const auto found = std::ranges::find(m_rows, name);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QString PoolsModel::summary() const
{
    std::int64_t idle = 0;
    std::int64_t claimed = 0;
    std::int64_t missed = 0;
    for (std::size_t i = 0; i < m_pools.size(); ++i) {
        const auto status = m_pools.at(i).status.value_or(wire::PoolStatus{});
        idle += status.idle;
        claimed += status.claimedLastHour;
        missed += status.missedLastHour;
    }
    const QLocale locale;
    const QString rate =
        claimed + missed > 0
            ? tr("%1 %").arg(locale.toString(
                  100.0 * static_cast<double>(claimed) / static_cast<double>(claimed + missed), 'f', 1))
            : widgets::unknownText();
    return tr("%1 idle, %2 claimed in 1 h, hit rate %3")
        .arg(locale.toString(idle), locale.toString(claimed), rate);
}

int PoolsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PoolsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Columns);
}

QVariant PoolsModel::data(const QModelIndex &index, int role) const
{
    const auto *pool = m_pools.find(m_rows[static_cast<std::size_t>(index.row())]);
    if (pool == nullptr) {
        return {};
    }
    switch (role) {
    case widgets::CellDataRole:
        return QVariant::fromValue(cell(*pool, index.column()));
    case Qt::DisplayRole:
        return widgets::textOf(cell(*pool, index.column()));
    case widgets::SortRole:
        return sortValue(*pool, index.column());
    case models::KeyRole:
        return toText(pool->name);
    case Qt::ToolTipRole:
        return index.column() == Name ? poolSentence(*pool) : QString();
    default:
        return {};
    }
}

widgets::Cell PoolsModel::cell(const wire::Pool &pool, int column) const
{
    const bool isKnown = pool.status.has_value();
    const auto status = pool.status.value_or(wire::PoolStatus{});
    switch (static_cast<Column>(column)) {
    case Name: {
        const bool isBad = !status.trouble.empty();
        return widgets::NameCell{.name = toText(pool.name),
                                 .tone = isBad             ? Tone::Bad
                                         : isShort(status) ? Tone::Warn
                                         : status.idle > 0 ? Tone::Ok
                                                           : Tone::Neutral,
                                 .icon = isBad || isShort(status) ? u"alert"_s
                                         : status.idle > 0        ? u"dot"_s
                                                                  : u"ring"_s,
                                 .status = poolPill(pool).text};
    }
    case Kind:
        return widgets::TextCell{.text = pool.kind == wire::PoolKind::Warm ? tr("warm") : tr("custom"),
                                 .ink = Ink::Secondary};
    case Runtime:
        return widgets::TextCell{.text = runtimeName(pool.runtime), .ink = Ink::Secondary};
    case Idle:
        return isKnown ? widgets::Cell(widgets::RatioCell{.ready = QLocale().toString(status.idle),
                                                          .desired = QLocale().toString(status.wanted),
                                                          .emphasis = isShort(status) ? Emphasis::Warn
                                                                                      : Emphasis::Normal})
                       : widgets::Cell(widgets::NumberCell{});
    case Warming:
        return isKnown ? number(status.warming) : widgets::NumberCell{};
    case Claimed:
        return isKnown ? number(status.claimedLastHour) : widgets::NumberCell{};
    case HitRate:
        return measured(status.hitPercent, u"%"_s, 1,
                        status.hitPercent.value_or(100) < poorHitRate ? Emphasis::Warn : Emphasis::Normal);
    case Specialise:
        return measured(status.specialiseMs, tr("ms"), 1);
    case Memory:
        return measured(status.memoryMegabytes, tr("MB"), 0);
    case Serves:
        return isKnown ? number(status.deployments) : widgets::NumberCell{};
    case Columns:
        break;
    }
    return {};
}

QVariant PoolsModel::sortValue(const wire::Pool &pool, int column) const
{
    const auto known = [](std::optional<double> value) {
        return value ? QVariant(*value) : QVariant();
    };
    const auto status = pool.status.value_or(wire::PoolStatus{});
    switch (static_cast<Column>(column)) {
    case Name:
        return toText(pool.name);
    case Kind:
        return static_cast<int>(pool.kind);
    case Runtime:
        return runtimeName(pool.runtime);
    case Idle:
        return status.idle;
    case Warming:
        return status.warming;
    case Claimed:
        return static_cast<qlonglong>(status.claimedLastHour);
    case HitRate:
        return known(status.hitPercent);
    case Specialise:
        return known(status.specialiseMs);
    case Memory:
        return known(status.memoryMegabytes);
    case Serves:
        return status.deployments;
    case Columns:
        break;
    }
    return {};
}

QVariant PoolsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    const bool isTip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !isTip) {
        return {};
    }
    switch (static_cast<Column>(section)) {
    case Name:
        return isTip ? QString() : tr("Pool");
    case Kind:
        return isTip
                   ? tr("A warm pool has plain runtimes, a custom one has packages and modules loaded ahead")
                   : tr("Kind");
    case Runtime:
        return isTip ? QString() : tr("Runtime");
    case Idle:
        return isTip ? tr("Booted runtimes that wait, and how many it aims at") : tr("Idle / wanted");
    case Warming:
        return isTip ? tr("Runtimes that are booting") : tr("Warming");
    case Claimed:
        return isTip ? tr("Starts of the last hour that found one idle") : tr("Claimed");
    case HitRate:
        return isTip ? tr("Share of the starts of the last hour that found one idle") : tr("Hit rate");
    case Specialise:
        return isTip ? tr("To link and load a function's code into one: the median of the last 50 claims")
                     : tr("Specialise");
    case Memory:
        return isTip ? tr("Of an idle one, the largest") : tr("Memory");
    case Serves:
        return isTip ? tr("Deployments that start from it") : tr("Serves");
    case Columns:
        break;
    }
    return {};
}

} // namespace nest::console
