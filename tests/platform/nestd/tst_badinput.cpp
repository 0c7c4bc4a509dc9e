// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What comes in wrong is answered with a problem that names the thing and says what to do, and changes
// nothing. A real nestd, real functions.

#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

constexpr auto hello = "/v1/functions/hello";

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QString problemType(const HttpAnswer &answer)
{
    return object(answer)[u"type"].toString();
}

} // namespace

class BadInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isRefused_data();
    void isRefused();
    void namesEachField();
    void secondWriterLearnsThePresentState();
    void oneOfManyMakesAGroup();
    void creatingTwiceWithOneKeyIsOnce();
    void namesThePlaceOfASyntaxError();
    void saysWhyAFunctionThatThrowsAtLoadDoesNotAnswer();
    void saysWhatEndedAnInstanceThatStarts();
    void answersForAFunctionThatNeverDoes();
    void replacesAnInstanceThatEndsItself();
    void routesAndDocumentAgree();

private:
    TestPlatform m_platform;
};

void BadInputTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
}

void BadInputTest::isRefused_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("says");

    const auto row = [](const char *name, const char *method, const QByteArray &path, const QByteArray &body,
                        int status, const char *type, const char *says) {
        QTest::newRow(name) << QByteArray(method) << path << body << status
                            << QString::fromLatin1("/problems/") + QString::fromLatin1(type)
                            << QString::fromUtf8(says);
    };
    const QByteArray functions = "/v1/functions";
    const QByteArray files = QByteArray(hello) + "/files/";
    const QByteArray deployment = QByteArray(hello) + "/deployments/default/main/local";
    const auto weights = [](const QByteArray &text, const QByteArray &more = {}) {
        return R"({"weights":)" + text + more + "}";
    };
    row("broken JSON", "POST", functions, R"({"name":)", 400, "wire/broken-json", "not valid JSON");
    row("name with capitals", "POST", functions, R"({"name":"Hello"})", 422, "builds/bad-name", "Hello");
    row("name too short", "POST", functions, R"({"name":"ab"})", 422, "builds/bad-name", "");
    row("name missing", "POST", functions, "{}", 422, "builds/bad-name", "");
    row("name in use", "POST", functions, R"({"name":"hello"})", 409, "store/exists", "already");
    row("unknown field", "POST", functions, R"({"name":"other","colour":1})", 422, "wire/bad-fields",
        "colour");
    row("wrong type", "POST", functions, R"({"name":7})", 422, "wire/bad-fields", "/name");
    row("unknown runtime", "POST", functions, R"({"name":"other","runtime":"cobol"})", 422, "control/invalid",
        "node20");
    row("unknown template", "POST", functions, R"({"name":"other","templateId":"x"})", 404,
        "control/unknown-template", "x");
    row("unknown function", "GET", functions + "/nobody", "", 404, "control/unknown-function", "nobody");
    row("path with ..", "PUT", files + "src/../../etc/passwd", R"({"content":""})", 422, "builds/bad-path",
        "");
    row("absolute path", "PUT", files + "/etc/passwd", R"({"content":""})", 422, "builds/bad-path", "");
    row("encoded ..", "PUT", files + "%2e%2e/x", R"({"content":""})", 422, "builds/bad-path", "");
    row("path with a control character", "PUT", files + "a%01b", R"({"content":""})", 422, "builds/bad-path",
        "");
    row("path that is no UTF-8", "PUT", files + "a%ff", R"({"content":""})", 422, "builds/bad-path", "");
    row("hidden path", "PUT", files + ".env", R"({"content":""})", 422, "builds/bad-path", "hidden");
    row("hidden part of a path", "PUT", files + "src/.cache/x.js", R"({"content":""})", 422,
        "builds/bad-path", "hidden");
    row("path that reads the other way", "PUT", files + "a%E2%80%AEsj.exe", R"({"content":""})", 422,
        "builds/bad-path", "direction");
    row("file that is a folder", "PUT", files + "src", R"({"content":""})", 422, "builds/bad-path",
        "'src' would be a file and a folder");
    row("folder that is a file", "PUT", files + "src/handler.js/x.js", R"({"content":""})", 422,
        "builds/bad-path", "'src/handler.js' would be a file and a folder");
    row("path too long", "PUT", files + QByteArray(300, 'a'), R"({"content":""})", 422, "builds/bad-path",
        "");
    row("bad base 64", "PUT", files + "x.bin", R"({"encoding":"base64","content":"%%"})", 422,
        "control/invalid", "base 64");
    row("unknown file", "GET", files + "nothing.js", "", 404, "control/unknown-file", "nothing.js");
    row("unknown build", "GET", QByteArray(hello) + "/builds/99", "", 404, "control/unknown-build", "#99");
    row("version of an unknown build", "POST", QByteArray(hello) + "/versions", R"({"build":99})", 404,
        "control/unknown-build", "99");
    row("unknown group", "PUT", QByteArray(hello) + "/deployments/default/nowhere/local",
        weights(R"([{"version":1}])"), 404, "control/unknown-group", "default/nowhere/local");
    row("weights not 100", "PUT", deployment, weights(R"([{"version":1,"weight":90}])"), 422,
        "control/invalid", "100, not 90");
    row("weights beyond all numbers", "PUT", deployment,
        weights(R"([{"version":1,"weight":2147483647},{"version":2,"weight":2147483647}])"), 422,
        "control/invalid", "100, not 4294967294");
    row("no weights", "PUT", deployment, "{}", 422, "control/invalid", "100, not 0");
    row("unknown version", "PUT", deployment, weights(R"([{"version":9}])"), 422, "control/invalid",
        "not a version");
    row("version twice", "PUT", deployment,
        weights(R"([{"version":1,"weight":50},{"version":1,"weight":50}])"), 422, "control/invalid", "twice");
    row("reserved over maximum", "PUT", deployment,
        weights(R"([{"version":1}])", R"(,"scaling":{"reserved":5,"maximum":2})"), 422, "control/invalid",
        "");
    row("environment name", "PUT", deployment, weights(R"([{"version":1}])", R"(,"environment":{"A B":"1"})"),
        422, "control/invalid", "letters");
    row("unknown metric", "PUT", deployment, weights(R"([{"version":1}])", R"(,"scaling":{"metric":"luck"})"),
        422, "wire/bad-fields", "requestsPerSecond");
    row("group's description too long", "PUT", "/v1/groups/default/main/local",
        R"({"description":")" + QByteArray(2001, 'a') + R"("})", 422, "control/invalid", "2,000");
    row("unknown address", "GET", "/v1/nothing", "", 404, "control/unknown-route", "openapi.json");
    row("wrong method", "DELETE", "/v1/me", "", 405, "control/method-not-allowed", "GET");
    row("limit of a list", "GET", functions + "?limit=0", "", 400, "control/bad-query", "500");
    row("time of a query", "GET", "/v1/metrics/query?from=yesterday", "", 400, "control/bad-query",
        "yesterday");
    row("log without function", "GET", "/v1/logs", "", 400, "control/bad-query", "function=NAME");
}

