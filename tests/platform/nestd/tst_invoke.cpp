// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// POST …/actions/invoke against a real nestd: a build, a version and a group answer; what went wrong is said;
// trial instances come, are used again, and go.

#include "tests/support/testplatform.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr auto tricks = R"(import { writeSync } from 'node:fs';
export async function handler(event, context) {
    const query = event.query ?? {};
    console.log('hello from ' + (query.name ?? 'nobody'));
    if (query.spin) for (;;) {}
    if (query.wait) await new Promise((done) => setTimeout(done, Number(query.wait)));
    if (query.crash) { writeSync(2, 'the last words\n'); process.exit(7); }
    if (query.throw) throw new Error('asked to fail');
    if (query.bytes) return Buffer.alloc(Number(query.bytes), 'ab');
    if (query.binary) return Buffer.from([0xff, 0xfe, 0x00]);
    if (query.cut) return 'x'.repeat(1024 * 1024 - 1) + 'ü';
    return { status: 201, headers: { 'x-own': 'yes', 'nest-evil': 'no', connection: 'x-own2' },
        body: { version: context.version, group: context.group, event, env: process.env.COLOUR ?? null } };
}
)";

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QStringList messages(const QJsonObject &invocation)
{
    QStringList lines;
    for (const auto &line : invocation[u"log"].toArray()) {
        lines << line.toObject()[u"message"].toString();
    }
    return lines;
}

} // namespace

class InvokeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void triesABuildColdThenWarm();
    void triesAVersion();
    void asksAGroupThroughTheGateway();
    void tellsAFallbackToTheMainLane();
    void logsExactlyItsOwnRequest();
    void endsAtTheTimeLimit();
    void tellsACrash();
    void tellsWhyAModuleDoesNotLoad();
    void showsBodiesOfAllKinds();
    void refusesWhatCannotBeSent_data();
    void refusesWhatCannotBeSent();
    void keepsAtMostEightTrials();
    void endsAnIdleTrial();
    void letsTheFunctionFinishWhenTheCallerLeaves();
    void finishesATrialWhenNestdStops();

private:
    [[nodiscard]] HttpAnswer invoke(const QByteArray &function, const QByteArray &request) const
    {
        return m_platform.api({"POST", "/v1/functions/" + function + "/actions/invoke", request});
    }
    [[nodiscard]] QList<QJsonObject> trials(const QByteArray &function) const
    {
        QList<QJsonObject> found;
        const auto all = json(m_platform.get("/v1/instances?limit=500&function=" + function));
        for (const auto &value : all[u"items"].toArray()) {
            if (value.toObject()[u"set"].toString().isEmpty()) {
                found << value.toObject();
            }
        }
        return found;
    }
    [[nodiscard]] int liveTrials() const
    {
        int live = 0;
        const auto all = json(m_platform.get("/v1/instances?limit=500&state=ready"));
        for (const auto &value : all[u"items"].toArray()) {
            live += value.toObject()[u"set"].toString().isEmpty() ? 1 : 0;
        }
        return live;
    }
    QByteArray addFunction(const QByteArray &name, const QByteArray &handler, const QByteArray &more = {});

    TestPlatform m_platform;
};

/// Makes the function and its build #1; what went wrong otherwise.
QByteArray InvokeTest::addFunction(const QByteArray &name, const QByteArray &handler, const QByteArray &more)
{
    const QByteArray base = "/v1/functions/" + name;
    const auto made = m_platform.api({"POST", "/v1/functions", R"({"name":")" + name + R"("})"});
    const QByteArray manifest =
        "name: " + name + "\nruntime: node20\nhandler: src/handler.js#handler\n" + more;
    for (const auto &[path, content] : {std::pair<QByteArray, QByteArray>{"function.yaml", manifest},
                                        std::pair<QByteArray, QByteArray>{"src/handler.js", handler}}) {
        const auto body = QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(content)}})
                              .toJson(QJsonDocument::Compact);
        const auto put = m_platform.api({"PUT", base + "/files/" + path, body, {{"If-Match", "*"}}});
        if (put.status != 200 && put.status != 201) {
            return put.body;
        }
    }
    if (const auto started = m_platform.api({"POST", base + "/builds"}); started.status != 202) {
        return made.body + started.body;
    }
    HttpAnswer build;
    const bool isOver = waitUntil(
        [&] {
            build = m_platform.get(base + "/builds/1");
            const auto state = json(build)[u"state"].toString();
            return state != u"queued" && state != u"running";
        },
        seconds(60));
    return isOver ? QByteArray() : "too slow: " + build.body;
}

