// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway's parts that do no I/O: addresses, choice of group, revision and instance, heads, histogram.

#include "platform/gateway/address.h"
#include "platform/gateway/counters.h"
#include "platform/gateway/ids.h"
#include "platform/gateway/live.h"
#include "platform/gateway/rewrite.h"
#include "platform/gateway/router.h"
#include "platform/gateway/upstream.h"
#include "platform/http/messageparser.h"

#include <QTest>

#include <cmath>

#include <algorithm>
#include <map>
#include <set>

using namespace nest;
using namespace nest::gateway;
using namespace std::chrono_literals;

namespace {

struct NoBody final : http::BodySink
{
    void onBody(std::string_view) override {}
};

std::string rewritten(const std::string &request, std::string_view path = "/p")
{
    NoBody sink;
    http::MessageParser parser(http::MessageParser::Kind::Request, 4096, 100, sink);
    (void)parser.advance(request);
    std::string out;
    appendRequestHead(out, parser.head(),
                      {.path = path,
                       .host = "h",
                       .set = "s",
                       .lane = "l",
                       .region = "r",
                       .requestId = "inv-1",
                       .traceParent = "t",
                       .clientAddress = "10.0.0.1"});
    return out;
}

/// A table of one function "f"; each deployment "set/lane/region" has version 1 with one instance.
struct Table
{
    explicit Table(const std::vector<std::string> &groups)
    {
        RouteTable routes;
        routes.functions.push_back({.name = "f", .deployments = {}});
        for (const std::string &group : groups) {
            const auto a = group.find('/');
            const auto b = group.rfind('/');
            DeploymentRoute deployment{
                group.substr(0, a), group.substr(a + 1, b - a - 1), group.substr(b + 1), {}};
            RevisionRoute revision;
            revision.key = {"f", deployment.set, deployment.lane, deployment.region, 1};
            revision.instances.push_back({"i-" + group, "/none", ""});
            deployment.revisions.push_back(revision);
            routes.functions.front().deployments.push_back(deployment);
        }
        live.apply(routes);
    }

    std::string choose(const std::string &group, std::size_t queueLimit = 10)
    {
        const auto a = group.find('/');
        const auto b = group.rfind('/');
        const std::string set = group.substr(0, a);
        const std::string lane = group.substr(a + 1, b - a - 1);
        const std::string region = group.substr(b + 1);
        const RouteResult result = chooseRoute(live.find("f"), {set, lane, region}, queueLimit, now);
        if (result.kind != RouteResult::Kind::Found) {
            return "none";
        }
        return result.deployment->set + "/" + result.deployment->lane + "/" + result.deployment->region +
               (result.isFallback ? " fallback" : "");
    }

    Revision &revision(const std::string &group)
    {
        for (const auto &[key, revision] : live.revisions()) {
            if (key.set + "/" + key.lane + "/" + key.region == group) {
                return *revision;
            }
        }
        qFatal("no such group");
    }

    http::EventLoop loop;
    Random random{1};
    LiveTable live{{.makePool = [this](Instance &) { return std::make_unique<UpstreamPool>(loop, "/none"); },
                    .idle =
                        [](Instance &) {
                        }},
                   random};
    TimePoint now = TimePoint{} + 1h;
};

struct TestWaiter final : Waiter
{};

} // namespace

