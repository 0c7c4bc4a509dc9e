// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest debug` with real debuggers: Node's inspector over its WebSocket, jdb, debugpy. A breakpoint is hit by
// a request, a value is read there, the request is answered.

#include "tests/cli/devbench.h"

#include <QJsonArray>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// A request on a thread of its own, as it stands at a breakpoint meanwhile.
class Request final
{
public:
    Request(quint16 port, const QByteArray &path)
        : m_thread([this, port, path] { m_answer = sendOverTcp(port, {.path = path, .limit = 60s}); })
    {}
    ~Request() { finish(); }
    Q_DISABLE_COPY_MOVE(Request)
    HttpAnswer finish()
    {
        if (m_thread.joinable()) {
            m_thread.join();
        }
        return m_answer;
    }

private:
    HttpAnswer m_answer;
    std::thread m_thread; // last: it uses the others
};

/// A debugger as a process.
class Tool final
{
public:
    Tool(const QString &program, const QStringList &arguments)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(program, arguments);
    }
    ~Tool()
    {
        m_process.kill();
        m_process.waitForFinished(5'000);
    }
    Q_DISABLE_COPY_MOVE(Tool)
    void type(const QByteArray &line)
    {
        m_process.write(line + '\n');
        m_process.waitForBytesWritten(5'000); // the caller may stop turning its event loop
    }
    bool says(const QByteArray &text)
    {
        return waitUntil(
            [&] {
                m_said += m_process.readAll();
                return m_said.contains(text);
            },
            30s);
    }
    [[nodiscard]] QByteArray said() const { return m_said; }

private:
    QProcess m_process;
    QByteArray m_said;
};

constexpr auto nodeHandler = "export function handler(event) {\n"
                             "    const twice = event.query.n * 2;\n"
                             "    return { status: 200, body: `twice ${twice}` };\n"
                             "}\n";
constexpr auto javaHandler =
    "import nest.functions.*;\n"
    "public class Handler {\n"
    "    public Object handler(Event event, Context context) {\n"
    "        int twice = Integer.parseInt(String.valueOf(event.query().get(\"n\"))) * 2;\n"
    "        return \"twice \" + twice;\n"
    "    }\n}\n";
constexpr auto pythonHandler = "def handler(event, context):\n"
                               "    twice = int(event['query']['n']) * 2\n"
                               "    return {'status': 200, 'body': f'twice {twice}'}\n";

QString source(const QString &name)
{
    return QStringLiteral(NEST_SOURCE_DIR) + u"/tests/cli/"_s + name;
}

} // namespace

#define VERIFY_SAID(condition, shell)                                                                        \
    QVERIFY2(condition, ((shell).output() + u"\n--\n"_s + (shell).errors()).toUtf8().constData())
#define VERIFY_TOOL(condition, tool, shell)                                                                  \
    QVERIFY2(condition,                                                                                      \
             ((tool).said() + "\n--\n" + ((shell).output() + (shell).errors()).toUtf8()).constData())

class CliDebugTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void nodeStopsAtABreakpoint();
    void nodeWaitsForADebugger();
    void whatIsSavedWhileItWaitsIsBuilt();
    void javaStopsAtABreakpoint();
    void pythonStopsAtABreakpoint();
    void theBoxReachesNothingButItself();
    void takenPortsAreSaid();
    void onlyAPrivatePlatformDebugs();

private:
    static QStringList words(const DevBench &bench, quint16 port, const QStringList &more = {})
    {
        return QStringList{u"debug"_s, bench.folder(), u"--port"_s, QString::number(port)} + more;
    }
};

void CliDebugTest::nodeStopsAtABreakpoint()
{
    DevBench bench;
    QVERIFY(bench.writeManifest("timeout: 1\n"));
    QVERIFY(bench.write(u"src/handler.js"_s, nodeHandler));
    const auto port = freePort();
    Shell debug(words(bench, port), bench.environment());
    VERIFY_SAID(debug.says(u"v1 serves"_s), debug);
    VERIFY_SAID(debug.says(u"node inspect 127.0.0.1:%1"_s.arg(port)), debug);
    const auto version = sendOverTcp(port, {.path = "/json/version", .limit = 20s});
    QVERIFY2(version.body.contains("Protocol-Version"), version.body.constData());
    const auto gateway = DevBench::portOf(debug);
    VERIFY_SAID(gateway != 0, debug);
    Tool inspector(
        u"node"_s,
        {u"--experimental-websocket"_s, source(u"inspect.mjs"_s), QString::number(port), u"handler.js"_s,
         u"3"_s,
         // longer than the function's time limit of a second
         u"(() => { const end = Date.now() + 2500; while (Date.now() < end); return twice; })()"_s});
    VERIFY_TOOL(inspector.says("set"), inspector, debug);
    Request request(gateway, "/fn/hello/?n=21");
    VERIFY_TOOL(inspector.says("value 42"), inspector, debug);
    const auto answer = request.finish();
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.body.contains("twice 42"), answer.body.constData());

    // A change replaces what is being debugged, though a debugger is attached and stopped.
    Tool stopped(u"node"_s, {u"inspect"_s, u"127.0.0.1:%1"_s.arg(port)});
    VERIFY_TOOL(stopped.says("debug>"), stopped, debug);
    QVERIFY(bench.write(u"src/handler.js"_s, QByteArray(nodeHandler).replace("twice $", "double $")));
    VERIFY_SAID(debug.says(u"v2 serves"_s), debug);
    QVERIFY(waitUntil(
        [&] { return sendOverTcp(gateway, {.path = "/fn/hello/?n=2"}).body.contains("double 4"); }, 10s));
    const auto again = sendOverTcp(port, {.path = "/json/version", .limit = 20s});
    QVERIFY(again.body.contains("Protocol-Version"));
    debug.interrupt();
    QCOMPARE(debug.finish(15s).code, 0);
    QCOMPARE(bench.processes(), QStringList());
}