void InvokeTest::initTestCase()
{
    QVERIFY2(m_platform.start({u"--trial-idle"_s, u"4"_s}), qPrintable(m_platform.error()));
    QCOMPARE(addFunction("tricks", tricks, "timeout: 1\nmemory: 128\nenvironment:\n  COLOUR: blue\n"), "");
}

void InvokeTest::triesABuildColdThenWarm()
{
    const auto answer = invoke("tricks", R"({"build":1,"method":"POST","path":"/a/b?name=Ada&x=%20",
        "headers":{"content-type":"text/plain","x-mine":"1"},"body":"grüße"})");
    QCOMPARE(answer.status, 200);
    const auto cold = json(answer);
    QCOMPARE(cold[u"status"].toInt(), 201);
    QCOMPARE(cold[u"reason"].toString(), u""_s);
    QVERIFY(cold[u"id"].toString().startsWith(u"inv-"_s));
    QCOMPARE(cold[u"build"].toInt(), 1);
    QVERIFY(!cold.contains(u"version"));
    QVERIFY(!cold.contains(u"group"));
    QCOMPARE(cold[u"isCold"].toBool(), true);
    QVERIFY(cold[u"coldStart"][u"startMs"].toDouble() > 0);
    QVERIFY(cold[u"coldStart"][u"userInitMs"].toDouble() > 0);
    QVERIFY(cold[u"queueWaitMs"].toDouble() > 10);
    QVERIFY(cold[u"handlerMs"].toDouble() > 0);
    QVERIFY(cold[u"durationMs"].toDouble() >=
            cold[u"queueWaitMs"].toDouble() + cold[u"handlerMs"].toDouble());
    QCOMPARE(cold[u"traceId"].toString().size(), 32);
    const auto body = QJsonDocument::fromJson(cold[u"body"].toString().toUtf8()).object();
    QCOMPARE(body[u"event"][u"method"].toString(), u"POST"_s);
    QCOMPARE(body[u"event"][u"path"].toString(), u"/a/b"_s);
    QCOMPARE(body[u"event"][u"body"].toString(), u"grüße"_s);
    QCOMPARE(body[u"event"][u"headers"][u"x-mine"].toString(), u"1"_s);
    QCOMPARE(body[u"env"].toString(), u"blue"_s);
    QCOMPARE(body[u"group"].toString(), u""_s);
    QMap<QString, QString> headers;
    for (const auto &header : cold[u"headers"].toArray()) {
        headers[header[u"name"].toString().toLower()] = header[u"value"].toString();
    }
    QCOMPARE(headers.value(u"x-own"_s), u"yes"_s);
    for (const auto &name : headers.keys()) {
        QVERIFY2(!name.startsWith(u"nest-"_s) && name != u"connection"_s && name != u"transfer-encoding"_s,
                 qPrintable(name));
    }

    const auto warm = json(invoke("tricks", R"({"build":1})"));
    QCOMPARE(warm[u"isCold"].toBool(true), false);
    QCOMPARE(warm[u"instance"].toString(), cold[u"instance"].toString());
    QVERIFY(!warm[u"coldStart"].toObject().contains(u"startMs"));
    QVERIFY(warm[u"queueWaitMs"].toDouble() < 5);

    const auto listed = trials("tricks");
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed[0][u"id"].toString(), cold[u"instance"].toString());
    QCOMPARE(listed[0][u"build"].toInt(), 1);
    QCOMPARE(listed[0][u"version"].toInt(-1), 0);
    QCOMPARE(listed[0][u"lane"].toString(), u""_s);
    const auto one = json(m_platform.get("/v1/instances/" + cold[u"instance"].toString().toUtf8()));
    QCOMPARE(one[u"state"].toString(), u"ready"_s);
    // It serves no group, and nobody scales it.
    QCOMPARE(m_platform.gateway({.path = "/fn/tricks/"}).status, 404);
    QVERIFY(json(m_platform.get("/v1/decisions?function=tricks"))[u"items"].toArray().isEmpty());
}

