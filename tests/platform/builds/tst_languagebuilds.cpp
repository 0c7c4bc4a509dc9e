// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What builds of Java and Python add: compiling, and results of their own test runners.
#include "platform/builds/artefact.h"
#include "tests/platform/builds/builderbench.h"

#include <QDir>
#include <QProcess>

using namespace nest;
using namespace nest::builds;

namespace {

const std::string javaHandler = "package shop;\n"
                                "public class Handler {\n"
                                "    public Object handler() { return \"hi\"; }\n}\n";

BuildFiles javaDraft(BuildFiles files)
{
    files.push_back(
        {"function.yaml", "name: shop\nruntime: java21\nhandler: src/shop/Handler.java#handler\n"});
    return files;
}

} // namespace

class LanguageBuildsTest final : public tests::BuilderBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin(); }
    void cleanupTestCase() { end(); }
    void init() { makeData(); }
    void cleanup() { drop(); }

    void compilesJavaIntoTheArtefact();
    void usesTheJarsOfTheDraft();
    void saysWhereJavaDoesNotCompile_data();
    void saysWhereJavaDoesNotCompile();
    void saysWhichJavaTestFailed();
    void saysWhichPythonTestFailed();
};

void LanguageBuildsTest::compilesJavaIntoTheArtefact()
{
    // What the tests change on disk does not reach the artefact.
    const auto result =
        build(javaDraft({{"src/shop/Handler.java", javaHandler},
                         {"src/shop/Part.java", "package shop;\nrecord Part(int n) {}\n"},
                         {"src/test/java/shop/PartTest.java",
                          "package shop;\n"
                          "import org.junit.jupiter.api.Test;\n"
                          "import java.nio.file.*;\n"
                          "class PartTest {\n"
                          "    @Test void changes() throws Exception {\n"
                          "        Files.writeString(Path.of(\"classes/shop/Part.class\"), \"x\");\n"
                          "        Files.writeString(Path.of(\"classes/More.class\"), \"x\");\n"
                          "    }\n}\n"}}));
    QVERIFY2(result.state == wire::BuildState::Succeeded, result.reason.c_str());
    QCOMPARE(result.tests->passed, 1);
    const QDir folder(
        QString::fromStdString(ArtefactStore(m_data->path().toStdString()).folderPath(result.digest)));
    QVERIFY(folder.exists(QStringLiteral("classes/shop/Handler.class")));
    QVERIFY(!folder.exists(QStringLiteral("classes/More.class")));
    QVERIFY(!folder.exists(QStringLiteral("test-classes")));
    QVERIFY(QFileInfo(folder.filePath(QStringLiteral("classes/shop/Part.class"))).size() > 100);
}

void LanguageBuildsTest::usesTheJarsOfTheDraft()
{
    // A package of the same name as one that the guest has for itself.
    const QTemporaryDir folder;
    QFile source(folder.filePath(QStringLiteral("Gson.java")));
    QVERIFY(source.open(QIODevice::WriteOnly));
    source.write(
        "package com.google.gson;\npublic class Gson { public static String word() { return \"mine\"; } }\n");
    source.close();
    QProcess tools;
    tools.setWorkingDirectory(folder.path());
    tools.start(QStringLiteral("/bin/sh"),
                {QStringLiteral("-c"),
                 QStringLiteral("javac -d out Gson.java && jar --create --file x.jar -C out .")});
    QVERIFY(tools.waitForFinished() && tools.exitCode() == 0);
    QFile jar(folder.filePath(QStringLiteral("x.jar")));
    QVERIFY(jar.open(QIODevice::ReadOnly));
    const auto result =
        build(javaDraft({{"lib/x.jar", jar.readAll().toStdString()},
                         {"src/shop/Handler.java",
                          "package shop;\n"
                          "public class Handler {\n"
                          "    public Object handler() { return com.google.gson.Gson.word(); }\n}\n"},
                         {"test/HandlerTest.java",
                          "import org.junit.jupiter.api.*;\n"
                          "class HandlerTest {\n"
                          "    @Test void is() {\n"
                          "        Assertions.assertEquals(\"mine\", new shop.Handler().handler());\n"
                          "    }\n}\n"}}));
    QVERIFY2(result.state == wire::BuildState::Succeeded, result.reason.c_str());
    QCOMPARE(result.tests->passed, 1);
    const ArtefactStore store(m_data->path().toStdString());
    QVERIFY(QFile::exists(QString::fromStdString(store.folderPath(result.digest) + "/lib/x.jar")));
    auto spec = m_engine->spec(store.folderPath(result.digest), result.manifest.handler);
    spec.runtime = "java21";
    const auto id = m_engine->startAndWait(spec);
    QCOMPARE(m_engine->ask(id)->body(), QByteArray("mine"));
}

