// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Another user of the machine tries what belongs to the platform: data, key, token, sockets, processes of
// nestd, of the keeper and of a function. The folder that holds all of it is open to everybody, so that only
// what nestd itself does keeps them out.
#include "tests/faults/boxes.h"
#include "tests/support/testplatform.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace nest::faults;
using nest::testsupport::TestPlatform;

class SecondUserTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reachesNothing();
    void readsNothingInArguments();

private:
    [[nodiscard]] std::vector<pid_t> processes() const;

    TestPlatform m_platform;
    quint16 m_apiPort = 0;
};

void SecondUserTest::initTestCase()
{
    QTest::failOnWarning();
    if (::geteuid() != 0) {
        QSKIP("Only root can become two other users.");
    }
    m_platform.runAsOrdinaryUser();
    const auto everybody = QFile::permissions(QFileInfo(m_platform.dataDirectory()).path()) |
                           QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(QFileInfo(m_platform.dataDirectory()).path(), everybody));
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        m_apiPort = probe.serverPort();
    }
    QVERIFY2(m_platform.start({u"--api-port"_s, QString::number(m_apiPort)}), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), R"({"scaling":{"reserved":1}})"),
             QString());
    QCOMPARE(m_platform
                 .api({"PUT",
                       "/v1/functions/hello/secrets/KEY",
                       R"({"value":"the-second-user-must-not-see-this"})",
                       {{"If-None-Match", "*"}}})
                 .status,
             201);
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200);
}

std::vector<pid_t> SecondUserTest::processes() const
{
    const auto keeper = keeperOf(m_platform.runtimeDirectory());
    auto all = descendantsOf(keeper);
    all.push_back(keeper);
    all.push_back(static_cast<pid_t>(m_platform.processId()));
    return all;
}

void SecondUserTest::reachesNothing()
{
    QJsonArray paths;
    QJsonArray sockets;
    for (const auto &folder : {m_platform.dataDirectory(), m_platform.runtimeDirectory()}) {
        paths.append(folder);
        QDirIterator each(folder, QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot,
                          QDirIterator::Subdirectories);
        while (each.hasNext() && paths.size() < 400) {
            const auto about = each.nextFileInfo();
            const bool isSocket = !about.isFile() && !about.isDir();
            (isSocket ? sockets : paths).append(about.filePath());
        }
    }
    QVERIFY(paths.contains(m_platform.dataDirectory() + u"/token"_s));
    QVERIFY(paths.size() > 20);
    QVERIFY(sockets.contains(m_platform.socket()));
    QJsonArray pids;
    for (const auto pid : processes()) {
        pids.append(static_cast<qint64>(pid));
    }
    QVERIFY(pids.size() >= 4); // nestd, the keeper, a box and what runs in it
    const QJsonObject wanted{
        {u"paths"_s, paths}, {u"sockets"_s, sockets}, {u"pids"_s, pids}, {u"ports"_s, QJsonArray{m_apiPort}}};
    QFile program(QStringLiteral(NEST_SOURCE_DIR "/tests/isolation/intruder.py"));
    QVERIFY(program.open(QIODevice::ReadOnly));
    QProcess intruder;
    intruder.start(u"/usr/bin/setpriv"_s,
                   {u"--reuid"_s, u"41236"_s, u"--regid"_s, u"41236"_s, u"--clear-groups"_s, u"--"_s,
                    u"/usr/bin/python3"_s, u"-I"_s, u"-c"_s, QString::fromUtf8(program.readAll())});
    intruder.write(QJsonDocument(wanted).toJson());
    intruder.closeWriteChannel();
    QVERIFY(intruder.waitForFinished(60'000));
    const auto said = intruder.readAllStandardOutput();
    QVERIFY2(intruder.exitCode() == 0, intruder.readAllStandardError().constData());
    QVERIFY2(!said.contains("could"), said.constData());
    const auto tried = said.mid(said.indexOf("tried ") + 6).trimmed().toInt();
    QCOMPARE(tried, 2 * paths.size() + sockets.size() + 13 * pids.size() + 2);
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200);
}

/// Arguments are read by everybody (/proc/PID/cmdline).
void SecondUserTest::readsNothingInArguments()
{
    QFile token(m_platform.dataDirectory() + u"/token"_s);
    QVERIFY(token.open(QIODevice::ReadOnly));
    const auto secret = token.readAll().trimmed();
    QVERIFY(secret.size() > 20);
    for (const auto pid : processes()) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (!file.open(QIODevice::ReadOnly)) {
            continue; // it has ended meanwhile
        }
        const auto words = file.readAll();
        QVERIFY2(!words.contains(secret) && !words.contains("the-second-user"), words.constData());
    }
}

QTEST_GUILESS_MAIN(SecondUserTest)
#include "tst_isolation_seconduser.moc"
