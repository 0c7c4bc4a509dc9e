// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each rung of the ladder, found by really taking a layer away: what /v1/me and `nest status` say, and that
// what starts is what they say.
#include "tests/support/delegatedgroup.h"
#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using nest::testsupport::DelegatedGroup;
using nest::testsupport::TestPlatform;
using namespace std::chrono_literals;

namespace {

/// At the top of a cgroup2 file system.
bool someGroupOffers(const QString &controller)
{
    const auto mounts = DelegatedGroup::read(u"/proc/self/mountinfo"_s).split(u'\n');
    return std::ranges::any_of(mounts, [&controller](const QString &line) {
        const auto file = line.section(u' ', 4, 4) + u"/cgroup.controllers"_s;
        return line.contains(u" - cgroup2 "_s) && DelegatedGroup::read(file).split(u' ').contains(controller);
    });
}

} // namespace

constexpr int threeOrFour = 34; // as the machine has

class LadderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsLeft_data();
    void saysWhatIsLeft();
};

void LadderTest::saysWhatIsLeft_data()
{
    QTest::addColumn<QStringList>("under");     // what nestd is started by
    QTest::addColumn<QStringList>("arguments"); // of nestd
    QTest::addColumn<int>("level");
    QTest::addColumn<bool>("canStart");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("remedy");
    const QStringList box{u"/usr/bin/bwrap"_s, u"--die-with-parent"_s, u"--dev-bind"_s, u"/"_s, u"/"_s};
    const auto noNamespaces = box + QStringList{u"--unshare-user"_s, u"--disable-userns"_s, u"--"_s};
    const auto without = [](const QString &what) {
        return QStringList{QStringLiteral(NEST_WITHOUT), what, u"--"_s};
    };
    const QStringList weak{u"--allow-weak-isolation"_s};
    const QStringList none{u"--allow-no-isolation"_s};
    const auto reduced = u"reduced. Functions cannot open files or sockets outside their own"_s;
    const auto namespaces = u"Allow user namespaces"_s;
    // A machine may offer more, and then says it: tst_isolation_limits.
    const auto noGroups = box + QStringList{u"--tmpfs"_s, u"/sys/fs/cgroup"_s, u"--"_s};
    QTest::newRow("all layers") << QStringList() << QStringList() << threeOrFour << true << u"full"_s
                                << QString();
    QTest::newRow("no control groups")
        << noGroups << QStringList() << 3 << true << u"full. Memory and processor are watched"_s << QString();
    // What may run with less does not run with less where more is there.
    QTest::newRow("no control groups, all allowed")
        << noGroups << weak + none << 3 << true << u"full. Memory and processor are watched"_s << QString();
    // An oversight of who installed it, which is mended in a minute.
    QTest::newRow("no bubblewrap") << QStringList() << QStringList{u"--bwrap"_s, u"/nonexistent/bwrap"_s} << 0
                                   << false << u"could not be started: No such file"_s
                                   << u"Install the package bubblewrap"_s;
    QTest::newRow("no bubblewrap, all allowed")
        << QStringList() << none + QStringList{u"--bwrap"_s, u"/nonexistent/bwrap"_s} << 0 << false
        << u"could not be started: No such file"_s << u"Install the package bubblewrap"_s;
    QTest::newRow("no user namespaces")
        << noNamespaces << QStringList() << 2 << true << reduced << namespaces;
    QTest::newRow("user namespaces refused")
        << without(u"namespaces"_s) << QStringList() << 2 << true << reduced << namespaces;
    // As in many containers: what is mounted over parts of /proc keeps a second one from being mounted.
    QTest::newRow("a covered /proc") << box + QStringList{u"--unshare-user"_s, u"--unshare-pid"_s,
                                                          u"--proc"_s, u"/proc"_s, u"--"_s}
                                     << QStringList() << 2 << true << reduced
                                     << u"bind the machine's own /proc"_s;
    QTest::newRow("no Landlock either")
        << noNamespaces + without(u"landlock"_s) << QStringList() << 1 << false
        << u"isolation would be weak here: functions can read every file that user"_s
        << u"start nestd with --allow-weak-isolation"_s;
    QTest::newRow("no Landlock either, allowed")
        << noNamespaces + without(u"landlock"_s) << weak << 1 << true
        << u"weak: functions can read every file that user"_s << namespaces;
    QTest::newRow("no Landlock alone")
        << without(u"landlock"_s) << QStringList() << threeOrFour << true << u"full"_s << QString();
    QTest::newRow("no filter of system calls")
        << without(u"seccomp"_s) << weak << 0 << false << u"nothing would hold them here"_s
        << u"nestd has --allow-no-isolation"_s;
    QTest::newRow("no filter of system calls, allowed")
        << without(u"seccomp"_s) << none << 0 << true << u"none. Functions may do all that user"_s
        << u"o box can be made on this machine"_s;
    QTest::newRow("nothing, allowed")
        << noNamespaces + without(u"landlock"_s) + without(u"seccomp"_s) << none << 0 << true
        << u"none. Functions may do all that user"_s << u"o box can be made on this machine"_s;
}

