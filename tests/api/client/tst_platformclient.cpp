// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/platformclient.h"

#include "api/wire/codec.h"
#include "tests/api/client/testplatform.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace nest;
using namespace nest::client;
using namespace std::chrono_literals;
using tests::TestPlatform;
using tests::TestReply;
using tests::TestRequest;

namespace {

/// Runs a task to its end with a time limit, for tests only.
template <typename T>
Result<T> outcome(Answer<T> task)
{
    std::optional<Result<T>> result;
    QObject context;
    QCoro::connect(std::move(task), &context, [&result](Result<T> &&value) { result = std::move(value); });
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 10'000)) {
        return failure("test/no-answer", "The task did not end.");
    }
    return std::move(*result);
}

TransportLimits shortLimits()
{
    TransportLimits limits;
    limits.silence = 300ms;
    limits.total = 2s;
    limits.retryDelay = 10ms;
    return limits;
}

struct Bench
{
    TestPlatform platform;
    std::unique_ptr<PlatformClient> client;

    Bench()
    {
        platform.listen();
        Connection connection;
        connection.socketPath = platform.socketPath();
        client = std::make_unique<PlatformClient>(connection, shortLimits());
    }
};

} // namespace

class PlatformClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }
    void readsAResource();
    void tellsTheProblemOfTheServer();
    void saysThatNothingAnswers();
    void saysThatTheServerIsSilent();
    void saysThatTheAnswerIsNotUnderstood();
    void sendsAGetOnceMoreButNoPost();
    void writesWithItsPrecondition();
    void encodesNamesAndQueries();
    void sendsTheFilesOfANewFunction();
    void readsATemplateAndTheFilesOfAVersion();
    void keepsTestEvents();
    void saysWhatIsNewWhenItPublishes();
    void stopsWhenAsked();
    void endsWhatRunsWhenDestroyed();
    void endsWithClosedAtAnyMoment();
    void measuresTheRoundTrip();
    void asksAgainAfterTheServerClosedIdleConnections();
};

void PlatformClientTest::readsAResource()
{
    Bench bench;
    bench.platform.on("/v1/functions/hello", [](const TestRequest &) {
        return TestReply{.body = R"({"name":"hello","runtime":"java21","etag":"7","notKnownYet":true})"};
    });
    const auto function = outcome(bench.client->function("hello"));
    QVERIFY2(function.has_value(), function ? "" : function.error().detail.c_str());
    QCOMPARE(function->runtime, "java21");
    QCOMPARE(function->etag.value(), "7");
}

void PlatformClientTest::tellsTheProblemOfTheServer()
{
    Bench bench;
    bench.platform.on("/v1/functions", [](const TestRequest &) {
        return TestReply{
            .status = 422,
            .body =
                R"({"type":"/problems/control/bad-name","title":"bad name","status":422,"detail":"Choose another.","errors":[{"pointer":"/name","detail":"is taken"}]})"};
    });
    const auto created = outcome(bench.client->createFunction({}));
    QVERIFY(!created);
    QCOMPARE(created.error().type, "control/bad-name");
    QCOMPARE(created.error().detail, "Choose another.");
    QCOMPARE(created.error().fields.at(0).pointer, "/name");
    QVERIFY(!bench.platform.requests().last().headers["idempotency-key"].isEmpty());
}

void PlatformClientTest::saysThatNothingAnswers()
{
    Bench bench;
    bench.platform.crash();
    const auto me = outcome(bench.client->me());
    QVERIFY(!me);
    QCOMPARE(me.error().type, "client/unreachable");
    QVERIFY(QByteArray::fromStdString(me.error().detail).contains("Start the local platform"));
    QVERIFY(QByteArray::fromStdString(me.error().detail).contains("api.sock"));
}

void PlatformClientTest::saysThatTheServerIsSilent()
{
    Bench bench;
    bench.platform.on("/v1/me", [](const TestRequest &) { return TestReply{.isWithheld = true}; });
    const auto me = outcome(bench.client->me());
    QVERIFY(!me);
    QCOMPARE(me.error().type, "client/timeout");
    QCOMPARE(bench.platform.requestsOf("GET", "/v1/me"), 1); // a busy server is not asked twice
}

