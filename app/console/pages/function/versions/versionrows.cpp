// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/versions/versionrows.h"

#include "app/console/look.h"
#include "models/roles.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;

namespace {

/// "02:38 today", "11-20 15:02", with the year when it is another one.
QString timeText(const std::optional<wire::Time> &time)
{
    if (!time) {
        return models::dash();
    }
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(time->time_since_epoch().count());
    const QDate today = QDate::currentDate();
    if (at.date() == today) {
        return VersionRows::tr("%1 today").arg(at.toString(u"HH:mm"_s));
    }
    return at.toString(at.date().year() == today.year() ? u"MM-dd HH:mm"_s : u"yyyy-MM-dd HH:mm"_s);
}

widgets::NumberCell sizeCell(std::optional<std::int64_t> bytes)
{
    if (!bytes) {
        return {};
    }
    const QLocale locale;
    const auto value = static_cast<double>(*bytes);
    if (value < 1e3) {
        return {locale.toString(static_cast<qlonglong>(*bytes)), u"B"_s};
    }
    return value < 1e6 ? widgets::NumberCell{locale.toString(value / 1e3, 'f', 1), u"kB"_s}
                       : widgets::NumberCell{locale.toString(value / 1e6, 'f', 1), u"MB"_s};
}

widgets::TextCell text(const QString &words, widgets::Ink ink = widgets::Ink::Secondary)
{
    return {.text = words, .ink = words == models::dash() ? widgets::Ink::Dim : ink};
}

} // namespace

VersionRows::VersionRows(models::Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session.deployments(), &CollectionBase::changed, this, &VersionRows::countLive);
}

VersionRows::~VersionRows() = default;

void VersionRows::setFunction(const QString &function)
{
    m_function = function.toStdString();
    beginResetModel(); // another function: nothing of the one before is kept
    m_numbers.clear();
    m_picked.clear();
    m_versions.reset();
    m_builds.reset();
    endResetModel();
    if (!function.isEmpty()) {
        const QByteArray path = "/v1/functions/" + function.toUtf8();
        const auto isOurs = [name = m_function](const auto &thing) {
            return thing.function == name;
        };
        m_versions = m_session.follow<wire::Version>(path + "/versions", isOurs);
        m_builds = m_session.follow<wire::Build>(path + "/builds", isOurs);
        connect(m_versions.get(), &CollectionBase::changed, this, &VersionRows::sync);
        connect(m_versions.get(), &CollectionBase::listed, this, &VersionRows::sync);
        connect(m_versions.get(), &CollectionBase::stateChanged, this, &VersionRows::stateChanged);
        connect(m_builds.get(), &CollectionBase::changed, this, &VersionRows::buildsChanged);
    }
    countLive();
    Q_EMIT pickedChanged();
    Q_EMIT stateChanged();
}

void VersionRows::list()
{
    if (m_versions) {
        m_versions->list();
        m_builds->list();
    }
}

const wire::Version *VersionRows::find(int number) const
{
    return m_versions && number > 0 ? m_versions->find(m_function + '/' + std::to_string(number)) : nullptr;
}

int VersionRows::rowOf(int number) const
{
    const auto at = std::ranges::find(m_numbers, number);
    return at == m_numbers.end() ? -1 : static_cast<int>(at - m_numbers.begin());
}

bool VersionRows::isLive(int number) const
{
    return !liveIn(number).empty();
}

/// Rows for exactly the versions that there are.
void VersionRows::sync()
{
    std::vector<int> numbers;
    for (std::size_t i = 0; i < m_versions->size(); ++i) {
        numbers.push_back(m_versions->at(i).number);
    }
    std::ranges::sort(numbers, std::greater<>());
    for (int row = static_cast<int>(m_numbers.size()) - 1; row >= 0; --row) {
        if (!std::ranges::contains(numbers, numberAt(row))) {
            beginRemoveRows({}, row, row);
            m_numbers.erase(m_numbers.begin() + row);
            endRemoveRows();
        }
    }
    if (m_numbers.empty() && !numbers.empty()) {
        beginInsertRows({}, 0, static_cast<int>(numbers.size()) - 1);
        m_numbers = numbers;
        endInsertRows();
    }
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        if (row >= m_numbers.size() || m_numbers[row] != numbers[row]) {
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row));
            m_numbers.insert(m_numbers.begin() + static_cast<std::ptrdiff_t>(row), numbers[row]);
            endInsertRows();
        }
    }
    if (std::erase_if(m_picked, [&numbers](int picked) { return !std::ranges::contains(numbers, picked); }) >
        0) {
        Q_EMIT pickedChanged();
    }
    Q_EMIT stateChanged();
}

void VersionRows::buildsChanged()
{
    refresh(Size, Size);
}

void VersionRows::refresh(int firstColumn, int lastColumn)
{
    if (!m_numbers.empty()) {
        Q_EMIT dataChanged(index(0, firstColumn), index(rowCount() - 1, lastColumn));
    }
}

void VersionRows::toggle(int number)
{
    if (std::erase(m_picked, number) == 0) {
        if (m_picked.size() == 2) {
            m_picked.erase(m_picked.begin()); // the older one
        }
        m_picked.push_back(number);
        std::ranges::sort(m_picked);
    }
    refresh(Pick, Number);
    Q_EMIT pickedChanged();
}

