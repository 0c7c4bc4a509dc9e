// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Functions that reach for what is not theirs, told exactly where it lies: nestd's database, token and
// sockets, another function's code and socket, the keeper, the host's loopback. And packages and drafts that
// lie about where their files belong.
#include "tests/faults/boxes.h"
#include "tests/isolation/reachers.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::faults;
using namespace nest::isolation;
using nest::testsupport::HttpAnswer;
using nest::testsupport::TestPlatform;
using namespace std::chrono_literals;

namespace {

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class ReachingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reachesNothingOfThePlatform_data();
    void reachesNothingOfThePlatform();
    void aDraftStaysInItsFolder_data();
    void aDraftStaysInItsFolder();
    void aPackageThatLiesIsNoPackage();

private:
    TestPlatform m_platform;
};

void ReachingTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("victim", TestPlatform::helloFiles("victim"), R"({"scaling":{"reserved":1}})"),
             QString());
    QCOMPARE(m_platform.gateway({.path = "/fn/victim/"}).status, 200);
    QFile token(m_platform.dataDirectory() + u"/token"_s); // as with a TCP listener
    QVERIFY(token.open(QIODevice::WriteOnly) && token.write("a secret of the platform") > 0);
}

void ReachingTest::reachesNothingOfThePlatform_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("node") << QByteArray("reach-node") << QByteArray("node20") << QByteArray("f.js")
                          << QByteArray(nodeReacher);
    QTest::newRow("python") << QByteArray("reach-python") << QByteArray("python3.13") << QByteArray("f.py")
                            << QByteArray(pythonReacher);
    QTest::newRow("java") << QByteArray("reach-java") << QByteArray("java21") << QByteArray("Reacher.java")
                          << QByteArray(javaReacher);
    // A language of its own gets a row of its own.
}

void ReachingTest::reachesNothingOfThePlatform()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, runtime);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, code);
    QCOMPARE(m_platform.deploy(function,
                               {{"function.yaml", "name: " + function + "\nruntime: " + runtime +
                                                      "\nhandler: " + file + "#handler\n"},
                                {file, code}},
                               "{}"),
             QString());
    QTcpServer host; // a service of this machine
    QVERIFY(host.listen(QHostAddress::LocalHost));
    const auto data = m_platform.dataDirectory();
    const auto run = m_platform.runtimeDirectory();
    QJsonArray files{data,
                     data + u"/nest.db"_s,
                     data + u"/token"_s,
                     data + u"/artefacts"_s,
                     data + u"/unpacked"_s,
                     data + u"/slots"_s,
                     data + u"/logs"_s,
                     run,
                     run + u"/endpoint.json"_s,
                     run + u"/keeper.log"_s};
    const auto keeper = QString::number(keeperOf(run));
    const auto nestd = QString::number(m_platform.processId());
    for (const auto &pid : {keeper, nestd}) {
        for (const auto &name : {u"environ"_s, u"cmdline"_s, u"root"_s, u"fd"_s, u"mem"_s}) {
            files.append(u"/proc/"_s + pid + u'/' + name);
        }
    }
    QJsonArray sockets{run + u"/api.sock"_s, run + u"/keeper.sock"_s, run + u"/door.sock"_s};
    // Of the victim, and of runtimes that wait in a pool: these boot within the next second.
    QVERIFY(nest::testsupport::waitUntil(
        [&] { return QDir(run + u"/i"_s).entryList(QDir::System).size() > 1; }, std::chrono::seconds(20)));
    for (const auto &name : QDir(run + u"/i"_s).entryList(QDir::System)) {
        sockets.append(run + u"/i/"_s + name); // its own among them: it has the descriptor, not the name
    }
    QVERIFY(sockets.size() > 4);
    const QJsonObject wanted{{u"files"_s, files},
                             {u"sockets"_s, sockets},
                             {u"ports"_s, QJsonArray{m_platform.gatewayPort(), host.serverPort(), 22}}};
    const auto answer = m_platform.gateway({.method = "POST",
                                            .path = "/fn/" + function + "/",
                                            .body = QJsonDocument(wanted).toJson(QJsonDocument::Compact),
                                            .headers = {{"Content-Type", "application/json"}}});
    QCOMPARE(answer.status, 200);
    const auto results = object(answer);
    QCOMPARE(results.size(), 2 * files.size() + sockets.size() + 3);
    for (auto one = results.begin(); one != results.end(); ++one) {
        QVERIFY2(one.value() != u"allowed"_s, qPrintable(one.key()));
    }
    QCOMPARE(m_platform.gateway({.path = "/fn/victim/"}).status, 200);
}