void PlatformClientTest::saysThatTheAnswerIsNotUnderstood()
{
    Bench bench;
    bench.platform.on("/v1/me", [](const TestRequest &) { return TestReply{.body = "<html>"}; });
    QCOMPARE(outcome(bench.client->me()).error().type, "client/bad-answer");
    bench.platform.on("/v1/me", [](const TestRequest &) { return TestReply{.status = 500, .body = "oops"}; });
    QCOMPARE(outcome(bench.client->me()).error().type, "client/bad-answer");
}

void PlatformClientTest::sendsAGetOnceMoreButNoPost()
{
    Bench bench;
    bench.platform.on("/v1/functions/hello/builds",
                      [](const TestRequest &) { return TestReply{.closesInstead = true}; });
    int asked = 0;
    bench.platform.on("/v1/me", [&asked](const TestRequest &) {
        return ++asked <= 4 ? TestReply{.closesInstead = true} : TestReply{.body = R"({"user":"me"})"};
    });
    QVERIFY(!outcome(bench.client->startBuild("hello")));
    // Qt itself may send once more on a connection that was kept; the idempotency key covers that.
    const int posts = bench.platform.requestsOf("POST", "/v1/functions/hello/builds");
    QVERIFY(posts >= 1);
    (void)outcome(bench.client->me());
    QVERIFY2(asked > posts, qPrintable(QString::number(asked)));
}

void PlatformClientTest::writesWithItsPrecondition()
{
    Bench bench;
    bench.platform.on("/v1/groups/default/main/local", [](const TestRequest &request) {
        return TestReply{.body = request.verb == "DELETE" ? "" : "{}"};
    });
    QVERIFY(outcome(bench.client->putGroup({})));
    QCOMPARE(bench.platform.requests().last().headers["if-none-match"], "*");
    wire::Group group;
    group.etag = "42";
    QVERIFY(outcome(bench.client->putGroup(group)));
    QCOMPARE(bench.platform.requests().last().headers["if-match"], "\"42\"");
    QVERIFY(!bench.platform.requests().last().headers.contains("if-none-match"));
    QVERIFY(outcome(bench.client->deleteGroup({}, "43")));
    QCOMPARE(bench.platform.requests().last().verb, "DELETE");
    QCOMPARE(bench.platform.requests().last().headers["if-match"], "\"43\"");
}

void PlatformClientTest::encodesNamesAndQueries()
{
    Bench bench;
    bench.platform.on("/v1/functions/hello/files/src/a%20b%3F.js",
                      [](const TestRequest &) { return TestReply{.body = R"({"path":"src/a b?.js"})"}; });
    QCOMPARE(outcome(bench.client->file("hello", "src/a b?.js"))->path, "src/a b?.js");
    bench.platform.on("/v1/metrics/query", [](const TestRequest &) {
        return TestReply{.body =
                             R"({"from":"2026-03-01T00:00:00Z","to":"2026-03-01T00:05:00Z","series":[]})"};
    });
    MetricsQuery query;
    query.function = "hello";
    query.group = wire::GroupName{};
    query.names = {"p99Ms", "ready"};
    query.widthPixels = 300;
    QVERIFY(outcome(bench.client->metrics(query)));
    const auto &asked = bench.platform.requests().last().query;
    QCOMPARE(asked["group"], "default/main/local");
    QCOMPARE(asked["names"], "p99Ms,ready");
    QCOMPARE(asked["width"], "300");
    QVERIFY(asked["from"].endsWith("Z"));
    QVERIFY(!asked.contains("version"));
}

