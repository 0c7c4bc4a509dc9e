// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of `nest dev` and `nest debug` by themselves: what became of a start, the watch over a folder,
// the debugger's port.

#include "app/nest/dev/debugdoor.h"
#include "app/nest/dev/folderwatch.h"
#include "app/nest/dev/startstate.h"
#include "tests/support/testplatform.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::testsupport;
using namespace std::chrono_literals;
using State = wire::InstanceState;
using Phase = cli::StartState::Phase;

namespace {

constexpr auto watchOnly = "--watch"; // this program as a watch over a folder
constexpr auto watchFor = 4s;

wire::Instance instance(int version, State state)
{
    wire::Instance instance;
    instance.version = version;
    instance.state = state;
    return instance;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

class CliDevPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void aStartIsOverWhenThePlatformSaysSo_data();
    void aStartIsOverWhenThePlatformSaysSo();
    void theNewestFailureIsTold();
    void aSaveThatIsToldIsNotWhileSavingGoesOn();
    void whatCannotBeWatchedIsTriedOnce();
    void theBoxIsHeldBackAndItsRestArrives();
};

void CliDevPartsTest::aStartIsOverWhenThePlatformSaysSo_data()
{
    QTest::addColumn<QList<State>>("instances");
    QTest::addColumn<bool>("isBlocked");
    QTest::addColumn<Phase>("phase");
    QTest::newRow("nothing yet") << QList<State>{} << false << Phase::Starting;
    QTest::newRow("on its way") << QList{State::Pending} << false << Phase::Starting;
    QTest::newRow("ready") << QList{State::Ready} << false << Phase::Ready;
    QTest::newRow("ended by chance") << QList{State::Failed} << false << Phase::Starting;
    QTest::newRow("tried again") << QList{State::Failed, State::Starting} << false << Phase::Starting;
    QTest::newRow("ready the second time") << QList{State::Failed, State::Ready} << false << Phase::Ready;
    QTest::newRow("ready, told as blocked") << QList{State::Failed, State::Ready} << true << Phase::Ready;
    QTest::newRow("given up") << QList{State::Failed, State::Failed, State::Failed} << true << Phase::Failed;
    QTest::newRow("tried after a while")
        << QList{State::Failed, State::Failed, State::Failed, State::Starting} << true << Phase::Starting;
    QTest::newRow("no room") << QList<State>{} << true << Phase::Starting;
}

void CliDevPartsTest::aStartIsOverWhenThePlatformSaysSo()
{
    QFETCH(QList<State>, instances);
    QFETCH(bool, isBlocked);
    QFETCH(Phase, phase);
    std::vector<wire::Instance> all{instance(1, State::Ready), instance(1, State::Failed)};
    for (const auto state : instances) {
        all.push_back(instance(2, state));
    }
    wire::Deployment deployment;
    deployment.status.emplace().reason = isBlocked ? "The instances of v2 end soon after their start." : "";
    QCOMPARE(cli::startState(all, deployment, 2).phase, phase);
}

void CliDevPartsTest::theNewestFailureIsTold()
{
    const auto at = [](int second) {
        return wire::Time(std::chrono::milliseconds(second * 1000));
    };
    wire::Deployment deployment;
    deployment.status.emplace().reason = "blocked";
    std::vector<wire::Instance> instances;
    for (const auto &[second, line] : {std::pair{2, "second"}, std::pair{1, "first"}}) {
        auto &failed = instances.emplace_back(instance(1, State::Failed));
        failed.createdAt = at(second);
        failed.reason = line;
        failed.lastLines = {line};
    }
    const auto state = cli::startState(instances, deployment, 1);
    QCOMPARE(state.phase, Phase::Failed);
    QCOMPARE(state.reason, std::string("second"));
    QCOMPARE(state.lines, std::vector<std::string>{"second"});
    QCOMPARE(cli::startState({}, deployment, 1).reason, std::string("blocked"));
}

void CliDevPartsTest::aSaveThatIsToldIsNotWhileSavingGoesOn()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"a.js"_s);
    cli::FolderWatch watch(folder.path());
    QVERIFY(write(path, "1"));
    QTRY_VERIFY(watch.isChanged());
    QByteArray text;
    QVERIFY(waitUntil([&] { return write(path, text += 'x') && !watch.isChanged(); }, 5s));
    QTRY_VERIFY(watch.isChanged());
    QCOMPARE(watch.take(), std::vector<std::string>{"a.js"});
    QVERIFY(!watch.isChanged());
}

