// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Functions whose network is open, but not to this machine: on a real nestd of an ordinary user, in networks
// that are the test's own.
#include "tests/platform/nestd/outernetwork.h"
#include "tests/platform/nestd/tcppeer.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkInterface>
#include <QTcpServer>
#include <QTest>
#include <QUdpSocket>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using nest::tests::OuterNetwork;
using nest::tests::TcpPeer;
using nest::tests::UdpPeer;
using std::chrono::seconds;

namespace {

constexpr const char *openToAll = R"({"scaling":{"maximum":1},"network":{"egress":"open"}})";

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class EgressTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reachesOutsideByName_data();
    void reachesOutsideByName();
    void aNameThatIsNoneIsAnErrorAtOnce_data();
    void aNameThatIsNoneIsAnErrorAtOnce();
    void doesNotReachThisMachine();
    void doesNotReachAddressesThatComeLater();
    void hasTcpAndUdpAlone();
    void doesNotReachAnotherFunction();
    void hasItsGrantsBeside();
    void isReplacedWhenItsEgressChanges();
    void leavesNothingBehind();
    void worksForRoot();
    void isTakenFromTheFile();
    void obeysItsOperator();
    void saysWhatToInstall();

private:
    [[nodiscard]] QString deploy(const QByteArray &name, const QByteArray &deployment = openToAll);
    [[nodiscard]] QJsonValue tell(const QByteArray &name, const QByteArray &query);
    void prepare(TestPlatform &platform, const QString &more = {}) const;
    /// Of pasta and the relay in this network.
    [[nodiscard]] static int helpers();

    OuterNetwork m_network;
    QTemporaryDir m_folder{u"/tmp/nest-e-XXXXXX"_s};
    TestPlatform m_platform;
    QByteArray m_code;
    std::unique_ptr<TcpPeer> m_peer;
    std::unique_ptr<UdpPeer> m_datagrams;
    std::unique_ptr<UdpPeer> m_names;
};

void EgressTest::initTestCase()
{
    QTest::failOnWarning();
    if (const auto why = m_network.make(); !why.isEmpty()) {
        QSKIP(qPrintable(why));
    }
    QFile resolver(m_folder.filePath(u"resolv.conf"_s));
    QVERIFY(resolver.open(QIODevice::WriteOnly));
    resolver.write("nameserver 10.77.0.2\n");
    resolver.close();
    QVERIFY(QDir(m_folder.path()).mkpath(u"dev"_s));
    QFile::setPermissions(m_folder.path(), QFile::permissions(m_folder.path()) | QFile::ExeOther);
    QFile code(QStringLiteral(NEST_EGRESS_FUNCTION));
    QVERIFY(code.open(QIODevice::ReadOnly));
    m_code = code.readAll();
    m_network.outside([this] {
        m_peer = std::make_unique<TcpPeer>(TcpPeer::echo, "0.0.0.0");
        m_datagrams =
            std::make_unique<UdpPeer>([](const auto &text) { return text; }, "0.0.0.0", m_peer->port());
        m_names = std::make_unique<UdpPeer>(UdpPeer::nameServer, "10.77.0.2", 53);
    });
    QVERIFY(m_peer->isOpen() && m_datagrams->isOpen() && m_names->isOpen());
    m_platform.runAsOrdinaryUser();
    prepare(m_platform);
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"1"_s, u"--egress"_s, u"open"_s}),
             qPrintable(m_platform.error()));
}

void EgressTest::prepare(TestPlatform &platform, const QString &more) const
{
    // /dev/net/tun as Debian has it, for everybody: here it may be root's alone.
    platform.runInside({u"/usr/bin/unshare"_s, u"-m"_s, u"/bin/sh"_s, u"-ec"_s,
                        u"mount -t tmpfs -o mode=755 none \"$0/dev\"\n"
                        "mknod -m 666 \"$0/dev/tun\" c 10 200\n"
                        "mount --bind \"$0/dev/tun\" /dev/net/tun\n"
                        "mount --bind \"$0/resolv.conf\" /etc/resolv.conf\n"_s +
                            more + u"\nexec \"$@\""_s,
                        m_folder.path()});
}

