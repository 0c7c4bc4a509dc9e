// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The programming model of Node functions, seen from the socket: what a handler gets and may return.
#include "tests/platform/engines/enginefixture.h"

#include <QJsonArray>
#include <QTest>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

class TestNodeHandler final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void getsTheRequestAsAnEvent_data();
    void getsTheRequestAsAnEvent();
    void sendsWhatTheHandlerReturns_data();
    void sendsWhatTheHandlerReturns();
    void findsTheHandler_data();
    void findsTheHandler();
    void loadsPackagesAsNodeDoes();
    void streamsBothWaysInTheWebForm();
    void streamsAnAsyncIterable();
    void answersForAHandlerThatThrows();
    void answersForAHandlerThatNeverDoes();
    void answersInFlightRequestsWhenAnErrorIsUncaught();
    void refusesBrokenJson();
    void writesLogsAndMetricsWithTheRequest();
};

void TestNodeHandler::getsTheRequestAsAnEvent_data()
{
    QTest::addColumn<Question>("question");
    QTest::addColumn<QByteArray>("expression"); // of event
    QTest::addColumn<QByteArray>("expected");   // as JSON
    using H = QList<std::pair<QByteArray, QByteArray>>;
    const auto post = [](const QByteArray &type, const QByteArray &body, const H &more = {}) {
        return Question{
            .method = "POST", .target = "/p", .headers = H{{"content-type", type}} + more, .body = body};
    };
    QTest::newRow("path and query") << Question{.target = "/a/b?x=1&y=2&x=3"}
                                    << QByteArray("[event.method, event.path, event.query]")
                                    << QByteArray(R"(["GET","/a/b",{"x":["1","3"],"y":"2"}])");
    QTest::newRow("headers") << Question{.headers = {{"X-Thing", "V"}}}
                             << QByteArray("event.headers['x-thing']") << QByteArray(R"("V")");
    QTest::newRow("id") << Question{.headers = {{"x-request-id", "r-1"}}}
                        << QByteArray("[event.id, context.requestId]") << QByteArray(R"(["r-1","r-1"])");
    QTest::newRow("no body") << Question{} << QByteArray("event.body") << QByteArray("null");
    QTest::newRow("JSON") << post("application/json; charset=utf-8", R"({"a":[1]})")
                          << QByteArray("event.body.a") << QByteArray("[1]");
    QTest::newRow("+json") << post("application/vnd.x+json", "7") << QByteArray("event.body")
                           << QByteArray("7");
    QTest::newRow("text") << post("text/plain", "grüße") << QByteArray("event.body")
                          << QByteArray(R"("grüße")");
    QTest::newRow("bytes") << post("application/octet-stream", "\x01\x02")
                           << QByteArray("[event.body, event.isBase64]") << QByteArray(R"(["AQI=",true])");
    QTest::newRow("not UTF-8") << post("text/plain", "\xff") << QByteArray("[event.body, event.isBase64]")
                               << QByteArray(R"(["/w==",true])");
    QTest::newRow("no prototype") << Question{.target = "/?__proto__=x"}
                                  << QByteArray("Object.keys(event.query)") << QByteArray(R"(["__proto__"])");
    QTest::newRow("CloudEvent, binary")
        << post("application/json", R"({"n":1})",
                {{"ce-specversion", "1.0"},
                 {"ce-id", "e-1"},
                 {"ce-type", "order.made.v1"},
                 {"ce-source", "/shop"},
                 {"ce-tenant", "t%C3%BC"}})
        << QByteArray("[event.id, event.type, event.source, event.tenant, event.data]")
        << QByteArray(R"(["e-1","order.made.v1","/shop","tü",{"n":1}])");
    QTest::newRow("CloudEvent, structured")
        << post("application/cloudevents+json",
                R"({"specversion":"1.0","id":"e-2","type":"t","source":"s","data":{"n":2}})")
        << QByteArray("[event.id, event.type, event.source, event.data, event.body]")
        << QByteArray(R"(["e-2","t","s",{"n":2},{"n":2}])");
    QTest::newRow("context")
        << Question{}
        << QByteArray("[context.function, context.version, context.group, context.deadline > new Date(), "
                      "context.remainingMilliseconds() > 5000]")
        << QByteArray(R"(["greet",7,"default/main/local",true,true])");
    QTest::newRow("a call without a platform")
        << Question{} << QByteArray("await context.call('other', {}).catch((e) => e.message)")
        << QByteArray(R"("Cannot call 'other': the platform cannot be reached from here. Try again.")");
}

