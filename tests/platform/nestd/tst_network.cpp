// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Functions that were granted addresses: they reach these and nothing else, on a real nestd of an ordinary
// user, with peers on this machine.
#include "tests/platform/nestd/peerprogram.h"
#include "tests/platform/nestd/tcppeer.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkInterface>
#include <QTest>

#include <poll.h>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using nest::tests::PeerProgram;
using nest::tests::TcpPeer;
using std::chrono::seconds;

namespace {

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QByteArray grant(const QByteArray &name, int port, const QByteArray &host = "127.0.0.1")
{
    return R"({"name":")" + name + R"(","host":")" + host + R"(","port":)" + QByteArray::number(port) + '}';
}

QByteArray withGrants(const QByteArray &grants, const QByteArray &more = {})
{
    return R"({"scaling":{"maximum":1},"network":{"grants":[)" + grants + "]}" + more + '}';
}

void sendMuch(int socket)
{
    std::vector<char> some(1024 * 1024, 'x');
    while (::recv(socket, some.data(), some.size(), 0) > 0) { // unread bytes would make a reset of the end
    }
    for (int i = 0; i < 50 && TcpPeer::sendAll(socket, some.data(), some.size()); ++i) {
    }
}

} // namespace

class NetworkTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void talksToWhatItWasGranted();
    void talksInEachLanguage_data();
    void talksInEachLanguage();
    void tellsItsSettings();
    void reachesNothingElse();
    void hasTcpAlone_data();
    void hasTcpAlone();
    void passesOnMuchAndEnds();
    void hasManyConnections();
    void closedConnectionsToASilentPeerHoldNoPlace_data();
    void closedConnectionsToASilentPeerHoldNoPlace();
    void saysWhatCannotBeReached();
    void seesAPeerThatHangsUp();
    void keepsAConnectionOverARestart();
    void endsItsConnectionsWithTheInstance();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void asksPostgresql();
    void asksRedis();
    void obeysItsOperator();

private:
    [[nodiscard]] QString deploy(const QByteArray &name, const QByteArray &deployment);
    [[nodiscard]] QJsonObject tell(const QByteArray &name, const QByteArray &query);
    [[nodiscard]] QByteArray logOf(const QByteArray &name);

    TestPlatform m_platform;
    QByteArray m_code;
};

void NetworkTest::initTestCase()
{
    QTest::failOnWarning();
    QFile code(QStringLiteral(NEST_NETWORK_FUNCTION));
    QVERIFY(code.open(QIODevice::ReadOnly));
    m_code = code.readAll();
    m_platform.runAsOrdinaryUser();
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"1"_s}), qPrintable(m_platform.error()));
}

QString NetworkTest::deploy(const QByteArray &name, const QByteArray &deployment)
{
    return m_platform.deploy(name,
                             {{"function.yaml", "name: " + name +
                                                    "\nruntime: node20\nhandler: "
                                                    "src/handler.mjs#handler\ntimeout: 20\n"},
                              {"src/handler.mjs", m_code}},
                             deployment);
}

QJsonObject NetworkTest::tell(const QByteArray &name, const QByteArray &query)
{
    const auto answer = m_platform.gateway({.path = "/fn/" + name + "/?do=" + query});
    return answer.status == 200
               ? json(answer)
               : QJsonObject{{u"status"_s, answer.status}, {u"body"_s, QString::fromUtf8(answer.body)}};
}

QByteArray NetworkTest::logOf(const QByteArray &name)
{
    return m_platform.get("/v1/logs?function=" + name).body;
}

