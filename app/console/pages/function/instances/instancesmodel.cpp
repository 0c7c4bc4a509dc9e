// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/instances/instancesmodel.h"

#include "app/console/look.h"
#include "models/roles.h"
#include "widgets/shell/shellstate.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Emphasis;
using widgets::Ink;
using widgets::Tone;
using Instances = models::Collection<wire::Instance>;

namespace {
constexpr int shortLength = 6; // the end of an id differs first

widgets::Cell number(std::optional<double> value, const QString &unit, int decimals, bool isDim)
{
    if (!value) {
        return widgets::NumberCell{};
    }
    if (std::abs(*value) < 0.5 * std::pow(10, -decimals)) {
        return widgets::NumberCell{.figure = u"0"_s, .unit = unit, .emphasis = Emphasis::Zero};
    }
    return widgets::NumberCell{.figure = QLocale().toString(*value, 'f', decimals),
                               .unit = unit,
                               .emphasis = isDim ? Emphasis::Dim : Emphasis::Normal};
}

std::optional<wire::Time> startOf(const wire::Instance &instance)
{
    return hasEnded(instance)             ? instance.stoppedAt
           : instance.readyAt.has_value() ? instance.readyAt
                                          : instance.createdAt;
}
} // namespace

QString shortInstance(const QString &id)
{
    return id.right(shortLength);
}

bool hasEnded(const wire::Instance &instance)
{
    return instance.state == wire::InstanceState::Stopped || instance.state == wire::InstanceState::Failed;
}

bool isTrial(const wire::Instance &instance)
{
    return instance.set.empty() && instance.lane.empty() && instance.region.empty();
}

widgets::PillCell statePill(wire::InstanceState state)
{
    using State = wire::InstanceState;
    switch (state) {
    case State::Pending:
        return {.text = InstancesModel::tr("Pending"), .icon = u"ring"_s, .isFilled = false};
    case State::Starting:
        return {
            .text = InstancesModel::tr("Starting"), .icon = u"spin"_s, .tone = Tone::Info, .isFilled = false};
    case State::Ready:
        return {.text = InstancesModel::tr("Ready"), .icon = u"check"_s, .tone = Tone::Ok, .isFilled = false};
    case State::Draining:
        return {.text = InstancesModel::tr("Draining"),
                .icon = u"minus"_s,
                .tone = Tone::Warn,
                .isFilled = false};
    case State::Failed:
        return {
            .text = InstancesModel::tr("Failed"), .icon = u"reject"_s, .tone = Tone::Bad, .isFilled = false};
    case State::Stopped:
        break;
    }
    return {.text = InstancesModel::tr("Stopped"), .icon = u"stop"_s, .isFilled = false};
}

InstancesModel::InstancesModel(models::LiveStats &stats, QObject *parent)
    : QAbstractTableModel(parent), m_stats(stats)
{
    connect(&stats, &models::LiveStats::updated, this, [this] {
        if (!m_rows.empty()) {
            Q_EMIT dataChanged(index(0, InFlight), index(rowCount() - 1, Since),
                               {widgets::CellDataRole, widgets::SortRole});
        }
    });
}

void InstancesModel::follow(Instances *collection)
{
    if (m_base) {
        disconnect(m_base, nullptr, this, nullptr);
    }
    m_base = collection;
    m_collection = collection;
    fill();
    if (collection != nullptr) {
        connect(collection, &models::CollectionBase::changed, this, &InstancesModel::take);
    }
}

void InstancesModel::setGroup(const std::optional<wire::GroupName> &group)
{
    if (group != m_group) {
        m_group = group;
        fill();
    }
}

void InstancesModel::fill()
{
    beginResetModel();
    m_rows.clear();
    m_scale = 0;
    for (std::size_t i = 0; m_collection != nullptr && i < m_collection->size(); ++i) {
        if (accepts(m_collection->at(i))) {
            m_rows.push_back(m_collection->at(i));
        }
    }
    noteScale();
    endResetModel();
}

bool InstancesModel::accepts(const wire::Instance &instance) const
{
    return !m_group || isTrial(instance) ||
           wire::GroupName{instance.set, instance.lane, instance.region} == *m_group;
}