QString EgressTest::deploy(const QByteArray &name, const QByteArray &deployment)
{
    return m_platform.deploy(
        name,
        {{"function.yaml",
          "name: " + name +
              "\nruntime: python3.13\nhandler: src/handler.py#handler\ntimeout: 300\nmemory: 64\n"},
         {"src/handler.py", m_code}},
        deployment);
}

QJsonValue EgressTest::tell(const QByteArray &name, const QByteArray &query)
{
    const auto answer =
        m_platform.gateway({.path = "/fn/" + name + "/?do=" + query, .limit = std::chrono::minutes(5)});
    return answer.status == 200
               ? json(answer)[u"result"]
               : QJsonValue(u"%1 "_s.arg(answer.status) + QString::fromUtf8(answer.body) +
                            QString::fromUtf8(m_platform.get("/v1/logs?function=" + name).body));
}

int EgressTest::helpers()
{
    const auto network = OuterNetwork::namespaceOf(u"thread-self"_s);
    int count = 0;
    for (const auto &pid : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile name(u"/proc/%1/comm"_s.arg(pid));
        if (!pid.at(0).isDigit() || !name.open(QIODevice::ReadOnly)) {
            continue;
        }
        const auto text = name.readAll();
        count += (text.startsWith("pasta") || text.startsWith("nest-relay")) &&
                 OuterNetwork::namespaceOf(pid) == network;
    }
    return count;
}

void EgressTest::reachesOutsideByName_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("node") << QByteArray("node20") << QByteArray("src/handler.mjs") << QByteArray(R"(
import net from 'node:net';
export const handler = ({ query }) => new Promise((done) => {
    const peer = net.connect({ host: query.host, port: Number(query.port) }, () => peer.end('hello'));
    peer.on('data', (part) => done({ result: String(part) }));
    peer.on('error', (error) => done({ result: error.code }));
});
)");
    QTest::newRow("python") << QByteArray("python3.13") << QByteArray("src/handler.py") << m_code;
    QTest::newRow("java") << QByteArray("java21") << QByteArray("src/Handler.java") << QByteArray(R"(
import nest.functions.*;
import java.net.Socket;
import java.util.Map;
public class Handler {
    public Object handler(Event event, Context context) throws Exception {
        try (var peer = new Socket(event.query("host"), Integer.parseInt(event.query("port")))) {
            peer.getOutputStream().write("hello".getBytes());
            peer.shutdownOutput();
            return Map.of("result", new String(peer.getInputStream().readAllBytes()));
        } catch (java.io.IOException error) {
            return Map.of("result", error.toString());
        }
    }
}
)");
}

void EgressTest::reachesOutsideByName()
{
    QFETCH(QByteArray, runtime);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, code);
    const QByteArray name = QByteArray("by-name-") + QTest::currentDataTag();
    QCOMPARE(m_platform.deploy(name,
                               {{"function.yaml", "name: " + name + "\nruntime: " + runtime +
                                                      "\nhandler: " + file + "#handler\ntimeout: 60\n"},
                                {file, code}},
                               openToAll),
             QString());
    const auto port = QByteArray::number(m_peer->port());
    QCOMPARE(tell(name, "name&host=outside.example&port=" + port), u"hello"_s);
    QCOMPARE(tell(name, "name&host=10.77.0.2&port=" + port), u"hello"_s);
}

void EgressTest::aNameThatIsNoneIsAnErrorAtOnce_data()
{
    QTest::addColumn<QString>("error");
    QTest::newRow("node") << u"ENOTFOUND"_s;
    QTest::newRow("python") << u"[Errno -2] Name or service not known"_s;
    QTest::newRow("java") << u"java.net.UnknownHostException: no-such.example"_s;
}