void CliDebugTest::nodeWaitsForADebugger()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s, "const loaded = 'at load';\n"_ba + nodeHandler));
    const auto port = freePort();
    Shell debug(words(bench, port, {u"--wait"_s}), bench.environment());
    VERIFY_SAID(debug.says(u"the function is loaded when one has attached"_s), debug);
    QVERIFY(!debug.says(u"v1 serves"_s, 2s));
    Tool inspector(u"node"_s, {u"--experimental-websocket"_s, source(u"inspect.mjs"_s), QString::number(port),
                               u"handler.js"_s, u"1"_s, u"'stopped ' + typeof handler"_s});
    VERIFY_TOOL(inspector.says("value stopped function"), inspector, debug);
    VERIFY_SAID(debug.says(u"v1 serves"_s), debug);
    const auto gateway = DevBench::portOf(debug);
    VERIFY_SAID(gateway != 0, debug);
    const auto answer = sendOverTcp(gateway, {.path = "/fn/hello/?n=1", .limit = 10s});
    QVERIFY(answer.body.contains("twice 2"));
    debug.interrupt();
    QCOMPARE(debug.finish(15s).code, 0);
}

void CliDebugTest::whatIsSavedWhileItWaitsIsBuilt()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s, "throw new Error('not this one');\n"));
    const auto port = freePort();
    Shell debug(words(bench, port, {u"--wait"_s}), bench.environment());
    VERIFY_SAID(debug.says(u"the function is loaded when one has attached"_s), debug);
    QVERIFY(bench.write(u"src/handler.js"_s, "const loaded = 'at load';\n"_ba + nodeHandler));
    VERIFY_SAID(debug.says(u"src/handler.js changed. Building"_s), debug);
    VERIFY_SAID(waitUntil([&] { return debug.output().count(u"listens on"_s) == 2; }, 20s), debug);
    Tool inspector(u"node"_s, {u"--experimental-websocket"_s, source(u"inspect.mjs"_s), QString::number(port),
                               u"handler.js"_s, u"1"_s, u"'stopped ' + typeof handler"_s});
    VERIFY_TOOL(inspector.says("value stopped function"), inspector, debug);
    VERIFY_SAID(debug.says(u"v2 serves"_s), debug);
    QVERIFY2(!debug.output().contains(u"not this one"_s), qPrintable(debug.output()));
    QVERIFY2(debug.errors().isEmpty(), qPrintable(debug.errors()));
    debug.interrupt();
    QCOMPARE(debug.finish(15s).code, 0);
}

