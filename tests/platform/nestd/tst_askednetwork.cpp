// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Functions whose function.yaml asks for a network: a first deployment and trials have it, unless the
// operator of nestd refuses it. On a real nestd of an ordinary user, with peers on this machine.
#include "tests/platform/nestd/tcppeer.h"
#include "tests/support/testplatform.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using nest::tests::TcpPeer;
using std::chrono::seconds;

namespace {

const QByteArray group = "/deployments/default/main/local";
const QByteArray unsaid = R"({"scaling":{"maximum":1}})";

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QByteArray asksFor(const QByteArray &name, int port, const QByteArray &host = "127.0.0.1")
{
    return "network:\n  grants:\n    - {name: " + name + ", host: " + host +
           ", port: " + QByteArray::number(port) + "}\n";
}

} // namespace

class AskedNetworkTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aFirstDeploymentTakesIt();
    void withoutItNothingIsReached();
    void whatADeploymentNamesWinsAsAWhole();
    void aLaterVersionChangesNoDeployment();
    void theSettingsWinOverTheFilesEnvironment();
    void aTrialHasIt();
    void aTrialTakesNoSlotOfAPool();
    void aWrongOneIsAProblemOfTheBuild();
    void obeysItsOperator();

private:
    [[nodiscard]] QString deploy(const QByteArray &name, const QByteArray &network,
                                 const QByteArray &deployment = unsaid);
    [[nodiscard]] QJsonObject tell(const QByteArray &name, const QByteArray &query);
    [[nodiscard]] HttpAnswer tried(const QByteArray &name, const QByteArray &query,
                                   const QByteArray &what = R"("version":1)") const;
    [[nodiscard]] QJsonObject tryOut(const QByteArray &name, const QByteArray &query) const;

    TestPlatform m_platform;
    QByteArray m_code;
};

void AskedNetworkTest::initTestCase()
{
    QTest::failOnWarning();
    QFile code(QStringLiteral(NEST_NETWORK_FUNCTION));
    QVERIFY(code.open(QIODevice::ReadOnly));
    m_code = code.readAll();
    m_platform.runAsOrdinaryUser();
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"1"_s}), qPrintable(m_platform.error()));
}

QString AskedNetworkTest::deploy(const QByteArray &name, const QByteArray &network,
                                 const QByteArray &deployment)
{
    return m_platform.deploy(name,
                             {{"function.yaml", "name: " + name +
                                                    "\nruntime: node20\nhandler: src/handler.mjs#handler\n"
                                                    "timeout: 20\n" +
                                                    network},
                              {"src/handler.mjs", m_code}},
                             deployment);
}

QJsonObject AskedNetworkTest::tell(const QByteArray &name, const QByteArray &query)
{
    const auto answer = m_platform.gateway({.path = "/fn/" + name + "/?do=" + query});
    return answer.status == 200
               ? json(answer)
               : QJsonObject{{u"status"_s, answer.status}, {u"body"_s, QString::fromUtf8(answer.body)}};
}

HttpAnswer AskedNetworkTest::tried(const QByteArray &name, const QByteArray &query,
                                   const QByteArray &what) const
{
    return m_platform.api({"POST", "/v1/functions/" + name + "/actions/invoke",
                           "{" + what + R"(,"path":"/?do=)" + query + R"("})"});
}

QJsonObject AskedNetworkTest::tryOut(const QByteArray &name, const QByteArray &query) const
{
    const auto answer = tried(name, query);
    return answer.status == 200 ? QJsonDocument::fromJson(json(answer)[u"body"].toString().toUtf8()).object()
                                : json(answer);
}

