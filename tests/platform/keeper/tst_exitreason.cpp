// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/exitreason.h"

#include <QTest>

using namespace nest::keeper;

class TestExitReason final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void saysWhyInWords_data();
    void saysWhyInWords();
    void saysWhoseMemoryWasFull();
};

void TestExitReason::saysWhyInWords_data()
{
    QTest::addColumn<int>("waitStatus");
    QTest::addColumn<int>("asked");
    QTest::addColumn<QByteArray>("errors");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("code");
    const auto exited = [](int code) {
        return code << 8;
    };
    const int no = static_cast<int>(AskedToEnd::No);
    QTest::newRow("by itself") << exited(0) << no << QByteArray() << QByteArray("exit code 0") << 0;
    QTest::newRow("exit code") << exited(3) << no << QByteArray() << QByteArray("exit code 3") << 3;
    QTest::newRow("signal inside") << exited(139) << no << QByteArray()
                                   << QByteArray("signal SIGSEGV (Segmentation fault)") << 139;
    QTest::newRow("signal to bwrap") << 9 << no << QByteArray() << QByteArray("signal SIGKILL (Killed)")
                                     << 137;
    QTest::newRow("memory") << exited(134) << no << QByteArray("FATAL ERROR: … JavaScript heap out of memory")
                            << QByteArray("memory limit of 256 MB") << 134;
    QTest::newRow("a word is no crash")
        << exited(0) << no << QByteArray("Cannot allocate memory") << QByteArray("exit code 0") << 0;
    QTest::newRow("drained") << exited(0) << static_cast<int>(AskedToEnd::Drained) << QByteArray()
                             << QByteArray("drained") << 0;
    QTest::newRow("killed") << 9 << static_cast<int>(AskedToEnd::Killed) << QByteArray()
                            << QByteArray("killed by request") << 137;
    QTest::newRow("time") << 9 << static_cast<int>(AskedToEnd::TimeLimit) << QByteArray()
                          << QByteArray("time limit of 5 s") << 137;
}

void TestExitReason::saysWhyInWords()
{
    QFETCH(int, waitStatus);
    QFETCH(int, asked);
    QFETCH(QByteArray, errors);
    QFETCH(QByteArray, words);
    QFETCH(int, code);
    const auto reason = exitReason({.waitStatus = waitStatus,
                                    .asked = static_cast<AskedToEnd>(asked),
                                    .memoryMegabytes = 256,
                                    .timeoutSeconds = 5,
                                    .lastErrors = errors.toStdString()});
    QCOMPARE(QByteArray::fromStdString(reason.words), words);
    QCOMPARE(reason.exitCode, code);
}

void TestExitReason::saysWhoseMemoryWasFull()
{
    const auto words = [](OutOfMemory outOfMemory, AskedToEnd asked) {
        return exitReason({.waitStatus = 9,
                           .asked = asked,
                           .memoryMegabytes = 256,
                           .timeoutSeconds = 5,
                           .lastErrors = {},
                           .outOfMemory = outOfMemory})
            .words;
    };
    QCOMPARE(words(OutOfMemory::OwnLimit, AskedToEnd::No), "memory limit of 256 MB");
    QCOMPARE(words(OutOfMemory::OwnLimit, AskedToEnd::Drained), "memory limit of 256 MB");
    QCOMPARE(words(OutOfMemory::Machine, AskedToEnd::No), "the machine had no memory left");
    QCOMPARE(words(OutOfMemory::OwnLimit, AskedToEnd::TimeLimit), "time limit of 5 s"); // that was first
}

QTEST_GUILESS_MAIN(TestExitReason)
#include "tst_exitreason.moc"