void EgressTest::aNameThatIsNoneIsAnErrorAtOnce()
{
    QFETCH(QString, error);
    const QByteArray name = QByteArray("by-name-") + QTest::currentDataTag();
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(tell(name, "name&host=no-such.example&port=1"), error);
    QVERIFY2(clock.elapsed() < 3'000, qPrintable(QString::number(clock.elapsed())));
    m_names.reset(); // nothing answers at the name server's port
    clock.start();
    const auto silent = tell(name, "name&host=outside.example&port=1").toString();
    const auto took = clock.elapsed();
    m_network.outside([this] { m_names = std::make_unique<UdpPeer>(UdpPeer::nameServer, "10.77.0.2", 53); });
    QVERIFY2(silent != u"hello"_s && !silent.isEmpty() && took < 15'000,
             qPrintable(silent + u' ' + QString::number(took)));
}

void EgressTest::doesNotReachThisMachine()
{
    QTcpServer everywhere; // both families, all addresses
    QVERIFY(everywhere.listen(QHostAddress::Any, static_cast<quint16>(m_peer->port())));
    QUdpSocket datagrams;
    QVERIFY(datagrams.bind(QHostAddress::Any, everywhere.serverPort(), QUdpSocket::ShareAddress));
    QUdpSocket group;
    QVERIFY(group.bind(QHostAddress::AnyIPv4, everywhere.serverPort(), QUdpSocket::ShareAddress));
    for (const auto &interface : QNetworkInterface::allInterfaces()) {
        group.joinMulticastGroup(QHostAddress(u"224.0.0.251"_s), interface);
        group.joinMulticastGroup(QHostAddress(u"239.255.255.250"_s), interface);
    }
    QByteArrayList addresses{"127.0.0.1",   "127.0.0.2",       "::1",         "0.0.0.0",   "::",
                             "169.254.1.1", "169.254.169.254", "224.0.0.251", "ff02::1%0", "239.255.255.250",
                             "10.77.0.255", "255.255.255.255", "192.0.0.53"};
    for (const auto &address : QNetworkInterface::allAddresses()) {
        addresses.push_back(address.toString().toUtf8());
    }
    QVERIFY(addresses.contains("10.88.0.1"));
    QCOMPARE(deploy("attacks"), QString());
    const auto port = QByteArray::number(m_peer->port());
    const auto found =
        tell("attacks", "attack&port=" + port + "&addresses=" + addresses.join(',').replace('%', "%25"))
            .toObject();
    QVERIFY(found.size() > 100);
    for (auto entry = found.begin(); entry != found.end(); ++entry) {
        QVERIFY2(entry.value().toString() != u"hello"_s && !entry.value().toString().isEmpty(),
                 qPrintable(entry.key()));
    }
    QVERIFY(!everywhere.waitForNewConnection(200));
    QVERIFY(!datagrams.hasPendingDatagrams());
    QVERIFY(!group.hasPendingDatagrams());
    // The same ways lead outside, so that what is seen above is not their own failing.
    const auto outside = tell("attacks", "attack&port=" + port + "&addresses=10.77.0.2").toObject();
    QCOMPARE(outside.size(), 8);
    for (auto entry = outside.begin(); entry != outside.end(); ++entry) {
        QVERIFY2(entry.value() == u"hello"_s, qPrintable(entry.key() + u' ' + entry.value().toString()));
    }
    for (const auto &path :
         {m_platform.socket(), m_platform.runtimeDirectory(), m_platform.dataDirectory()}) {
        QCOMPARE(tell("attacks", "path&path=" + path.toUtf8()), QJsonValue(false));
    }
}

void EgressTest::doesNotReachAddressesThatComeLater()
{
    TcpPeer mine(TcpPeer::echo, "0.0.0.0");
    const auto query = "name&host=10.99.0.1&port=" + QByteArray::number(mine.port());
    QVERIFY(OuterNetwork::run(u"/usr/sbin/ip addr add 10.99.0.1/24 dev d0"_s));
    QVERIFY(waitUntil([&] { return tell("attacks", query) == u"EPERM"_s; }, seconds(10)));
}

void EgressTest::hasTcpAndUdpAlone()
{
    for (const char *allowed : {"2,1", "2,2", "10,1", "10,2", "2,1,6", "2,2,17"}) {
        QCOMPARE(tell("attacks", QByteArray("socket&socket=") + allowed), u"True"_s);
    }
    for (const char *refused : {"2,3,1", "2,2,1", "10,2,58", "10,3,58", "2,1,132", "2,1,262", "2,2,136",
                                "2,5", "16,3", "17,3", "38,5", "40,1"}) {
        QCOMPARE(tell("attacks", QByteArray("socket&socket=") + refused), u"EAFNOSUPPORT"_s);
    }
}

void EgressTest::doesNotReachAnotherFunction()
{
    QCOMPARE(deploy("listens"), QString());
    QCOMPARE(tell("listens", "listen&port=9876"), u"listens"_s);
    QCOMPARE(tell("listens", "name&host=127.0.0.1&port=9876"), u"hello"_s); // it does listen
    for (const char *address : {"127.0.0.1", "10.77.0.1", "0.0.0.0"}) {
        QCOMPARE(tell("attacks", QByteArray("name&port=9876&host=") + address), u"ECONNREFUSED"_s);
    }
    for (const char *address : {"127.0.0.1", "10.77.0.1", "10.88.0.1"}) { // nor does anybody here
        QTcpSocket socket;
        socket.connectToHost(QString::fromUtf8(address), 9876);
        QVERIFY(!socket.waitForConnected(2'000));
    }
}

void EgressTest::hasItsGrantsBeside()
{
    const TcpPeer mine(TcpPeer::echo); // on this machine's loopback
    QCOMPARE(deploy("both", R"({"scaling":{"maximum":1},"network":{"egress":"open","grants":[)"
                            R"({"name":"peer","host":"127.0.0.1","port":)" +
                                QByteArray::number(mine.port()) + "}]}}"),
             QString());
    QCOMPARE(tell("both", "granted"), u"hello"_s);
    QCOMPARE(tell("both", "name&host=outside.example&port=" + QByteArray::number(m_peer->port())),
             u"hello"_s);
    const auto instance = json(m_platform.get("/v1/instances?function=both"))[u"items"][0];
    QCOMPARE(instance[u"network"][u"egress"], u"open"_s);
    QCOMPARE(instance[u"network"][u"grants"].toArray().size(), 1);
}

void EgressTest::isReplacedWhenItsEgressChanges()
{
    const auto query = "name&host=10.77.0.2&port=" + QByteArray::number(m_peer->port());
    QCOMPARE(deploy("changes", R"({"scaling":{"maximum":1}})"), QString());
    QCOMPARE(tell("changes", query), u"EAFNOSUPPORT"_s);
    QProcess nest;
    nest.start(TestPlatform::program(u"nest"_s),
               {u"--socket"_s, m_platform.socket(), u"deploy"_s, u"changes"_s, u"--version"_s, u"1"_s,
                u"--egress"_s, u"open"_s});
    QVERIFY(nest.waitForFinished());
    QVERIFY2(nest.exitCode() == 0, nest.readAllStandardError().constData());
    QVERIFY(waitUntil([&] { return tell("changes", query) == u"hello"_s; }, seconds(20)));
    m_platform.kill(); // what runs is taken over
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"1"_s, u"--egress"_s, u"open"_s}),
             qPrintable(m_platform.error()));
    QCOMPARE(tell("changes", query), u"hello"_s);
    const auto instance = json(m_platform.get("/v1/instances?function=changes"))[u"items"][0];
    QCOMPARE(instance[u"reason"], u"taken over from the platform's previous run"_s);
}