void TestNodeHandler::getsTheRequestAsAnEvent()
{
    QFETCH(Question, question);
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, expected);
    EngineFixture fixture;
    const auto id = fixture.startFunction("export async function handler(event, context) {\n"
                                          "    return JSON.stringify(" +
                                          expression + ");\n}\n");
    const auto answer = fixture.ask(id, question);
    QCOMPARE(answer->status(), 200);
    QCOMPARE(answer->body(), expected);
}

void TestNodeHandler::sendsWhatTheHandlerReturns_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = "application/json";
    const QByteArray text = "text/plain; charset=utf-8";
    QTest::newRow("nothing") << QByteArray("undefined") << 204 << QByteArray() << QByteArray();
    QTest::newRow("string") << QByteArray("'hi'") << 200 << text << QByteArray("hi");
    QTest::newRow("number") << QByteArray("42") << 200 << json << QByteArray("42");
    QTest::newRow("object") << QByteArray("{ a: 1 }") << 200 << json << QByteArray(R"({"a":1})");
    QTest::newRow("array") << QByteArray("[1, 2]") << 200 << json << QByteArray("[1,2]");
    QTest::newRow("buffer") << QByteArray("Buffer.from('raw')") << 200
                            << QByteArray("application/octet-stream") << QByteArray("raw");
    QTest::newRow("answer") << QByteArray("{ status: 201, headers: { 'X-A': 'b' }, body: { ok: true } }")
                            << 201 << json << QByteArray(R"({"ok":true})");
    QTest::newRow("statusCode") << QByteArray("{ statusCode: 404, body: 'none' }") << 404 << text
                                << QByteArray("none");
    QTest::newRow("base64") << QByteArray("{ status: 200, body: 'cmF3', isBase64: true }") << 200
                            << QByteArray("application/octet-stream") << QByteArray("raw");
    QTest::newRow("own type") << QByteArray(
                                     "{ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' }")
                              << 200 << QByteArray("text/html") << QByteArray("<p>");
    QTest::newRow("a thing with a status") << QByteArray("{ status: 'open', id: 3 }") << 200 << json
                                           << QByteArray(R"({"status":"open","id":3})");
    QTest::newRow("a thing with a number") << QByteArray("{ status: 200, name: 'x' }") << 200 << json
                                           << QByteArray(R"({"status":200,"name":"x"})");
    QTest::newRow("Web Response") << QByteArray("new Response('web', { status: 203 })") << 203
                                  << QByteArray("text/plain;charset=UTF-8") << QByteArray("web");
    QTest::newRow("cannot be sent")
        << QByteArray("() => 1") << 500 << QByteArray("application/problem+json")
        << QByteArray(
               R"({"type":"/problems/runtime/handler-error","title":"The handler threw an )"
               R"(error","status":500,"detail":"The handler returned a function, which cannot be sent."})");
}

void TestNodeHandler::sendsWhatTheHandlerReturns()
{
    QFETCH(QByteArray, value);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    EngineFixture fixture;
    const auto id = fixture.startFunction("export const handler = async () => (" + value + ");\n");
    const auto answer = fixture.ask(id);
    QCOMPARE(answer->status(), status);
    QCOMPARE(answer->header("content-type"), type);
    QCOMPARE(answer->body(), body);
}

void TestNodeHandler::findsTheHandler_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("handler");
    QTest::addColumn<QByteArray>("package");
    QTest::newRow("named") << QByteArray("src/a.js") << QByteArray("export const go = () => 'ok';")
                           << QByteArray("src/a.js#go") << QByteArray();
    QTest::newRow("default function") << QByteArray("a.mjs") << QByteArray("export default () => 'ok';")
                                      << QByteArray("a.mjs") << QByteArray();
    QTest::newRow("fetch") << QByteArray("a.js")
                           << QByteArray("export const fetch = () => new Response('ok');")
                           << QByteArray("a.js#fetch") << QByteArray();
    QTest::newRow("default with fetch, handler by its usual name")
        << QByteArray("a.js") << QByteArray("export default { fetch: () => new Response('ok') };")
        << QByteArray("a.js#handler") << QByteArray();
    QTest::newRow("default with fetch")
        << QByteArray("a.js")
        << QByteArray("export default { word: 'ok', fetch() { return new Response(this.word); } };")
        << QByteArray("a.js#default") << QByteArray();
    QTest::newRow("CommonJS by extension")
        << QByteArray("a.cjs") << QByteArray("exports.handler = () => 'ok';") << QByteArray("a.cjs#handler")
        << QByteArray();
    QTest::newRow("CommonJS by package.json")
        << QByteArray("a.js") << QByteArray("module.exports = { handler: () => 'ok' };")
        << QByteArray("a.js#handler") << QByteArray(R"({"type":"commonjs"})");
}

