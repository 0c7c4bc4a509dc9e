// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/functions/functioncells.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::FunctionsModel;
using State = wire::DeploymentState;
using widgets::Emphasis;
using widgets::Tone;

namespace {

constexpr double successWarns = 99.9; // per cent, below
constexpr double successBad = 99.0;

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

Emphasis successEmphasis(double percent)
{
    return percent < successBad ? Emphasis::Bad : percent < successWarns ? Emphasis::Warn : Emphasis::Normal;
}

/// A number that rounds to nothing is shown as a plain, dim 0.
widgets::Cell numberCell(const models::NumberCell &number, Emphasis emphasis = Emphasis::Normal)
{
    if (!number.value) {
        return widgets::NumberCell{};
    }
    const double value = *number.value;
    if (std::abs(value) < 0.5 * std::pow(10, -number.decimals)) {
        return widgets::NumberCell{.figure = u"0"_s, .unit = number.unit, .emphasis = Emphasis::Zero};
    }
    return widgets::NumberCell{
        .figure = QLocale().toString(value, 'f', number.decimals), .unit = number.unit, .emphasis = emphasis};
}

widgets::Cell rateCell(const models::NumberCell &number)
{
    if (!number.value || *number.value < 1000) {
        return numberCell(number);
    }
    return widgets::NumberCell{.figure = QLocale().toString(*number.value / 1000, 'f', 2), .unit = u"k"_s};
}

widgets::Cell groupCell(const models::GroupsCell &cell)
{
    if (cell.groups.isEmpty()) {
        return widgets::TextCell{.text = models::dash(), .ink = widgets::Ink::Disabled};
    }
    const wire::GroupName &first = cell.groups.first();
    return widgets::GroupCell{.set = toText(first.set),
                              .lane = toText(first.lane),
                              .region = toText(first.region),
                              .more = static_cast<int>(cell.groups.size()) - 1};
}

widgets::Cell weightCell(const models::WeightsCell &cell)
{
    if (cell.parts.isEmpty() || cell.parts.first().weights.isEmpty()) {
        return widgets::TextCell{.text = models::dash(), .ink = widgets::Ink::Disabled};
    }
    if (cell.parts.size() > 1) { // no bar: it would be that of some groups alone
        return widgets::TextCell{.text = FunctionsModel::weightsText(cell), .ink = widgets::Ink::Secondary};
    }
    const auto &shares = cell.parts.first().weights;
    widgets::WeightCell weights;
    for (const auto &weight : shares) {
        weights.versions.push_back({.version = u'v' + QString::number(weight.version),
                                    .percent = static_cast<double>(weight.weight),
                                    .isNew = shares.size() > 1 && &weight == &shares.last()});
    }
    return weights;
}

widgets::Cell readyCell(const models::ReadyCell &cell)
{
    if (!cell.ready && !cell.desired) {
        return widgets::NumberCell{};
    }
    const auto figure = [](std::optional<int> value) {
        return value ? QLocale().toString(*value) : models::dash();
    };
    const bool isShort = cell.ready && cell.desired && *cell.ready < *cell.desired;
    return widgets::RatioCell{.ready = figure(cell.ready),
                              .desired = figure(cell.desired),
                              .emphasis = isShort                       ? Emphasis::Warn
                                          : cell.ready.value_or(1) == 0 ? Emphasis::Zero
                                                                        : Emphasis::Normal};
}

widgets::Cell runtimeCell(const QString &runtime)
{
    for (const auto &[prefix, icon, name] :
         {std::tuple{u"node"_s, u"node"_s, u"Node.js"_s}, std::tuple{u"java"_s, u"java"_s, u"Java"_s},
          std::tuple{u"python"_s, u"python"_s, u"Python"_s}}) {
        if (runtime.startsWith(prefix)) {
            return widgets::IconCell{.icon = icon, .text = name + u' ' + runtime.mid(prefix.size())};
        }
    }
    return widgets::TextCell{.text = runtime, .ink = widgets::Ink::Dim};
}

} // namespace

FunctionCells::FunctionCells(FunctionsModel &model, QObject *parent) : QIdentityProxyModel(parent)
{
    setSourceModel(&model);
}

void FunctionCells::setAsOf(const QString &time)
{
    if (time == m_asOf) {
        return;
    }
    m_asOf = time;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, FunctionsModel::Name), index(rowCount() - 1, FunctionsModel::Name),
                           {widgets::CellDataRole});
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, FunctionsModel::Requests, FunctionsModel::Requests);
}

QVariant FunctionCells::data(const QModelIndex &index, int role) const
{
    const QModelIndex source = mapToSource(index);
    switch (role) {
    case widgets::CellDataRole:
        return QVariant::fromValue(cell(source));
    case widgets::SortRole:
        return source.data(models::SortRole);
    case Qt::ToolTipRole:
        return toolTip(source);
    case Qt::DisplayRole:
        if (index.column() != FunctionsModel::Requests) {
            break;
        }
        [[fallthrough]]; // the model has no words for a line
    case Qt::AccessibleTextRole:
        return widgets::textOf(cell(source));
    default:
        break;
    }
    return QIdentityProxyModel::data(index, role);
}