void CliDevPartsTest::whatCannotBeWatchedIsTriedOnce()
{
    const QTemporaryDir folder;
    for (const auto name : {'a', 'b', 'c', 'd'}) {
        QVERIFY(write(folder.filePath(QString(QLatin1Char(name))), "1"));
    }
    QProcess watch;
    watch.setProcessChannelMode(QProcess::MergedChannels);
    watch.start(u"unshare"_s,
                {u"--user"_s, u"--map-root-user"_s, u"sh"_s, u"-c"_s,
                 u"echo 2 > /proc/sys/user/max_inotify_watches && exec \"$@\""_s, u"sh"_s,
                 QCoreApplication::applicationFilePath(), QString::fromLatin1(watchOnly), folder.path()});
    QByteArray said;
    const auto saysChanged = [&] {
        said += watch.readAll();
        return said.contains("changed e\n");
    };
    QVERIFY2(waitUntil([&] { return saysChanged() || said.contains("watching\n"); }, 10s), said.constData());
    QVERIFY(write(folder.filePath(u"e"_s), "1"));
    QVERIFY2(waitUntil(saysChanged, 10s), said.constData()); // seen nevertheless
    QVERIFY(waitUntil([&] { return watch.state() == QProcess::NotRunning; }, 20s));
    said += watch.readAll();
    QVERIFY2(said.contains("inotify_add_watch") && said.count("inotify_add_watch") <= 4, said.constData());
}

void CliDevPartsTest::theBoxIsHeldBackAndItsRestArrives()
{
    constexpr qsizetype size = 32 * 1024 * 1024; // beyond what the kernel holds of two sockets
    const QTemporaryDir folder;
    QLocalServer box;
    QVERIFY(box.listen(folder.filePath(u"box.sock"_s)));
    cli::DebugDoor door(folder.filePath(u"box.sock"_s));
    QVERIFY(door.listen(0));
    QTcpSocket debugger;
    debugger.setReadBufferSize(1024 * 1024);
    debugger.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(door.port()));
    QTRY_VERIFY(box.hasPendingConnections());
    auto *inBox = box.nextPendingConnection();
    inBox->write(QByteArray(size, 'x'));
    QSignalSpy ended(inBox, &QLocalSocket::disconnected);
    inBox->disconnectFromServer();
    QVERIFY(!ended.wait(1s)); // it waits for who reads
    qsizetype received = 0;
    const auto receive = [&] {
        received += debugger.readAll().size();
    };
    connect(&debugger, &QTcpSocket::readyRead, this, receive);
    receive();
    QSignalSpy gone(&debugger, &QTcpSocket::disconnected);
    QVERIFY(gone.wait(30s));
    QCOMPARE(received, size);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.value(1) != QLatin1String(watchOnly)) {
        CliDevPartsTest test;
        return QTest::qExec(&test, arguments);
    }
    cli::FolderWatch watch(arguments.value(2));
    std::puts("watching");
    std::fflush(stdout);
    waitUntil(
        [&] {
            for (const auto &path : watch.isChanged() ? watch.take() : std::vector<std::string>()) {
                std::puts(("changed " + path).c_str());
                std::fflush(stdout);
            }
            return false;
        },
        watchFor);
    return 0;
}

#include "tst_clidevparts.moc"