void TestNodeHandler::findsTheHandler()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, handler);
    QFETCH(QByteArray, package);
    EngineFixture fixture;
    QMap<QString, QByteArray> files{{QString::fromLatin1(file), code}};
    if (!package.isEmpty()) {
        files[u"package.json"_s] = package;
    }
    const auto id = fixture.startAndWait(fixture.spec(fixture.writeCode(files), handler.toStdString()));
    QVERIFY2(fixture.notes().sockets.contains(id), fixture.notes().instanceFailures[id].detail.c_str());
    QCOMPARE(fixture.ask(id)->body(), "ok");
}

/// As express has them: a CommonJS package that requires one whose face for `require` is an ES module.
void TestNodeHandler::loadsPackagesAsNodeDoes()
{
    EngineFixture fixture;
    const auto code = fixture.writeCode({
        {u"package.json"_s, R"({"type":"module"})"},
        {u"handler.js"_s, "import outer from 'outer';\nexport const handler = () => outer;\n"},
        {u"node_modules/outer/package.json"_s, R"({"name":"outer"})"},
        {u"node_modules/outer/index.js"_s, "module.exports = require('inner')();\n"},
        {u"node_modules/inner/package.json"_s,
         R"({"name":"inner","exports":{".":[{"module-sync":"./require.mjs","default":"./index.js"},"./index.js"]}})"},
        {u"node_modules/inner/index.js"_s, "module.exports = () => 'ok';\n"},
        {u"node_modules/inner/require.mjs"_s,
         "import inner from './index.js';\nexport default inner;\nexport { inner as 'module.exports' };\n"},
    });
    const auto id = fixture.startAndWait(fixture.spec(code, "handler.js#handler"));
    QVERIFY2(fixture.notes().sockets.contains(id), fixture.notes().instanceFailures[id].detail.c_str());
    QCOMPARE(fixture.ask(id)->body(), "ok");
}

void TestNodeHandler::streamsBothWaysInTheWebForm()
{
    EngineFixture fixture;
    const auto spec = fixture.spec(
        fixture.writeCode(
            {{u"handler.js"_s,
              "export function fetch(request) {\n"
              "    const upper = new TransformStream({ transform(chunk, out) {\n"
              "        out.enqueue(new TextEncoder().encode(new "
              "TextDecoder().decode(chunk).toUpperCase()));\n"
              "    } });\n"
              "    const headers = new Headers({ 'x-method': request.method, 'x-path': new "
              "URL(request.url).pathname });\n"
              "    headers.append('set-cookie', 'a=1'); headers.append('set-cookie', 'b=2');\n"
              "    return new Response(request.body.pipeThrough(upper), { status: 202, headers });\n"
              "}\n"}}),
        "handler.js#fetch");
    fixture.startAndWait(spec);
    const auto asking =
        Asking::streaming(fixture.notes().sockets[spec.id], {.method = "POST", .target = "/echo"});
    for (const QByteArray chunk : {"one ", "two ", "three"}) {
        const auto before = asking->body().size();
        asking->sendChunk(chunk); // its echo comes while the request is still open
        QVERIFY(waitUntil([&] { return asking->body().size() == before + chunk.size(); }));
    }
    QVERIFY(!asking->isOver());
    asking->sendChunk({});
    QVERIFY(waitUntil([&] { return asking->isOver(); }));
    QCOMPARE(asking->status(), 202);
    QCOMPARE(asking->body(), "ONE TWO THREE");
    QCOMPARE(asking->header("x-method"), "POST");
    QCOMPARE(asking->header("x-path"), "/echo");
    QVERIFY(asking->raw().contains("set-cookie: a=1\r\n") && asking->raw().contains("set-cookie: b=2\r\n"));
}

void TestNodeHandler::streamsAnAsyncIterable()
{
    EngineFixture fixture;
    const auto id = fixture.startFunction("async function* count() {\n"
                                          "    yield 'first;';\n"
                                          "    await new Promise((done) => setTimeout(done, 300));\n"
                                          "    yield { second: 2 };\n"
                                          "}\n"
                                          "export const handler = () => ({ status: 200, headers: { "
                                          "'content-type': 'text/x' }, body: count() });\n");
    Asking asking(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return asking.body() == "first;"; }));
    QVERIFY(!asking.isOver());
    QVERIFY(waitUntil([&] { return asking.isOver(); }));
    QCOMPARE(asking.body(), "first;{\"second\":2}\n");
    QCOMPARE(asking.header("content-type"), "text/x");
}