void PlatformClientTest::sendsTheFilesOfANewFunction()
{
    Bench bench;
    bench.platform.on("/v1/functions", [](const TestRequest &) {
        return TestReply{
            .status = 422,
            .body =
                R"({"type":"/problems/builds/bad-path","title":"","status":422,"detail":"No.","errors":[{"pointer":"/files/1/path","detail":"climbs out"}]})"};
    });
    wire::CreateFunction request;
    request.name = "shop";
    request.files.resize(2);
    request.files[0].path = "src/handler.js";
    request.files[0].content = "export const handler = () => 'hi';";
    request.files[1].path = "../x";
    const auto refused = outcome(bench.client->createFunction(request));
    QVERIFY(!refused);
    QCOMPARE(refused.error().fields.at(0).pointer, "/files/1/path");
    const auto sent = wire::read<wire::CreateFunction>(bench.platform.requests().last().body.toStdString());
    QVERIFY(sent.has_value());
    QCOMPARE(sent->files.size(), 2U);
    QCOMPARE(sent->files[0].content, request.files[0].content);
    QVERIFY(!sent->templateId);
}

void PlatformClientTest::readsATemplateAndTheFilesOfAVersion()
{
    Bench bench;
    bench.platform.on("/v1/templates/http-api-node", [](const TestRequest &) {
        return TestReply{
            .body =
                R"({"id":"http-api-node","title":"HTTP","description":"","runtime":"node20","files":["function.yaml"],"contents":[{"path":"function.yaml","encoding":"utf8","content":"name: @NAME@"}]})"};
    });
    const auto shown = outcome(bench.client->templateOf("http-api-node"));
    QVERIFY2(shown.has_value(), shown ? "" : shown.error().detail.c_str());
    QCOMPARE(shown->contents.at(0).content, "name: @NAME@");

    bench.platform.on("/v1/functions/hello/versions/7/files", [](const TestRequest &request) {
        return TestReply{
            .body = request.query["cursor"].isEmpty()
                        ? R"({"items":[{"path":"a.js","encoding":"utf8","content":""}],"nextCursor":"a.js"})"
                        : R"({"items":[{"path":"b.js","encoding":"utf8","content":""}]})"};
    });
    const auto files = outcome(bench.client->versionFiles("hello", 7));
    QVERIFY2(files.has_value(), files ? "" : files.error().detail.c_str());
    QCOMPARE(files->items.size(), 2U);
    QCOMPARE(files->items[1].path, "b.js");
    bench.platform.on("/v1/functions/hello/versions/7/files/src/a%20b.js", [](const TestRequest &) {
        return TestReply{.body = R"({"path":"src/a b.js","encoding":"base64","content":"AA=="})"};
    });
    QCOMPARE(outcome(bench.client->versionFile("hello", 7, "src/a b.js"))->content, "AA==");
}

void PlatformClientTest::keepsTestEvents()
{
    Bench bench;
    bench.platform.on("/v1/functions/hello/events", [](const TestRequest &) {
        return TestReply{
            .body =
                R"({"items":[{"name":"order","kind":"cloudEvent","visibility":"shared","method":"POST","path":"/","headers":{"a":"b"},"body":"{}","etag":"9","status":{"owner":"ada"}}]})"};
    });
    const auto listed = outcome(bench.client->events("hello"));
    QVERIFY2(listed.has_value(), listed ? "" : listed.error().detail.c_str());
    auto event = listed->items.at(0);
    QCOMPARE(event.kind, wire::EventKind::CloudEvent);
    QCOMPARE(event.headers["a"], "b");
    QCOMPARE(event.status->owner, "ada");

    bench.platform.on("/v1/functions/hello/events/order", [](const TestRequest &request) {
        return request.verb == "DELETE" ? TestReply{.status = 204, .body = ""}
                                        : TestReply{.body = request.body};
    });
    QCOMPARE(outcome(bench.client->putEvent("hello", event))->name, "order");
    QCOMPARE(bench.platform.requests().last().headers["if-match"], "\"9\"");
    event.etag.reset();
    QVERIFY(outcome(bench.client->putEvent("hello", event)));
    QCOMPARE(bench.platform.requests().last().headers["if-none-match"], "*");
    QVERIFY(outcome(bench.client->deleteEvent("hello", "order", "10")));
    QCOMPARE(bench.platform.requests().last().headers["if-match"], "\"10\"");
}

