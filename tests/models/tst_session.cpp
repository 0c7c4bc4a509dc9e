// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/sessionbench.h"

#include <QSignalSpy>
#include <QTest>

using namespace nest;
using namespace nest::models;
using tests::SessionBench;

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void goesFromStartingToLive();
    void growsLateThenOfflineWithoutData();
    void comesBackAfterARestartWithItsRows();
    void saysWhyItIsOffline();
    void followsTheBuildsOfOneFunction();
    void mayBeDestroyedWhileConnecting();
};

void SessionTest::goesFromStartingToLive()
{
    SessionBench bench;
    QCOMPARE(bench.session->state(), Session::State::Idle);
    bench.session->start();
    QCOMPARE(bench.session->state(), Session::State::Starting);
    QTRY_COMPARE(bench.session->state(), Session::State::Live);
    QCOMPARE(bench.session->functions().size(), 2U);
    QTRY_COMPARE(bench.session->deployments().size(), 2U);
    QTRY_VERIFY(bench.session->groups().isListed());
    QTRY_VERIFY(bench.session->me().has_value());
    QCOMPARE(bench.session->me()->user, "tester");
    QVERIFY(bench.session->roundTrip().has_value());
    QVERIFY(bench.session->dataAge().value() < std::chrono::seconds(1));
    QVERIFY(bench.session->error().type.empty());
    bench.session->instances();
    QTRY_VERIFY(bench.session->instances().isListed());
}

void SessionTest::growsLateThenOfflineWithoutData()
{
    SessionBench bench;
    bench.session->start();
    QTRY_COMPARE(bench.session->state(), Session::State::Live);
    bench.platform.setHeartbeats(0); // the stream stays open but nothing comes
    QTRY_COMPARE(bench.session->state(), Session::State::Late);
    QTRY_COMPARE(bench.session->state(), Session::State::Offline);
    QCOMPARE(bench.session->functions().size(), 2U);
    bench.platform.sendHeartbeat();
    QTRY_COMPARE(bench.session->state(), Session::State::Live);
}

void SessionTest::comesBackAfterARestartWithItsRows()
{
    SessionBench bench;
    bench.session->start();
    QTRY_COMPARE(bench.session->deployments().size(), 2U);
    QTRY_COMPARE(bench.platform.watchers(), 1);
    QSignalSpy changes(&bench.session->functions(), &CollectionBase::changed);
    bench.platform.crash();
    QTRY_COMPARE(bench.session->state(), Session::State::Offline);
    QVERIFY(bench.session->functions().isStale());
    QCOMPARE(bench.session->error().type, "client/unreachable");
    QCOMPARE(bench.session->functions().size(), 2U);
    // It comes back with another history: the old id is unknown there.
    bench.platform.setLastId(7);
    bench.platform.setList("/v1/functions", {QByteArray::fromStdString(tests::functionJson("beta"))});
    bench.platform.setList("/v1/deployments", {});
    bench.platform.listen();
    QTRY_COMPARE(bench.session->state(), Session::State::Live);
    QTRY_COMPARE(bench.session->functions().size(), 1U);
    QTRY_COMPARE(bench.session->deployments().size(), 0U);
    QCOMPARE(changes.size(), 1);
    QTRY_VERIFY(!bench.session->functions().isStale());
    QVERIFY(bench.session->error().type.empty());
}

void SessionTest::saysWhyItIsOffline()
{
    SessionBench bench;
    bench.platform.crash();
    bench.session->start();
    QTRY_COMPARE(bench.session->state(), Session::State::Offline);
    QCOMPARE(bench.session->error().type, "client/unreachable");
    bench.platform.listen();
    QTRY_COMPARE(bench.session->state(), Session::State::Live);
}

void SessionTest::followsTheBuildsOfOneFunction()
{
    SessionBench bench;
    wire::Build build;
    build.function = "alpha";
    build.number = 1;
    bench.platform.setList("/v1/functions/alpha/builds", {QByteArray::fromStdString(wire::write(build))});
    auto builds =
        bench.session->follow<wire::Build>("/v1/functions/alpha/builds", [](const wire::Build &candidate) {
            return candidate.function == "alpha";
        });
    bench.session->start();
    QTRY_COMPARE(builds->size(), 1U);
    QTRY_COMPARE(bench.platform.watchers(), 1);
    build.function = "beta";
    bench.platform.sendChange("builds", "beta/1", wire::write(build));
    build.function = "alpha";
    build.number = 2;
    bench.platform.sendChange("builds", "alpha/2", wire::write(build));
    QTRY_COMPARE(builds->size(), 2U);
    QVERIFY(builds->find("alpha/2") != nullptr);
    builds.reset(); // with events on their way
    bench.platform.sendChange("builds", "alpha/2", wire::write(build));
    bench.platform.sendHeartbeat();
    QTest::qWait(50);
}

void SessionTest::mayBeDestroyedWhileConnecting()
{
    for (int i = 0; i < 20; ++i) {
        SessionBench bench;
        bench.session->start();
        QTest::qWait(i);
        bench.session.reset();
        QTest::qWait(1);
    }
}

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
