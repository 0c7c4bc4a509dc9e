// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a process in a box sees of the machine: the three traps of docs/sandbox.md section 5 first.
#include "platform/keeper/seccompfilter.h"
#include "platform/keeper/spawn.h"
#include "tests/platform/keeper/runbox.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;
using keeper::BoxSpec;
using keeper::FileDescriptor;

class TestBox final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void inheritsNoDescriptorButTheListener();
    void doesNotStartWithoutItsListener();
    void showsNothingOfOurEnvironment();
    void showsNoHostPathInItsArguments();
    void isAnotherMachine_data();
    void isAnotherMachine();
    void readsBindsAndWritesOnlyWritableOnes();
    void limitsProcessesInsideTheBox();
    void startsForAUserWithManyProcesses();
    void limitsTheDataSegment();
    void passesOnTheExitCode();
    void saysWhenTheProgramIsMissing();
    void hasTheHostsNetworkOnlyWhenAsked();
};

void TestBox::hasTheHostsNetworkOnlyWhenAsked()
{
    BoxSpec spec{.command = {"/usr/bin/python3", "-S", "-c",
                             "import socket, os\n"
                             "for family in ('UNIX', 'INET', 'INET6', 'NETLINK', 'PACKET', 'ALG', 'VSOCK'):\n"
                             "    try:\n"
                             "        number = getattr(socket, 'AF_' + family)\n"
                             "        kind = socket.SOCK_RAW if family in ('NETLINK', 'PACKET') else "
                             "socket.SOCK_STREAM\n"
                             "        socket.socket(number, kind)\n"
                             "        print(family)\n"
                             "    except OSError as error:\n"
                             "        if error.errno != 97: print(family, error.errno)\n"
                             "print(os.path.exists('/etc/resolv.conf'), os.path.exists('/etc/passwd'))\n"}};
    const auto without = runBox(spec);
    QCOMPARE(without.output, std::string("UNIX\nFalse False\n"));
    spec.hasHostNetwork = true;
    const auto with = runBox(spec);
    QCOMPARE(with.output, std::string("UNIX\nINET\nINET6\nNETLINK\nTrue False\n"));
}

void TestBox::inheritsNoDescriptorButTheListener()
{
    // Both without O_CLOEXEC: what a careless library leaves open.
    const FileDescriptor leaked(::open("/etc/passwd", O_RDONLY));
    const FileDescriptor listener(::socket(AF_UNIX, SOCK_STREAM, 0));
    const FileDescriptor high(::fcntl(leaked.get(), F_DUPFD, 200));
    QVERIFY(leaked.isOpen() && listener.isOpen() && high.isOpen());
    const BoxSpec spec{.command = {"/usr/bin/python3", "-S", "-c",
                                   "import os\n"
                                   "for number in range(1024):\n"
                                   "    try:\n"
                                   "        os.fstat(number)\n"
                                   "        print(number, end=' ')\n"
                                   "    except OSError:\n"
                                   "        pass\n"}};
    QCOMPARE(runBox(spec, listener).output, std::string("0 1 2 3 "));
    QCOMPARE(runBox(spec).output, std::string("0 1 2 "));
    const auto first = runShell("ls -l /proc/1/fd /proc/self/fd | grep -c -e passwd -e memfd");
    QCOMPARE(first.output, std::string("0\n"));
}

void TestBox::doesNotStartWithoutItsListener()
{
    // Six descriptors are lifted above 63 before the listener is: whatever number is too many, the box either
    // has all of them or says that it cannot be started.
    const FileDescriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    rlimit usual{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
    for (rlim_t most = 64; most <= 72; ++most) {
        rlimit few = usual;
        few.rlim_cur = most;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
        const auto run =
            runBox({.command = {"/usr/bin/python3", "-S", "-c", "import os; os.fstat(3)"}}, listener);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &usual), 0);
        QVERIFY2(run.exitCode == 0 || run.errors.contains("Too many open files to start another box"),
                 qPrintable(QString::number(most) + u": "_s + QString::fromStdString(run.errors)));
    }
}

void TestBox::showsNothingOfOurEnvironment()
{
    qputenv("NEST_TEST_PASSWORD", "swordfish");
    const auto run = runShell("wc -c < /proc/1/environ; env; cat /proc/[0-9]*/environ | tr '\\0' '\\n'",
                              {.environment = {{"GIVEN", "yes"}}});
    qunsetenv("NEST_TEST_PASSWORD");
    QVERIFY2(run.output.starts_with("0\n"), run.output.c_str());
    QVERIFY(run.output.find("swordfish") == std::string::npos);
    QVERIFY(run.output.find("GIVEN=yes") != std::string::npos);
    QVERIFY(run.output.find("HOME=/tmp") != std::string::npos);
}

void TestBox::showsNoHostPathInItsArguments()
{
    QTemporaryDir folder(QDir::tempPath() + u"/secretpath-XXXXXX"_s);
    const BoxSpec spec{.binds = {{.host = folder.path().toStdString(), .inside = "/code"}}};
    const auto run = runShell("cat /proc/1/cmdline /proc/self/cmdline | tr '\\0' ' '; ls -d /code", spec);
    QVERIFY2(run.output.find("/code") != std::string::npos, run.errors.c_str());
    QVERIFY2(run.output.find("secretpath") == std::string::npos, run.output.c_str());
}