void BadInputTest::isRefused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, type);
    QFETCH(QString, says);

    const auto before = m_platform.get("/v1/functions").body;
    const auto answer = m_platform.api({method, path, body, {{"If-Match", "*"}}});
    QVERIFY2(answer.status == status, answer.body.constData());
    QCOMPARE(answer.headers.value("content-type"), QByteArray("application/problem+json"));
    QCOMPARE(problemType(answer), type);
    QVERIFY2(answer.body.contains(says.toUtf8()), answer.body.constData());
    QVERIFY(!object(answer)[u"requestId"].toString().isEmpty());
    QCOMPARE(m_platform.get("/v1/functions").body, before); // nothing changed
}

void BadInputTest::namesEachField()
{
    const auto answer = m_platform.api(
        {"PUT",
         QByteArray(hello) + "/deployments/default/main/local",
         R"({"weights":[{"version":1,"weight":"much"}],"colour":1,"scaling":{"threshold":"x"}})",
         {{"If-Match", "*"}}});
    QCOMPARE(answer.status, 422);
    QStringList pointers;
    for (const auto &error : object(answer)[u"errors"].toArray()) {
        pointers << error[u"pointer"].toString();
    }
    pointers.sort();
    QCOMPARE(pointers, (QStringList{u"/colour"_s, u"/scaling/threshold"_s, u"/weights/0/weight"_s}));
}