void AskedNetworkTest::aFirstDeploymentTakesIt()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("asks", asksFor("peer", peer.port())), QString());
    QCOMPARE(tell("asks", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    QCOMPARE(peer.accepted(), 1);
    for (const auto &place : {QByteArray("/versions/1"), group}) {
        const auto shown = json(m_platform.get("/v1/functions/asks" + place))[u"network"];
        QCOMPARE(shown[u"grants"][0][u"port"].toInt(), peer.port());
        QCOMPARE(shown[u"egress"].toString(), u"granted"_s);
    }
}

void AskedNetworkTest::withoutItNothingIsReached()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("silent", {}), QString());
    const auto reach = "reach&host=127.0.0.1&port=" + QByteArray::number(peer.port());
    QCOMPARE(tell("silent", reach)[u"error"].toString(), u"EAFNOSUPPORT"_s);
    QCOMPARE(tryOut("silent", reach)[u"error"].toString(), u"EAFNOSUPPORT"_s);
    QCOMPARE(peer.accepted(), 0);
    QVERIFY(!json(m_platform.get("/v1/functions/silent/versions/1")).contains(u"network"));
    QVERIFY(!json(m_platform.get("/v1/functions/silent" + group)).contains(u"network"));
}

void AskedNetworkTest::whatADeploymentNamesWinsAsAWhole()
{
    const TcpPeer ofFile(TcpPeer::echo);
    const TcpPeer ofDeployment(TcpPeer::echo);
    const auto port = QByteArray::number(ofDeployment.port());
    QCOMPARE(deploy("other", asksFor("peer", ofFile.port()),
                    R"({"network":{"grants":[{"name":"other","host":"127.0.0.1","port":)" + port + "}]}}"),
             QString());
    QCOMPARE(tell("other", "talk&text=hello&name=OTHER"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    QVERIFY(!tell("other", "settings")[u"result"].toObject().contains(u"PEER_HOST"));
    QCOMPARE(deploy("nothing", asksFor("peer", ofFile.port()), R"({"network":{}})"), QString());
    QCOMPARE(tell("nothing", "reach&host=127.0.0.1&port=" + port)[u"error"].toString(), u"EAFNOSUPPORT"_s);
    QCOMPARE(ofFile.accepted(), 0);
}

void AskedNetworkTest::aLaterVersionChangesNoDeployment()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("later", asksFor("peer", peer.port())), QString());
    auto deployment = json(m_platform.get("/v1/functions/later" + group));
    deployment.remove(u"status");
    QCOMPARE(deploy("later", {}, QJsonDocument(deployment).toJson(QJsonDocument::Compact)), QString());
    QCOMPARE(json(m_platform.get("/v1/functions/later" + group))[u"weights"][0][u"version"].toInt(), 2);
    QCOMPARE(tell("later", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    // One that names none asks for none, as all that is written anew does.
    deployment.remove(u"network");
    QCOMPARE(m_platform
                 .api({"PUT",
                       "/v1/functions/later" + group,
                       QJsonDocument(deployment).toJson(QJsonDocument::Compact),
                       {{"If-Match", "*"}}})
                 .status,
             200);
    const auto reach = "reach&host=127.0.0.1&port=" + QByteArray::number(peer.port());
    QVERIFY(waitUntil([&] { return tell("later", reach)[u"error"].toString() == u"EAFNOSUPPORT"_s; },
                      seconds(20)));
}

void AskedNetworkTest::theSettingsWinOverTheFilesEnvironment()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("wins", "environment:\n  PEER_HOST: nowhere\n" + asksFor("peer", peer.port())),
             QString());
    QCOMPARE(tell("wins", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    const auto set = deploy("sets", asksFor("peer", peer.port()), R"({"environment":{"PEER_PORT":"1"}})");
    QVERIFY2(set.contains(u"/network/grants/0/name"_s) && set.contains(u"function.yaml asks for it"_s),
             qPrintable(set));
}

void AskedNetworkTest::aTrialHasIt()
{
    const TcpPeer peer(TcpPeer::echo);
    QCOMPARE(deploy("trial", asksFor("peer", peer.port()), R"({"network":{}})"), QString());
    QCOMPARE(tryOut("trial", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    const auto build = tried("trial", "talk&text=again", R"("build":1)");
    QVERIFY2(json(build)[u"body"].toString().contains(u"again"_s), build.body.constData());
    QCOMPARE(peer.accepted(), 2);
    const auto id = json(build)[u"instance"].toString();
    const auto instance = json(m_platform.get("/v1/instances/" + id.toUtf8()));
    QCOMPARE(instance[u"network"][u"grants"][0][u"port"].toInt(), peer.port());
    const auto reach = "reach&host=127.0.0.1&port=" + QByteArray::number(peer.port() + 1);
    QCOMPARE(tryOut("trial", reach)[u"error"].toString(), u"ECONNREFUSED"_s); // nothing else
}

void AskedNetworkTest::aTrialTakesNoSlotOfAPool()
{
    const TcpPeer peer(TcpPeer::echo);
    const auto idle = [&] {
        for (const auto &pool : json(m_platform.get("/v1/pools"))[u"items"].toArray()) {
            if (pool[u"runtime"].toString() == u"node20"_s && pool[u"memoryMegabytes"].toInt() == 256) {
                return pool[u"status"][u"idle"].toInt();
            }
        }
        return 0;
    };
    QCOMPARE(deploy("keeps-pool", {}), QString());
    QVERIFY(waitUntil([&] { return idle() == 1; }, seconds(20)));
    QCOMPARE(deploy("no-slot", asksFor("peer", peer.port())), QString());
    QCOMPARE(tryOut("no-slot", "talk&text=hello"), (QJsonObject{{u"result"_s, u"hello"_s}}));
    QCOMPARE(idle(), 1);
}

void AskedNetworkTest::aWrongOneIsAProblemOfTheBuild()
{
    const auto said = deploy("wrong", "network:\n  grants:\n    - {name: db, host: 10.0.0, port: 5432}\n");
    QVERIFY2(said.contains(uR"("line":7,"column":24)"_s) &&
                 said.contains(u"grants/0/host must be an IP address or a name"_s),
             qPrintable(said));
}

void AskedNetworkTest::obeysItsOperator()
{
    const TcpPeer peer(TcpPeer::echo);
    m_platform.kill();
    QVERIFY2(m_platform.start({u"--grants"_s, u"10.0.0.*:5432"_s}), qPrintable(m_platform.error()));
    const auto refused = deploy("refused", asksFor("peer", peer.port()));
    QVERIFY2(refused.contains(u"/network/grants/0"_s) &&
                 refused.contains(u"is refused by this platform's operator: allowed is 10.0.0.*:5432; "
                                  "function.yaml asks for it"_s),
             qPrintable(refused));
    QCOMPARE(m_platform.get("/v1/functions/refused" + group).status, 404);
    const auto trial = tried("refused", "talk&text=hello");
    QCOMPARE(trial.status, 409);
    QCOMPARE(json(trial)[u"type"].toString(), u"/problems/control/network-refused"_s);
    QCOMPARE(
        json(trial)[u"detail"].toString(),
        u"v1 cannot be tried: its function.yaml asks for a network, of which the grant 'peer' (127.0.0.1 "
        "port %1) is refused by this platform's operator: allowed is 10.0.0.*:5432. Change `network` "
        "there, or ask the operator."_s.arg(peer.port()));
    QCOMPARE(json(trial)[u"errors"][0][u"pointer"].toString(), u"/version"_s);

    const auto open = deploy("opened", "network: {egress: open}\n");
    QVERIFY2(open.contains(u"/network/egress"_s) && open.contains(u"nestd runs with --egress open"_s) &&
                 open.contains(u"function.yaml asks for it"_s),
             qPrintable(open));
    const auto openTrial = tried("opened", "settings", R"("build":1)");
    QCOMPARE(openTrial.status, 409);
    QVERIFY2(json(openTrial)[u"detail"].toString().contains(u"of which egress is refused"_s),
             openTrial.body.constData());
    // A deployment may ask for less than the file does.
    QCOMPARE(deploy("refused", {}, R"({"network":{}})"), QString());
    QCOMPARE(peer.accepted(), 0);
}

QTEST_GUILESS_MAIN(AskedNetworkTest)
#include "tst_askednetwork.moc"
