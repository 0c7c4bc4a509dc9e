// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Nobody's text is lost: two consoles on one file, a console that goes away, a platform that goes away.
#include "app/console/pages/function/code/noticebar.h"
#include "models/draft/draft.h"
#include "tests/console/code/codebench.h"
#include "widgets/editor/texteditor.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDirIterator>
#include <QLabel>
#include <QRegularExpression>
#include <QTabBar>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

const QByteArray handler = "export async function handler(event, context) {\n"
                           "  return { status: 200, body: 'hello' };\n"
                           "}\n";
const QByteArray manifest = "name: hello\nruntime: node20\nhandler: src/handler.js#handler\n";
const QString path = u"src/handler.js"_s;

} // namespace

class TestCodeConflicts final : public QObject
{
    Q_OBJECT

public:
    static void initMain() { nest::widgets::prepareFonts(); }

private Q_SLOTS:
    void init();
    void cleanup();
    void letsTwoConsolesDecideWhoseTextStays();
    void takesTheirsAndCanTakeItBack();
    void showsWhatChangedElsewhereWhenNothingChangedHere();
    void keepsTextOfAFileThatWasDeletedElsewhere();
    void restoresUnsavedTextAfterACrash();
    void restoredTextOverAnOlderFileIsAConflict();
    void restoresWithoutAPlatform();
    void keepsTheTextsOfTwoWindowsApart();
    void editsOfflineAndSavesOnReturn();
    void keepsTextWhenAnotherFunctionIsShown();
    void writesNothingOfKdeIntoTheHome();

private:
    [[nodiscard]] QString folder() const { return m_folder->path(); }
    [[nodiscard]] QStringList kept() const;
    void waitForEditor(const CodeBench &bench) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestCodeConflicts::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    const QString made =
        makeFunction(*m_platform, {{"function.yaml", manifest}, {"src/handler.js", handler}});
    QVERIFY2(made.isEmpty(), qPrintable(made));
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); // offscreen says that
}

void TestCodeConflicts::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

QStringList TestCodeConflicts::kept() const
{
    QStringList files;
    QDirIterator all(folder() + u"/unsaved"_s, {u"*.text"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        files.append(all.next());
    }
    return files;
}

void TestCodeConflicts::waitForEditor(const CodeBench &bench) const
{
    QTRY_VERIFY_WITH_TIMEOUT(bench.text().contains(u"handler(event"_s), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(bench.session.state() == nest::models::Session::State::Live, answerLimit);
}

void TestCodeConflicts::letsTwoConsolesDecideWhoseTextStays()
{
    CodeBench first(m_platform->socket(), folder());
    QTemporaryDir other;
    CodeBench second(m_platform->socket(), other.path());
    waitForEditor(first);
    waitForEditor(second);
    first.goTo(1);
    first.type(u"\n// first"_s);
    second.goTo(1);
    second.type(u"\n// second"_s);
    first.click(u"save"_s);
    second.click(u"save"_s); // at once
    const auto isSettled = [](const CodeBench &bench) {
        return bench.letter(path).isEmpty() || bench.letter(path) == "!"_L1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSettled(first) && isSettled(second), answerLimit);
    CodeBench &winner = first.letter(path).isEmpty() ? first : second;
    CodeBench &loser = &winner == &first ? second : first;
    QCOMPARE(loser.letter(path), u"!"_s); // one of them, never both, never none
    QCOMPARE(winner.letter(path), QString());
    QCOMPARE(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), winner.text());
    const QString losersText = loser.text();
    QVERIFY(losersText != winner.text());
    QVERIFY2(loser.fileNotice().startsWith(u"Changed elsewhere at "_s), qPrintable(loser.fileNotice()));
    loser.savePicture(u"conflict-dark"_s);

    loser.click(u"compare"_s);
    QTRY_VERIFY(!loser.tab->currentEditor()->isVisible());
    QString difference;
    for (const auto *editor : loser.tab->findChildren<nest::widgets::TextEditor *>()) {
        if (editor->isVisible()) {
            difference = editor->text();
        }
    }
    QVERIFY2(difference.contains(u"\n-  // "_s) && difference.contains(u"\n+  // "_s),
             qPrintable(difference));
    loser.savePicture(u"compare-dark"_s);
    loser.click(u"compare"_s); // back
    QTRY_VERIFY(loser.tab->currentEditor()->isVisible());
    QCOMPARE(loser.text(), losersText);

    loser.click(u"mine"_s);
    QTRY_COMPARE_WITH_TIMEOUT(loser.letter(path), QString(), answerLimit);
    QCOMPARE(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), losersText);
    QTRY_COMPARE_WITH_TIMEOUT(winner.text(), losersText, answerLimit); // unmodified there: follows
    QCOMPARE(winner.letter(path), QString());
}