void EgressTest::leavesNothingBehind()
{
    const int before = helpers();
    QVERIFY(before > 0);
    for (int round = 0; round < 10; ++round) {
        QCOMPARE(deploy("many", R"({"scaling":{"reserved":20,"maximum":20},"network":{"egress":"open"}})"),
                 QString());
        QVERIFY(waitUntil([&] { return helpers() == before + 40; }, seconds(60))); // two a box
        QCOMPARE(
            m_platform
                .api({"DELETE", "/v1/functions/many/deployments/default/main/local", {}, {{"If-Match", "*"}}})
                .status,
            204);
        QVERIFY(waitUntil([&] { return helpers() == before; }, seconds(30)));
    }
}

void EgressTest::worksForRoot()
{
    TestPlatform platform;
    prepare(platform);
    QVERIFY2(platform.start({u"--egress"_s, u"open"_s}), qPrintable(platform.error()));
    QCOMPARE(platform.deploy(
                 "roots",
                 {{"function.yaml", "name: roots\nruntime: python3.13\nhandler: src/handler.py#handler\n"},
                  {"src/handler.py", m_code}},
                 openToAll),
             QString());
    const auto port = QByteArray::number(m_peer->port());
    QCOMPARE(
        json(platform.gateway({.path = "/fn/roots/?do=name&host=outside.example&port=" + port}))[u"result"],
        u"hello"_s);
    QCOMPARE(json(platform.gateway({.path = "/fn/roots/?do=name&host=10.88.0.1&port=" + port}))[u"result"],
             u"EPERM"_s);
}

