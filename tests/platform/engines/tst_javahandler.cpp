// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The programming model of Java functions, seen from the socket: what a handler gets and may return.
#include "tests/platform/engines/enginefixture.h"
#include "tests/platform/engines/javacode.h"

#include <QJsonArray>
#include <QTest>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

class TestJavaHandler final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void getsTheRequestAsAnEvent();
    void getsACloudEvent();
    void sendsWhatTheHandlerReturns();
    void refusesWhatItCannotRead();
    void streamsBothWaysInTheHttpForm();
    void sendsNoBodyWhereNoneBelongs();
    void answersForAHandlerThatThrows();
    void saysWhyAClassDidNotLoad_data();
    void saysWhyAClassDidNotLoad();
    void goesOnAfterAHandlerThatIsTooSlow();
    void isReplacedWhenAHandlerIgnoresItsInterrupt();
    void endsWithSystemExit();
    void endsWhenTheMemoryIsFull();
    void runsRequestsAtOnce();
    void drainsByFinishingWhatIsInFlight();
    void writesLogsWithTheRequest();
    void seesNothingOfTheGuest();

private:
    /// `body` is that of `public Object handler(Event event, Context context) throws Exception`; null: it did
    /// not compile, or not start.
    std::string start(EngineFixture &fixture, const QByteArray &body, int timeoutSeconds = 10,
                      int memoryMegabytes = 256)
    {
        return startClass(fixture,
                          "import nest.functions.*;\n"
                          "import java.util.*;\n"
                          "public class Handler {\n"
                          "    public Object handler(Event event, Context context) throws Exception {\n" +
                              body + "\n    }\n}\n",
                          timeoutSeconds, memoryMegabytes);
    }
    std::string startClass(EngineFixture &fixture, const QByteArray &code, int timeoutSeconds = 10,
                           int memoryMegabytes = 256)
    {
        const auto folder = fixture.writeCode({{u"src/Handler.java"_s, code}});
        if (const auto errors = compileJava(folder); !errors.isEmpty()) {
            qWarning("%s", errors.constData());
        }
        auto spec = fixture.spec(folder, "src/Handler.java#handler");
        spec.runtime = "java21";
        spec.timeoutSeconds = timeoutSeconds;
        spec.memoryMegabytes = memoryMegabytes;
        return fixture.startAndWait(spec);
    }
    static bool isReady(EngineFixture &fixture, const std::string &id)
    {
        return fixture.notes().sockets.contains(id);
    }
};

void TestJavaHandler::getsTheRequestAsAnEvent()
{
    EngineFixture fixture;
    const auto id =
        start(fixture, "return Arrays.asList(event.method(), event.path(), event.query(), event.body(),\n"
                       "    event.header(\"X-Thing\"), event.id(), context.requestId(), context.function(),\n"
                       "    context.version(), context.group());");
    QVERIFY(isReady(fixture, id));
    const auto answer = fixture.ask(
        id, {.method = "POST",
             .target = "/a/b?x=1&y=2&x=3",
             .headers = {{"content-type", "application/json"}, {"X-Thing", "V"}, {"x-request-id", "r-1"}},
             .body = R"({"a":[1,2.5,null]})"});
    QCOMPARE(answer->status(), 200);
    QCOMPARE(answer->header("content-type"), QByteArray("application/json"));
    QCOMPARE(answer->body(),
             QByteArray(R"(["POST","/a/b",{"x":["1","3"],"y":"2"},{"a":[1,2.5,null]},"V","r-1","r-1",)"
                        R"("greet",7,"default/main/local"])"));
}

void TestJavaHandler::getsACloudEvent()
{
    EngineFixture fixture;
    const auto id = start(fixture, "return Arrays.asList(event.type(), event.source(), event.data());");
    const QByteArray expected = R"(["nest.order.placed.v1","/shop",{"n":7}])";
    QCOMPARE(fixture
                 .ask(id, {.method = "POST",
                           .headers = {{"content-type", "application/cloudevents+json"}},
                           .body = R"({"specversion":"1.0","id":"1","type":"nest.order.placed.v1",)"
                                   R"("source":"/shop","data":{"n":7}})"})
                 ->body(),
             expected);
    QCOMPARE(fixture
                 .ask(id, {.method = "POST",
                           .headers = {{"content-type", "application/json"},
                                       {"ce-type", "nest.order.placed.v1"},
                                       {"ce-source", "%2Fshop"}},
                           .body = R"({"n":7})"})
                 ->body(),
             expected);
}

