// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Code tab against a real nestd, by keys and clicks: edit, save, build, mend, publish; what is lost when
// the console or the platform goes away: nothing.
#include "app/console/pages/function/code/buildpanel.h"
#include "models/draft/draft.h"
#include "tests/console/code/codebench.h"
#include "widgets/editor/texteditor.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
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

private Q_SLOTS:
    void init();
    void cleanup();
    void editsSavesAndBuilds();

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

QTEST_MAIN(TestCodeTab)
#include "tst_codetab.moc"
