// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The autoscaler on counters that the test makes: what it decides is what a simulation of them says, also
// when seconds are missing because the machine stood still.

#include "platform/control/autoscaler.h"
#include "platform/engines/local/localengine.h"
#include "platform/instances/fleet.h"
#include "platform/metrics/metrics.h"
#include "scaling/simulate.h"

#include <QTest>

#include <limits>
#include <map>

using namespace nest;
using namespace nest::control;
using namespace std::chrono_literals;

class AutoscalerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void decidesAsTheSimulationWhateverIsMissing_data();
    void decidesAsTheSimulationWhateverIsMissing();
    void makesUpForNoLongSleep();
};

namespace {

constexpr std::int64_t firstSecond = 1'800'000'000;
const gateway::RevisionKey key{"hello", "default", "main", "local", 1};

scaling::Policy policy()
{
    scaling::Policy policy;
    policy.reserved = 4;
    policy.maximum = 40;
    policy.threshold = 100;
    policy.utilisation = 0.7;
    policy.stableWindowSeconds = 6;
    policy.panicWindowSeconds = 2;
    policy.scaleDownDelaySeconds = 4;
    return policy;
}

/// Instances that are ready as soon as they are wanted.
class Machine final
{
public:
    Machine()
    {
        QObject::connect(&m_autoscaler, &Autoscaler::decided, &m_fleet,
                         [this](const wire::Decision &decision) {
                             m_desired = decision.desired;
                             m_decidedAt[decision.time] = decision.desired;
                         });
        m_autoscaler.setRevision(key, policy(), 1);
    }

    void second(std::int64_t second, std::optional<int> requests)
    {
        m_now = wire::Time(std::chrono::seconds(second + 1)) + 1ms;
        m_metrics.setGauges(key, {.ready = m_desired, .desired = m_desired}, m_now - 2ms);
        if (requests) {
            gateway::SecondBatch batch{.second = second, .revisions = {}, .instances = {}};
            batch.revisions.emplace_back();
            batch.revisions.back().key = key;
            batch.revisions.back().second = second;
            batch.revisions.back().arrivals = static_cast<std::uint64_t>(*requests);
            m_metrics.add(batch);
            m_autoscaler.onSecond(second);
        }
    }
    int desired() const { return m_desired; }
    const std::map<wire::Time, int> &decisions() const { return m_decidedAt; }

private:
    wire::Time m_now{std::chrono::seconds(firstSecond)};
    metrics::Metrics m_metrics;
    engines::LocalEngine m_engine{{}};
    instances::Fleet m_fleet{m_engine, {}};
    Autoscaler m_autoscaler{m_metrics, m_fleet, [this] {
                                return m_now;
                            }};
    int m_desired = 0;
    std::map<wire::Time, int> m_decidedAt;
};

} // namespace

void AutoscalerTest::decidesAsTheSimulationWhateverIsMissing_data()
{
    QTest::addColumn<QList<int>>("missing");
    QTest::newRow("nothing") << QList<int>{};
    for (int second = 8; second < 28; ++second) {
        QTest::addRow("%d", second) << QList{second};
        QTest::addRow("%d to %d", second, second + 2) << QList{second, second + 1, second + 2};
    }
}

void AutoscalerTest::decidesAsTheSimulationWhateverIsMissing()
{
    QFETCH(const QList<int>, missing);
    Machine machine;
    scaling::Samples samples{.start = wire::Time(std::chrono::seconds(firstSecond)), .requestsPerSecond = {}};
    std::vector<int> desired;
    for (int second = 0; second < 40; ++second) {
        const int requests = second < 8 ? 250 : second < 18 ? 1'600 - 40 * second : 300;
        const bool isMissing = missing.contains(second);
        samples.requestsPerSecond.push_back(isMissing ? std::numeric_limits<double>::quiet_NaN() : requests);
        samples.ready.push_back(machine.desired());
        machine.second(firstSecond + second, isMissing ? std::nullopt : std::optional(requests));
    }
    const auto simulation = scaling::simulate(policy(), samples, {});
    for (int second = 1; second < 40; ++second) {
        const wire::Time end{std::chrono::seconds(firstSecond + second) + 999ms};
        int simulated = 0;
        for (const auto &level : simulation.levels) {
            simulated = level.time <= end ? level.desired : simulated;
        }
        const auto after = machine.decisions().upper_bound(end);
        QVERIFY(after != machine.decisions().begin());
        QVERIFY2(std::prev(after)->second == simulated,
                 qPrintable(QStringLiteral("second %1: %2, simulated %3")
                                .arg(second)
                                .arg(std::prev(after)->second)
                                .arg(simulated)));
    }
}

void AutoscalerTest::makesUpForNoLongSleep()
{
    Machine machine;
    for (int second = 0; second < 20; ++second) {
        machine.second(firstSecond + second, 1'000);
    }
    const auto before = machine.decisions().rbegin()->first;
    machine.second(firstSecond + 3'600, 1'000);
    machine.second(firstSecond + 3'601, 1'000);
    const auto next = machine.decisions().upper_bound(before);
    QVERIFY(next == machine.decisions().end() ||
            next->first >= wire::Time(std::chrono::seconds(firstSecond + 3'600)));
}

QTEST_GUILESS_MAIN(AutoscalerTest)
#include "tst_autoscaler.moc"