void InvokeTest::triesAVersion()
{
    QCOMPARE(m_platform.api({"POST", "/v1/functions/tricks/versions", R"({"build":1})"}).status, 201);
    const auto answer = json(invoke("tricks", R"({"version":1})"));
    QCOMPARE(answer[u"status"].toInt(), 201);
    QCOMPARE(answer[u"version"].toInt(), 1);
    QCOMPARE(answer[u"build"].toInt(), 1);
    const auto body = QJsonDocument::fromJson(answer[u"body"].toString().toUtf8()).object();
    QCOMPARE(body[u"version"].toInt(), 1); // not the build's instance, which knows of no version
    const auto again = json(invoke("tricks", R"({"build":1})"));
    QCOMPARE(again[u"instance"].toString(), answer[u"instance"].toString());
    QCOMPARE(again[u"version"].toInt(), 1);
}

void InvokeTest::asksAGroupThroughTheGateway()
{
    QCOMPARE(m_platform.deploy("grouped", TestPlatform::helloFiles("grouped"), "{}"), QString());
    const QByteArray request = R"({"group":{"set":"default","lane":"main","region":"local"},
        "path":"/?name=Ada&log=line","headers":{"traceparent":
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}})";
    const auto cold = json(invoke("grouped", request));
    QCOMPARE(cold[u"status"].toInt(), 200);
    QCOMPARE(QJsonDocument::fromJson(cold[u"body"].toString().toUtf8())[u"hello"].toString(), u"Ada"_s);
    QCOMPARE(cold[u"version"].toInt(), 1);
    QCOMPARE(cold[u"build"].toInt(), 1);
    QCOMPARE(cold[u"isCold"].toBool(), true);
    QVERIFY(cold[u"coldStart"][u"startMs"].toDouble() > 0);
    QVERIFY(cold[u"queueWaitMs"].toDouble() > 0);
    QVERIFY(cold[u"handlerMs"].toDouble() > 0);
    QCOMPARE(cold[u"traceId"].toString(), u"0af7651916cd43dd8448eb211c80319c"_s);
    QCOMPARE(cold[u"group"], cold[u"wantedGroup"]);
    QCOMPARE(messages(cold), QStringList{u"line"_s});
    QVERIFY(cold[u"instance"].toString().startsWith(u"i-"_s));
    const auto warm = json(invoke("grouped", request));
    QCOMPARE(warm[u"isCold"].toBool(true), false);
    QVERIFY(trials("grouped").isEmpty());
    // The memory is told as soon as the instance has been measured.
    QVERIFY(waitUntil([&] { return json(invoke("grouped", request))[u"memoryMegabytes"].toDouble() > 1; },
                      seconds(10)));
    // Counted like any other: the deployment was woken by a poke.
    const auto decisions = json(m_platform.get("/v1/decisions?function=grouped"))[u"items"].toArray();
    QCOMPARE(decisions.last()[u"cause"].toString(), u"poke"_s);

    const auto gone = json(invoke("grouped", R"({"group":{"set":"default","lane":"main","region":"local"},
        "path":"/?exit=1","method":"POST"})"));
    QCOMPARE(gone[u"status"].toInt(), 502);
    QVERIFY2(gone[u"reason"].toString().contains(u"may or may not"_s),
             qPrintable(gone[u"reason"].toString()));
    QVERIFY(gone[u"instance"].toString().startsWith(u"i-"_s));
    QCOMPARE(gone[u"version"].toInt(), 1);
    QVERIFY(!gone.contains(u"handlerMs"));
}