void NetworkTest::talksToWhatItWasGranted()
{
    const TcpPeer peer(TcpPeer::echo);
    QVERIFY(peer.isOpen());
    QCOMPARE(deploy("talks", withGrants(grant("peer", peer.port()))), QString());
    QCOMPARE(tell("talks", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    QCOMPARE(peer.accepted(), 1);
}

void NetworkTest::talksInEachLanguage_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("python") << QByteArray("python3.13") << QByteArray("src/handler.py")
                            << QByteArray(
                                   "import os, socket\n"
                                   "def handler(event, context):\n"
                                   "    where = os.environ['PEER_HOST'], int(os.environ['PEER_PORT'])\n"
                                   "    with socket.create_connection(where) as peer:\n"
                                   "        peer.sendall(b'hello')\n"
                                   "        peer.shutdown(socket.SHUT_WR)\n"
                                   "        return {'result': peer.makefile().read()}\n");
    QTest::newRow("java")
        << QByteArray("java21") << QByteArray("src/Handler.java")
        << QByteArray(
               "import nest.functions.*;\n"
               "import java.net.Socket;\n"
               "import java.util.Map;\n"
               "public class Handler {\n"
               "    public Object handler(Event event, Context context) throws Exception {\n"
               "        var settings = context.environment();\n"
               "        try (var peer = new Socket(settings.get(\"PEER_HOST\"),\n"
               "                Integer.parseInt(settings.get(\"PEER_PORT\")))) {\n"
               "            peer.getOutputStream().write(\"hello\".getBytes());\n"
               "            peer.shutdownOutput();\n"
               "            return Map.of(\"result\", new String(peer.getInputStream().readAllBytes()));\n"
               "        }\n    }\n}\n");
}

void NetworkTest::talksInEachLanguage()
{
    QFETCH(QByteArray, runtime);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, code);
    const TcpPeer peer(TcpPeer::echo);
    const QByteArray name = QByteArray("talks-") + QTest::currentDataTag();
    QCOMPARE(m_platform.deploy(name,
                               {{"function.yaml", "name: " + name + "\nruntime: " + runtime +
                                                      "\nhandler: " + file + "#handler\n"},
                                {file, code}},
                               withGrants(grant("peer", peer.port()))),
             QString());
    QCOMPARE(tell(name, ""), (QJsonObject{{u"result"_s, u"hello"_s}}));
    QCOMPARE(peer.accepted(), 1);
}