void InstancesModel::take(const models::CollectionDelta &delta)
{
    for (const std::string &id : delta.removed) {
        if (const int row = rowOf(id); row >= 0) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (const std::string &id : delta.updated) {
        const int row = rowOf(id);
        const wire::Instance *now = m_collection->find(id);
        if (row < 0 || now == nullptr) {
            continue;
        }
        const bool isNewState = now->state != m_rows[static_cast<std::size_t>(row)].state;
        m_rows[static_cast<std::size_t>(row)] = *now;
        Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1));
        if (isNewState) {
            Q_EMIT dataChanged(index(row, State), index(row, State), {widgets::FlashRole});
        }
    }
    for (const std::string &id : delta.inserted) {
        if (const wire::Instance *now = m_collection->find(id);
            now != nullptr && rowOf(id) < 0 && accepts(*now)) {
            beginInsertRows({}, rowCount(), rowCount());
            m_rows.push_back(*now);
            endInsertRows();
        }
    }
    noteScale();
}

/// One scale for all rows: when the longest start changes, every bar does.
void InstancesModel::noteScale()
{
    double longest = 0;
    for (const wire::Instance &instance : m_rows) {
        longest = std::max(longest, sumOf(phases(instance)).value_or(0));
    }
    if (longest != m_scale) {
        m_scale = longest;
        if (!m_rows.empty()) {
            Q_EMIT dataChanged(index(0, ColdStart), index(rowCount() - 1, ColdStart),
                               {widgets::CellDataRole});
        }
    }
}

const wire::Instance *InstancesModel::find(const std::string &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int InstancesModel::rowOf(const std::string &id) const
{
    const auto found = std::ranges::find(m_rows, id, &wire::Instance::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int InstancesModel::running() const
{
    return static_cast<int>(
        std::ranges::count_if(m_rows, [](const wire::Instance &each) { return !hasEnded(each); }));
}

int InstancesModel::trials() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, isTrial));
}

int InstancesModel::count(wire::InstanceState state) const
{
    return static_cast<int>(std::ranges::count(m_rows, state, &wire::Instance::state));
}

int InstancesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int InstancesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant InstancesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const wire::Instance &instance = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case widgets::CellDataRole:
        return QVariant::fromValue(cell(instance, index.column()));
    case widgets::SortRole:
        return sortValue(instance, index.column());
    case models::KeyRole:
        return toText(instance.id);
    case Qt::ToolTipRole:
        return toolTip(instance, index.column());
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        // Copied and said whole.
        return index.column() == Id ? toText(instance.id) : widgets::textOf(cell(instance, index.column()));
    default:
        return {};
    }
}

QVariant InstancesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isRight = section >= InFlight && section <= Since;
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (isRight ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole && section == Since) {
        return tr("Ready since; of one that is not ready: made; of one that ended: ended.");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case State:
        return tr("State");
    case Id:
        return tr("Instance");
    case Version:
        return tr("Version");
    case Group:
        return tr("Group");
    case ColdStart:
        return tr("Cold start");
    case InFlight:
        return tr("In flight");
    case Requests:
        return tr("req/s");
    case Memory:
        return tr("Memory");
    case Cpu:
        return tr("CPU");
    case Since:
        return tr("Since");
    default:
        return tr("Reason");
    }
}

widgets::Cell InstancesModel::cell(const wire::Instance &instance, int column) const
{
    const bool isDim = hasEnded(instance);
    const auto *stats = isDim ? nullptr : m_stats.instance(instance.id);
    const auto figure = [&](auto member) {
        return stats != nullptr ? std::optional<double>(stats->*member) : std::nullopt;
    };
    switch (column) {
    case State: {
        auto pill = statePill(instance.state);
        pill.tone = instance.state == wire::InstanceState::Stopped ? Tone::Neutral : pill.tone;
        return pill;
    }
    case Id:
        return widgets::TextCell{.text = shortInstance(toText(instance.id)),
                                 .ink = isDim ? Ink::Dim : Ink::Primary,
                                 .isMono = true};
    case Version:
        return widgets::TextCell{.text = instance.version > 0 ? u"v%1"_s.arg(instance.version)
                                         : instance.build     ? tr("build %1").arg(*instance.build)
                                                              : widgets::unknownText(),
                                 .ink = isDim ? Ink::Dim : Ink::Secondary,
                                 .isMono = instance.version > 0};
    case Group:
        if (isTrial(instance)) {
            return widgets::PillCell{.text = tr("trial"), .icon = u"test"_s, .tone = Tone::Neutral};
        }
        return groupCell({instance.set, instance.lane, instance.region});
    case ColdStart:
        return phases(instance);
    case InFlight:
        return number(figure(&wire::InstanceStats::inFlight), {}, 0, isDim);
    case Requests:
        return number(figure(&wire::InstanceStats::requestsPerSecond), {}, 1, isDim);
    case Memory:
        return number(stats != nullptr ? stats->memoryMegabytes : std::nullopt, u"MB"_s, 0, isDim);
    case Cpu:
        return number(stats != nullptr ? stats->cpuPercent : std::nullopt, u"%"_s, 0, isDim);
    case Since: {
        const auto since = age(instance);
        return since
                   ? widgets::TextCell{.text = widgets::ageText(*since),
                                       .ink = isDim ? Ink::Dim : Ink::Secondary,
                                       .isRight = true}
                   : widgets::TextCell{.text = widgets::unknownText(), .ink = Ink::Disabled, .isRight = true};
    }
    default:
        return widgets::TextCell{.text = toText(instance.reason), .ink = isDim ? Ink::Dim : Ink::Secondary};
    }
}

