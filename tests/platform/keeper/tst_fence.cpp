// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A box without bubblewrap, started for real: what it sees of the keeper, its paths, its folder and its end.
// Whether it can get out is in tests/isolation.
#include "platform/keeper/fence.h"
#include "platform/keeper/fencefilter.h"
#include "platform/keeper/landlock.h"
#include "platform/keeper/probeoutput.h"
#include "platform/keeper/seccompfilter.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

using namespace nest;
using namespace Qt::StringLiterals;

class TestFence final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void namesPathsOfTheHost();
    void getsNothingOfTheKeepers();
    void seesItsBindsWhereTheyLie();
    void keepsItsExitCode();
    void endsWithItsWatcher();
    void saysWhyItCannotStart();
    void removesWhatWasHidden();

private:
    struct Run
    {
        QString output, errors;
        int code = -1;
    };
    Result<keeper::BoxProcess> start(const keeper::BoxSpec &spec) const
    {
        return keeper::startFenced(
            spec, {},
            {.fences = {.hasLandlock = true, .hasSeccomp = true},
             .temporaryFolder = m_folder.filePath(u"t/box"_s).toStdString(),
             .programs = {keeper::seccompProgram().value_or(""),
                          keeper::fenceProgram(keeper::FencedUse::Function).value_or("")}});
    }
    Run run(const std::string &line, keeper::BoxSpec spec = {}) const
    {
        spec.command = {"/usr/bin/sh", "-c", line};
        auto box = start(spec);
        if (!box) {
            return {{}, QString::fromStdString(box.error().detail)};
        }
        std::string output;
        std::string errors;
        keeper::readBoth(*box, output, errors);
        int status = 0;
        ::waitpid(box->pid, &status, 0);
        return {QString::fromStdString(box->fenced->names.toInside(output)), QString::fromStdString(errors),
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
    }

    QTemporaryDir m_folder;
};

void TestFence::initTestCase()
{
    QTest::failOnWarning();
    if (keeper::landlockVersion() == 0) {
        QSKIP("This kernel has no Landlock.");
    }
    QVERIFY(QDir(m_folder.path()).mkpath(u"code/part"_s) && QDir(m_folder.path()).mkpath(u"work"_s) &&
            QDir(m_folder.path()).mkpath(u"modules"_s));
    QFile file(m_folder.filePath(u"code/part/a.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("content") > 0);
}

void TestFence::namesPathsOfTheHost()
{
    const keeper::BoxPlaces places({{"/usr/share", "/nest"}, {"/usr/lib", "/run/nest"}}, "/usr/tmp");
    QCOMPARE(places.toHost("-cp /nest/a.jar:/nest/b.jar"),
             std::string("-cp /usr/share/a.jar:/usr/share/b.jar"));
    QCOMPARE(places.toHost("/run/nest/gateway.sock"), std::string("/usr/lib/gateway.sock"));
    QCOMPARE(places.toHost("-Djava.io.tmpdir=/tmp"), std::string("-Djava.io.tmpdir=/usr/tmp"));
    QCOMPARE(places.toHost("@/nest/x"), std::string("@/usr/share/x"));
    for (const std::string other :
         {"/nested", "/nest-relay", "a/nest", "http://host/nest", "./tmp", "/nest.d"}) {
        QCOMPARE(places.toHost(other), other);
    }
    QCOMPARE(places.toInside("at file:///usr/share/a.mjs:3 and /usr/shared."),
             std::string("at file:///nest/a.mjs:3 and /usr/shared."));
    const auto box = places.onHost({.command = {"/usr/bin/env"}, .environment = {{"A", "/nest/b"}}});
    QCOMPARE(box.environment.at("A"), std::string("/usr/share/b"));
    QCOMPARE(box.environment.at("NEST_AT_RUN_NEST"), std::string("/usr/lib"));
    QCOMPARE(box.environment.at("HOME"), std::string("/usr/tmp"));
}

void TestFence::getsNothingOfTheKeepers()
{
    const int leak = ::open("/etc/passwd", O_RDONLY); // without O_CLOEXEC
    ::setenv("NEST_TEST_SECRET", "must not be seen", 1);
    const auto result = run(
        "/usr/bin/env; /usr/bin/ls /proc/self/fd | /usr/bin/tr '\\n' ' '; /usr/bin/cat /proc/self/status; "
        "/usr/bin/cut -d ' ' -f 6 /proc/$$/stat; echo $$");
    ::close(leak);
    QCOMPARE(result.code, 0);
    QVERIFY2(!result.output.contains(u"NEST_TEST_SECRET"_s), qPrintable(result.output));
    QVERIFY2(result.output.contains(u"0 1 2 3 "_s),
             qPrintable(result.output)); // 3 is the folder that ls reads
    for (const auto &line : {u"Seccomp:\t2"_s, u"NoNewPrivs:\t1"_s, u"CapEff:\t0000000000000000"_s,
                             u"CapPrm:\t0000000000000000"_s, u"SigBlk:\t0000000000000000"_s}) {
        QVERIFY2(result.output.contains(line), qPrintable(result.output));
    }
    QVERIFY(result.output.contains(u"HOME=/tmp\n"_s) && result.output.contains(u"TMPDIR=/tmp\n"_s));
    const auto last = result.output.trimmed().split(u'\n').mid(result.output.trimmed().count(u'\n') - 1);
    QCOMPARE(last.value(0).trimmed(), last.value(1).trimmed()); // a session of its own
}

void TestFence::seesItsBindsWhereTheyLie()
{
    const auto path = [this](const QString &name) {
        return m_folder.filePath(name).toStdString();
    };
    const keeper::BoxSpec spec{.binds = {{.host = path(u"code"_s), .inside = "/code"},
                                         {.host = path(u"work"_s), .inside = "/work", .isWritable = true},
                                         {.host = path(u"modules"_s), .inside = "/work/modules"}},
                               .workingDirectory = "/code"};
    const auto result = run("cat part/a.txt /code/part/a.txt; echo; pwd; echo x > /work/made && echo made; "
                            "echo x > /tmp/y && cat /tmp/y; echo x > /code/b; echo x > /work/modules/c; "
                            "cat /etc/passwd; ls /work",
                            spec);
    QVERIFY2(result.output.startsWith(u"contentcontent\n/code\nmade\nx\n"_s),
             qPrintable(result.output + result.errors));
    QVERIFY2(result.output.endsWith(u"made\nmodules\n"_s), qPrintable(result.output));
    QCOMPARE(result.errors.count(u"Permission denied"_s), 3);
    QVERIFY(QFile::exists(m_folder.filePath(u"work/made"_s)));
    QVERIFY(!QFile::exists(m_folder.filePath(u"work/modules"_s))); // the link went with the box
    QVERIFY(!QFile::exists(m_folder.filePath(u"t/box"_s)));
}

void TestFence::keepsItsExitCode()
{
    QCOMPARE(run("exit 7").code, 7);
    QCOMPARE(run("kill -9 $$").code, 128 + 9);
}

void TestFence::endsWithItsWatcher()
{
    auto box = start({.command = {"/usr/bin/sh", "-c", "sleep 600 & echo $$ $!; wait"}});
    QVERIFY2(box.has_value(), box ? "" : box.error().detail.c_str());
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
                                 std::array<char, 64> bytes{};
                                 const auto got = ::read(box->output.get(), bytes.data(), bytes.size());
                                 said += QByteArray(bytes.data(), std::max<qsizetype>(0, got));
                                 return said.contains('\n');
                             }()),
                             5'000);
    ::kill(box->pid, SIGTERM); // as its keeper's end
    int status = 0;
    QCOMPARE(::waitpid(box->pid, &status, 0), box->pid);
    QCOMPARE(WEXITSTATUS(status), 128 + SIGTERM);
    for (const auto &pid : said.trimmed().split(' ')) {
        QVERIFY(::kill(pid.toInt(), 0) != 0);
    }
    QVERIFY(!QFile::exists(m_folder.filePath(u"t/box"_s))); // before its keeper removes it, who may be gone
}