void TestJavaHandler::sendsWhatTheHandlerReturns()
{
    EngineFixture fixture;
    const auto id = start(fixture, R"(
        record Order(int number, List<String> parts) {}
        return switch (event.path()) {
            case "/null" -> null;
            case "/text" -> "hi";
            case "/bytes" -> new byte[] {1, 2};
            case "/json" -> Map.of("a", Arrays.asList(1, null));
            case "/record" -> new Order(7, List.of("x"));
            case "/answer" -> Map.of("status", 201, "headers", Map.of("X-A", "b", "content-type", "text/html"),
                    "body", "<p>");
            case "/response" -> Response.of(404, "no").with("set-cookie", "a=1").with("set-cookie", "b=2");
            case "/base64" -> Map.of("status", 200, "body", "aGk=", "isBase64", true);
            case "/iterator" -> List.of("a", new byte[] {'b'}, Map.of("c", 1)).iterator();
            case "/stream" -> java.util.stream.Stream.of("a", "b");
            case "/input" -> new java.io.ByteArrayInputStream("abc".getBytes());
            case "/status" -> Map.of("status", 7);
            case "/later" -> java.util.concurrent.CompletableFuture.supplyAsync(() -> "done");
            default -> new Object();
        };)");
    QVERIFY(isReady(fixture, id));
    struct Expected
    {
        const char *path;
        int status;
        QByteArray type, body;
    };
    const QList<Expected> rows{
        {"/null", 204, {}, {}},
        {"/text", 200, "text/plain; charset=utf-8", "hi"},
        {"/bytes", 200, "application/octet-stream", "\x01\x02"},
        {"/json", 200, "application/json", R"({"a":[1,null]})"},
        {"/record", 200, "application/json", R"({"number":7,"parts":["x"]})"},
        {"/answer", 201, "text/html", "<p>"},
        {"/response", 404, "text/plain; charset=utf-8", "no"},
        {"/base64", 200, "application/octet-stream", "hi"},
        {"/iterator", 200, "application/octet-stream", "ab{\"c\":1}\n"},
        {"/stream", 200, "application/octet-stream", "ab"},
        {"/input", 200, "application/octet-stream", "abc"},
        {"/status", 200, "application/json", R"({"status":7})"},
        {"/later", 200, "text/plain; charset=utf-8", "done"},
    };
    for (const auto &row : rows) {
        const auto answer = fixture.ask(id, {.target = row.path});
        QVERIFY2(answer->status() == row.status, row.path);
        QVERIFY2(answer->header("content-type") == row.type, row.path);
        QVERIFY2(answer->body() == row.body, row.path);
    }
    QVERIFY(
        fixture.ask(id, {.target = "/response"})->raw().contains("set-cookie: a=1\r\nset-cookie: b=2\r\n"));
    const auto unsendable = fixture.ask(id, {.target = "/other"});
    QCOMPARE(unsendable->status(), 500);
    QVERIFY(unsendable->json()[u"detail"].toString().contains(u"java.lang.Object has no form in JSON"_s));
    QCOMPARE(fixture.ask(id, {.method = "HEAD", .target = "/text"})->body(), QByteArray());
}

void TestJavaHandler::refusesWhatItCannotRead()
{
    EngineFixture fixture;
    const auto id = start(fixture, "return event.isBase64();");
    for (const QByteArray &body : {QByteArray("{"), QByteArray(R"({"a":1}x)"), QByteArray("[1,]nope")}) {
        const auto answer = fixture.ask(
            id, {.method = "POST", .headers = {{"content-type", "application/json"}}, .body = body});
        QCOMPARE(answer->status(), 400);
        QCOMPARE(answer->json()[u"type"], u"/problems/runtime/bad-body"_s);
    }
    QCOMPARE(fixture.ask(id, {.method = "POST", .body = QByteArray("\xff\xfe")})->body(), QByteArray("true"));
    const auto large = fixture.ask(id, {.method = "POST", .body = QByteArray(17 * 1024 * 1024, 'x')});
    QCOMPARE(large->status(), 413);
    QCOMPARE(fixture.ask(id)->body(), QByteArray("false"));
}

void TestJavaHandler::streamsBothWaysInTheHttpForm()
{
    EngineFixture fixture;
    const auto id = startClass(fixture, R"(
import nest.functions.*;
public class Handler implements HttpHandler {
    public Response fetch(Request request, Context context) {
        return Response.of(200, request.body()).with("x-path", request.path());
    }
})");
    QVERIFY(isReady(fixture, id));
    const auto asking =
        Asking::streaming(fixture.notes().sockets[id], {.method = "POST", .target = "/echo?x"});
    asking->sendChunk("one,");
    QVERIFY(waitUntil([&] { return asking->body() == "one,"; })); // before the request has ended
    asking->sendChunk("two");
    asking->sendChunk({});
    QVERIFY(waitUntil([&] { return asking->isOver(); }));
    QCOMPARE(asking->body(), QByteArray("one,two"));
    QCOMPARE(asking->header("x-path"), QByteArray("/echo"));
}

