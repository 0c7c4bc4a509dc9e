// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab Instances in the real window against a real nestd: rows, states, and the live log, by clicks and
// keys.
#include "tests/console/firstpath/console.h"

#include "app/console/pages/function/functionpage.h"
#include "app/console/pages/function/instances/logmodel.h"
#include "tests/support/testplatform.h"
#include "widgets/table/tableview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <QUrl>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::testsupport::Console;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 20'000;
} // namespace

class TestInstancesTab final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatNothingRunsAndShowsTheFirstInstance();
    void showsTheLogOfTheChosenInstance();
    void searchesFiltersAndHoldsTheLog();
    void showsATrialAndWhyAnInstanceEnded();
    void keepsEverythingWhileThePlatformIsAway();
    void saysThatItIsNotDeployed();
    void followsTheGroupOfThePage();
    void keepsTheNewestLinesInView();

private:
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }
    void deploy(const QByteArray &scaling = R"({"scaling":{"maximum":2},"concurrencyLimit":1})");
    void open(Console &console, const QString &function = u"busy"_s);
    QByteArray ask(const QByteArray &query,
                   const QList<std::pair<QByteArray, QByteArray>> &headers = {}) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

namespace {
enum Column { State, Id, Version, Group, ColdStart, InFlight, Requests, Memory, Cpu, Since, Reason };

nest::widgets::TableView *table(const Console &console)
{
    return console.find<nest::widgets::TableView>(u"instances"_s);
}
QString cell(const Console &console, int row, int column)
{
    return table(console)->model()->index(row, column).data().toString();
}
QListView *log(const Console &console)
{
    return console.find<QListView>(u"logView"_s);
}
QStringList lines(const Console &console)
{
    QStringList all;
    for (int row = 0; row < log(console)->model()->rowCount(); ++row) {
        all.append(log(console)->model()->index(row, 0).data().toString());
    }
    return all;
}
} // namespace

void TestInstancesTab::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

void TestInstancesTab::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestInstancesTab::deploy(const QByteArray &scaling)
{
    QCOMPARE(m_platform->deploy("busy", TestPlatform::helloFiles("busy"), scaling), QString());
}

void TestInstancesTab::open(Console &console, const QString &function)
{
    QTRY_VERIFY_WITH_TIMEOUT(console.session.functions().find(function.toStdString()), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.session.deployments().isListed(), answerLimit);
    console.pages.openFunction({function, {}}, u"instances"_s);
    QTRY_VERIFY_WITH_TIMEOUT(table(console), answerLimit);
    for (QAbstractItemModel *model : {table(console)->proxy().sourceModel(), log(console)->model()}) {
        new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
    }
}

QByteArray TestInstancesTab::ask(const QByteArray &query,
                                 const QList<std::pair<QByteArray, QByteArray>> &headers) const
{
    const auto all = m_platform->get("/v1/functions/busy");
    const auto url = QString::fromUtf8(all.body).section(u"\"url\":\""_s, 1).section(u'"', 0, 0);
    return m_platform->gateway({.path = QUrl(url).path().toUtf8() + query, .headers = headers}).body;
}

void TestInstancesTab::saysThatNothingRunsAndShowsTheFirstInstance()
{
    deploy();
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"No instance runs in default/main/local"_s), answerLimit);
    QVERIFY(console.showsText(u"the next request starts an instance"_s));
    QCOMPARE(console.text(u"instanceCounts"_s), u"none runs"_s);
    console.picture(u"instances-at-zero"_s);

    QVERIFY(ask("?log=first").contains("hello"));
    QTRY_COMPARE_WITH_TIMEOUT(table(console)->model()->rowCount(), 1, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(cell(console, 0, State), u"Ready"_s, answerLimit);
    QVERIFY(cell(console, 0, Id).startsWith(u"i-"_s));
    QCOMPARE(cell(console, 0, Version), u"v1"_s);
    QCOMPARE(cell(console, 0, Group), u"default/main/local"_s);
    QVERIFY2(cell(console, 0, ColdStart).endsWith(u" ms"_s), qPrintable(cell(console, 0, ColdStart)));
    QTRY_VERIFY_WITH_TIMEOUT(cell(console, 0, Memory).endsWith(u" MB"_s), answerLimit);
    QTRY_COMPARE(console.text(u"instanceCounts"_s), u"1 ready"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!lines(console).filter(u"first"_s).isEmpty(), answerLimit);
    QCOMPARE(console.text(u"logDropped"_s), u"0 dropped"_s);

    const QRect row = table(console)->visualRect(table(console)->model()->index(0, State));
    QTest::mouseClick(table(console)->viewport(), Qt::LeftButton, {}, row.center());
    QTest::keyClick(table(console), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(cell(console, 0, Id))); // the whole id
    console.picture(u"instances-one"_s);
}

