// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Test panel by clicks and keys over a real nestd with a real function: requests, saved events, load.
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/function/test/plainedit.h"
#include "app/console/pages/function/test/testpanel.h"
#include "app/console/pages/function/test/valueslider.h"
#include "models/session.h"
#include "tests/support/testplatform.h"
#include "widgets/figures/figurerow.h"
#include "widgets/figures/histogramview.h"
#include "widgets/figures/phasesbar.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/table/cellwidget.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::console;
using testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 30'000;
const wire::GroupName mainGroup{};

/// One panel in a window of its own.
struct Bench
{
    Bench(models::Session &session, QSettings &settings, int width = 380) : panel(session, settings)
    {
        panel.resize(width, 860);
        panel.show();
        panel.activateWindow();
        wasActivated = QTest::qWaitForWindowActive(&panel);
    }

    template <typename T>
    T *part(const QString &name) const
    {
        T *found = panel.findChild<T *>(name);
        Q_ASSERT(found != nullptr);
        return found;
    }
    QString text(const QString &name) const { return part<QLabel>(name)->text(); }
    bool isSeen(const QString &name) const { return part<QWidget>(name)->isVisible(); }
    void click(const QString &name) const { QTest::mouseClick(part<QWidget>(name), Qt::LeftButton); }
    void clickSegment(const QString &control, const QString &id) const
    {
        QTest::mouseClick(part<QWidget>(control)->findChild<QToolButton *>(id), Qt::LeftButton);
    }
    void clickTab(const QString &id) const
    {
        auto *tabs = part<widgets::TabStrip>(u"answerTabs"_s);
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(id).center());
    }
    /// Opens the menu of a button, as a click does, and clicks the entry that begins so; false: none, or off.
    bool choose(const QString &button, const QString &begin) const
    {
        QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton);
        auto *menu = part<QPushButton>(button)->menu();
        const auto actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text().startsWith(begin) && action->isEnabled()) {
                menu->setActiveAction(action);
                QTest::keyClick(menu, Qt::Key_Return);
                return !menu->isVisible();
            }
        }
        QTest::keyClick(menu, Qt::Key_Escape);
        return false;
    }
    void chooseEvent(const QString &begin) const
    {
        auto *combo = part<QComboBox>(u"eventCombo"_s);
        combo->setFocus();
        for (int i = 0; i < combo->count(); ++i) {
            if (combo->itemText(i).startsWith(begin)) {
                QTest::keyClick(combo, Qt::Key_Home);
                for (int tries = 0; tries < 20 && !combo->currentText().startsWith(begin); ++tries) {
                    QTest::keyClick(combo, Qt::Key_Down);
                }
                return;
            }
        }
    }
    void type(const QString &field, const QString &text) const
    {
        auto *widget = part<QWidget>(field);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(widget, text);
    }
    QString figure(const QString &label) const
    {
        return part<widgets::FigureRow>(u"loadFigures"_s)->value(label);
    }
    QString cell(const QString &name) const { return part<widgets::CellWidget>(name)->accessibleName(); }
    void save(const QString &name) const
    {
        const QString folder = qEnvironmentVariable("NEST_TEST_PICTURES");
        if (!folder.isEmpty()) {
            QTest::qWait(100); // for the layout
            panel.grab().save(folder + u'/' + name + u".png"_s);
        }
    }
    mutable TestPanel panel;
    bool wasActivated = false;
};

} // namespace

class TestPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void saysThatNothingWasSent();
    void invokesAGroup();
    void saysWhoAnsweredInPlaceOfALane();
    void invokesAVersionAndABuild();
    void draftWithoutABuildIsOff();
    void showsTheLogOfTheRequest();
    void saysWhyNothingCameBack();
    void cancelLeavesTheFunctionAlone();
    void keepsTheAnswerOfEachFunction();
    void badHeaderIsNotSent();
    void savesAnEventPrivateAndShared();
    void keepsBothTextsInAConflict();
    void deletesAnEvent();
    void loadGrowsAndStops();
    void loadGoesOnWithoutThePanel();
    void loadOnALaneIsAnsweredByMain();
    void secondLoadIsRefused();
    void offlineIsSaid();

private:
    TestPlatform m_platform;
    QTemporaryDir m_home;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<widgets::ThemeController> m_theme;
    std::unique_ptr<models::Session> m_session;
};

void TestPanelTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy(
                 "hello", TestPlatform::helloFiles("hello"),
                 R"({"scaling":{"threshold":40,"maximum":4,"panicWindowSeconds":2,"stableWindowSeconds":6,
                               "scaleDownDelaySeconds":0,"scaleToZeroAfterSeconds":600}})"),
             QString());
    QCOMPARE(m_platform.deploy("other", TestPlatform::helloFiles("other"), R"({"scaling":{"maximum":1}})"),
             QString());
    const auto group =
        m_platform.api({"PUT", "/v1/groups/default/lane-42/local", "{}", {{"If-None-Match", "*"}}});
    QVERIFY(group.status == 200 || group.status == 201);

    auto tokens = widgets::loadTokens();
    QVERIFY(tokens);
    m_settings = std::make_unique<QSettings>(m_home.filePath(u"console.ini"_s), QSettings::IniFormat);
    const bool isLight = qEnvironmentVariable("NEST_TEST_THEME") == u"light"_s;
    m_theme = std::make_unique<widgets::ThemeController>(*std::move(tokens),
                                                         isLight ? widgets::ThemeController::Choice::Light
                                                                 : widgets::ThemeController::Choice::Dark);
    models::SessionOptions options;
    options.connection = client::Connection{};
    options.connection->name = u"local"_s;
    options.connection->environment = u"LOCAL"_s;
    options.connection->socketPath = m_platform.socket();
    options.startsLocalPlatform = false;
    m_session = std::make_unique<models::Session>(options);
    m_session->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->me() && m_session->deployments().size() == 2, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->groups().size() >= 2, 10'000);
}

void TestPanelTest::cleanup()
{
    if (!m_session) {
        return;
    }
    for (const QString &function : {u"hello"_s, u"other"_s}) {
        if (auto *job = LoadJobs::of(*m_session).job(function); job != nullptr && job->isRunning()) {
            job->stop();
            QTRY_VERIFY_WITH_TIMEOUT(!job->isRunning(), 10'000);
        }
    }
}

void TestPanelTest::saysThatNothingWasSent()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QCOMPARE(bench.part<QPushButton>(u"target"_s)->text(), u"default/main/local"_s);
    QVERIFY(bench.part<QPushButton>(u"invoke"_s)->isEnabled());
    QVERIFY(!bench.isSeen(u"status"_s));
    bench.save(u"one-empty"_s);
}

void TestPanelTest::invokesAGroup()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.type(u"path"_s, u"/?name=nest"_s);
    QTest::keyClick(bench.part<QWidget>(u"path"_s), Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"status"_s), answerLimit);
    QCOMPARE(bench.cell(u"status"_s), u"200"_s);
    QCOMPARE(bench.cell(u"cold"_s), u"Cold start"_s);
    QVERIFY(bench.text(u"duration"_s).endsWith(u"ms"_s));
    QTRY_VERIFY(bench.part<PlainEdit>(u"responseBody"_s)->toPlainText().contains(u"\"hello\": \"nest\""_s));
    QCOMPARE(bench.text(u"answeredVersion"_s), u"v1"_s);
    QVERIFY(bench.text(u"answeredInstance"_s).startsWith(u'…'));
    QCOMPARE(bench.cell(u"answeredGroup"_s), u"default/main/local"_s);
    QVERIFY(!bench.isSeen(u"fallback"_s));
    const auto phases = bench.part<widgets::PhasesBar>(u"phases"_s)->phases();
    QVERIFY(phases.size() >= 3); // of a cold start
    bench.click(u"trace"_s);
    QCOMPARE(QApplication::clipboard()->text().size(), 32);
    bench.save(u"one-answer"_s);

    bench.click(u"invoke"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.isSeen(u"status"_s) ? bench.cell(u"cold"_s) : QString(), u"Warm"_s,
                              answerLimit);
}

void TestPanelTest::saysWhoAnsweredInPlaceOfALane()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QVERIFY(bench.choose(u"target"_s, u"default/lane-42/local (not deployed in lane-42: main answers)"_s));
    QCOMPARE(bench.part<QPushButton>(u"target"_s)->text(), u"default/lane-42/local"_s);
    bench.click(u"invoke"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"fallback"_s), answerLimit);
    QCOMPARE(bench.text(u"fallback"_s), u"Answered by default/main/local: not deployed in lane-42."_s);
    bench.save(u"one-fallback"_s);
}

void TestPanelTest::invokesAVersionAndABuild()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.panel.setDraftBuild(1);
    QTRY_VERIFY_WITH_TIMEOUT(bench.choose(u"target"_s, u"v1"_s), 10'000);
    bench.click(u"invoke"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"status"_s), answerLimit);
    QCOMPARE(bench.text(u"answeredVersion"_s), u"v1"_s);
    QVERIFY(bench.isSeen(u"noGroup"_s));
    QVERIFY(bench.choose(u"target"_s, u"Draft, build 1"_s));
    bench.click(u"invoke"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.isSeen(u"status"_s) ? bench.text(u"answeredVersion"_s) : QString(),
                              u"draft, build 1"_s, answerLimit);
    QCOMPARE(bench.cell(u"status"_s), u"200"_s);
}

