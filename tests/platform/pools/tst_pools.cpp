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
using namespace Qt::StringLiterals;

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
    void growsWithRecentStarts();
    void hasPackagesLoadedAhead_data();
    void hasPackagesLoadedAhead();
    void keepsACustomPoolThroughARestart();
    void saysWhichModuleIsNotThere();
    void keepsNoneWaitingForOneThatBacksOff();
    void endsASlotWhosePoolWentWhileItWasMade();
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

void TestPools::growsWithRecentStarts()
{
    Bench bench;
    auto spec = nodePool(1);
    spec.mostIdle = 3;
    bench.pools->setPool(spec);
    QVERIFY(bench.hasIdle(1));
    for (int i = 0; i < 5; ++i) { // five at once, of which one finds a slot
        QCOMPARE(bench.claim().has_value(), i == 0);
    }
    bench.pools->tick();
    const auto figures = bench.pools->figures("node20-256");
    QCOMPARE(figures.peak, 5);
    QCOMPARE(figures.wanted, 3); // no more than it may
    QCOMPARE(figures.claimedLastHour, 1);
    QCOMPARE(figures.missedLastHour, 4);
    QVERIFY(bench.hasIdle(3));
    bench.pools->setPool(nodePool(1)); // demand may ask for nothing more
    QVERIFY(bench.hasIdle(1));
}

namespace {

/// A package that notes whether the function's code was there when it was loaded.
QMap<QString, QByteArray> withPackage(const QByteArray &runtime, const QByteArray &lock)
{
    if (runtime == "node20") {
        return {{u"package-lock.json"_s, lock},
                {u"node_modules/greet/package.json"_s, R"({"name":"greet","main":"index.js"})"},
                {u"node_modules/greet/index.js"_s, "const { existsSync } = require('node:fs');\n"
                                                   "exports.early = !existsSync('/code/handler.js');\n"
                                                   "exports.mode = process.env.GREET_MODE;\n"},
                {u"handler.js"_s, "import greet from 'greet';\n"
                                  "export function handler() { return greet; }\n"}};
    }
    return {{u"requirements.txt"_s, lock},
            {u"site-packages/greet.py"_s, "import os\n"
                                          "early = not os.path.exists('/code/handler.py')\n"
                                          "mode = os.environ.get('GREET_MODE')\n"},
            {u"handler.py"_s, "import greet\n"
                              "def handler(event, context):\n"
                              "    return {'early': greet.early, 'mode': greet.mode}\n"}};
}

PoolSpec customPool(const QByteArray &runtime, const std::string &folder)
{
    return {.name = "greeters",
            .runtime = runtime.toStdString(),
            .memoryMegabytes = 256,
            .idle = 1,
            .isCustom = true,
            .packagesDir = folder,
            .preload = {"greet"},
            .environment = {{"GREET_MODE", "kind"}}};
}

} // namespace

void TestPools::hasPackagesLoadedAhead_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QByteArray>("handler");
    QTest::newRow("node") << QByteArray("node20") << QByteArray("handler.js#handler");
    QTest::newRow("python") << QByteArray("python3.13") << QByteArray("handler.py#handler");
}