void BadInputTest::secondWriterLearnsThePresentState()
{
    const auto read = m_platform.get(hello);
    const auto etag = read.headers.value("etag");
    auto mine = object(read);
    mine[u"description"] = u"mine"_s;
    auto theirs = object(read);
    theirs[u"description"] = u"theirs"_s;
    const auto send = [&](const QJsonObject &body, const QByteArray &match) {
        return m_platform.api({"PUT", hello, QJsonDocument(body).toJson(),
                               match.isEmpty()
                                   ? QList<std::pair<QByteArray, QByteArray>>{}
                                   : QList<std::pair<QByteArray, QByteArray>>{{"If-Match", match}}});
    };
    QCOMPARE(send(mine, {}).status, 428);
    QCOMPARE(send(mine, etag).status, 200);
    const auto refused = send(theirs, etag);
    QCOMPARE(refused.status, 412);
    QCOMPARE(object(refused)[u"current"][u"description"].toString(), u"mine"_s);
    QCOMPARE(send(theirs, refused.headers.value("etag")).status, 200);
    QCOMPARE(object(m_platform.get(hello))[u"description"].toString(), u"theirs"_s);
}

void BadInputTest::oneOfManyMakesAGroup()
{
    constexpr std::size_t many = 8;
    std::array<HttpAnswer, many> answers;
    std::vector<std::thread> writers;
    for (auto &answer : answers) {
        writers.emplace_back([&answer, socket = m_platform.socket()] {
            answer = sendOverUnix(socket, {"PUT",
                                           "/v1/groups/default/lane-9/local",
                                           R"({"description":"first"})",
                                           {{"If-None-Match", "*"}}});
        });
    }
    for (auto &writer : writers) {
        writer.join();
    }
    int made = 0;
    for (const auto &answer : answers) {
        made += answer.status == 201 ? 1 : 0;
        if (answer.status != 201) {
            QVERIFY2(answer.status == 412, answer.body.constData());
            QCOMPARE(object(answer)[u"current"][u"description"].toString(), u"first"_s);
            QVERIFY(!answer.headers.value("etag").isEmpty());
        }
    }
    QCOMPARE(made, 1);
}

void BadInputTest::creatingTwiceWithOneKeyIsOnce()
{
    const HttpRequest request{
        "POST", "/v1/functions", R"({"name":"once-only"})", {{"Idempotency-Key", "k-1"}}};
    const auto first = m_platform.api(request);
    const auto second = m_platform.api(request);
    QCOMPARE(first.status, 201);
    QCOMPARE(second.status, 201);
    QCOMPARE(object(second)[u"name"].toString(), u"once-only"_s);
    // The same key with something else is a mistake that must not look like success.
    const auto other =
        m_platform.api({"POST", "/v1/functions", R"({"name":"another"})", {{"Idempotency-Key", "k-1"}}});
    QCOMPARE(other.status, 422);
    QCOMPARE(problemType(other), u"/problems/control/key-reused"_s);
    QVERIFY2(other.body.contains("Take a new key"), other.body.constData());
    QCOMPARE(m_platform.get("/v1/functions/another").status, 404);
    QCOMPARE(m_platform.api({"DELETE", "/v1/functions/once-only", {}, {{"If-Match", "*"}}}).status, 204);
    QCOMPARE(m_platform.get("/v1/functions/once-only").status, 404);
}

void BadInputTest::namesThePlaceOfASyntaxError()
{
    auto files = TestPlatform::helloFiles("broken");
    files["src/handler.js"] = "export function handler() {\n    return 1 +;\n}\n";
    const auto problem = m_platform.deploy("broken", files, "{}");
    QVERIFY2(problem.contains(u"\"path\":\"src/handler.js\""), qPrintable(problem));
    QVERIFY2(problem.contains(u"\"line\":2,\"column\":15"), qPrintable(problem));
}

void BadInputTest::saysWhyAFunctionThatThrowsAtLoadDoesNotAnswer()
{
    auto files = TestPlatform::helloFiles("throws");
    files["src/handler.js"] = "throw new Error('no configuration');\nexport function handler() {}\n";
    QCOMPARE(m_platform.deploy("throws", files, "{}"), QString());
    const auto answer = m_platform.gateway({.path = "/fn/throws/"});
    QCOMPARE(answer.status, 503);
    QCOMPARE(
        object(answer)[u"detail"].toString(),
        u"The function could not be loaded: no configuration (src/handler.js:1). Look at `nest logs throws`."_s);
    QVERIFY(waitUntil(
        [&] {
            const auto failed =
                object(m_platform.get("/v1/instances?function=throws&state=failed"))[u"items"][0];
            return failed[u"reason"] ==
                       u"The function could not be loaded: no configuration (src/handler.js:1)."_s &&
                   failed[u"lastLines"].toArray().contains(u"Error: no configuration"_s);
        },
        std::chrono::seconds(10)));
}

