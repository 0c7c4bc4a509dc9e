// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest dev` as a developer has it: a folder, an editor that saves, requests meanwhile, and Ctrl+C.

#include "tests/cli/devbench.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QTcpServer>
#include <QTest>

#include <atomic>
#include <thread>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

class CliDevTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void whatIsSavedServesAndNoRequestFails();
    void codeThatDoesNotLoadIsTakenBack();
    void codeThatNeverLoadedIsNotTriedAgain();
    void anotherRuntimeIsAnotherFunction();
    void killedNestLeavesNothing();
    void runtimeFoldersOfOthersAreRefused();
    void anotherOfTheSameFolderIsRefused();
    void theNetworkOfTheFileIsAllowedByOptions();
    void eventsAreJsonLines();
    void theFolderMayGoAndComeBack();
    void aBurstOfSavesIsOneBuild();
    void wrongFoldersAndPortsAreSaid_data();
    void wrongFoldersAndPortsAreSaid();
    void onceIsBuiltOnce();
};

namespace {

QByteArray answerOf(quint16 port)
{
    return sendOverTcp(port, {.path = "/fn/hello/", .limit = 10s}).body;
}

bool answers(quint16 port, const QByteArray &word, std::chrono::milliseconds limit = 20s)
{
    return waitUntil([&] { return answerOf(port).contains(word); }, limit);
}

} // namespace

#define VERIFY_SAID(condition, shell)                                                                        \
    QVERIFY2(condition, ((shell).output() + u"\n--\n"_s + (shell).errors()).toUtf8().constData())

void CliDevTest::whatIsSavedServesAndNoRequestFails()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("first"));
    Shell dev({u"dev"_s, bench.folder(), u"--env"_s, u"MARK=+env"_s}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    VERIFY_SAID(answers(port, "first+env"), dev);
    VERIFY_SAID(dev.says(u"said first"_s), dev);
    QVERIFY(QRegularExpression(u"\\d\\d:\\d\\d:\\d\\d\\.\\d{3} info +said first"_s)
                .match(dev.output())
                .hasMatch());

    std::atomic<bool> isOver = false;
    std::atomic<int> asked = 0;
    QList<QByteArray> failures;
    std::thread client([&] {
        while (!isOver) {
            const auto answer = sendOverTcp(port, {.method = "POST", .path = "/fn/hello/", .limit = 10s});
            ++asked;
            if (answer.status != 200) {
                failures.append(QByteArray::number(answer.status) + ' ' + answer.body);
            }
        }
    });
    const auto end = qScopeGuard([&] {
        isOver = true;
        if (client.joinable()) {
            client.join();
        }
    });
    QVERIFY(bench.writeHandler("second"));
    VERIFY_SAID(answers(port, "second+env"), dev);
    VERIFY_SAID(dev.says(u"src/handler.js changed. Building"_s), dev);
    VERIFY_SAID(dev.says(u"v2 serves after"_s), dev);

    QVERIFY(bench.write(u"src/handler.js"_s, "export function handler() {\n    return {;\n}\n"));
    VERIFY_SAID(dev.complains(u"src/handler.js:2:"_s), dev);
    VERIFY_SAID(dev.complains(u"v2 goes on serving"_s), dev);
    QVERIFY(answerOf(port).contains("second"));
    QVERIFY(bench.writeHandler("third"));
    VERIFY_SAID(answers(port, "third"), dev);
    isOver = true;
    client.join();
    QVERIFY2(failures.isEmpty(), failures.join('\n').constData());
    QVERIFY(asked > 20);

    dev.interrupt();
    const auto outcome = dev.finish(15s);
    QVERIFY2(outcome.code == 0, outcome.said().constData());
    QVERIFY(outcome.output.endsWith(u"Ended.\n"_s));
    QCOMPARE(bench.processes(), QStringList());
    QVERIFY(!bench.hasMounts());
}

void CliDevTest::codeThatDoesNotLoadIsTakenBack()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("good"));
    Shell dev({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    QVERIFY(bench.write(u"src/handler.js"_s,
                        "throw new Error('no luck today');\nexport function handler() {}\n"));
    VERIFY_SAID(dev.complains(u"no luck today"_s), dev);
    VERIFY_SAID(dev.complains(u"v1 goes on serving"_s), dev);
    VERIFY_SAID(answers(port, "good"), dev);
    QVERIFY(bench.writeHandler("better"));
    VERIFY_SAID(answers(port, "better"), dev);
}

void CliDevTest::codeThatNeverLoadedIsNotTriedAgain()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s, "throw new Error('no luck');\nexport function handler() {}\n"));
    Shell dev({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.complains(u"nothing serves yet"_s), dev);
    VERIFY_SAID(dev.says(u"could not be loaded: no luck"_s), dev);
    QVERIFY(!waitUntil([&] { return dev.output().count(u"could not be loaded: no luck"_s) > 1; }, 3s));
    QVERIFY(bench.writeHandler("luck"));
    VERIFY_SAID(dev.says(u"v2 serves"_s), dev);
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    VERIFY_SAID(answers(port, "luck"), dev);
}

