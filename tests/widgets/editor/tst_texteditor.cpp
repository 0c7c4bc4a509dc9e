// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The editor behind its interface: what goes in comes out, by real keys.
#include "widgets/editor/editorlibrary.h"
#include "widgets/editor/texteditor.h"
#include "widgets/theme/themecontroller.h"

#include <QAction>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::widgets;

namespace {

/// What this process has of the memory, as the kernel shares it out.
double pssMebibytes()
{
    QFile file(u"/proc/self/smaps_rollup"_s);
    if (file.open(QIODevice::ReadOnly)) {
        const QString text = QString::fromLatin1(file.readAll());
        const auto match = QRegularExpression(u"\\nPss: +(\\d+) kB"_s).match(text);
        return match.captured(1).toDouble() / 1024;
    }
    return 0;
}

QStringList library()
{
    return {QStringLiteral(NEST_BINARY_DIR "/lib/nest")};
}

QWidget *keysOf(QWidget *widget)
{
    while (widget->focusProxy()) {
        widget = widget->focusProxy();
    }
    return widget;
}

} // namespace

class TestTextEditor final : public QObject
{
    Q_OBJECT

public:
    static void initMain() { prepareFonts(); }

private Q_SLOTS:
    void initTestCase();
    void isLoadedWithTheFirstText();
    void givesBackWhatItGot_data();
    void givesBackWhatItGot();
    void choosesTheLanguageByName_data();
    void choosesTheLanguageByName();
    void tellsPlaceAndModification();
    void takesATextAsOneStep();
    void marksProblemsAndTheyMoveWithTheText();
    void refusesKeysWhileReadOnly();
    void leavesTheKeysOfTheConsoleAlone();
    void showsATextWithoutTheLibrary();
    void leavesTheHomeAlone();

private:
    std::unique_ptr<ThemeController> m_theme;
    std::unique_ptr<EditorLibrary> m_library;
};

void TestTextEditor::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); // offscreen says that
    m_theme = std::make_unique<ThemeController>(*loadTokens(), ThemeController::Choice::Dark);
    m_library = std::make_unique<EditorLibrary>(library());
}

void TestTextEditor::isLoadedWithTheFirstText()
{
    QWidget window;
    window.resize(800, 600);
    window.show();
    QVERIFY(!m_library->wasAsked());
    const double before = pssMebibytes();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(m_library->plugin());
    const qint64 loaded = clock.elapsed();
    TextEditor editor(*m_library, u"handler.js"_s, u"let a = 1;\n"_s, &window);
    editor.resize(window.size());
    editor.show();
    editor.grab(); // painted once
    const qint64 first = clock.elapsed();
    const double after = pssMebibytes();
    QVERIFY2(m_library->plugin(), m_library->plugin() ? "" : m_library->plugin().error().detail.c_str());
    QVERIFY(editor.canEdit());
    clock.restart();
    TextEditor second(*m_library, u"function.yaml"_s, u"name: hello\n"_s, &window);
    second.resize(window.size());
    second.show();
    second.grab();
    qInfo("first view %lld ms (%lld to load) and %.1f MiB of PSS (%.1f before), second view %lld ms", first,
          loaded, after - before, before, clock.elapsed());
}

