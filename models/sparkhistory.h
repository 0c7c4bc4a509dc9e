// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The request rates behind the sparklines of a table: fetched for the rows that are looked at, then extended
// by the live figures. Steps without data stay gaps.
//
// A few queries run at a time, the latest asked first; the rest wait, and what is not looked at is never
// asked. UI thread; owned by FunctionsModel.

#include "api/client/platformclient.h"
#include "models/roles.h"

#include <QObject>

#include <chrono>
#include <string>
#include <unordered_map>
#include <vector>

namespace nest::models {

class SparkHistory final : public QObject
{
    Q_OBJECT

public:
    static constexpr int steps = 60;

    explicit SparkHistory(client::PlatformClient &client, QObject *parent = nullptr);

    [[nodiscard]] std::chrono::seconds range() const { return m_range; }

    /// The values of a function, asking for them the first time. `groups` empty: all of them.
    SparkCell cell(const std::string &function, const std::vector<wire::GroupName> &groups);
    /// A live value, summed over the groups in scope.
    void extend(const std::string &function, double requestsPerSecond, wire::Time time);
    /// Everything is asked for again.
    void clear();
    void setRange(std::chrono::seconds range);
    void forget(const std::string &function) { m_series.erase(function); }

Q_SIGNALS:
    void loaded(const std::string &function);

private:
    struct Step
    {
        double sum = 0;
        int count = 0;
    };
    struct Series
    {
        enum class State { Waiting, Loading, Loaded, Failed } state = State::Waiting;
        std::vector<wire::GroupName> groups;
        int openQueries = 0;
        std::vector<Step> steps;
        std::int64_t lastIndex = 0; // the step's number since the epoch of steps.back()
    };
    [[nodiscard]] std::int64_t indexOf(std::int64_t milliseconds) const;
    void moveTo(Series &series, std::int64_t index) const;
    void askNext();
    void ask(const std::string &function);
    void take(const std::string &function, Result<wire::MetricsAnswer> answer);

    client::PlatformClient &m_client;
    std::chrono::seconds m_range{300};
    std::unordered_map<std::string, Series> m_series;
    std::vector<std::string> m_waiting; // the last is the next
    int m_running = 0;
    int m_generation = 0; // of range and scope: older answers are dropped
};

} // namespace nest::models
