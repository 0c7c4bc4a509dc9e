// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/metrics.h"

#include <QTest>

#include <functional>

using namespace nest;
using metrics::Metrics;
using std::chrono::microseconds;

namespace {

constexpr std::int64_t start = 1'767'225'600; // a whole hour

const gateway::RevisionKey one{"shop", "default", "main", "local", 1};
const gateway::RevisionKey two{"shop", "default", "main", "local", 2};
const gateway::RevisionKey beta{"shop", "beta", "main", "local", 1};

wire::Time at(std::int64_t second)
{
    return wire::Time(std::chrono::seconds(second));
}

gateway::RevisionSecond traffic(const gateway::RevisionKey &key, std::uint64_t requests,
                                std::uint64_t errors = 0, microseconds latency = microseconds(2000))
{
    gateway::RevisionSecond second;
    second.key = key;
    second.arrivals = requests;
    second.responses = requests;
    second.errors = errors;
    second.concurrencySeconds = static_cast<double>(requests) / 4;
    for (std::uint64_t i = 0; i < requests; ++i) {
        second.latency.add(latency);
    }
    return second;
}

void addSecond(Metrics &metrics, std::int64_t second, std::vector<gateway::RevisionSecond> revisions = {})
{
    for (auto &revision : revisions) {
        revision.second = second;
    }
    metrics.add({second, std::move(revisions), {}});
}

/// Runs the platform for [from, to) with `requests(second)` to revision one.
void run(Metrics &metrics, std::int64_t from, std::int64_t to,
         const std::function<int(std::int64_t)> &requests)
{
    for (auto second = from; second < to; ++second) {
        const int count = requests(second);
        addSecond(metrics, second,
                  count > 0 ? std::vector{traffic(one, static_cast<std::uint64_t>(count))}
                            : std::vector<gateway::RevisionSecond>{});
    }
}

metrics::Query raw(std::vector<std::string> names, std::int64_t from, std::int64_t to)
{
    return {.function = "shop",
            .group = {},
            .version = {},
            .names = std::move(names),
            .from = at(from),
            .to = at(to),
            .width = {},
            .raw = true};
}

wire::Series seriesOf(const Metrics &metrics, const metrics::Query &query)
{
    const auto answer = metrics.query(query);
    return answer && answer->series.size() == 1 ? answer->series.front()
                                                : wire::Series{"no answer", {}, {}, {}};
}

using Values = std::vector<std::optional<double>>;

double sumOf(const wire::Series &series)
{
    double sum = 0;
    for (const auto &value : series.values) {
        sum += value.value_or(0);
    }
    return sum;
}

} // namespace

class MetricsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsOverTheRevisionsThatMatch();
    void tellsZeroFromUnknownAndFromAGap();
    void mergesLatenciesBeforeItTakesAQuantile();
    void keepsExtremesWhenItReduces();
    void answersEverySeriesWithItsUnit();
    void refusesQueriesItCannotAnswer();
    void averagesOverTheWindow();
    void dividesAYoungWindowByItsAge();
    void tellsFiguresOfTheWindow();
    void comesBackFromChunksAsItWas();
    void goesOnInTheChunkThatAShutdownLeftOpen();
    void rollsHoursUpWithoutLosingRequests();
    void answersOldRangesFromRollUps();
    void readsRollUpsWhenColumnsAreWide();
    void dropsSecondsAfter48Hours();
    void handsOutEachClosedChunkOnce();
    void refusesBrokenChunksAndStaysUsable();
    void forgetsARevision();
};

void MetricsTest::sumsOverTheRevisionsThatMatch()
{
    Metrics metrics;
    addSecond(metrics, start, {traffic(one, 3), traffic(two, 5, 2), traffic(beta, 11)});
    addSecond(metrics, start + 1, {traffic(two, 7)});
    auto query = raw({"requestsPerSecond"}, start, start + 2);
    QCOMPARE(seriesOf(metrics, query).values, (Values{19, 7}));
    query.group = "default/main/local";
    QCOMPARE(seriesOf(metrics, query).values, (Values{8, 7}));
    query.version = 1;
    QCOMPARE(seriesOf(metrics, query).values, (Values{3, 0}));
    query.version.reset();
    query.names = {"errorsPerSecond"};
    QCOMPARE(seriesOf(metrics, query).values, (Values{2, 0}));
    query.names = {"successPercent"};
    QCOMPARE(seriesOf(metrics, query).values, (Values{75, 100}));

    metrics.setGauges(one, {.ready = 2, .starting = 1, .desired = 3, .reserved = 0, .target = 70},
                      at(start + 1));
    metrics.setGauges(two, {.ready = 1, .starting = 0, .desired = 1, .reserved = 1, .target = 50},
                      at(start + 1));
    query.names = {"capacity"};
    QCOMPARE(seriesOf(metrics, query).values, (Values{std::nullopt, 190}));
    query.names = {"reserved"};
    QCOMPARE(seriesOf(metrics, query).values, (Values{std::nullopt, 1}));
}

