// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Level 2: a real nestd of an ordinary user where no user namespace can be made. Functions of each language
// are built, tested and answer, call each other, and reach nothing that is not theirs; what they leave behind
// ends with them.
#include "tests/faults/boxes.h"
#include "tests/isolation/answering.h"
#include "tests/isolation/reachers.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QTcpServer>
#include <QTest>

#include <signal.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace nest::faults;
using namespace nest::isolation;
using nest::testsupport::HttpAnswer;
using nest::testsupport::TestPlatform;
using nest::testsupport::waitUntil;
using namespace std::chrono_literals;

namespace {

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QByteArray fileOfTests(const char *name)
{
    QFile file(QStringLiteral(NEST_SOURCE_DIR "/tests/isolation/") + QString::fromUtf8(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Those that meddling.py leaves, once they are what they stay: they have forebears with the mark, too.
std::vector<pid_t> sleepersWith(const QByteArray &mark)
{
    return processesWith("time.sleep(600)" + QByteArray(1, '\0') + mark);
}

/// What its parent has not looked after yet is over, too.
std::size_t livingBelow(pid_t keeper)
{
    return static_cast<std::size_t>(std::ranges::count_if(descendantsOf(keeper), isAlive));
}

constexpr std::size_t others = 12; // processes of instances and slots that begin meanwhile

} // namespace

class ReducedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysSo();
    void buildsTestsAndAnswers_data();
    void buildsTestsAndAnswers();
    void reachesNothing_data();
    void reachesNothing();
    void meddlesWithNothing();
    void endsWithItsOrphans_data();
    void endsWithItsOrphans();
    void hasNoMoreThanItsPart_data();
    void hasNoMoreThanItsPart();
    void aForkBombLeavesNothing();
    void leavesNoFiles();
    void isRefusedANetwork();
    void endsWithTheKeeper();

private:
    QByteArray meddle(const QByteArray &query)
    {
        return m_platform.gateway({.method = "POST", .path = "/fn/meddle/?" + query, .limit = 25s}).body;
    }
    QByteArray reasonsOf(const QByteArray &function)
    {
        QByteArray all;
        for (const auto &one :
             object(m_platform.get("/v1/instances?function=" + function))[u"items"].toArray()) {
            all += one[u"state"].toString().toUtf8() + ": " + one[u"reason"].toString().toUtf8() + "; ";
        }
        return all;
    }
    QString deployMeddle();
    QString deployHurt();
    QStringList temporaryFolders() const
    {
        return QDir(m_platform.runtimeDirectory() + u"/t"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }

    TestPlatform m_platform;
};

QString ReducedTest::deployMeddle()
{
    return m_platform.deploy(
        "meddle",
        {{"function.yaml", "name: meddle\nruntime: python3.13\nhandler: meddling.py#handler\n"
                           "memory: 64\ntimeout: 3\n"},
         {"meddling.py", fileOfTests("meddling.py")}},
        R"({"scaling":{"maximum":1}})");
}

QString ReducedTest::deployHurt()
{
    return m_platform.deploy(
        "hurt",
        {{"function.yaml", "name: hurt\nruntime: python3.13\nhandler: hurting.py#handler\n"
                           "memory: 64\ntimeout: 7\n"},
         {"hurting.py", fileOfTests("hurting.py")}},
        R"({"scaling":{"maximum":1}})");
}

void ReducedTest::initTestCase()
{
    m_platform.runAsOrdinaryUser();
    m_platform.runInside({QStringLiteral(NEST_WITHOUT), u"namespaces"_s, u"--"_s});
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("victim", TestPlatform::helloFiles("victim"), R"({"scaling":{"reserved":1}})"),
             QString());
    QCOMPARE(m_platform.gateway({.path = "/fn/victim/"}).status, 200);
    QCOMPARE(deployMeddle(), QString());
    QCOMPARE(meddle(""), "here");
}

void ReducedTest::saysSo()
{
    const auto me = object(m_platform.get("/v1/me"));
    QCOMPARE(me[u"isolation"][u"level"].toInt(), 2);
    QVERIFY(me[u"functionsCanStart"].toBool());
    const auto sentence = me[u"isolation"][u"sentence"].toString();
    QVERIFY2(
        sentence.startsWith(u"Isolation: reduced. Functions cannot open files or sockets outside their own, "
                            "but they see other processes of this user"_s) &&
            sentence.endsWith(u"Run only code you trust."_s),
        qPrintable(sentence));
    QVERIFY(!sentence.contains(u"full"_s) && !sentence.contains(u"sandbox"_s, Qt::CaseInsensitive));
    QVERIFY(me[u"isolation"][u"remedy"].toString().contains(u"Allow user namespaces"_s));
    const auto instances = object(m_platform.get("/v1/instances?function=victim"))[u"items"].toArray();
    QVERIFY(!instances.isEmpty());
    QCOMPARE(instances.first()[u"isolationLevel"].toInt(), 2);
}

void ReducedTest::buildsTestsAndAnswers_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("testFile");
    QTest::addColumn<QByteArray>("test");
    QTest::newRow("node") << QByteArray("node20") << QByteArray("src/f.js") << QByteArray(nodeCode)
                          << QByteArray("test/f.test.js") << QByteArray(nodeTest);
    QTest::newRow("python") << QByteArray("python3.13") << QByteArray("f.py") << QByteArray(pythonCode)
                            << QByteArray("test_f.py") << QByteArray(pythonTest);
    QTest::newRow("java") << QByteArray("java21") << QByteArray("Answers.java") << QByteArray(javaCode)
                          << QByteArray("AnswersTest.java") << QByteArray(javaTest);
}

void ReducedTest::buildsTestsAndAnswers()
{
    QFETCH(QByteArray, runtime);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, testFile);
    QFETCH(QByteArray, test);
    const auto name = QByteArray("answers-") + QTest::currentDataTag();
    const auto manifest = "name: " + name + "\nruntime: " + runtime + "\nhandler: " + file + "#handler\n";
    // With a test that fails: it ran, and its place is told by its path in the draft.
    const auto refused =
        m_platform.deploy(name, {{"function.yaml", manifest}, {file, code}, {testFile, test}}, "{}");
    QVERIFY2(refused.contains(u"failed"_s), qPrintable(refused));
    const auto build = object(m_platform.get("/v1/functions/" + name + "/builds/1"));
    const auto text = QJsonDocument(build).toJson(QJsonDocument::Compact);
    QVERIFY2(build[u"tests"][u"passed"].toInt() == 1 && build[u"tests"][u"failed"].toInt() == 1,
             text.constData());
    QVERIFY2(text.contains("\"" + testFile + "\"") || text.contains(testFile + ":"), text.constData());
    QVERIFY2(!text.contains(m_platform.dataDirectory().toUtf8()), text.constData());

