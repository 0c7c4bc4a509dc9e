// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One command in a box: what it prints, may write, and how it ends.
#include "tests/platform/engines/enginefixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

class TestJobs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void tellsOutputAndExitCode();
    void writesOnlyToItsWorkFolder();
    void endsAtItsTimeLimit();
    void canBeCancelled();
    void runsNodesOwnTests();
};

namespace {

engines::JobSpec shellJob(EngineFixture &fixture, const std::string &line)
{
    return {.id = "j-1",
            .arguments = {"/bin/bash", "-c", line},
            .workDirectory = fixture.writeCode({{u"here.txt"_s, "here\n"}}),
            .readOnly = {},
            .memoryMegabytes = 256,
            .timeoutSeconds = 20};
}

JobResult runToEnd(EngineFixture &fixture, const engines::JobSpec &job)
{
    fixture.engine().runJob(job);
    const bool over = waitUntil([&] { return fixture.notes().jobResults.contains(job.id); }, 25'000);
    return over ? fixture.notes().jobResults[job.id] : JobResult{-2, "did not end"};
}

} // namespace

void TestJobs::tellsOutputAndExitCode()
{
    EngineFixture fixture;
    const auto result =
        runToEnd(fixture, shellJob(fixture, "cat here.txt; echo bad >&2; printf 'no end'; exit 9"));
    QCOMPARE(result.exitCode, 9);
    QCOMPARE(result.reason, std::string("exit code 9"));
    const auto output = fixture.notes().jobOutputs["j-1"];
    QVERIFY(output.find("here\n") != std::string::npos);
    QVERIFY(output.find("bad\n") != std::string::npos);
    QVERIFY(output.find("no end") != std::string::npos);
}

void TestJobs::writesOnlyToItsWorkFolder()
{
    EngineFixture fixture;
    auto job = shellJob(
        fixture,
        "echo made > /work/made; echo x > /extra/x; cat /extra/given; exec 3<>/dev/tcp/127.0.0.1/80");
    job.readOnly = {{fixture.writeCode({{u"given"_s, "given\n"}}), "/extra"}};
    const auto result = runToEnd(fixture, job);
    QVERIFY(result.exitCode != 0); // no network
    const auto output = fixture.notes().jobOutputs["j-1"];
    QVERIFY(output.find("/extra/x: Read-only file system") != std::string::npos);
    QVERIFY(output.find("given\n") != std::string::npos);
    QVERIFY(output.find("Address family not supported") != std::string::npos);
    QFile made(QString::fromStdString(job.workDirectory) + u"/made"_s);
    QVERIFY(made.open(QIODevice::ReadOnly));
    QCOMPARE(made.readAll(), "made\n");
}

void TestJobs::endsAtItsTimeLimit()
{
    EngineFixture fixture;
    auto job = shellJob(fixture, "echo begun; setsid sleep 600 & sleep 600");
    job.timeoutSeconds = 1;
    const auto result = runToEnd(fixture, job);
    QCOMPARE(result.reason, std::string("time limit of 1 s"));
    QCOMPARE(result.exitCode, 137);
    QCOMPARE(fixture.notes().jobOutputs["j-1"], std::string("begun\n"));
    QVERIFY(waitUntil([&] { return descendants(fixture.keeperPid()).empty(); }));
}

void TestJobs::canBeCancelled()
{
    EngineFixture fixture;
    fixture.engine().runJob(shellJob(fixture, "echo begun; sleep 600"));
    QVERIFY(waitUntil([&] { return !fixture.notes().jobOutputs["j-1"].empty(); }));
    fixture.engine().cancelJob("j-1");
    QVERIFY(waitUntil([&] { return fixture.notes().jobResults.contains("j-1"); }));
    QCOMPARE(fixture.notes().jobResults["j-1"].reason, std::string("killed by request"));
}

void TestJobs::runsNodesOwnTests()
{
    EngineFixture fixture;
    auto job = shellJob(fixture, "node --test && node --check good.mjs && node --check bad.mjs");
    job.workDirectory = fixture.writeCode(
        {{u"good.mjs"_s, "export const one = 1;\n"},
         {u"bad.mjs"_s, "export const = 1;\n"},
         {u"one.test.mjs"_s,
          "import test from 'node:test';\nimport assert from 'node:assert';\n"
          "import { one } from './good.mjs';\ntest('is one', () => assert.equal(one, 1));\n"}});
    const auto result = runToEnd(fixture, job);
    const auto output = fixture.notes().jobOutputs["j-1"];
    QVERIFY2(output.find("pass 1") != std::string::npos, output.c_str());
    QVERIFY2(output.find("/work/bad.mjs:1") != std::string::npos, output.c_str());
    QCOMPARE(result.exitCode, 1);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
