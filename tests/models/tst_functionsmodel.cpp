// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/functionsmodel.h"
#include "tests/models/sessionbench.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace nest;
using namespace nest::models;
using namespace Qt::StringLiterals;
using tests::SessionBench;

using Model = FunctionsModel;

class FunctionsModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { QTest::failOnWarning(); }
    void showsFunctionsWithTheirGroupsAndFigures();
    void showsUnknownAsDash();
    void sumsOverTheGroupsInScope();
    void keepsRowsThroughInsertsRemovalsAndAReconnect();
    void filters_data();
    void filters();
    void fetchesASparklineOnlyForWhatIsLookedAt();
    void takesFiftyThousandRows();

private:
    static QString text(const Model &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
};

void FunctionsModelTest::showsFunctionsWithTheirGroupsAndFigures()
{
    SessionBench bench;
    Model model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    bench.session->start();
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_COMPARE(text(model, 0, Model::Groups), u"default/main/local");
    QCOMPARE(text(model, 0, Model::Name), u"alpha");
    QCOMPARE(text(model, 0, Model::Runtime), u"node20");
    QCOMPARE(text(model, 0, Model::Weights), u"v1");
    QCOMPARE(text(model, 0, Model::ReadyDesired), u"2 / 3");
    QTRY_COMPARE(bench.platform.watchers(), 1);
    bench.platform.sendStats(tests::statsEvent({tests::statsOf("alpha", 120)}));
    QTRY_COMPARE(text(model, 0, Model::RequestsPerSecond), u"120.0");
    QCOMPARE(text(model, 0, Model::Success), u"99.50 %");
    QCOMPARE(text(model, 0, Model::P99), u"12 ms");
    QCOMPARE(text(model, 0, Model::ReadyDesired), u"4 / 5");
    const auto name = model.index(0, Model::Name).data(CellRole).value<NameCell>();
    QCOMPARE(name.name, u"alpha");
    QCOMPARE(name.state.value(), wire::DeploymentState::Healthy);
    QCOMPARE(model.index(0, Model::P99).data(SortRole).toDouble(), 12.0);
    QCOMPARE(model.index(1, 0).data(KeyRole).toString(), u"beta");
}

void FunctionsModelTest::showsUnknownAsDash()
{
    SessionBench bench;
    bench.platform.setList("/v1/deployments", {});
    Model model(*bench.session);
    bench.session->start();
    QTRY_COMPARE(model.rowCount(), 2);
    for (const int column : {Model::Groups, Model::Weights, Model::RequestsPerSecond, Model::Success,
                             Model::P99, Model::ReadyDesired}) {
        QCOMPARE(text(model, 0, column), dash());
    }
    QVERIFY(!model.index(0, Model::P99).data(SortRole).isValid());
    QVERIFY(!model.index(0, Model::Name).data(CellRole).value<NameCell>().state);
    // A figure that the platform stops telling is unknown again, not the last one.
    bench.platform.setList("/v1/deployments", {});
    QTRY_COMPARE(bench.platform.watchers(), 1);
    bench.platform.sendChange("deployments", "alpha/default/main/local",
                              wire::write(tests::deploymentOf("alpha")));
    bench.platform.sendStats(tests::statsEvent({tests::statsOf("alpha", 1)}));
    QTRY_COMPARE(text(model, 0, Model::RequestsPerSecond), u"1.0");
    bench.platform.sendStats(tests::statsEvent({}));
    QTRY_COMPARE(text(model, 0, Model::RequestsPerSecond), dash());
}

void FunctionsModelTest::sumsOverTheGroupsInScope()
{
    SessionBench bench;
    bench.platform.setList("/v1/deployments",
                           {QByteArray::fromStdString(wire::write(tests::deploymentOf("alpha", "main"))),
                            QByteArray::fromStdString(wire::write(tests::deploymentOf("alpha", "blue")))});
    Model model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    bench.session->start();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    QTRY_COMPARE(text(model, 0, Model::Groups), u"default/main/local +1");
    auto slow = tests::statsOf("alpha", 30, "blue");
    slow.successPercent = 89.5;
    slow.p99Ms = 40;
    bench.platform.sendStats(tests::statsEvent({tests::statsOf("alpha", 10), slow}));
    QTRY_COMPARE(text(model, 0, Model::RequestsPerSecond), u"40.0");
    QCOMPARE(text(model, 0, Model::Success), u"92.00 %"); // weighted by requests
    QCOMPARE(text(model, 0, Model::P99), u"40 ms");
    QCOMPARE(text(model, 0, Model::ReadyDesired), u"8 / 10");
    model.setScope({.set = {}, .lane = "blue", .region = {}});
    QCOMPARE(model.rowCount(), 1); // beta has nothing there
    QCOMPARE(model.hiddenRows(), 1U);
    QCOMPARE(text(model, 0, Model::Groups), u"default/blue/local");
    QCOMPARE(text(model, 0, Model::RequestsPerSecond), u"30.0");
    model.setScope({});
    QCOMPARE(model.rowCount(), 2);
}

