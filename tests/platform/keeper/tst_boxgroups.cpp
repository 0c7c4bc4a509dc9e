// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes in control groups: where they begin, how they end, what is left of them, and what the kernel limits.
// The first half needs no controller; the second is skipped where there are none to be had.
#include "platform/keeper/boxgroups.h"
#include "platform/keeper/limitprobe.h"
#include "platform/keeper/seccompfilter.h"
#include "platform/keeper/spawn.h"
#include "tests/support/delegatedgroup.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>

using namespace nest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using keeper::BoxGroup;
using keeper::BoxGroups;
using keeper::ControlGroup;
using testsupport::DelegatedGroup;
using testsupport::waitUntil;

namespace {

const QStringList all{u"memory"_s, u"pids"_s, u"cpu"_s};

keeper::BoxSpec shell(const std::string &line, keeper::BoxLimits limits = {})
{
    return {.command = {"/bin/bash", "-c", line}, .limits = limits};
}

/// A box that runs in its group, ended by it.
class Running final
{
public:
    Running(const BoxGroups &groups, const std::string &id, const keeper::BoxSpec &spec)
        : m_group(groups.make(id, spec.limits).value_or(BoxGroup(ControlGroup("/nonexistent"))))
        , m_box(keeper::startBox("/usr/bin/bwrap", spec, keeper::FileDescriptor(),
                                 keeper::seccompProgram().value_or(""), m_group.folder().open())
                    .value_or(keeper::BoxProcess{}))
    {}
    ~Running()
    {
        m_group.kill();
        waitForEnd();
        m_group.folder().clear(5s);
    }
    Q_DISABLE_COPY_MOVE(Running)

    BoxGroup &group() { return m_group; }
    pid_t pid() const { return m_box.pid; }
    /// The wait status, once.
    int waitForEnd()
    {
        int status = -1;
        if (m_box.pid > 0) {
            ::waitpid(m_box.pid, &status, 0);
            m_box.pid = -1;
        }
        return status;
    }
    /// What it has printed so far.
    QByteArray said()
    {
        std::array<char, 4096> bytes{};
        for (ssize_t got = 1; got > 0;) {
            got = ::read(m_box.output.get(), bytes.data(), bytes.size());
            m_said.append(bytes.data(), std::max<ssize_t>(got, 0));
        }
        return m_said;
    }
    bool says(const QByteArray &words, std::chrono::milliseconds limit = 60s)
    {
        return waitUntil([&] { return said().contains(words); }, limit);
    }

private:
    BoxGroup m_group;
    keeper::BoxProcess m_box;
    QByteArray m_said;
};

} // namespace

class TestBoxGroups final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void allOfABoxIsInItsGroup();
    void killingTheGroupEndsAllOfIt();
    void anEarlierKeepersBoxesAreEnded();
    void aRecordOfSomethingElseIsLeftAlone();
    void aFolderThatOthersRemovedIsMadeAgain();
    void isNotFoundWhereControllersAreMissing();

    void theProbeTellsThatLimitsWork();
    void memoryTogetherIsLimited_data();
    void memoryTogetherIsLimited();
    void processesAreLimitedForRootToo();
    void theProcessorIsDividedByWeight();
    void figuresAreThoseOfTheGroup();

private:
    std::string runtime() const { return m_runtime.path().toStdString(); }
    QTemporaryDir m_runtime;
};

void TestBoxGroups::allOfABoxIsInItsGroup()
{
    const DelegatedGroup delegated({});
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const auto groups = BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), {});
    QVERIFY2(groups.has_value(), groups ? "" : groups.error().detail.c_str());
    {
        Running box(*groups, "one", shell("sleep 60 & setsid sleep 60 & echo up; wait"));
        QVERIFY(box.says("up"));
        const auto inside = box.group().folder().processes();
        QCOMPARE(inside.size(), std::size_t(5)); // bwrap, process 1, the shell and two
        QVERIFY(std::ranges::contains(inside, box.pid()));
        QVERIFY(!std::ranges::contains(inside, ::getpid()));
        QVERIFY(!box.group().remove()); // not while somebody is in it
    }
    groups->clear();
    QVERIFY(!groups->folder().exists());
    QVERIFY(QDir(m_runtime.path()).isEmpty());
}

void TestBoxGroups::killingTheGroupEndsAllOfIt()
{
    const DelegatedGroup delegated({});
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const auto groups = BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), {});
    QVERIFY(groups.has_value());
    Running box(*groups, "one", shell("trap '' TERM; setsid sleep 60 & echo up; wait; sleep 60"));
    QVERIFY(box.says("up"));
    QElapsedTimer timer;
    timer.start();
    box.group().kill();
    QCOMPARE(WTERMSIG(box.waitForEnd()), SIGKILL);
    QVERIFY(waitUntil([&] { return !box.group().folder().isPopulated(); }, 5s));
    QVERIFY(box.group().remove());
    qInfo("all of it was gone after %lld ms", static_cast<long long>(timer.elapsed()));
    groups->clear();
}