void NetworkTest::tellsItsSettings()
{
    const TcpPeer one(TcpPeer::echo);
    const auto answersOther =
        [](int socket) { // once it has read: what lies unread at an end resets the connection
            char read[16];
            if (::recv(socket, read, sizeof read, 0) > 0) {
                TcpPeer::sendAll(socket, "other", 5);
            }
        };
    const TcpPeer other(answersOther, "127.0.0.5", one.port());
    QVERIFY(one.isOpen() && other.isOpen());
    QCOMPARE(deploy("settings", withGrants(grant("orders-db", one.port()) + ',' +
                                           grant("cache", other.port(), "127.0.0.5"))),
             QString());
    const auto port = QString::number(one.port());
    QCOMPARE(tell("settings", "settings"),
             (QJsonObject{{u"result"_s, QJsonObject{{u"ORDERS_DB_HOST"_s, u"127.0.0.1"_s},
                                                    {u"ORDERS_DB_PORT"_s, port},
                                                    {u"CACHE_HOST"_s, u"127.0.0.2"_s},
                                                    {u"CACHE_PORT"_s, port}}}}));
    QCOMPARE(tell("settings", "talk&text=hello&name=ORDERS_DB"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    QCOMPARE(tell("settings", "talk&text=hello&name=CACHE"), (QJsonObject{{u"result"_s, u"other"_s}}));
}

void NetworkTest::reachesNothingElse()
{
    const TcpPeer mine(TcpPeer::echo);
    const TcpPeer others(TcpPeer::echo);
    const TcpPeer everywhere(TcpPeer::echo, "0.0.0.0");
    QVERIFY(mine.isOpen() && others.isOpen() && everywhere.isOpen());
    QCOMPARE(deploy("mine", withGrants(grant("peer", mine.port()))), QString());
    QCOMPARE(deploy("others", withGrants(grant("peer", others.port()))), QString());
    QCOMPARE(deploy("none", R"({"scaling":{"maximum":1}})"), QString());
    QCOMPARE(tell("others", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    const auto reach = [&](const QByteArray &name, const QByteArray &host, int port) {
        return tell(name, "reach&host=" + host + "&port=" + QByteArray::number(port))[u"error"].toString();
    };
    QCOMPARE(reach("mine", "127.0.0.1", others.port()), u"ECONNREFUSED"_s);
    QCOMPARE(reach("mine", "127.0.0.1", everywhere.port()), u"ECONNREFUSED"_s);
    QCOMPARE(reach("mine", "::1", mine.port()), u"ECONNREFUSED"_s);
    QCOMPARE(reach("mine", "192.0.2.1", everywhere.port()), u"ENETUNREACH"_s);
    QCOMPARE(reach("none", "127.0.0.1", mine.port()), u"EAFNOSUPPORT"_s);
    for (const auto &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback() && address.protocol() == QAbstractSocket::IPv4Protocol) {
            QCOMPARE(reach("mine", address.toString().toUtf8(), everywhere.port()), u"ENETUNREACH"_s);
        }
    }
    QCOMPARE(mine.accepted() + everywhere.accepted(), 0);
    QCOMPARE(others.accepted(), 1);
}

void NetworkTest::hasTcpAlone_data()
{
    QTest::addColumn<QByteArray>("socket");
    QTest::newRow("UDP") << QByteArray("family=2&type=2");
    QTest::newRow("UDP over IPv6") << QByteArray("family=10&type=2");
    QTest::newRow("raw") << QByteArray("family=2&type=3&protocol=1");
    QTest::newRow("SCTP") << QByteArray("family=2&type=1&protocol=132");
    QTest::newRow("MPTCP") << QByteArray("family=2&type=1&protocol=262");
    QTest::newRow("netlink") << QByteArray("family=16&type=3");
    QTest::newRow("packet") << QByteArray("family=17&type=3");
    QTest::newRow("vsock") << QByteArray("family=40&type=1");
}

void NetworkTest::hasTcpAlone()
{
    QFETCH(QByteArray, socket);
    if (m_platform.get("/v1/functions/tcp").status != 200) {
        QCOMPARE(deploy("tcp", withGrants(grant("peer", 9))), QString());
    }
    QCOMPARE(tell("tcp", "socket&family=2&type=1")[u"result"].toString(), u"made\n"_s);
    const auto said = tell("tcp", "socket&" + socket)[u"error"].toString();
    QVERIFY2(said.contains(u"Address family not supported"_s), qPrintable(said));
}

void NetworkTest::passesOnMuchAndEnds()
{
    const TcpPeer much(sendMuch);
    const TcpPeer echo(TcpPeer::echo);
    QCOMPARE(deploy("much", withGrants(grant("peer", much.port()))), QString());
    QCOMPARE(deploy("echoed", withGrants(grant("peer", echo.port()))), QString());
    QCOMPARE(tell("much", "size")[u"result"].toInt(), 50 * 1024 * 1024);
    // Both ways at once, more than lies in any buffer; the function ends its own direction first.
    QCOMPARE(tell("echoed", "checksum&bytes=20000000"), (QJsonObject{{u"result"_s, true}}));
}

void NetworkTest::hasManyConnections()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("many", withGrants(grant("peer", peer.port()))), QString());
    QCOMPARE(tell("many", "many&count=100"), (QJsonObject{{u"result"_s, 100}}));
    // One too many is ended, with a line in the log; the others work, once those before have left their
    // places.
    QVERIFY(waitUntil([&] { return tell("many", "many&count=201") == QJsonObject{{u"result"_s, 200}}; },
                      seconds(10)));
    QVERIFY(waitUntil([&] { return logOf("many").contains("200 connections open"); }, seconds(10)));
}

void NetworkTest::closedConnectionsToASilentPeerHoldNoPlace_data()
{
    QTest::addColumn<QByteArray>("deed");
    QTest::addColumn<int>("limit");
    QTest::newRow("reset") << QByteArray("leave&how=resetAndDestroy") << 10;
    QTest::newRow("ended-then-reset") << QByteArray("endAndReset") << 10;
    QTest::newRow("closed") << QByteArray("leave&how=destroy") << 60;
}

void NetworkTest::closedConnectionsToASilentPeerHoldNoPlace()
{
    QFETCH(const QByteArray, deed);
    QFETCH(const int, limit);
    const TcpPeer silent([](int socket) { // until it is reset or the test ends
        pollfd wait{socket, 0, 0};
        ::poll(&wait, 1, -1);
    });
    const TcpPeer echo(TcpPeer::echo);
    const auto name = QByteArray("leaves-") + QTest::currentDataTag();
    QCOMPARE(deploy(name, withGrants(grant("peer", silent.port()) + ',' + grant("echo", echo.port()))),
             QString());
    const auto taken = tell(name, deed + "&count=200"); // as many as there are places
    QVERIFY2(taken[u"result"].toVariant().toInt() == 200, QJsonDocument(taken).toJson().constData());
    QVERIFY(waitUntil(
        [&] { return tell(name, "talk&text=hello&name=ECHO") == QJsonObject{{u"result"_s, u"hello"_s}}; },
        seconds(limit)));
    QVERIFY(waitUntil([&] { return silent.ended() == silent.accepted(); }, seconds(limit)));
}

void NetworkTest::saysWhatCannotBeReached()
{
    int port = 0;
    {
        const TcpPeer gone(TcpPeer::echo);
        port = gone.port();
    }
    QCOMPARE(deploy("gone",
                    withGrants(grant("peer", port) + ',' + grant("no-name", 5432, "no-such-name.invalid"))),
             QString());
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(tell("gone", "talk&text=hello"), (QJsonObject{{u"error"_s, u"ECONNRESET"_s}}));
    }
    QCOMPARE(tell("gone", "talk&text=hello&name=NO_NAME"), (QJsonObject{{u"error"_s, u"ECONNRESET"_s}}));
    const auto sentence = "The grant 'peer' leads nowhere: 127.0.0.1 port " + QByteArray::number(port) +
                          ": Connection refused.";
    QVERIFY(waitUntil([&] { return logOf("gone").contains(sentence); }, seconds(10)));
    QVERIFY(
        waitUntil([&] { return logOf("gone").contains("The grant 'no-name' leads nowhere: no-such-name"); },
                  seconds(10)));
    QCOMPARE(logOf("gone").count(sentence), 1);
}

