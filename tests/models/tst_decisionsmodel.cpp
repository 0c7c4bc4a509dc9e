// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/decisionsmodel.h"
#include "tests/models/sessionbench.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace nest;
using namespace nest::models;
using namespace Qt::StringLiterals;
using tests::SessionBench;

namespace {

QByteArray decisionJson(int number, const std::string &function = "alpha")
{
    wire::Decision decision;
    decision.id = "dec-" + std::to_string(1'000 + number);
    decision.function = function;
    decision.set = "default";
    decision.lane = "main";
    decision.region = "local";
    decision.time = wire::Time(std::chrono::seconds(1'000'000 + number));
    decision.from = number;
    decision.desired = number + 2;
    return QByteArray::fromStdString(wire::write(decision));
}

QStringList ids(const DecisionsModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        all.append(model.index(row, 0).data(KeyRole).toString().mid(4));
    }
    return all;
}

} // namespace

class DecisionsModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void listsNewestFirstAndFollows();
    void fetchesOlderOnesOnDemand();
    void showsOnlyWhatItsFilterAccepts();
    void keepsRowsThroughAReconnect();
};

void DecisionsModelTest::listsNewestFirstAndFollows()
{
    SessionBench bench;
    bench.platform.setList("/v1/decisions", {decisionJson(3), decisionJson(2)});
    DecisionsModel model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    bench.session->start();
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_COMPARE(bench.platform.watchers(), 1);
    bench.platform.sendChange("decisions", "dec-1004", decisionJson(4).toStdString());
    bench.platform.sendChange("decisions", "dec-1001", decisionJson(1).toStdString());
    bench.platform.sendChange("decisions", "dec-1004",
                              decisionJson(4).toStdString()); // told twice, shown once
    QTRY_COMPARE(ids(model).join(u' '), u"1004 1003 1002 1001");
    QCOMPARE(model.index(0, DecisionsModel::Instances).data().toString(), u"4 → 6");
    QCOMPARE(model.index(0, DecisionsModel::Difference).data().toString(), u"+2");
    QCOMPARE(model.index(0, DecisionsModel::Difference).data(SortRole).toInt(), 2);
    QCOMPARE(model.index(0, DecisionsModel::Cause).data().toString(), u"stable");
    QCOMPARE(model.rowOf("dec-1002"), 2);
}

void DecisionsModelTest::fetchesOlderOnesOnDemand()
{
    SessionBench bench;
    bench.platform.setList("/v1/decisions", {decisionJson(5), decisionJson(4), decisionJson(3)}, 2);
    DecisionsModel model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    bench.session->start();
    QTRY_VERIFY(model.rowCount() >= 2);
    while (model.canFetchMore({})) {
        model.fetchMore({});
        QTRY_VERIFY(!model.isLoading());
    }
    QTRY_COMPARE(ids(model).join(u' '), u"1005 1004 1003");
    QVERIFY(!model.canFetchMore({}));
}

void DecisionsModelTest::showsOnlyWhatItsFilterAccepts()
{
    SessionBench bench;
    bench.platform.setList("/v1/decisions", {decisionJson(2)});
    DecisionsModel model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({.function = "alpha", .group = wire::GroupName{}});
    bench.session->start();
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(bench.platform.requests().last().path.isEmpty(), false);
    QTRY_COMPARE(bench.platform.watchers(), 1);
    bench.platform.sendChange("decisions", "dec-1003", decisionJson(3, "beta").toStdString());
    bench.platform.sendChange("decisions", "dec-1004", decisionJson(4).toStdString());
    QTRY_COMPARE(ids(model).join(u' '), u"1004 1002");
}

void DecisionsModelTest::keepsRowsThroughAReconnect()
{
    SessionBench bench;
    bench.platform.setList("/v1/decisions", {decisionJson(2), decisionJson(1)});
    DecisionsModel model(*bench.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    bench.session->start();
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_COMPARE(bench.platform.watchers(), 1);
    bench.platform.crash();
    QTRY_VERIFY(bench.session->functions().isStale());
    QCOMPARE(model.rowCount(), 2);
    bench.platform.setLastId(9);
    bench.platform.setList("/v1/decisions", {decisionJson(3), decisionJson(2)});
    bench.platform.listen();
    QTRY_COMPARE(ids(model).join(u' '), u"1003 1002 1001");
    QVERIFY(resets.isEmpty());
}

QTEST_MAIN(DecisionsModelTest)
#include "tst_decisionsmodel.moc"
