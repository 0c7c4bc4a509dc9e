// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The level is what a tried box reports, and each failure has its sentence.
#include "platform/keeper/isolation.h"
#include "platform/keeper/seccompfilter.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace nest;
using namespace Qt::StringLiterals;

class TestIsolation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void isFullWhereABoxCanBeMade();
    void refusesAndSaysWhy_data();
    void refusesAndSaysWhy();
};

void TestIsolation::isFullWhereABoxCanBeMade()
{
    const auto isolation = keeper::probeIsolation("/usr/bin/bwrap", keeper::seccompProgram().value_or(""));
    QCOMPARE(isolation.level, 3);
    QVERIFY(isolation.sentence.starts_with(
        "Isolation: full. Memory and processor are watched, not limited by the kernel: what takes too much "
        "memory is ended, what computes all the time yields."));
    // Root's processes are not counted by the kernel, and that is not kept silent.
    QCOMPARE(isolation.sentence.find("number of processes") != std::string::npos, ::geteuid() == 0);
}

void TestIsolation::refusesAndSaysWhy_data()
{
    QTest::addColumn<QByteArray>("script"); // stands in for bwrap; empty: there is none
    QTest::addColumn<QByteArray>("sentence");
    QTest::addColumn<QByteArray>("remedy");
    QTest::newRow("no bwrap") << QByteArray()
                              << QByteArray("could not be started: No such file or directory.")
                              << QByteArray("Install the package bubblewrap");
    QTest::newRow("no namespaces")
        << QByteArray("#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n")
        << QByteArray("(bwrap: No permissions to create a new namespace)")
        << QByteArray("Allow user namespaces for this user");
    QTest::newRow("no fences") << QByteArray("#!/bin/sh\nexec /usr/bin/cat /proc/self/status\n")
                               << QByteArray("inside the box 'Seccomp:\t2' was not reported")
                               << QByteArray("bwrap --unshare-all");
    QTest::newRow("ends at once") << QByteArray("#!/bin/sh\nexit 3\n") << QByteArray("the box ended at once")
                                  << QByteArray("mend what it says");
}

void TestIsolation::refusesAndSaysWhy()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, sentence);
    QFETCH(QByteArray, remedy);
    QTemporaryDir folder;
    const auto path = folder.filePath(u"bwrap"_s);
    if (!script.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) == script.size());
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    }
    const auto isolation = keeper::probeIsolation(path.toStdString(), keeper::seccompProgram().value_or(""));
    QVERIFY(isolation.level < keeper::minimumIsolationLevel);
    QVERIFY(isolation.sentence.starts_with("Functions do not start: no box can be made on this machine ("));
    QVERIFY2(isolation.sentence.find(sentence) != std::string::npos, isolation.sentence.c_str());
    QVERIFY2(isolation.remedy.find(remedy) != std::string::npos, isolation.remedy.c_str());
}

QTEST_GUILESS_MAIN(TestIsolation)
#include "tst_isolation.moc"
