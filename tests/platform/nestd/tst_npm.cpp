// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Builds with a lock file: the real npm in the real box, against a small registry on loopback that lives in
// this test; and a real nestd that then runs what came of it.

#include "tests/support/drafts.h"
#include "tests/support/testplatform.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::seconds;

namespace {

/// Serves the one package `tiny`, or takes requests and never answers.
class Registry final : public QObject
{
    Q_OBJECT

public:
    bool listen()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (auto *socket = m_server.nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        return m_server.listen(QHostAddress::LocalHost);
    }
    void close() { m_server.close(); }
    [[nodiscard]] QString url() const { return u"http://127.0.0.1:%1/"_s.arg(m_server.serverPort()); }

    QByteArray tarball;
    QByteArray packument;
    bool isHanging = false;
    int requests = 0;

private:
    void answer(QTcpSocket &socket)
    {
        const auto request = socket.readAll();
        ++requests;
        if (isHanging) {
            return;
        }
        const bool isTarball = request.startsWith("GET /tiny/-/tiny-1.0.0.tgz ");
        const bool isPackument = request.startsWith("GET /tiny ");
        const auto body = isTarball ? tarball : isPackument ? packument : QByteArray("{}");
        socket.write(QByteArray(isTarball || isPackument ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found") +
                     "\r\ncontent-type: " + (isTarball ? "application/octet-stream" : "application/json") +
                     "\r\nconnection: close\r\ncontent-length: " + QByteArray::number(body.size()) +
                     "\r\n\r\n" + body);
        socket.disconnectFromHost();
    }

    QTcpServer m_server;
};

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class NpmTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bringsThePackageIntoTheFunction();
    void usesWhatItKeptWithoutARegistry();
    void tellsBrokenIntegrityAndIsCancelledAtOnce();
    void wantsALockFile();

private:
    QByteArray lockFile(const QByteArray &integrity) const;
    QString put(const QByteArray &function, const QMap<QByteArray, QByteArray> &files);
    int startBuild(const QByteArray &function);
    QJsonObject finished(const QByteArray &function, int number);
    QMap<QByteArray, QByteArray> files(const QByteArray &function, const QByteArray &integrity) const;

    Registry m_registry;
    QByteArray m_integrity;
    TestPlatform m_platform;
};

void NpmTest::initTestCase()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"package"_s));
    const auto write = [&](const QString &name, const QByteArray &content) {
        QFile file(folder.filePath(u"package/"_s + name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    };
    const QByteArray package = R"json({"name":"tiny","version":"1.0.0","main":"index.js","bin":"index.js",
        "scripts":{"install":"touch ran"}})json";
    const QByteArray script = "#!/usr/bin/env node\nexports.word = 'forty-two';\n"
                              "exports.hasRun = require('fs').existsSync(__dirname + '/ran');\n";
    QVERIFY(write(u"package.json"_s, package));
    QVERIFY(write(u"index.js"_s, script));
    QProcess tar;
    tar.setWorkingDirectory(folder.path());
    tar.start(u"tar"_s, {u"czf"_s, u"tiny.tgz"_s, u"package"_s});
    QVERIFY(tar.waitForFinished() && tar.exitCode() == 0);
    QFile made(folder.filePath(u"tiny.tgz"_s));
    QVERIFY(made.open(QIODevice::ReadOnly));
    m_registry.tarball = made.readAll();
    m_integrity =
        "sha512-" + QCryptographicHash::hash(m_registry.tarball, QCryptographicHash::Sha512).toBase64();
    QVERIFY(m_registry.listen());
    m_registry.packument =
        R"({"name":"tiny","dist-tags":{"latest":"1.0.0"},"versions":{"1.0.0":{"name":"tiny",
        "version":"1.0.0","dist":{"tarball":")" +
        m_registry.url().toUtf8() + R"(tiny/-/tiny-1.0.0.tgz","integrity":")" + m_integrity + R"("}}}})";
    QVERIFY2(m_platform.start({u"--npm-registry"_s, m_registry.url()}), qPrintable(m_platform.error()));
}

QByteArray NpmTest::lockFile(const QByteArray &integrity) const
{
    return R"({"name":"shop","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{
        "":{"name":"shop","version":"1.0.0","dependencies":{"tiny":"1.0.0"}},
        "node_modules/tiny":{"version":"1.0.0","hasInstallScript":true,"bin":{"tiny":"index.js"},
        "resolved":"https://registry.npmjs.org/tiny/-/tiny-1.0.0.tgz","integrity":")" +
           integrity + R"("}}})";
}

QMap<QByteArray, QByteArray> NpmTest::files(const QByteArray &function, const QByteArray &integrity) const
{
    return {{"function.yaml", "name: " + function + "\nhandler: src/handler.js#handler\n"},
            {"package.json", R"({"name":"shop","version":"1.0.0","dependencies":{"tiny":"1.0.0"}})"},
            {"package-lock.json", lockFile(integrity)},
            {"test/tiny.test.js",
             "import tiny from 'tiny';\nimport test from 'node:test';\n"
             "test('is there', () => { if (tiny.word !== 'forty-two') throw new Error(); });\n"},
            {"src/handler.js", "import tiny from 'tiny';\n"
                               "export const handler = () => ({ word: tiny.word, hasRun: tiny.hasRun });\n"}};
}