void TestNodeHandler::answersForAHandlerThatThrows()
{
    EngineFixture fixture;
    const auto id =
        fixture.startFunction("export function handler() {\n    throw new TypeError('bad thing');\n}\n");
    const auto answer = fixture.ask(id);
    QCOMPARE(answer->status(), 500);
    QCOMPARE(answer->header("content-type"), "application/problem+json");
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/handler-error"_s);
    QCOMPARE(answer->json()[u"detail"], u"bad thing"_s);
    QVERIFY(!answer->body().contains("/code/")); // the stack is for the log, not for the client
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "file:///code/handler.js:2"); }));
    QCOMPARE(fixture.ask(id)->status(), 500); // it survives
}

void TestNodeHandler::answersForAHandlerThatNeverDoes()
{
    EngineFixture fixture;
    auto spec = fixture.spec(fixture.writeCode(
        {{u"handler.js"_s, "export function handler(event, context) {\n"
                           "    if (event.path === '/quick') { return 'quick'; }\n"
                           "    return new Promise(() => context.signal.addEventListener('abort', () => "
                           "console.log('aborted')));\n"
                           "}\n"}}));
    spec.timeoutSeconds = 1;
    fixture.startAndWait(spec);
    const auto answer = fixture.ask(spec.id);
    QCOMPARE(answer->status(), 504);
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/timeout"_s);
    QCOMPARE(answer->json()[u"detail"],
             u"No answer within 1 s. Answer sooner or raise the function's timeout."_s);
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(spec.id, "aborted"); }));
    QCOMPARE(fixture.ask(spec.id, {.target = "/quick"})->body(), "quick");
}

void TestNodeHandler::answersInFlightRequestsWhenAnErrorIsUncaught()
{
    EngineFixture fixture;
    const auto id = fixture.startFunction(
        "export function handler(event) {\n"
        "    if (event.path === '/bad') { Promise.reject(new Error('nobody caught me')); }\n"
        "    console.log('waiting');\n"
        "    return new Promise(() => {});\n"
        "}\n");
    Asking innocent(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "waiting"); }));
    Asking guilty(fixture.notes().sockets[id], {.target = "/bad"});
    QVERIFY(waitUntil([&] { return innocent.isOver() && guilty.isOver(); }));
    for (const auto *asking : {&innocent, &guilty}) {
        QCOMPARE(asking->status(), 500);
        QCOMPARE(asking->json()[u"type"], u"/problems/runtime/uncaught"_s);
        QCOMPARE(asking->json()[u"detail"], u"nobody caught me"_s);
    }
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
    QCOMPARE(fixture.notes().ended[id].exitCode, 1);
    QVERIFY(fixture.notes().hasLine(id, "Unhandled rejection: nobody caught me"));
    QVERIFY(fixture.notes().hasLine(id, "handler.js:2"));
}

void TestNodeHandler::refusesBrokenJson()
{
    EngineFixture fixture;
    const auto id = fixture.startFunction("export const handler = () => 'never';\n");
    const auto answer =
        fixture.ask(id, {.method = "POST", .headers = {{"content-type", "application/json"}}, .body = "{"});
    QCOMPARE(answer->status(), 400);
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/bad-body"_s);
}

void TestNodeHandler::writesLogsAndMetricsWithTheRequest()
{
    EngineFixture fixture;
    const auto id = fixture.startFunction("export async function handler(event, context) {\n"
                                          "    context.log.warn('careful', { size: 3 });\n"
                                          "    context.metrics.increment('orders', 2, { kind: 'new' });\n"
                                          "    await new Promise((done) => setTimeout(done, 5));\n"
                                          "    console.error('late %s', 'line');\n"
                                          "}\n");
    fixture.ask(id, {.headers = {{"nest-request-id", "inv-9"}}});
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "late line"); }));
    QList<QJsonObject> lines;
    for (const auto &line : fixture.notes().lines[id]) {
        lines.push_back(QJsonDocument::fromJson(QByteArray::fromStdString(line)).object());
        QCOMPARE(lines.back()[u"requestId"], u"inv-9"_s);
    }
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0][u"severity"], u"warning"_s);
    QCOMPARE(lines[0][u"message"], u"careful"_s);
    QCOMPARE(lines[0][u"size"], 3);
    QCOMPARE(lines[1][u"metric"], u"orders"_s);
    QCOMPARE(lines[1][u"value"], 2);
    QCOMPARE(lines[1][u"labels"].toObject()[u"kind"], u"new"_s);
    QCOMPARE(lines[2][u"severity"], u"error"_s);
}

QTEST_GUILESS_MAIN(TestNodeHandler)
#include "tst_nodehandler.moc"