void CliDevTest::anotherRuntimeIsAnotherFunction()
{
    DevBench bench;
    const QByteArray python = "name: hello\nruntime: python3.13\nhandler: src/handler.py#handler\n";
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("node"));
    Shell dev({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    VERIFY_SAID(answers(port, "node"), dev);
    for (int i = 0; i < 20; ++i) { // its log is longer than the next one's will be
        QVERIFY(answerOf(port).contains("node"));
    }
    VERIFY_SAID(waitUntil([&] { return dev.output().count(u"said node"_s) > 20; }, 10s), dev);
    QVERIFY(bench.write(u"src/handler.py"_s, "raise ValueError('no luck')\n"));
    VERIFY_SAID(dev.says(u"v2 serves"_s), dev);
    QVERIFY(bench.write(u"function.yaml"_s, python));
    VERIFY_SAID(dev.complains(u"nothing serves yet"_s), dev); // not "v2 goes on serving": it went
    QVERIFY(bench.write(u"src/handler.py"_s, "def handler(event, context):\n"
                                             "    context.log.info('said python')\n"
                                             "    return {'status': 200, 'body': 'python'}\n"));
    VERIFY_SAID(answers(port, "python"), dev);
    VERIFY_SAID(dev.says(u"said python"_s), dev);
    // Announced as a new one, a moment after it began to answer.
    VERIFY_SAID(waitUntil([&] { return dev.output().count(u"curl http"_s) == 2; }, 10s), dev);
}

void CliDevTest::runtimeFoldersOfOthersAreRefused()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    auto environment = bench.environment(); // so long that the sockets lie elsewhere
    environment.insert(u"XDG_CACHE_HOME"_s, bench.cache() + u'/' + QString(60, u'l'));
    const auto path = QFileInfo(bench.folder()).canonicalFilePath().toUtf8();
    const auto hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().first(16);
    const auto place = u"/tmp/nest-%1-%2"_s.arg(::getuid()).arg(QString::fromLatin1(hash));
    const auto end = qScopeGuard([&] {
        QFile::remove(place);
        QDir(place).removeRecursively();
    });
    const auto refused = [&] {
        const auto outcome = Shell({u"dev"_s, bench.folder(), u"--no-watch"_s}, environment).finish();
        return outcome.code == 1 &&
               outcome.errors.contains(place + u" is not a folder that only this user"_s);
    };
    QVERIFY(QDir().mkdir(place));
    QVERIFY(QFile::setPermissions(place, QFile::Permissions(0x7777)));
    QVERIFY(refused());
    QVERIFY(QDir().rmdir(place));
    QVERIFY(QFile::link(bench.folder(), place));
    QVERIFY(refused());
    QVERIFY(QFile::exists(bench.folder() + u"/function.yaml"_s));
    QVERIFY(QFile::remove(place));
    Shell dev({u"dev"_s, bench.folder()}, environment);
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    QCOMPARE(QFile::permissions(place) & QFile::Permissions(0x0077), QFile::Permissions());
    dev.interrupt();
    QCOMPARE(dev.finish(15s).code, 0);
    QVERIFY(!QFileInfo::exists(place));
}

