// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/cells.h"

#include "widgets/table/cellmetrics.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLocale>

#include <cmath>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
struct Cells
{
    Q_DECLARE_TR_FUNCTIONS(Cells)
};

QString percentText(double percent)
{
    return Cells::tr("%1 %").arg(QLocale().toString(percent, 'g', 4));
}

struct Words
{
    QString operator()(std::monostate) const { return {}; }
    QString operator()(const TextCell &cell) const { return cell.text; }
    QString operator()(const NameCell &cell) const
    {
        QString words = cell.status.isEmpty() ? cell.name : cell.name + u", "_s + cell.status;
        return cell.drift.isEmpty() ? words : words + u", "_s + cell.drift;
    }
    QString operator()(const PillCell &cell) const { return cell.text; }
    QString operator()(const GroupCell &cell) const
    {
        const QString group = QStringList{cell.set, cell.lane, cell.region}.join(u'/');
        return cell.more > 0 ? u"%1 +%2"_s.arg(group).arg(cell.more) : group;
    }
    QString operator()(const GroupSharesCell &cell) const
    {
        QStringList parts;
        for (const GroupShare &share : cell.groups) {
            parts.append((*this)(share.group) + u' ' + percentText(share.percent));
        }
        return parts.join(u", "_s);
    }
    QString operator()(const PickCell &cell) const { return cell.letter; }
    QString operator()(const WeightCell &cell) const
    {
        QStringList parts;
        for (const VersionWeight &weight : cell.versions) {
            parts.append(weight.version + u' ' + percentText(weight.percent));
        }
        return parts.join(u", "_s);
    }
    QString operator()(const SparklineCell &cell) const
    {
        if (!cell.state.isEmpty() || !cell.values || cell.values->empty()) {
            return cell.state;
        }
        return QLocale().toString(static_cast<double>(cell.values->back()), 'g', 4);
    }
    QString operator()(const NumberCell &cell) const
    {
        if (cell.figure.isEmpty()) {
            return unknownText();
        }
        return cell.unit.isEmpty() ? cell.figure : cell.figure + u' ' + cell.unit;
    }
    QString operator()(const RatioCell &cell) const { return cell.ready + u" / "_s + cell.desired; }
    QString operator()(const IconCell &cell) const { return cell.text; }
    QString operator()(const BarCell &cell) const { return percentText(std::round(100 * cell.share)); }
    QString operator()(const PhasesCell &cell) const
    {
        const auto sum = sumOf(cell);
        if (!sum) {
            return unknownText();
        }
        return Cells::tr("%1 ms").arg(QLocale().toString(*sum, 'f', 0)) +
               (cell.isRunning ? u"…"_s : QString());
    }
};

struct Widths
{
    const Theme &theme;

    [[nodiscard]] int advance(TextStyle style, const QString &text) const
    {
        return QFontMetrics(theme.font(style)).horizontalAdvance(text) + 1;
    }

    int operator()(std::monostate) const { return 0; }
    int operator()(const TextCell &cell) const
    {
        return advance(cell.isMono     ? TextStyle::Log
                       : cell.isStrong ? TextStyle::Strong
                                       : TextStyle::Body,
                       cell.text);
    }
    int operator()(const NameCell &cell) const
    {
        return cellmetrics::nameIndent + advance(TextStyle::BodyMedium, cell.name) +
               (cell.drift.isEmpty() ? 0 : cellmetrics::driftWidth);
    }
    int operator()(const PillCell &cell) const
    {
        return advance(TextStyle::Caption, cell.text) + (cell.icon.isEmpty() ? 0 : cellmetrics::pillIcon) +
               2 * cellmetrics::pillSide;
    }
    int operator()(const GroupCell &cell) const
    {
        int width = 4;
        for (const QString &part : {cell.set, cell.lane, cell.region}) {
            width += advance(TextStyle::Caption, part) + 2 * cellmetrics::groupSide;
        }
        return cell.more > 0 ? width + 30 : width;
    }
    int operator()(const GroupSharesCell &cell) const
    {
        int width = 0;
        for (const GroupShare &share : cell.groups) {
            width += (*this)(share.group) + advance(TextStyle::Body, percentText(share.percent)) +
                     cellmetrics::shareGap + cellmetrics::sharesGap;
        }
        return width;
    }
    int operator()(const PickCell &) const { return cellmetrics::pickBox; }
    int operator()(const WeightCell &cell) const
    {
        int width = cellmetrics::weightBar + cellmetrics::weightGap;
        for (const VersionWeight &weight : cell.versions) {
            width += advance(TextStyle::Log, weight.version) + 5;
        }
        return cell.versions.size() > 1 ? width + advance(TextStyle::Caption, percentText(99.9)) : width;
    }
    int operator()(const SparklineCell &) const { return cellmetrics::sparkline; }
    int operator()(const NumberCell &cell) const
    {
        return advance(TextStyle::BodyMedium, cell.figure) + advance(TextStyle::Body, cell.unit) + 2;
    }
    int operator()(const RatioCell &cell) const { return advance(TextStyle::BodyMedium, Words{}(cell)); }
    int operator()(const IconCell &) const { return theme.size.iconTable; }
    int operator()(const BarCell &) const { return cellmetrics::weightBar; }
    int operator()(const PhasesCell &cell) const
    {
        return cellmetrics::phasesBar + cellmetrics::phasesGap + advance(TextStyle::Body, Words{}(cell));
    }
};
} // namespace

QString textOf(const Cell &cell)
{
    return std::visit(Words{}, cell);
}

int widthOf(const Cell &cell, const Theme &theme)
{
    return std::visit(Widths{theme}, cell);
}

QString unknownText()
{
    return u"–"_s;
}

std::array<QString, 5> phaseNames()
{
    return {Cells::tr("schedule"), Cells::tr("fetch"), Cells::tr("start"), Cells::tr("runtime init"),
            Cells::tr("user init")};
}

std::array<QColor, 5> phaseColors(const Theme &theme)
{
    const ColdStartColors &of = theme.coldStart;
    return {of.schedule, of.fetch, of.start, of.runtimeInit, of.userInit};
}

std::optional<double> sumOf(const PhasesCell &cell)
{
    std::optional<double> sum;
    for (const auto &phase : cell.milliseconds) {
        if (phase) {
            sum = sum.value_or(0) + *phase;
        }
    }
    return sum;
}

} // namespace nest::widgets
