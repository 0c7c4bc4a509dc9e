// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files of the draft by keys and clicks: add, rename, delete and back again.
#include "models/draft/draft.h"
#include "tests/console/code/codebench.h"
#include "widgets/editor/texteditor.h"

#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

class TestCodeFiles final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void addsAFileThatIsHereUntilItIsSaved();
    void refusesNamesThatCannotBe();
    void renamesASavedFileWithItsUnsavedText();
    void deletesAndBringsBack();
    void showsThatAFileIsBinary();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
    std::unique_ptr<CodeBench> m_bench;
};

void TestCodeFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QCOMPARE(
        makeFunction(*m_platform, {{"function.yaml", "name: hello\n"}, {"src/handler.js", "// handler\n"}}),
        QString());
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); // offscreen says that
    m_bench = std::make_unique<CodeBench>(m_platform->socket(), m_folder->path());
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text(), u"// handler\n"_s, answerLimit);
}

void TestCodeFiles::cleanup()
{
    m_bench.reset();
    m_platform.reset();
    m_folder.reset();
}

void TestCodeFiles::addsAFileThatIsHereUntilItIsSaved()
{
    m_bench->click(u"addFile"_s);
    auto *name = m_bench->tab->findChild<QLineEdit *>();
    QTRY_VERIFY(name->isVisible() && name->hasFocus());
    QCOMPARE(name->text(), u"src/"_s); // beside what is selected
    QTest::keyClicks(name, u"tax.js"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(m_bench->letter(u"src/tax.js"_s), u"A"_s);
    QVERIFY(!name->isVisible());
    QTRY_VERIFY(m_bench->keys()->hasFocus());
    m_bench->type(u"export const rate = 0.2;"_s);
    QCOMPARE(readFile(*m_platform, "src/tax.js"), "<404>");
    m_bench->savePicture(u"added-dark"_s);
    QTest::keyClick(m_bench->keys(), Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(readFile(*m_platform, "src/tax.js"), "export const rate = 0.2;", answerLimit);
    QTRY_COMPARE(m_bench->letter(u"src/tax.js"_s), QString());
}

void TestCodeFiles::refusesNamesThatCannotBe()
{
    m_bench->click(u"addFile"_s);
    auto *name = m_bench->tab->findChild<QLineEdit *>();
    for (const QString &bad : {u"src/handler.js"_s, u""_s, u"../x.js"_s, u"src"_s, u"src/handler.js/x"_s}) {
        name->clear();
        QTest::keyClicks(name, bad);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY2(name->isVisible(), qPrintable(bad));
    }
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(!name->isVisible());
    QCOMPARE(m_bench->paths(), (QStringList{u"src"_s, u"src/handler.js"_s, u"function.yaml"_s}));
}

void TestCodeFiles::renamesASavedFileWithItsUnsavedText()
{
    m_bench->goTo(1);
    m_bench->type(u" mine"_s);
    m_bench->tree()->setFocus();
    QTest::keyClick(m_bench->tree(), Qt::Key_F2);
    auto *name = m_bench->tab->findChild<QLineEdit *>();
    QTRY_VERIFY(name->isVisible());
    QCOMPARE(name->selectedText(), u"handler"_s);
    QTest::keyClicks(name, u"main"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->has(u"src/main.js"_s) && !m_bench->has(u"src/handler.js"_s),
                             answerLimit);
    QCOMPARE(m_bench->letter(u"src/main.js"_s), u"M"_s);
    QCOMPARE(m_bench->text(), u"// handler mine\n"_s);
    QCOMPARE(readFile(*m_platform, "src/main.js"), "// handler\n");
    QCOMPARE(readFile(*m_platform, "src/handler.js"), "<404>");
    m_bench->click(u"save"_s);
    QTRY_COMPARE_WITH_TIMEOUT(readFile(*m_platform, "src/main.js"), "// handler mine\n", answerLimit);
    QTRY_COMPARE(m_bench->letter(u"src/main.js"_s), QString());
}

void TestCodeFiles::deletesAndBringsBack()
{
    m_bench->goTo(1);
    m_bench->type(u" mine"_s);
    m_bench->tree()->setFocus();
    QTest::keyClick(m_bench->tree(), Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(readFile(*m_platform, "src/handler.js"), "<404>", answerLimit);
    QTRY_COMPARE(m_bench->pageNotice(), u"src/handler.js was deleted."_s);
    QVERIFY(!m_bench->has(u"src/handler.js"_s));
    m_bench->click(u"undo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(readFile(*m_platform, "src/handler.js"), "// handler\n", answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(m_bench->text(), u"// handler mine\n"_s,
                              answerLimit); // also what was not saved
    QCOMPARE(m_bench->letter(u"src/handler.js"_s), u"M"_s);
    QVERIFY(m_bench->pageNotice().isEmpty());
}

void TestCodeFiles::showsThatAFileIsBinary()
{
    const auto put = m_platform->api({.method = "PUT",
                                      .path = "/v1/functions/hello/files/logo.png",
                                      .body = R"({"encoding":"base64","content":"iVBORw0KGgr/AP8="})",
                                      .headers = {{"if-none-match", "*"}}});
    QCOMPARE(put.status, 201);
    QTRY_VERIFY_WITH_TIMEOUT(m_bench->has(u"logo.png"_s), answerLimit);
    m_bench->clickFile(u"logo.png"_s);
    const auto says = [this] {
        for (const auto *label : m_bench->tab->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().startsWith(u"A binary file of "_s)) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(), answerLimit);
    QVERIFY(!m_bench->tab->currentEditor());
}

QTEST_MAIN(TestCodeFiles)
#include "tst_codefiles.moc"