void TestCodeConflicts::takesTheirsAndCanTakeItBack()
{
    CodeBench bench(m_platform->socket(), folder());
    waitForEditor(bench);
    bench.goTo(1);
    bench.type(u"\n// mine"_s);
    const QString mine = bench.text();
    const QByteArray theirs = "// theirs, handler(event\n";
    QVERIFY(writeFile(*m_platform, "src/handler.js", theirs));
    QTRY_COMPARE_WITH_TIMEOUT(bench.letter(path), u"!"_s, answerLimit); // told before anything is saved
    QCOMPARE(bench.text(), mine);
    QVERIFY(!bench.isOn(u"deploy"_s));
    bench.click(u"theirs"_s);
    QTRY_COMPARE(bench.text(), QString::fromUtf8(theirs));
    QCOMPARE(bench.letter(path), QString());
    QVERIFY(kept().isEmpty());
    QTest::keyClick(bench.keys(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.text(), mine);
    QCOMPARE(bench.letter(path), u"M"_s);
}

void TestCodeConflicts::showsWhatChangedElsewhereWhenNothingChangedHere()
{
    CodeBench bench(m_platform->socket(), folder());
    waitForEditor(bench);
    QVERIFY(writeFile(*m_platform, "src/handler.js", "// newer, handler(event\n"));
    QTRY_COMPARE_WITH_TIMEOUT(bench.text(), u"// newer, handler(event\n"_s, answerLimit);
    QCOMPARE(bench.letter(path), QString());
    QVERIFY(bench.fileNotice().isEmpty());
    QVERIFY(writeFile(*m_platform, "lib/added.js", "export const added = 1;\n"));
    QTRY_VERIFY_WITH_TIMEOUT(bench.has(u"lib/added.js"_s), answerLimit);
    QVERIFY(deleteFile(*m_platform, "src/handler.js"));
    QTRY_VERIFY_WITH_TIMEOUT(!bench.has(path), answerLimit);
    QVERIFY(!bench.has(u"src"_s));
    QTRY_COMPARE(bench.pageNotice(), u"src/handler.js was deleted elsewhere."_s);
}

void TestCodeConflicts::keepsTextOfAFileThatWasDeletedElsewhere()
{
    CodeBench bench(m_platform->socket(), folder());
    waitForEditor(bench);
    bench.goTo(1);
    bench.type(u"\n// mine"_s);
    const QString mine = bench.text();
    QVERIFY(deleteFile(*m_platform, "src/handler.js"));
    QTRY_COMPARE_WITH_TIMEOUT(bench.fileNotice(), u"Deleted elsewhere while you changed it."_s, answerLimit);
    QCOMPARE(bench.text(), mine);
    bench.click(u"mine"_s);
    QTRY_COMPARE_WITH_TIMEOUT(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), mine, answerLimit);
    QTRY_COMPARE(bench.letter(path), QString());
}