void TestPanelTest::draftWithoutABuildIsOff()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QVERIFY(!bench.choose(u"target"_s, u"Draft"_s));
    QCOMPARE(bench.part<QPushButton>(u"target"_s)->text(), u"default/main/local"_s);
}

void TestPanelTest::showsTheLogOfTheRequest()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.type(u"path"_s, u"/?log=priced"_s);
    bench.click(u"invoke"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"status"_s), answerLimit);
    bench.clickTab(u"log"_s);
    QVERIFY(bench.isSeen(u"responseLog"_s));
    QVERIFY(bench.part<PlainEdit>(u"responseLog"_s)->toPlainText().contains(u"INFO  priced"_s));
    bench.clickTab(u"headers"_s);
    QVERIFY(bench.part<PlainEdit>(u"responseHeaders"_s)
                ->toPlainText()
                .contains(u"content-type: "_s, Qt::CaseInsensitive));
    bench.save(u"one-headers"_s);
}

void TestPanelTest::saysWhyNothingCameBack()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.type(u"path"_s, u"/?throw=1"_s);
    bench.click(u"invoke"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"status"_s), answerLimit);
    QCOMPARE(bench.cell(u"status"_s), u"500"_s);
    bench.panel.setTarget({u"nowhere"_s, mainGroup});
    bench.click(u"invoke"_s);
    auto *title = bench.panel.findChild<QWidget *>(u"cancel"_s);
    QVERIFY(title != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(
        !bench.panel.findChildren<QLabel *>().isEmpty() &&
            [&] {
                const auto labels = bench.panel.findChildren<QLabel *>();
                return std::ranges::any_of(labels, [](const QLabel *label) {
                    return label->isVisible() && label->text() == u"The request was not answered"_s;
                });
            }(),
        answerLimit);
    bench.save(u"one-error"_s);
}

void TestPanelTest::cancelLeavesTheFunctionAlone()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.type(u"path"_s, u"/?wait=20000"_s);
    bench.click(u"invoke"_s);
    QTRY_VERIFY(bench.isSeen(u"cancel"_s));
    QVERIFY(!bench.part<QPushButton>(u"invoke"_s)->isEnabled());
    QTRY_VERIFY(bench.text(u"elapsed"_s) != u"0.0 s"_s);
    bench.click(u"cancel"_s);
    QTRY_VERIFY(!bench.isSeen(u"cancel"_s));
    QVERIFY(bench.part<QPushButton>(u"invoke"_s)->isEnabled());
    bench.type(u"path"_s, u"/"_s);
    bench.click(u"invoke"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"status"_s), answerLimit);
    QCOMPARE(bench.cell(u"status"_s), u"200"_s);
}

void TestPanelTest::keepsTheAnswerOfEachFunction()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.type(u"path"_s, u"/?name=first"_s);
    bench.click(u"invoke"_s);
    bench.panel.setTarget({u"other"_s, mainGroup}); // while it runs
    QCOMPARE(bench.part<QLineEdit>(u"path"_s)->text(), u"/"_s);
    QVERIFY(!bench.isSeen(u"status"_s));
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QCOMPARE(bench.part<QLineEdit>(u"path"_s)->text(), u"/?name=first"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"status"_s), answerLimit);
    QTRY_VERIFY(bench.part<PlainEdit>(u"responseBody"_s)->toPlainText().contains(u"first"_s));
}

void TestPanelTest::badHeaderIsNotSent()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.chooseEvent(u"HTTP POST"_s);
    QCOMPARE(bench.part<QComboBox>(u"method"_s)->currentText(), u"POST"_s);
    bench.type(u"body"_s, u"{oops"_s);
    QTRY_VERIFY(bench.isSeen(u"requestProblem"_s));
    QVERIFY(bench.text(u"requestProblem"_s).startsWith(u"Not JSON at line 1"_s));
    QVERIFY(bench.part<QPushButton>(u"invoke"_s)->isEnabled()); // a function may want that
    bench.click(u"headersToggle"_s);
    bench.type(u"headers"_s, u"no colon"_s);
    QTRY_VERIFY(bench.text(u"requestProblem"_s).startsWith(u"Header line 1"_s));
    QVERIFY(!bench.part<QPushButton>(u"invoke"_s)->isEnabled());
    bench.save(u"one-problem"_s);
}

