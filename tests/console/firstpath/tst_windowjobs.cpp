// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What runs, in the foot of the window, what is said when it ends, and that nothing moves for it. Real clicks
// and keys against a real nestd.
#include "tests/console/firstpath/console.h"

#include "app/console/pages/function/code/codetab.h"
#include "app/console/pages/function/functionpage.h"
#include "app/console/pages/function/test/loadjobs.h"
#include "models/draft/draft.h"
#include "tests/support/testplatform.h"

#include <QMenu>
#include <QRegularExpression>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using nest::testsupport::Console;
using nest::testsupport::TestPlatform;

namespace {
constexpr int answerLimit = 20'000;
} // namespace

class TestWindowJobs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsEveryJobThatRunsWithItsOwnStop();
    void tellsTheEndOfALoadWhereverOneIs();
    void movesNothingWhenTheBannerComes();
    void buildsWhatWasLeftWhileItWasSaved();
    void buildsNothingThatWasCancelledWhileItWasSaved();
    void saysWhyWhatWasLeftIsNotBuilt();
    void saysThatThePlatformEndedByItself();
    void fitsANarrowWindow();

private:
    /// Something is typed in alpha and Ctrl+B pressed; its tab, or null when it did not come to that.
    static nest::console::CodeTab *buildAlphaWhileItIsSaved(Console &console);
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestWindowJobs::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

void TestWindowJobs::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestWindowJobs::showsEveryJobThatRunsWithItsOwnStop()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    QCOMPARE(m_platform->deploy("beta", TestPlatform::helloFiles("beta"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 2U, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.session.isConnected(), answerLimit);
    nest::client::LoadPlan plan;
    plan.requestsPerSecond = 5;
    plan.duration = std::chrono::minutes(2);
    for (const auto &name : {u"alpha"_s, u"beta"_s}) {
        const auto started = nest::console::LoadJobs::of(console.session).start(name, {}, plan);
        QVERIFY2(started, started ? "" : started.error().detail.c_str());
    }
    const auto job = [&](const char16_t *name) {
        return console.find<QAbstractButton>(QString::fromUtf16(name));
    };
    QTRY_VERIFY_WITH_TIMEOUT(job(u"job.load/beta"), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(job(u"job.load/alpha"), answerLimit); // one does not hide the other
    console.picture(u"jobs-two"_s);

    // A build comes on top, and is cancelled there.
    console.pages.openFunction({u"alpha"_s, {}}, u"code"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        console.pages.function().findChild<nest::console::CodeTab *>()->draft() &&
            !console.pages.function().findChild<nest::console::CodeTab *>()->draft()->files().empty(),
        answerLimit);
    auto *code = console.pages.function().findChild<nest::console::CodeTab *>();
    // A test that takes its time: the build runs until it is cancelled.
    QVERIFY(code->draft()->add(u"test/slow.test.js"_s,
                               u"import { test } from 'node:test';\ntest('slow', async () => {\n"
                               "  await new Promise(r => setTimeout(r, 25000));\n});\n"_s));
    QTest::keyClick(code, Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(job(u"job.build/alpha"), answerLimit);
    QVERIFY(console.find<QAbstractButton>(u"stop.build/alpha"_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.session.functions().find("alpha")->status->latestBuild.value_or(0) >= 2,
                             answerLimit);
    QCOMPARE(console.find<QAbstractButton>(u"stop.build/alpha"_s)->text(), u"Cancel build"_s);

    // Without room the newest stays and the others are behind a number.
    console.window.resize(1024, 700);
    QTRY_VERIFY(job(u"moreJobs"));
    QVERIFY(job(u"moreJobs")->text().startsWith(u'+'));
    QVERIFY(job(u"job.build/alpha"));
    console.picture(u"jobs-narrow"_s);
    console.click(u"moreJobs"_s);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QVERIFY(menu->actions().size() >= 2);
    QVERIFY(menu->actions().first()->text().startsWith(u"Load test "_s));
    QTest::keyClick(menu, Qt::Key_Escape);
    console.window.activateWindow();
    console.window.resize(1700, 900);
    QTRY_VERIFY(job(u"job.load/alpha"));

    // Another function is looked at: the build goes on, and is cancelled from there.
    console.pages.openFunction({u"beta"_s, {}}, u"summary"_s);
    QVERIFY(job(u"job.build/alpha"));
    console.click(u"stop.build/alpha"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!job(u"job.build/alpha"), answerLimit);
    QVERIFY(job(u"job.load/alpha")); // it still runs
    console.click(u"stop.load/alpha"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!job(u"job.load/alpha"), answerLimit);
    QVERIFY(job(u"job.load/beta"));
    console.click(u"stop.load/beta"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!job(u"job.load/beta"), answerLimit);
}

void TestWindowJobs::tellsTheEndOfALoadWhereverOneIs()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.session.isConnected(), answerLimit);
    QVERIFY(console.window.showPage(u"scaling"_s));
    nest::client::LoadPlan plan;
    plan.requestsPerSecond = 20;
    plan.duration = std::chrono::seconds(3);
    const auto started = nest::console::LoadJobs::of(console.session).start(u"alpha"_s, {}, plan);
    QVERIFY2(started, started ? "" : started.error().detail.c_str());
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"Load on alpha is done"_s), answerLimit);
    QVERIFY(console.showsText(u"60 answered · success 100 % · p99 "_s));
    QVERIFY(console.showsText(u"1 instances reached"_s) || console.showsText(u"1 instance reached"_s));
    console.picture(u"load-ended"_s);
    QCOMPARE(console.find<QAbstractButton>(u"toastAction"_s)->text(), u"Show the load"_s);
    console.click(u"toastAction"_s);
    QTRY_COMPARE(console.page(), u"function"_s);
    QCOMPARE(console.pages.function().place(), u"alpha/default/main/local/code"_s);
    QTRY_VERIFY(console.find<QWidget>(u"loadFigures"_s));

    // Later it is in the list of messages, with the same way on.
    QVERIFY(console.window.showPage(u"functions"_s));
    console.click(u"messages"_s);
    QTRY_VERIFY(console.find<QWidget>(u"messageList"_s));
    QVERIFY(console.showsText(u"Load on alpha is done"_s));
    console.click(u"messageAction"_s);
    QTRY_COMPARE(console.page(), u"function"_s);
    QTRY_VERIFY(!console.find<QWidget>(u"messageList"_s));

    // Stopped is said as well.
    plan.duration = std::chrono::minutes(2);
    QVERIFY(nest::console::LoadJobs::of(console.session).start(u"alpha"_s, {}, plan));
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QAbstractButton>(u"stop.load/alpha"_s), answerLimit);
    console.click(u"stop.load/alpha"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"Load on alpha was stopped after 0:"_s), answerLimit);
}

