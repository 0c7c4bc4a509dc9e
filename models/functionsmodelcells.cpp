// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of FunctionsModel that turns rows into texts, sort values and cells.
#include "models/functionsmodel.h"

#include <QLocale>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

/// "v3"; "v2 80 %, v3 20 %".
QString sharesText(const QList<wire::VersionWeight> &weights)
{
    QStringList shares;
    for (const auto &weight : weights) {
        shares.append(weights.size() == 1 && weight.weight == 100
                          ? u"v%1"_s.arg(weight.version)
                          : u"v%1 %2 %"_s.arg(weight.version).arg(weight.weight));
    }
    return shares.isEmpty() ? dash() : shares.join(u", "_s);
}

QString number(std::optional<double> value, int decimals)
{
    return value ? QLocale().toString(*value, 'f', decimals) : dash();
}

} // namespace

QVariant FunctionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row &row = *m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(index.column() >= RequestsPerSecond ? Qt::AlignRight | Qt::AlignVCenter
                                                                       : Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return sortValue(row, index.column());
    case CellRole:
        return cell(row, index.column());
    case KeyRole:
        return toText(row.name);
    default:
        return {};
    }
}

QVariant FunctionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case Runtime:
        return tr("Runtime");
    case Groups:
        return tr("Groups");
    case Weights:
        return tr("Weights");
    case Requests:
        return tr("Requests, %n min", "of a sparkline", static_cast<int>(m_sparks.range().count() / 60));
    case RequestsPerSecond:
        return tr("req/s");
    case Success:
        return tr("Success");
    case P99:
        return tr("p99");
    case ReadyDesired:
        return tr("Ready / desired");
    default:
        return {};
    }
}

QHash<int, QByteArray> FunctionsModel::roleNames() const
{
    auto names = QAbstractTableModel::roleNames();
    names[SortRole] = "sort";
    names[CellRole] = "cell";
    names[KeyRole] = "key";
    return names;
}

/// "v3 · v2 in 1 of 3 groups".
QString FunctionsModel::weightsText(const WeightsCell &cell)
{
    QStringList parts;
    qsizetype groups = 0;
    for (const GroupWeights &part : cell.parts) {
        groups += part.groups.size();
    }
    for (const GroupWeights &part : cell.parts) {
        const QString shares = sharesText(part.weights);
        const bool isLast = &part == &cell.parts.last();
        parts.append(parts.isEmpty() ? shares
                     : isLast        ? tr("%1 in %2 of %3 groups", "v2 in 1 of 3 groups")
                                    .arg(shares)
                                    .arg(part.groups.size())
                                    .arg(groups)
                              : tr("%1 in %2", "v2 in 1").arg(shares).arg(part.groups.size()));
    }
    return parts.isEmpty() ? dash() : parts.join(u" · "_s);
}

/// A line a group.
QString FunctionsModel::weightsDetail(const WeightsCell &cell)
{
    QStringList lines;
    for (const GroupWeights &part : cell.parts) {
        for (const wire::GroupName &group : part.groups) {
            lines.append(toText(toString(group)) + u"  "_s + sharesText(part.weights));
        }
    }
    return lines.join(u'\n');
}

QVariant FunctionsModel::cell(const Row &row, int column) const
{
    switch (column) {
    case Name:
        return QVariant::fromValue(NameCell{toText(row.name), row.state, toText(row.reason)});
    case Groups:
        return QVariant::fromValue(GroupsCell{QList<wire::GroupName>(row.groups.begin(), row.groups.end())});
    case Weights:
        return QVariant::fromValue(row.weights);
    case Requests:
        return QVariant::fromValue(
            m_sparks.cell(row.name, m_scope.isAll() ? std::vector<wire::GroupName>() : row.groups));
    case RequestsPerSecond:
        return QVariant::fromValue(NumberCell{row.requestsPerSecond, 1, {}});
    case Success:
        return QVariant::fromValue(NumberCell{row.successPercent, 2, u"%"_s});
    case P99:
        return QVariant::fromValue(NumberCell{row.p99Ms, 0, u"ms"_s});
    case ReadyDesired:
        return QVariant::fromValue(row.ready);
    default:
        return text(row, column);
    }
}

QVariant FunctionsModel::sortValue(const Row &row, int column) const
{
    const auto known = [](const auto &value) {
        return value ? QVariant(*value) : QVariant();
    };
    switch (column) {
    case Groups:
        return static_cast<int>(row.groups.size());
    case Weights:
        return row.weights.parts.isEmpty() || row.weights.parts.first().weights.isEmpty()
                   ? QVariant()
                   : QVariant(row.weights.parts.first().weights.last().version);
    case Requests: // by what is going on now: the history is known for looked-at rows only
    case RequestsPerSecond:
        return known(row.requestsPerSecond);
    case Success:
        return known(row.successPercent);
    case P99:
        return known(row.p99Ms);
    case ReadyDesired:
        return known(row.ready.ready);
    default:
        return text(row, column);
    }
}

QString FunctionsModel::text(const Row &row, int column) const
{
    switch (column) {
    case Name:
        return toText(row.name);
    case Runtime: {
        const auto *function = m_session.functions().find(row.name);
        return function != nullptr ? toText(function->runtime) : dash();
    }
    case Groups:
        if (row.groups.empty()) {
            return dash();
        }
        return toText(toString(row.groups.front())) +
               (row.groups.size() > 1 ? u" +%1"_s.arg(row.groups.size() - 1) : QString());
    case Weights:
        return weightsText(row.weights);
    case RequestsPerSecond:
        return number(row.requestsPerSecond, 1);
    case Success:
        return row.successPercent ? number(row.successPercent, 2) + u" %"_s : dash();
    case P99:
        return row.p99Ms ? number(row.p99Ms, 0) + u" ms"_s : dash();
    case ReadyDesired:
        if (!row.ready.ready && !row.ready.desired) {
            return dash();
        }
        return u"%1 / %2"_s.arg(row.ready.ready ? QString::number(*row.ready.ready) : dash(),
                                row.ready.desired ? QString::number(*row.ready.desired) : dash());
    default:
        return {};
    }
}

} // namespace nest::models
