// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Line differences of texts and of file sets.
#include "models/diff/linediff.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::models;
using Kind = DiffLine::Kind;
using Status = FileDiff::Status;

namespace {

/// "1 1  a|2 - -b|- 2 +c": the lines of all hunks, readable.
QString shown(const FileDiff &diff)
{
    QStringList lines;
    const auto number = [](int line) {
        return line > 0 ? QString::number(line) : u"-"_s;
    };
    for (const DiffHunk &hunk : diff.hunks) {
        for (const DiffLine &line : hunk.lines) {
            const QString mark = line.kind == Kind::Added     ? u"+"_s
                                 : line.kind == Kind::Removed ? u"-"_s
                                                              : u" "_s;
            lines.append(number(line.oldLine) + u' ' + number(line.newLine) + u' ' + mark +
                         QString::fromStdString(line.text));
        }
    }
    return lines.join(u'|');
}

std::string numbered(int lines)
{
    std::string text;
    for (int i = 1; i <= lines; ++i) {
        text += "line " + std::to_string(i) + '\n';
    }
    return text;
}

} // namespace

class TestLineDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAChangedLine();
    void tellsNewGoneAndEqualApart();
    void keepsFarChangesInHunksOfTheirOwn();
    void saysBinaryAndTooLarge();
    void cutsAtTheLimitAndKeepsTheCounts();
    void meetsOddTexts_data();
    void meetsOddTexts();
    void comparesFileSets();
    void comparesTenThousandLines();
};

void TestLineDiff::findsAChangedLine()
{
    const FileDiff diff = diffTexts("a.js", "a\nb\nc\n", "a\nB\nc\nd\n");
    QCOMPARE(diff.status, Status::Changed);
    QCOMPARE(shown(diff), u"1 1  a|2 - -b|- 2 +B|3 3  c|- 4 +d"_s);
    QCOMPARE(diff.added, 2);
    QCOMPARE(diff.removed, 1);
    QCOMPARE(diff.hunks.size(), std::size_t{1});
    QCOMPARE(diff.hunks.front().oldStart, 1);
    QCOMPARE(diff.hunks.front().newLines, 4);
}

void TestLineDiff::tellsNewGoneAndEqualApart()
{
    const FileDiff added = diffTexts("a", std::nullopt, "x\ny\n");
    QCOMPARE(added.status, Status::Added);
    QCOMPARE(shown(added), u"- 1 +x|- 2 +y"_s);
    const FileDiff removed = diffTexts("a", "x\n", std::nullopt);
    QCOMPARE(removed.status, Status::Removed);
    QCOMPARE(removed.removed, 1);
    const FileDiff equal = diffTexts("a", "x\n", "x\n");
    QCOMPARE(equal.status, Status::Equal);
    QVERIFY(equal.hunks.empty());
    QCOMPARE(diffTexts("a", "", std::nullopt).status, Status::Removed); // an empty file is a file
}

void TestLineDiff::keepsFarChangesInHunksOfTheirOwn()
{
    std::string after = numbered(60);
    after.replace(after.find("line 5\n"), 7, "LINE 5\n");
    after.replace(after.find("line 50\n"), 8, "LINE 50\n");
    const FileDiff diff = diffTexts("a.txt", numbered(60), after);
    QCOMPARE(diff.hunks.size(), std::size_t{2});
    QCOMPARE(diff.hunks.front().lines.size(), std::size_t{8}); // three around each side
    QCOMPARE(diff.hunks.back().oldStart, 47);
}

void TestLineDiff::saysBinaryAndTooLarge()
{
    const FileDiff binary =
        diffTexts("p.png", std::string_view("\x89PNG\0\0", 6), std::string_view("\x89PNG\0\1", 6));
    QVERIFY(binary.isBinary);
    QCOMPARE(binary.status, Status::Changed);
    QVERIFY(binary.hunks.empty());
    const FileDiff large = diffTexts("l", std::string(100, 'x'), std::string(100, 'y'), {.bytes = 50});
    QVERIFY(large.isTooLarge);
    QVERIFY(large.hunks.empty());
}

void TestLineDiff::cutsAtTheLimitAndKeepsTheCounts()
{
    const FileDiff diff = diffTexts("a", std::nullopt, numbered(100), {.lines = 10});
    QVERIFY(diff.isCut);
    QCOMPARE(diff.added, 100);
    QCOMPARE(diff.hunks.front().lines.size(), std::size_t{10});
}

void TestLineDiff::meetsOddTexts_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("lines");
    QTest::newRow("no end of line") << QByteArray("a") << QByteArray("a\n") << u"1 - -a|- 1 +a"_s;
    QTest::newRow("dos") << QByteArray("a\r\n") << QByteArray("b\r\n") << u"1 - -a|- 1 +b"_s;
    QTest::newRow("chinese") << QByteArray("价格\n") << QByteArray("价格上限\n")
                             << u"1 - -价格|- 1 +价格上限"_s;
    QTest::newRow("from empty") << QByteArray("") << QByteArray("a\n") << u"- 1 +a"_s;
    QTest::newRow("to empty") << QByteArray("a\n") << QByteArray("") << u"1 - -a"_s;
    QTest::newRow("not utf-8") << QByteArray("a\xff\n") << QByteArray("a\xfe\n")
                               << u"1 - -a\xfffd|- 1 +a\xfffd"_s;
}

void TestLineDiff::meetsOddTexts()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, lines);
    const FileDiff diff = diffTexts("a", before.toStdString(), after.toStdString());
    QCOMPARE(shown(diff), lines);
}

void TestLineDiff::comparesFileSets()
{
    const auto diffs =
        diffFiles({{"a", "1\n"}, {"b", "1\n"}, {"c", "1\n"}}, {{"a", "1\n"}, {"b", "2\n"}, {"d", "1\n"}});
    QCOMPARE(diffs.size(), std::size_t{3});
    QCOMPARE(QString::fromStdString(diffs[0].path + diffs[1].path + diffs[2].path), u"bcd"_s);
    QCOMPARE(diffs[0].status, Status::Changed);
    QCOMPARE(diffs[1].status, Status::Removed);
    QCOMPARE(diffs[2].status, Status::Added);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(diffFiles({{"a", "1"}}, {{"a", "2"}}, {}, stop.get_token()).empty());
}

void TestLineDiff::comparesTenThousandLines()
{
    std::string after = numbered(10'000);
    after.replace(after.find("line 9000\n"), 10, "LINE 9000\n");
    const FileDiff diff = diffTexts("a", numbered(10'000), after);
    QCOMPARE(diff.added, 1);
    QCOMPARE(diff.hunks.size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TestLineDiff)
#include "tst_linediff.moc"