void TestInstancesTab::showsTheLogOfTheChosenInstance()
{
    deploy(R"({"scaling":{"reserved":2,"maximum":2},"concurrencyLimit":1})");
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"instanceCounts"_s), u"2 ready"_s, answerLimit);
    const auto written = [&](int row) {
        const QString end = cell(console, row, Id).right(6);
        return static_cast<int>(lines(console).filter(u"  "_s + end + u"  "_s).size());
    };
    for (int i = 0; i < 40; ++i) {
        QVERIFY(ask("?log=line-" + QByteArray::number(i)).contains("hello"));
    }
    QTRY_VERIFY_WITH_TIMEOUT(lines(console).size() >= 40 && written(0) > 0 && written(1) > 0, answerLimit);
    QCOMPARE(console.text(u"logWhose"_s), u"of all instances in default/main/local"_s);

    const QRect row = table(console)->visualRect(table(console)->model()->index(1, Version));
    QTest::mouseClick(table(console)->viewport(), Qt::LeftButton, {}, row.center());
    QTRY_COMPARE(console.text(u"logWhose"_s), cell(console, 1, Id).right(6));
    QCOMPARE(written(0), 0);
    QCOMPARE(written(1), int(lines(console).size()));
    QVERIFY(console.text(u"logLines"_s).contains(u"Lines shown: "_s));
    QTest::keyClick(table(console), Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(written(0) > 0 && written(1) > 0);
    console.picture(u"instances-chosen"_s);
    QTest::keyClick(table(console), Qt::Key_Escape);
    QTRY_COMPARE(console.text(u"logWhose"_s), u"of all instances in default/main/local"_s);
    QVERIFY(table(console)->selectedSources().isEmpty());
}

void TestInstancesTab::searchesFiltersAndHoldsTheLog()
{
    deploy();
    Console console(m_platform->socket(), settingsFile());
    open(console);
    for (const QByteArray query : {"?log=apple", "?log=pear", "?log=apple-again", "?throw=1"}) {
        ask(query);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!lines(console).filter(u"asked to fail"_s).isEmpty(), answerLimit);
    const auto all = lines(console).size();

    QVERIFY(QTest::qWaitForWindowActive(&console.window));
    QTest::mouseClick(log(console)->viewport(), Qt::LeftButton);
    QTest::keyClick(log(console), Qt::Key_F, Qt::ControlModifier);
    auto *search = console.find<QLineEdit>(u"logSearch"_s);
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, u"APPLE"_s);
    QCOMPARE(console.text(u"logHits"_s), u"2 of 2"_s); // the newest first
    QTest::keyClick(search, Qt::Key_F3);
    QCOMPARE(console.text(u"logHits"_s), u"1 of 2"_s);
    QTest::keyClick(search, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(console.text(u"logHits"_s), u"2 of 2"_s);
    console.picture(u"instances-search"_s);
    search->selectAll();
    QTest::keyClicks(search, u"nowhere"_s);
    QCOMPARE(console.text(u"logHits"_s), u"no hit"_s);
    search->clear();

    // A search holds; what comes then waits and is counted.
    auto *follow = console.find<QPushButton>(u"logFollow"_s);
    QVERIFY(!follow->isChecked());
    QCOMPARE(follow->text(), u"Follow"_s);
    ask("?log=while-held");
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"logLines"_s).contains(u"held, 1 new wait"_s), answerLimit);
    QCOMPARE(lines(console).size(), all);
    QTest::keyClick(log(console), Qt::Key_End);
    QTRY_VERIFY(!lines(console).filter(u"while-held"_s).isEmpty());
    QVERIFY(follow->isChecked());
    QCOMPARE(follow->text(), u"Following"_s);
    const QRgb on = follow->grab().toImage().pixel(4, follow->height() / 2);
    QTest::keyClick(log(console), Qt::Key_Space);
    QVERIFY(!follow->isChecked());
    QVERIFY(follow->grab().toImage().pixel(4, follow->height() / 2) != on);
    QTest::keyClick(log(console), Qt::Key_Space);
    QVERIFY(follow->isChecked());

    QTest::mouseClick(console.find<QToolButton>(u"error"_s), Qt::LeftButton);
    QTRY_VERIFY(!lines(console).isEmpty() && lines(console).size() < all);
    QVERIFY(lines(console).filter(u"apple"_s).isEmpty());
    QTest::mouseClick(console.find<QToolButton>(u"all"_s), Qt::LeftButton);
    QVERIFY(lines(console).size() > all);
    const QString tip = log(console)->model()->index(0, 0).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(u"request"_s) && tip.contains(u"i-"_s), qPrintable(tip));
}

