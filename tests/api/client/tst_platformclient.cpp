// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/platformclient.h"

#include "api/wire/codec.h"
#include "tests/api/client/testplatform.h"

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
    void stopsWhenAsked();
    void endsWhatRunsWhenDestroyed();
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

void PlatformClientTest::measuresTheRoundTrip()
{
    Bench bench;
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
