// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/block.h"
#include "platform/metrics/reduce.h"
#include "platform/metrics/revisionhistory.h"
#include "platform/metrics/runlog.h"

#include <QTest>

#include <random>

using namespace nest::metrics;

class MetricsPartsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blockComesBackFromItsBlob();
    void blockRefusesNoise();
    void aBusyChunkIsSmall();
    void laterSecondsAddUpAndLevelsKeepTheLargest();
    void columnKeepsFirstExtremesAndLast();
    void runLogCountsOnlyWhatRan();
    void gaugesAreThoseOfTheSecondsEnd();
};

namespace {

Block busyBlock(std::int64_t start, int seconds)
{
    std::mt19937 engine(7);
    const auto random = [&] {
        return static_cast<std::uint32_t>(engine());
    };
    Block block;
    for (int i = 0; i < seconds; ++i) {
        Sample sample;
        sample.arrivals = 100 + random() % 50;
        sample.responses = sample.arrivals;
        sample.errors = random() % 3;
        sample.inFlight = random() % 9;
        sample.concurrencySeconds = (random() % 1'000'000) / 1e6;
        std::uint16_t bucket = 90;
        for (int j = 0; j < 20; ++j) {
            bucket = static_cast<std::uint16_t>(bucket + 1 + random() % 3);
            sample.latency.push_back({bucket, static_cast<std::uint32_t>(1 + random() % 12)});
        }
        block.points.push_back({start + i, sample});
    }
    block.gauges = {{start, {1, 0, 1, 0, 70}}, {start + 30, {2, 1, 3, 1, 70.5}}};
    return block;
}

} // namespace

void MetricsPartsTest::blockComesBackFromItsBlob()
{
    const auto block = busyBlock(6000, 600);
    const auto back = decode(encode(block, 6000), 6000, 600);
    QVERIFY(back);
    QVERIFY(*back == block);
    QVERIFY(decode(encode({}, 6000), 6000, 600) == Block{});
    QVERIFY(!decode(encode(block, 6000), 6000, 300)); // seconds outside the stretch
}

void MetricsPartsTest::blockRefusesNoise()
{
    std::mt19937 random(11);
    int accepted = 0;
    for (int round = 0; round < 2000; ++round) {
        std::string plain(random() % 200, '\0');
        std::ranges::generate(plain, [&] { return static_cast<char>(random() % 256); });
        accepted += decode(std::string(1, '\1') + compress(plain), 6000, 600) ? 1 : 0;
        accepted += decode(plain, 6000, 600) ? 1 : 0;
    }
    QCOMPARE(accepted, 0);
}

void MetricsPartsTest::aBusyChunkIsSmall()
{
    const auto size = encode(busyBlock(6000, 600), 6000).size();
    qInfo("600 busy seconds with 20 latency buckets each: %zu bytes", size);
    QVERIFY(size < 24 * 1024);
}

void MetricsPartsTest::laterSecondsAddUpAndLevelsKeepTheLargest()
{
    Sample first{
        .arrivals = 3, .inFlight = 7, .queued = 1, .waitMaxSeconds = 0.5, .latency = {{4, 2}, {9, 1}}};
    const Sample second{
        .arrivals = 4, .inFlight = 2, .queued = 5, .waitMaxSeconds = 0.2, .latency = {{1, 1}, {9, 2}}};
    mergeLater(first, second);
    const Sample expected{.arrivals = 7,
                          .inFlight = 7,
                          .queued = 5,
                          .waitMaxSeconds = 0.5,
                          .latency = {{1, 1}, {4, 2}, {9, 3}}};
    QVERIFY(first == expected);
}

void MetricsPartsTest::columnKeepsFirstExtremesAndLast()
{
    Column column;
    std::vector<TimedValue> points;
    for (const auto &[time, value] :
         std::vector<TimedValue>{{1, 5}, {2, {}}, {3, 9}, {4, 1}, {5, 6}, {6, 5}}) {
        column.add({time, value});
    }
    column.moveTo(points);
    QCOMPARE(points, (std::vector<TimedValue>{{1, 5}, {3, 9}, {4, 1}, {6, 5}}));
    column.add({7, {}});
    column.moveTo(points);
    column.moveTo(points);
    QCOMPARE(points.back(), (TimedValue{7, {}}));
    QCOMPARE(points.size(), std::size_t(5));
}

void MetricsPartsTest::runLogCountsOnlyWhatRan()
{
    RunLog log;
    for (const auto second : {1195, 1199, 1200, 1300}) {
        log.add(second);
    }
    QCOMPARE(log.ranSeconds(1190, 1210), 3);
    QVERIFY(!log.ran(1196));
    RunLog back;
    QVERIFY(back.restore(600, log.encoded(600)));
    QVERIFY(back.restore(1200, log.encoded(1200)));
    QCOMPARE(back.ranSeconds(0, 2000), 4);
    QCOMPARE(back.lastSecond(), std::optional<std::int64_t>(1300));
    QVERIFY(!back.restore(600, "noise"));
    QVERIFY(log.encoded(6000).empty());
    back.dropBefore(1200);
    QCOMPARE(back.ranSeconds(0, 2000), 2);
}

void MetricsPartsTest::gaugesAreThoseOfTheSecondsEnd()
{
    RevisionHistory history;
    QVERIFY(!history.recentGaugesAt(1'000));
    history.setGauges(1'000, {.ready = 1, .starting = 1, .desired = 2, .reserved = 0, .target = 70});
    history.setGauges(1'000, {.ready = 2, .starting = 0, .desired = 2, .reserved = 0, .target = 70});
    history.setGauges(1'003, {.ready = 5, .starting = 0, .desired = 5, .reserved = 0, .target = 70});
    QVERIFY(!history.recentGaugesAt(999));
    QCOMPARE(history.recentGaugesAt(1'000)->ready, 2);
    QCOMPARE(history.recentGaugesAt(1'002)->ready, 2); // what became ready later had no part in it
    QCOMPARE(history.recentGaugesAt(1'003)->ready, 5);
}

QTEST_GUILESS_MAIN(MetricsPartsTest)
#include "tst_metricsparts.moc"