void TestCodeConflicts::restoresUnsavedTextAfterACrash()
{
    QString mine;
    {
        CodeBench bench(m_platform->socket(), folder());
        waitForEditor(bench);
        bench.goTo(1);
        bench.type(u"\n// not saved"_s);
        mine = bench.text();
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), 1, 3'000); // a second after the last key
        QVERIFY(!(QFile::permissions(kept().first()) & (QFile::ReadGroup | QFile::ReadOther)));
    }
    QCOMPARE(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), QString::fromUtf8(handler));
    {
        CodeBench bench(m_platform->socket(), folder());
        waitForEditor(bench);
        QCOMPARE(bench.text(), mine);
        QCOMPARE(bench.letter(path), u"M"_s);
        QVERIFY2(bench.fileNotice().startsWith(u"Unsaved text from "_s), qPrintable(bench.fileNotice()));
        bench.savePicture(u"restored-dark"_s);
        bench.click(u"save"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.letter(path), QString(), answerLimit);
        QCOMPARE(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), mine);
        QVERIFY(kept().isEmpty());
        QVERIFY(bench.fileNotice().isEmpty());
        bench.goTo(1);
        bench.type(u"?"_s);
    }
    QCOMPARE(kept().size(), 1); // closing keeps at once
    {
        CodeBench bench(m_platform->socket(), folder());
        waitForEditor(bench);
        bench.click(u"discard"_s);
        QTRY_COMPARE(bench.text(), mine);
        QCOMPARE(bench.letter(path), QString());
        QVERIFY(kept().isEmpty());
    }
}

void TestCodeConflicts::restoredTextOverAnOlderFileIsAConflict()
{
    QString mine;
    {
        CodeBench bench(m_platform->socket(), folder());
        waitForEditor(bench);
        bench.goTo(1);
        bench.type(u"\n// not saved"_s);
        mine = bench.text();
    }
    QVERIFY(writeFile(*m_platform, "src/handler.js", "// theirs\n"));
    CodeBench bench(m_platform->socket(), folder());
    waitForEditor(bench);
    QCOMPARE(bench.text(), mine);
    QTRY_COMPARE_WITH_TIMEOUT(bench.letter(path), u"!"_s, answerLimit);
    QTRY_VERIFY(bench.fileNotice().startsWith(u"Changed elsewhere"_s));
    QCOMPARE(readFile(*m_platform, "src/handler.js"), "// theirs\n");
    bench.click(u"mine"_s);
    QTRY_COMPARE_WITH_TIMEOUT(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), mine, answerLimit);
}

void TestCodeConflicts::restoresWithoutAPlatform()
{
    QString mine;
    {
        CodeBench bench(m_platform->socket(), folder());
        waitForEditor(bench);
        bench.goTo(1);
        bench.type(u"\n// not saved"_s);
        mine = bench.text();
    }
    m_platform->kill();
    CodeBench bench(m_platform->socket(), folder());
    QTRY_COMPARE_WITH_TIMEOUT(bench.text(), mine, answerLimit);
    QCOMPARE(bench.letter(path), u"M"_s);
    QVERIFY(!bench.isOn(u"save"_s));
    bench.goTo(1);
    bench.type(u"?"_s);
    mine = bench.text();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(bench.has(u"function.yaml"_s), answerLimit); // listed now
    QCOMPARE(bench.text(), mine);
    QCOMPARE(bench.letter(path), u"M"_s);
    bench.click(u"discard"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.text(), QString::fromUtf8(handler), answerLimit);
    QTRY_COMPARE(bench.letter(path), QString());
}

void TestCodeConflicts::keepsTheTextsOfTwoWindowsApart()
{
    QStringList texts;
    {
        CodeBench first(m_platform->socket(), folder());
        CodeBench second(m_platform->socket(), folder()); // the same settings
        waitForEditor(first);
        waitForEditor(second);
        first.goTo(1);
        first.type(u"\n// window one"_s);
        second.goTo(1);
        second.type(u"\n// window two"_s);
        texts = {first.text(), second.text()};
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), 2, 3'000);
    }
    // The younger one comes first, and once it is saved the other one is still there.
    QStringList found;
    for (int i = 0; i < 2; ++i) {
        CodeBench bench(m_platform->socket(), folder());
        waitForEditor(bench);
        found.append(bench.text());
        if (i == 0) {
            bench.click(u"save"_s);
            QTRY_COMPARE_WITH_TIMEOUT(bench.letter(path), QString(), answerLimit);
        }
    }
    found.sort();
    texts.sort();
    QCOMPARE(found, texts);
}

