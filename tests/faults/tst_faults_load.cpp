// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What clients notice of deaths, new versions, shrinking and restarts while they send: nothing, but what a
// POST must be told. `./dev bench faults` tells the same stories for longer.
#include "tests/faults/scenarios.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::faults;
using nest::testsupport::TestPlatform;
using namespace std::chrono_literals;

namespace {

constexpr double rate = 500;

double total(const TestPlatform &platform, const QByteArray &function, const QByteArray &name)
{
    const auto answer =
        platform.get("/v1/metrics/query?function=" + function + "&names=" + name + "&resolution=raw");
    double sum = 0;
    for (const auto &series : QJsonDocument::fromJson(answer.body)[u"series"].toArray()) {
        for (const auto &value : series[u"values"].toArray()) {
            sum += value.toDouble();
        }
    }
    return sum;
}

} // namespace

class FaultsLoadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void requestsSurviveAStormOfKills();
    void requestsSurviveANewVersionAtOnce();
    void requestsSurviveShrinking();
    void requestsWaitWhileNestdIsRestarted();
    void connectionsWaitWhileAKilledNestdComesBack();

private:
    static void say(const StoryFigures &figures)
    {
        qInfo("%d events; %s", figures.events, figures.load.text().c_str());
    }

    TestPlatform m_platform;
};

void FaultsLoadTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
}

void FaultsLoadTest::requestsSurviveAStormOfKills()
{
    const auto figures = killStorm(m_platform, 5s, rate);
    say(figures);
    QVERIFY2(figures.problem.isEmpty(), qPrintable(figures.problem));
    QVERIFY(figures.events >= 15);
    QVERIFY(figures.load.answered > 1500);
    QVERIFY2(figures.load.failed == 0, figures.load.text().c_str());
    // Those that were cut off are in the figures that the owner reads.
    QTRY_VERIFY_WITH_TIMEOUT(
        total(m_platform, "storm", "errorsPerSecond") >= double(figures.load.postsCutOff), 4000);
}

void FaultsLoadTest::requestsSurviveANewVersionAtOnce()
{
    const auto figures = rollouts(m_platform, 2s, rate);
    say(figures);
    QVERIFY2(figures.problem.isEmpty(), qPrintable(figures.problem));
    QVERIFY(figures.events >= 2);
    QVERIFY2(figures.load.failed + figures.load.postsCutOff == 0, figures.load.text().c_str());
}

void FaultsLoadTest::requestsSurviveShrinking()
{
    const auto figures = scaleIns(m_platform, 2s, rate);
    say(figures);
    QVERIFY2(figures.problem.isEmpty(), qPrintable(figures.problem));
    QVERIFY(figures.events >= 2);
    QVERIFY2(figures.load.failed + figures.load.postsCutOff == 0, figures.load.text().c_str());
}

void FaultsLoadTest::requestsWaitWhileNestdIsRestarted()
{
    const auto figures = restarts(m_platform, 1s, rate, Ending::Asked);
    say(figures);
    QVERIFY2(figures.problem.isEmpty(), qPrintable(figures.problem));
    QVERIFY2(figures.load.failed == 0, figures.load.text().c_str());
    QCOMPARE(figures.instancesLost, 0);
}

void FaultsLoadTest::connectionsWaitWhileAKilledNestdComesBack()
{
    const auto figures = restarts(m_platform, 1s, rate, Ending::Killed);
    say(figures);
    QVERIFY2(figures.problem.isEmpty(), qPrintable(figures.problem));
    QCOMPARE(figures.instancesLost, 0);
    // Connections that the killed process had in its hands are cut; none is refused.
    for (const auto &[reason, count] : figures.load.reasons) {
        QVERIFY2(reason.find("connect:") == std::string::npos && reason.find("HTTP/") == std::string::npos,
                 figures.load.text().c_str());
    }
    QVERIFY2(figures.load.failed <= 60L * figures.events, figures.load.text().c_str());
}

QTEST_GUILESS_MAIN(FaultsLoadTest)
#include "tst_faults_load.moc"