void TestPanelTest::savesAnEventPrivateAndShared()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.chooseEvent(u"HTTP POST"_s);
    bench.type(u"path"_s, u"/?name=saved"_s);
    bench.click(u"saveEvent"_s);
    QVERIFY(bench.isSeen(u"eventName"_s));
    bench.type(u"eventName"_s, u"order-1"_s);
    bench.click(u"eventApply"_s);
    auto *combo = bench.part<QComboBox>(u"eventCombo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(combo->currentText(), u"order-1 · private"_s, 10'000);
    QVERIFY(!bench.isSeen(u"eventName"_s));
    QTRY_COMPARE(bench.text(u"eventState"_s), u"1 saved"_s);
    const auto stored =
        QJsonDocument::fromJson(m_platform.get("/v1/functions/hello/events/order-1").body).object();
    QCOMPARE(stored[u"path"].toString(), u"/?name=saved"_s);
    QCOMPARE(stored[u"visibility"].toString(), u"private"_s);

    QVERIFY(bench.choose(u"moreEvent"_s, u"Save as"_s));
    bench.type(u"eventName"_s, u"order-2"_s);
    bench.clickSegment(u"eventVisibility"_s, u"shared"_s);
    bench.save(u"one-save"_s);
    bench.click(u"eventApply"_s);
    QTRY_COMPARE_WITH_TIMEOUT(combo->currentText(), u"order-2 · shared"_s, 10'000);
    // Another panel has both, and what was typed is what it sends.
    Bench second(*m_session, *m_settings);
    second.panel.setTarget({u"hello"_s, mainGroup});
    QTRY_COMPARE(second.text(u"eventState"_s), u"2 saved"_s);
    second.chooseEvent(u"order-2"_s);
    QCOMPARE(second.part<QLineEdit>(u"path"_s)->text(), u"/?name=saved"_s);
    QVERIFY(!second.part<QPushButton>(u"saveEvent"_s)->isEnabled());
}

void TestPanelTest::keepsBothTextsInAConflict()
{
    Bench mine(*m_session, *m_settings);
    Bench theirs(*m_session, *m_settings);
    for (Bench *bench : {&mine, &theirs}) {
        bench->panel.setTarget({u"hello"_s, mainGroup});
        QTRY_COMPARE(bench->text(u"eventState"_s), u"2 saved"_s);
        bench->chooseEvent(u"order-2"_s);
    }
    theirs.type(u"path"_s, u"/?name=theirs"_s);
    QCOMPARE(theirs.text(u"eventState"_s), u"Changed, not saved"_s);
    theirs.click(u"saveEvent"_s);
    QTRY_COMPARE(theirs.text(u"eventState"_s), u"2 saved"_s);
    mine.type(u"path"_s, u"/?name=mine"_s);
    mine.click(u"saveEvent"_s);
    QTRY_VERIFY_WITH_TIMEOUT(mine.isSeen(u"conflict"_s), 10'000);
    QVERIFY(mine.text(u"conflict"_s).startsWith(u"order-2 was changed at "_s));
    QCOMPARE(mine.part<QLineEdit>(u"path"_s)->text(), u"/?name=mine"_s);
    mine.save(u"one-conflict"_s);
    mine.click(u"keepMine"_s);
    QTRY_VERIFY(!mine.isSeen(u"conflict"_s));
    const auto path = [this] {
        return QJsonDocument::fromJson(m_platform.get("/v1/functions/hello/events/order-2").body)
            .object()[u"path"]
            .toString();
    };
    QTRY_COMPARE(path(), u"/?name=mine"_s);
    // And the other way round.
    theirs.type(u"path"_s, u"/?name=again"_s);
    theirs.click(u"saveEvent"_s);
    QTRY_VERIFY_WITH_TIMEOUT(theirs.isSeen(u"conflict"_s), 10'000);
    theirs.click(u"takeTheirs"_s);
    QCOMPARE(theirs.part<QLineEdit>(u"path"_s)->text(), u"/?name=mine"_s);
}

void TestPanelTest::deletesAnEvent()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QTRY_COMPARE(bench.text(u"eventState"_s), u"2 saved"_s);
    bench.chooseEvent(u"order-1"_s);
    QVERIFY(bench.choose(u"moreEvent"_s, u"Rename"_s));
    bench.type(u"eventName"_s, u"order-one"_s);
    QTest::keyClick(bench.part<QWidget>(u"eventName"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(bench.part<QComboBox>(u"eventCombo"_s)->currentText(), u"order-one · private"_s,
                              10'000);
    QTRY_COMPARE(m_platform.get("/v1/functions/hello/events/order-1").status, 404);
    QVERIFY(bench.choose(u"moreEvent"_s, u"Delete event"_s));
    QTRY_COMPARE(m_platform.get("/v1/functions/hello/events/order-one").status, 404);
    QTRY_COMPARE(bench.part<QComboBox>(u"eventCombo"_s)->currentText(), u"HTTP GET"_s);
}

void TestPanelTest::loadGrowsAndStops()
{
    Bench bench(*m_session, *m_settings, 690);
    QSignalSpy jobs(&bench.panel, &TestPanel::jobChanged);
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
    QVERIFY(jobs.last().first().toString().startsWith(u"Load test hello · "_s));
    bench.save(u"load-running"_s);
    QTest::keyClick(instances, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.isSeen(u"loadStop"_s), 10'000);
    QVERIFY(bench.text(u"loadState"_s).startsWith(u"Stopped at 0:"_s));
    QCOMPARE(jobs.last().first().toString(), QString());
    QVERIFY(bench.part<QPushButton>(u"loadStart"_s)->isEnabled());
    bench.click(u"openScaling"_s);
    QCOMPARE(scaling.first().first().toString(), u"hello"_s);
    bench.panel.resize(380, 860);
    bench.save(u"load-stopped-narrow"_s);
}

void TestPanelTest::loadGoesOnWithoutThePanel()
{
    {
        Bench bench(*m_session, *m_settings);
        bench.panel.setTarget({u"hello"_s, mainGroup});
        bench.clickSegment(u"testSegments"_s, u"load"_s);
        QVERIFY(bench.text(u"loadState"_s).startsWith(u"Stopped at"_s)); // of the run before
        bench.click(u"loadStart"_s);
        QTRY_VERIFY(bench.isSeen(u"loadStop"_s));
        bench.panel.setTarget({u"other"_s, mainGroup});
        QVERIFY(!bench.isSeen(u"loadStop"_s));
    }
    auto *job = LoadJobs::of(*m_session).job(u"hello"_s);
    QVERIFY(job != nullptr && job->isRunning());
    const auto before = job->report().sent;
    QTRY_VERIFY_WITH_TIMEOUT(job->report().sent > before + 100, 10'000);
    Bench back(*m_session, *m_settings);
    back.panel.setTarget({u"hello"_s, mainGroup});
    back.clickSegment(u"testSegments"_s, u"load"_s);
    QVERIFY(back.isSeen(u"loadStop"_s));
    QVERIFY(back.figure(u"Answered"_s).toInt() > 0);
    back.click(u"loadStop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!job->isRunning(), 10'000);
}

void TestPanelTest::loadOnALaneIsAnsweredByMain()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.clickSegment(u"testSegments"_s, u"load"_s);
    QVERIFY(bench.choose(u"loadTarget"_s, u"default/lane-42/local"_s));
    bench.click(u"loadStart"_s);
    auto *job = LoadJobs::of(*m_session).job(u"hello"_s);
    QTRY_VERIFY_WITH_TIMEOUT(job->isRunning() && job->report().ok > 0, 10'000);
    QCOMPARE(job->answering(), std::optional(mainGroup));
    QCOMPARE(job->request().plan.headers.back().first, "nest-lane");
    bench.click(u"loadStop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!job->isRunning(), 10'000);
}

void TestPanelTest::secondLoadIsRefused()
{
    auto &jobs = LoadJobs::of(*m_session);
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
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"nowhere"_s, mainGroup});
    bench.panel.showLoad();
    QVERIFY(bench.isSeen(u"loadNote"_s));
    QVERIFY(!bench.part<QPushButton>(u"loadStart"_s)->isEnabled());
}

void TestPanelTest::offlineIsSaid()
{
    Bench bench(*m_session, *m_settings);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    widgets::ConnectionStatus status;
    status.state = widgets::ConnectionStatus::State::Offline;
    bench.panel.setConnectionStatus(status);
    QVERIFY(!bench.part<QPushButton>(u"invoke"_s)->isEnabled());
    QVERIFY(bench.part<QPushButton>(u"invoke"_s)->toolTip().contains(u"offline"_s));
    bench.type(u"path"_s, u"/kept"_s); // writing goes on
    status.state = widgets::ConnectionStatus::State::Live;
    bench.panel.setConnectionStatus(status);
    QVERIFY(bench.part<QPushButton>(u"invoke"_s)->isEnabled());
    QCOMPARE(bench.part<QLineEdit>(u"path"_s)->text(), u"/kept"_s);
}

QTEST_MAIN(TestPanelTest)
#include "tst_testpanel.moc"
