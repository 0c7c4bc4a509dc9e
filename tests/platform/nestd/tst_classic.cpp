// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The classic case with real instances and short windows: the peak is met without a failed request, and the
// instances are as many in each second as the simulation of the same load says. ./dev bench scaling has the
// usual windows.

#include "tests/support/classiccase.h"

#include <QTest>

using namespace nest::testsupport;
using namespace std::chrono_literals;

class ClassicTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePeakIsMetAndTheCurveIsTheSimulations();
};

void ClassicTest::thePeakIsMetAndTheCurveIsTheSimulations()
{
    QTest::failOnWarning();
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    const auto result = runClassicCase(platform, {.calm = 8s,
                                                  .peak = 10s,
                                                  .after = 16s,
                                                  .stableWindowSeconds = 6,
                                                  .panicWindowSeconds = 2,
                                                  .scaleDownDelaySeconds = 4});
    QVERIFY2(result.problem.isEmpty(), qPrintable(result.problem));
    qInfo("%lld of %lld answered, p99 %.1f ms, %lld sent late, at most %d instances, %d seconds compared, %d "
          "differ, %d carried out late; with starts of %.0f ms imitated %d",
          result.ok, result.sent, result.p99Ms, result.late, result.highest, result.seconds,
          int(result.differences.size()), result.carriedOutLate, result.coldStartMs,
          int(result.imitatedDifferences.size()));
    for (const auto &line : result.differences) {
        qInfo("differs: %s", qPrintable(line));
    }
    for (const auto &line : result.imitatedDifferences) {
        qInfo("imitated: %s", qPrintable(line));
    }
    QCOMPARE(result.ok, result.sent);
    QVERIFY(result.highest >= 20);
    QVERIFY(result.seconds >= 34);
    QVERIFY2(result.carriedOutLate <= result.seconds / 4, qPrintable(QString::number(result.carriedOutLate)));
    QCOMPARE(result.differences.join(u'\n'), QString());
}

QTEST_GUILESS_MAIN(ClassicTest)
#include "tst_classic.moc"
