// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// context.call() in the three languages, on a real nestd: the lane and the trace go on, what is wrong is
// said, circles end.
#include "tests/support/testplatform.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

constexpr auto trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr auto scaling = R"({"scaling":{"maximum":2}})";

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class CallsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keepsLaneAndTrace_data() { callers(); }
    void keepsLaneAndTrace();
    void saysThatAFunctionIsMissing_data() { callers(); }
    void saysThatAFunctionIsMissing();
    void saysThatAFunctionFailed_data() { callers(); }
    void saysThatAFunctionFailed();
    void saysThatAnAnswerIsBroken_data();
    void saysThatAnAnswerIsBroken();
    void asksForTheHeadAlone_data() { callers(); }
    void asksForTheHeadAlone();
    void endsACircle();
    void believesNobodyElsesDepth();
    void seesNothingButTheSocket();
    void callsAfterARestartOfNestd();

private:
    static void callers()
    {
        QTest::addColumn<QByteArray>("caller");
        for (const char *each : {"caller-node", "caller-python", "caller-java"}) {
            QTest::newRow(each) << QByteArray(each);
        }
    }
    /// What the caller says of its call of `name`.
    HttpAnswer ask(const QByteArray &caller, const QByteArray &name, const QByteArray &path = "/orders",
                   const QByteArray &method = "PUT")
    {
        return m_platform.gateway(
            {.path = "/fn/" + caller + "/?name=" + name + "&path=" + path + "&method=" + method,
             .headers = {{"nest-lane", "feature-1"}, {"traceparent", trace}, {"nest-depth", "16"}}});
    }

    TestPlatform m_platform;
};

void CallsTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"0"_s}), qPrintable(m_platform.error()));
    const auto deploy = [&](const QByteArray &name, const QByteArray &runtime, const QByteArray &file,
                            const QByteArray &code, const QByteArray &group = "default/main/local") {
        return m_platform.deploy(name,
                                 {{"function.yaml", "name: " + name + "\nruntime: " + runtime +
                                                        "\nhandler: " + file + "#handler\n"},
                                  {file, code}},
                                 scaling, group);
    };
    const QByteArray callee =
        "export const handler = (event, context) => {\n"
        "    if (event.path === '/fail') { throw new Error('no such order'); }\n"
        "    if (event.path === '/broken') {\n"
        "        return { status: 200, headers: { 'content-type': 'application/json' }, body: '{\"no' };\n   "
        " }\n"
        "    if (event.path === '/long') { return { status: 200, body: 'x'.repeat(17 * 1024 * 1024) }; }\n"
        "    if (event.path === '/cut') {\n"
        "        return { status: 200, body: (async function* () {\n"
        "            yield 'some';\n"
        "            await new Promise((done) => setTimeout(done, 200)); // its beginning is on its way\n"
        "            throw new Error('cut');\n        })() };\n    }\n"
        "    const { headers } = event;\n"
        "    return { status: 201, body: { group: context.group, lane: headers['nest-lane'],\n"
        "        trace: headers.traceparent, depth: headers['nest-depth'], got: event.body,\n"
        "        method: event.method, path: event.path, extra: headers['x-extra'] } };\n};\n";
    QCOMPARE(
        m_platform.api({"PUT", "/v1/groups/default/feature-1/local", "{}", {{"If-None-Match", "*"}}}).status,
        201);
    QCOMPARE(deploy("callee", "node20", "src/handler.js", callee), QString());
    QCOMPARE(deploy("callee", "node20", "src/handler.js", callee, "default/feature-1/local"), QString());
    QCOMPARE(
        deploy(
            "circle", "node20", "src/handler.js",
            "export async function handler(event, context) {\n"
            "    try {\n"
            "        return (await context.call('circle', { deeper: true })).body;\n"
            "    } catch (error) {\n"
            "        return { depth: event.headers['nest-depth'], type: error.type, says: error.message };\n"
            "    }\n}\n"),
        QString());
    QCOMPARE(
        deploy("caller-node", "node20", "src/handler.js",
               "import { readdirSync } from 'node:fs';\n"
               "export async function handler(event, context) {\n"
               "    if (event.path === '/look') { return readdirSync('/run/nest'); }\n"
               "    const { name, path, method } = event.query;\n"
               "    try {\n"
               "        const answer = await context.call(name, { order: 7 },\n"
               "            { method, path: `${path}?n=1`, headers: { 'x-extra': 'e' } });\n"
               "        return { status: answer.status, type: typeof answer.headers, body: answer.body };\n"
               "    } catch (error) {\n"
               "        return { status: 299, body: { says: error.message, status: error.status,\n"
               "            type: error.type } };\n"
               "    }\n}\n"),
        QString());
    QCOMPARE(deploy("caller-python", "python3.13", "src/handler.py",
                    "def handler(event, context):\n"
                    "    query = event['query']\n"
                    "    try:\n"
                    "        answer = context.call(query['name'], {'order': 7}, method=query['method'],\n"
                    "                              path=query['path'] + '?n=1', headers={'x-extra': 'e'})\n"
                    "        return {'status': answer.status, 'body': answer.body}\n"
                    "    except Exception as error:\n"
                    "        return {'status': 299, 'body': {'says': str(error), 'status': error.status,\n"
                    "                                        'type': error.type}}\n"),
             QString());
    QCOMPARE(
        deploy("caller-java", "java21", "src/Handler.java",
               "import nest.functions.*;\n"
               "import java.util.Map;\n"
               "public class Handler {\n"
               "    public Response handler(Event event, Context context) {\n"
               "        try {\n"
               "            Response answer = context.call(event.query(\"name\"), event.query(\"method\"),\n"
               "                event.query(\"path\") + \"?n=1\", Map.of(\"x-extra\", \"e\"),\n"
               "                Map.of(\"order\", 7));\n"
               "            return Response.of(answer.status(), answer.body());\n"
               "        } catch (CallException error) {\n"
               "            return Response.of(299, Map.of(\"says\", error.getMessage(),\n"
               "                \"status\", error.status(), \"type\", error.type()));\n"
               "        }\n"
               "    }\n}\n"),
        QString());
}

