// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The log store as its users see it: what is appended is read back in order and once, followed, searched.

#include "tests/platform/logs/logstoretest.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace nest;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestLogStore final : public logs::LogStoreTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void showsTheNewestLinesOldestFirst();
    void goesForwardFromACursor();
    void filtersLines_data();
    void filtersLines();
    void dropsAndCountsBeyondTheQueue();
    void countsLinesLostElsewhere();
    void tellsFollowersAtMostFiveTimesASecond();
    void followsToTheLastLine();
    void endsASearchThatFindsLittle();
    void forgetsAFunction();
    void answersBeforeOpenAndForUnknownNames();
    void takesAHundredThousandLines();
};

void TestLogStore::showsTheNewestLinesOldestFirst()
{
    print(10);
    const auto answer = page({.limit = 3});
    QCOMPARE(answer.items.size(), 3U);
    QCOMPARE(answer.items[0].message, "line 8");
    QCOMPARE(answer.items[2].message, "line 10");
    QCOMPARE(answer.items[2].sequence, 10);
    QCOMPARE(answer.items[2].function, "checkout");
    QCOMPARE(answer.items[2].time, m_now);
    QCOMPARE(answer.nextSequence, 11);
    QCOMPARE(answer.dropped, 0);
}

void TestLogStore::goesForwardFromACursor()
{
    print(10);
    auto answer = page({.after = 0, .limit = 4});
    QCOMPARE(answer.items.front().sequence, 1);
    QCOMPARE(answer.items.back().sequence, 4);
    QCOMPARE(answer.nextSequence, 5);
    answer = page({.after = answer.nextSequence - 1, .limit = 100});
    QCOMPARE(answer.items.front().sequence, 5);
    QCOMPARE(answer.items.size(), 6U);
    QCOMPARE(answer.nextSequence, 11);
    answer = page({.after = answer.nextSequence - 1});
    QVERIFY(answer.items.empty());
    QCOMPARE(answer.nextSequence, 11);
    // A cursor from before the function was made anew leads back to the log that there is.
    QCOMPARE(page({.after = 5000}).nextSequence, 11);
}

void TestLogStore::filtersLines_data()
{
    QTest::addColumn<logs::Query>("query");
    QTest::addColumn<QList<qint64>>("sequences");
    const auto at = [](std::chrono::seconds after) {
        return wire::Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)) + after;
    };
    QTest::newRow("all") << logs::Query{} << QList<qint64>{1, 2, 3, 4};
    QTest::newRow("instance") << logs::Query{.instance = "i-2"} << QList<qint64>{2, 4};
    QTest::newRow("part of an instance's name") << logs::Query{.instance = "i-"} << QList<qint64>{};
    QTest::newRow("group") << logs::Query{.group = "default/main/local"} << QList<qint64>{1, 3};
    QTest::newRow("another group") << logs::Query{.group = "default/pr-7/local"} << QList<qint64>{2};
    QTest::newRow("no such group") << logs::Query{.group = "default/main"} << QList<qint64>{};
    QTest::newRow("at least warn") << logs::Query{.atLeast = wire::Severity::Warn} << QList<qint64>{3, 4};
    QTest::newRow("at least error") << logs::Query{.atLeast = wire::Severity::Error} << QList<qint64>{4};
    QTest::newRow("at least debug") << logs::Query{.atLeast = wire::Severity::Debug}
                                    << QList<qint64>{1, 2, 3, 4};
    QTest::newRow("text") << logs::Query{.text = "PAID"} << QList<qint64>{2, 3};
    QTest::newRow("from") << logs::Query{.from = at(20s)} << QList<qint64>{3, 4};
    QTest::newRow("to") << logs::Query{.to = at(10s)} << QList<qint64>{1, 2};
    QTest::newRow("between") << logs::Query{.from = at(10s), .to = at(20s)} << QList<qint64>{2, 3};
    QTest::newRow("after") << logs::Query{.after = 2, .text = "paid"} << QList<qint64>{3};
    QTest::newRow("all at once") << logs::Query{.after = 0,
                                                .instance = "i-1",
                                                .atLeast = wire::Severity::Info,
                                                .text = "paid",
                                                .from = at(1s)}
                                 << QList<qint64>{3};
}

