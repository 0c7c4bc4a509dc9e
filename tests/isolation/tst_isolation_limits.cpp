// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A real nestd, of an ordinary user, in a delegated control group: it says that the kernel limits, each box
// has its group with its limits, what a restarted nestd or a killed keeper leaves is right, and the owner
// reads why an instance ended. Skipped where no control group with memory, pids and cpu may be divided.
#include "tests/faults/boxes.h"
#include "tests/support/delegatedgroup.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <signal.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace nest::faults;
using namespace std::chrono_literals;
using nest::testsupport::DelegatedGroup;
using nest::testsupport::TestPlatform;
using nest::testsupport::waitUntil;

namespace {

const QStringList controllers{u"memory"_s, u"pids"_s, u"cpu"_s};
constexpr auto patience = 60s; // the machine may be an emulated one

} // namespace

class LimitsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatTheKernelLimits();
    void eachBoxHasItsLimits();
    void theOwnerReadsWhyItEnded_data();
    void theOwnerReadsWhyItEnded();
    void aWaitingSlotWeighsLessUntilItIsWanted();
    void aRestartedNestdFindsThemLimited();
    void whatAKilledKeeperLeavesIsRemoved();
    void withoutAControllerItIsOneLevelLess();

private:
    bool begin(const QStringList &arguments = {}) { return m_platform->start(arguments); }
    QString deployHurt(const QByteArray &scaling = R"({"scaling":{"reserved":1,"maximum":1}})")
    {
        QFile code(QStringLiteral(NEST_SOURCE_DIR "/tests/isolation/hurting.py"));
        return code.open(QIODevice::ReadOnly)
                   ? m_platform->deploy(
                         "hurt",
                         {{"function.yaml", "name: hurt\nruntime: python3.13\nhandler: hurting.py#handler\n"
                                            "memory: 64\ntimeout: 60\n"},
                          {"hurting.py", code.readAll()}},
                         scaling)
                   : u"hurting.py is missing"_s;
    }
    bool answers()
    {
        return waitUntil([this] { return m_platform->gateway({.path = "/fn/hurt/"}).body == "hello"; },
                         patience);
    }
    bool isLimited() const
    {
        const auto me = QJsonDocument::fromJson(m_platform->get("/v1/me").body).object();
        return me[u"isolation"][u"level"].toInt() == 4;
    }
    QJsonArray instances() const
    {
        return QJsonDocument::fromJson(m_platform->get("/v1/instances?function=hurt").body)[u"items"]
            .toArray();
    }
    QString readyInstance() const
    {
        const auto all = instances();
        const auto ready =
            std::ranges::find_if(all, [](const QJsonValue &one) { return one[u"state"] == u"ready"_s; });
        return ready == all.end() ? QString() : (*ready)[u"id"].toString();
    }
    /// The folder of this keeper's groups.
    QString groups() const
    {
        return m_group->path() + u"/nest-boxes-%1"_s.arg(keeperOf(m_platform->runtimeDirectory()));
    }
    QStringList boxes() const { return QDir(groups()).entryList(QDir::Dirs | QDir::NoDotAndDotDot); }
    QString valueOf(const QString &box, const char *file) const
    {
        return DelegatedGroup::read(groups() + u'/' + box + u'/' + QLatin1StringView(file));
    }

    std::unique_ptr<DelegatedGroup> m_group;
    std::unique_ptr<TestPlatform> m_platform;
};

void LimitsTest::init()
{
    m_group = std::make_unique<DelegatedGroup>(controllers);
    if (!m_group->trouble().isEmpty()) {
        QSKIP(qPrintable(m_group->trouble()));
    }
    m_group->giveToOrdinaryUser();
    m_platform = std::make_unique<TestPlatform>();
    m_platform->runAsOrdinaryUser();
    m_platform->runInside(m_group->entering());
}

void LimitsTest::cleanup()
{
    m_platform.reset();
    m_group.reset();
}

