// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The programming model of Python functions, seen from the socket: what a handler gets and may return.
#include "tests/platform/engines/enginefixture.h"

#include <QJsonArray>
#include <QTest>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

class TestPythonHandler final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void getsTheRequestAsAnEvent();
    void sendsWhatTheHandlerReturns_data();
    void sendsWhatTheHandlerReturns();
    void refusesBrokenJson();
    void answersForAHandlerThatRaises();
    void awaitsAnAsyncHandler();
    void goesOnAfterAHandlerThatIsTooSlow();
    void isReplacedWhenAHandlerCannotBeInterrupted();
    void endsWithSysExit();
    void runsRequestsAtOnce();
    void drainsByFinishingWhatIsInFlight();
    void writesLogsWithTheRequest();
    void seesNoPackagesOfTheMachine();

private:
    static std::string start(EngineFixture &fixture, const QByteArray &code, int timeoutSeconds = 10)
    {
        auto spec = fixture.spec(fixture.writeCode({{u"handler.py"_s, code}}), "handler.py#handler");
        spec.runtime = "python3.13";
        spec.timeoutSeconds = timeoutSeconds;
        return fixture.startAndWait(spec);
    }
    static bool isReady(EngineFixture &fixture, const std::string &id)
    {
        return fixture.notes().sockets.contains(id);
    }
};

void TestPythonHandler::getsTheRequestAsAnEvent()
{
    EngineFixture fixture;
    const auto id =
        start(fixture, "def handler(event, context):\n"
                       "    return [event['method'], event['path'], event['query'], event['body'],\n"
                       "            event['headers']['x-thing'], event['id'], context.request_id,\n"
                       "            context.function, context.version, context.group]\n");
    QVERIFY(isReady(fixture, id));
    const auto answer = fixture.ask(
        id, {.method = "POST",
             .target = "/a/b?x=1&y=2&x=3",
             .headers = {{"content-type", "application/json"}, {"X-Thing", "V"}, {"x-request-id", "r-1"}},
             .body = R"({"a":[1]})"});
    QCOMPARE(answer->status(), 200);
    QCOMPARE(answer->body(),
             QByteArray(R"(["POST", "/a/b", {"x": ["1", "3"], "y": "2"}, {"a": [1]}, "V", "r-1", "r-1", )"
                        R"("greet", 7, "default/main/local"])"));
}

void TestPythonHandler::sendsWhatTheHandlerReturns_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &value, int status, const QByteArray &type,
                        const QByteArray &body) {
        QTest::newRow(name) << value << status << type << body;
    };
    row("None", "None", 204, {}, {});
    row("text", "'hi'", 200, "text/plain; charset=utf-8", "hi");
    row("bytes", "b'\\x01\\x02'", 200, "application/octet-stream", "\x01\x02");
    row("JSON", "{'a': [1, None]}", 200, "application/json", R"({"a": [1, null]})");
    row("answer", "{'status': 201, 'headers': {'X-A': 'b', 'content-type': 'text/html'}, 'body': '<p>'}", 201,
        "text/html", "<p>");
    row("statusCode", "{'statusCode': 404}", 404, {}, {});
    row("base 64", "{'status': 200, 'body': 'aGk=', 'isBase64': True}", 200, "application/octet-stream",
        "hi");
    row("generator", "(part for part in ['a', b'b', {'c': 1}])", 200, "application/octet-stream",
        "ab{\"c\": 1}\n");
    row("no number of a status", "{'status': 7}", 200, "application/json", R"({"status": 7})");
}

void TestPythonHandler::sendsWhatTheHandlerReturns()
{
    QFETCH(QByteArray, value);
    EngineFixture fixture;
    const auto id = start(fixture, "def handler(event, context):\n    return " + value + '\n');
    QVERIFY(isReady(fixture, id));
    const auto answer = fixture.ask(id);
    QTEST(answer->status(), "status");
    QTEST(answer->header("content-type"), "type");
    QTEST(answer->body(), "body");
}

void TestPythonHandler::refusesBrokenJson()
{
    EngineFixture fixture;
    const auto id = start(fixture, "def handler(event, context):\n    return 'never'\n");
    const auto answer =
        fixture.ask(id, {.method = "POST", .headers = {{"content-type", "application/json"}}, .body = "{"});
    QCOMPARE(answer->status(), 400);
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/bad-body"_s);
}

void TestPythonHandler::answersForAHandlerThatRaises()
{
    EngineFixture fixture;
    const auto id = start(fixture, "def handler(event, context):\n    raise ValueError('no such order')\n");
    const auto answer = fixture.ask(id);
    QCOMPARE(answer->status(), 500);
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/handler-error"_s);
    QCOMPARE(answer->json()[u"detail"], u"ValueError: no such order"_s);
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "handler.py\\\", line 2"); }));
    QCOMPARE(fixture.ask(id)->status(), 500); // it goes on
}

