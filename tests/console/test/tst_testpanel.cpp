// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One request from the Test panel, by clicks and keys over a real nestd with a real function; saved events.
#include "app/console/pages/function/test/plainedit.h"
#include "tests/console/test/panelbench.h"
#include "widgets/figures/phasesbar.h"

#include <QApplication>
#include <QClipboard>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>

using namespace nest;
using namespace nest::console;
using namespace nest::testsupport;
using namespace Qt::StringLiterals;

class TestPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { failOnWarnings(); }
    void saysThatNothingWasSent();
    void invokesAGroup();
    void saysWhoAnsweredInPlaceOfALane();
    void invokesAVersionAndABuild();
    void triesAVersionWithTheSecretsOfThePagesGroup();
    void draftWithoutABuildIsOff();
    void showsTheLogOfTheRequest();
    void saysWhyNothingCameBack();
    void cancelLeavesTheFunctionAlone();
    void keepsTheAnswerOfEachFunction();
    void badHeaderIsNotSent();
    void savesAnEventPrivateAndShared();
    void keepsBothTextsInAConflict();
    void deletesAnEvent();
    void offlineIsSaid();

private:
    PanelPlatform m_on;
};

void TestPanelTest::initTestCase()
{
    QCOMPARE(m_on.start(), QString());
}

void TestPanelTest::saysThatNothingWasSent()
{
    PanelBench bench(m_on);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QCOMPARE(bench.part<QPushButton>(u"target"_s)->text(), u"default/main/local"_s);
    QVERIFY(bench.part<QPushButton>(u"invoke"_s)->isEnabled());
    QVERIFY(!bench.isSeen(u"status"_s));
    bench.save(u"one-empty"_s);
}

void TestPanelTest::invokesAGroup()
{
    PanelBench bench(m_on);
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
    bench.click(u"copyTrace"_s);
    QCOMPARE(QApplication::clipboard()->text().size(), 32);
    bench.save(u"one-answer"_s);

    bench.click(u"invoke"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.isSeen(u"status"_s) ? bench.cell(u"cold"_s) : QString(), u"Warm"_s,
                              answerLimit);
}