void MetricsTest::tellsZeroFromUnknownAndFromAGap()
{
    Metrics metrics;
    addSecond(metrics, start); // running, but the revision is not there yet
    addSecond(metrics, start + 1, {traffic(one, 1)});
    addSecond(metrics, start + 2);
    // start + 3: the platform did not run
    addSecond(metrics, start + 4);
    const auto rate = seriesOf(metrics, raw({"requestsPerSecond"}, start, start + 10));
    QCOMPARE(rate.times,
             (std::vector<std::int64_t>{(start + 1) * 1000, (start + 2) * 1000, (start + 4) * 1000}));
    QCOMPARE(rate.values, (Values{1, 0, 0}));
    QCOMPARE(seriesOf(metrics, raw({"p99Ms"}, start + 2, start + 3)).values, (Values{std::nullopt}));
    QCOMPARE(seriesOf(metrics, raw({"successPercent"}, start + 2, start + 3)).values, (Values{std::nullopt}));
    QCOMPARE(seriesOf(metrics, raw({"ready"}, start + 2, start + 3)).values, (Values{std::nullopt}));
}

void MetricsTest::mergesLatenciesBeforeItTakesAQuantile()
{
    Metrics metrics;
    // 98 quick requests in one revision, 2 slow in the other: the average of two p99s would say about 500.
    addSecond(metrics, start,
              {traffic(one, 98, 0, microseconds(1000)), traffic(two, 2, 0, microseconds(1'000'000))});
    const auto p99 = seriesOf(metrics, raw({"p99Ms"}, start, start + 1)).values.front();
    QVERIFY(p99);
    QVERIFY2(std::abs(*p99 - 1000) < 1000 / 16.0, qPrintable(QString::number(*p99)));
    const auto p50 = seriesOf(metrics, raw({"p50Ms"}, start, start + 1)).values.front();
    QVERIFY(p50);
    QVERIFY(std::abs(*p50 - 1) < 1 / 16.0);

    // A column takes all its requests together too.
    Metrics longer;
    run(longer, start, start + 599, [](std::int64_t) { return 10; });
    addSecond(longer, start + 599, {traffic(one, 100, 0, microseconds(500'000))});
    auto query = raw({"p99Ms"}, start, start + 600);
    query.raw = false;
    query.width = 1;
    const auto column = seriesOf(longer, query);
    QCOMPARE(column.values.size(), std::size_t(1));
    QVERIFY(std::abs(column.values.front().value() - 500) < 500 / 16.0);
}

void MetricsTest::keepsExtremesWhenItReduces()
{
    Metrics metrics;
    run(metrics, start, start + 600, [](std::int64_t second) {
        return second == start + 333 ? 500 : second == start + 444 ? 0 : 10 + static_cast<int>(second % 7);
    });
    auto query = raw({"requestsPerSecond"}, start, start + 600);
    query.raw = false;
    query.width = 20;
    const auto series = seriesOf(metrics, query);
    QVERIFY(series.values.size() <= 80);
    QVERIFY(std::ranges::is_sorted(series.times));
    const auto spike = std::ranges::find(series.values, std::optional<double>(500));
    QVERIFY(spike != series.values.end());
    QCOMPARE(series.times[static_cast<std::size_t>(spike - series.values.begin())], (start + 333) * 1000);
    QVERIFY(std::ranges::contains(series.values, std::optional<double>(0)));
    QCOMPARE(series.times.front(), start * 1000);
    QCOMPARE(series.times.back(), (start + 599) * 1000);
}

void MetricsTest::answersEverySeriesWithItsUnit()
{
    Metrics metrics;
    addSecond(metrics, start, {traffic(one, 1)});
    const auto answer = metrics.query(raw({}, start, start + 1));
    QVERIFY(answer);
    QStringList names;
    for (const auto &series : answer->series) {
        QVERIFY(!series.unit.empty());
        QCOMPARE(series.times.size(), std::size_t(1));
        names.append(QString::fromStdString(series.name));
    }
    QCOMPARE(names.join(QLatin1Char(' ')),
             QLatin1String("requestsPerSecond errorsPerSecond rejectedPerSecond retriesPerSecond "
                           "fallbacksPerSecond successPercent p50Ms p99Ms concurrency inFlight queued "
                           "waitMaxSeconds ready starting desired reserved capacity"));
}

void MetricsTest::refusesQueriesItCannotAnswer()
{
    const Metrics metrics;
    const auto typeOf = [&](metrics::Query query) {
        const auto answer = metrics.query(query);
        return answer ? std::string() : answer.error().type;
    };
    QCOMPARE(typeOf(raw({"speed"}, start, start + 1)), std::string("metrics/bad-query"));
    QCOMPARE(typeOf(raw({"ready"}, start, start)), std::string("metrics/bad-query"));
    auto query = raw({"ready"}, start, start + 1);
    query.group = "default/main";
    QCOMPARE(typeOf(query), std::string("metrics/bad-query"));
    query.group.reset();
    query.width = 0;
    QCOMPARE(typeOf(query), std::string("metrics/bad-query"));
}

void MetricsTest::averagesOverTheWindow()
{
    Metrics metrics;
    metrics.setGauges(one, {}, at(start));
    run(metrics, start, start + 120, [](std::int64_t second) { return second < start + 60 ? 10 : 40; });
    const auto average = [&](int window, std::int64_t now) {
        return metrics.average(one, wire::ScalingMetric::RequestsPerSecond, window, now);
    };
    QCOMPARE(average(60, start + 119), std::optional(40.0));
    QCOMPARE(average(60, start + 89), std::optional(25.0));
    QCOMPARE(average(6, start + 62), std::optional(25.0));
    QCOMPARE(metrics.average(one, wire::ScalingMetric::Concurrency, 60, start + 119), std::optional(10.0));
    QCOMPARE(metrics.average(one, wire::ScalingMetric::Cpu, 60, start + 119), std::optional<double>());
    QCOMPARE(metrics.average(two, {}, 60, start + 119), std::optional<double>());
    // The newest second is not there yet: the divisor shrinks, the average does not dip.
    QCOMPARE(average(6, start + 120), std::optional(40.0));
    // A silence that was watched is load 0, one that nobody watched is not known.
    run(metrics, start + 120, start + 126, [](std::int64_t) { return 0; });
    QCOMPARE(average(6, start + 125), std::optional(0.0));
    QCOMPARE(average(6, start + 200), std::optional<double>());
}

void MetricsTest::dividesAYoungWindowByItsAge()
{
    Metrics metrics;
    run(metrics, start, start + 10, [](std::int64_t) { return 0; });
    addSecond(metrics, start + 10, {traffic(one, 30)});
    const auto average = [&](std::int64_t now) {
        return metrics.average(one, wire::ScalingMetric::RequestsPerSecond, 60, now);
    };
    QCOMPARE(average(start + 10), std::optional(30.0));
    addSecond(metrics, start + 11);
    addSecond(metrics, start + 12);
    QCOMPARE(average(start + 12), std::optional(10.0));
    QCOMPARE(metrics.averagedSeconds(one, {}, 60, start + 12), std::optional(3));
}

void MetricsTest::tellsFiguresOfTheWindow()
{
    Metrics metrics;
    run(metrics, start, start + 10, [](std::int64_t) { return 4; });
    auto busy = traffic(one, 10, 5, microseconds(100'000));
    busy.inFlight = 3;
    busy.queued = 2;
    addSecond(metrics, start + 10, {busy});
    auto figures = metrics.figures(one, 60, start + 10);
    QCOMPARE(figures.successPercent, std::optional(90.0));
    QCOMPARE(figures.inFlight, 3u);
    QCOMPARE(figures.queued, 2u);
    QCOMPARE(figures.secondsSinceLastRequest, std::optional(0.0));
    QVERIFY(std::abs(figures.p99Ms.value() - 100) < 100 / 16.0);
    run(metrics, start + 11, start + 100, [](std::int64_t) { return 0; });
    figures = metrics.figures(one, 60, start + 99);
    QCOMPARE(figures.requestsPerSecond, std::optional(0.0));
    QCOMPARE(figures.secondsSinceLastRequest, std::optional(89.0));
    QCOMPARE(figures.successPercent, std::optional<double>());
    QCOMPARE(figures.p99Ms, std::optional<double>());
    QCOMPARE(figures.inFlight, 0u);
    QCOMPARE(metrics.figures(two, 60, start + 99).requestsPerSecond, std::optional<double>());
}

void MetricsTest::comesBackFromChunksAsItWas()
{
    const auto names = std::vector<std::string>{};
    Metrics before;
    before.setGauges(one, {.ready = 2, .starting = 0, .desired = 2, .reserved = 1, .target = 70},
                     at(start + 5));
    std::vector<Metrics::Chunk> stored;
    for (auto second = start; second < start + 1500; ++second) {
        const auto requests = second % 3 == 0 ? 0 : static_cast<int>(second % 11);
        run(before, second, second + 1, [&](std::int64_t) { return requests; });
        std::ranges::move(before.takeClosedChunks(second + 1), std::back_inserter(stored));
    }
    std::ranges::move(before.openChunks(), std::back_inserter(stored));

    Metrics after;
    for (const auto &chunk : stored) {
        QVERIFY(after.restore(chunk));
    }
    const auto expected = before.query(raw(names, start, start + 1500));
    const auto actual = after.query(raw(names, start, start + 1500));
    QVERIFY(expected && actual);
    QCOMPARE(actual->series.size(), expected->series.size());
    for (std::size_t i = 0; i < expected->series.size(); ++i) {
        QCOMPARE(actual->series[i].times, expected->series[i].times);
        QVERIFY2(actual->series[i].values == expected->series[i].values, expected->series[i].name.c_str());
    }
    QCOMPARE(expected->series.front().times.size(), std::size_t(1499)); // known since its first request
    QCOMPARE(after.figures(one, 60, start + 1499).secondsSinceLastRequest,
             before.figures(one, 60, start + 1499).secondsSinceLastRequest);
    QCOMPARE(after.average(one, wire::ScalingMetric::RequestsPerSecond, 60, start + 1499),
             before.average(one, wire::ScalingMetric::RequestsPerSecond, 60, start + 1499));
}

void MetricsTest::goesOnInTheChunkThatAShutdownLeftOpen()
{
    Metrics before;
    before.setGauges(one, {.ready = 1, .starting = 0, .desired = 1, .reserved = 0, .target = 70}, at(start));
    run(before, start, start + 100, [](std::int64_t) { return 3; });
    Metrics after;
    for (const auto &chunk : before.openChunks()) {
        QVERIFY(after.restore(chunk));
    }
    // Away for 50 s, then on in the same ten minutes and beyond.
    run(after, start + 150, start + 700, [](std::int64_t) { return 2; });
    const auto check = [](const Metrics &metrics) {
        const auto series = seriesOf(metrics, raw({"requestsPerSecond"}, start, start + 700));
        QCOMPARE(series.times.size(), std::size_t(650));
        QCOMPARE(sumOf(series), 100 * 3.0 + 550 * 2.0);
    };
    check(after);
    auto chunks = after.takeClosedChunks(start + 700);
    QCOMPARE(chunks.size(), std::size_t(2)); // the run log and the revision
    check(after);
    std::ranges::move(after.openChunks(), std::back_inserter(chunks));
    Metrics third;
    for (const auto &chunk : chunks) {
        QVERIFY(third.restore(chunk));
    }
    check(third);
}

namespace {

/// Runs for `seconds` with 2 requests in every fifth second, closing as the platform would.
std::vector<Metrics::Chunk> runLong(Metrics &metrics, std::int64_t seconds)
{
    std::vector<Metrics::Chunk> chunks;
    for (auto second = start; second < start + seconds; ++second) {
        run(metrics, second, second + 1, [](std::int64_t now) { return now % 5 == 0 ? 2 : 0; });
        std::ranges::move(metrics.takeClosedChunks(second + 1), std::back_inserter(chunks));
    }
    return chunks;
}

} // namespace

void MetricsTest::rollsHoursUpWithoutLosingRequests()
{
    Metrics metrics;
    const auto chunks = runLong(metrics, 2 * 3600 + 10);
    const auto isRollUp = [](const auto &chunk) {
        return chunk.resolutionSeconds == 10 && chunk.key == one;
    };
    QCOMPARE(std::ranges::count_if(chunks, isRollUp), 2);
    // Only the roll-ups and the run log come back: what is left after 48 hours.
    Metrics old;
    for (const auto &chunk : chunks) {
        if (chunk.resolutionSeconds == 10) {
            QVERIFY(old.restore(chunk));
        }
    }
    addSecond(old, start + 3 * 24 * 3600);
    const auto series = seriesOf(old, raw({"requestsPerSecond"}, start, start + 7200));
    QCOMPARE(series.times.size(), std::size_t(720));
    QCOMPARE(sumOf(series) * 10, 7200 / 5 * 2.0);
}

void MetricsTest::answersOldRangesFromRollUps()
{
    Metrics metrics;
    (void)runLong(metrics, 3600 + 10);
    addSecond(metrics, start + 49 * 3600);
    const auto answer = metrics.query(raw({"requestsPerSecond"}, start, start + 3600));
    QVERIFY(answer);
    QCOMPARE(answer->resolutionSeconds, 10);
    QCOMPARE(answer->series.front().values.front(), std::optional(0.4));
    QCOMPARE(sumOf(answer->series.front()) * 10, 3600 / 5 * 2.0);
}

void MetricsTest::readsRollUpsWhenColumnsAreWide()
{
    Metrics metrics;
    (void)runLong(metrics, 2 * 3600 + 100);
    auto query = raw({"requestsPerSecond"}, start, start + 7200);
    query.raw = false;
    query.width = 100;
    const auto wide = metrics.query(query);
    QVERIFY(wide);
    QCOMPARE(wide->resolutionSeconds, 10);
    QVERIFY(wide->series.front().values.size() <= 400);
    QVERIFY(std::ranges::all_of(wide->series.front().values, [](const auto &value) { return value == 0.4; }));
    query.width = 1000;
    QCOMPARE(metrics.query(query)->resolutionSeconds, 1);
    query.width = 100;
    query.raw = true;
    QCOMPARE(metrics.query(query)->resolutionSeconds, 1);
}

void MetricsTest::dropsSecondsAfter48Hours()
{
    Metrics metrics;
    (void)runLong(metrics, 700);
    const auto later = start + 50 * 3600;
    addSecond(metrics, later);
    (void)metrics.takeClosedChunks(later + 700);
    const auto series = seriesOf(metrics, raw({"requestsPerSecond"}, later - 47 * 3600, later + 1));
    QCOMPARE(series.values, (Values{0}));
    QCOMPARE(Metrics::retentionSeconds(1), std::int64_t(48 * 3600));
    QCOMPARE(Metrics::retentionSeconds(10), std::int64_t(30 * 24 * 3600));
}

void MetricsTest::handsOutEachClosedChunkOnce()
{
    Metrics metrics;
    constexpr int revisions = 100;
    std::vector<gateway::RevisionSecond> seconds;
    for (int version = 1; version <= revisions; ++version) {
        seconds.push_back(traffic({"shop", "default", "main", "local", version}, 1));
    }
    addSecond(metrics, start, seconds);
    addSecond(metrics, start + 599);
    QVERIFY(metrics.takeClosedChunks(start + 600).empty()); // its last second may still be on its way
    std::vector<gateway::RevisionKey> keys;
    for (auto now = start + 603; now < start + 620; ++now) {
        for (const auto &chunk : metrics.takeClosedChunks(now)) {
            QCOMPARE(chunk.start, start);
            keys.push_back(chunk.key);
        }
    }
    QCOMPARE(keys.size(), std::size_t(revisions + 1));
    std::ranges::sort(keys);
    QVERIFY(std::ranges::adjacent_find(keys) == keys.end());
    QVERIFY(metrics.openChunks().empty());
}

void MetricsTest::refusesBrokenChunksAndStaysUsable()
{
    Metrics metrics;
    Metrics source;
    run(source, start, start + 20, [](std::int64_t) { return 3; });
    for (const auto &chunk : source.openChunks()) {
        for (std::size_t cut = 0; cut < chunk.blob.size(); ++cut) {
            auto broken = chunk;
            broken.blob.resize(cut);
            QVERIFY(!metrics.restore(broken));
        }
        auto moved = chunk;
        moved.start += 7;
        QVERIFY(!metrics.restore(moved));
    }
    for (const auto &chunk : source.openChunks()) {
        QVERIFY(metrics.restore(chunk));
    }
    QCOMPARE(sumOf(seriesOf(metrics, raw({"requestsPerSecond"}, start, start + 20))), 60.0);
}

void MetricsTest::forgetsARevision()
{
    Metrics metrics;
    addSecond(metrics, start, {traffic(one, 3), traffic(two, 4)});
    metrics.forget(one);
    QCOMPARE(seriesOf(metrics, raw({"requestsPerSecond"}, start, start + 1)).values, (Values{4}));
    metrics.forget(two);
    QVERIFY(seriesOf(metrics, raw({"requestsPerSecond"}, start, start + 1)).values.empty());
}

QTEST_GUILESS_MAIN(MetricsTest)
#include "tst_metrics.moc"
