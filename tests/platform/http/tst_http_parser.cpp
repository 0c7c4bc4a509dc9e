// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Heads, bodies and framing: the same whatever way the bytes are cut, and what is ambiguous is refused.

#include "platform/http/framing.h"
#include "platform/http/messageparser.h"

#include <QTest>

using namespace nest::http;
using namespace Qt::StringLiterals;
using Event = MessageParser::Event;

namespace {

struct Read final : BodySink
{
    void onBody(std::string_view bytes) override { body += bytes; }

    /// Feeds `bytes` cut at `cut` and again at each multiple of it; what was seen, as text.
    std::string run(std::string_view bytes, std::size_t cut, MessageParser::Kind kind, bool toHead = false,
                    bool endsConnection = false)
    {
        MessageParser parser(kind, 1024, 20, *this);
        std::string seen;
        if (toHead) {
            parser.expectNoBody();
        }
        for (std::size_t at = 0; at < bytes.size();) {
            std::string_view piece = bytes.substr(at, cut);
            at += piece.size();
            bool again = true;
            while (again) {
                const auto step = parser.advance(piece);
                piece.remove_prefix(step.consumed);
                switch (step.event) {
                case Event::NeedMore:
                    again = false;
                    break;
                case Event::Head:
                    seen += describe(parser.head());
                    break;
                case Event::End:
                    seen += "body(" + std::exchange(body, {}) + ")\n";
                    again = !piece.empty();
                    break;
                case Event::Failed:
                    return seen + "failed " + std::to_string(parser.failure().status);
                }
            }
        }
        if (endsConnection) {
            seen += parser.finish() == Event::End ? "body(" + std::exchange(body, {}) + ")\n" : "cut off";
        }
        return seen;
    }

    static std::string describe(const Head &head)
    {
        std::string text = head.status ? std::to_string(head.status)
                                       : std::string(head.method) + " " + std::string(head.target());
        for (std::size_t i = 0; i < head.size(); ++i) {
            text += " " + std::string(head.field(i).name) + "=" + std::string(head.field(i).value);
        }
        return text + (head.keepsAlive ? " keep\n" : " close\n");
    }

    std::string body;
};

} // namespace

class TestHttpParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void readsTheSameWhereverTheBytesAreCut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isResponse");
        QTest::addColumn<QByteArray>("seen");
        QTest::newRow("no body") << "GET /a?b HTTP/1.1\r\nHost: x\r\nX-Long-Name:  v w \r\n\r\n"_ba << false
                                 << "GET /a?b Host=x X-Long-Name=v w keep\nbody()\n"_ba;
        QTest::newRow("by length") << "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"_ba
                                   << false << "POST / Host=x Content-Length=5 keep\nbody(hello)\n"_ba;
        QTest::newRow("chunked, extension, trailer")
            << "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n"_ba
            << false << "PUT / Host=x Transfer-Encoding=chunked keep\nbody(abcde)\n"_ba;
        QTest::newRow("pipelined")
            << "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nabGET /2 HTTP/1.1\r\nHost: y\r\n\r\nGET /3 HTTP/1.0\r\n\r\n"_ba
            << false
            << "POST /1 Host=x Content-Length=2 keep\nbody(ab)\nGET /2 Host=y keep\nbody()\nGET /3 close\nbody()\n"_ba;
        QTest::newRow("empty value") << "GET / HTTP/1.1\r\nHost:\r\nA:\r\nB: \r\n\r\n"_ba << false
                                     << "GET / Host= A= B= keep\nbody()\n"_ba;
        QTest::newRow("response")
            << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 204 No\r\n\r\n"_ba << true
            << "200 Content-Length=2 keep\nbody(hi)\n204 keep\nbody()\n"_ba;
        QTest::newRow("interim, then response")
            << "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"_ba
            << true << "100 keep\nbody()\n200 Transfer-Encoding=chunked keep\nbody(x)\n"_ba;
        QTest::newRow("304 with a length")
            << "HTTP/1.1 304 Same\r\nContent-Length: 7\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba
            << true << "304 Content-Length=7 keep\nbody()\n200 Content-Length=0 keep\nbody()\n"_ba;
    }

    void readsTheSameWhereverTheBytesAreCut()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isResponse);
        QFETCH(QByteArray, seen);
        const auto kind = isResponse ? MessageParser::Kind::Response : MessageParser::Kind::Request;
        for (std::size_t cut = 1; cut <= static_cast<std::size_t>(bytes.size()); ++cut) {
            Read read;
            QCOMPARE(QByteArray::fromStdString(read.run(bytes.toStdString(), cut, kind)), seen);
        }
    }

    void anAnswerToHeadHasNoBody()
    {
        for (std::size_t cut = 1; cut < 60; ++cut) {
            Read read;
            QCOMPARE(read.run("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", cut,
                              MessageParser::Kind::Response, true),
                     "200 Content-Length=9 keep\nbody()\n");
        }
    }

    void aResponseWithoutLengthEndsWithTheConnection()
    {
        Read read;
        QCOMPARE(read.run("HTTP/1.1 200 OK\r\n\r\nall of it", 4, MessageParser::Kind::Response, false, true),
                 "200 close\nbody(all of it)\n");
        Read cutOff;
        QCOMPARE(cutOff.run("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf", 50,
                            MessageParser::Kind::Response, false, true),
                 "200 Content-Length=20 keep\ncut off");
    }

    void refusesWhatIsMalformedOrAmbiguous_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status = 400) {
            QTest::newRow(name) << bytes << status;
        };
        row("two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        row("same length twice",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na");
        row("length and chunked",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("chunked and length",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n");
        row("gzip, chunked",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        row("chunked twice", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
                             "chunked\r\n\r\n0\r\n\r\n");
        row("gzip alone", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n");
        row("HTTP/1.0 chunked", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("length with sign", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na");
        row("length in list", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\na");
        row("huge length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\na");
        row("two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
        row("no host", "GET / HTTP/1.1\r\nA: b\r\n\r\n");
        row("two spaces before the target", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n");
        row("two spaces after the target", "GET /  HTTP/1.1\r\nHost: x\r\n\r\n");
        row("space before colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n");
        row("folded field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n");
        row("zero byte in value", QByteArray("GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n", 29));
        row("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n");
        row("bad chunk size", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
        row("chunk longer than said",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n");
        row("not HTTP", "\x16\x03\x01\x02 hello there\r\n\r\n");
        row("HTTP/2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505);
        row("HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n");
        row("large head", "GET / HTTP/1.1\r\nHost: x\r\nA: " + QByteArray(2000, 'a') + "\r\n\r\n", 431);
        row("large target", "GET /" + QByteArray(2000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 431);
        row("many fields", "GET / HTTP/1.1\r\nHost: x\r\n" + QByteArray("a: b\r\n").repeated(30) + "\r\n",
            431);
        row("chunk extensions without end",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + QByteArray(4000, 'a'));
    }

    void refusesWhatIsMalformedOrAmbiguous()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        for (const std::size_t cut : {std::size_t(1), std::size_t(7), std::size_t(100'000)}) {
            Read read;
            const std::string seen = read.run(bytes.toStdString(), cut, MessageParser::Kind::Request);
            QVERIFY2(seen.ends_with("failed " + std::to_string(status)), seen.c_str());
        }
    }

    void knowsFieldsWhateverTheirCase()
    {
        QCOMPARE(fieldId("Content-Length"), FieldId::ContentLength);
        QCOMPARE(fieldId("TE"), FieldId::Te);
        QCOMPARE(fieldId("proxy-AUTHORIZATION"), FieldId::ProxyAuthorization);
        QCOMPARE(fieldId("NEST-lane"), FieldId::NestLane);
        QCOMPARE(fieldId("nest-anything-else-at-all"), FieldId::NestOther);
        QCOMPARE(fieldId("nest"), FieldId::Other);
        QVERIFY(listHasToken("a, Keep-Alive ,b", "keep-alive"));
        QVERIFY(!listHasToken("keep-alive-not", "keep-alive"));
    }

    void aProblemIsValidJsonWhateverIsInIt()
    {
        QCOMPARE(problemDocument({.status = 404, .type = "a/b", .title = "T", .detail = "say \"x\\\"\n\x01"}),
                 "{\"type\":\"/problems/a/b\",\"title\":\"T\",\"status\":404,"
                 "\"detail\":\"say \\\"x\\\\\\\"\\u000a\\u0001\"}");
        QCOMPARE(httpDate(1'795'507'200), "Tue, 24 Nov 2026 08:00:00 GMT");
    }
};

QTEST_GUILESS_MAIN(TestHttpParser)
#include "tst_http_parser.moc"