void TestInstancesTab::showsATrialAndWhyAnInstanceEnded()
{
    deploy();
    Console console(m_platform->socket(), settingsFile());
    open(console);
    const auto tried = m_platform->api({"POST", "/v1/functions/busy/actions/invoke", R"({"build":1})"});
    QCOMPARE(tried.status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(table(console)->model()->rowCount(), 1, answerLimit);
    QCOMPARE(cell(console, 0, Group), u"trial"_s);

    ask("?exit=1");
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"instanceCounts"_s).contains(u" failed"_s), answerLimit);
    const int failed = cell(console, 0, State) == u"Failed"_s ? 0 : table(console)->model()->rowCount() - 1;
    QCOMPARE(cell(console, failed, State), u"Failed"_s);
    QVERIFY(!cell(console, failed, Reason).isEmpty());
    QCOMPARE(cell(console, failed, Memory), u"–"_s);
    const QRect row = table(console)->visualRect(table(console)->model()->index(failed, Version));
    QTest::mouseClick(table(console)->viewport(), Qt::LeftButton, {}, row.center());
    QTRY_VERIFY(console.text(u"endedFact"_s).contains(cell(console, failed, Reason)));
    console.picture(u"instances-ended"_s);
}

void TestInstancesTab::keepsEverythingWhileThePlatformIsAway()
{
    deploy(R"({"scaling":{"reserved":1}})");
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"instanceCounts"_s), u"1 ready"_s, answerLimit);
    ask("?log=before");
    QTRY_VERIFY_WITH_TIMEOUT(!lines(console).filter(u"before"_s).isEmpty(), answerLimit);
    const QString id = cell(console, 0, Id);
    m_platform->kill();
    QTRY_VERIFY_WITH_TIMEOUT(table(console)->isStale(), answerLimit);
    QCOMPARE(cell(console, 0, Id), id);
    QVERIFY(!lines(console).filter(u"before"_s).isEmpty());
    console.picture(u"instances-offline"_s);

    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(!table(console)->isStale(), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"instanceCounts"_s) == u"1 ready"_s && cell(console, 0, Id) != id,
                             answerLimit); // the one of before the crash is gone
    ask("?log=after");
    QTRY_VERIFY_WITH_TIMEOUT(!lines(console).filter(u"after"_s).isEmpty(), answerLimit);
    QCOMPARE(lines(console).filter(u"before"_s).size(), 1); // no line twice
}

void TestInstancesTab::saysThatItIsNotDeployed()
{
    QCOMPARE(m_platform->api({"POST", "/v1/functions", R"({"name":"fresh"})"}).status, 201);
    Console console(m_platform->socket(), settingsFile());
    open(console, u"fresh"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"The function is not deployed"_s), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"logDropped"_s) == u"0 dropped"_s, answerLimit);
}

