// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Each rung of the ladder, found by really taking a layer away: what /v1/me and `nest status` say, and that
// nothing starts below the level that is needed.
#include "tests/support/delegatedgroup.h"
#include "tests/support/testplatform.h"

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
    QTest::addColumn<bool>("isFull");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("remedy");
    const QStringList box{u"/usr/bin/bwrap"_s, u"--die-with-parent"_s, u"--dev-bind"_s, u"/"_s, u"/"_s};
    // A machine may offer more, and then says it: tst_isolation_limits.
    QTest::newRow("all layers") << QStringList() << QStringList() << true << u"full"_s << QString();
    QTest::newRow("no control groups")
        << box + QStringList{u"--tmpfs"_s, u"/sys/fs/cgroup"_s, u"--"_s} << QStringList() << true
        << u"full. Memory and processor are watched"_s << QString();
    QTest::newRow("no bubblewrap") << QStringList() << QStringList{u"--bwrap"_s, u"/nonexistent/bwrap"_s}
                                   << false << u"could not be started: No such file"_s
                                   << u"Install the package bubblewrap"_s;
    QTest::newRow("no user namespaces")
        << box + QStringList{u"--unshare-user"_s, u"--disable-userns"_s, u"--"_s} << QStringList() << false
        << u"namespace"_s << u"Allow user namespaces"_s;
    // As in many containers: what is mounted over parts of /proc keeps a second one from being mounted.
    QTest::newRow("a covered /proc") << box + QStringList{u"--unshare-user"_s, u"--unshare-pid"_s,
                                                          u"--proc"_s, u"/proc"_s, u"--"_s}
                                     << QStringList() << false << u"Can't mount proc"_s
                                     << u"bind the machine's own /proc"_s;
}

void LadderTest::saysWhatIsLeft()
{
    QFETCH(QStringList, under);
    QFETCH(QStringList, arguments);
    QFETCH(bool, isFull);
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
    QCOMPARE(me[u"functionsCanStart"].toBool(), isFull);
    QCOMPARE(isolation[u"level"].toInt() >= 3, isFull);
    if (isolation[u"level"].toInt() == 4) { // never where the machine has not all that it takes
        for (const auto &controller : {u"memory"_s, u"pids"_s, u"cpu"_s}) {
            QVERIFY(someGroupOffers(controller));
        }
    }

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
    QVERIFY2(deployed.isEmpty() == isFull, qPrintable(deployed));
    if (!isFull) { // not even a build runs, and it says why
        QVERIFY2(deployed.contains(sentence), qPrintable(deployed));
    }
}

QTEST_GUILESS_MAIN(LadderTest)
#include "tst_isolation_ladder.moc"