void TestTextEditor::givesBackWhatItGot_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("no last line end") << u"a\nb"_s;
    QTest::newRow("line ends of Windows") << u"a\r\nb\r\n"_s;
    QTest::newRow("byte order mark") << u"\uFEFFa\n"_s;
    QTest::newRow("spaces at the ends of lines") << u"a  \n\t\n  \n"_s;
    QTest::newRow("empty lines at the end") << u"a\n\n\n"_s;
    QTest::newRow("other languages") << u"// 你好 😀 ä\n"_s;
    QTest::newRow("a very long line") << QString(60'000, u'x') + u"\n"_s;
    QTest::newRow("many lines") << u"let a = { b: 'c' };\n"_s.repeated(5'000);
}

void TestTextEditor::givesBackWhatItGot()
{
    QFETCH(const QString, text);
    TextEditor editor(*m_library, u"a.js"_s, text);
    QCOMPARE(editor.text(), text);
    QVERIFY(!editor.isModified());
    QCOMPARE(editor.revision(), 0U);
    editor.show();
    QVERIFY(QTest::qWaitForWindowActive(&editor)); // the editor's keys are shortcuts
    QTest::keyClick(keysOf(&editor), Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClicks(keysOf(&editor), u"q"_s);
    QVERIFY(editor.isModified());
    QTest::keyClick(keysOf(&editor), Qt::Key_Backspace);
    QCOMPARE(editor.text(), text);
}

void TestTextEditor::choosesTheLanguageByName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("language");
    QTest::newRow("js") << u"src/handler.js"_s << u"JavaScript"_s;
    QTest::newRow("yaml") << u"function.yaml"_s << u"YAML"_s;
    QTest::newRow("json") << u"package.json"_s << u"JSON"_s;
    QTest::newRow("md") << u"README.md"_s << u"Markdown"_s;
    QTest::newRow("py") << u"main.py"_s << u"Python"_s;
    QTest::newRow("java") << u"src/Main.java"_s << u"Java"_s;
}

void TestTextEditor::choosesTheLanguageByName()
{
    QFETCH(const QString, name);
    QFETCH(const QString, language);
    TextEditor editor(*m_library, name, u"x\n"_s);
    QCOMPARE(editor.facts().language, language);
    QCOMPARE(editor.facts().encoding, u"UTF-8"_s);
    TextEditor renamed(*m_library, u"notes.txt"_s, u"x\n"_s);
    renamed.setFileName(name);
    QCOMPARE(renamed.facts().language, language);
}

void TestTextEditor::tellsPlaceAndModification()
{
    TextEditor editor(*m_library, u"a.js"_s, u"one\ntwo\n"_s);
    editor.show();
    QSignalSpy places(&editor, &TextEditor::positionChanged);
    editor.setPosition({2, 3});
    QCOMPARE(editor.position(), (EditorPosition{2, 3}));
    QVERIFY(!places.isEmpty());
    editor.setPosition({99, 99});
    QCOMPARE(editor.position(), (EditorPosition{3, 1}));
    QSignalSpy modified(&editor, &TextEditor::modifiedChanged);
    QTest::keyClicks(keysOf(&editor), u"x"_s);
    QCOMPARE(modified.size(), 1);
    QVERIFY(editor.revision() > 0);
    editor.setModified(false);
    QVERIFY(!editor.isModified());
}

void TestTextEditor::takesATextAsOneStep()
{
    TextEditor editor(*m_library, u"a.js"_s, u"one\ntwo\nthree\n"_s);
    editor.show();
    QVERIFY(QTest::qWaitForWindowActive(&editor));
    editor.setPosition({3, 2});
    editor.replaceText(u"eins\nzwei\ndrei\n"_s);
    QCOMPARE(editor.text(), u"eins\nzwei\ndrei\n"_s);
    QCOMPARE(editor.position().line, 3);
    QTest::keyClick(keysOf(&editor), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor.text(), u"one\ntwo\nthree\n"_s);
}

void TestTextEditor::marksProblemsAndTheyMoveWithTheText()
{
    TextEditor editor(*m_library, u"a.js"_s, u"let a;\nlet b = ;\n"_s);
    editor.resize(800, 200);
    editor.show();
    const QImage plain = editor.grab().toImage();
    editor.setProblems({{ProblemTone::Error, 2, 9, u"Unexpected token ';'\nmore"_s},
                        {ProblemTone::Warning, 0, 0, u"of the whole file"_s},
                        {ProblemTone::Warning, 900, 3, u"beyond the end"_s}});
    QVERIFY(editor.grab().toImage() != plain);
    editor.setPosition({1, 1});
    QTest::keyClick(keysOf(&editor), Qt::Key_Return); // the problem is in line 3 now, and nothing breaks
    editor.grab();
    editor.replaceText({});
    editor.grab();
    editor.setProblems({});
    QVERIFY(editor.problems().empty());
}

void TestTextEditor::refusesKeysWhileReadOnly()
{
    TextEditor editor(*m_library, u"a.js"_s, u"one\n"_s);
    editor.show();
    editor.setReadOnly(true);
    QTest::keyClicks(keysOf(&editor), u"x"_s);
    QCOMPARE(editor.text(), u"one\n"_s);
    editor.setReadOnly(false);
    QTest::keyClicks(keysOf(&editor), u"x"_s);
    QCOMPARE(editor.text(), u"xone\n"_s);
}

void TestTextEditor::leavesTheKeysOfTheConsoleAlone()
{
    QWidget window;
    TextEditor editor(*m_library, u"a.js"_s, u"one\n"_s, &window);
    editor.resize(400, 300);
    QList<QKeySequence> fired;
    const QList<QKeySequence> keys{Qt::CTRL | Qt::Key_S, Qt::CTRL | Qt::Key_B, Qt::CTRL | Qt::Key_K,
                                   Qt::CTRL | Qt::Key_W, Qt::Key_F5,           Qt::Key_F6};
    for (const auto &key : keys) {
        auto *action = new QAction(&window);
        action->setShortcut(key);
        window.addAction(action);
        connect(action, &QAction::triggered, &window, [&fired, key] { fired.append(key); });
    }
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    editor.setFocus();
    for (const auto &key : keys) {
        QTest::keySequence(keysOf(&editor), key);
    }
    QCOMPARE(fired, keys);
    QCOMPARE(editor.text(), u"one\n"_s);

    for (const QKeySequence &letter : {QKeySequence(Qt::Key_R), QKeySequence(Qt::Key_Slash),
                                       QKeySequence(Qt::Key_Question), QKeySequence(Qt::Key_G, Qt::Key_F)}) {
        auto *action = new QAction(&window);
        action->setShortcut(letter);
        window.addAction(action);
        connect(action, &QAction::triggered, &window, [&fired, letter] { fired.append(letter); });
    }
    QTest::keyClicks(keysOf(&editor), u"r/gf? "_s); // are text
    QCOMPARE(editor.text(), u"r/gf? one\n"_s);
    QCOMPARE(fired, keys);
}

void TestTextEditor::showsATextWithoutTheLibrary()
{
    QTemporaryDir nowhere;
    EditorLibrary missing({nowhere.path()});
    TextEditor editor(missing, u"a.js"_s, u"one\r\ntwo\r\n"_s);
    QVERIFY(!editor.canEdit());
    QCOMPARE(missing.plugin().error().type, "editor/missing");
    QCOMPARE(editor.text(), u"one\r\ntwo\r\n"_s);
    editor.setPosition({2, 2});
    QCOMPARE(editor.position(), (EditorPosition{2, 2}));

    QFile broken(nowhere.filePath(u"nest-editor.so"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("not a library");
    broken.close();
    missing.retry();
    QVERIFY(!missing.plugin());
    QCOMPARE(missing.plugin().error().type, "editor/not-loaded");
}

/// A whole life of the program, as some of it is written at the end.
void TestTextEditor::leavesTheHomeAlone()
{
    QTemporaryDir home;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home.path());
    for (const auto &name : {u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s}) {
        environment.insert(name, home.filePath(name));
        QVERIFY(QDir().mkpath(home.filePath(name)));
    }
    QProcess life;
    life.setProcessEnvironment(environment);
    life.start(QCoreApplication::applicationFilePath(),
               {u"isLoadedWithTheFirstText"_s, u"takesATextAsOneStep"_s, u"refusesKeysWhileReadOnly"_s});
    QVERIFY(life.waitForFinished(60'000));
    QCOMPARE(life.exitCode(), 0);
    QStringList files;
    QDirIterator all(home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString file = all.next();
        if (!file.contains("/fontconfig/"_L1)) {
            files.append(file);
        }
    }
    QVERIFY2(files.isEmpty(), qPrintable(files.join(u'\n')));
}

QTEST_MAIN(TestTextEditor)
#include "tst_texteditor.moc"
