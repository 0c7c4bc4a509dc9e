// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/collection.h"

#include "api/wire/codec.h"
#include "tests/api/client/testplatform.h"

#include <QSignalSpy>
#include <QTest>

using namespace nest;
using namespace nest::models;
using namespace Qt::StringLiterals;
using tests::TestPlatform;

namespace {

std::string functionJson(const std::string &name, const std::string &description = {})
{
    wire::Function function;
    function.name = name;
    function.description = description;
    return wire::write(function);
}

QList<QByteArray> functionsJson(std::initializer_list<const char *> names)
{
    QList<QByteArray> items;
    for (const char *name : names) {
        items.append(QByteArray::fromStdString(functionJson(name)));
    }
    return items;
}

struct Bench
{
    TestPlatform platform;
    client::Connection connection;
    std::unique_ptr<client::PlatformClient> client;
    std::unique_ptr<client::Watch> watch;
    std::unique_ptr<Collection<wire::Function>> functions;

    Bench()
    {
        platform.listen();
        connection.socketPath = platform.socketPath();
        client = std::make_unique<client::PlatformClient>(connection);
        client::WatchLimits limits;
        limits.firstDelay = std::chrono::milliseconds(20);
        watch = std::make_unique<client::Watch>(connection, limits);
        functions = std::make_unique<Collection<wire::Function>>(*client, *watch, "/v1/functions");
        // What Session does: a list, then the watch from there.
        QObject::connect(functions.get(), &CollectionBase::listed, watch.get(), [this](qint64 id) {
            if (watch->state() == client::Watch::State::Stopped) {
                watch->start(id);
            }
        });
        QObject::connect(watch.get(), &client::Watch::listAgain, functions.get(),
                         [this] { functions->list(); });
    }
};

} // namespace

class CollectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void listsThenFollowsTheWatch();
    void listsEveryPage();
    void keepsRowsWhenTheConnectionBreaksAndCatchesUp();
    void listsAgainWhenTheIdIsCompacted();
    void updatesAtMostTenTimesASecond();
    void triesAFailedListAgain();
    void listsFiftyThousandOffTheUiThread();
};

void CollectionTest::listsThenFollowsTheWatch()
{
    Bench bench;
    bench.platform.setList("/v1/functions", functionsJson({"alpha", "beta"}));
    QSignalSpy changes(bench.functions.get(), &CollectionBase::changed);
    QVERIFY(!bench.functions->isListed());
    bench.functions->list();
    QTRY_COMPARE(bench.functions->size(), 2U);
    QVERIFY(bench.functions->isListed());
    QTRY_COMPARE(bench.watch->state(), client::Watch::State::Open);
    QTRY_VERIFY(!bench.functions->isStale());
    QTRY_COMPARE(bench.platform.watchers(), 1);

    bench.platform.sendChange("functions", "gamma", functionJson("gamma"));
    bench.platform.sendChange("functions", "beta", functionJson("beta", "changed"));
    bench.platform.sendRemoval("functions", "alpha");
    QTRY_VERIFY(bench.functions->find("alpha") == nullptr);
    QTRY_VERIFY(bench.functions->find("gamma") != nullptr);
    QTRY_COMPARE(bench.functions->find("beta")->description, "changed");

    // An event of an unknown kind and a broken one do no harm.
    bench.platform.sendChange("comets", "x", "{}");
    bench.platform.sendRaw("id: 900\nevent: functions\ndata: {broken\n\n");
    bench.platform.sendChange("functions", "delta", functionJson("delta"));
    QTRY_VERIFY(bench.functions->find("delta") != nullptr);
}

void CollectionTest::listsEveryPage()
{
    Bench bench;
    bench.platform.setList("/v1/functions", functionsJson({"a-a", "b-b", "c-c", "d-d", "e-e"}), 2);
    bench.functions->list();
    QTRY_COMPARE(bench.functions->size(), 5U);
    QCOMPARE(bench.platform.requestsOf("GET", "/v1/functions"), 3);
}

void CollectionTest::keepsRowsWhenTheConnectionBreaksAndCatchesUp()
{
    Bench bench;
    bench.platform.setList("/v1/functions", functionsJson({"alpha", "beta"}));
    bench.functions->list();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    QTRY_VERIFY(!bench.functions->isStale());
    bench.platform.crash();
    QTRY_VERIFY(bench.functions->isStale());
    QCOMPARE(bench.functions->size(), 2U);
    bench.platform.sendChange("functions", "gamma", functionJson("gamma"));
    bench.platform.listen();
    QTRY_VERIFY(bench.functions->find("gamma") != nullptr);
    QVERIFY(!bench.functions->isStale());
    QCOMPARE(bench.platform.requestsOf("GET", "/v1/functions"), 1); // resumed by id, not listed again
}