void TestCodeConflicts::editsOfflineAndSavesOnReturn()
{
    CodeBench bench(m_platform->socket(), folder());
    waitForEditor(bench);
    bench.goTo(1);
    bench.type(u"\n// before"_s);
    m_platform->kill();
    bench.type(u" and after"_s);
    QTRY_VERIFY_WITH_TIMEOUT(bench.session.state() == nest::models::Session::State::Offline, answerLimit);
    bench.type(u", offline"_s);
    const QString mine = bench.text();
    QVERIFY(mine.contains(u"// before and after, offline"_s));
    QVERIFY(!bench.isOn(u"save"_s));
    QVERIFY(!bench.isOn(u"build"_s));
    auto *save = bench.window.findChild<QAbstractButton *>("save"_L1);
    QCOMPARE(save->toolTip(), u"Offline: the text is kept on this computer."_s);
    QCOMPARE(bench.tab->findChild<QLabel *>("saveState"_L1)->text(), u"Offline, kept on this computer"_s);
    QTRY_COMPARE_WITH_TIMEOUT(kept().size(), 1, 3'000);
    bench.savePicture(u"offline-dark"_s);
    QTest::keyClick(bench.keys(), Qt::Key_S, Qt::ControlModifier); // is off, and nothing happens
    QCOMPARE(bench.letter(path), u"M"_s);

    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(bench.isOn(u"save"_s), answerLimit);
    QCOMPARE(bench.text(), mine);
    bench.click(u"save"_s);
    QTRY_COMPARE_WITH_TIMEOUT(bench.letter(path), QString(), answerLimit);
    QCOMPARE(QString::fromUtf8(readFile(*m_platform, "src/handler.js")), mine);
    QVERIFY(kept().isEmpty());
}

void TestCodeConflicts::keepsTextWhenAnotherFunctionIsShown()
{
    QCOMPARE(makeFunction(*m_platform, {{"index.js", "// other\n"}}, "other"), QString());
    CodeBench bench(m_platform->socket(), folder());
    waitForEditor(bench);
    bench.goTo(1);
    bench.type(u"\n// not saved"_s);
    const QString mine = bench.text();
    bench.tab->setTarget({.function = u"other"_s, .group = {}});
    QTRY_COMPARE_WITH_TIMEOUT(bench.text(), u"// other\n"_s, answerLimit);
    QCOMPARE(bench.paths(), QStringList{u"index.js"_s});
    bench.tab->setTarget({.function = u"hello"_s, .group = {}});
    waitForEditor(bench);
    QCOMPARE(bench.text(), mine);
    QCOMPARE(bench.letter(path), u"M"_s);
}

void TestCodeConflicts::writesNothingOfKdeIntoTheHome()
{
    QTemporaryDir home;
    const QByteArray before = qgetenv("XDG_CONFIG_HOME");
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"}) {
        qputenv(name, QFile::encodeName(home.filePath(QLatin1StringView(name).toString())));
    }
    {
        CodeBench bench(m_platform->socket(), folder());
        waitForEditor(bench);
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        bench.goTo(1);
        bench.type(u"\nlet a;"_s);
        QTest::keyClick(bench.keys(), Qt::Key_F, Qt::ControlModifier); // find remembers what was sought
        QTRY_VERIFY(QApplication::focusWidget() != bench.keys());
        QTest::keyClicks(QApplication::focusWidget(), u"hello"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        bench.click(u"save"_s);
        QTRY_COMPARE_WITH_TIMEOUT(bench.letter(path), QString(), answerLimit);
    }
    QStringList files;
    QDirIterator all(home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        files.append(all.next());
    }
    QVERIFY2(files.isEmpty(), qPrintable(files.join(u'\n')));
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"}) {
        qunsetenv(name);
    }
    if (!before.isEmpty()) {
        qputenv("XDG_CONFIG_HOME", before);
    }
}

QTEST_MAIN(TestCodeConflicts)
#include "tst_codeconflicts.moc"