void TestJavaHandler::sendsNoBodyWhereNoneBelongs()
{
    EngineFixture fixture;
    const auto id = startClass(fixture, R"(
import nest.functions.*;
public class Handler implements HttpHandler {
    public Response fetch(Request request, Context context) {
        return Response.of(Integer.parseInt(request.path().substring(1)), request.body());
    }
})");
    QVERIFY(isReady(fixture, id));
    for (const char *status : {"204", "304"}) {
        const auto asking = Asking::streaming(fixture.notes().sockets[id],
                                              {.method = "POST", .target = QByteArray("/") + status});
        asking->sendChunk("ignored");
        asking->sendChunk({});
        QVERIFY(waitUntil([&] { return asking->isOver(); }));
        QCOMPARE(asking->status(), QByteArray(status).toInt());
        QCOMPARE(asking->header("transfer-encoding"), QByteArray());
        QCOMPARE(asking->body(), QByteArray());
    }
}

void TestJavaHandler::answersForAHandlerThatThrows()
{
    EngineFixture fixture;
    const auto id = start(fixture, "throw new IllegalStateException(\"no such order\");");
    const auto answer = fixture.ask(id);
    QCOMPARE(answer->status(), 500);
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/handler-error"_s);
    QCOMPARE(answer->json()[u"detail"], u"IllegalStateException: no such order"_s);
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "Handler.java:5"); }));
    QCOMPARE(fixture.ask(id)->status(), 500); // it goes on
}

void TestJavaHandler::saysWhyAClassDidNotLoad_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("it throws") << QByteArray("public class Handler {\n"
                                             "    static int n = Integer.parseInt(\"x\");\n"
                                             "    public Object handler() { return n; }\n}\n")
                               << QByteArray("For input string: \"x\" (src/Handler.java:2)");
    QTest::newRow("no such method") << QByteArray("public class Handler {\n    public void other() {}\n}\n")
                                    << QByteArray("has no public method 'handler'");
    QTest::newRow("another class") << QByteArray("class Hanlder {}\n")
                                   << QByteArray("ClassNotFoundException");
    QTest::newRow("strange parameters")
        << QByteArray("public class Handler {\n    public Object handler(String text) { return text; }\n}\n")
        << QByteArray("may be an Event");
}

void TestJavaHandler::saysWhyAClassDidNotLoad()
{
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, words);
    EngineFixture fixture;
    const auto id = startClass(fixture, code);
    QVERIFY(fixture.notes().instanceFailures.contains(id));
    const auto said = QByteArray::fromStdString(fixture.notes().instanceFailures[id].detail);
    QVERIFY2(said.contains(words), said);
}

void TestJavaHandler::goesOnAfterAHandlerThatIsTooSlow()
{
    EngineFixture fixture;
    const auto id = start(fixture,
                          "if (event.path().equals(\"/sleep\")) { Thread.sleep(60_000); }\n"
                          "while (event.path().equals(\"/loop\") && !Thread.interrupted()) { }\n"
                          "return \"quick\";",
                          1);
    for (const char *path : {"/sleep", "/loop"}) {
        const auto slow = fixture.ask(id, {.target = path});
        QCOMPARE(slow->status(), 504);
        QCOMPARE(slow->json()[u"type"], u"/problems/runtime/timeout"_s);
        QCOMPARE(fixture.ask(id)->body(), QByteArray("quick"));
    }
    const auto used = fixture.notes().cpuMilliseconds[id];
    const auto count = fixture.notes().statsCount[id];
    QVERIFY(waitUntil([&] { return fixture.notes().statsCount[id] >= count + 5; }));
    QVERIFY(fixture.notes().cpuMilliseconds[id] - used < 1'500);
    QVERIFY(!fixture.notes().ended.contains(id));
}

void TestJavaHandler::isReplacedWhenAHandlerIgnoresItsInterrupt()
{
    EngineFixture fixture;
    const auto id = start(fixture, "while (true) { if (event == null) return 1; }", 1);
    QCOMPARE(fixture.ask(id)->status(), 504);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
    QCOMPARE(fixture.notes().ended[id].exitCode, 1);
    QVERIFY(fixture.notes().hasLine(id, "did not react to its interrupt"));
}

void TestJavaHandler::endsWithSystemExit()
{
    EngineFixture fixture;
    const auto id = start(fixture, "System.exit(3); return 1;");
    const auto answer = fixture.ask(id);
    QCOMPARE(answer->status(), 500);
    QCOMPARE(answer->json()[u"type"], u"/problems/runtime/uncaught"_s);
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
    QCOMPARE(fixture.notes().ended[id].exitCode, 3);
}

void TestJavaHandler::endsWhenTheMemoryIsFull()
{
    EngineFixture fixture;
    const auto id = start(fixture,
                          "List<byte[]> all = new ArrayList<>();\n"
                          "while (true) { all.add(new byte[1 << 20]); if (all.isEmpty()) return 1; }",
                          30, 128);
    QVERIFY(isReady(fixture, id));
    const Asking asking(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }, 20'000));
    QCOMPARE(QString::fromStdString(fixture.notes().ended[id].reason), u"memory limit of 128 MB"_s);
}

void TestJavaHandler::runsRequestsAtOnce()
{
    EngineFixture fixture;
    const auto id = startClass(fixture, R"(
import java.util.concurrent.*;
public class Handler {
    private final CyclicBarrier both = new CyclicBarrier(2);
    public Object handler() throws Exception {
        both.await(8, TimeUnit.SECONDS);
        return "met";
    }
})");
    Asking first(fixture.notes().sockets[id], {});
    Asking second(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return first.isOver() && second.isOver(); }));
    QCOMPARE(first.body(), QByteArray("met"));
    QCOMPARE(second.body(), QByteArray("met"));
}

