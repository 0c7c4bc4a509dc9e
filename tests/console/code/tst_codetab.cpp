// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Code tab against a real nestd, by keys and clicks: edit, save, build, mend, publish; what is lost when
// the console or the platform goes away: nothing.
#include "app/console/pages/function/code/filetabs.h"
#include "app/console/pages/function/code/noticebar.h"
#include "app/console/pages/function/code/publishpopover.h"
#include "models/draft/draft.h"
#include "tests/console/code/codebench.h"
#include "widgets/editor/texteditor.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSplitter>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

const QByteArray handler = "export async function handler(event, context) {\n"
                           "  return { status: 200, body: 'hello' };\n"
                           "}\n";
const QByteArray manifest = "name: hello\nruntime: node20\nhandler: src/handler.js#handler\n";
const QByteArray passingTest = "import { test } from 'node:test';\n"
                               "test('one', () => {});\ntest('two', () => {});\ntest('three', () => {});\n";

} // namespace

class TestCodeTab final : public QObject
{
    Q_OBJECT

public:
    static void initMain() { nest::widgets::prepareFonts(); }

private Q_SLOTS:
    void init();
    void cleanup();
    void editsSavesAndBuilds();
    void jumpsToAProblemAndBuildsOnceItIsMended();
    void saysWhatAFailedTestGotAndExpected();
    void cancelsABuildThatWouldNeverEnd();
    void cancelsABuildThatHasNoNumberYet();
    void publishesAndAsksToDeploy();
    void offersNoSecondVersionOfABuild();
    void followsTheTheme();
    void keepsTheHistoryOfEachFile();
    void readsFilesWithoutTheEditorsLibrary();
    void offersAStarterForAnEmptyDraft();
    void saysThatTheFunctionIsGone();
    void keepsTheSizesOfItsParts();
    void looksAsItShould();

private:
    [[nodiscard]] QString folder() const { return m_folder->path(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestCodeTab::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    const QString made = makeFunction(
        *m_platform,
        {{"function.yaml", manifest}, {"src/handler.js", handler}, {"test/handler.test.js", passingTest}});
    QVERIFY2(made.isEmpty(), qPrintable(made));
    QTest::failOnWarning(
        QRegularExpression(u"^(?!This plugin does not support)"_s)); // offscreen says that of itself
}

void TestCodeTab::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestCodeTab::editsSavesAndBuilds()
{
    CodeBench bench(m_platform->socket(), folder());
    QTRY_COMPARE_WITH_TIMEOUT(bench.text(), QString::fromUtf8(handler),
                              answerLimit); // the handler opens first
    QCOMPARE(bench.paths(), (QStringList{u"src"_s, u"src/handler.js"_s, u"test"_s, u"test/handler.test.js"_s,
                                         u"function.yaml"_s}));
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    QVERIFY(!bench.isOn(u"save"_s));
    QVERIFY(!bench.isOn(u"publish"_s));
    QVERIFY(!bench.isOn(u"deploy"_s));
    bench.goTo(1);
    bench.type(u"\n// seen"_s);
    QCOMPARE(bench.letter(u"src/handler.js"_s), u"M"_s);
    QVERIFY(bench.isOn(u"save"_s));
    bench.savePicture(u"edited-dark"_s);
    QTest::keyClick(bench.keys(), Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(bench.letter(u"src/handler.js"_s), QString(), answerLimit);
    QCOMPARE(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), bench.text());

    bench.goTo(2);
    bench.type(u"!"_s);
    QTest::keyClick(bench.keys(), Qt::Key_B, Qt::ControlModifier); // saves first
    QTRY_VERIFY_WITH_TIMEOUT(bench.result().startsWith(u"✓ Build 1 passed in "_s), 60'000);
    QVERIFY2(bench.result().endsWith(u"3 of 3 tests passed"_s), qPrintable(bench.result()));
    QVERIFY(readFile(*m_platform, "src/handler.js").contains("// seen!"));
    QVERIFY(!bench.tab->findChild<QPlainTextEdit *>()->toPlainText().isEmpty());
    QTRY_COMPARE(bench.tab->latestBuild(), std::optional(1));
    QVERIFY(bench.isOn(u"publish"_s));
    QVERIFY(bench.isOn(u"deploy"_s));
    bench.savePicture(u"built-dark"_s);
}

void TestCodeTab::jumpsToAProblemAndBuildsOnceItIsMended()
{
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    bench.goTo(2);
    bench.type(u" const = 1;"_s);
    QSignalSpy jobs(bench.tab, &nest::console::CodeTab::jobChanged);
    bench.clickFile(u"function.yaml"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.text().startsWith(u"name: hello"_s), answerLimit);
    QTest::keyClick(bench.keys(), Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(bench.result().startsWith(u"✕ Build 1 failed"_s), 60'000);
    const auto job = [](const QList<QVariant> &of) {
        return of.first().value<nest::widgets::Job>();
    };
    QCOMPARE(job(jobs.first()).text, u"Building hello"_s);
    QCOMPARE(job(jobs.first()).stop, u"Cancel build"_s);
    QCOMPARE(job(jobs.last()).text, QString());
    QVERIFY(!bench.isOn(u"publish"_s));
    auto *problems = bench.tab->findChild<QTreeWidget *>();
    QTRY_VERIFY(problems->isVisible()); // brought to the front
    QCOMPARE(problems->topLevelItemCount(), 1);
    QCOMPARE(problems->topLevelItem(0)->text(1).left(18),
             u"src/handler.js:2:"_s + problems->topLevelItem(0)->text(1).mid(17, 1));
    QTest::mouseClick(problems->viewport(), Qt::LeftButton, {},
                      problems->visualItemRect(problems->topLevelItem(0)).center());
    QTRY_VERIFY(bench.text().startsWith(u"export"_s));
    QCOMPARE(bench.tab->currentEditor()->position().line, 2);
    QTRY_VERIFY(bench.keys()->hasFocus());
    QCOMPARE(bench.tab->currentEditor()->problems().size(), std::size_t(1));
    QTRY_VERIFY(bench.tab->findChild<QLabel *>("problems"_L1)->text().startsWith(u"1 error"_s));
    bench.savePicture(u"problem-dark"_s);
    bench.theme.toggle();
    bench.savePicture(u"problem-light"_s);
    bench.theme.toggle();

    bench.goTo(2);
    for (int i = 0; i < 11; ++i) {
        QTest::keyClick(bench.keys(), Qt::Key_Backspace);
    }
    QCOMPARE(bench.text(), QString::fromUtf8(handler));
    QTest::keyClick(bench.keys(), Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(bench.result().startsWith(u"✓ Build 2 passed"_s), 60'000);
    QCOMPARE(bench.tab->currentEditor()->problems().size(), std::size_t(0));
    QCOMPARE(problems->topLevelItemCount(), 0);
}

void TestCodeTab::saysWhatAFailedTestGotAndExpected()
{
    QVERIFY(
        writeFile(*m_platform, "test/handler.test.js",
                  "import { test } from 'node:test';\nimport assert from 'node:assert';\n"
                  "test('adds up', () => {\n  const sum = 1 + 1;\n  assert.strictEqual(sum, 3);\n});\n"
                  "test('greets', () => {\n"
                  "  assert.deepStrictEqual({ status: 200, body: 'hello' }, { status: 200, body: 'Nest' });\n"
                  "});\n"));
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    QTest::keyClick(bench.keys(), Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(bench.result().startsWith(u"✕ Build 1 failed"_s), 60'000);
    auto *problems = bench.tab->findChild<QTreeWidget *>();
    QTRY_VERIFY(problems->isVisible());
    QCOMPARE(problems->topLevelItemCount(), 2);
    const QTreeWidgetItem *sum = problems->topLevelItem(0);
    QCOMPARE(sum->text(0), u"test 'adds up' failed: Expected values to be strictly equal"_s);
    QVERIFY2(sum->text(1).startsWith(u"test/handler.test.js:5:"_s), qPrintable(sum->text(1)));
    QCOMPARE(sum->childCount(), 2);
    QCOMPARE(sum->child(0)->text(0), u"got: 2"_s);
    QCOMPARE(sum->child(1)->text(0), u"expected: 3"_s);
    const QTreeWidgetItem *greeting = problems->topLevelItem(1);
    QStringList details;
    for (int i = 0; i < greeting->childCount(); ++i) {
        details.append(greeting->child(i)->text(0).trimmed());
    }
    QCOMPARE(details, (QStringList{u"got:"_s, u"…"_s, u"body: 'hello'"_s, u"expected:"_s, u"…"_s,
                                   u"body: 'Nest'"_s})); // what is the same on both sides is left out
    bench.savePicture(u"failed-test-dark"_s);

    // A click on what it got leads to the assertion.
    QTest::mouseClick(problems->viewport(), Qt::LeftButton, {},
                      problems->visualItemRect(sum->child(0)).center());
    QTRY_VERIFY(bench.text().contains(u"assert.strictEqual"_s));
    QCOMPARE(bench.tab->currentEditor()->position().line, 5);
    QVERIFY(bench.tab->currentEditor()->problems().front().message.endsWith(u"(got 2, expected 3)"_s));
}

void TestCodeTab::cancelsABuildThatWouldNeverEnd()
{
    QVERIFY(writeFile(*m_platform, "test/handler.test.js",
                      "import { test } from 'node:test';\n"
                      "test('never', () => new Promise((done) => setTimeout(done, 1e9)));\n"));
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    bench.click(u"build"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.result(), u"Build 1 is running"_s, answerLimit);
    QVERIFY(bench.tab->isBuilding());
    auto *log = bench.tab->findChild<QPlainTextEdit *>();
    QTRY_VERIFY_WITH_TIMEOUT(!log->toPlainText().isEmpty(), answerLimit); // it grows while it runs
    QVERIFY(!bench.isOn(u"build"_s));
    bench.click(u"cancelBuild"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.result(), u"Build 1 was cancelled"_s, answerLimit);
    QVERIFY(bench.isOn(u"build"_s));
    QVERIFY(!bench.isOn(u"deploy"_s));
    QVERIFY(!bench.tab->latestBuild());
}

/// Cancel comes before the platform's answer, without and with a build before.
void TestCodeTab::cancelsABuildThatHasNoNumberYet()
{
    QVERIFY(writeFile(*m_platform, "test/handler.test.js",
                      "import { test } from 'node:test';\n"
                      "test('never', () => new Promise((done) => setTimeout(done, 1e9)));\n"));
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    for (const QString &cancelled : {u"Build 1 was cancelled"_s, u"Build 2 was cancelled"_s}) {
        bench.click(u"build"_s);
        QCOMPARE(bench.result(), u"The build begins"_s);
        bench.click(u"cancelBuild"_s);
        QVERIFY(!bench.isOn(u"cancelBuild"_s)); // it was heard
        QTRY_COMPARE_WITH_TIMEOUT(bench.result(), cancelled, answerLimit);
        QVERIFY(bench.isOn(u"build"_s));
    }
}

void TestCodeTab::publishesAndAsksToDeploy()
{
    CodeBench bench(m_platform->socket(), folder());
    QSignalSpy asked(bench.tab, &nest::console::CodeTab::deployRequested);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    bench.click(u"build"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isOn(u"deploy"_s), 60'000);
    bench.click(u"deploy"_s); // publishes as a step of it
    QCOMPARE(asked.size(), 1);
    const auto first = asked.first().first().value<nest::console::DeployRequest>();
    QCOMPARE(first.function, u"hello"_s);
    QCOMPARE(first.build, std::optional(1));
    const auto textAt = [&] {
        return bench.keys()->mapTo(&bench.window, QPoint());
    };
    const QPoint before = textAt();
    bench.click(u"publish"_s);
    auto *popover = bench.tab->findChild<nest::console::PublishPopover *>();
    QTRY_VERIFY(popover->isVisible());
    QTest::keyClicks(popover->findChild<QLineEdit *>(), u"says hello"_s);
    QTest::keyClick(popover->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(bench.pageNotice(), u"Build 1 is v1 now."_s, answerLimit);
    QVERIFY(!popover->isVisible());
    QCOMPARE(textAt(), before); // the notice pushed nothing away
    QVERIFY(m_platform->get("/v1/functions/hello/versions/1").status == 200);
    QTRY_VERIFY(!bench.isOn(u"publish"_s)); // once is enough
    bench.click(u"deploy"_s);
    QCOMPARE(asked.last().first().value<nest::console::DeployRequest>().version, std::optional(1));

    // Another character, and the build is not of this text any more.
    bench.goTo(1);
    bench.type(u" "_s);
    QVERIFY(!bench.isOn(u"deploy"_s));
    QVERIFY(!bench.tab->latestBuild());
}

void TestCodeTab::offersNoSecondVersionOfABuild()
{
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    bench.click(u"build"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.isOn(u"publish"_s), 60'000);
    // Published elsewhere: by the dialog Deploy, by somebody else.
    QCOMPARE(m_platform->api({"POST", "/v1/functions/hello/versions", R"({"build":1})"}).status, 201);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.isOn(u"publish"_s), answerLimit);
    const auto *publish = bench.window.findChild<QPushButton *>("publish"_L1);
    QVERIFY2(publish->toolTip().startsWith(u"v1 is this build already"_s), qPrintable(publish->toolTip()));
    QVERIFY(bench.isOn(u"deploy"_s)); // the next step
}

void TestCodeTab::followsTheTheme()
{
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    const auto page = [&] {
        const QImage image = bench.tab->currentEditor()->grab().toImage();
        return image.pixelColor(image.width() / 2, image.height() - 40);
    };
    QCOMPARE(page(), bench.theme.theme().surface.page);
    bench.theme.toggle();
    QTRY_COMPARE(page(), bench.theme.theme().surface.page);
    QVERIFY(!bench.theme.theme().isDark);
    bench.savePicture(u"built-light"_s);
    bench.theme.toggle();
    QTRY_COMPARE(page(), bench.theme.theme().surface.page);
}

void TestCodeTab::keepsTheHistoryOfEachFile()
{
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    QTest::keyClick(bench.keys(), Qt::Key_Z, Qt::ControlModifier); // nothing to take back
    QCOMPARE(bench.text(), QString::fromUtf8(handler));
    bench.goTo(1);
    bench.type(u"\nlet a;"_s);
    bench.clickFile(u"function.yaml"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.text().startsWith(u"name: hello"_s), answerLimit);
    bench.goTo(3);
    bench.type(u"\nmemory: 256"_s);
    auto *tabs = bench.tab->findChild<nest::console::FileTabs *>();
    QCOMPARE(tabs->count(), 2);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QTRY_VERIFY(bench.text().contains(u"let a;"_s));
    while (bench.text().contains(u"let"_s)) {
        const QString before = bench.text();
        QTest::keyClick(bench.keys(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(bench.text() != before);
    }
    for (int i = 0; i < 10 && bench.text() != QString::fromUtf8(handler); ++i) {
        QTest::keyClick(bench.keys(), Qt::Key_Z, Qt::ControlModifier);
    }
    QCOMPARE(bench.text(), QString::fromUtf8(handler));
    QCOMPARE(bench.letter(u"src/handler.js"_s), QString()); // back at what is saved
    QCOMPARE(bench.letter(u"function.yaml"_s), u"M"_s);
    QTest::keyClick(bench.keys(), Qt::Key_W, Qt::ControlModifier);
    QTRY_COMPARE(tabs->count(), 1); // nothing to ask
    QTest::keyClick(bench.keys(), Qt::Key_W, Qt::ControlModifier);
    QTRY_COMPARE(bench.fileNotice(), u"function.yaml is not saved."_s);
    bench.click(u"stay"_s);
    QCOMPARE(tabs->count(), 1);
    QTest::keyClick(bench.keys(), Qt::Key_W, Qt::ControlModifier);
    bench.click(u"discard"_s);
    QTRY_COMPARE(tabs->count(), 0);
    QCOMPARE(bench.letter(u"function.yaml"_s), QString());
    QCOMPARE(readFile(*m_platform, "function.yaml"), manifest);
}

void TestCodeTab::readsFilesWithoutTheEditorsLibrary()
{
    CodeBench bench(m_platform->socket(), folder(), u"hello"_s, {folder()});
    QTRY_COMPARE_WITH_TIMEOUT(bench.text(), QString::fromUtf8(handler), answerLimit);
    QVERIFY(!bench.tab->currentEditor()->canEdit());
    const auto *bar = bench.tab->findChild<nest::console::NoticeBar *>("libraryNotice"_L1);
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->notice().fact, u"The editor could not be loaded; files can be read."_s);
    QVERIFY(bar->notice().detail.contains(u"nest-editor.so is not in "_s + folder()));
    QVERIFY(bench.isOn(u"build"_s)); // the rest works
}

void TestCodeTab::offersAStarterForAnEmptyDraft()
{
    const QString made = makeFunction(*m_platform, {}, "blank");
    QVERIFY2(made.isEmpty(), qPrintable(made));
    CodeBench bench(m_platform->socket(), folder(), u"blank"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.tab->findChild<QAbstractButton *>("addStarter"_L1)->isVisible(),
                             answerLimit);
    bench.savePicture(u"empty-dark"_s);
    bench.click(u"addStarter"_s);
    QTRY_VERIFY_WITH_TIMEOUT(readFile(*m_platform, "src/handler.js", "blank").startsWith("export async"),
                             answerLimit);
    QTRY_VERIFY(bench.text().startsWith(u"export async function handler"_s));
    bench.click(u"build"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.result().startsWith(u"✓ Build 1 passed"_s), 60'000);
}

void TestCodeTab::saysThatTheFunctionIsGone()
{
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    const auto now = m_platform->get("/v1/functions/hello");
    QCOMPARE(m_platform
                 ->api({.method = "DELETE",
                        .path = "/v1/functions/hello",
                        .headers = {{"if-match", now.headers.value("etag")}}})
                 .status,
             204);
    QTRY_VERIFY_WITH_TIMEOUT(bench.tab->draft()->state() == nest::models::Draft::State::Gone, answerLimit);
    QVERIFY(!bench.tab->currentEditor()->isVisible());
}

void TestCodeTab::keepsTheSizesOfItsParts()
{
    const auto columns = [](const CodeBench &bench) {
        for (auto *splitter : bench.tab->findChildren<QSplitter *>()) {
            if (splitter->orientation() == Qt::Horizontal) {
                return splitter;
            }
        }
        return static_cast<QSplitter *>(nullptr);
    };
    QList<int> sizes;
    {
        CodeBench bench(m_platform->socket(), folder());
        auto *side = new QWidget;
        side->setMinimumWidth(200);
        bench.tab->setSidePanel(side);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
        QVERIFY(side->isVisible());
        QWidget *handle = columns(bench)->handle(2);
        QTest::mousePress(handle, Qt::LeftButton, {}, {0, 300});
        QTest::mouseMove(handle, {-120, 300});
        QTest::mouseRelease(handle, Qt::LeftButton, {}, {0, 300});
        sizes = columns(bench)->sizes();
        QVERIFY(sizes.last() > 372);
    }
    CodeBench bench(m_platform->socket(), folder());
    bench.tab->setSidePanel(new QWidget);
    QTRY_VERIFY_WITH_TIMEOUT(!bench.text().isEmpty(), answerLimit);
    QCOMPARE(columns(bench)->sizes(), sizes);
    for (const auto *button : bench.tab->findChildren<QAbstractButton *>()) { // each says what it does
        QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty() || !button->isVisible(),
                 button->metaObject()->className());
    }
}

/// The files of the design's picture, to lie beside it; nothing to fail but the way there.
void TestCodeTab::looksAsItShould()
{
    const QByteArray price = "import { quote } from './pricing.js';\n"
                             "import { loadRules } from './rules.js';\n\n"
                             "const rules = await loadRules(process.env.RULES_KEY);\n"
                             "const TIMEOUT_MS = 250;\n\n"
                             "/** Prices one order. The gateway routes POST /price to this handler. */\n"
                             "export async function handler(event, ctx) {\n"
                             "  const { items, city, userTier } = event.body;\n"
                             "  if (!Array.isArray(items) || items.length === 0) {\n"
                             "    return { status: 400, body: { error: 'items must not be empty' } };\n"
                             "  }\n\n"
                             "  const started = performance.now();\n"
                             "  const base = quote(items, rules.forCity(city));\n"
                             "  const discount = await ctx.call('coupon-match', {\n"
                             "    items, userTier, timeoutMs: TIMEOUT_MS,\n"
                             "  });\n\n"
                             "  const total = Math.max(0, base.total - discount.amount);\n"
                             "  ctx.metrics.observe('price_ms', performance.now() - started);\n"
                             "  return { status: 200, body: { total, currency: 'CNY', rules: rules.rev } };\n"
                             "}\n";
    QVERIFY(writeFile(*m_platform, "src/handler.js", price));
    QVERIFY(writeFile(*m_platform, "src/pricing.js", "export const quote = () => ({ total: 1 });\n"));
    QVERIFY(
        writeFile(*m_platform, "src/rules.js", "export const loadRules = async () => ({ rev: 'r1' });\n"));
    QVERIFY(writeFile(*m_platform, "package.json", "{ \"type\": \"module\" }\n"));
    CodeBench bench(m_platform->socket(), folder());
    QTRY_VERIFY_WITH_TIMEOUT(bench.text().contains(u"quote"_s), answerLimit);
    bench.click(u"build"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.result().startsWith(u"✓"_s), 60'000);
    bench.clickFile(u"src/pricing.js"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.text().startsWith(u"export const quote"_s), answerLimit);
    bench.goTo(1);
    bench.type(u" // one price"_s);
    QVERIFY(bench.tab->draft()->add(u"src/tax.js"_s));
    bench.clickFile(u"function.yaml"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.text().startsWith(u"name"_s), answerLimit);
    bench.clickFile(u"src/handler.js"_s);
    QTRY_VERIFY(bench.text().contains(u"quote"_s));
    bench.goTo(5);
    bench.type(u" // long enough"_s);
    bench.goTo(16);
    bench.savePicture(u"whole-dark"_s);
    bench.theme.toggle();
    bench.savePicture(u"whole-light"_s);
}

QTEST_MAIN(TestCodeTab)
#include "tst_codetab.moc"