void CliDevTest::killedNestLeavesNothing()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    Shell dev({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    QVERIFY(!bench.processes().isEmpty());
    dev.kill();
    QTRY_COMPARE_WITH_TIMEOUT(bench.processes(), QStringList(), 6s);
    QVERIFY(!bench.hasMounts());

    // What a killed one left is in nobody's way.
    Shell again({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(again.says(u"v1 serves"_s), again);
    again.terminate();
    QCOMPARE(again.finish(15s).code, 0);
}

void CliDevTest::anotherOfTheSameFolderIsRefused()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    Shell dev({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    const auto second = Shell({u"dev"_s, bench.folder() + u"/src/.."_s}, bench.environment()).finish();
    QCOMPARE(second.code, 4);
    QVERIFY2(second.errors.contains(u"is run already, by process %1"_s.arg(dev.processId())),
             second.said().constData());
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    QVERIFY(answerOf(port).contains("one"));
}

/// What function.yaml asks for follows each save; what is refused says which option allows it.
void CliDevTest::theNetworkOfTheFileIsAllowedByOptions()
{
    QTcpServer peer;
    QVERIFY(peer.listen(QHostAddress::LocalHost));
    const auto port = QByteArray::number(peer.serverPort());
    DevBench bench;
    const auto asks = [&](const QByteArray &name, const QByteArray &host) {
        return bench.writeManifest("network:\n  grants:\n    - {name: " + name + ", host: " + host +
                                   ", port: " + port + "}\n");
    };
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s,
                        "import net from 'node:net';\n"
                        "export const handler = () => new Promise((done) => {\n"
                        "    const { PEER_HOST: host, PEER_PORT: port } = process.env;\n"
                        "    if (!host) { done({ status: 200, body: 'no peer' }); return; }\n"
                        "    net.connect({ host, port }, () => done({ status: 200, body: 'reached' }))\n"
                        "        .on('error', (error) => done({ status: 200, body: error.code }));\n"
                        "});\n"));
    Shell dev({u"dev"_s, bench.folder(), u"--grants"_s, u"127.0.0.1:*"_s}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    const auto gateway = DevBench::portOf(dev);
    VERIFY_SAID(answers(gateway, "no peer"), dev);
    QVERIFY(asks("peer", "127.0.0.1"));
    VERIFY_SAID(answers(gateway, "reached"), dev);
    QVERIFY(asks("peer", "10.0.0.7"));
    VERIFY_SAID(dev.complains(u"allowed is 127.0.0.1:*"_s), dev);
    VERIFY_SAID(dev.complains(u"--grants says what is allowed here."_s), dev);
    VERIFY_SAID(answers(gateway, "reached"), dev);
    QVERIFY(bench.writeManifest("network: {egress: open}\n"));
    VERIFY_SAID(dev.complains(u"Start it with --egress open to allow that here."_s), dev);
    VERIFY_SAID(answers(gateway, "reached"), dev);
    QVERIFY(bench.writeManifest());
    VERIFY_SAID(answers(gateway, "no peer"), dev);
}

void CliDevTest::eventsAreJsonLines()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s, "export function handler() { return (; }\n"));
    Shell dev({u"dev"_s, bench.folder(), u"--json"_s}, bench.environment());
    VERIFY_SAID(dev.says(u"\"event\":\"failed\""_s), dev);
    QVERIFY(bench.writeHandler("fine"));
    VERIFY_SAID(dev.says(u"\"event\":\"serving\""_s), dev);
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    VERIFY_SAID(answers(port, "fine"), dev);
    VERIFY_SAID(dev.says(u"\"event\":\"log\""_s), dev);
    dev.interrupt();
    const auto outcome = dev.finish(15s);
    QCOMPARE(outcome.code, 0);
    QStringList events;
    for (const auto &event : outcome.jsonLines()) {
        QVERIFY2(event.contains(u"event"), outcome.said().constData());
        events.append(event[u"event"].toString());
        if (events.last() == u"problem") {
            QCOMPARE(event[u"path"].toString(), u"src/handler.js"_s);
            QCOMPARE(event[u"line"].toInt(), 1);
        } else if (events.last() == u"failed") {
            QVERIFY(event[u"serving"].isNull());
        } else if (events.last() == u"serving") {
            QCOMPARE(event[u"function"].toString(), u"hello"_s);
        }
    }
    QCOMPARE(events.mid(0, 5),
             QStringList({u"building"_s, u"problem"_s, u"failed"_s, u"building"_s, u"serving"_s}));
    QCOMPARE(events.last(), u"ended"_s);
}