void CliDebugTest::javaStopsAtABreakpoint()
{
    DevBench bench;
    QVERIFY(
        bench.write(u"function.yaml"_s, "name: hello\nruntime: java21\nhandler: src/Handler.java#handler\n"));
    QVERIFY(bench.write(u"src/Handler.java"_s, javaHandler));
    const auto port = freePort();
    Shell debug(words(bench, port), bench.environment());
    VERIFY_SAID(debug.says(u"v1 serves"_s, 60s), debug);
    VERIFY_SAID(debug.says(u"jdb -attach 127.0.0.1:%1"_s.arg(port)), debug);
    const auto gateway = DevBench::portOf(debug);
    VERIFY_SAID(gateway != 0, debug);
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, port);
        QVERIFY(socket.waitForConnected(5'000));
        socket.write("JDWP-Handshake");
        QByteArray said;
        while (said.size() < 14 && socket.waitForReadyRead(10'000)) {
            said += socket.readAll();
        }
        QCOMPARE(said, "JDWP-Handshake"_ba);
    }
    const auto jdb = u"/usr/bin/jdb"_s;
    if (!QFile::exists(jdb)) {
        QSKIP("there is no jdb");
    }
    QCOMPARE(sendOverTcp(gateway, {.path = "/fn/hello/?n=1", .limit = 20s}).status, 200);
    Tool debugger(jdb, {u"-attach"_s, u"127.0.0.1:%1"_s.arg(port)});
    VERIFY_TOOL(debugger.says("Initializing jdb"), debugger, debug);
    debugger.type("stop at Handler:5");
    VERIFY_TOOL(debugger.says("Handler:5"), debugger, debug);
    Request request(gateway, "/fn/hello/?n=21");
    VERIFY_TOOL(debugger.says("Breakpoint hit"), debugger, debug);
    debugger.type("print twice");
    VERIFY_TOOL(debugger.says("twice = 42"), debugger, debug);
    debugger.type("cont");
    const auto answer = request.finish();
    QVERIFY2(answer.body.contains("twice 42"), answer.body.constData());
    debug.interrupt();
    QCOMPARE(debug.finish(15s).code, 0);
    QCOMPARE(bench.processes(), QStringList());
}

void CliDebugTest::pythonStopsAtABreakpoint()
{
    DevBench bench;
    QVERIFY(bench.write(u"function.yaml"_s,
                        "name: hello\nruntime: python3.13\nhandler: src/handler.py#handler\n"));
    QVERIFY(bench.write(u"src/handler.py"_s, pythonHandler));
    const auto port = freePort();
    Shell debug(words(bench, port), bench.environment());
    if (!QFile::exists(u"/usr/lib/python3/dist-packages/debugpy"_s)) {
        const auto outcome = debug.finish();
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.errors.contains(u"Install the package python3-debugpy"_s),
                 outcome.said().constData());
        QCOMPARE(bench.processes(), QStringList());
        return;
    }
    VERIFY_SAID(debug.says(u"v1 serves"_s, 60s), debug);
    const auto gateway = DevBench::portOf(debug);
    VERIFY_SAID(gateway != 0, debug);
    Tool debugger(u"python3"_s, {source(u"debugadapter.py"_s), QString::number(port),
                                 u"/code/src/handler.py"_s, u"3"_s, u"twice"_s});
    VERIFY_TOOL(debugger.says("set"), debugger, debug);
    Request request(gateway, "/fn/hello/?n=21");
    VERIFY_TOOL(debugger.says("value 42"), debugger, debug);
    const auto answer = request.finish();
    QVERIFY2(answer.body.contains("twice 42"), answer.body.constData());
    debug.interrupt();
    QCOMPARE(debug.finish(15s).code, 0);
    QCOMPARE(bench.processes(), QStringList());
}

void CliDebugTest::theBoxReachesNothingButItself()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s,
                        "import net from 'node:net';\n"
                        "export function handler(event) {\n"
                        "    return new Promise((done) => {\n"
                        "        const socket = net.connect(Number(event.query.port), event.query.host);\n"
                        "        const end = (body) => { socket.destroy(); done({ status: 200, body }); };\n"
                        "        socket.once('connect', () => end('reached'));\n"
                        "        socket.once('error', (error) => end(error.code));\n"
                        "    });\n}\n"));
    QTcpServer outside;
    QVERIFY(outside.listen(QHostAddress::LocalHost));
    Shell debug(words(bench, freePort()), bench.environment());
    VERIFY_SAID(debug.says(u"v1 serves"_s), debug);
    const auto gateway = DevBench::portOf(debug);
    VERIFY_SAID(gateway != 0, debug);
    const auto reach = [&](const QByteArray &host, quint16 port) {
        return sendOverTcp(gateway, {.path = "/fn/hello/?host=" + host + "&port=" + QByteArray::number(port),
                                     .limit = 20s})
            .body;
    };
    const auto host = reach("127.0.0.1", outside.serverPort());
    QVERIFY2(host.contains("ECONNREFUSED"),
             host.constData()); // its own loopback, on which nobody has that port
    QVERIFY(!outside.hasPendingConnections());
    const auto away = reach("192.0.2.1", 80);
    QVERIFY2(away.contains("ENETUNREACH"), away.constData());
    const auto six = reach("::1", 80);
    QVERIFY2(six.contains("EAFNOSUPPORT"), six.constData());
}

void CliDebugTest::takenPortsAreSaid()
{
    DevBench bench;
    QVERIFY(bench.writeManifest());
    QVERIFY(bench.write(u"src/handler.js"_s, nodeHandler));
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const auto outcome = Shell(words(bench, taken.serverPort()), bench.environment()).finish();
    QVERIFY2(outcome.code == 4 && outcome.errors.contains(u"Name another with --port"_s),
             outcome.said().constData());
    QCOMPARE(bench.processes(), QStringList());
}

void CliDebugTest::onlyAPrivatePlatformDebugs()
{
    TestPlatform platform;
    QVERIFY(!platform.start({u"--debug"_s, u"attach"_s}));
    QVERIFY2(platform.error().contains(u"--end-with-input"_s), qPrintable(platform.error()));
}

QTEST_GUILESS_MAIN(CliDebugTest)
#include "tst_clidebug.moc"