void TestPanelTest::saysWhoAnsweredInPlaceOfALane()
{
    PanelBench bench(m_on);
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
    PanelBench bench(m_on);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    bench.panel.setDraftBuild(1);
    QTRY_VERIFY_WITH_TIMEOUT(bench.choose(u"target"_s, u"v1"_s), 10'000);
    bench.click(u"invoke"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isSeen(u"status"_s), answerLimit);
    QCOMPARE(bench.text(u"answeredVersion"_s), u"v1"_s);
    QVERIFY(bench.isSeen(u"noGroup"_s));
    // One code under two names, and both say so.
    QVERIFY(bench.choose(u"target"_s, u"Draft, build 1 = v1"_s));
    QCOMPARE(bench.part<QPushButton>(u"target"_s)->text(), u"Draft, build 1 = v1"_s);
    bench.click(u"invoke"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.isSeen(u"status"_s) ? bench.text(u"answeredVersion"_s) : QString(),
                              u"draft, build 1 = v1"_s, answerLimit);
    QCOMPARE(bench.cell(u"status"_s), u"200"_s);
}

void TestPanelTest::triesAVersionWithTheSecretsOfThePagesGroup()
{
    const QMap<QByteArray, QByteArray> files{
        {"function.yaml", "name: holder\nruntime: node20\nhandler: src/handler.js#handler\n"},
        {"src/handler.js", "export const handler = (event, context) => ({ ...context.secrets });\n"}};
    const QByteArray ofLane = "default/lane-42/local";
    for (const auto &group : {QByteArray("default/main/local"), ofLane}) {
        QCOMPARE(m_on.platform.deploy("holder", files, "{}", group), QString());
        const QByteArray name = group == ofLane ? "OF_LANE" : "OF_MAIN";
        QCOMPARE(m_on.platform
                     .api({"PUT",
                           "/v1/functions/holder/secrets/" + name,
                           R"({"value":"value )" + name + R"("})",
                           {{"If-None-Match", "*"}}})
                     .status,
                 201);
        const auto path = "/v1/functions/holder/deployments/" + group;
        auto deployment = QJsonDocument::fromJson(m_on.platform.get(path).body).object();
        deployment[u"secrets"] = QJsonObject{{u"TOKEN"_s, QString::fromUtf8(name)}};
        QCOMPARE(m_on.platform
                     .api({"PUT",
                           path,
                           QJsonDocument(deployment).toJson(QJsonDocument::Compact),
                           {{"If-Match", "*"}}})
                     .status,
                 200);
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_on.session->deployments().find("holder/" + ofLane.toStdString()) != nullptr,
                             10'000);
    PanelBench bench(m_on);
    bench.panel.setTarget({u"holder"_s, {"default", "lane-42", "local"}});
    QTRY_VERIFY_WITH_TIMEOUT(bench.choose(u"target"_s, u"v1"_s), 10'000);
    bench.click(u"invoke"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        bench.part<PlainEdit>(u"responseBody"_s)->toPlainText().contains(u"value OF_LANE"_s), answerLimit);
}

void TestPanelTest::draftWithoutABuildIsOff()
{
    PanelBench bench(m_on);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QVERIFY(!bench.choose(u"target"_s, u"Draft"_s));
    QCOMPARE(bench.part<QPushButton>(u"target"_s)->text(), u"default/main/local"_s);
}

void TestPanelTest::showsTheLogOfTheRequest()
{
    PanelBench bench(m_on);
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
    PanelBench bench(m_on);
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
    PanelBench bench(m_on);
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
    PanelBench bench(m_on);
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
    PanelBench bench(m_on);
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
    PanelBench bench(m_on);
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
        QJsonDocument::fromJson(m_on.platform.get("/v1/functions/hello/events/order-1").body).object();
    QCOMPARE(stored[u"path"].toString(), u"/?name=saved"_s);
    QCOMPARE(stored[u"visibility"].toString(), u"private"_s);

    QVERIFY(bench.choose(u"moreEvent"_s, u"Save as"_s));
    bench.type(u"eventName"_s, u"order-2"_s);
    bench.clickSegment(u"eventVisibility"_s, u"shared"_s);
    bench.save(u"one-save"_s);
    bench.click(u"eventApply"_s);
    QTRY_COMPARE_WITH_TIMEOUT(combo->currentText(), u"order-2 · shared"_s, 10'000);
    // Another panel has both, and what was typed is what it sends.
    PanelBench second(m_on);
    second.panel.setTarget({u"hello"_s, mainGroup});
    QTRY_COMPARE(second.text(u"eventState"_s), u"2 saved"_s);
    second.chooseEvent(u"order-2"_s);
    QCOMPARE(second.part<QLineEdit>(u"path"_s)->text(), u"/?name=saved"_s);
    QVERIFY(!second.part<QPushButton>(u"saveEvent"_s)->isEnabled());
}

void TestPanelTest::keepsBothTextsInAConflict()
{
    PanelBench mine(m_on);
    PanelBench theirs(m_on);
    for (PanelBench *bench : {&mine, &theirs}) {
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
        return QJsonDocument::fromJson(m_on.platform.get("/v1/functions/hello/events/order-2").body)
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
    PanelBench bench(m_on);
    bench.panel.setTarget({u"hello"_s, mainGroup});
    QTRY_COMPARE(bench.text(u"eventState"_s), u"2 saved"_s);
    bench.chooseEvent(u"order-1"_s);
    QVERIFY(bench.choose(u"moreEvent"_s, u"Rename"_s));
    bench.type(u"eventName"_s, u"order-one"_s);
    QTest::keyClick(bench.part<QWidget>(u"eventName"_s), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(bench.part<QComboBox>(u"eventCombo"_s)->currentText(), u"order-one · private"_s,
                              10'000);
    QTRY_COMPARE(m_on.platform.get("/v1/functions/hello/events/order-1").status, 404);
    QVERIFY(bench.choose(u"moreEvent"_s, u"Delete event"_s));
    QTRY_COMPARE(m_on.platform.get("/v1/functions/hello/events/order-one").status, 404);
    QTRY_COMPARE(bench.part<QComboBox>(u"eventCombo"_s)->currentText(), u"HTTP GET"_s);
}

void TestPanelTest::offlineIsSaid()
{
    PanelBench bench(m_on);
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
