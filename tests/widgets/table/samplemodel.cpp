// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplemodel.h"

#include <QLocale>

#include <cmath>

namespace nest::widgets::test {

using namespace Qt::StringLiterals;

SampleModel::SampleModel(std::vector<SampleRow> rows, QObject *parent)
    : QAbstractTableModel(parent), m_rows(std::move(rows))
{
    std::vector<float> line;
    for (int i = 0; i < 60; ++i) {
        line.push_back(100.0F + 12.0F * std::sin(static_cast<float>(i) / 9.0F) +
                       static_cast<float>((i * 7) % 5));
    }
    m_line = std::make_shared<const std::vector<float>>(std::move(line));
}

int SampleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SampleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SampleModel::data(const QModelIndex &index, int role) const
{
    const SampleRow &row = m_rows.at(static_cast<std::size_t>(index.row()));
    if (role == CellDataRole) {
        return QVariant::fromValue(cell(row, index.column()));
    }
    if (role == SortRole) {
        switch (index.column()) {
        case Name:
            return row.name;
        case Requests:
            return row.requests ? QVariant(*row.requests) : QVariant();
        case Success:
            return row.success;
        case Ready:
            return row.ready;
        default:
            return {};
        }
    }
    return {};
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && section >= Requests) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    }
    static const QStringList titles{u"Function"_s,        QString(),          u"Groups"_s,
                                    u"Version weights"_s, u"Requests, 1 h"_s, u"req/s"_s,
                                    u"Success"_s,         u"Ready"_s,         u"Release"_s};
    return role == Qt::DisplayRole ? titles.at(section) : QVariant();
}

void SampleModel::setRequests(int row, std::optional<double> requests)
{
    m_rows.at(static_cast<std::size_t>(row)).requests = requests;
    const QModelIndex changed = index(row, Requests);
    Q_EMIT dataChanged(changed, changed, {CellDataRole, SortRole, FlashRole});
}

void SampleModel::insert(int at, const SampleRow &row)
{
    beginInsertRows({}, at, at);
    m_rows.insert(m_rows.begin() + at, row);
    endInsertRows();
}

void SampleModel::remove(int at)
{
    beginRemoveRows({}, at, at);
    m_rows.erase(m_rows.begin() + at);
    endRemoveRows();
}

Cell SampleModel::cell(const SampleRow &row, int column) const
{
    const bool isBad = row.tone == Tone::Bad;
    const bool isAtZero = row.desired == 0;
    switch (column) {
    case Name:
        return NameCell{row.name, row.tone,
                        isAtZero                 ? u"ring"_s
                        : isBad                  ? u"reject"_s
                        : row.tone == Tone::Warn ? u"alert"_s
                                                 : u"dot"_s,
                        isBad ? u"Failing"_s : u"Healthy"_s, row.hasCanary ? u"draft differs"_s : QString()};
    case Runtime:
        return IconCell{row.hasCanary ? u"python"_s : u"java"_s, u"Java 17"_s};
    case Group:
        return isBad ? GroupCell{u"set-a"_s, u"canary-lane"_s, u"shanghai"_s, 0}
                     : GroupCell{u"default"_s, u"main"_s, u"shanghai"_s, row.hasCanary ? 2 : 0};
    case Weights:
        return row.hasCanary ? WeightCell{{{u"v64"_s, 80, false}, {u"v65"_s, 20, true}}}
                             : WeightCell{{{u"v31"_s, 100, false}}};
    case Sparkline:
        return isAtZero ? SparklineCell{{}, u"at zero"_s} : SparklineCell{m_line, {}};
    case Requests:
        return row.requests ? NumberCell{QLocale().toString(*row.requests, 'f', 0),
                                         {},
                                         *row.requests > 0 ? Emphasis::Normal : Emphasis::Zero}
                            : NumberCell{};
    case Success:
        return isAtZero ? NumberCell{}
                        : NumberCell{QLocale().toString(row.success, 'f', 2), u"%"_s,
                                     isBad                    ? Emphasis::Bad
                                     : row.tone == Tone::Warn ? Emphasis::Warn
                                                              : Emphasis::Normal};
    case Ready:
        return RatioCell{QString::number(row.ready), QString::number(row.desired),
                         row.ready < row.desired ? Emphasis::Warn : Emphasis::Normal};
    case Release:
        return TextCell{u"18 min"_s, Ink::Dim, false, true};
    default:
        return {};
    }
}

std::vector<SampleRow> designRows()
{
    return {{u"coupon-match"_s, 3310, 98.41, 52, 60, Tone::Bad, true},
            {u"coupon-issue"_s, 410, 99.95, 6, 6, Tone::Ok, false},
            {u"order-price"_s, 294, 100, 5, 5, Tone::Ok, false},
            {u"order-create"_s, 1820, 99.97, 34, 34, Tone::Ok, true},
            {u"shop-rank"_s, 960, 99.62, 22, 24, Tone::Warn, false},
            {u"rider-eta"_s, 1480, 99.93, 30, 30, Tone::Ok, false},
            {u"invoice-pdf"_s, 0, 100, 0, 0, Tone::Neutral, false},
            {u"push-send"_s, std::nullopt, 99.97, 18, 18, Tone::Ok, false}};
}

} // namespace nest::widgets::test