QVariant FunctionCells::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter) |
            (section >= FunctionsModel::RequestsPerSecond ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole) {
        switch (section) {
        case FunctionsModel::Name:
            return tr("Function");
        case FunctionsModel::Runtime:
            return QString(); // an icon needs no title; the tool tip has it
        case FunctionsModel::Weights:
            return tr("Version weights");
        case FunctionsModel::Requests:
            if (!m_asOf.isEmpty()) {
                return tr("To %1", "end of the time that a line shows").arg(m_asOf.left(5));
            }
            break;
        default:
            break;
        }
    }
    if (section == FunctionsModel::Runtime && (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)) {
        return tr("Runtime");
    }
    return QIdentityProxyModel::headerData(section, orientation, role);
}

widgets::Cell FunctionCells::cell(const QModelIndex &source) const
{
    const QVariant value = source.data(models::CellRole);
    switch (source.column()) {
    case FunctionsModel::Name:
        return nameCell(value.value<models::NameCell>());
    case FunctionsModel::Runtime:
        return runtimeCell(value.toString());
    case FunctionsModel::Groups:
        return groupCell(value.value<models::GroupsCell>());
    case FunctionsModel::Weights:
        return weightCell(value.value<models::WeightsCell>());
    case FunctionsModel::Requests:
        return sparkCell(source, value.value<models::SparkCell>());
    case FunctionsModel::RequestsPerSecond:
        return rateCell(value.value<models::NumberCell>());
    case FunctionsModel::Success: {
        const auto number = value.value<models::NumberCell>();
        return numberCell(number, successEmphasis(number.value.value_or(100)));
    }
    case FunctionsModel::P99:
        return numberCell(value.value<models::NumberCell>());
    case FunctionsModel::ReadyDesired:
        return readyCell(value.value<models::ReadyCell>());
    default:
        return {};
    }
}

widgets::Cell FunctionCells::nameCell(const models::NameCell &name) const
{
    struct Look
    {
        Tone tone;
        QString icon;
        QString word;
    };
    const auto look = [&]() -> Look {
        if (!name.state) {
            return {Tone::Neutral, u"ring"_s, tr("Not deployed")};
        }
        switch (*name.state) {
        case State::Healthy:
            return {Tone::Ok, u"dot"_s, tr("Healthy")};
        case State::Starting:
            return {Tone::Info, u"spin"_s, tr("Starting")};
        case State::Degraded:
            return {Tone::Warn, u"alert"_s, tr("Degraded")};
        case State::Failed:
            return {Tone::Bad, u"reject"_s, tr("Failing")};
        case State::Draining:
            return {Tone::Neutral, u"minus"_s, tr("Draining")};
        case State::AtZero:
            break;
        }
        return {Tone::Neutral, u"ring"_s, tr("At zero")};
    }();
    return widgets::NameCell{
        .name = name.name,
        .tone = look.tone,
        .icon = look.icon,
        .status = m_asOf.isEmpty() ? look.word : tr("was %1 at %2").arg(look.word.toLower(), m_asOf)};
}

widgets::Cell FunctionCells::sparkCell(const QModelIndex &source, const models::SparkCell &spark) const
{
    const auto state =
        source.siblingAtColumn(FunctionsModel::Name).data(models::CellRole).value<models::NameCell>().state;
    const bool hadRequests = std::ranges::any_of(spark.values, [](double value) { return value > 0; });
    if (state == State::AtZero && !hadRequests) {
        return widgets::SparklineCell{.state = tr("at zero")};
    }
    if (std::ranges::all_of(spark.values, [](double value) { return std::isnan(value); })) {
        return widgets::SparklineCell{.state = spark.isLoading ? u"\u2026"_s : QString()};
    }
    return widgets::SparklineCell{
        .values = std::make_shared<const std::vector<float>>(spark.values.begin(), spark.values.end())};
}

QString FunctionCells::toolTip(const QModelIndex &source) const
{
    if (source.column() == FunctionsModel::Groups) {
        const auto groups = source.data(models::CellRole).value<models::GroupsCell>().groups;
        QStringList lines;
        for (const wire::GroupName &group : groups) {
            lines.append(toText(toString(group)));
        }
        return groups.size() > 1 ? lines.join(u'\n') : QString();
    }
    if (source.column() == FunctionsModel::Name) {
        const auto name = source.data(models::CellRole).value<models::NameCell>();
        return name.reason.isEmpty() ? QString() : widgets::textOf(nameCell(name)) + u'\n' + name.reason;
    }
    if (source.column() == FunctionsModel::Weights) {
        return FunctionsModel::weightsDetail(source.data(models::CellRole).value<models::WeightsCell>());
    }
    return {};
}

} // namespace nest::console