void LadderTest::saysWhatIsLeft()
{
    QFETCH(QStringList, under);
    QFETCH(QStringList, arguments);
    QFETCH(int, level);
    QFETCH(bool, canStart);
    QFETCH(QString, sentence);
    QFETCH(QString, remedy);
    TestPlatform platform;
    platform.runUnder(under);
    QVERIFY2(platform.start(arguments), qPrintable(platform.error()));
    const auto me = QJsonDocument::fromJson(platform.get("/v1/me").body).object();
    const auto isolation = me[u"isolation"].toObject();
    qInfo("%s %s", qPrintable(isolation[u"sentence"].toString()),
          qPrintable(isolation[u"remedy"].toString()));
    QVERIFY2(isolation[u"sentence"].toString().contains(sentence),
             qPrintable(isolation[u"sentence"].toString()));
    QVERIFY2(isolation[u"remedy"].toString().contains(remedy), qPrintable(isolation[u"remedy"].toString()));
    QCOMPARE(me[u"functionsCanStart"].toBool(), canStart);
    const int found = isolation[u"level"].toInt();
    QVERIFY2(found == level || (level == threeOrFour && found >= 3), qPrintable(QString::number(found)));
    if (found == 4) { // never where the machine has not all that it takes
        for (const auto &controller : {u"memory"_s, u"pids"_s, u"cpu"_s}) {
            QVERIFY(someGroupOffers(controller));
        }
    }
    QCOMPARE(isolation[u"sentence"].toString().startsWith(u"Functions do not start"_s), !canStart);

    QProcess nest;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"NEST_RUNTIME_DIR"_s, platform.runtimeDirectory());
    nest.setProcessEnvironment(environment);
    nest.start(TestPlatform::program(u"nest"_s), {u"status"_s});
    QVERIFY(nest.waitForFinished(20'000));
    const auto said = QString::fromUtf8(nest.readAllStandardOutput()).simplified();
    QVERIFY2(said.contains(sentence), qPrintable(said));
    QVERIFY2(said.contains(remedy), qPrintable(said));

    const auto deployed = platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}");
    QVERIFY2(deployed.isEmpty() == canStart, qPrintable(deployed));
    if (!canStart) { // not even a build runs, and it says why
        QVERIFY2(deployed.contains(sentence) && deployed.contains(remedy), qPrintable(deployed));
        return;
    }
    const auto answer = platform.gateway({.path = "/fn/hello/"});
    QVERIFY2(answer.status == 200, answer.body.constData());
    const auto instances = QJsonDocument::fromJson(platform.get("/v1/instances?function=hello").body)
                               .object()[u"items"]
                               .toArray();
    QVERIFY(!instances.isEmpty());
    QCOMPARE(instances.first()[u"isolationLevel"].toInt(), found);
    QVERIFY(level >= 3 || platform.ownLog().contains("isolation level " + QByteArray::number(level)));
}

QTEST_GUILESS_MAIN(LadderTest)
#include "tst_isolation_ladder.moc"