void FunctionsModelTest::keepsRowsThroughInsertsRemovalsAndAReconnect()
{
    SessionBench bench({"bravo", "delta", "foxtrot"});
    Model model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy dataChanges(&model, &QAbstractItemModel::dataChanged);
    bench.session->start();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    QTRY_COMPARE(model.rowCount(), 3);
    const QPersistentModelIndex delta(model.index(1, 0));
    bench.platform.sendChange("functions", "alpha", tests::functionJson("alpha"));
    bench.platform.sendChange("functions", "echo", tests::functionJson("echo"));
    bench.platform.sendChange("functions", "golf", tests::functionJson("golf"));
    QTRY_COMPARE(model.rowCount(), 6);
    QCOMPARE(delta.row(), 2);
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) {
        names.append(text(model, row, Model::Name));
    }
    QCOMPARE(names.join(u' '), u"alpha bravo delta echo foxtrot golf");
    bench.platform.sendRemoval("functions", "bravo");
    bench.platform.sendRemoval("functions", "golf");
    QTRY_COMPARE(model.rowCount(), 4);
    QCOMPARE(delta.row(), 1);
    dataChanges.clear();
    bench.platform.sendChange("functions", "delta", tests::functionJson("delta", "java21"));
    QTRY_COMPARE(text(model, 1, Model::Runtime), u"java21");
    QCOMPARE(dataChanges.size(), 1);
    QCOMPARE(dataChanges.first().first().toModelIndex().row(), 1);

    bench.platform.crash();
    QTRY_VERIFY(bench.session->functions().isStale());
    QCOMPARE(model.rowCount(), 4);
    bench.platform.setLastId(5);
    bench.platform.setList("/v1/functions",
                           {QByteArray::fromStdString(tests::functionJson("delta", "java21")),
                            QByteArray::fromStdString(tests::functionJson("zulu"))});
    bench.platform.listen();
    QTRY_COMPARE(model.rowCount(), 2);
    QVERIFY(delta.isValid());
    QCOMPARE(delta.row(), 0);
    QVERIFY(resets.isEmpty());
}

void FunctionsModelTest::filters_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("names");
    QTest::newRow("nothing") << QString() << u"alpha beta gamma"_s;
    QTest::newRow("part of a name") << u"AL"_s << u"alpha"_s;
    QTest::newRow("runtime") << u"runtime:java"_s << u"gamma"_s;
    QTest::newRow("two words") << u"a node"_s << u"alpha beta"_s;
    QTest::newRow("no match") << u"xyz"_s << QString();
}

void FunctionsModelTest::filters()
{
    QFETCH(QString, filter);
    QFETCH(QString, names);
    SessionBench bench({"alpha", "beta"});
    Model model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    bench.session->start();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    bench.platform.sendChange("functions", "gamma", tests::functionJson("gamma", "java21"));
    QTRY_COMPARE(model.rowCount(), 3);
    model.setFilter(filter);
    QStringList shown;
    for (int row = 0; row < model.rowCount(); ++row) {
        shown.append(text(model, row, Model::Name));
    }
    QCOMPARE(shown.join(u' '), names);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 3);
}

void FunctionsModelTest::fetchesASparklineOnlyForWhatIsLookedAt()
{
    SessionBench bench;
    bench.platform.on("/v1/metrics/query", [](const tests::TestRequest &request) {
        const auto to = wire::parseTime(request.query["to"].toStdString());
        wire::MetricsAnswer answer;
        answer.from = wire::parseTime(request.query["from"].toStdString()).value();
        answer.to = to.value();
        wire::Series series;
        series.name = request.query["names"].toStdString();
        const auto end = answer.to.time_since_epoch().count();
        series.times = {end - 100'000, end - 50'000};
        series.values = {5.0, std::nullopt};
        answer.series.push_back(series);
        return tests::TestReply{.body = QByteArray::fromStdString(wire::write(answer))};
    });
    Model model(*bench.session);
    bench.session->start();
    QTRY_COMPARE(bench.platform.watchers(), 1);
    QTRY_COMPARE(text(model, 0, Model::Groups), u"default/main/local");
    QCOMPARE(bench.platform.requestsOf("GET", "/v1/metrics/query"), 0);
    const auto cell = [&] {
        return model.index(0, Model::Requests).data(CellRole).value<SparkCell>();
    };
    QVERIFY(cell().isLoading);
    QTRY_VERIFY(!cell().isLoading);
    QCOMPARE(bench.platform.requestsOf("GET", "/v1/metrics/query"), 1);
    const auto known = [&] {
        return std::ranges::count_if(cell().values, [](double value) { return !std::isnan(value); });
    };
    QCOMPARE(cell().values.size(), SparkHistory::steps);
    QCOMPARE(known(), 1); // the null and the missing seconds stay gaps
    bench.platform.sendStats(tests::statsEvent({tests::statsOf("alpha", 9)}));
    QTRY_COMPARE(known(), 2);
    QCOMPARE(cell().values.last(), 9.0);
}

void FunctionsModelTest::takesFiftyThousandRows()
{
    SessionBench bench;
    QList<QByteArray> items;
    for (int i = 0; i < 50'000; ++i) {
        items.append(QByteArray::fromStdString(tests::functionJson("function-" + std::to_string(i))));
    }
    bench.platform.setList("/v1/functions", items, 500);
    Model model(*bench.session);
    bench.session->start();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 50'000, 60'000);
    QElapsedTimer clock;
    clock.start();
    model.setFilter(u"function-4"_s);
    const qint64 filtered = clock.restart();
    QCOMPARE(model.rowCount(), 11'111);
    model.setFilter({});
    qInfo("50,000 rows: filter %lld ms, filter off %lld ms", filtered, clock.elapsed());
    QCOMPARE(model.rowCount(), 50'000);
}

QTEST_MAIN(FunctionsModelTest)
#include "tst_functionsmodel.moc"
