// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/scalingmodel.h"
#include "tests/models/sessionbench.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace nest;
using namespace nest::models;
using tests::SessionBench;

class ScalingModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void showsTheRangeAndExtendsItLive();
    void keepsAGapAGap();
    void seesNoGapBetweenPixelColumns();
    void keepsTheSecondThatPassesWhileItAsks();
    void knowsNothingOfAnUnknownDeployment();
    void saysWhyThereAreNoSeries();
};

namespace {

/// Answers 20 s of requestsPerSecond up to now, with 5 s missing in the middle.
void answerMetrics(tests::TestPlatform &platform)
{
    platform.setList("/v1/decisions", {});
    platform.on("/v1/metrics/query", [](const tests::TestRequest &request) {
        wire::MetricsAnswer answer;
        answer.from = wire::parseTime(request.query["from"].toStdString()).value();
        answer.to = wire::parseTime(request.query["to"].toStdString()).value();
        answer.resolutionSeconds = 1;
        wire::Series series;
        series.name = "requestsPerSecond";
        const auto end = answer.to.time_since_epoch().count();
        for (int second = 20; second > 0; --second) {
            if (second > 10 || second <= 5) {
                series.times.push_back(end - second * 1'000LL);
                series.values.push_back(7.0);
            }
        }
        answer.series.push_back(series);
        return tests::TestReply{.body = QByteArray::fromStdString(wire::write(answer))};
    });
}

} // namespace

void ScalingModelTest::showsTheRangeAndExtendsItLive()
{
    SessionBench bench;
    answerMetrics(bench.platform);
    ScalingModel model(*bench.session);
    QSignalSpy extended(&model, &ScalingModel::seriesExtended);
    bench.session->start();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    model.setTarget({.function = "alpha", .group = {}});
    QCOMPARE(model.state(), ScalingModel::State::Loading);
    QTRY_COMPARE(model.state(), ScalingModel::State::Ready);
    QCOMPARE(model.figures().ready.value(), 2); // of the deployment, before any live figure
    QVERIFY(!model.figures().requestsPerSecond);
    const auto before = model.series("requestsPerSecond")->points.size();
    auto stats = tests::statsOf("alpha", 120);
    bench.platform.sendStats(tests::statsEvent({stats}));
    QTRY_COMPARE(extended.size(), 1);
    QVERIFY(model.series("requestsPerSecond")->points.size() > before);
    QCOMPARE(model.series("requestsPerSecond")->points.back().value, 120.0);
    QCOMPARE(model.figures().requestsPerSecond.value(), 120.0);
    QCOMPARE(model.figures().ready.value(), 4);
    QCOMPARE(model.figures().capacity.value(), 4 * 100 * 0.7);
    QCOMPARE(model.series("capacity")->points.back().value, 4 * 100 * 0.7);
    QTRY_COMPARE(model.figures().coldStarts.value_or(-1), 0);
    bench.platform.sendStats(tests::statsEvent({stats})); // the same second again
    QTest::qWait(50);
    QCOMPARE(extended.size(), 1);
}

void ScalingModelTest::keepsAGapAGap()
{
    SessionBench bench;
    answerMetrics(bench.platform);
    ScalingModel model(*bench.session);
    bench.session->start();
    model.setTarget({.function = "alpha", .group = {}});
    QTRY_VERIFY(model.series("requestsPerSecond") != nullptr);
    const auto &points = model.series("requestsPerSecond")->points;
    QCOMPARE(points.size(), 16U); // 15 seconds and the beginning of the gap
    QCOMPARE(std::ranges::count_if(points, [](const SeriesPoint &point) { return std::isnan(point.value); }),
             1);
    QVERIFY(std::isnan(points[10].value));
}

void ScalingModelTest::seesNoGapBetweenPixelColumns()
{
    SessionBench bench;
    bench.platform.setList("/v1/decisions", {});
    bench.platform.on("/v1/metrics/query", [](const tests::TestRequest &request) {
        wire::MetricsAnswer answer;
        answer.from = wire::parseTime(request.query["from"].toStdString()).value();
        answer.to = wire::parseTime(request.query["to"].toStdString()).value();
        answer.resolutionSeconds = 1; // of the seconds of which each column keeps a few
        wire::Series series{.name = "requestsPerSecond", .unit = "1/s", .times = {}, .values = {}};
        for (auto time = answer.from.time_since_epoch().count(); time < answer.to.time_since_epoch().count();
             time += 25'000) { // 6 h on 800 pixels: 27 s each
            series.times.push_back(time);
            series.values.push_back(7.0);
        }
        answer.series.push_back(series);
        return tests::TestReply{.body = QByteArray::fromStdString(wire::write(answer))};
    });
    ScalingModel model(*bench.session);
    model.setRange(std::chrono::hours(6));
    bench.session->start();
    model.setTarget({.function = "alpha", .group = {}});
    QTRY_VERIFY(model.series("requestsPerSecond") != nullptr);
    const auto *series = model.series("requestsPerSecond");
    QVERIFY(series->points.size() > 800);
    QVERIFY(std::ranges::none_of(series->points,
                                 [](const SeriesPoint &point) { return std::isnan(point.value); }));
    QVERIFY(series->spacingMs >= 25'000); // by which the chart tells a gap
}

void ScalingModelTest::keepsTheSecondThatPassesWhileItAsks()
{
    SessionBench bench;
    ScalingModel model(*bench.session);
    bench.platform.setList("/v1/decisions", {});
    bench.platform.on("/v1/metrics/query", [&bench](const tests::TestRequest &request) {
        wire::MetricsAnswer answer;
        answer.from = wire::parseTime(request.query["from"].toStdString()).value();
        answer.to = wire::parseTime(request.query["to"].toStdString()).value();
        answer.resolutionSeconds = 1;
        answer.series.push_back({.name = "requestsPerSecond",
                                 .unit = "1/s",
                                 .times = {answer.to.time_since_epoch().count() - 1'000},
                                 .values = {7.0}});
        auto passed = tests::statsOf("alpha", 120);
        passed.time = answer.to;
        bench.platform.sendStats(tests::statsEvent({passed}));
        return tests::TestReply{.body = QByteArray::fromStdString(wire::write(answer))};
    });
    bench.session->start();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    model.setTarget({.function = "alpha", .group = {}});
    QTRY_COMPARE(model.state(), ScalingModel::State::Ready);
    QTRY_COMPARE(model.series("requestsPerSecond")->points.size(), 2U); // and no beginning of a gap between
    QCOMPARE(model.series("requestsPerSecond")->points.back().value, 120.0);
}

void ScalingModelTest::knowsNothingOfAnUnknownDeployment()
{
    SessionBench bench;
    answerMetrics(bench.platform);
    ScalingModel model(*bench.session);
    bench.session->start();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    model.setTarget({.function = "nobody", .group = {}});
    QTRY_COMPARE(model.state(), ScalingModel::State::Ready);
    QVERIFY(model.deployment() == nullptr);
    QVERIFY(!model.figures().ready);
    QVERIFY(!model.figures().capacity);
    QVERIFY(model.series("ready") == nullptr);
}

void ScalingModelTest::saysWhyThereAreNoSeries()
{
    SessionBench bench;
    bench.platform.setList("/v1/decisions", {});
    bench.platform.on("/v1/metrics/query", [](const tests::TestRequest &) {
        return tests::TestReply{
            .status = 404,
            .body =
                R"({"type":"/problems/control/unknown-function","title":"x","status":404,"detail":"There is none."})"};
    });
    ScalingModel model(*bench.session);
    bench.session->start();
    model.setTarget({.function = "alpha", .group = {}});
    QTRY_COMPARE(model.state(), ScalingModel::State::Failed);
    QCOMPARE(model.lastError().type, "control/unknown-function");
}

QTEST_GUILESS_MAIN(ScalingModelTest)
#include "tst_scalingmodel.moc"