/// By a deployment that names none, and by a trial.
void EgressTest::isTakenFromTheFile()
{
    QCOMPARE(m_platform.deploy(
                 "file",
                 {{"function.yaml", "name: file\nruntime: python3.13\nhandler: src/handler.py#handler\n"
                                    "network: {egress: open}\n"},
                  {"src/handler.py", m_code}},
                 R"({"scaling":{"maximum":1}})"),
             QString());
    const auto query = "name&host=outside.example&port=" + QByteArray::number(m_peer->port());
    QCOMPARE(tell("file", query), u"hello"_s);
    const auto trial = m_platform.api(
        {"POST", "/v1/functions/file/actions/invoke", R"({"version":1,"path":"/?do=)" + query + R"("})"});
    QVERIFY2(json(trial)[u"body"].toString().contains(u"hello"_s), trial.body.constData());
}

void EgressTest::obeysItsOperator()
{
    const auto query = "name&host=10.77.0.2&port=" + QByteArray::number(m_peer->port());
    m_platform.kill();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QVERIFY(waitUntil([&] { return tell("changes", query) == u"EAFNOSUPPORT"_s; }, seconds(20)));
    const auto refused = deploy("refused");
    QVERIFY2(refused.contains(u"/network/egress"_s) && refused.contains(u"nestd runs with --egress open"_s),
             qPrintable(refused));
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY(waitUntil([] { return helpers() == 0; }, seconds(10)));
}

void EgressTest::saysWhatToInstall()
{
    TestPlatform platform;
    prepare(platform, u"mount --bind /dev/null /usr/bin/pasta"_s);
    QVERIFY2(platform.start({u"--egress"_s, u"open"_s}), qPrintable(platform.error()));
    QCOMPARE(platform.deploy(
                 "lacks",
                 {{"function.yaml", "name: lacks\nruntime: python3.13\nhandler: src/handler.py#handler\n"},
                  {"src/handler.py", m_code}},
                 openToAll),
             QString());
    const auto answer = platform.gateway({.path = "/fn/lacks/"});
    QVERIFY(answer.status >= 500);
    QVERIFY(waitUntil(
        [&] { return platform.get("/v1/logs?function=lacks").body.contains("Install the package passt."); },
        seconds(10)));
}

QTEST_GUILESS_MAIN(EgressTest)
#include "tst_egress.moc"
