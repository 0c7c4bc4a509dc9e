// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is held to take what others need, from figures as a look at /proc gives them.
#include "platform/keeper/restraint.h"

#include <QTest>

#include <algorithm>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using nest::keeper::ProcessUse;
using nest::keeper::Restraint;

namespace {

/// Some boxes of one machine, looked at every 250 ms.
class Machine final
{
public:
    struct Taken
    {
        double cores = 0;
        int runnable = 0;
    };

    explicit Machine(std::size_t boxes) : m_boxes(boxes, Restraint({.memoryMegabytes = 64}, 0)), m_uses(boxes)
    {
        look(std::vector<Taken>(boxes), false); // the first has nothing to compare with
    }

    void look(const std::vector<Taken> &taken, bool isTight = true)
    {
        m_now += 250ms;
        double most = 0;
        for (std::size_t i = 0; i < m_boxes.size(); ++i) {
            m_uses[i].cpuMilliseconds += 250 * taken[i].cores;
            m_uses[i].runnable = taken[i].runnable;
            most = std::max(most, m_boxes[i].measure(m_uses[i], m_now));
        }
        const auto from = isTight ? std::optional(Restraint::greedyFrom(most)) : std::nullopt;
        for (std::size_t i = 0; i < m_boxes.size(); ++i) {
            QVERIFY(!m_boxes[i].judge(m_uses[i], from, m_now));
        }
    }
    bool isGreedy(std::size_t box) const { return m_boxes[box].isGreedy(); }

private:
    Restraint::Clock::time_point m_now{1h};
    std::vector<Restraint> m_boxes;
    std::vector<ProcessUse> m_uses;
};

} // namespace

class RestraintTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoBurnsYieldsWhereOthersWait()
    {
        Machine machine(2);
        machine.look({{.cores = 1.9, .runnable = 60}, {.cores = 0.1}}, false);
        QVERIFY(!machine.isGreedy(0)); // there is something to spare
        machine.look({{.cores = 1.9, .runnable = 60}, {.cores = 0.1}});
        QVERIFY(machine.isGreedy(0));
        QVERIFY(!machine.isGreedy(1));
    }

    void itGoesOnYieldingForTwoSeconds()
    {
        Machine machine(1);
        machine.look({{.cores = 1.9, .runnable = 60}});
        for (int quarter = 1; quarter < 8; ++quarter) {
            machine.look({{.cores = 0}});
            QVERIFY(machine.isGreedy(0));
        }
        machine.look({{.cores = 0}});
        QVERIFY(!machine.isGreedy(0));
    }

    // The neighbour computes more than half of a processor, and catches up with what it could not do before.
    void whoComputesBesideOneThatBurnsKeepsItsTime_data()
    {
        QTest::addColumn<double>("burns");
        QTest::addColumn<int>("runnable");
        QTest::addColumn<double>("computes");
        QTest::newRow("many burn") << 1.3 << 60 << 0.6;
        QTest::newRow("many burn, and it catches up") << 0.9 << 60 << 1.0;
        QTest::newRow("many burn, and get little") << 0.3 << 60 << 0.9;
        QTest::newRow("one burns") << 1.0 << 1 << 0.7;
    }
    void whoComputesBesideOneThatBurnsKeepsItsTime()
    {
        if (std::thread::hardware_concurrency() < 2) {
            QSKIP("One processor cannot be wanted more than the other.");
        }
        QFETCH(double, burns);
        QFETCH(int, runnable);
        QFETCH(double, computes);
        Machine machine(2);
        machine.look({{.cores = 1.0, .runnable = runnable}, {.cores = 0.6, .runnable = 1}}); // it begins
        for (int quarter = 0; quarter < 12; ++quarter) {
            machine.look({{.cores = burns, .runnable = runnable}, {.cores = computes, .runnable = 1}});
            QVERIFY(machine.isGreedy(0));
            QVERIFY(!machine.isGreedy(1));
        }
    }

    void equalsYieldAlike()
    {
        Machine machine(2);
        machine.look({{.cores = 1.1, .runnable = 60}, {.cores = 0.9, .runnable = 58}});
        QVERIFY(machine.isGreedy(0));
        QVERIFY(machine.isGreedy(1));
    }

    void whoTakesLittleIsNotGreedyBesideStrangers()
    {
        Machine machine(1);
        machine.look({{.cores = 0.4, .runnable = 1}});
        QVERIFY(!machine.isGreedy(0));
    }
};

QTEST_GUILESS_MAIN(RestraintTest)
#include "tst_restraint.moc"