void LimitsTest::saysThatTheKernelLimits()
{
    QVERIFY2(begin(), qPrintable(m_platform->error()));
    const auto me = QJsonDocument::fromJson(m_platform->get("/v1/me").body).object();
    const auto isolation = me[u"isolation"].toObject();
    const auto keeperSaid = DelegatedGroup::read(m_platform->runtimeDirectory() + u"/keeper.log"_s);
    QVERIFY2(isLimited(), qPrintable(keeperSaid));
    QCOMPARE(isolation[u"sentence"].toString(), u"Isolation: full (namespaces, seccomp, limits)."_s);
    QCOMPARE(isolation[u"remedy"].toString(), QString());
    QVERIFY(me[u"functionsCanStart"].toBool());

    QProcess nest;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"NEST_RUNTIME_DIR"_s, m_platform->runtimeDirectory());
    nest.setProcessEnvironment(environment);
    nest.start(TestPlatform::program(u"nest"_s), {u"status"_s});
    QVERIFY(nest.waitForFinished(60'000));
    const auto said = QString::fromUtf8(nest.readAllStandardOutput()).simplified();
    QVERIFY2(said.contains(u"level 4: full (namespaces, seccomp, limits)"_s), qPrintable(said));
    // Both sit in a leaf now, as the group with limits below it may have no process.
    QCOMPARE(DelegatedGroup::read(m_group->path() + u"/cgroup.procs"_s), QString());
    const auto leaf = DelegatedGroup::read(m_group->path() + u"/platform/cgroup.procs"_s).split(u'\n');
    QVERIFY(leaf.contains(QString::number(m_platform->processId())));
    QVERIFY(leaf.contains(QString::number(keeperOf(m_platform->runtimeDirectory()))));
}

void LimitsTest::eachBoxHasItsLimits()
{
    QVERIFY2(begin(), qPrintable(m_platform->error()));
    QCOMPARE(deployHurt(), QString());
    QVERIFY(answers());
    const auto id = readyInstance();
    QVERIFY2(boxes().contains(id), qPrintable(boxes().join(u' ')));
    QCOMPARE(valueOf(id, "memory.max").toLongLong(), (2 * 64 + 64) * 1024LL * 1024);
    QCOMPARE(valueOf(id, "memory.swap.max"), u"0"_s);
    QCOMPARE(valueOf(id, "memory.oom.group"), u"1"_s);
    QVERIFY(valueOf(id, "pids.max").toInt() > 2);
    QVERIFY(valueOf(id, "cgroup.procs").split(u'\n').size() >= 3); // bwrap, process 1, the function
    // Only boxes have groups, and nothing is left of those of the build.
    const auto live = boxesOf(keeperOf(m_platform->runtimeDirectory())).size();
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<std::size_t>(boxes().size()), live, 10'000);

    const auto deleted = m_platform->api(
        {"DELETE", "/v1/functions/hurt/deployments/default/main/local", {}, {{"If-Match", "*"}}});
    QVERIFY2(deleted.status < 300, deleted.body.constData());
    QTRY_VERIFY_WITH_TIMEOUT(!boxes().contains(id), 60'000);
    m_platform->stop();
    QTRY_VERIFY_WITH_TIMEOUT(QDir(m_group->path()).entryList({u"nest-boxes-*"_s}, QDir::Dirs).isEmpty(),
                             20'000);
}

void LimitsTest::theOwnerReadsWhyItEnded_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QString>("reason"); // of the instance; empty: it lives
    QTest::newRow("memory of its own")
        << QByteArray("private_memory") << QString(); // MemoryError, as on level 3
    QTest::newRow("shared memory") << QByteArray("shared_memory") << u"memory limit of 64 MB"_s;
    QTest::newRow("many small processes") << QByteArray("many_small") << u"memory limit of 64 MB"_s;
    QTest::newRow("many files") << QByteArray("many_files") << u"more than 20000 files in /tmp"_s;
}

void LimitsTest::theOwnerReadsWhyItEnded()
{
    QFETCH(QByteArray, what);
    QFETCH(QString, reason);
    QVERIFY2(begin(), qPrintable(m_platform->error()));
    QCOMPARE(deployHurt(), QString());
    QVERIFY(answers());
    const auto id = readyInstance();
    const auto answer = m_platform->gateway({.method = "POST", .path = "/fn/hurt/?do=" + what, .limit = 80s});
    QVERIFY2(answer.status >= 500, answer.body.constData());
    if (reason.isEmpty()) {
        QVERIFY2(answer.body.contains("MemoryError"), answer.body.constData());
        QCOMPARE(readyInstance(), id);
        return;
    }
    const auto told = [&] {
        const auto all = instances();
        const auto it = std::ranges::find_if(all, [&](const QJsonValue &one) { return one[u"id"] == id; });
        return it == all.end() ? QString() : (*it)[u"reason"].toString();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(told().startsWith(reason), qPrintable(told()), 70'000);
    QTRY_VERIFY_WITH_TIMEOUT(!boxes().contains(id), 10'000);
    QVERIFY(answers()); // by another
}

void LimitsTest::aWaitingSlotWeighsLessUntilItIsWanted()
{
    QVERIFY2(begin({u"--pool-idle"_s, u"1"_s}), qPrintable(m_platform->error()));
    QCOMPARE(deployHurt(), QString());
    QVERIFY(answers());
    const auto id = readyInstance();
    // The one that waits in the pool.
    const auto weights = [&] {
        QStringList all;
        for (const auto &box : boxes()) {
            if (box != id) {
                all += valueOf(box, "cpu.weight");
            }
        }
        return all;
    };
    bool wasSeenYielding = false;
    waitUntil(
        [&] {
            wasSeenYielding = wasSeenYielding || weights().contains(u"33"_s);
            return wasSeenYielding;
        },
        patience);
    QVERIFY2(wasSeenYielding, qPrintable(weights().join(u' ')));
    QTRY_COMPARE_WITH_TIMEOUT(valueOf(id, "cpu.weight"), u"100"_s, 60'000); // it may have begun with a burst
    QTRY_COMPARE_WITH_TIMEOUT(weights(), QStringList{u"100"_s}, 60'000);    // once it is booted
}

void LimitsTest::aRestartedNestdFindsThemLimited()
{
    QVERIFY2(begin(), qPrintable(m_platform->error()));
    QVERIFY2(isLimited(), m_platform->get("/v1/me").body.constData());
    QCOMPARE(deployHurt(), QString());
    QVERIFY(answers());
    const auto id = readyInstance();
    const auto inside = valueOf(id, "cgroup.procs");
    m_platform->kill();
    QVERIFY2(begin(), qPrintable(m_platform->error()));
    if (m_platform->startTime() > 1500ms) { // an emulated one, say
        QSKIP("This machine starts nestd more slowly than the keeper waits for it.");
    }
    QVERIFY(answers());
    QCOMPARE(readyInstance(), id);
    QCOMPARE(valueOf(id, "cgroup.procs"), inside);
    QVERIFY2(isLimited(), m_platform->get("/v1/me").body.constData());
}

void LimitsTest::whatAKilledKeeperLeavesIsRemoved()
{
    QVERIFY2(begin(), qPrintable(m_platform->error()));
    QCOMPARE(deployHurt(), QString());
    QVERIFY(answers());
    const auto left = groups();
    const auto keeper = keeperOf(m_platform->runtimeDirectory());
    QVERIFY(!QDir(left).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
    ::kill(keeper, SIGKILL);
    QVERIFY(waitUntil([&] { return keeperOf(m_platform->runtimeDirectory()) != keeper; }, patience));
    QVERIFY(answers()); // nestd has started another keeper and that another instance
    QVERIFY(!QDir(left).exists());
    QVERIFY(boxes().contains(readyInstance()));
}

void LimitsTest::withoutAControllerItIsOneLevelLess()
{
    // A group below one that gives memory and pids alone.
    QFile divided(m_group->path() + u"/cgroup.subtree_control"_s);
    QVERIFY(divided.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && divided.write("+memory +pids") > 0);
    const auto lesser = m_group->path() + u"/lesser"_s;
    QVERIFY(QDir().mkdir(lesser));
    for (const auto *file : {"", "/cgroup.procs", "/cgroup.subtree_control"}) {
        [[maybe_unused]] const int given =
            ::chown(qPrintable(lesser + QLatin1StringView(file)), TestPlatform::ordinaryUser, 0);
    }
    TestPlatform platform;
    platform.runAsOrdinaryUser();
    platform.runInside(
        {u"/bin/sh"_s, u"-c"_s, u"echo $$ > '%1/cgroup.procs' && exec \"$@\""_s.arg(lesser), u"sh"_s});
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    const auto me = QJsonDocument::fromJson(platform.get("/v1/me").body).object();
    QCOMPARE(me[u"isolation"][u"level"].toInt(), 3);
    QVERIFY(me[u"isolation"][u"sentence"].toString().contains(u"watched, not limited by the kernel"_s));
    QVERIFY(QDir(lesser).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty()); // nothing halfway
}

QTEST_GUILESS_MAIN(LimitsTest)
#include "tst_isolation_limits.moc"
