// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pools of real runtimes in their boxes: filling, claims, changes, restarts, slots that die.
#include "platform/pools/pools.h"
#include "tests/platform/engines/enginefixture.h"

#include <QTest>

#include <csignal>

using namespace nest;
using namespace nest::tests;
using pools::Pools;
using pools::PoolSpec;

namespace {

PoolSpec nodePool(int idle)
{
    return {.name = "node20-256", .runtime = "node20", .memoryMegabytes = 256, .idle = idle};
}

/// Pools on an engine, as nestd has them.
struct Bench
{
    Bench() { join(); }
    void join()
    {
        pools.reset();
        pools = std::make_unique<Pools>(
            fixture.engine(), Pools::Ports{.makeSlotId = [this] { return "s-" + std::to_string(++made); },
                                           .isBusy =
                                               [this] {
                                                   ++asked;
                                                   return isBusy;
                                               }});
        QObject::connect(
            &fixture.engine(), &engines::LocalEngine::ready, pools.get(),
            [this](const auto &, const std::vector<engines::SlotSpec> &slots) { pools->adopt(slots); });
    }
    [[nodiscard]] bool hasIdle(int count, const std::string &pool = "node20-256") const
    {
        return waitUntil([&] { return pools->figures(pool).idle == count; }, 20'000);
    }
    [[nodiscard]] std::optional<engines::SlotSpec> claim(int memoryMegabytes = 256)
    {
        auto spec = fixture.spec({});
        spec.memoryMegabytes = memoryMegabytes;
        return pools->claim(spec);
    }

    int made = 0;
    int asked = 0; // whether an instance is starting
    bool isBusy = false;
    EngineFixture fixture;
    std::unique_ptr<Pools> pools;
};

} // namespace

class TestPools final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void fillsAndHandsOutEachSlotOnce();
    void bootsNothingWhileAnInstanceStarts();
    void followsItsSpec();
    void keepsWhatARestartedEngineFinds();
    void replacesASlotThatDied();
    void saysWhyItCannotBeFilled();
    void endsAllWhenClosed();
};

void TestPools::fillsAndHandsOutEachSlotOnce()
{
    Bench bench;
    bench.pools->setPool(nodePool(2));
    QVERIFY(bench.hasIdle(2));
    QVERIFY(bench.pools->figures("node20-256").bootMs.value_or(0) > 1);
    QVERIFY(waitUntil([&] { return bench.pools->figures("node20-256").memoryMegabytes.value_or(0) > 10; }));
    QVERIFY(!bench.claim(512)); // another memory: no slot of it fits
    const auto first = bench.claim();
    const auto second = bench.claim();
    QVERIFY(first && second);
    QVERIFY(first->id != second->id);
    QCOMPARE(first->pool, std::string("node20-256"));
    QVERIFY(!bench.claim());
    const auto figures = bench.pools->figures("node20-256");
    QCOMPARE(figures.claimed, 2);
    QCOMPARE(figures.missed, 1);
    QVERIFY(bench.hasIdle(2)); // filled again
    QCOMPARE(bench.made, 4);
}

void TestPools::bootsNothingWhileAnInstanceStarts()
{
    Bench bench;
    bench.pools->setPool(nodePool(1));
    QVERIFY(bench.hasIdle(1));
    bench.isBusy = true;
    QVERIFY(bench.claim());
    const int before = bench.asked;
    QVERIFY(waitUntil([&] { return bench.asked >= before + 3; }));
    QCOMPARE(bench.made, 1);
    QCOMPARE(bench.pools->figures("node20-256").warming, 0);
    bench.isBusy = false;
    QVERIFY(bench.hasIdle(1));
}

void TestPools::followsItsSpec()
{
    Bench bench;
    bench.pools->setPool(nodePool(2));
    QVERIFY(bench.hasIdle(2));
    bench.pools->setPool(nodePool(1));
    QCOMPARE(bench.pools->figures("node20-256").idle, 1);
    QVERIFY(waitUntil([&] { return bench.fixture.notes().slotsEnded.size() == 1; }));
    auto larger = nodePool(1);
    larger.memoryMegabytes = 128;
    bench.pools->setPool(larger); // the old one has the wrong limits
    QVERIFY(waitUntil([&] { return bench.fixture.notes().slotsEnded.size() == 2; }));
    QVERIFY(bench.hasIdle(1));
    QVERIFY(!bench.claim(256));
    QVERIFY(bench.claim(128));
    bench.pools->removePool("node20-256");
    QVERIFY(bench.pools->specs().empty());
}

void TestPools::keepsWhatARestartedEngineFinds()
{
    Bench bench;
    bench.pools->setPool(nodePool(1));
    QVERIFY(bench.hasIdle(1));
    bench.pools.reset();
    bench.fixture.restartEngine();
    bench.join();
    bench.pools->setPool(nodePool(1));
    QVERIFY(bench.hasIdle(1));
    QCOMPARE(bench.made, 1);
    QCOMPARE(bench.claim().value_or(engines::SlotSpec{}).id, std::string("s-1"));
}

void TestPools::replacesASlotThatDied()
{
    Bench bench;
    bench.pools->setPool(nodePool(1));
    QVERIFY(bench.hasIdle(1));
    const auto processes = descendants(bench.fixture.keeperPid());
    QVERIFY(!processes.empty());
    ::kill(static_cast<pid_t>(processes.back()), SIGKILL);
    QVERIFY(waitUntil([&] { return !bench.pools->figures("node20-256").trouble.empty(); }));
    QVERIFY(bench.hasIdle(1));
    QCOMPARE(bench.made, 2);
    QVERIFY(bench.pools->figures("node20-256").trouble.empty());
}

void TestPools::saysWhyItCannotBeFilled()
{
    Bench bench;
    bench.pools->setPool({.name = "cobol", .runtime = "cobol", .memoryMegabytes = 256, .idle = 1});
    bench.pools->setPool(nodePool(1));
    QVERIFY(waitUntil([&] { return !bench.pools->figures("cobol").trouble.empty(); }));
    QVERIFY(bench.pools->figures("cobol").trouble.contains("There is no runtime 'cobol'"));
    QVERIFY(bench.hasIdle(1)); // the others do not wait for it
}

void TestPools::endsAllWhenClosed()
{
    Bench bench;
    bench.pools->setPool(nodePool(1));
    QVERIFY(bench.hasIdle(1));
    bench.pools->close();
    QVERIFY(waitUntil([&] { return bench.fixture.notes().slotsEnded.contains("s-1"); }));
    QVERIFY(!bench.claim());
    bench.pools->setPool(nodePool(2));
    QCOMPARE(bench.pools->figures("node20-256").warming, 0);
}

QTEST_GUILESS_MAIN(TestPools)
#include "tst_pools.moc"
