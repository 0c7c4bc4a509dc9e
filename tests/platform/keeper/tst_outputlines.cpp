// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/outputlines.h"

#include <QTest>

using namespace nest::keeper;

class TestOutputLines final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void cutsAtLineEnds();
    void splitsALongLineBetweenCharacters();
    void replacesWhatIsNoUtf8_data();
    void replacesWhatIsNoUtf8();
    void keepsAtMostItsLimitAndCountsTheRest();
};

void TestOutputLines::cutsAtLineEnds()
{
    LineSplitter splitter;
    QCOMPARE(splitter.feed("a\nb\r\n\nc"), (std::vector<std::string>{"a", "b", ""}));
    QCOMPARE(splitter.feed("d\n"), (std::vector<std::string>{"cd"}));
    QCOMPARE(splitter.finish(), std::vector<std::string>{});
    QCOMPARE(splitter.feed("rest"), std::vector<std::string>{});
    QCOMPARE(splitter.finish(), (std::vector<std::string>{"rest"}));
}

void TestOutputLines::splitsALongLineBetweenCharacters()
{
    std::string text(maxLineBytes - 1, 'x');
    text += "\xE4\xBD\xA0"; // one character across the cut
    text += std::string(2 * maxLineBytes, 'y');
    LineSplitter splitter;
    const auto lines = splitter.feed(text + "\n");
    std::string joined;
    for (const auto &line : lines) {
        QVERIFY(line.size() <= maxLineBytes);
        QVERIFY(line.find("\xEF\xBF\xBD") == std::string::npos);
        joined += line;
    }
    QCOMPARE(joined, text);
}

void TestOutputLines::replacesWhatIsNoUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    const QByteArray replacement("\xEF\xBF\xBD");
    QTest::newRow("plain") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("two, three, four bytes") << QByteArray("ü你😀") << QByteArray("ü你😀");
    QTest::newRow("lone byte") << QByteArray("a\xFFz") << "a" + replacement + "z";
    QTest::newRow("cut short") << QByteArray("a\xE4\xBD") << "a" + replacement + replacement;
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << replacement + replacement;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << replacement + replacement + replacement;
    QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80")
                                    << replacement + replacement + replacement + replacement;
}

void TestOutputLines::replacesWhatIsNoUtf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(validUtf8(bytes.toStdString())), text);
}

void TestOutputLines::keepsAtMostItsLimitAndCountsTheRest()
{
    LineQueue queue(1000);
    for (int i = 0; i < 100; ++i) {
        queue.push({"stdout", std::to_string(i), 0});
    }
    int kept = 0;
    while (!queue.isEmpty()) {
        QCOMPARE(queue.pop().text, std::to_string(kept)); // the oldest, without a hole
        ++kept;
    }
    QVERIFY(kept > 5);
    QCOMPARE(queue.takeDropped(), 100 - kept);
    QCOMPARE(queue.takeDropped(), 0);
    queue.push({"stderr", "again", 0});
    QCOMPARE(queue.pop().text, std::string("again"));
}

QTEST_GUILESS_MAIN(TestOutputLines)
#include "tst_outputlines.moc"