void InvokeTest::tellsAFallbackToTheMainLane()
{
    QCOMPARE(m_platform.api({"PUT", "/v1/groups/default/gray/local", "{}", {{"If-None-Match", "*"}}}).status,
             201);
    const auto answer =
        json(invoke("grouped", R"({"group":{"set":"default","lane":"gray","region":"local"}})"));
    QCOMPARE(answer[u"status"].toInt(), 200);
    QCOMPARE(answer[u"wantedGroup"][u"lane"].toString(), u"gray"_s);
    QCOMPARE(answer[u"group"][u"lane"].toString(), u"main"_s);
    const auto nowhere =
        json(invoke("tricks", R"({"group":{"set":"default","lane":"gray","region":"local"}})"));
    QCOMPARE(nowhere[u"type"].toString(), u"/problems/control/unknown-deployment"_s);
}

void InvokeTest::logsExactlyItsOwnRequest()
{
    QList<QJsonObject> answers(2);
    std::thread other(
        [&] { answers[1] = json(invoke("tricks", R"({"build":1,"path":"/?name=two&wait=300"})")); });
    answers[0] = json(invoke("tricks", R"({"build":1,"path":"/?name=one&wait=300"})"));
    other.join();
    QCOMPARE(messages(answers[0]), QStringList{u"hello from one"_s});
    QCOMPARE(messages(answers[1]), QStringList{u"hello from two"_s});
    const auto line = answers[0][u"log"].toArray().first();
    QCOMPARE(line[u"requestId"].toString(), answers[0][u"id"].toString());
    QCOMPARE(line[u"instance"].toString(), answers[0][u"instance"].toString());
    QVERIFY(line[u"sequence"].toInt() > 0);
}

void InvokeTest::endsAtTheTimeLimit()
{
    const auto slow = json(invoke("tricks", R"({"build":1,"path":"/?wait=5000"})"));
    QCOMPARE(slow[u"status"].toInt(), 504); // the runtime's own answer: the instance lives on
    QVERIFY2(slow[u"reason"].toString().contains(u"1 s"_s), qPrintable(slow[u"reason"].toString()));
    QElapsedTimer clock;
    clock.start();
    const auto spinning = json(invoke("tricks", R"({"build":1,"path":"/?spin=1"})"));
    QVERIFY(clock.elapsed() < 4000);
    QCOMPARE(spinning[u"status"].toInt(), 0);
    QVERIFY2(spinning[u"reason"].toString().contains(u"time limit of 1 s"_s),
             qPrintable(spinning[u"reason"].toString()));
    const auto next = json(invoke("tricks", R"({"build":1})"));
    QCOMPARE(next[u"status"].toInt(), 201); // a fresh one: the other hangs
    QCOMPARE(next[u"isCold"].toBool(), true);
    QVERIFY(next[u"instance"] != spinning[u"instance"]);
}

void InvokeTest::tellsACrash()
{
    const auto crashed = json(invoke("tricks", R"({"build":1,"path":"/?crash=1&name=it"})"));
    QCOMPARE(crashed[u"status"].toInt(), 0);
    QVERIFY2(crashed[u"reason"].toString().contains(u"exit code 7"_s),
             qPrintable(crashed[u"reason"].toString()));
    QCOMPARE(messages(crashed), (QStringList{u"hello from it"_s, u"the last words"_s}));
    const auto thrown = json(invoke("tricks", R"({"build":1,"path":"/?throw=1"})"));
    QCOMPARE(thrown[u"status"].toInt(), 500);
    QCOMPARE(thrown[u"reason"].toString(), u"asked to fail"_s);
    QCOMPARE(thrown[u"isCold"].toBool(), true); // the one that died was replaced
    QVERIFY(messages(thrown).join(u'\n').contains(u"The handler threw: asked to fail"_s));
}

