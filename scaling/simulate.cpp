// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/simulate.h"

#include "scaling/fluidqueue.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nest::scaling {

namespace {

using std::chrono::seconds;

/// Instances that are ready, and when those that start will be.
class Instances final
{
public:
    Instances(int ready, std::chrono::milliseconds coldStart) : m_coldStart(coldStart), m_ready(ready) {}

    [[nodiscard]] int ready() const { return m_ready; }
    [[nodiscard]] int starting() const { return static_cast<int>(m_starting.size() - m_begun); }
    [[nodiscard]] int running() const { return m_ready + starting(); }
    /// The soonest of those that start; only when there is one.
    [[nodiscard]] TimePoint firstReady() const { return m_starting[m_begun]; }
    /// Instance-seconds that are ready within [from, from + 1 s).
    [[nodiscard]] double readySeconds(TimePoint from) const
    {
        double sum = m_ready;
        for (auto i = m_begun; i < m_starting.size() && m_starting[i] < from + seconds(1); ++i) {
            sum += std::chrono::duration<double>(from + seconds(1) - m_starting[i]).count();
        }
        return sum;
    }

    void advance(TimePoint now)
    {
        for (; m_begun < m_starting.size() && m_starting[m_begun] <= now; ++m_begun) {
            ++m_ready;
        }
        if (m_begun == m_starting.size()) {
            m_starting.clear();
            m_begun = 0;
        }
    }
    /// Missing ones start; too many go, those that serve nobody yet first. How many were started.
    int follow(int desired, TimePoint now)
    {
        const int missing = desired - running();
        for (int i = 0; i < missing; ++i) {
            m_starting.push_back(now + m_coldStart);
        }
        const int unborn = std::min(std::max(0, -missing), starting());
        m_starting.resize(m_starting.size() - static_cast<std::size_t>(unborn));
        m_ready -= std::max(0, -missing) - unborn;
        return std::max(0, missing);
    }

private:
    std::chrono::milliseconds m_coldStart;
    int m_ready = 0;
    std::vector<TimePoint> m_starting; // in the order in which they will be ready
    std::size_t m_begun = 0;           // so many of them are
};

double at(const std::vector<double> &series, std::size_t second)
{
    return second < series.size() ? series[second] : std::numeric_limits<double>::quiet_NaN();
}

class Run final
{
public:
    Run(const Policy &policy, const Samples &samples, const SimulationOptions &options)
        : m_policy(policy)
        , m_samples(samples)
        , m_options(options)
        , m_instances(options.initialInstances, options.coldStart)
        , m_windows(policy.metrics.size() + 1,
                    MetricWindow(policy.stableWindowSeconds, policy.panicWindowSeconds))
    {
        m_state.lastDesired = options.initialInstances;
        m_result.capacityPerInstance = capacityOf(policy, options);
        m_inputs.others.resize(policy.metrics.size());
    }

    Simulation run()
    {
        const auto count = m_samples.requestsPerSecond.size();
        const auto first = m_samples.start.time_since_epoch() / seconds(1);
        evaluateAt(m_samples.start, 0); // as when a deployment is written
        for (std::size_t i = 0; i < count; ++i) {
            const auto now = m_samples.start + seconds(i);
            m_instances.advance(now);
            // The second that has just ended is a multiple of the tick.
            if (i > 0 && (first + static_cast<std::int64_t>(i) - 1) % m_options.tickSeconds == 0 &&
                !isAsleep(now)) {
                evaluateAt(now, static_cast<int>(std::ceil(m_queue.length())));
            }
            serve(i, now);
            note(now);
        }
        m_result.instanceHours /= 3600;
        m_result.longestWaitSeconds = m_queue.longestWait();
        m_result.requestsAtRisk = m_queue.delayed();
        return std::move(m_result);
    }

private:
    /// Nothing runs, nothing waits and the window is silent: nestd does not evaluate then.
    [[nodiscard]] bool isAsleep(TimePoint now) const
    {
        return m_state.lastDesired == 0 && m_policy.reserved == 0 && m_policy.floors.isEmpty() &&
               m_instances.running() == 0 && m_queue.length() <= 0 &&
               m_lastRequest + seconds(m_policy.stableWindowSeconds) < now;
    }

    /// As recorded, at the end of the second before `now`.
    [[nodiscard]] std::optional<int> readyBefore(TimePoint now) const
    {
        if (m_samples.ready.empty()) {
            return std::nullopt;
        }
        const auto second = (now - m_samples.start) / seconds(1);
        const double value = second < 1 ? 0 : at(m_samples.ready, static_cast<std::size_t>(second - 1));
        return std::isnan(value) ? std::nullopt : std::optional(static_cast<int>(value));
    }