void VersionRows::choose(int before, int after)
{
    m_picked.clear();
    for (const int number : {before, after}) {
        if (number > 0) {
            m_picked.push_back(number);
        }
    }
    std::ranges::sort(m_picked);
    refresh(Pick, Number);
    Q_EMIT pickedChanged();
}

void VersionRows::countLive()
{
    m_live.clear();
    auto &deployments = m_session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        const wire::Deployment &deployment = deployments.at(i);
        if (deployment.function != m_function) {
            continue;
        }
        for (const auto &weight : deployment.weights) {
            if (weight.weight > 0) {
                m_live[weight.version].push_back({groupOf(deployment), weight.weight});
            }
        }
    }
    for (auto &[version, groups] : m_live) {
        std::ranges::sort(groups, {}, &Live::group);
    }
    refresh(LiveIn, LiveIn);
}

const std::vector<VersionRows::Live> &VersionRows::liveIn(int number) const
{
    static const std::vector<Live> nowhere;
    const auto found = m_live.find(number);
    return found == m_live.end() ? nowhere : found->second;
}

std::optional<std::int64_t> VersionRows::bytesOf(const wire::Version &version) const
{
    const auto *build = m_builds->find(m_function + '/' + std::to_string(version.build));
    return build != nullptr ? build->artefactBytes : std::nullopt;
}

int VersionRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.size());
}

int VersionRows::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant VersionRows::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const wire::Version *version = find(numberAt(index.row()));
    if (version == nullptr) {
        return {};
    }
    switch (role) {
    case widgets::CellDataRole:
        return QVariant::fromValue(cell(*version, index.column()));
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return widgets::textOf(cell(*version, index.column()));
    case Qt::ToolTipRole:
        return index.column() == Published && version->createdAt
                   ? QVariant(QLocale().toString(
                         QDateTime::fromMSecsSinceEpoch(version->createdAt->time_since_epoch().count()),
                         QLocale::LongFormat))
                   : QVariant();
    case widgets::SortRole:
        return sortValue(*version, index.column());
    case models::KeyRole:
        return version->number;
    default:
        return {};
    }
}

QVariant VersionRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isRight = section == Size || section == Tests;
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (isRight ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Number:
        return tr("Version");
    case What:
        return tr("What");
    case By:
        return tr("By");
    case Published:
        return tr("Published");
    case Build:
        return tr("Build");
    case Size:
        return tr("Size");
    case Tests:
        return tr("Tests");
    case LiveIn:
        return tr("Live in");
    default:
        return {};
    }
}

widgets::Cell VersionRows::cell(const wire::Version &version, int column) const
{
    const bool isAfter = version.number == after() && pickedCount() > 0;
    switch (column) {
    case Pick:
        return widgets::PickCell{.letter = version.number == before() ? u"A"_s
                                           : isAfter                  ? u"B"_s
                                                                      : QString(),
                                 .isNew = isAfter};
    case Number:
        return widgets::TextCell{.text = u"v%1"_s.arg(version.number),
                                 .ink = isAfter ? widgets::Ink::Accent : widgets::Ink::Primary,
                                 .isMono = true};
    case What:
        return version.description.empty() ? text(models::dash()) : text(toText(version.description));
    case By:
        return version.createdBy.empty() ? text(models::dash()) : text(toText(version.createdBy));
    case Published:
        return text(timeText(version.createdAt));
    case Build:
        return widgets::TextCell{
            .text = u"#%1"_s.arg(version.build), .ink = widgets::Ink::Secondary, .isMono = true};
    case Size:
        return sizeCell(bytesOf(version));
    case Tests:
        if (!version.tests) {
            return widgets::NumberCell{};
        }
        return widgets::RatioCell{
            .ready = QLocale().toString(version.tests->passed),
            .desired = QLocale().toString(version.tests->passed + version.tests->failed),
            .emphasis = version.tests->failed > 0 ? widgets::Emphasis::Bad : widgets::Emphasis::Normal};
    case LiveIn: {
        widgets::GroupSharesCell shares;
        for (const Live &live : liveIn(version.number)) {
            shares.groups.push_back({{.set = toText(live.group.set),
                                      .lane = toText(live.group.lane),
                                      .region = toText(live.group.region)},
                                     static_cast<double>(live.share)});
        }
        return shares.groups.empty() ? widgets::Cell(text(models::dash())) : widgets::Cell(std::move(shares));
    }
    default:
        return {};
    }
}

QVariant VersionRows::sortValue(const wire::Version &version, int column) const
{
    switch (column) {
    case What:
        return toText(version.description);
    case By:
        return toText(version.createdBy);
    case Build:
        return version.build;
    case Size: {
        const auto bytes = bytesOf(version);
        return bytes ? QVariant(static_cast<qlonglong>(*bytes)) : QVariant();
    }
    case Tests:
        return version.tests ? QVariant(version.tests->passed) : QVariant();
    case LiveIn:
        return static_cast<int>(liveIn(version.number).size());
    default:
        return version.number; // also the order of publishing
    }
}

} // namespace nest::console