void ReachingTest::aDraftStaysInItsFolder_data()
{
    QTest::addColumn<QByteArray>("path"); // as JSON
    QTest::addColumn<QByteArray>("told");
    QTest::newRow("above") << QByteArray("../x.js") << QByteArray("not allowed");
    QTest::newRow("above, later") << QByteArray("src/../../x.js") << QByteArray("not allowed");
    QTest::newRow("absolute") << QByteArray("/etc/cron.d/x") << QByteArray("relative");
    QTest::newRow("Windows") << QByteArray("src\\\\..\\\\x.js") << QByteArray("not with");
    QTest::newRow("hidden name") << QByteArray("src/evil\\u202esj.exe")
                                 << QByteArray("direction of the text");
    QTest::newRow("end of a C string") << QByteArray("src/x\\u0000.js") << QByteArray("control character");
    QTest::newRow("the platform's own") << QByteArray(".nest/x") << QByteArray("reserved");
    QTest::newRow("differs in case") << QByteArray("SRC/Handler.js") << QByteArray("upper and lower case");
    QTest::newRow("differs in composition")
        << QByteArray("src/cafe\\u0301.js") << QByteArray("normal form C");
    QTest::newRow("file and folder") << QByteArray("src/handler.js/x.js")
                                     << QByteArray("a file and a folder");
}

void ReachingTest::aDraftStaysInItsFolder()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, told);
    const QByteArray body = R"({"name":"hostile","files":[
        {"path":"function.yaml","content":"name: hostile\nruntime: node20\nhandler: src/handler.js#handler\n"},
        {"path":"src/handler.js","content":"export const handler = () => 1;"},
        {"path":")" + path + R"(","content":"x"}]})";
    const auto answer = m_platform.api({"POST", "/v1/functions", body});
    QCOMPARE(answer.status, 422);
    QVERIFY2(answer.body.contains(told), answer.body.constData());
    QCOMPARE(m_platform.get("/v1/functions/hostile").status, 404); // nothing of it was made
}

void ReachingTest::aPackageThatLiesIsNoPackage()
{
    // An artefact on disk that somebody has changed: its name is the digest of what it should be.
    const QDir artefacts(m_platform.dataDirectory() + u"/artefacts"_s);
    const auto names = artefacts.entryList(QDir::Files);
    QVERIFY(!names.isEmpty());
    QCOMPARE(m_platform.stop(), 0);
    for (const auto &name : names) {
        QFile file(artefacts.filePath(name));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() / 2) && file.write("changed") == 7);
    }
    QProcess::execute(u"rm"_s, {u"-rf"_s, m_platform.dataDirectory() + u"/unpacked"_s});
    QVERIFY(nest::testsupport::waitUntil(
        [&] { return !QFile::exists(m_platform.runtimeDirectory() + u"/keeper.sock"_s); }, 10s));
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    const auto answer = m_platform.gateway({.path = "/fn/victim/"});
    QCOMPARE(answer.status, 503);
    QVERIFY2(answer.body.contains("artefact") && answer.body.contains("Build the function again"),
             answer.body.constData());
}

QTEST_GUILESS_MAIN(ReachingTest)
#include "tst_isolation_reaching.moc"