void TestJavaHandler::drainsByFinishingWhatIsInFlight()
{
    EngineFixture fixture;
    const auto id = start(fixture, "System.out.println(\"begun\");\n"
                                   "Thread.sleep(1000);\n"
                                   "System.out.println(\"ending\");\n"
                                   "return \"finished\";");
    Asking asking(fixture.notes().sockets[id], {});
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "begun"); }));
    fixture.engine().drain(id);
    QVERIFY(waitUntil([&] { return asking.isOver() && fixture.notes().ended.contains(id); }));
    QCOMPARE(asking.body(), QByteArray("finished"));
    QCOMPARE(fixture.notes().ended[id].exitCode, 0);
    QVERIFY(fixture.notes().hasLine(id, "ending")); // its output is still its own after the listener has gone
}

void TestJavaHandler::writesLogsWithTheRequest()
{
    EngineFixture fixture;
    const auto id = start(fixture, "System.out.println(\"printed\");\n"
                                   "System.err.println(\"warned\");\n"
                                   "java.util.logging.Logger.getLogger(\"shop\").warning(\"logged 7\");\n"
                                   "System.getLogger(\"shop\").log(System.Logger.Level.INFO, \"system\");\n"
                                   "context.log().error(\"said\", Map.of(\"order\", 12));\n"
                                   "context.log().info(\"odd\", Map.of(\"what\", new Object()));\n"
                                   "context.metrics().increment(\"orders\", 2);\n"
                                   "Thread.ofVirtual().start(() -> System.out.println(\"beside\")).join();\n"
                                   "System.out.print(\"unended\");\n"
                                   "return null;");
    QCOMPARE(fixture.ask(id, {.headers = {{"x-request-id", "r-9"}}})->status(), 204);
    for (const char *part : {R"("severity":"info","message":"printed","requestId":"r-9")",
                             R"("severity":"warning","message":"warned","requestId":"r-9")",
                             R"("severity":"warning","message":"logged 7","requestId":"r-9")",
                             R"("severity":"info","message":"system","requestId":"r-9")",
                             R"("severity":"error","message":"said","requestId":"r-9")", R"("order":12)",
                             R"("message":"odd","requestId":"r-9","fieldsLost")",
                             R"("severity":"info","message":"beside","requestId":"r-9")",
                             R"("severity":"info","message":"unended","requestId":"r-9")",
                             R"("metric":"orders","kind":"counter","value":2)"}) {
        QVERIFY2(waitUntil([&] { return fixture.notes().hasLine(id, part); }), part);
    }
}

void TestJavaHandler::seesNothingOfTheGuest()
{
    EngineFixture fixture;
    const auto id = start(fixture, R"(
        List<String> seen = new ArrayList<>();
        for (String name : List.of("nest.guest.Guest", "com.google.gson.Gson", "nest.functions.Event", "java.sql.Driver")) {
            try {
                Class.forName(name);
                seen.add(name);
            } catch (ClassNotFoundException error) {
                continue;
            }
        }
        return seen;)");
    QCOMPARE(fixture.ask(id)->body(), QByteArray(R"(["nest.functions.Event","java.sql.Driver"])"));
}

QTEST_GUILESS_MAIN(TestJavaHandler)
#include "tst_javahandler.moc"
