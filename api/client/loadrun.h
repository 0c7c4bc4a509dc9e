// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One load run: an epoll loop over keep-alive connections. Used by LoadGenerator, on its thread only.
//
// Invariants: at most plan.connections sockets; a request is on one connection, answered, failed or timed out
// exactly once. The requests of a plan are numbered and each has a due time, so nothing is queued: what could
// not be sent in time is simply the next number, sent late.

#include "api/client/loadconnection.h"
#include "api/client/loadhistogram.h"
#include "api/client/loadplan.h"

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace nest::client {

class LoadRun final
{
public:
    using Listener = std::function<void(const LoadReport &)>;

    static Result<std::unique_ptr<LoadRun>> create(const LoadPlan &plan, LoadTarget target);
    ~LoadRun();
    LoadRun(const LoadRun &) = delete;
    LoadRun &operator=(const LoadRun &) = delete;

    /// Blocks until the plan is done, or shortly after a stop is asked for. The last report is marked
    /// finished.
    void run(const std::stop_token &stop, const Listener &listener);

private:
    using Clock = std::chrono::steady_clock;

    struct PerInstance
    {
        LoadInstance figures;
        LoadHistogram latency;
    };

    LoadRun(const LoadPlan &plan, LoadTarget target);
    [[nodiscard]] double seconds(Clock::time_point at) const;
    [[nodiscard]] bool isDue(Clock::time_point now) const;
    void armTimer();
    void sendDue(Clock::time_point now);
    LoadConnection *freeConnection();
    void handle(LoadConnection &connection, std::uint32_t events);
    void settle(LoadConnection &connection);
    void endTimedOut(Clock::time_point now);
    void finishRequest(LoadConnection &connection, int status);
    void countInstance(const LoadConnection &connection, double milliseconds);
    void discard(LoadConnection &connection);
    LoadReport report(Clock::time_point now);

    LoadPlan m_plan;
    LoadTarget m_target;
    std::string m_request; // the same bytes for each
    std::int64_t m_planned;
    int m_epoll = -1;
    int m_timer = -1;
    Clock::time_point m_start;
    std::vector<std::unique_ptr<LoadConnection>> m_connections;
    std::vector<LoadConnection *> m_idle;
    std::vector<std::unique_ptr<LoadConnection>> m_discarded; // until the events of this round are done
    LoadReport m_report;
    LoadHistogram m_total;
    LoadHistogram m_warm;
    LoadHistogram m_cold;
    LoadHistogram m_lastSecond;
    std::unordered_map<std::string, std::unique_ptr<PerInstance>> m_instances;
    std::int64_t m_sentAtLastReport = 0;
    Clock::time_point m_lastReportAt;
};

} // namespace nest::client