void InvokeTest::tellsWhyAModuleDoesNotLoad()
{
    QCOMPARE(addFunction("broken",
                         "console.log('loading');\nthrow new Error('no luck');\nexport const handler = 1;\n"),
             "");
    const auto answer = json(invoke("broken", R"({"build":1})"));
    QCOMPARE(answer[u"status"].toInt(-1), 0);
    QVERIFY2(answer[u"reason"].toString().contains(u"no luck"_s), qPrintable(answer[u"reason"].toString()));
    QVERIFY(messages(answer).contains(u"loading"_s));
    QCOMPARE(
        json(m_platform.get("/v1/instances/" + answer[u"instance"].toString().toUtf8()))[u"state"].toString(),
        u"failed"_s);
}

void InvokeTest::showsBodiesOfAllKinds()
{
    const auto binary = json(invoke("tricks", R"({"build":1,"path":"/?binary=1"})"));
    QCOMPARE(binary[u"bodyEncoding"].toString(), u"base64"_s);
    QCOMPARE(QByteArray::fromBase64(binary[u"body"].toString().toUtf8()), QByteArray("\xff\xfe\0", 3));
    const auto whole = json(invoke("tricks", R"({"build":1,"path":"/?bytes=1048576"})"));
    QCOMPARE(whole[u"body"].toString().size(), 1048576);
    QCOMPARE(whole[u"isTruncated"].toBool(true), false);
    const auto longer = json(invoke("tricks", R"({"build":1,"path":"/?bytes=9000001"})"));
    QCOMPARE(longer[u"body"].toString().size(), 1048576);
    QCOMPARE(longer[u"isTruncated"].toBool(), true);
    QCOMPARE(longer[u"reason"].toString(), u""_s);
    const auto cut = json(invoke("tricks", R"({"build":1,"path":"/?cut=1"})"));
    QCOMPARE(cut[u"bodyEncoding"].toString(), u"utf8"_s); // the half character at the end is left out
    QCOMPARE(cut[u"body"].toString().size(), 1048575);
    const auto head = json(invoke("tricks", R"({"build":1,"method":"HEAD"})"));
    QCOMPARE(head[u"status"].toInt(), 201);
    QCOMPARE(head[u"body"].toString(), u""_s);
    const auto sent =
        json(invoke("tricks", R"({"build":1,"method":"PUT","bodyEncoding":"base64","body":"aGk=",
        "headers":{"content-type":"text/plain"}})"));
    QCOMPARE(QJsonDocument::fromJson(sent[u"body"].toString().toUtf8())[u"event"][u"body"].toString(),
             u"hi"_s);
}

void InvokeTest::refusesWhatCannotBeSent_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char *name, const char *request, int status, const char *type,
                        const char *pointer) {
        QTest::newRow(name) << QByteArray("tricks") << QByteArray(request) << status
                            << QString::fromUtf8(type) << QString::fromUtf8(pointer);
    };
    row("nothing named", "{}", 422, "control/invalid", "/build");
    row("two named", R"({"build":1,"version":1})", 422, "control/invalid", "/version");
    row("unknown build", R"({"build":99})", 404, "control/unknown-build", "/build");
    row("unknown version", R"({"version":99})", 404, "control/unknown-version", "/version");
    row("unknown group", R"({"group":{"set":"x","lane":"y","region":"z"}})", 404, "control/unknown-group",
        "/group");
    row("method", R"({"build":1,"method":"get"})", 422, "control/invalid", "/method");
    row("relative", R"({"build":1,"path":"a"})", 422, "control/invalid", "/path");
    row("blank", R"({"build":1,"path":"/a b"})", 422, "control/invalid", "/path");
    row("line end", R"({"build":1,"path":"/a\r\nx: y"})", 422, "control/invalid", "/path");
    row("reserved path", R"({"build":1,"path":"/_nest/health"})", 422, "control/invalid", "/path");
    row("header name", R"({"build":1,"headers":{"a b/c":"1"}})", 422, "control/invalid", "/headers/a b~1c");
    row("header value", R"({"build":1,"headers":{"a":"1\r\nb: 2"}})", 422, "control/invalid", "/headers/a");
    row("lane header", R"({"build":1,"headers":{"Nest-Lane":"x"}})", 422, "control/invalid",
        "/headers/Nest-Lane");
    row("framing", R"({"build":1,"headers":{"transfer-encoding":"chunked"}})", 422, "control/invalid",
        "/headers/transfer-encoding");
    row("base 64", R"({"build":1,"bodyEncoding":"base64","body":"*"})", 422, "control/invalid", "/body");
    row("unknown field", R"({"build":1,"fast":true})", 422, "wire/bad-fields", "/fast");
    row("no json", "{", 400, "wire/broken-json", "");
    QTest::newRow("unknown function") << QByteArray("nobody") << QByteArray(R"({"build":1})") << 404
                                      << u"control/unknown-function"_s << u""_s;
}