void TestBoxGroups::anEarlierKeepersBoxesAreEnded()
{
    const DelegatedGroup delegated({});
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    std::array<int, 2> told{};
    QCOMPARE(::pipe(told.data()), 0);
    const pid_t earlier = ::fork();
    if (earlier == 0) { // a keeper whose box has lost the tie to its life
        const auto groups = BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), {});
        const auto group = groups ? groups->make("left", {}) : Result<BoxGroup>(BoxGroup(ControlGroup("")));
        const pid_t left = ::fork();
        if (left == 0) {
            ::setsid();
            ::execl("/usr/bin/sleep", "sleep", "60", nullptr);
        }
        const bool isIn = group->folder().write("cgroup.procs", std::to_string(left)) == 0;
        [[maybe_unused]] const auto written = ::write(told[1], &left, isIn ? sizeof left : 0);
        ::pause();
    }
    pid_t left = -1;
    QCOMPARE(::read(told[0], &left, sizeof left), ssize_t(sizeof left));
    ::close(told[0]);
    ::close(told[1]);
    ::kill(earlier, SIGKILL);
    ::waitpid(earlier, nullptr, 0);
    QCOMPARE(::kill(left, 0), 0);
    const ControlGroup folder(delegated.path().toStdString() + "/nest-boxes-" + std::to_string(earlier));
    QVERIFY(folder.isPopulated());

    BoxGroups::clearLeftovers(runtime());
    QVERIFY(!folder.exists());
    // It is nobody's child here: whoever reaps it, it does not run.
    QVERIFY(waitUntil(
        [&] {
            const auto stat = DelegatedGroup::read(u"/proc/%1/stat"_s.arg(left));
            return stat.isEmpty() || stat.contains(u") Z "_s);
        },
        5s));
    QVERIFY(QDir(m_runtime.path()).isEmpty());
}

void TestBoxGroups::aRecordOfSomethingElseIsLeftAlone()
{
    const DelegatedGroup delegated({});
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const ControlGroup other(delegated.path().toStdString() + "/somebody");
    QCOMPARE(other.make(), 0);
    QFile record(m_runtime.filePath(u"control-group"_s));
    QVERIFY(record.open(QIODevice::WriteOnly));
    record.write(QByteArray::fromStdString(other.path()));
    record.close();
    BoxGroups::clearLeftovers(runtime());
    QVERIFY(other.exists());
    QVERIFY(other.remove());
}

void TestBoxGroups::aFolderThatOthersRemovedIsMadeAgain()
{
    const DelegatedGroup delegated({});
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const auto groups = BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), {});
    QVERIFY(groups.has_value());
    QVERIFY(groups->folder().remove()); // as systemd does with empty groups of a unit that it stops
    {
        Running box(*groups, "one", shell("echo up; sleep 60"));
        QVERIFY(box.says("up"));
        QVERIFY(box.group().folder().isPopulated());
        // A box of the same name begins in an empty one.
        const auto again = groups->make("one", {});
        QVERIFY(again.has_value());
        QVERIFY(!again->folder().isPopulated());
    }
    groups->clear();
    QVERIFY(!groups->folder().exists());
}

void TestBoxGroups::isNotFoundWhereControllersAreMissing()
{
    const auto own = keeper::ownControlGroup();
    if (!own) {
        QSKIP("This machine has no cgroup2.");
    }
    const auto offered = QString::fromStdString(own->read("cgroup.controllers")).simplified().split(u' ');
    if (std::ranges::all_of(all, [&](const QString &name) { return offered.contains(name); })) {
        QSKIP("This process's control group has all controllers.");
    }
    const auto before = own->children().size();
    QVERIFY(!BoxGroups::find(runtime()).has_value());
    QCOMPARE(own->children().size(), before); // nothing was tried halfway
    QVERIFY(QDir(m_runtime.path()).isEmpty());
}

void TestBoxGroups::theProbeTellsThatLimitsWork()
{
    const DelegatedGroup delegated(all);
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const ControlGroup home(delegated.path().toStdString());
    const auto seccomp = keeper::seccompProgram().value_or("");
    const auto groups = BoxGroups::in(home, runtime(), BoxGroups::controllers);
    QVERIFY2(groups.has_value(), groups ? "" : groups.error().detail.c_str());
    const auto tried = keeper::tryLimits(*groups, "/usr/bin/bwrap", seccomp);
    QVERIFY2(tried.has_value(), tried ? "" : tried.error().detail.c_str());
    QVERIFY(groups->folder().children().empty());
    groups->clear();

    // With one controller less it is not level 4, though all the rest works.
    const DelegatedGroup lesser(all);
    const auto fewer =
        BoxGroups::in(ControlGroup(lesser.path().toStdString()), runtime(), {"memory", "pids"});
    QVERIFY(fewer.has_value());
    QVERIFY(!keeper::tryLimits(*fewer, "/usr/bin/bwrap", seccomp).has_value());
    fewer->clear();
}