    void evaluateAt(TimePoint now, int queued)
    {
        const auto seen = now - seconds(1);
        m_inputs.stableAverage = m_windows[0].stable(seen);
        m_inputs.panicAverage = m_windows[0].panic(seen);
        for (std::size_t i = 1; i < m_windows.size(); ++i) {
            m_inputs.others[i - 1] = {m_windows[i].stable(seen), m_windows[i].panic(seen)};
        }
        for (std::size_t i = 0; i < m_windows.size(); ++i) {
            if (isLost(i)) { // holes count as nothing in a window, but an unknown use is no small use
                (i == 0 ? m_inputs.stableAverage : m_inputs.others[i - 1].stable).reset();
            }
        }
        m_inputs.ready = readyBefore(now).value_or(m_instances.ready());
        m_inputs.starting = m_instances.starting();
        m_inputs.queued = queued;
        if (queued > 0) {
            m_inputs.secondsSinceLastRequest = 0;
        } else if (m_lastRequest != TimePoint{}) {
            m_inputs.secondsSinceLastRequest = std::chrono::duration<double>(seen - m_lastRequest).count();
        }
        auto evaluation = evaluate(m_policy, m_inputs, std::move(m_state), now);
        m_state = std::move(evaluation.state);
        ++m_result.evaluations;
        const auto &decision = evaluation.decision;
        if (decision.desired != decision.from) {
            m_result.steps.push_back({now, decision.from, decision.desired, decision.wished,
                                      decision.inputs.ready, decision.mode, decision.cause, decision.limit,
                                      decision.metric, decision.load});
        }
        m_result.coldStarts += m_instances.follow(decision.desired, now);
        m_result.peak = std::max(m_result.peak, decision.desired);
    }

    void serve(std::size_t i, TimePoint now)
    {
        const double arrivals = m_samples.requestsPerSecond[i];
        const bool isKnown = !std::isnan(arrivals);
        if (isKnown && arrivals > 0) {
            m_lastRequest = now;
            if (m_instances.running() == 0) {
                evaluateAt(now, 1); // the first one pokes
            }
        }
        if (m_instances.ready() == 0 && m_instances.starting() > 0 && arrivals > 0) {
            m_queue.noteWait(std::chrono::duration<double>(m_instances.firstReady() - now).count());
        }
        const double capacity = m_instances.readySeconds(now) * m_result.capacityPerInstance;
        const double served = m_queue.pass(isKnown ? arrivals : 0, capacity);
        m_result.requests += isKnown ? arrivals : 0;
        for (std::size_t metric = 0; metric < m_windows.size(); ++metric) {
            const double value = valueOf(metricAt(m_policy, metric).metric, i, served);
            if (!std::isnan(value)) {
                m_windows[metric].record(now, value);
            }
        }
        m_second = i;
    }

    [[nodiscard]] double valueOf(Metric metric, std::size_t i, double served) const
    {
        switch (metric) {
        case Metric::RequestsPerSecond:
            return m_samples.requestsPerSecond[i];
        case Metric::Concurrency:
            if (m_samples.concurrency.empty() && !std::isnan(m_samples.requestsPerSecond[i])) {
                return served * std::chrono::duration<double>(m_options.serviceTime).count() +
                       m_queue.length();
            }
            return at(m_samples.concurrency, i);
        case Metric::Cpu:
            return at(m_samples.cpu, i);
        case Metric::Memory:
            return at(m_samples.memory, i);
        }
        return 0;
    }

    [[nodiscard]] bool isLost(std::size_t index) const
    {
        const auto metric = metricAt(m_policy, index).metric;
        return (metric == Metric::Cpu && std::isnan(at(m_samples.cpu, m_second))) ||
               (metric == Metric::Memory && std::isnan(at(m_samples.memory, m_second)));
    }

    void note(TimePoint now)
    {
        const auto end = now + seconds(1) - std::chrono::milliseconds(1);
        m_instances.advance(end);
        m_result.instanceHours += m_instances.running();
        const SimulatedLevel level{now, m_state.lastDesired, m_instances.ready(), m_instances.starting()};
        if (m_result.levels.empty() || level.desired != m_result.levels.back().desired ||
            level.ready != m_result.levels.back().ready ||
            level.starting != m_result.levels.back().starting) {
            m_result.levels.push_back(level);
        }
    }

    const Policy &m_policy;
    const Samples &m_samples;
    const SimulationOptions &m_options;
    Instances m_instances;
    std::vector<MetricWindow> m_windows; // of each metric, the policy's own first
    Inputs m_inputs;
    State m_state;
    FluidQueue m_queue;
    TimePoint m_lastRequest{};
    std::size_t m_second = 0; // the last one that is known
    Simulation m_result;
};

} // namespace

double capacityOf(const Policy &policy, const SimulationOptions &options)
{
    const double service = std::max(0.001, std::chrono::duration<double>(options.serviceTime).count());
    double capacity = options.concurrencyLimit / service;
    for (std::size_t i = 0; i <= policy.metrics.size(); ++i) {
        const auto metric = metricAt(policy, i);
        if (metric.metric == Metric::RequestsPerSecond) {
            capacity = std::min(capacity, metric.threshold);
        } else if (metric.metric == Metric::Concurrency) {
            capacity = std::min(capacity, metric.threshold / service);
        }
    }
    return capacity;
}

Simulation simulate(const Policy &policy, const Samples &samples, const SimulationOptions &options)
{
    return Run(policy, samples, options).run();
}

} // namespace nest::scaling