void CliDevTest::theFolderMayGoAndComeBack()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    Shell dev({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    QVERIFY(QDir().rename(bench.folder(), bench.folder() + u"-away"_s));
    VERIFY_SAID(dev.complains(u"has gone. v1 goes on serving. It is built again when it is back."_s), dev);
    QVERIFY(answerOf(port).contains("one"));
    QVERIFY(QDir().rename(bench.folder() + u"-away"_s, bench.folder()));
    QVERIFY(bench.writeHandler("two"));
    VERIFY_SAID(answers(port, "two"), dev);
}

void CliDevTest::aBurstOfSavesIsOneBuild()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    Shell dev({u"dev"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    // What an editor and others do beside.
    for (const auto &path : {u"src/.handler.js.swp"_s, u"src/handler.js~"_s, u"4913"_s, u".git/index"_s,
                             u"node_modules/x/index.js"_s}) {
        QVERIFY(bench.write(path, "x"));
    }
    for (int i = 0; i < 20; ++i) {
        QVERIFY(
            bench.write(u"src/part%1.js"_s.arg(i), "export const part = " + QByteArray::number(i) + ";\n"));
    }
    QVERIFY(bench.writeHandler("two"));
    VERIFY_SAID(answers(port, "two"), dev);
    VERIFY_SAID(dev.says(u"v2 serves"_s), dev);
    QCOMPARE(dev.output().count(u"Building"), 2);
    QVERIFY(!dev.output().contains(u"swp"_s) && !dev.output().contains(u"node_modules"_s));
    // As many editors save: a new file in the place of the old one. Twice, as its watch went with the old
    // one.
    for (const QByteArray word : {"three", "four"}) {
        QVERIFY(bench.writeHandler(word));
        QVERIFY(QFile::copy(bench.folder() + u"/src/handler.js"_s, bench.folder() + u"/src/new.js"_s));
        QCOMPARE(::rename((bench.folder() + u"/src/new.js"_s).toUtf8(),
                          (bench.folder() + u"/src/handler.js"_s).toUtf8()),
                 0);
        QVERIFY(answers(port, word));
    }
}

void CliDevTest::wrongFoldersAndPortsAreSaid_data()
{
    QTest::addColumn<QString>("manifest");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<bool>("takesPort");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<int>("code");
    const auto good = u"name: hello\nruntime: node20\nhandler: src/handler.js#handler\n"_s;
    QTest::newRow("no manifest") << QString() << QString() << false << u"has no function.yaml"_s << 5;
    QTest::newRow("no folder") << good << u"/nowhere"_s << false << u"is not a folder"_s << 5;
    QTest::newRow("broken manifest") << u"name: hello\nruntime: [\n"_s << QString() << false
                                     << u"function.yaml:"_s << 1;
    QTest::newRow("unknown key") << good + u"memmory: 3\n"_s << QString() << false << u"function.yaml:4"_s
                                 << 1;
    QTest::newRow("bad name") << QString(good).replace(u"hello"_s, u"Hello_World"_s) << QString() << false
                              << u"function.yaml:1"_s << 1;
    QTest::newRow("taken port") << good << QString() << true << u"is in use by another program"_s << 6;
}

void CliDevTest::wrongFoldersAndPortsAreSaid()
{
    QFETCH(QString, manifest);
    QFETCH(QString, folder);
    QFETCH(bool, takesPort);
    QFETCH(QString, sentence);
    QFETCH(int, code);
    DevBench bench;
    QVERIFY(bench.writeHandler("one"));
    QVERIFY(manifest.isEmpty() || bench.write(u"function.yaml"_s, manifest.toUtf8()));
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    QStringList words{u"dev"_s, folder.isEmpty() ? bench.folder() : folder, u"--no-watch"_s};
    if (takesPort) {
        words += {u"--port"_s, QString::number(taken.serverPort())};
    }
    const auto outcome = Shell(words, bench.environment()).finish();
    QVERIFY2(outcome.code == code && outcome.errors.contains(sentence), outcome.said().constData());
    QCOMPARE(bench.processes(), QStringList());
}

void CliDevTest::onceIsBuiltOnce()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.writeHandler("one"));
    QVERIFY(bench.write(u"assets/large.bin"_s, QByteArray(6 * 1024 * 1024, 'x')));
    const auto tooLarge = Shell({u"dev"_s, bench.folder(), u"--no-watch"_s}, bench.environment()).finish();
    QCOMPARE(tooLarge.code, 5);
    QVERIFY2(tooLarge.errors.contains(u"assets/large.bin has more than 5 MiB"_s),
             tooLarge.said().constData());
    QVERIFY(QFile::remove(bench.folder() + u"/assets/large.bin"_s));
    Shell dev({u"dev"_s, u"--no-watch"_s, bench.folder()}, bench.environment());
    VERIFY_SAID(dev.says(u"v1 serves"_s), dev);
    QVERIFY(bench.writeHandler("two"));
    const auto port = DevBench::portOf(dev);
    VERIFY_SAID(port != 0, dev);
    QVERIFY(!answers(port, "two", 1500ms));
    VERIFY_SAID(answers(port, "one"), dev);
}

QTEST_GUILESS_MAIN(CliDevTest)
#include "tst_clidev.moc"