QString NpmTest::put(const QByteArray &function, const QMap<QByteArray, QByteArray> &files)
{
    return putDraft(m_platform, function, "node20", files);
}

int NpmTest::startBuild(const QByteArray &function)
{
    return nest::testsupport::startBuild(m_platform, function);
}

QJsonObject NpmTest::finished(const QByteArray &function, int number)
{
    return endedBuild(m_platform, function, number);
}

void NpmTest::bringsThePackageIntoTheFunction()
{
    QCOMPARE(put("shop", files("shop", m_integrity)), QString());
    const auto build = finished("shop", startBuild("shop"));
    QVERIFY2(build[u"state"].toString() == u"succeeded"_s, qPrintable(logOf(build)));
    QVERIFY(m_registry.requests > 0);
    QVERIFY2(logOf(build).contains(u"Packages: npm ci, 1 package from the lock file"_s),
             qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"npm http fetch GET 200"_s), qPrintable(logOf(build)));
    QCOMPARE(build[u"tests"][u"passed"].toInt(), 1);
    const auto answer = json(m_platform.api({"POST", "/v1/functions/shop/actions/invoke", R"({"build":1})"}));
    const auto body = QJsonDocument::fromJson(answer[u"body"].toString().toUtf8()).object();
    QVERIFY2(body[u"word"].toString() == u"forty-two"_s, QJsonDocument(answer).toJson().constData());
    QCOMPARE(body[u"hasRun"].toBool(true), false); // its install script did not
}

void NpmTest::usesWhatItKeptWithoutARegistry()
{
    m_registry.close();
    QCOMPARE(put("shop", {{"README.md", "another draft, the same lock file"}}), QString());
    const auto build = finished("shop", startBuild("shop"));
    QVERIFY2(build[u"state"].toString() == u"succeeded"_s, qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"1 package from the lock file, cached"_s), qPrintable(logOf(build)));
    QVERIFY(!logOf(build).contains(u"npm http"_s));
}

void NpmTest::tellsBrokenIntegrityAndIsCancelledAtOnce()
{
    Registry other; // the first one's port is what nestd knows
    QVERIFY2(m_platform.stop() == 0, qPrintable(m_platform.error()));
    other.tarball = m_registry.tarball;
    other.packument = m_registry.packument;
    QVERIFY(other.listen());
    QVERIFY2(m_platform.start({u"--npm-registry"_s, other.url()}), qPrintable(m_platform.error()));
    const auto wrong = "sha512-" + QCryptographicHash::hash("else", QCryptographicHash::Sha512).toBase64();
    QCOMPARE(put("broken", files("broken", wrong)), QString());
    const auto build = finished("broken", startBuild("broken"));
    QVERIFY2(build[u"state"].toString() == u"failed"_s, qPrintable(logOf(build)));
    QVERIFY2(build[u"reason"].toString().startsWith(u"npm ci failed: EINTEGRITY"_s),
             qPrintable(logOf(build)));
    QVERIFY2(build[u"reason"].toString().contains(u"integrity checksum failed"_s),
             qPrintable(build[u"reason"].toString()));
    QCOMPARE(build[u"problems"][0][u"path"].toString(), u"package-lock.json"_s);

    other.isHanging = true;

    auto draft = files("hanging", m_integrity);
    draft["package-lock.json"].append('\n');
    QCOMPARE(put("hanging", draft), QString());
    const auto number = startBuild("hanging");
    const auto before = other.requests;
    QVERIFY(waitUntil([&] { return other.requests > before; }, seconds(30)));
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(
        m_platform
            .api({"POST", "/v1/functions/hanging/builds/" + QByteArray::number(number) + "/actions/cancel"})
            .status,
        202);
    const auto cancelled = finished("hanging", number);
    QVERIFY2(clock.elapsed() < 2'000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(cancelled[u"state"].toString(), u"cancelled"_s);
    QCOMPARE(cancelled[u"reason"].toString(), u"Cancelled while npm ci fetched the packages."_s);
}

void NpmTest::wantsALockFile()
{
    auto draft = files("lockless", m_integrity);
    draft.remove("package-lock.json");
    QCOMPARE(put("lockless", draft), QString());
    const auto build = finished("lockless", startBuild("lockless"));
    QCOMPARE(build[u"state"].toString(), u"failed"_s);
    QCOMPARE(build[u"problems"][0][u"path"].toString(), u"package.json"_s);
    QVERIFY(build[u"problems"][0][u"message"].toString().contains(u"npm install --package-lock-only"_s));
}

QTEST_GUILESS_MAIN(NpmTest)
#include "tst_npm.moc"