void TestBox::isAnotherMachine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("own host name") << QByteArray("cat /proc/sys/kernel/hostname") << QByteArray("fn");
    QTest::newRow("nobody") << QByteArray("id -u; id -g") << QByteArray("65534\n65534");
    QTest::newRow("own processes only") << QByteArray("echo /proc/[0-9]*") << QByteArray("/proc/1 /proc/2");
    QTest::newRow("loopback only") << QByteArray(
                                          "ls /sys/class/net 2>/dev/null; cut -d: -f1 -s /proc/net/dev | "
                                          "tr -d ' ' | tail -n +1")
                                   << QByteArray("lo");
    QTest::newRow("no home, no users")
        << QByteArray("ls /home /root /etc/passwd /etc/shadow 2>/dev/null | wc -l") << QByteArray("0");
    QTest::newRow("no private keys") << QByteArray("ls -d /etc/ssl/private 2>/dev/null | wc -l")
                                     << QByteArray("0");
    QTest::newRow("fences") << QByteArray(
                                   "grep -E '^(Seccomp|NoNewPrivs|CapEff):' /proc/self/status | tr -d '\\t'")
                            << QByteArray("CapEff:0000000000000000\nNoNewPrivs:1\nSeccomp:2");
    QTest::newRow("no core files") << QByteArray("ulimit -c") << QByteArray("0");
    QTest::newRow("first to go") << QByteArray("cat /proc/self/oom_score_adj") << QByteArray("500");
    QTest::newRow("no set-user-id") << QByteArray(
                                           "grep -c nosuid /proc/self/mountinfo | grep -q '^0$' || echo some")
                                    << QByteArray("some");
}

void TestBox::isAnotherMachine()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, expected);
    const auto run = runShell(line.toStdString());
    QCOMPARE(QByteArray::fromStdString(run.output).trimmed(), expected);
}

void TestBox::readsBindsAndWritesOnlyWritableOnes()
{
    QTemporaryDir code;
    QTemporaryDir work;
    QFile file(code.filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("content\n");
    file.close();
    const BoxSpec spec{.binds = {{.host = code.path().toStdString(), .inside = "/code"},
                                 {.host = work.path().toStdString(), .inside = "/work", .isWritable = true}},
                       .workingDirectory = "/code"};
    const auto run =
        runShell("cat a; echo b > a; echo c > /usr/b; echo d > /work/d; echo e > /dev/shm/e; pwd", spec);
    QCOMPARE(run.output, std::string("content\n/code\n"));
    QCOMPARE(QByteArray::fromStdString(run.errors).count("Read-only file system"), 3);
    QVERIFY(QFile::exists(work.filePath(u"d"_s)));
}

void TestBox::limitsProcessesInsideTheBox()
{
    const int code = asOrdinaryUser([] {
        BoxSpec spec{.command = {"/usr/bin/python3", "-c",
                                 "import os, time\n"
                                 "for i in range(40):\n"
                                 "    try:\n"
                                 "        pid = os.fork()\n"
                                 "    except BlockingIOError:\n"
                                 "        print(i)\n"
                                 "        break\n"
                                 "    if pid == 0:\n"
                                 "        time.sleep(3)\n"
                                 "        os._exit(0)\n"}};
        spec.limits.processes = 20;
        const auto run = runBox(spec);
        const int count = std::atoi(run.output.c_str());
        return count >= 15 && count <= 20 ? 0 : 1;
    });
    QCOMPARE(code, 0);
}

void TestBox::startsForAUserWithManyProcesses()
{
    const int code = asOrdinaryUser([] {
        std::vector<pid_t> others;
        for (int i = 0; i < 60; ++i) {
            const pid_t pid = ::fork();
            if (pid == 0) {
                ::pause();
                ::_exit(0);
            }
            others.push_back(pid);
        }
        BoxSpec spec;
        spec.limits.processes = 30;
        const auto run = runShell("echo fine", spec);
        for (const auto pid : others) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
        return run.output == "fine\n" ? 0 : 1;
    });
    QCOMPARE(code, 0);
}

void TestBox::limitsTheDataSegment()
{
    BoxSpec spec{.command = {"/usr/bin/python3", "-c", "a = bytearray(200 * 1024 * 1024); print('got it')"}};
    spec.limits.memoryMegabytes = 64;
    const auto small = runBox(spec);
    QVERIFY(small.errors.find("MemoryError") != std::string::npos);
    spec.limits.memoryMegabytes = 256;
    QCOMPARE(runBox(spec).output, std::string("got it\n"));
}

void TestBox::passesOnTheExitCode()
{
    QCOMPARE(runShell("exit 42").exitCode, 42);
    QCOMPARE(runShell("kill -SEGV $$").exitCode, 128 + SIGSEGV);
}

void TestBox::saysWhenTheProgramIsMissing()
{
    const auto box = keeper::startBox("/no/such/bwrap", BoxSpec{.command = {"/usr/bin/true"}}, {}, "");
    QVERIFY(!box);
    QCOMPARE(box.error().type, std::string("keeper/spawn"));
    QCOMPARE(box.error().detail,
             std::string("'/no/such/bwrap' could not be started: No such file or directory."));
}

QTEST_GUILESS_MAIN(TestBox)
#include "tst_box.moc"