void BadInputTest::saysWhatEndedAnInstanceThatStarts()
{
    auto files = TestPlatform::helloFiles("quits");
    files["src/handler.js"] =
        "console.error('no licence');\nprocess.exit(3);\nexport function handler() {}\n";
    QCOMPARE(m_platform.deploy("quits", files, "{}"), QString());
    const auto answer = m_platform.gateway({.path = "/fn/quits/"});
    QCOMPARE(answer.status, 503);
    QCOMPARE(problemType(answer), u"/problems/gateway/cannot-start"_s);
    QCOMPARE(object(answer)[u"detail"].toString(),
             u"The instance of v1 ended while it started: exit code 3. Look at `nest logs quits`."_s);
    const auto failed = object(m_platform.get("/v1/instances?function=quits&state=failed"))[u"items"][0];
    QCOMPARE(failed[u"reason"].toString(), u"The instance of v1 ended while it started: exit code 3."_s);
    QVERIFY(QJsonDocument(failed[u"lastLines"].toArray()).toJson().contains("no licence"));
}

void BadInputTest::answersForAFunctionThatNeverDoes()
{
    auto files = TestPlatform::helloFiles("silent");
    files["function.yaml"] = "name: silent\nruntime: node20\nhandler: src/handler.js#handler\ntimeout: 1\n";
    files["src/handler.js"] =
        "export const handler = (event) => event.query.ok ? 'fine' : new Promise(() => {});\n";
    QCOMPARE(m_platform.deploy("silent", files, "{}"), QString());
    QCOMPARE(m_platform.gateway({.path = "/fn/silent/"}).status, 504);
    QCOMPARE(m_platform.gateway({.path = "/fn/silent/?ok=1"}).status, 200); // the instance survived
}

void BadInputTest::replacesAnInstanceThatEndsItself()
{
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200);
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/?log=leaving"}).status, 200);
    const auto answer = m_platform.gateway({"POST", "/fn/hello/?exit=1", "x"});
    QCOMPARE(answer.status, 502);
    QCOMPARE(problemType(answer), u"/problems/gateway/instance-died"_s);
    QCOMPARE(m_platform.gateway({.path = "/fn/hello/"}).status, 200);
    QJsonValue failed;
    QVERIFY(waitUntil(
        [&] {
            failed = object(m_platform.get("/v1/instances?function=hello&state=failed"))[u"items"][0];
            return failed.isObject();
        },
        std::chrono::seconds(10)));
    // Not "drained": nobody asked it to go. What it said last is with it.
    QCOMPARE(failed[u"reason"].toString(), u"exit code 3"_s);
    QVERIFY(QJsonDocument(failed[u"lastLines"].toArray()).toJson().contains("leaving"));
}

void BadInputTest::routesAndDocumentAgree()
{
    const auto paths = object(m_platform.get("/v1/openapi.json"))[u"paths"].toObject();
    QVERIFY(paths.size() > 20);
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        if (path.key() == u"/v1/watch") {
            continue; // an endless answer
        }
        static const QRegularExpression parameter(u"\\{[a-z]+\\}"_s);
        const auto address = QString(path.key()).replace(parameter, u"x"_s).toUtf8();
        for (const auto *method : {"GET", "POST", "PUT", "DELETE"}) {
            const bool isDocumented = path.value().toObject().contains(QString::fromLatin1(method).toLower());
            const auto answer = m_platform.api({method, address, "{}"});
            const auto type = problemType(answer);
            QVERIFY2((type != u"/problems/control/method-not-allowed") == isDocumented,
                     qPrintable(QString::fromLatin1(method) + u' ' + path.key() + u": "_s +
                                QString::fromUtf8(answer.body)));
            QVERIFY2(type != u"/problems/control/unknown-route", qPrintable(path.key()));
        }
    }
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_badinput.moc"