void PlatformClientTest::saysWhatIsNewWhenItPublishes()
{
    Bench bench;
    bench.platform.on("/v1/functions/hello/versions", [](const TestRequest &) {
        return TestReply{.status = 201, .body = R"({"number":3,"description":"Faster"})"};
    });
    QCOMPARE(outcome(bench.client->publish("hello", 5, "Faster"))->description, "Faster");
    QCOMPARE(bench.platform.requests().last().body, R"({"build":5,"description":"Faster"})");
}

void PlatformClientTest::stopsWhenAsked()
{
    Bench bench;
    bench.platform.on("/v1/functions", [](const TestRequest &) { return TestReply{.isWithheld = true}; });
    std::stop_source stop;
    auto task = bench.client->functions(stop.get_token());
    stop.request_stop();
    QCOMPARE(outcome(std::move(task)).error().type, "client/cancelled");
}

void PlatformClientTest::endsWhatRunsWhenDestroyed()
{
    Bench bench;
    bench.platform.on("/v1/functions", [](const TestRequest &) { return TestReply{.isWithheld = true}; });
    auto task = bench.client->functions();
    QTRY_COMPARE(bench.platform.requests().size(), 1);
    bench.client.reset();
    QCOMPARE(outcome(std::move(task)).error().type, "client/closed");
}

/// However far its answer has come: whoever waits may hold what goes with the client.
void PlatformClientTest::endsWithClosedAtAnyMoment()
{
    const QByteArray large =
        R"({"items":[{"name":"a","description":")" + QByteArray(300'000, 'x') + R"("}]})";
    int closed = 0;
    int answered = 0;
    for (int i = 0; i < 120; ++i) {
        Bench bench;
        bench.platform.on("/v1/functions", [&](const TestRequest &) {
            return TestReply{.body = i % 2 == 0 ? QByteArray(R"({"items":[]})") : large};
        });
        auto task = bench.client->functions();
        QElapsedTimer clock;
        clock.start();
        const qint64 patience = i < 110 ? i * 50'000 : 10'000'000'000; // the last ones wait for their answer
        while (clock.nsecsElapsed() < patience && !task.isReady()) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
        const bool wasReady = task.isReady();
        bench.client.reset();
        const auto answer = outcome(std::move(task));
        QCOMPARE(answer.has_value(), wasReady);
        if (!wasReady) {
            QCOMPARE(answer.error().type, "client/closed");
        }
        ++(wasReady ? answered : closed);
    }
    QVERIFY(closed > 0);
    QVERIFY(answered > 0);
}

void PlatformClientTest::measuresTheRoundTrip()
{
    Bench bench;
    QVERIFY(!bench.client->roundTrip());
    // What waits for a build or a function, and what packs files and series, says nothing of the way.
    bench.platform.on("/v1/functions",
                      [](const TestRequest &) { return TestReply{.status = 201, .body = "{}"}; });
    QVERIFY(outcome(bench.client->createFunction({})));
    bench.platform.on("/v1/metrics/query", [](const TestRequest &) { return TestReply{.body = "{}"}; });
    (void)outcome(bench.client->metrics({}));
    QVERIFY(!bench.client->roundTrip());
    bench.platform.on("/v1/me", [](const TestRequest &) { return TestReply{.body = "{}"}; });
    QVERIFY(outcome(bench.client->me()));
    QVERIFY(bench.client->roundTrip().value() > 0us);
    QVERIFY(bench.client->roundTrip().value() < 5s);
}

void PlatformClientTest::asksAgainAfterTheServerClosedIdleConnections()
{
    Bench bench;
    bench.platform.on("/v1/me", [](const TestRequest &) { return TestReply{.body = "{}"}; });
    for (int i = 0; i < 40; ++i) {
        QVERIFY(outcome(bench.client->me()));
        bench.platform.cutConnections();
        QTest::qWait(i % 4); // noticed or not yet noticed by the client
        const auto me = outcome(bench.client->me());
        QVERIFY2(me.has_value(), me ? "" : (std::to_string(i) + me.error().detail).c_str());
    }
}

QTEST_GUILESS_MAIN(PlatformClientTest)
#include "tst_platformclient.moc"