void TestWindowJobs::movesNothingWhenTheBannerComes()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 1U, answerLimit);
    console.pages.openFunction({u"alpha"_s, {}}, u"instances"_s);
    const auto place = [&] {
        const QWidget *tab = console.pages.function().currentTab();
        return QRect(tab->mapTo(&console.window, QPoint()), tab->size());
    };
    QTRY_VERIFY(console.find<QWidget>(u"instanceGroups"_s));
    const QRect before = place();
    m_platform->kill();
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"Offline "_s), answerLimit);
    console.picture(u"banner"_s);
    QCOMPARE(place(), before);
}

nest::console::CodeTab *TestWindowJobs::buildAlphaWhileItIsSaved(Console &console)
{
    const QDeadlineTimer limit(answerLimit);
    if (!QTest::qWaitFor([&] { return console.session.deployments().size() == 2; }, limit)) {
        return nullptr;
    }
    console.pages.openFunction({u"alpha"_s, {}}, u"code"_s);
    auto *code = console.pages.function().findChild<nest::console::CodeTab *>();
    if (!QTest::qWaitFor([&] { return code->draft() && !code->draft()->files().empty(); }, limit) ||
        !code->draft()->add(u"src/more.js"_s, u"export const more = 1;\n"_s)) {
        return nullptr;
    }
    QTest::keyClick(code, Qt::Key_B, Qt::ControlModifier);
    return code;
}

