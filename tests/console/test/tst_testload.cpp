// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Load from the Test panel, by clicks and keys over a real nestd that scales a real function under it.
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/function/test/loadtext.h"
#include "tests/console/test/panelbench.h"
#include "widgets/figures/histogramview.h"
#include "widgets/table/tableview.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace nest;
using namespace nest::console;
using namespace nest::testsupport;
using namespace Qt::StringLiterals;

class TestLoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { failOnWarnings(); }
    void cleanup();
    void loadGrowsAndStops();
    void loadGoesOnWithoutThePanel();
    void loadOnALaneIsAnsweredByMain();
    void secondLoadIsRefused();

private:
    PanelPlatform m_on;
};

void TestLoadTest::initTestCase()
{
    QCOMPARE(m_on.start(), QString());
}

void TestLoadTest::cleanup()
{
    if (!m_on.session) {
        return;
    }
    for (const QString &function : {u"hello"_s, u"other"_s}) {
        if (auto *job = LoadJobs::of(*m_on.session).job(function); job != nullptr && job->isRunning()) {
            job->stop();
            QTRY_VERIFY_WITH_TIMEOUT(!job->isRunning(), 10'000);
        }
    }
}

void TestLoadTest::loadGrowsAndStops()
{
    PanelBench bench(m_on, 690);
    QSignalSpy ended(&LoadJobs::of(*m_on.session), &LoadJobs::ended);
    QSignalSpy scaling(&bench.panel, &TestPanel::scalingRequested);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.clickSegment(u"testSegments"_s, u"load"_s);
    bench.save(u"load-empty"_s);
    auto *rate = bench.part<QWidget>(u"loadRate"_s)->findChild<QLineEdit *>();
    rate->selectAll();
    QTest::keyClicks(rate, u"100"_s);
    QTest::keyClick(rate, Qt::Key_Return);
    bench.click(u"loadStart"_s);
    QTRY_VERIFY(bench.isSeen(u"loadStop"_s));
    QVERIFY(!bench.part<QPushButton>(u"loadStart"_s)->isEnabled());
    auto *instances = bench.part<widgets::TableView>(u"loadInstances"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.figure(u"Answered"_s).toInt() > 300, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(instances->model()->rowCount() >= 2, 20'000); // 100 a second need more than one
    QCOMPARE(bench.figure(u"Success"_s), u"100"_s);
    QVERIFY(!bench.part<widgets::HistogramView>(u"loadHistogram"_s)->histogram().bins.isEmpty());
    QVERIFY(bench.text(u"loadState"_s).startsWith(u"Running 0:"_s));
    QTRY_VERIFY(bench.text(u"loadReady"_s).contains(u"ready"_s));
    QVERIFY(LoadJobs::of(*m_on.session).statusText(u"hello"_s).startsWith(u"Load test hello · "_s));
    bench.save(u"load-running"_s);
    QTest::keyClick(instances, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.isSeen(u"loadStop"_s), 10'000);
    QVERIFY(bench.text(u"loadState"_s).startsWith(u"Stopped at 0:"_s));
    QCOMPARE(ended.size(), 1);
    QCOMPARE(LoadJobs::of(*m_on.session).statusText(u"hello"_s), QString());
    const auto end = endOf(*LoadJobs::of(*m_on.session).job(u"hello"_s));
    QVERIFY2(end.sentence.startsWith(u"Load on hello was stopped after 0:"_s), qPrintable(end.sentence));
    QVERIFY2(end.figures.contains(u" answered · success 100 % · p99 "_s), qPrintable(end.figures));
    QVERIFY2(end.figures.contains(u" instances reached"_s), qPrintable(end.figures));
    QVERIFY(bench.part<QPushButton>(u"loadStart"_s)->isEnabled());
    bench.click(u"openScaling"_s);
    QCOMPARE(scaling.first().first().toString(), u"hello"_s);
    bench.panel.resize(380, 860);
    bench.save(u"load-stopped-narrow"_s);
}

void TestLoadTest::loadGoesOnWithoutThePanel()
{
    {
        PanelBench bench(m_on);
        bench.panel.setTarget({u"hello"_s, mainGroup});
        bench.clickSegment(u"testSegments"_s, u"load"_s);
        QVERIFY(bench.text(u"loadState"_s).startsWith(u"Stopped at"_s)); // of the run before
        bench.click(u"loadStart"_s);
        QTRY_VERIFY(bench.isSeen(u"loadStop"_s));
        bench.panel.setTarget({u"other"_s, mainGroup});
        QVERIFY(!bench.isSeen(u"loadStop"_s));
    }
    auto *job = LoadJobs::of(*m_on.session).job(u"hello"_s);
    QVERIFY(job != nullptr && job->isRunning());
    const auto before = job->report().sent;
    QTRY_VERIFY_WITH_TIMEOUT(job->report().sent > before + 100, 10'000);
    PanelBench back(m_on);
    back.panel.setTarget({u"hello"_s, mainGroup});
    back.clickSegment(u"testSegments"_s, u"load"_s);
    QVERIFY(back.isSeen(u"loadStop"_s));
    QVERIFY(back.figure(u"Answered"_s).toInt() > 0);
    back.click(u"loadStop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!job->isRunning(), 10'000);
}

void TestLoadTest::loadOnALaneIsAnsweredByMain()
{
    PanelBench bench(m_on);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.clickSegment(u"testSegments"_s, u"load"_s);
    QVERIFY(bench.choose(u"loadTarget"_s, u"default/lane-42/local"_s));
    bench.click(u"loadStart"_s);
    auto *job = LoadJobs::of(*m_on.session).job(u"hello"_s);
    QTRY_VERIFY_WITH_TIMEOUT(job->isRunning() && job->report().ok > 0, 10'000);
    QCOMPARE(job->answering(), std::optional(mainGroup));
    QCOMPARE(job->request().plan.headers.back().first, "nest-lane");
    bench.click(u"loadStop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!job->isRunning(), 10'000);
}

void TestLoadTest::secondLoadIsRefused()
{
    auto &jobs = LoadJobs::of(*m_on.session);
    client::LoadPlan plan;
    plan.duration = std::chrono::seconds(30);
    QVERIFY(jobs.start(u"other"_s, mainGroup, plan));
    const auto second = jobs.start(u"other"_s, mainGroup, plan);
    QVERIFY(!second);
    QCOMPARE(second.error().type, "client/load-running");
    QVERIFY(second.error().detail.find("other") != std::string::npos);
    const auto nowhere = jobs.start(u"nowhere"_s, mainGroup, plan);
    QVERIFY(!nowhere);
    QVERIFY(nowhere.error().detail.find("not deployed") != std::string::npos);
    PanelBench bench(m_on);
    bench.panel.setTarget({u"nowhere"_s, mainGroup});
    bench.panel.showLoad();
    QVERIFY(bench.isSeen(u"loadNote"_s));
    QVERIFY(!bench.part<QPushButton>(u"loadStart"_s)->isEnabled());
}

QTEST_MAIN(TestLoadTest)
#include "tst_testload.moc"