class TestGatewayParts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void findsTheFunctionInTheAddress_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("function");
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const char *target, const char *host, const char *function, const char *path) {
            QTest::addRow("%s at %s", target, host)
                << QByteArray(target) << QByteArray(host) << QByteArray(function) << QByteArray(path);
        };
        row("/fn/hello/a/b?c", "x", "hello", "/a/b?c");
        row("/fn/hello", "x", "hello", "");
        row("/fn/hello?c", "x", "hello", "?c");
        row("/fn/hello//a", "x", "hello", "//a");
        row("/fn/", "x", "", "");
        row("/fnord/", "x", "", "");
        row("/", "x", "", "");
        row("/a?b", "hello.localhost", "hello", "/a?b");
        row("/a", "hello.localhost:7070", "hello", "/a");
        row("/fn/other/a", "hello.localhost", "other", "/a");
        row("/a", "localhost", "", "");
        row("http://hello.localhost:1/a?b", "ignored", "hello", "/a?b");
        row("http://hello.localhost?b", "ignored", "hello", "?b");
        row("http://x/fn/hello/a", "ignored", "hello", "/a");
        row("*", "hello.localhost", "", "");
    }

    void findsTheFunctionInTheAddress()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, function);
        QFETCH(QByteArray, path);
        const Address address = addressOf(target.toStdString(), host.toStdString());
        const std::string t = target.toStdString();
        const std::string h = host.toStdString();
        const Address lasting = addressOf(t, h);
        QCOMPARE(QByteArray::fromStdString(std::string(lasting.function)), function);
        QCOMPARE(QByteArray::fromStdString(std::string(lasting.path)), path);
        QCOMPARE(address.kind, function.isEmpty() ? Address::Kind::None : Address::Kind::Function);
    }

    void health()
    {
        QCOMPARE(addressOf("/_nest/healthz", "hello.localhost").kind, Address::Kind::Health);
        QCOMPARE(addressOf("/_nest/healthz?x", "x").kind, Address::Kind::Health);
        QCOMPARE(addressOf("/_nest/healthz/x", "x").kind, Address::Kind::None);
    }

    void choosesTheGroup_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("own") << QByteArray("default/feat/sh") << QByteArray("default/feat/sh");
        QTest::newRow("main for a missing lane")
            << QByteArray("default/nope/sh") << QByteArray("default/main/sh fallback");
        QTest::newRow("abroad for a missing region")
            << QByteArray("default/main/nowhere") << QByteArray("default/main/sh fallback");
        QTest::newRow("home main before the lane abroad")
            << QByteArray("default/bj-only/sh") << QByteArray("default/main/sh fallback");
        QTest::newRow("lane abroad before main abroad")
            << QByteArray("default/bj-only/nowhere") << QByteArray("default/bj-only/bj fallback");
        QTest::newRow("never another set") << QByteArray("other/main/sh") << QByteArray("none");
        QTest::newRow("set two") << QByteArray("two/x/sh") << QByteArray("two/main/bj fallback");
    }

    void choosesTheGroup()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, chosen);
        Table table(
            {"default/main/sh", "default/feat/sh", "default/main/bj", "default/bj-only/bj", "two/main/bj"});
        QCOMPARE(QByteArray::fromStdString(table.choose(wanted.toStdString())), chosen);
    }

    void goesAbroadWhenHomeKeepsFailingAndProbesItOnceASecond()
    {
        Table table({"default/main/sh", "default/main/bj"});
        Revision &home = table.revision("default/main/sh");
        home.failedConnects = 9;
        QCOMPARE(table.choose("default/main/sh"), "default/main/sh");
        home.failedConnects = 10;
        QCOMPARE(table.choose("default/main/sh"), "default/main/sh"); // the first probe
        QCOMPARE(table.choose("default/main/sh"), "default/main/bj fallback");
        table.now += 1s;
        QCOMPARE(table.choose("default/main/sh"), "default/main/sh");
        QCOMPARE(table.choose("default/main/sh"), "default/main/bj fallback");
        home.failedConnects = 0;
        QCOMPARE(table.choose("default/main/sh"), "default/main/sh");
    }

    void goesAbroadWhenTheQueueAtHomeIsFull()
    {
        Table table({"default/main/sh", "default/main/bj"});
        std::array<TestWaiter, 3> waiters;
        WaitList &list = table.revision("default/main/sh").waiting;
        for (TestWaiter &waiter : waiters) {
            QCOMPARE(table.choose("default/main/sh", 3), "default/main/sh");
            list.insert(waiter);
        }
        QCOMPARE(table.choose("default/main/sh", 3), "default/main/bj fallback");
        WaitList &abroad = table.revision("default/main/bj").waiting;
        for (TestWaiter &waiter : waiters) {
            list.remove(waiter);
            abroad.insert(waiter);
        }
        QCOMPARE(table.choose("default/main/sh", 3), "default/main/sh");
    }

    void theWaitListKeepsTheOrderOfArrival()
    {
        WaitList list;
        std::array<TestWaiter, 4> waiters;
        for (int i = 0; i < 4; ++i) {
            waiters[static_cast<std::size_t>(i)].waitingSince = TimePoint{} + std::chrono::seconds(i);
        }
        for (const std::size_t i : {1U, 3U, 0U, 2U}) {
            list.insert(waiters[i]);
        }
        list.remove(waiters[2]);
        list.remove(waiters[3]);
        list.insert(waiters[3]);
        for (const std::size_t i : {0U, 1U, 3U}) {
            QCOMPARE(list.first(), static_cast<Waiter *>(&waiters[i]));
            list.remove(waiters[i]);
        }
        QVERIFY(list.isEmpty());
    }

    void anyRunOfRequestsIsDividedByWeight()
    {
        Revision a;
        Revision b;
        Revision c;
        Deployment deployment{.set = "default", .lane = "main", .region = "local"};
        deployment.shares = {{&a, 89}, {&b, 1}, {&c, 10}};
        deployment.totalWeight = 100;
        std::vector<Revision *> picks;
        picks.reserve(10'000);
        for (int i = 0; i < 10'000; ++i) {
            picks.push_back(deployment.pick());
        }
        QVERIFY(std::abs(std::ranges::count(picks, &a) - 8900) <= 5);
        QVERIFY(std::abs(std::ranges::count(picks, &b) - 100) <= 5);
        for (std::size_t start = 0; start + 1000 <= picks.size(); start += 100) {
            const auto run = std::span(picks).subspan(start, 1000);
            QVERIFY(std::abs(std::ranges::count(run, &c) - 100) <= 3);
        }
    }

    void aRevisionWithoutWeightIsNeverChosen()
    {
        RouteTable routes;
        RevisionRoute none;
        none.key = {"f", "default", "main", "local", 1};
        none.weight = 0;
        RevisionRoute all = none;
        all.key.version = 2;
        all.weight = 100;
        routes.functions.push_back({"f", {{"default", "main", "local", {none, all}}}});
        Table table({});
        table.live.apply(routes);
        for (int i = 0; i < 1000; ++i) {
            const auto result =
                chooseRoute(table.live.find("f"), {"default", "main", "local"}, 10, table.now);
            QCOMPARE(result.revision->key.version, 2);
        }
        routes.functions.front().deployments.front().revisions.pop_back();
        table.live.apply(routes);
        QCOMPARE(table.choose("default/main/local"), "none");
    }

    void weightsHoldWhenTheTableChangesBetweenRequests()
    {
        RouteTable routes;
        RevisionRoute stable;
        stable.key = {"f", "default", "main", "local", 1};
        stable.weight = 70;
        RevisionRoute canary = stable;
        canary.key.version = 2;
        canary.weight = 30;
        routes.functions.push_back({"f", {{"default", "main", "local", {stable, canary}}}});
        Table table({});
        int canaries = 0;
        for (int i = 0; i < 1000; ++i) { // as when each request wakes or ends an instance
            table.live.apply(routes);
            const auto result =
                chooseRoute(table.live.find("f"), {"default", "main", "local"}, 10, table.now);
            canaries += result.revision->key.version == 2 ? 1 : 0;
        }
        QVERIFY2(std::abs(canaries - 300) <= 5, qPrintable(QString::number(canaries)));
        // A deployment that is made anew each time begins anywhere: no version gets all of the first
        // requests.
        canaries = 0;
        for (int i = 0; i < 1000; ++i) {
            table.live.apply({});
            table.live.apply(routes);
            const auto result =
                chooseRoute(table.live.find("f"), {"default", "main", "local"}, 10, table.now);
            canaries += result.revision->key.version == 2 ? 1 : 0;
        }
        QVERIFY2(std::abs(canaries - 300) <= 80, qPrintable(QString::number(canaries)));
    }

    void aFailingHomeIsProbedNoOftenerWhenTheTableChanges()
    {
        RouteTable routes;
        RevisionRoute home;
        home.key = {"f", "default", "main", "local", 1};
        RevisionRoute abroad = home;
        abroad.key.region = "far";
        routes.functions.push_back(
            {"f", {{"default", "main", "local", {home}}, {"default", "main", "far", {abroad}}}});
        Table table({});
        table.live.apply(routes);
        table.revision("default/main/local").failedConnects = 100;
        QCOMPARE(table.choose("default/main/local"), "default/main/local"); // the probe
        table.live.apply(routes);
        QCOMPARE(table.choose("default/main/local"), "default/main/far fallback");
    }

    void instancesAreChosenByLoadAndNeverAboveTheLimit()
    {
        Random random(1);
        Revision revision;
        revision.concurrencyLimit = 10;
        std::array<Instance, 5> instances;
        for (Instance &instance : instances) {
            revision.instances.push_back(&instance);
        }
        const TimePoint now = TimePoint{} + 1s;
        for (int i = 0; i < 25; ++i) {
            ++revision.pick(random, now)->inFlight;
        }
        for (const Instance &instance : instances) { // one choice would spread 25 requests over 1 to 10
            QVERIFY(instance.inFlight >= 3 && instance.inFlight <= 7);
        }
        for (int i = 25; i < 50; ++i) {
            ++revision.pick(random, now)->inFlight;
        }
        QVERIFY(
            std::ranges::all_of(instances, [](const Instance &instance) { return instance.inFlight == 10; }));
        QCOMPARE(revision.pick(random, now), nullptr);
        instances[3].inFlight = 9;
        QCOMPARE(revision.pick(random, now), &instances[3]);
        instances[3].restsUntil = now + 1s;
        QCOMPARE(revision.pick(random, now), nullptr);
        QCOMPARE(revision.pick(random, now + 1s), &instances[3]);
    }

    void requestHeadsLoseWhatSpeaksOfTheConnectionAndForgedFields()
    {
        const std::string head = rewritten(
            "POST /x HTTP/1.1\r\nHost: real\r\nConnection: x-secret, keep-alive\r\nX-Secret: 1\r\n"
            "Keep-Alive: 5\r\nTE: trailers\r\nTrailer: t\r\nProxy-Connection: x\r\n"
            "Nest-Version: 9\r\nnest-lane: evil\r\nNEST-REQUEST-ID: evil\r\nExpect: 100-continue\r\n"
            "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\n"
            "traceparent: evil\r\nAccept: a\r\nCookie: c\r\nContent-Length: 2\r\n\r\nab");
        QCOMPARE(head,
                 "POST /p HTTP/1.1\r\nhost: h\r\nAccept: a\r\nCookie: c\r\ncontent-length: 2\r\n"
                 "x-forwarded-for: 1.2.3.4, 10.0.0.1\r\nx-forwarded-proto: http\r\nx-forwarded-host: h\r\n"
                 "nest-set: s\r\nnest-lane: l\r\nnest-region: r\r\nnest-request-id: inv-1\r\ntraceparent: "
                 "t\r\n\r\n");
        QVERIFY(rewritten("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "?q").starts_with("GET /?q HTTP/1.1\r\n"));
        QVERIFY(rewritten("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "").starts_with("GET / HTTP/1.1\r\n"));
    }

    void responseHeadsAreFramedForTheClient_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<bool>("toHead");
        QTest::addColumn<int>("minor");
        QTest::addColumn<QByteArray>("rest");
        QTest::addColumn<int>("framing");
        const auto row = [](const char *name, const char *response, bool toHead, int minor, const char *rest,
                            Framing framing) {
            QTest::newRow(name) << QByteArray(response) << toHead << minor << QByteArray(rest)
                                << static_cast<int>(framing);
        };
        row("length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nnest-x: 1\r\nA: b\r\n\r\n", false, 1,
            "A: b\r\ncontent-length: 3\r\n\r\n", Framing::Raw);
        row("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", false, 1,
            "transfer-encoding: chunked\r\n\r\n", Framing::Chunked);
        row("until close", "HTTP/1.1 200 OK\r\n\r\n", false, 1, "transfer-encoding: chunked\r\n\r\n",
            Framing::Chunked);
        row("chunked to 1.0", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", false, 0,
            "connection: close\r\n\r\n", Framing::UntilClose);
        row("length to 1.0", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", false, 0,
            "content-length: 3\r\nconnection: keep-alive\r\n\r\n", Framing::Raw);
        row("to HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", true, 1, "content-length: 3\r\n\r\n",
            Framing::None);
        row("204", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", false, 1, "\r\n", Framing::None);
        row("304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", false, 1,
            "content-length: 3\r\n\r\n", Framing::None);
    }

    void responseHeadsAreFramedForTheClient()
    {
        QFETCH(QByteArray, response);
        QFETCH(bool, toHead);
        QFETCH(int, minor);
        QFETCH(QByteArray, rest);
        QFETCH(int, framing);
        NoBody sink;
        http::MessageParser parser(http::MessageParser::Kind::Response, 4096, 100, sink);
        const std::string bytes = response.toStdString();
        QCOMPARE(parser.advance(bytes).event, http::MessageParser::Event::Head);
        std::string out;
        const Framing got = appendResponseHead(
            out, parser.head(), {.toHead = toHead, .clientMinorVersion = minor, .keepAlive = true});
        QCOMPARE(static_cast<int>(got), framing);
        QCOMPARE(QByteArray::fromStdString(out.substr(out.find("\r\n") + 2)), rest);
    }

    void latenciesAreKeptWithinFivePerCent()
    {
        for (int step = 0; step < 218; ++step) {
            const double ms = 0.05 * std::pow(1.07, step); // up to two minutes
            LatencyHistogram histogram;
            histogram.add(std::chrono::microseconds(static_cast<std::int64_t>(ms * 1000)));
            const double kept = histogram.quantileMilliseconds(0.5).value();
            QVERIFY2(std::abs(kept - ms) / ms < 0.05,
                     qPrintable(QStringLiteral("%1 kept as %2").arg(ms).arg(kept)));
        }
        LatencyHistogram all;
        QVERIFY(!all.quantileMilliseconds(0.5));
        for (int i = 1; i <= 1000; ++i) {
            LatencyHistogram one;
            one.add(std::chrono::milliseconds(i));
            all.merge(one);
        }
        QCOMPARE(all.total(), std::uint64_t(1000));
        QVERIFY(std::abs(all.quantileMilliseconds(0.5).value() - 500) < 25);
        QVERIFY(std::abs(all.quantileMilliseconds(0.99).value() - 990) < 50);
        QVERIFY(std::abs(all.quantileMilliseconds(1).value() - 1000) < 50);
        all.add(std::chrono::microseconds(-1)); // clocks; must not write outside
        all.add(std::chrono::hours(100));
        QCOMPARE(all.total(), std::uint64_t(1002));
    }

    void idsAreUlidsInOrderOfTime()
    {
        Random random(7);
        std::set<std::string> ids;
        for (int i = 0; i < 1000; ++i) {
            ids.insert(requestId(std::chrono::milliseconds(1'700'000'000'000), random));
        }
        QCOMPARE(ids.size(), std::size_t(1000));
        QCOMPARE(ids.begin()->size(), std::size_t(30));
        QVERIFY(ids.begin()->starts_with("inv-01HF7YAT00")); // the ULID of that millisecond
        QVERIFY(requestId(std::chrono::milliseconds(1'700'000'000'001), random) > *ids.rbegin());
    }

    void traceContextsAreKeptOnlyWhenWellFormed()
    {
        Random random(7);
        QVERIFY(isTraceParent(traceParent(random)));
        QVERIFY(isTraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        QVERIFY(isTraceParent("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"));
        QVERIFY(!isTraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"));
        QVERIFY(!isTraceParent("00-00000000000000000000000000000000-b7ad6b7169203331-01"));
        QVERIFY(!isTraceParent("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        QVERIFY(!isTraceParent("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"));
        QVERIFY(!isTraceParent(""));
    }
};

QTEST_GUILESS_MAIN(TestGatewayParts)
#include "tst_gateway_parts.moc"