void LanguageBuildsTest::saysWhereJavaDoesNotCompile_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, const char *path, const char *code, int line, int column,
                        const char *message) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(code) << line << column << QByteArray(message);
    };
    row("syntax", "src/shop/Other.java", "package shop;\nclass Other {\n    int a = ;\n}\n", 3, 13,
        "illegal start of expression");
    row("a symbol", "src/shop/Other.java", "package shop;\nclass Other {\n    Strin a;\n}\n", 3, 5,
        "cannot find symbol; symbol: class Strin");
    row("a test", "test/OtherTest.java", "class OtherTest {\n    int a = \"x\";\n}\n", 2, 13,
        "incompatible types");
    row("a package that is not its folder", "src/shop/Handler.java", "package other;\nclass Handler {}\n", 1,
        1, "must declare the class Handler in the package shop");
    row("made by the build", "classes/A.class", "x", 0, 0, "made by the build");
}

void LanguageBuildsTest::saysWhereJavaDoesNotCompile()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, message);
    BuildFiles files{{path.toStdString(), code.toStdString()}};
    if (path != "src/shop/Handler.java") {
        files.push_back({"src/shop/Handler.java", javaHandler});
    }
    const auto result = build(javaDraft(files));
    QCOMPARE(result.state, wire::BuildState::Failed);
    QCOMPARE(result.problems.size(), std::size_t(1));
    const auto &problem = result.problems.front();
    QCOMPARE(problem.path, path.toStdString());
    QVERIFY2(problem.message.contains(message.toStdString()), problem.message.c_str());
    QTEST(problem.line, "line");
    QTEST(problem.column, "column");
}

void LanguageBuildsTest::saysWhichJavaTestFailed()
{
    const auto result = build(javaDraft(
        {{"src/shop/Handler.java", javaHandler},
         {"test/HandlerTest.java", "import static org.junit.jupiter.api.Assertions.*;\n"
                                   "import org.junit.jupiter.api.*;\n"
                                   "class HandlerTest {\n"
                                   "    @Test void adds() {\n"
                                   "        assertEquals(\"a\\nb\", \"a\\nc\", \"the sum\");\n"
                                   "    }\n"
                                   "    @Test void throwsUp() { throw new IllegalStateException(\"no\"); }\n"
                                   "    @Test void works() {}\n"
                                   "    @Test @Disabled(\"later\") void waits() {}\n"
                                   "}\n"}}));
    QCOMPARE(result.state, wire::BuildState::Failed);
    QVERIFY(result.tests);
    QCOMPARE(std::tuple(result.tests->passed, result.tests->failed, result.tests->skipped),
             std::tuple(1, 2, 1));
    QCOMPARE(result.problems.size(), std::size_t(2));
    const auto found = std::ranges::find_if(
        result.problems, [](const auto &each) { return each.message.contains("HandlerTest.adds"); });
    QVERIFY(found != result.problems.end());
    QVERIFY2(found->message.contains("the sum"), found->message.c_str());
    QCOMPARE(found->path, std::string("test/HandlerTest.java"));
    QCOMPARE(found->line, 5);
    QCOMPARE(found->expected.value_or(""), std::string("a\nb"));
    QCOMPARE(found->actual.value_or(""), std::string("a\nc"));
    QVERIFY(result.reason.starts_with("2 tests failed"));
}

void LanguageBuildsTest::saysWhichPythonTestFailed()
{
    const auto result = build({{"function.yaml", "name: shop\nruntime: python3.13\n"},
                               {"src/handler.py", "def handler(event, context):\n    return 1\n"},
                               {"test/test_handler.py", "import unittest\n\n\n"
                                                        "class HandlerTest(unittest.TestCase):\n"
                                                        "    def test_adds(self):\n"
                                                        "        self.assertEqual('a\\nb', 'a\\nc')\n\n"
                                                        "    def test_raises(self):\n"
                                                        "        raise LookupError('no')\n\n"
                                                        "    def test_works(self):\n"
                                                        "        pass\n"}});
    QCOMPARE(result.state, wire::BuildState::Failed);
    QVERIFY(result.tests);
    QCOMPARE(std::tuple(result.tests->passed, result.tests->failed), std::tuple(1, 2));
    QCOMPARE(result.problems.size(), std::size_t(2));
    const auto &first = result.problems.front();
    QVERIFY2(first.message.contains("test_adds"), first.message.c_str());
    QCOMPARE(first.path, std::string("test/test_handler.py"));
    QCOMPARE(first.line, 6);
    QCOMPARE(first.actual.value_or(""), std::string("a\nb"));
    QCOMPARE(first.expected.value_or(""), std::string("a\nc"));
    QVERIFY2(result.problems.back().message.contains("LookupError: no"),
             result.problems.back().message.c_str());
    QCOMPARE(result.problems.back().line, 9);
}

QTEST_GUILESS_MAIN(LanguageBuildsTest)
#include "tst_languagebuilds.moc"