void TestLogStore::filtersLines()
{
    const auto put = [&](const char *instance, const char *stream, const char *text, int seconds,
                         const char *group) {
        printOne({.function = "checkout",
                  .version = 1,
                  .instance = instance,
                  .group = group,
                  .stream = stream,
                  .line = text,
                  .time = m_now + std::chrono::seconds(seconds)});
    };
    put("i-1", "stdout", R"(got "severity":"error" in it)", 0, "default/main/local");
    put("i-2", "stdout", "order paid", 10, "default/pr-7/local");
    put("i-1", "stderr", "Paid late", 20, "default/main/local");
    put("i-2", "stderr", "TypeError: no", 30, ""); // as before groups were kept

    QFETCH(logs::Query, query);
    QList<qint64> found;
    for (const auto &line : page(query).items) {
        found.append(line.sequence);
    }
    QTEST(found, "sequences");
}

void TestLogStore::dropsAndCountsBeyondTheQueue()
{
    m_config.queueLines = 100;
    m_store = std::make_unique<logs::LogStore>(m_config);
    print(150); // not open yet, so nothing is taken from the queue
    QVERIFY(m_store->open());
    const auto answer = page({.after = 0});
    QCOMPARE(answer.items.size(), 100U);
    QCOMPARE(answer.dropped, 50);
    QCOMPARE(answer.nextSequence, 101);
    print(50, "later"); // there is room again
    QCOMPARE(page({.after = 0}).items.size(), 150U);
    QCOMPARE(page().dropped, 50);
}

void TestLogStore::countsLinesLostElsewhere()
{
    m_store->countDropped("checkout", 7);
    m_store->countDropped("other", 2);
    m_store->countDropped("checkout", 1);
    QCOMPARE(page().dropped, 8);
    QCOMPARE(page({.function = "other"}).dropped, 2);
}

void TestLogStore::tellsFollowersAtMostFiveTimesASecond()
{
    QSignalSpy appended(m_store.get(), &logs::LogStore::appended);
    QElapsedTimer timer;
    timer.start();
    int count = 0;
    while (timer.elapsed() < 1100) { // a line every few milliseconds, as a busy function prints
        print(1, std::to_string(++count));
        QTest::qWait(5);
    }
    const auto limit = timer.elapsed() / 200 + 1;
    QVERIFY2(appended.size() >= 2 && appended.size() <= limit, qPrintable(QString::number(appended.size())));
    QCOMPARE(appended.constFirst().constFirst().value<std::string>(), "checkout");
}

void TestLogStore::followsToTheLastLine()
{
    QSignalSpy appended(m_store.get(), &logs::LogStore::appended);
    std::vector<std::int64_t> seen;
    std::int64_t after = 0;
    int burst = 0;
    while (seen.size() < 2000U) { // reads only when told to, while the function goes on printing
        if (++burst <= 20) {
            print(100);
        }
        QVERIFY2(QTest::qWaitFor([&] { return !appended.isEmpty(); }, 5000), "no word of the last lines");
        appended.clear();
        const auto answer = page({.after = after, .limit = 5000});
        for (const auto &line : answer.items) {
            seen.push_back(line.sequence);
        }
        after = answer.nextSequence - 1;
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
        QCOMPARE(seen[i], std::int64_t(i) + 1);
    }
}

void TestLogStore::endsASearchThatFindsLittle()
{
    m_config.queueLines = 1'000'000;
    m_config.maxBytesPerFunction = 1 << 30;
    start();
    printOne({.function = "checkout", .stream = "stdout", .line = "needle"});
    print(int(logs::maxLinesSearched) + 10);
    printOne({.function = "checkout", .stream = "stdout", .line = "needle"});
    auto answer = page({.after = 0, .text = "needle"});
    QCOMPARE(answer.items.size(), 1U);
    QCOMPARE(answer.nextSequence, logs::maxLinesSearched + 1);
    answer = page({.after = answer.nextSequence - 1, .text = "needle"});
    QCOMPARE(answer.items.size(), 1U);
    QCOMPARE(answer.nextSequence, logs::maxLinesSearched + 13);
    QCOMPARE(page({.text = "needle"}).items.size(), 1U);
}