QVariant InstancesModel::sortValue(const wire::Instance &instance, int column) const
{
    const auto *stats = hasEnded(instance) ? nullptr : m_stats.instance(instance.id);
    const auto known = [](std::optional<double> value) {
        return value ? QVariant(*value) : QVariant();
    };
    switch (column) {
    case State:
        return static_cast<int>(instance.state);
    case Id:
        return toText(instance.id);
    case Version:
        return instance.version > 0 ? instance.version : 1'000'000 + instance.build.value_or(0);
    case Group:
        return isTrial(instance)
                   ? u"~"_s // behind the groups
                   : toText(toString(wire::GroupName{instance.set, instance.lane, instance.region}));
    case ColdStart:
        return known(sumOf(phases(instance)));
    case InFlight:
        return stats != nullptr ? QVariant(stats->inFlight) : QVariant();
    case Requests:
        return stats != nullptr ? QVariant(stats->requestsPerSecond) : QVariant();
    case Memory:
        return stats != nullptr ? known(stats->memoryMegabytes) : QVariant();
    case Cpu:
        return stats != nullptr ? known(stats->cpuPercent) : QVariant();
    case Since: {
        const auto start = startOf(instance);
        // By its time, not by its age: the order stands still while all grow older.
        return start ? QVariant(-static_cast<qlonglong>(start->time_since_epoch().count())) : QVariant();
    }
    default:
        return instance.reason.empty() ? QVariant() : QVariant(toText(instance.reason));
    }
}

QString InstancesModel::toolTip(const wire::Instance &instance, int column) const
{
    QStringList lines;
    switch (column) {
    case Id:
        return toText(instance.id);
    case State:
    case Reason:
        if (!instance.reason.empty()) {
            lines.append(toText(instance.reason));
        }
        for (const std::string &line : instance.lastLines) {
            lines.append(toText(line));
        }
        break;
    case Group:
        return isTrial(instance) ? tr("Runs outside any deployment, to try a build or a version. It is not "
                                      "counted for scaling and ends after 60 s without a request.")
                                 : QString();
    case ColdStart: {
        const auto bar = phases(instance);
        const auto names = widgets::phaseNames();
        for (std::size_t i = 0; i < names.size(); ++i) {
            lines.append(names[i] + u": "_s +
                         (bar.milliseconds[i] ? durationText(*bar.milliseconds[i]) : widgets::unknownText()));
        }
        break;
    }
    default:
        break;
    }
    return lines.join(u'\n');
}

widgets::PhasesCell InstancesModel::phases(const wire::Instance &instance) const
{
    const wire::ColdStart &start = instance.coldStart;
    return {.milliseconds = {start.scheduleMs, start.fetchMs, start.startMs, start.runtimeInitMs,
                             start.userInitMs},
            .scale = m_scale,
            .isRunning = instance.state == wire::InstanceState::Starting,
            .isDim = hasEnded(instance)};
}

std::optional<std::chrono::milliseconds> InstancesModel::age(const wire::Instance &instance) const
{
    const auto start = startOf(instance);
    // The platform's clock, not ours: they may differ, and when it is away the age is from then.
    const auto now = m_stats.time();
    if (!start || !now) {
        return std::nullopt;
    }
    return std::max(*now - *start, std::chrono::milliseconds(0));
}

} // namespace nest::console