void NetworkTest::seesAPeerThatHangsUp()
{
    const TcpPeer quiet([](int) {}); // it closes at once
    const TcpPeer rude([](int socket) {
        const linger atOnce{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    });
    QCOMPARE(deploy("quiet", withGrants(grant("peer", quiet.port()))), QString());
    QCOMPARE(deploy("rude", withGrants(grant("peer", rude.port()))), QString());
    QCOMPARE(tell("quiet", "keep")[u"error"].isString(), true);
    QCOMPARE(tell("rude", "talk&text=hello"), (QJsonObject{{u"error"_s, u"ECONNRESET"_s}}));
}

void NetworkTest::keepsAConnectionOverARestart()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("keeps", withGrants(grant("peer", peer.port()))), QString());
    QCOMPARE(tell("keeps", "keep"), (QJsonObject{{u"result"_s, u"first"_s}}));
    m_platform.kill();
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"1"_s}), qPrintable(m_platform.error()));
    QCOMPARE(tell("keeps", "use"), (QJsonObject{{u"result"_s, u"again"_s}}));
    QCOMPARE(peer.accepted(), 1);
    const auto instances = json(m_platform.get("/v1/instances?function=keeps"))[u"items"].toArray();
    QVERIFY(!instances.isEmpty());
    QCOMPARE(instances[0][u"network"][u"grants"][0][u"port"].toInt(), peer.port());
}