void CallsTest::keepsLaneAndTrace()
{
    QFETCH(QByteArray, caller);
    const auto answer = ask(caller, "callee");
    const auto said =
        caller == "caller-node" && answer.status == 200 ? json(answer)[u"body"].toObject() : json(answer);
    QVERIFY2(said[u"group"] == u"default/feature-1/local"_s, answer.body.constData());
    QCOMPARE(said[u"lane"], u"feature-1"_s);
    QCOMPARE(said[u"trace"], QString::fromLatin1(trace));
    QCOMPARE(said[u"depth"], u"1"_s);
    QCOMPARE(said[u"method"], u"PUT"_s);
    QCOMPARE(said[u"path"], u"/orders"_s);
    QCOMPARE(said[u"extra"], u"e"_s);
    QCOMPARE(said[u"got"][u"order"].toInt(), 7);
}

void CallsTest::saysThatAFunctionIsMissing()
{
    QFETCH(QByteArray, caller);
    const auto answer = ask(caller, "nobody");
    QVERIFY2(answer.status == 299, answer.body.constData());
    QCOMPARE(json(answer)[u"status"].toInt(), 404);
    QCOMPARE(json(answer)[u"type"], u"/problems/gateway/unknown-function"_s);
    QVERIFY2(json(answer)[u"says"].toString().startsWith(
                 u"Cannot call 'nobody': No function \"nobody\" is deployed here."_s),
             answer.body.constData());
}

void CallsTest::saysThatAFunctionFailed()
{
    QFETCH(QByteArray, caller);
    const auto answer = ask(caller, "callee", "/fail");
    QVERIFY2(answer.status == 299, answer.body.constData());
    QCOMPARE(json(answer)[u"type"], u"/problems/runtime/handler-error"_s);
    QVERIFY2(json(answer)[u"says"].toString().contains(u"no such order"_s), answer.body.constData());
}

void CallsTest::saysThatAnAnswerIsBroken_data()
{
    QTest::addColumn<QByteArray>("caller");
    QTest::addColumn<QByteArray>("path");
    for (const char *each : {"caller-node", "caller-python", "caller-java"}) {
        for (const char *path : {"/broken", "/long", "/cut"}) {
            QTest::addRow("%s%s", each, path) << QByteArray(each) << QByteArray(path);
        }
    }
}

void CallsTest::saysThatAnAnswerIsBroken()
{
    QFETCH(QByteArray, caller);
    QFETCH(QByteArray, path);
    const auto answer = ask(caller, "callee", path);
    QVERIFY2(answer.status == 299, answer.body.constData()); // the caller's client is not to blame
    QVERIFY2(
        json(answer)[u"says"].toString().startsWith(u"Cannot call 'callee': its answer cannot be read ("_s),
        answer.body.constData());
    QVERIFY2(!answer.body.contains("Export fetch"), answer.body.constData());
}

void CallsTest::asksForTheHeadAlone()
{
    QFETCH(QByteArray, caller);
    const auto answer = ask(caller, "callee", "/orders", "HEAD");
    const bool isWrapped = caller == "caller-node"; // {status, type, body}
    QVERIFY2(answer.status == (isWrapped ? 200 : 201), answer.body.constData());
    if (isWrapped) {
        QCOMPARE(json(answer)[u"status"].toInt(), 201);
        QVERIFY2(json(answer)[u"body"].isNull(), answer.body.constData());
    } else {
        QVERIFY2(answer.body.isEmpty(), answer.body.constData());
    }
}

void CallsTest::endsACircle()
{
    const auto answer = m_platform.gateway({.path = "/fn/circle/"});
    QVERIFY2(json(answer)[u"type"] == u"/problems/gateway/call-loop"_s, answer.body.constData());
    QCOMPARE(json(answer)[u"depth"], u"16"_s);
    QVERIFY(json(answer)[u"says"].toString().contains(u"Look for functions that call each other."_s));
}

void CallsTest::believesNobodyElsesDepth()
{
    const auto answer = m_platform.gateway({.path = "/fn/callee/", .headers = {{"nest-depth", "99"}}});
    QCOMPARE(answer.status, 201);
    QVERIFY2(!json(answer).contains(u"depth"), answer.body.constData());
}

void CallsTest::seesNothingButTheSocket()
{
    QCOMPARE(m_platform.gateway({.path = "/fn/caller-node/look"}).body, QByteArray(R"(["gateway.sock"])"));
    const QFileInfo socket(m_platform.runtimeDirectory() + u"/calls/gateway.sock"_s);
    QVERIFY(!(socket.permissions() &
              (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
}

void CallsTest::callsAfterARestartOfNestd()
{
    QCOMPARE(m_platform.gateway({.path = "/fn/caller-node/look"}).status, 200);
    m_platform.kill();
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"0"_s}), qPrintable(m_platform.error()));
    const auto answer = ask("caller-node", "callee");
    QVERIFY2(answer.body.contains("default/feature-1/local"), answer.body.constData());
}

QTEST_GUILESS_MAIN(CallsTest)
#include "tst_calls.moc"