void CollectionTest::listsAgainWhenTheIdIsCompacted()
{
    Bench bench;
    bench.platform.setList("/v1/functions", functionsJson({"alpha", "beta"}));
    bench.functions->list();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    QTRY_COMPARE(bench.watch->state(), client::Watch::State::Open);
    QSignalSpy changes(bench.functions.get(), &CollectionBase::changed);
    bench.platform.setLastId(5'000);
    bench.platform.setCompactedBelow(4'000);
    bench.platform.setList("/v1/functions", functionsJson({"beta", "gamma"}));
    bench.platform.cutWatchers();
    QTRY_VERIFY(bench.functions->find("gamma") != nullptr);
    QVERIFY(bench.functions->find("alpha") == nullptr);
    QCOMPARE(changes.size(), 1); // one difference, no reset
    const auto delta = changes.first().first().value<CollectionDelta>();
    QCOMPARE(delta.inserted, std::vector<std::string>{"gamma"});
    QCOMPARE(delta.removed, std::vector<std::string>{"alpha"});
    QVERIFY(delta.updated.empty());
    QTRY_COMPARE(bench.watch->state(), client::Watch::State::Open);
}

void CollectionTest::updatesAtMostTenTimesASecond()
{
    Bench bench;
    bench.platform.setList("/v1/functions", functionsJson({"alpha"}));
    bench.functions->list();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    QSignalSpy changes(bench.functions.get(), &CollectionBase::changed);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 300; ++i) {
        bench.platform.sendChange("functions", "alpha", functionJson("alpha", std::to_string(i)));
        QTest::qWait(1);
    }
    QTRY_COMPARE(bench.functions->find("alpha")->description, "299");
    QVERIFY2(changes.size() <= clock.elapsed() / 100 + 1, qPrintable(QString::number(changes.size())));
}

void CollectionTest::triesAFailedListAgain()
{
    Bench bench;
    bench.platform.on("/v1/functions", [](const tests::TestRequest &) {
        return tests::TestReply{
            .status = 503,
            .body = R"({"type":"/problems/control/busy","title":"busy","status":503,"detail":"Wait."})"};
    });
    bench.functions->list();
    QTRY_COMPARE(bench.functions->state(), CollectionBase::State::Failed);
    QCOMPARE(bench.functions->lastError().type, "control/busy");
    QVERIFY(!bench.functions->isListed());
    bench.platform.setList("/v1/functions", functionsJson({"alpha"}));
    QTRY_COMPARE(bench.functions->size(), 1U);
    QVERIFY(bench.functions->lastError().type.empty());
}

void CollectionTest::listsFiftyThousandOffTheUiThread()
{
    Bench bench;
    QList<QByteArray> items;
    for (int i = 0; i < 50'000; ++i) {
        wire::Function function;
        function.name = "function-" + std::to_string(i);
        function.description = "Handles the orders of a shop and tells the warehouse about them.";
        function.owner = "team-orders";
        function.etag = std::to_string(i * 7);
        function.status = wire::FunctionStatus{};
        function.status->createdAt = wire::parseTime("2026-03-01T10:58:26.204Z");
        function.status->latestBuild = 12;
        function.status->url = "http://127.0.0.1:7070/fn/function-" + std::to_string(i) + "/";
        items.append(QByteArray::fromStdString(wire::write(function)));
    }
    bench.platform.setList("/v1/functions", items, 500);

    // The longest time that the event loop did not come round.
    qint64 longest = 0;
    QElapsedTimer beat;
    beat.start();
    QTimer heart;
    heart.setInterval(0);
    connect(&heart, &QTimer::timeout, this, [&] { longest = std::max(longest, beat.restart()); });
    heart.start();

    QElapsedTimer clock;
    clock.start();
    bench.functions->list();
    QTRY_COMPARE_WITH_TIMEOUT(bench.functions->size(), 50'000U, 60'000);
    const qint64 first = clock.restart();
    const qint64 firstLongest = std::exchange(longest, 0);
    QTRY_COMPARE_WITH_TIMEOUT(bench.functions->state(), CollectionBase::State::Ready, 60'000);
    bench.functions->list();
    QTRY_COMPARE_WITH_TIMEOUT(bench.functions->state(), CollectionBase::State::Ready, 60'000);
    qInfo("50,000 functions in pages of 500: %lld ms, longest pause of the UI thread %lld ms; listed again "
          "unchanged: %lld ms, %lld ms",
          first, firstLongest, clock.elapsed(), longest);
    QCOMPARE(bench.functions->find("function-49999")->owner, "team-orders");
}

QTEST_GUILESS_MAIN(CollectionTest)
#include "tst_collection.moc"