void TestLogStore::forgetsAFunction()
{
    print(3);
    print(2, "line", "other");
    m_store->countDropped("checkout", 4);
    m_store->forget("checkout");
    auto answer = page();
    QVERIFY(answer.items.empty());
    QCOMPARE(answer.dropped, 0);
    QVERIFY(!QDir(folder()).exists());
    QCOMPARE(page({.function = "other"}).items.size(), 2U);
    print(1, "anew");
    answer = page();
    QCOMPARE(answer.items.size(), 1U);
    QCOMPARE(answer.items.front().sequence, 1);
}

void TestLogStore::answersBeforeOpenAndForUnknownNames()
{
    const auto unknown = page({.function = "unknown"});
    QVERIFY(unknown.items.empty());
    QCOMPARE(unknown.nextSequence, 1);
    QVERIFY(!QDir(m_dir->filePath(u"logs/unknown"_s)).exists());
    // A name never leads out of the folder.
    printOne({.function = "../escaped", .stream = "stdout", .line = "x"});
    m_store->forget("..");
    m_store->forget("");
    QVERIFY(page({.function = "../escaped"}).items.empty());
    QVERIFY(!QDir(m_dir->filePath(u"escaped"_s)).exists());
    QVERIFY(QDir(m_dir->filePath(u"logs"_s)).exists());

    logs::LogStore closed(m_config);
    closed.flush(); // nothing to wait for
    const auto answer = QCoro::waitFor(closed.page({.function = "checkout"}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().type, "logs/closed");
    logs::LogStore nowhere({.directory = "/proc/none"});
    QCOMPARE(nowhere.open().error().type, "logs/unwritable");
}

void TestLogStore::takesAHundredThousandLines()
{
    m_config.queueLines = 200'000;
    start();
    QElapsedTimer timer;
    timer.start();
    for (int i = 1; i <= 100'000; ++i) {
        printOne({.function = "checkout",
                  .version = 1,
                  .instance = "i-01JABCDEF",
                  .stream = "stdout",
                  .line = R"({"time":"2026-03-01T10:00:00.000Z","severity":"info","message":"order )" +
                          std::to_string(i) + R"( paid","requestId":"req-)" + std::to_string(i) + "\"}"});
    }
    m_store->flush();
    const auto written = timer.restart();
    const auto last = page({.limit = 200});
    const auto tail = timer.restart();
    QCOMPARE(last.items.size(), 200U);
    QCOMPARE(last.items.back().message, "order 100000 paid");
    QCOMPARE(last.items.back().requestId, "req-100000");
    QCOMPARE(last.dropped, 0);
    const auto middle = page({.after = 50'000, .limit = 200});
    const auto seek = timer.restart();
    QCOMPARE(middle.items.front().sequence, 50'001);
    const auto search = page({.atLeast = wire::Severity::Error});
    const auto searched = timer.restart();
    QVERIFY(search.items.empty());
    QVERIFY(page({.text = "nothing like it"}).items.empty());
    const auto searchedText = timer.restart();
    std::int64_t after = 0;
    std::int64_t expected = 1;
    while (true) {
        const auto answer = page({.after = after, .limit = 5000});
        if (answer.items.empty()) {
            break;
        }
        for (const auto &line : answer.items) {
            QCOMPARE(line.sequence, expected++);
        }
        after = answer.nextSequence - 1;
    }
    QCOMPARE(expected, 100'001);
    const auto readAll = timer.elapsed();
    qInfo(
        "100,000 lines: written in %lld ms; newest 200 in %lld ms, 200 from the middle in %lld ms, search by "
        "severity in %lld ms, by text in %lld ms, all read in %lld ms",
        static_cast<long long>(written), static_cast<long long>(tail), static_cast<long long>(seek),
        static_cast<long long>(searched), static_cast<long long>(searchedText),
        static_cast<long long>(readAll));
    QVERIFY(files(u"*.zst"_s).size() >= 3);
}

QTEST_GUILESS_MAIN(TestLogStore)
#include "tst_logs_store.moc"