void TestInstancesTab::followsTheGroupOfThePage()
{
    deploy(R"({"scaling":{"reserved":1}})");
    const auto group = m_platform->api({"PUT", "/v1/groups/default/pr-7/local", "{}", {{"If-Match", "*"}}});
    QVERIFY2(group.status < 300, group.body.constData());
    const auto inLane = m_platform->api({"PUT",
                                         "/v1/functions/busy/deployments/default/pr-7/local",
                                         R"({"weights":[{"version":1,"weight":100}],)"
                                         R"("scaling":{"reserved":2,"maximum":2}})",
                                         {{"If-Match", "*"}}});
    QVERIFY2(inLane.status < 300, inLane.body.constData());
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"instanceCounts"_s), u"1 ready · 2 more in other groups"_s,
                              answerLimit);
    QCOMPARE(table(console)->model()->rowCount(), 1);
    QCOMPARE(cell(console, 0, Group), u"default/main/local"_s);
    console.picture(u"instances-this-group"_s);

    QTest::mouseClick(console.find<QToolButton>(u"allGroups"_s), Qt::LeftButton);
    QTRY_COMPARE(console.text(u"instanceCounts"_s), u"3 ready"_s);
    QCOMPARE(table(console)->model()->rowCount(), 3);
    QCOMPARE(console.text(u"logWhose"_s), u"of all instances in all groups"_s);
    const auto inMain = [&] {
        return lines(console).filter(u"from-main"_s).size();
    };
    const auto inLane7 = [&] {
        return lines(console).filter(u"from-pr-7"_s).size();
    };
    QVERIFY(ask("?log=from-main").contains("hello"));
    QVERIFY(ask("?log=from-pr-7", {{"nest-lane", "pr-7"}}).contains("hello"));
    QTRY_VERIFY_WITH_TIMEOUT(inMain() == 1 && inLane7() == 1, answerLimit);
    console.picture(u"instances-all-groups"_s);
    QTest::mouseClick(console.find<QToolButton>(u"thisGroup"_s), Qt::LeftButton);
    QTRY_COMPARE(table(console)->model()->rowCount(), 1);
    QCOMPARE(console.text(u"logWhose"_s), u"of all instances in default/main/local"_s);
    QTRY_COMPARE_WITH_TIMEOUT(inMain(), 1, answerLimit);
    QCOMPARE(inLane7(), 0); // the log follows the table

    console.pages.openFunction({u"busy"_s, {.lane = "pr-7"}}, u"instances"_s);
    QTRY_COMPARE(console.text(u"instanceCounts"_s), u"2 ready · 1 more in other groups"_s);
    QTRY_COMPARE_WITH_TIMEOUT(inLane7(), 1, answerLimit);
    QCOMPARE(inMain(), 0);
    QCOMPARE(cell(console, 0, Group), u"default/pr-7/local"_s);
    console.pages.openFunction({u"busy"_s, {.lane = "nowhere"}}, u"instances"_s);
    QTRY_VERIFY(console.showsText(u"Not deployed to default/nowhere/local"_s));
    console.picture(u"instances-not-here"_s);
    for (auto *button : table(console)->findChildren<QPushButton *>()) {
        if (button->text() == u"Show all groups"_s) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QTRY_COMPARE(table(console)->model()->rowCount(), 3);
}

void TestInstancesTab::keepsTheNewestLinesInView()
{
    using nest::wire::Severity;
    nest::console::LogModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto batch = [](int from, int count) {
        std::vector<nest::wire::LogLine> lines;
        for (int i = from; i < from + count; ++i) {
            lines.push_back({.sequence = i,
                             .time = {},
                             .function = "busy",
                             .instance = i % 2 == 0 ? "i-even" : "i-odd",
                             .version = 1,
                             .severity = i % 10 == 0 ? Severity::Error : Severity::Info,
                             .requestId = {},
                             .message = "line " + std::to_string(i)});
        }
        return lines;
    };
    model.append(batch(0, 4'000));
    model.append(batch(4'000, 2'000));
    QCOMPARE(model.rowCount(), 5'000);
    QCOMPARE(model.line(0).sequence, 1'000);
    QCOMPARE(model.line(4'999).sequence, 5'999);
    model.setLeast(Severity::Error);
    QCOMPARE(model.rowCount(), 500);
    model.append(batch(6'000, 20));
    QCOMPARE(model.rowCount(), 500); // two came, two went
    QCOMPARE(model.line(0).sequence, 1'020);
    model.setInstances({u"i-odd"_s});
    QCOMPARE(model.rowCount(), 0);
    model.setLeast(Severity::Debug);
    QCOMPARE(model.rowCount(), 2'500);
    QCOMPARE(model.rowsWith(u"LINE 6019"_s), QList<int>{2'499});
    model.setHeld(true);
    model.append(batch(6'020, 7'000));
    QCOMPARE(model.rowCount(), 2'500);
    QCOMPARE(model.waiting(), 5'000);
    model.setHeld(false);
    QCOMPARE(model.line(model.rowCount() - 1).sequence, 13'019);
    QCOMPARE(model.kept(), 5'000);
}

QTEST_MAIN(TestInstancesTab)
#include "tst_instancestab.moc"
