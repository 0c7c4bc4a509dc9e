// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/paths.h"

#include <QTest>

using namespace nest;
using namespace nest::builds;

class PathsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesPlainPaths_data();
    void takesPlainPaths();
    void refusesPathsWithAReason_data();
    void refusesPathsWithAReason();
    void checksFunctionNames_data();
    void checksFunctionNames();
    void checksTheDraftAsAWhole();
};

void PathsTest::takesPlainPaths_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"function.yaml", "src/handler.js", "a/b/c/d.json", ".env", "src/.eslintrc",
                             "x..y/..z", "käse/日本語.txt", "with space/a b.js", ".nested/a", "a/nest"}) {
        QTest::newRow(path) << QByteArray(path);
    }
    QTest::newRow("longest segment") << QByteArray(255, 'a');
}

void PathsTest::takesPlainPaths()
{
    QFETCH(QByteArray, path);
    const auto checked = checkPath(path.toStdString());
    QVERIFY2(checked, checked ? "" : checked.error().detail.c_str());
}

void PathsTest::refusesPathsWithAReason_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const QByteArray &path, const char *reason) {
        QTest::newRow(name) << path << QByteArray(reason);
    };
    row("empty", "", "empty");
    row("absolute", "/etc/passwd", "relative");
    row("parent", "../x", "'..'");
    row("parent inside", "a/../../x", "'..'");
    row("parent at the end", "a/..", "'..'");
    row("dot", "./a", "'.'");
    row("double slash", "a//b", "empty part");
    row("folder", "a/", "empty part");
    row("backslash", "a\\b", "'/'");
    row("newline", "a\nb", "control character");
    row("nul", QByteArray("a\0b", 3), "control character");
    row("delete", "a\x7f", "control character");
    row("C1 control", "a\xc2\x85", "control character");
    row("cut UTF-8", "a\xc3", "UTF-8");
    row("overlong slash", "a\xc0\xaf", "UTF-8");
    row("surrogate", "a\xed\xa0\x80", "UTF-8");
    row("decomposed", "a\xcc\x88.js", "normal form C");
    row("right-to-left override", "src/gpj.\xe2\x80\xaesj", "direction");
    row("isolate", "a\xe2\x81\xa6.js", "direction");
    row("reserved", ".nest/state", "reserved");
    row("reserved inside", "a/.nest", "reserved");
    row("long segment", QByteArray(256, 'a'), "longer than 255");
    row("long path", (QByteArray(200, 'a') + '/').repeated(6), "longer than 1024");
}

void PathsTest::refusesPathsWithAReason()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, reason);
    const auto checked = checkPath(path.toStdString());
    QVERIFY(!checked);
    QCOMPARE(checked.error().type, std::string("builds/bad-path"));
    QVERIFY2(checked.error().detail.contains(reason.toStdString()), checked.error().detail.c_str());
    QVERIFY(std::ranges::none_of(checked.error().detail, [](char c) { return c >= 0 && c < ' '; }));
}

void PathsTest::checksFunctionNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const QByteArray &name, bool isGood) {
        QTest::newRow(name.isEmpty() ? "empty" : name.constData()) << name << isGood;
    };
    row("abc", true);
    row("shop-cart-2", true);
    row("a--", true);
    row(QByteArray(40, 'a'), true);
    row(QByteArray(41, 'a'), false);
    row("", false);
    row("ab", false);
    row("1ab", false);
    row("-ab", false);
    row("Abc", false);
    row("a_b", false);
    row("a.b", false);
    row("käse", false);
}

void PathsTest::checksFunctionNames()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, isGood);
    QCOMPARE(checkFunctionName(name.toStdString()).has_value(), isGood);
}

void PathsTest::checksTheDraftAsAWhole()
{
    const auto typeOf = [](const BuildFiles &files) {
        const auto checked = checkFiles(files);
        return checked ? std::string() : checked.error().type;
    };
    QCOMPARE(typeOf({{"a", ""}, {"b/c", ""}, {"b/d", ""}}), std::string());
    QCOMPARE(typeOf({{"a", ""}, {"a", ""}}), std::string("builds/bad-path"));
    QCOMPARE(typeOf({{"a/b/c", ""}, {"a/b", ""}}), std::string("builds/bad-path"));
    QCOMPARE(typeOf({{"a", std::string(maxFileBytes, 'x')}}), std::string());
    QCOMPARE(typeOf({{"a", std::string(maxFileBytes + 1, 'x')}}), std::string("builds/too-large"));
    BuildFiles many;
    for (std::size_t i = 0; i <= maxFiles; ++i) {
        many.push_back({"f" + std::to_string(i), ""});
    }
    QCOMPARE(typeOf(many), std::string("builds/too-large"));
    BuildFiles heavy;
    for (int i = 0; i < 11; ++i) {
        heavy.push_back({"f" + std::to_string(i), std::string(maxFileBytes, 'x')});
    }
    QCOMPARE(typeOf(heavy), std::string("builds/too-large"));
}

QTEST_GUILESS_MAIN(PathsTest)
#include "tst_paths.moc"