void TestPools::hasPackagesLoadedAhead()
{
    QFETCH(QByteArray, runtime);
    QFETCH(QByteArray, handler);
    Bench bench;
    const auto code = bench.fixture.writeCode(withPackage(runtime, "{\"lock\": 1}"));
    const auto other = bench.fixture.writeCode(withPackage(runtime, "{\"lock\": 2}"));
    bench.pools->setPool(customPool(runtime, code));
    QVERIFY(bench.hasIdle(1, "greeters"));

    auto spec = bench.fixture.spec(code, handler.toStdString());
    spec.runtime = runtime.toStdString();
    QVERIFY(!bench.pools->claim(spec)); // it does not name the pool
    spec.pool = "greeters";
    auto stranger = spec;
    stranger.codeDir = other;
    QVERIFY(!bench.pools->claim(stranger)); // built with other packages
    const auto slot = bench.pools->claim(spec);
    QVERIFY(slot);
    bench.fixture.engine().startInSlot(slot->id, spec);
    QVERIFY(waitUntil([&] { return bench.fixture.notes().isSettled(spec.id); }, 20'000));
    QVERIFY2(bench.fixture.notes().sockets.contains(spec.id),
             bench.fixture.notes().instanceFailures[spec.id].detail.c_str());
    const auto answer = bench.fixture.ask(spec.id);
    QVERIFY2(answer->body().contains("true"), answer->body().constData()); // loaded before the code was there
    QVERIFY2(answer->body().contains("kind"), answer->body().constData());
    QVERIFY(bench.pools->figures("greeters").specialiseMs.value_or(0) > 0);
}

void TestPools::keepsACustomPoolThroughARestart()
{
    Bench bench;
    const auto code = bench.fixture.writeCode(withPackage("node20", "{}"));
    bench.pools->setPool(customPool("node20", code));
    QVERIFY(bench.hasIdle(1, "greeters"));
    bench.pools.reset();
    bench.fixture.restartEngine();
    bench.join();
    bench.pools->setPool(customPool("node20", code));
    QVERIFY(bench.hasIdle(1, "greeters"));
    QCOMPARE(bench.made, 1); // the same one
    bench.pools.reset();
    bench.fixture.restartEngine();
    bench.join();
    auto other = customPool("node20", code);
    other.environment = {{"GREET_MODE", "gruff"}};
    bench.pools->setPool(other); // meanwhile it was changed: that one is of no use
    QVERIFY(waitUntil([&] { return bench.made == 2; }));
    QVERIFY(bench.hasIdle(1, "greeters"));
}

void TestPools::saysWhichModuleIsNotThere()
{
    Bench bench;
    const auto code = bench.fixture.writeCode(withPackage("node20", "{}"));
    auto pool = customPool("node20", code);
    pool.preload = {"not-there"};
    bench.pools->setPool(pool);
    QVERIFY(waitUntil([&] { return !bench.pools->figures("greeters").trouble.empty(); }, 20'000));
    const auto trouble = QByteArray::fromStdString(bench.pools->figures("greeters").trouble);
    QVERIFY2(trouble.contains("not-there"), trouble.constData());
    QCOMPARE(bench.pools->figures("greeters").idle, 0);
}

void TestPools::keepsNoneWaitingForOneThatBacksOff()
{
    Bench bench;
    const auto code = bench.fixture.writeCode(withPackage("node20", "{}"));
    auto pool = customPool("node20", code);
    pool.preload = {"not-there"};
    bench.pools->setPool(pool);
    constexpr int failures = 5; // the next one is tried after 4 s
    QVERIFY(waitUntil([&] { return bench.made == failures && bench.pools->figures("greeters").warming == 0; },
                      20'000));
    bench.pools->setPool(nodePool(1));
    QVERIFY(bench.hasIdle(1));
    QCOMPARE(bench.made, failures + 1);
    // And a change is tried at once.
    pool.preload.clear();
    bench.pools->setPool(pool);
    QVERIFY(bench.hasIdle(1, "greeters"));
    QCOMPARE(bench.made, failures + 2);
}

void TestPools::endsASlotWhosePoolWentWhileItWasMade()
{
    Bench bench;
    bench.pools->setPool(nodePool(1));
    QVERIFY(bench.hasIdle(1)); // the engine is there
    const auto code = bench.fixture.writeCode(withPackage("node20", "{}"));
    bench.pools->setPool(customPool("node20", code));
    QVERIFY(waitUntil([&] { return bench.pools->figures("greeters").warming == 1; }));
    bench.pools->removePool("greeters"); // its packages are being linked: there is no box yet
    QVERIFY(waitUntil([&] { return bench.fixture.notes().slotsEnded.size() == 1; }, 20'000));
    QCOMPARE(bench.pools->figures("node20-256").idle, 1);
}

QTEST_GUILESS_MAIN(TestPools)
#include "tst_pools.moc"
