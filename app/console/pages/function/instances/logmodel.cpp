// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/instances/logmodel.h"

#include "app/console/look.h"
#include "app/console/pages/function/instances/instancesmodel.h"

#include <QDateTime>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;

void LogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_shown.clear();
    m_waiting.clear();
    m_colours.clear();
    m_first = 0;
    endResetModel();
}

void LogModel::append(std::vector<wire::LogLine> lines)
{
    if (!m_isHeld) {
        add(std::move(lines));
        return;
    }
    m_waiting.insert(m_waiting.end(), std::make_move_iterator(lines.begin()),
                     std::make_move_iterator(lines.end()));
    if (m_waiting.size() > mostLines) {
        m_waiting.erase(m_waiting.begin(), m_waiting.end() - static_cast<std::ptrdiff_t>(mostLines));
    }
}

void LogModel::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    if (!isHeld) {
        add(std::exchange(m_waiting, {}));
    }
}

void LogModel::add(std::vector<wire::LogLine> lines)
{
    std::vector<std::size_t> fresh;
    for (wire::LogLine &line : lines) {
        m_colours.try_emplace(line.instance, static_cast<int>(m_colours.size()));
        if (accepts(line)) {
            fresh.push_back(m_first + m_lines.size());
        }
        m_lines.push_back(std::move(line));
    }
    if (!fresh.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
        m_shown.insert(m_shown.end(), fresh.begin(), fresh.end());
        endInsertRows();
    }
    dropOldest();
}

void LogModel::dropOldest()
{
    if (m_lines.size() <= mostLines) {
        return;
    }
    const std::size_t first = m_first + m_lines.size() - mostLines;
    const auto end = std::ranges::lower_bound(m_shown, first);
    if (end != m_shown.begin()) {
        beginRemoveRows({}, 0, static_cast<int>(end - m_shown.begin()) - 1);
        m_shown.erase(m_shown.begin(), end);
        endRemoveRows();
    }
    m_lines.erase(m_lines.begin(), m_lines.begin() + static_cast<std::ptrdiff_t>(first - m_first));
    m_first = first;
}

void LogModel::setLeast(wire::Severity least)
{
    if (least != m_least) {
        m_least = least;
        filterAgain();
    }
}

void LogModel::setInstances(const QSet<QString> &instances)
{
    if (instances != m_instances) {
        m_instances = instances;
        filterAgain();
    }
}

void LogModel::filterAgain()
{
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (accepts(m_lines[i])) {
            m_shown.push_back(m_first + i);
        }
    }
    endResetModel();
}

bool LogModel::accepts(const wire::LogLine &line) const
{
    return line.severity >= m_least && (m_instances.isEmpty() || m_instances.contains(toText(line.instance)));
}

int LogModel::count(wire::Severity severity) const
{
    return static_cast<int>(std::ranges::count(m_lines, severity, &wire::LogLine::severity));
}

int LogModel::colourOf(const std::string &instance) const
{
    const auto found = m_colours.find(instance);
    return found == m_colours.end() ? 0 : found->second;
}

QList<int> LogModel::rowsWith(const QString &text) const
{
    QList<int> rows;
    for (int row = 0; !text.isEmpty() && row < rowCount(); ++row) {
        if (toText(line(row).message).contains(text, Qt::CaseInsensitive)) {
            rows.append(row);
        }
    }
    return rows;
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const wire::LogLine &of = line(index.row());
    const auto time = [&] {
        return QDateTime::fromMSecsSinceEpoch(of.time.time_since_epoch().count());
    };
    switch (role) {
    case LineRole:
        return QVariant::fromValue(of);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return u"%1  %2  %3"_s.arg(time().toString(u"HH:mm:ss.zzz"_s), shortInstance(toText(of.instance)),
                                   toText(of.message));
    case Qt::ToolTipRole: {
        QStringList lines{toText(of.message),
                          time().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) + u"  "_s + toText(of.instance)};
        if (!of.group.empty()) {
            lines.append(toText(of.group));
        }
        lines.append(of.requestId.empty() ? tr("outside a request")
                                          : tr("request %1").arg(toText(of.requestId)));
        return lines.join(u'\n');
    }
    default:
        return {};
    }
}

} // namespace nest::console