    const auto passing = test.left(test.lastIndexOf(runtime == "node20"       ? "test('is wrong'"
                                                    : runtime == "python3.13" ? "    def test_is_wrong"
                                                                              : "    @Test void isWrong")) +
                         (runtime == "java21" ? "}\n" : "");
    QCOMPARE(m_platform.deploy(name, {{"function.yaml", manifest}, {file, code}, {testFile, passing}}, "{}"),
             QString());
    const auto answer = m_platform.gateway({.path = "/fn/" + name + "/?call=victim"});
    const auto said = object(answer);
    QVERIFY2(said[u"tmp"] == u"written"_s && said[u"home"].toBool(), answer.body.constData());
    QVERIFY2(said[u"called"].toInt() == 200, answer.body.constData());
}

void ReducedTest::reachesNothing_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("node") << QByteArray("node20") << QByteArray("f.js") << QByteArray(nodeReacher);
    QTest::newRow("python") << QByteArray("python3.13") << QByteArray("f.py") << QByteArray(pythonReacher);
    QTest::newRow("java") << QByteArray("java21") << QByteArray("Reacher.java") << QByteArray(javaReacher);
}

void ReducedTest::reachesNothing()
{
    QFETCH(QByteArray, runtime);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, code);
    const auto name = QByteArray("reach-") + QTest::currentDataTag();
    QCOMPARE(m_platform.deploy(name,
                               {{"function.yaml", "name: " + name + "\nruntime: " + runtime +
                                                      "\nhandler: " + file + "#handler\n"},
                                {file, code}},
                               "{}"),
             QString());
    QCOMPARE(m_platform.gateway({.path = "/fn/victim/"}).status, 200);
    QTcpServer host; // a service of this machine
    QVERIFY(host.listen(QHostAddress::LocalHost));
    QLocalServer local; // one of anybody's
    local.setSocketOptions(QLocalServer::WorldAccessOption);
    QVERIFY(local.listen(u"/tmp/nest-t-anybody-%1"_s.arg(::getpid())));
    const auto data = m_platform.dataDirectory();
    const auto run = m_platform.runtimeDirectory();
    QJsonArray files{u"/"_s,
                     u"/etc/passwd"_s,
                     u"/etc/hostname"_s,
                     u"/tmp"_s,
                     u"/home"_s,
                     u"/root"_s,
                     u"/dev/shm"_s,
                     data,
                     data + u"/nest.db"_s,
                     data + u"/secrets.key"_s,
                     data + u"/artefacts"_s,
                     data + u"/slots"_s,
                     data + u"/logs"_s,
                     run,
                     run + u"/endpoint.json"_s,
                     run + u"/keeper.log"_s,
                     run + u"/t"_s};
    const QDir unpacked(data + u"/unpacked"_s);
    for (const auto &each : unpacked.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile content(unpacked.filePath(each) + u"/src/handler.js"_s); // not of this one
        if (content.exists()) {
            files.append(content.fileName());
        }
    }
    const auto folders = temporaryFolders();
    QVERIFY(folders.size() > 1);
    for (const auto pid :
         {keeperOf(run), static_cast<pid_t>(m_platform.processId()), boxesOf(keeperOf(run)).front()}) {
        for (const auto &each : {u"environ"_s, u"root"_s, u"fd/0"_s, u"mem"_s, u"maps"_s}) {
            files.append(u"/proc/%1/"_s.arg(pid) + each);
        }
    }
    QJsonArray sockets{run + u"/api.sock"_s, run + u"/keeper.sock"_s, run + u"/door.sock"_s,
                       local.fullServerName()};
    for (const auto &each : QDir(run + u"/i"_s).entryList(QDir::System)) {
        sockets.append(run + u"/i/"_s + each);
    }
    QVERIFY(sockets.size() > 4);
    const QJsonObject wanted{{u"files"_s, files},
                             {u"sockets"_s, sockets},
                             {u"ports"_s, QJsonArray{m_platform.gatewayPort(), host.serverPort()}}};
    const auto answer = m_platform.gateway({.method = "POST",
                                            .path = "/fn/" + name + "/",
                                            .body = QJsonDocument(wanted).toJson(QJsonDocument::Compact),
                                            .headers = {{"Content-Type", "application/json"}}});
    QCOMPARE(answer.status, 200);
    const auto results = object(answer);
    QCOMPARE(results.size(), 2 * files.size() + sockets.size() + 2);
    for (auto one = results.begin(); one != results.end(); ++one) {
        QVERIFY2(one.value() != u"allowed"_s, qPrintable(one.key()));
    }
    QVERIFY(!host.hasPendingConnections() && !local.waitForNewConnection(0));
}