void NetworkTest::endsItsConnectionsWithTheInstance()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("ends", withGrants(grant("peer", peer.port()))), QString());
    QCOMPARE(tell("ends", "keep"), (QJsonObject{{u"result"_s, u"first"_s}}));
    QCOMPARE(peer.ended(), 0);
    QCOMPARE(
        m_platform
            .api({"DELETE", "/v1/functions/ends/deployments/default/main/local", {}, {{"If-Match", "*"}}})
            .status,
        204);
    QVERIFY(waitUntil([&] { return peer.ended() == 1; }, seconds(30)));
}

void NetworkTest::refusesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("deployment");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const QByteArray &deployment, const QString &pointer) {
        QTest::newRow(name) << deployment << pointer;
    };
    row("upper case", withGrants(grant("Orders", 1)), u"/network/grants/0/name"_s);
    row("no name", withGrants(grant("", 1)), u"/network/grants/0/name"_s);
    row("of the platform", withGrants(grant("nest-db", 1)), u"/network/grants/0/name"_s);
    row("twice", withGrants(grant("a", 1) + ',' + grant("a", 2)), u"/network/grants/1/name"_s);
    row("no host", withGrants(grant("a", 1, "")), u"/network/grants/0/host"_s);
    row("host with a port", withGrants(grant("a", 1, "db:5432")), u"/network/grants/0/host"_s);
    row("half an address", withGrants(grant("a", 1, "10.0.0")), u"/network/grants/0/host"_s);
    row("address before a zero byte", withGrants(grant("a", 1, "169.254.169.254\\u0000.db.example.com")),
        u"/network/grants/0/host"_s);
    row("name before a zero byte", withGrants(grant("a", 1, "localhost\\u0000.example.com")),
        u"/network/grants/0/host"_s);
    row("address in one number", withGrants(grant("a", 1, "0x7f000001")), u"/network/grants/0/host"_s);
    row("option", withGrants(grant("a", 1, "-x")), u"/network/grants/0/host"_s);
    row("port 0", withGrants(grant("a", 0)), u"/network/grants/0/port"_s);
    row("port 65536", withGrants(grant("a", 65'536)), u"/network/grants/0/port"_s);
    row("own setting", withGrants(grant("orders-db", 1), R"(,"environment":{"ORDERS_DB_PORT":"1"})"),
        u"/network/grants/0/name"_s);
    QByteArray many = grant("g0", 1);
    for (int i = 1; i <= 20; ++i) {
        many += ',' + grant("g" + QByteArray::number(i), 1);
    }
    row("21", withGrants(many), u"/network/grants"_s);
}

void NetworkTest::refusesWhatIsWrong()
{
    QFETCH(QByteArray, deployment);
    QFETCH(QString, pointer);
    if (m_platform.get("/v1/functions/wrong").status != 200) {
        QCOMPARE(deploy("wrong", R"({"scaling":{"maximum":1}})"), QString());
    }
    auto document = QJsonDocument::fromJson(deployment).object();
    document[u"weights"] = QJsonArray{QJsonObject{{u"version"_s, 1}, {u"weight"_s, 100}}};
    const auto answer = m_platform.api({"PUT",
                                        "/v1/functions/wrong/deployments/default/main/local",
                                        QJsonDocument(document).toJson(),
                                        {{"If-Match", "*"}}});
    QVERIFY2(answer.status == 422 || answer.status == 400, answer.body.constData());
    QCOMPARE(json(answer)[u"errors"][0][u"pointer"].toString(), pointer);
}

void NetworkTest::asksPostgresql()
{
    const QDir versions(u"/usr/lib/postgresql"_s);
    const auto names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    if (names.isEmpty()) {
        QSKIP("PostgreSQL is not installed here; a root made by ./dev has it");
    }
    const auto programs = versions.filePath(names.last()) + u"/bin/"_s;
    PeerProgram server;
    const auto data = server.folder() + u"/data"_s;
    QFile password(server.folder() + u"/password"_s);
    QVERIFY(password.open(QIODevice::WriteOnly));
    password.write("se cret\n");
    password.close();
    QCOMPARE(
        server.run({programs + u"initdb"_s, u"-D"_s, data, u"-U"_s, u"orders"_s, u"--auth=scram-sha-256"_s,
                    u"--pwfile"_s, password.fileName(), u"--no-sync"_s, u"-E"_s, u"UTF8"_s, u"--locale=C"_s}),
        QString());
    QVERIFY(server.start({programs + u"postgres"_s, u"-D"_s, data, u"-h"_s, u"127.0.0.1"_s, u"-p"_s,
                          QString::number(server.port()), u"-k"_s, server.folder(), u"-F"_s}));
    QCOMPARE(deploy("database", withGrants(grant("peer", server.port()))), QString());
    QCOMPARE(
        tell("database", "sql&password=se%20cret&text=select%20version()")[u"result"].toString().left(11),
        u"PostgreSQL "_s);
    QCOMPARE(tell("database", "sql&password=se%20cret&text=create%20table%20t%20(n%20int)"),
             (QJsonObject{{u"result"_s, u""_s}}));
    QCOMPARE(
        tell("database", "sql&password=se%20cret&text=insert%20into%20t%20values%20(42)%20returning%20n"),
        (QJsonObject{{u"result"_s, u"42"_s}}));
    // An answer of 20 MB, whole.
    QCOMPARE(tell("database", "sql&password=se%20cret&text=select%20repeat('x',20000000)&size=1"),
             (QJsonObject{{u"result"_s, 20'000'000}}));
    const auto wrong = tell("database", "sql&password=wrong&text=select%201")[u"error"].toString();
    QVERIFY2(wrong.contains(u"password authentication failed"_s), qPrintable(wrong));
}

void NetworkTest::asksRedis()
{
    const auto program = u"/usr/bin/redis-server"_s;
    if (!QFile::exists(program)) {
        QSKIP("Redis is not installed here; a root made by ./dev has it");
    }
    PeerProgram server;
    QVERIFY(server.start({program, u"--port"_s, QString::number(server.port()), u"--bind"_s, u"127.0.0.1"_s,
                          u"--save"_s, QString(), u"--dir"_s, server.folder()}));
    QCOMPARE(deploy("cache", withGrants(grant("peer", server.port()))), QString());
    QCOMPARE(tell("cache", "redis&text=SET%20order%207"), (QJsonObject{{u"result"_s, u"OK"_s}}));
    QCOMPARE(tell("cache", "redis&text=GET%20order"), (QJsonObject{{u"result"_s, u"7"_s}}));
    QCOMPARE(tell("cache", "redis&text=INCR%20order"), (QJsonObject{{u"result"_s, u"8"_s}}));
}

void NetworkTest::obeysItsOperator()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("obeys", withGrants(grant("peer", peer.port()))), QString());
    QCOMPARE(tell("obeys", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    m_platform.kill();
    QVERIFY2(m_platform.start({u"--grants"_s, u"10.0.0.*:5432,*.example.com:*"_s}),
             qPrintable(m_platform.error()));
    // What ran is replaced, and its successor is told.
    QVERIFY(waitUntil(
        [&] { return tell("obeys", "talk&text=hello") == QJsonObject{{u"error"_s, u"ECONNRESET"_s}}; },
        seconds(20)));
    QVERIFY(waitUntil([&] { return logOf("obeys").contains("this platform's operator does not allow it"); },
                      seconds(10)));
    const auto refused = deploy("refused", withGrants(grant("peer", peer.port())));
    QVERIFY2(refused.contains(u"is refused by this platform's operator: allowed is 10.0.0.*:5432, "
                              "*.example.com:*"_s),
             qPrintable(refused));
    QCOMPARE(deploy("allowed",
                    withGrants(grant("peer", 5432, "10.0.0.7") + ',' + grant("web", 443, "API.example.com"))),
             QString());
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY2(m_platform.start({u"--grants"_s, u"off"_s}), qPrintable(m_platform.error()));
    const auto off = deploy("refused", withGrants(grant("peer", peer.port())));
    QVERIFY2(off.contains(u"functions have no network here"_s), qPrintable(off));
}

QTEST_GUILESS_MAIN(NetworkTest)
#include "tst_network.moc"
