// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The log store and its files: restarts, rotation, retention, and what crashes, damage and a full disk leave.

#include "tests/platform/logs/logstoretest.h"

#include <QFile>
#include <QRegularExpression>

using namespace nest;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestLogFiles final : public logs::LogStoreTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void continuesSequencesAfterARestart();
    void readsAcrossClosedAndOpenSegments();
    void keepsNoMoreThanItsBytes();
    void keepsNoLongerThanItsTime();
    void skipsATornLastLine();
    void finishesAnInterruptedRotation();
    void leavesOutADamagedSegment();
    void countsLinesThatCannotBeWritten();
    void writesWhatWaitsBeforeItGoes();
};

void TestLogFiles::continuesSequencesAfterARestart()
{
    for (int round = 1; round <= 3; ++round) {
        print(5, "round " + std::to_string(round));
        start();
    }
    print(1, "last");
    const auto answer = page({.after = 0});
    QCOMPARE(answer.items.size(), 16U);
    for (std::size_t i = 0; i < answer.items.size(); ++i) {
        QCOMPARE(answer.items[i].sequence, std::int64_t(i) + 1);
    }
    QCOMPARE(answer.items[15].message, "last 1");
    QCOMPARE(files().size(), 1);
}

void TestLogFiles::readsAcrossClosedAndOpenSegments()
{
    m_config.segmentBytes = 4096;
    start();
    print(500);
    auto answer = page({.after = 0, .limit = 1000});
    QCOMPARE(answer.items.size(), 500U);
    QVERIFY(files(u"*.jsonl.zst"_s).size() > 5);
    QCOMPARE(files(u"*.jsonl"_s).size(), 1);
    start(); // and again from the names alone
    for (std::int64_t after = 0; after < 500; after = answer.nextSequence - 1) {
        answer = page({.after = after, .limit = 37});
        QVERIFY(!answer.items.empty());
        for (std::size_t i = 0; i < answer.items.size(); ++i) {
            QCOMPARE(answer.items[i].sequence, after + 1 + std::int64_t(i));
            QCOMPARE(answer.items[i].message, "line " + std::to_string(after + 1 + std::int64_t(i)));
        }
    }
    answer = page({.limit = 300});
    QCOMPARE(answer.items.size(), 300U);
    QCOMPARE(answer.items.front().sequence, 201);
    QCOMPARE(answer.items.back().sequence, 500);
}

void TestLogFiles::keepsNoMoreThanItsBytes()
{
    m_config.segmentBytes = 16 * 1024;
    m_config.maxBytesPerFunction = 48 * 1024;
    start();
    print(20'000);
    m_store->flush();
    qint64 bytes = 0;
    for (const auto &info : QDir(folder()).entryInfoList(QDir::Files)) {
        bytes += info.size();
    }
    QVERIFY2(bytes <= 48 * 1024 + 16 * 1024, qPrintable(QString::number(bytes)));
    const auto oldest = page({.after = 0, .limit = 1});
    QVERIFY(oldest.items.front().sequence > 1);
    QCOMPARE(page({.limit = 1}).items.front().sequence, 20'000);
}

void TestLogFiles::keepsNoLongerThanItsTime()
{
    print(10, "old");
    m_store->flush();
    m_now += 5 * 24h;
    print(10, "new");
    m_store->flush();
    m_now += 3 * 24h;
    start();
    // The segment goes as a whole, when its newest line is too old.
    QCOMPARE(page({.after = 0}).items.size(), 20U);
    m_now += 5 * 24h;
    start();
    auto answer = page({.after = 0});
    QVERIFY(answer.items.empty());
    QCOMPARE(answer.nextSequence, 21);
    QCOMPARE(files().size(), 1);
    start();
    print(1, "after everything went");
    answer = page({.after = 0});
    QCOMPARE(answer.items.size(), 1U);
    QCOMPARE(answer.items.front().sequence, 21);
}

void TestLogFiles::skipsATornLastLine()
{
    print(3);
    m_store.reset();
    QFile file(folder() + u'/' + files().constFirst());
    QVERIFY(file.open(QIODevice::Append));
    file.write(R"({"sequence":4,"time":"2026-03-01T00:00:)");
    file.close();
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"39 bytes behind the last whole line are cut off"_s));
    start();
    print(1, "after the crash");
    const auto answer = page({.after = 0});
    QCOMPARE(answer.items.size(), 4U);
    QCOMPARE(answer.items[3].message, "after the crash 1");
    QCOMPARE(answer.items[3].sequence, 4);
}

void TestLogFiles::finishesAnInterruptedRotation()
{
    print(3);
    m_store.reset();
    // As after a crash between the making of the next segment and the compression of this one …
    const QDir dir(folder());
    QFile next(dir.filePath(u"0000000000000000004.jsonl"_s));
    QVERIFY(next.open(QIODevice::WriteOnly));
    next.close();
    QFile half(dir.filePath(u"0000000000000000001-0000000000000000003_0-0.jsonl.zst.Xy12Ab"_s));
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write("half");
    half.close();
    const auto before = dir.filePath(u"0000000000000000001.jsonl"_s);
    QVERIFY(QFile::copy(before, m_dir->filePath(u"kept"_s)));
    start();
    QCOMPARE(page({.after = 0}).items.size(), 3U);
    QCOMPARE(files(u"*.zst"_s).size(), 1);
    QCOMPARE(files().size(), 2);
    m_store.reset();
    // … and between the compression and the removal.
    QVERIFY(QFile::copy(m_dir->filePath(u"kept"_s), before));
    start();
    print(1);
    const auto answer = page({.after = 0});
    QCOMPARE(answer.items.size(), 4U);
    QCOMPARE(answer.items.back().sequence, 4);
    QCOMPARE(files().size(), 2);
}

void TestLogFiles::leavesOutADamagedSegment()
{
    m_config.segmentBytes = 4096;
    start();
    print(100);
    m_store->flush();
    const auto closed = files(u"*.zst"_s);
    QVERIFY(closed.size() > 2);
    QFile file(folder() + u'/' + closed[1]);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(20);
    file.write("damage damage damage");
    file.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be read"_s));
    const auto answer = page({.after = 0, .limit = 1000});
    QVERIFY(answer.items.size() > 50 && answer.items.size() < 100);
    QCOMPARE(answer.items.front().sequence, 1);
    QCOMPARE(answer.items.back().sequence, 100);
    QCOMPARE(answer.nextSequence, 101);
}

void TestLogFiles::countsLinesThatCannotBeWritten()
{
    QFile blocked(m_dir->filePath(u"logs/checkout"_s)); // a file where the folder should be
    QVERIFY(blocked.open(QIODevice::WriteOnly));
    blocked.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be written"_s));
    print(3);
    m_store->flush();
    QVERIFY(blocked.remove());
    print(2);
    const auto answer = page({.after = 0});
    QCOMPARE(answer.items.size(), 2U);
    QCOMPARE(answer.items.front().sequence, 1);
    QCOMPARE(answer.dropped, 3);
}

void TestLogFiles::writesWhatWaitsBeforeItGoes()
{
    print(5000);
    auto pending = m_store->page({.function = "checkout", .limit = 1});
    start();
    const auto answer = QCoro::waitFor(std::move(pending));
    QVERIFY(answer);
    QCOMPARE(answer->items.front().sequence, 5000);
    QCOMPARE(page({.limit = 1}).items.front().sequence, 5000);
}

QTEST_GUILESS_MAIN(TestLogFiles)
#include "tst_logs_files.moc"