void ReducedTest::meddlesWithNothing()
{
    const auto run = m_platform.runtimeDirectory();
    const auto keeper = keeperOf(run);
    QJsonArray pids{static_cast<qint64>(keeper), m_platform.processId()};
    const auto victims = descendantsOf(keeper);
    for (const auto pid : victims) {
        QFile about(u"/proc/%1/cmdline"_s.arg(pid));
        if (about.open(QIODevice::ReadOnly) && !about.readAll().contains("python")) {
            pids.append(static_cast<qint64>(pid));
        }
    }
    QVERIFY(pids.size() > 3); // what watches over boxes among them
    const auto file = m_platform.dataDirectory() + u"/nest.db"_s;
    struct stat before{};
    QCOMPARE(::stat(file.toUtf8().constData(), &before), 0);
    const auto named = u"/tmp/nest-t-datagram-%1"_s.arg(::getpid()).toUtf8();
    const auto abstract = QByteArray("nest-t-abstract-") + QByteArray::number(::getpid());
    const int datagram = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int stream = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    QVERIFY(datagram >= 0 && stream >= 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(named, address.sun_path);
    QCOMPARE(::bind(datagram, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    QCOMPARE(::chmod(named.constData(), 0666), 0);
    sockaddr_un hidden{};
    hidden.sun_family = AF_UNIX;
    std::ranges::copy(abstract, hidden.sun_path + 1);
    const auto length =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1) + static_cast<socklen_t>(abstract.size());
    QCOMPARE(::bind(stream, reinterpret_cast<sockaddr *>(&hidden), length), 0);
    QCOMPARE(::listen(stream, 1), 0);
    const int segment = ::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0666);
    QVERIFY(segment >= 0);

    const QJsonObject told{{u"pids"_s, pids},
                           {u"file"_s, file},
                           {u"folder"_s, m_platform.dataDirectory()},
                           {u"datagram"_s, QString::fromUtf8(named)},
                           {u"abstract"_s, QString::fromUtf8(abstract)},
                           {u"segment"_s, segment}};
    const auto answer = m_platform.gateway({.method = "POST",
                                            .path = "/fn/meddle/",
                                            .body = QJsonDocument(told).toJson(QJsonDocument::Compact),
                                            .headers = {{"Content-Type", "application/json"}}});
    ::shmctl(segment, IPC_RMID, nullptr);
    ::close(datagram);
    ::close(stream);
    ::unlink(named.constData());
    QVERIFY2(answer.status == 200, answer.body.constData());
    const auto results = object(answer);
    QCOMPARE(results.size(), 12 * pids.size() + 16);
    for (auto one = results.begin(); one != results.end(); ++one) {
        QVERIFY2(one.value() != u"allowed"_s, qPrintable(one.key()));
    }
    struct stat after{};
    QCOMPARE(::stat(file.toUtf8().constData(), &after), 0);
    QCOMPARE(after.st_mode, before.st_mode);
    QCOMPARE(m_platform.gateway({.path = "/fn/victim/"}).status, 200);
}

void ReducedTest::endsWithItsOrphans_data()
{
    QTest::addColumn<QByteArray>("way");
    QTest::newRow("it goes") << QByteArray("exit");
    QTest::newRow("it is killed") << QByteArray("fill");
    QTest::newRow("it is drained") << QByteArray();
}

void ReducedTest::endsWithItsOrphans()
{
    QFETCH(QByteArray, way);
    const auto mark = "nest-t-orphan-" + QByteArray::number(::getpid()) + '-' + way;
    QTRY_COMPARE_WITH_TIMEOUT(meddle(""), "here", 15'000); // by a new one, if the last has just ended
    QCOMPARE(meddle("leave=" + mark), "left");
    QTRY_COMPARE_WITH_TIMEOUT(sleepersWith(mark).size(), std::size_t{2}, 10'000);
    QCOMPARE(meddle(""), "here"); // both may live as long as it does
    QCOMPARE(sleepersWith(mark).size(), std::size_t{2});
    if (way.isEmpty()) {
        const auto gone = m_platform.api(
            {"DELETE", "/v1/functions/meddle/deployments/default/main/local", {}, {{"If-Match", "*"}}});
        QVERIFY2(gone.status == 204 || gone.status == 200, gone.body.constData());
    } else {
        meddle(way + "=1");
    }
    QTRY_VERIFY_WITH_TIMEOUT(processesWith(mark).empty(), 15'000);
    if (way.isEmpty()) {
        QCOMPARE(deployMeddle(), QString());
    }
}

void ReducedTest::hasNoMoreThanItsPart_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QList<QByteArray>>("told"); // one of them, as the reason of its end, or in its answer
    QTest::newRow("memory") << QByteArray("private_memory")
                            << QList<QByteArray>{"MemoryError", "memory limit of 64"};
    QTest::newRow("shared memory") << QByteArray("shared_memory")
                                   << QList<QByteArray>{"memory limit of 64 MB"};
    QTest::newRow("many small ones") << QByteArray("many_small")
                                     << QList<QByteArray>{"memory limit of 64 MB"};
    QTest::newRow("many processes") << QByteArray("many_processes")
                                    << QList<QByteArray>{"memory limit of 64 MB", "more than 300 processes"};
    QTest::newRow("memory of nobody") << QByteArray("no_owner_memory") << QList<QByteArray>{"memfd: 38"};
}

void ReducedTest::hasNoMoreThanItsPart()
{
    QFETCH(QByteArray, what);
    QFETCH(QList<QByteArray>, told);
    QCOMPARE(deployHurt(), QString());
    const auto keeper = keeperOf(m_platform.runtimeDirectory());
    const auto before = livingBelow(keeper);
    const auto answer =
        m_platform.gateway({.method = "POST", .path = "/fn/hurt/?do=" + what, .limit = 20s}).body;
    QByteArray all;
    const bool isTold = waitUntil(
        [&] {
            all = answer + reasonsOf("hurt");
            return std::ranges::any_of(told, [&](const QByteArray &words) { return all.contains(words); });
        },
        8s);
    QVERIFY2(isTold, all.constData());
    QVERIFY2(!answer.contains("it took"), answer.constData());
    QCOMPARE(m_platform.gateway({.path = "/fn/victim/"}).status, 200);
    QTRY_VERIFY_WITH_TIMEOUT(livingBelow(keeper) <= before + others, 10'000);
}

/// It ends by itself after two seconds: the keeper, which has to get to look, may be later. What the kernel
/// holds is a net of some thousand, so that others go on.
void ReducedTest::aForkBombLeavesNothing()
{
    QCOMPARE(deployHurt(), QString());
    const auto keeper = keeperOf(m_platform.runtimeDirectory());
    const auto before = livingBelow(keeper);
    std::size_t most = 0;
    std::atomic<bool> isOver = false;
    std::thread bomber([&] {
        nest::testsupport::sendOverTcp(m_platform.gatewayPort(), {.path = "/fn/hurt/?do=fork_bomb"});
        isOver = true;
    });
    while (!isOver) {
        most = std::max(most, descendantsOf(keeper).size());
    }
    bomber.join();
    qInfo("at most %zu processes in all boxes; %s", most, reasonsOf("hurt").constData());
    QVERIFY(most > 50 && most < 3'500);
    QTRY_VERIFY_WITH_TIMEOUT(livingBelow(keeper) <= before + others, 10'000);
    QCOMPARE(m_platform.gateway({.path = "/fn/victim/"}).status, 200);
}

void ReducedTest::leavesNoFiles()
{
    const auto ends = [this] {
        return reasonsOf("meddle").count("more than 64 MB in /tmp");
    };
    const auto before = ends();
    QVERIFY(!meddle("fill=1").contains("it wrote"));
    QTRY_COMPARE_WITH_TIMEOUT(ends(), before + 1, 8'000);
    QTRY_COMPARE_WITH_TIMEOUT(meddle(""), "here", 15'000);
    QString folder; // it may be ended for what it has made before it answers
    QVERIFY(waitUntil(
        [&] {
            folder = QString::fromUtf8(meddle("hide=1"));
            return folder.startsWith(m_platform.runtimeDirectory() + u"/t/"_s);
        },
        15s));
    meddle("exit=1"); // if it was not ended for its depth already
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(folder), 10'000);
}

void ReducedTest::isRefusedANetwork()
{
    const auto refused =
        m_platform.deploy("granted", TestPlatform::helloFiles("granted"),
                          R"({"network":{"grants":[{"name":"db","host":"127.0.0.1","port":5432}]}})");
    QCOMPARE(refused, QString());
    const auto answer = m_platform.gateway({.path = "/fn/granted/"});
    QCOMPARE(answer.status, 503);
    QVERIFY2(answer.body.contains("need a network of its own, which this machine does not allow"),
             answer.body.constData());
}

void ReducedTest::endsWithTheKeeper()
{
    const auto mark = "nest-t-orphan-" + QByteArray::number(::getpid()) + "-keeper";
    QTRY_COMPARE_WITH_TIMEOUT(meddle(""), "here", 15'000); // by a new one, if the last has just ended
    QCOMPARE(meddle("leave=" + mark), "left");
    QTRY_COMPARE_WITH_TIMEOUT(sleepersWith(mark).size(), std::size_t{2}, 10'000);
    const auto keeper = keeperOf(m_platform.runtimeDirectory());
    const auto all = descendantsOf(keeper);
    QCOMPARE(::kill(keeper, SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(all, isAlive), 5'000);
    QVERIFY(processesWith(mark).empty());
    QTRY_COMPARE_WITH_TIMEOUT(m_platform.gateway({.path = "/fn/victim/"}).status, 200,
                              20'000); // by a new one
    const auto run = m_platform.runtimeDirectory();
    m_platform.kill();
    QTRY_VERIFY_WITH_TIMEOUT(keeperOf(run) < 0 || !isAlive(keeperOf(run)), 10'000);
    QCOMPARE(temporaryFolders(), QStringList());
}

QTEST_GUILESS_MAIN(ReducedTest)
#include "tst_isolation_reduced.moc"