void InvokeTest::refusesWhatCannotBeSent()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QString, type);
    QFETCH(QString, pointer);
    const auto answer = invoke(function, request);
    QCOMPARE(answer.status, status);
    const auto problem = json(answer);
    QCOMPARE(problem[u"type"].toString(), u"/problems/"_s + type);
    QVERIFY(!problem[u"detail"].toString().isEmpty());
    if (!pointer.isEmpty()) {
        QStringList pointers;
        for (const auto &error : problem[u"errors"].toArray()) {
            pointers << error[u"pointer"].toString();
        }
        QVERIFY2(pointers.contains(pointer), answer.body.constData());
    }
}

void InvokeTest::keepsAtMostEightTrials()
{
    QCOMPARE(addFunction("failing", "export const handler = (;\n"), "");
    const auto red = json(invoke("failing", R"({"build":1})"));
    QCOMPARE(red[u"type"].toString(), u"/problems/control/build-not-green"_s);
    QVERIFY(red[u"detail"].toString().contains(u"failed"_s));
    constexpr int functions = 9;
    for (int i = 0; i < functions; ++i) {
        const QByteArray name = "many" + QByteArray::number(i);
        QCOMPARE(addFunction(name, tricks), "");
    }
    for (int i = 0; i < functions; ++i) {
        QCOMPARE(json(invoke("many" + QByteArray::number(i), R"({"build":1})"))[u"status"].toInt(), 201);
        QVERIFY(liveTrials() <= 8);
    }
}

void InvokeTest::endsAnIdleTrial()
{
    const auto answer = json(invoke("tricks", R"({"build":1})"));
    const auto path = "/v1/instances/" + answer[u"instance"].toString().toUtf8();
    QVERIFY(waitUntil([&] { return json(m_platform.get(path))[u"state"].toString() == u"stopped"_s; },
                      seconds(10)));
    QCOMPARE(json(m_platform.get(path))[u"reason"].toString(), u"nobody used it for a while"_s);
    QVERIFY(waitUntil([&] { return liveTrials() == 0; }, seconds(10)));
}

void InvokeTest::letsTheFunctionFinishWhenTheCallerLeaves()
{
    const auto left = m_platform.api({.method = "POST",
                                      .path = "/v1/functions/tricks/actions/invoke",
                                      .body = R"({"build":1,"path":"/?name=left&wait=700"})",
                                      .limit = milliseconds(300)});
    QCOMPARE(left.status, 0);
    QVERIFY(waitUntil(
        [&] {
            return m_platform.get("/v1/logs?function=tricks&text=hello%20from%20left")
                .body.contains("hello from left");
        },
        seconds(5)));
    const auto next = json(invoke("tricks", R"({"build":1})"));
    QCOMPARE(next[u"status"].toInt(), 201);
}

void InvokeTest::finishesATrialWhenNestdStops()
{
    HttpAnswer answer;
    std::thread asking([&] { answer = invoke("tricks", R"({"build":1,"path":"/?name=late&wait=900"})"); });
    QVERIFY(waitUntil(
        [&] {
            return m_platform.get("/v1/logs?function=tricks&text=from%20late")
                .body.contains("hello from late");
        },
        seconds(5)));
    QCOMPARE(m_platform.stop(), 0);
    asking.join();
    QCOMPARE(answer.status, 200);
    QCOMPARE(json(answer)[u"status"].toInt(), 201);
}

QTEST_GUILESS_MAIN(InvokeTest)
#include "tst_invoke.moc"