void TestPythonHandler::awaitsAnAsyncHandler()
{
    EngineFixture fixture;
    const auto id = start(fixture, "import asyncio\n"
                                   "async def parts():\n"
                                   "    for each in 'ab':\n"
                                   "        await asyncio.sleep(0.01)\n"
                                   "        yield each\n"
                                   "async def handler(event, context):\n"
                                   "    await asyncio.sleep(0.01)\n"
                                   "    return parts() if event['path'] == '/s' else 'done'\n");
    QCOMPARE(fixture.ask(id)->body(), QByteArray("done"));
    QCOMPARE(fixture.ask(id, {.target = "/s"})->body(), QByteArray("ab"));
}

void TestPythonHandler::goesOnAfterAHandlerThatIsTooSlow()
{
    EngineFixture fixture;
    const auto id = start(fixture,
                          "import asyncio\n"
                          "async def later():\n"
                          "    await asyncio.sleep(60)\n"
                          "def handler(event, context):\n"
                          "    if event['path'] == '/async':\n"
                          "        return later()\n"
                          "    while event['path'] == '/loop':\n"
                          "        pass\n"
                          "    return 'quick'\n",
                          1);
    for (const char *path : {"/loop", "/async"}) {
        const auto slow = fixture.ask(id, {.target = path});
        QCOMPARE(slow->status(), 504);
        QCOMPARE(slow->json()[u"type"], u"/problems/runtime/timeout"_s);
        QCOMPARE(fixture.ask(id)->body(), QByteArray("quick"));
    }
    // The loop was ended: it takes no processor any more.
    const auto used = fixture.notes().cpuMilliseconds[id];
    const auto count = fixture.notes().statsCount[id];
    QVERIFY(waitUntil([&] { return fixture.notes().statsCount[id] >= count + 5; }));
    QVERIFY(fixture.notes().cpuMilliseconds[id] - used < 1'500);
    QVERIFY(!fixture.notes().ended.contains(id));
}

void TestPythonHandler::isReplacedWhenAHandlerCannotBeInterrupted()
{
    EngineFixture fixture;
    const auto id = start(fixture, "import time\ndef handler(event, context):\n    time.sleep(600)\n", 1);
    QCOMPARE(fixture.ask(id)->status(), 504);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
    QCOMPARE(fixture.notes().ended[id].exitCode, 1);
    QVERIFY(fixture.notes().hasLine(id, "could not be interrupted"));
}

void TestPythonHandler::endsWithSysExit()
{
    EngineFixture fixture;
    const auto id = start(fixture, "import sys\ndef handler(event, context):\n    sys.exit(3)\n");
    const auto answer = fixture.ask(id);
    QCOMPARE(answer->status(), 500);
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/uncaught"_s);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
}

void TestPythonHandler::runsRequestsAtOnce()
{
    EngineFixture fixture;
    const auto id = start(fixture, "import threading\n"
                                   "both = threading.Barrier(2, timeout=8)\n"
                                   "def handler(event, context):\n"
                                   "    both.wait()\n"
                                   "    return 'met'\n");
    Asking first(fixture.notes().sockets[id], {});
    Asking second(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return first.isOver() && second.isOver(); }));
    QCOMPARE(first.body(), QByteArray("met"));
    QCOMPARE(second.body(), QByteArray("met"));
}

void TestPythonHandler::drainsByFinishingWhatIsInFlight()
{
    EngineFixture fixture;
    const auto id = start(fixture, "import time\n"
                                   "def handler(event, context):\n"
                                   "    print('begun')\n"
                                   "    time.sleep(1)\n"
                                   "    return 'finished'\n");
    Asking asking(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "begun"); }));
    fixture.engine().drain(id);
    QVERIFY(waitUntil([&] { return asking.isOver() && fixture.notes().ended.contains(id); }));
    QCOMPARE(asking.body(), QByteArray("finished"));
    QCOMPARE(fixture.notes().ended[id].exitCode, 0);
}

void TestPythonHandler::writesLogsWithTheRequest()
{
    EngineFixture fixture;
    const auto id = start(fixture, "import logging\n"
                                   "def handler(event, context):\n"
                                   "    print('printed')\n"
                                   "    logging.getLogger('shop').warning('logged %d', 7)\n"
                                   "    context.log.error('said', order=12)\n"
                                   "    context.metrics.increment('orders', 2)\n");
    QCOMPARE(fixture.ask(id, {.headers = {{"x-request-id", "r-9"}}})->status(), 204);
    for (const char *part : {R"("severity": "info", "message": "printed", "requestId": "r-9")",
                             R"("severity": "warning", "message": "logged 7", "requestId": "r-9")",
                             R"("severity": "error", "message": "said", "requestId": "r-9")",
                             R"("metric": "orders", "kind": "counter", "value": 2)"}) {
        QVERIFY2(waitUntil([&] { return fixture.notes().hasLine(id, part); }), part);
    }
}

void TestPythonHandler::seesNoPackagesOfTheMachine()
{
    EngineFixture fixture;
    const auto id = start(fixture, "import sys\ndef handler(event, context):\n    return sys.path\n");
    const auto path = QString::fromUtf8(fixture.ask(id)->body());
    QVERIFY(path.contains(u"/code/site-packages"_s));
    QVERIFY2(!path.contains(u"dist-packages"_s) && !path.contains(u"/nest\""_s), qPrintable(path));
}

QTEST_GUILESS_MAIN(TestPythonHandler)
#include "tst_pythonhandler.moc"
