// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sparkhistory.h"

#include <QCoroTask>

#include <algorithm>
#include <limits>

namespace nest::models {

namespace {

constexpr int queriesAtATime = 4; // leaves the browser-like six connections of the client room for the rest
constexpr std::size_t longestQueue =
    200; // a few screens full: older ones are asked when they are looked at again

wire::Time now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

} // namespace

SparkHistory::SparkHistory(client::PlatformClient &client, QObject *parent)
    : QObject(parent), m_client(client)
{}

std::int64_t SparkHistory::indexOf(std::int64_t milliseconds) const
{
    return milliseconds * steps / std::chrono::milliseconds(m_range).count();
}

/// Drops the oldest steps and adds empty ones so that `index` is the last.
void SparkHistory::moveTo(Series &series, std::int64_t index) const
{
    if (series.steps.empty()) {
        series.steps.resize(steps);
        series.lastIndex = index;
    }
    const auto ahead = std::min<std::int64_t>(index - series.lastIndex, steps);
    if (ahead > 0) {
        series.steps.erase(series.steps.begin(), series.steps.begin() + ahead);
        series.steps.resize(steps);
        series.lastIndex = index;
    }
}

SparkCell SparkHistory::cell(const std::string &function, const std::vector<wire::GroupName> &groups)
{
    const auto [found, isNew] = m_series.try_emplace(function);
    Series &series = found->second;
    if (isNew) {
        series.groups = groups;
        m_waiting.push_back(function);
        if (m_waiting.size() > longestQueue) {
            m_series.erase(m_waiting.front());
            m_waiting.erase(m_waiting.begin());
        }
        QMetaObject::invokeMethod(this, &SparkHistory::askNext, Qt::QueuedConnection);
    }
    SparkCell cell;
    cell.isLoading = series.state == Series::State::Waiting || series.state == Series::State::Loading;
    cell.stepSeconds = static_cast<double>(m_range.count()) / steps;
    for (const Step &step : series.steps) {
        cell.values.append(step.count > 0 ? step.sum / step.count : std::numeric_limits<double>::quiet_NaN());
    }
    return cell;
}

void SparkHistory::extend(const std::string &function, double requestsPerSecond, wire::Time time)
{
    const auto found = m_series.find(function);
    if (found == m_series.end() || found->second.state != Series::State::Loaded) {
        return;
    }
    Series &series = found->second;
    moveTo(series, indexOf(time.time_since_epoch().count()));
    series.steps.back().sum += requestsPerSecond;
    ++series.steps.back().count;
}

void SparkHistory::clear()
{
    ++m_generation;
    m_running = 0;
    m_series.clear();
    m_waiting.clear();
}

void SparkHistory::setRange(std::chrono::seconds range)
{
    if (m_range != range) {
        m_range = range;
        clear();
    }
}

void SparkHistory::askNext()
{
    while (m_running < queriesAtATime && !m_waiting.empty()) {
        const std::string function = std::move(m_waiting.back());
        m_waiting.pop_back();
        if (m_series.contains(function)) {
            ask(function);
        }
    }
}

void SparkHistory::ask(const std::string &function)
{
    Series &series = m_series.at(function);
    series.state = Series::State::Loading;
    client::MetricsQuery query;
    query.function = function;
    query.names = {"requestsPerSecond"};
    query.to = now();
    query.from = query.to - m_range;
    query.widthPixels = steps;
    std::vector<std::optional<wire::GroupName>> groups(series.groups.begin(), series.groups.end());
    if (groups.empty()) {
        groups.emplace_back(); // all of them in one answer
    }
    series.openQueries = static_cast<int>(groups.size());
    ++m_running;
    for (const auto &group : groups) {
        query.group = group;
        QCoro::connect(m_client.metrics(query), this,
                       [this, function, generation = m_generation](Result<wire::MetricsAnswer> &&answer) {
                           if (generation == m_generation) {
                               take(function, std::move(answer));
                           }
                       });
    }
}

void SparkHistory::take(const std::string &function, Result<wire::MetricsAnswer> answer)
{
    const auto found = m_series.find(function);
    if (found == m_series.end()) {
        return;
    }
    Series &series = found->second;
    if (answer && !answer->series.empty()) {
        const wire::Series &values = answer->series.front();
        moveTo(series, indexOf(answer->to.time_since_epoch().count()));
        std::vector<Step> added(steps);
        for (std::size_t i = 0; i < values.times.size() && i < values.values.size(); ++i) {
            const auto place = indexOf(values.times[i]) - series.lastIndex + steps - 1;
            if (values.values[i] && place >= 0 && place < steps) {
                added[static_cast<std::size_t>(place)].sum += *values.values[i];
                ++added[static_cast<std::size_t>(place)].count;
            }
        }
        // Groups add up: each step's mean of this group on top of the others'.
        for (std::size_t i = 0; i < added.size(); ++i) {
            if (added[i].count > 0) {
                series.steps[i].sum += added[i].sum / added[i].count;
                series.steps[i].count = 1;
            }
        }
    }
    if (!answer) {
        series.state = Series::State::Failed;
    }
    if (--series.openQueries > 0) {
        return;
    }
    --m_running;
    if (series.state != Series::State::Failed) {
        series.state = Series::State::Loaded;
    }
    Q_EMIT loaded(function);
    askNext();
}

} // namespace nest::models