void TestFence::saysWhyItCannotStart()
{
    const auto none = start({.command = {"/nonexistent"}});
    QVERIFY(!none &&
            none.error().detail.find("'/nonexistent': No such file or directory") != std::string::npos);
    const auto outside = start({.command = {"/etc/passwd"}});
    QVERIFY(!outside && outside.error().detail.find("Permission denied") != std::string::npos);
    const auto folder = start({.command = {"/usr/bin/true"}, .workingDirectory = "/nonexistent"});
    QVERIFY(!folder && folder.error().detail.starts_with("The folder could not be entered"));
    const auto granted =
        start({.command = {"/usr/bin/true"}, .grants = {{.name = "a", .host = "b", .port = 1}}});
    QVERIFY(!granted && granted.error().type == "keeper/no-network");
    const auto open = start({.command = {"/usr/bin/true"}, .hasOpenNetwork = true});
    QVERIFY(!open && open.error().detail.starts_with("An open network"));
    QCOMPARE(QDir(m_folder.filePath(u"t"_s)).entryList(QDir::NoDotAndDotDot | QDir::AllEntries),
             QStringList());
}

void TestFence::removesWhatWasHidden()
{
    const auto place = m_folder.filePath(u"hidden"_s);
    const auto outside = m_folder.filePath(u"outside"_s);
    QVERIFY(QDir().mkpath(outside) && QFile(outside + u"/kept"_s).open(QIODevice::WriteOnly));
    {
        auto folder = keeper::TemporaryFolder::make(place.toStdString());
        QVERIFY(folder.has_value());
        QString deep = place;
        for (int i = 0; i < 450; ++i) {
            deep += u"/d"_s;
        }
        QVERIFY(QDir().mkpath(deep) && QDir().mkpath(place + u"/closed/in"_s));
        QVERIFY(QFile::link(outside, place + u"/link"_s));
        QVERIFY(QFile(place + u"/closed"_s).setPermissions({}));
        const auto use = keeper::folderUse(place.toStdString(), {.files = 100'000, .megabytes = 64});
        QVERIFY(use.files > 100'000); // too deep is too many
    }
    QVERIFY(!QFile::exists(place));
    QVERIFY(QFile::exists(outside + u"/kept"_s));
}

QTEST_GUILESS_MAIN(TestFence)
#include "tst_fence.moc"