void TestBoxGroups::memoryTogetherIsLimited_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("many small processes")
        << QByteArray("for i in 1 2 3 4 5 6 7 8; do (head -c 40M /dev/zero | tail -c 40M | sleep 60) & done; "
                      "wait; sleep 60");
    // /tmp is memory too, and one process more than it together with /tmp is too much.
    QTest::newRow("files and processes")
        << QByteArray("head -c 60M /dev/zero > /tmp/x; for i in 1 2 3 4; do (head -c 40M /dev/zero | "
                      "tail -c 40M | sleep 60) & done; wait; sleep 60");
}

void TestBoxGroups::memoryTogetherIsLimited()
{
    QFETCH(QByteArray, line);
    const DelegatedGroup delegated(all);
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const auto groups =
        BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), BoxGroups::controllers);
    QVERIFY(groups.has_value());
    const keeper::BoxLimits limits{.memoryMegabytes = 64};
    Running box(*groups, "much", shell(line.toStdString(), limits));
    QVERIFY(waitUntil([&] { return box.group().outOfMemory() != keeper::OutOfMemory::No; }, 60s));
    QCOMPARE(box.group().outOfMemory(), keeper::OutOfMemory::OwnLimit);
    QCOMPARE(WTERMSIG(box.waitForEnd()), SIGKILL); // bwrap itself: nothing of the box goes on
    QVERIFY(waitUntil([&] { return !box.group().folder().isPopulated(); }, 5s));
    const auto peak = box.group().folder().number("memory.peak").value_or(0);
    QVERIFY(peak <= BoxGroup::memoryBytes(limits));
}

void TestBoxGroups::processesAreLimitedForRootToo()
{
    const DelegatedGroup delegated(all);
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const auto groups =
        BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), BoxGroups::controllers);
    QVERIFY(groups.has_value());
    Running box(*groups, "many",
                shell("for i in {1..60}; do sleep 60 & done 2>/tmp/e; echo up; sleep 60", {.processes = 20}));
    // Of an ordinary user the kernel also counts what is in the box, which is met sooner.
    const long long most = ::geteuid() == 0 ? 22 : 20;
    QVERIFY(waitUntil([&] { return box.group().folder().number("pids.current").value_or(0) >= most; }, 60s));
    if (::geteuid() == 0) {
        const auto refused = [&] {
            return box.group().folder().number("pids.events", "max").value_or(0) > 0;
        };
        QVERIFY(waitUntil(refused, 60s));
    }
    QCOMPARE(box.group().folder().number("pids.max").value_or(0), 22LL);
}

void TestBoxGroups::theProcessorIsDividedByWeight()
{
    const DelegatedGroup delegated(all);
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const auto groups =
        BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), BoxGroups::controllers);
    QVERIFY(groups.has_value());
    // Both on one processor.
    const auto burning = shell("taskset -cp 0 $$ > /dev/null; echo up; while :; do :; done");
    Running full(*groups, "full", burning);
    Running less(*groups, "less", burning);
    less.group().setNiceness(5);
    QCOMPARE(less.group().folder().number("cpu.weight").value_or(0), 33LL);
    QVERIFY(full.says("up") && less.says("up"));
    const auto shareOfLess = [&] {
        const double fullBefore = full.group().cpuMilliseconds();
        const double lessBefore = less.group().cpuMilliseconds();
        waitUntil([&] { return full.group().cpuMilliseconds() - fullBefore > 1500; }, 60s);
        return (less.group().cpuMilliseconds() - lessBefore) / (full.group().cpuMilliseconds() - fullBefore);
    };
    const double background = shareOfLess();
    less.group().setNiceness(0); // and it may rise again, which a process's niceness may not
    QCOMPARE(less.group().folder().number("cpu.weight").value_or(0), 100LL);
    const double foreground = shareOfLess();
    qInfo("beside one of full weight: %.2f, then %.2f", background, foreground);
    QVERIFY(background > 0.2 && background < 0.5);
    QVERIFY(foreground > 0.75 && foreground < 1.35);
}

void TestBoxGroups::figuresAreThoseOfTheGroup()
{
    const DelegatedGroup delegated(all);
    if (!delegated.trouble().isEmpty()) {
        QSKIP(qPrintable(delegated.trouble()));
    }
    const auto groups =
        BoxGroups::in(ControlGroup(delegated.path().toStdString()), runtime(), BoxGroups::controllers);
    QVERIFY(groups.has_value());
    Running box(*groups, "one",
                shell("head -c 50M /dev/zero > /tmp/x; for i in {1..50000}; do :; done; echo up; sleep 60"));
    QVERIFY(box.says("up"));
    QVERIFY2(box.group().memoryMegabytes() > 50 && box.group().memoryMegabytes() < 90,
             qPrintable(QString::number(box.group().memoryMegabytes())));
    QVERIFY(box.group().cpuMilliseconds() > 10);
}

QTEST_GUILESS_MAIN(TestBoxGroups)
#include "tst_boxgroups.moc"