/// Ctrl+B and away in the same breath: the build is made of what was typed.
void TestWindowJobs::buildsWhatWasLeftWhileItWasSaved()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    QCOMPARE(m_platform->deploy("beta", TestPlatform::helloFiles("beta"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    auto *code = buildAlphaWhileItIsSaved(console);
    QVERIFY(code);
    QVERIFY(code->draft()->isSaving());
    console.pages.openFunction({u"beta"_s, {}}, u"code"_s);
    QVERIFY(console.find<QAbstractButton>(u"job.build/alpha"_s));
    const auto latest = [&] {
        return console.session.functions().find("alpha")->status->latestBuild;
    };
    QTRY_VERIFY_WITH_TIMEOUT(latest().value_or(0) >= 2, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(!console.find<QAbstractButton>(u"job.build/alpha"_s), answerLimit);
    console.pages.openFunction({u"alpha"_s, {}}, u"code"_s);
    QTRY_VERIFY_WITH_TIMEOUT(code->draft() && code->draft()->file(u"src/more.js"_s), answerLimit);
    QVERIFY(code->draft()->modified().isEmpty());
}

/// Ctrl+B, away, cancelled in the foot and back, before the platform has answered once.
void TestWindowJobs::buildsNothingThatWasCancelledWhileItWasSaved()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    QCOMPARE(m_platform->deploy("beta", TestPlatform::helloFiles("beta"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    auto *code = buildAlphaWhileItIsSaved(console);
    QVERIFY(code);
    console.pages.openFunction({u"beta"_s, {}}, u"code"_s);
    console.click(u"stop.build/alpha"_s);
    QVERIFY(!console.find<QAbstractButton>(u"job.build/alpha"_s));
    console.pages.openFunction({u"alpha"_s, {}}, u"code"_s);
    QVERIFY(code->draft()->isSaving()); // the same one
    QVERIFY(!code->isBuilding());
    QTRY_VERIFY_WITH_TIMEOUT(code->draft()->modified().isEmpty(),
                             answerLimit); // it is saved, and that is all
    QVERIFY(!code->isBuilding());
    QVERIFY(!console.find<QAbstractButton>(u"job.build/alpha"_s));
    QCOMPARE(m_platform->get("/v1/functions/alpha/builds/2").status, 404);
}

void TestWindowJobs::saysWhyWhatWasLeftIsNotBuilt()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    QCOMPARE(m_platform->deploy("beta", TestPlatform::helloFiles("beta"), "{}"), QString());
    QCOMPARE(m_platform
                 ->api({"PUT",
                        "/v1/functions/alpha/files/test/slow.test.js",
                        R"({"path":"test/slow.test.js","content":"import { test } from 'node:test';)"
                        R"( test('slow', async () => { await new Promise(r => setTimeout(r, 25000)); });"})",
                        {{"content-type", "application/json"}, {"if-none-match", "*"}}})
                 .status,
             201);
    Console console(m_platform->socket(), settingsFile());
    auto *code = buildAlphaWhileItIsSaved(console);
    QVERIFY(code);
    console.pages.openFunction({u"beta"_s, {}}, u"code"_s);
    // Somebody else is faster.
    QCOMPARE(m_platform->api({"POST", "/v1/functions/alpha/builds", "{}"}).status, 202);
    QTRY_VERIFY_WITH_TIMEOUT(console.showsText(u"alpha was not built"_s), answerLimit);
    QVERIFY(console.showsText(u"is running. Wait for it or cancel it"_s));
    console.picture(u"not-built"_s);
    console.click(u"toastAction"_s);
    QTRY_COMPARE(console.pages.function().place(), u"alpha/default/main/local/code"_s);
}

void TestWindowJobs::saysThatThePlatformEndedByItself()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.state(), nest::models::Session::State::Live, answerLimit);
    Q_EMIT console.session.restartedOften(3); // three real crashes: tst_sessionbinding
    QTRY_VERIFY(console.showsText(u"The local platform ended by itself 3 times"_s));
}

void TestWindowJobs::fitsANarrowWindow()
{
    const QByteArray name = "settlement-report-of-the-day";
    QCOMPARE(m_platform->deploy("api", TestPlatform::helloFiles("api"), "{}"), QString());
    QCOMPARE(m_platform->deploy(name, TestPlatform::helloFiles(name), "{}"), QString());
    QCOMPARE(m_platform->deploy(name, TestPlatform::helloFiles(name), "{}"), QString()); // v2
    const nest::wire::GroupName group{"default", "feature-payout-batches", "singapore"};
    const QByteArray path = QByteArray::fromStdString(toString(group));
    QCOMPARE(m_platform->api({"PUT", "/v1/groups/" + path, "{}", {{"If-None-Match", "*"}}}).status, 201);
    QCOMPARE(m_platform
                 ->api({"PUT",
                        "/v1/functions/" + name + "/deployments/" + path,
                        R"({"weights":[{"version":1,"weight":80},{"version":2,"weight":20}]})",
                        {{"If-None-Match", "*"}}})
                 .status,
             201);
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 3U, answerLimit);
    console.window.resize(1024, 768);
    for (const auto &page : {u"functions"_s, u"functions.new"_s, u"scaling"_s, u"pools"_s}) {
        QVERIFY(console.window.showPage(page));
        QCoreApplication::processEvents(); // the layout
        console.picture(u"narrow-"_s + page);
        QCOMPARE(console.window.size(), QSize(1024, 768));
    }
    for (const auto *tab : console.pages.function().tabs()) {
        console.pages.openFunction({QString::fromUtf8(name), {}}, tab->info().id);
        QTRY_VERIFY(tab->isVisible());
        QCoreApplication::processEvents(); // the layout
        console.picture(u"narrow-"_s + tab->info().id);
        QCOMPARE(console.window.size(), QSize(1024, 768));
        // Other names under the same tab: longer ones, and two versions.
        console.pages.openFunction({u"api"_s, {}}, {});
        QCoreApplication::processEvents();
        console.pages.openFunction({QString::fromUtf8(name), group}, {});
        QCoreApplication::processEvents();
        console.picture(u"narrow-long-"_s + tab->info().id);
        QVERIFY(tab->isVisible());
        QCOMPARE(console.window.size(), QSize(1024, 768));
    }
}

QTEST_MAIN(TestWindowJobs)
#include "tst_windowjobs.moc"
