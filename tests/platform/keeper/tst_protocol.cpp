// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/protocol.h"

#include <QTest>

using namespace nest;
using namespace nest::keeper;

class TestProtocol final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void carriesEveryMessageUnchanged();
    void refusesForeignLines_data();
    void refusesForeignLines();
    void cutsAStreamIntoLines();
    void refusesAnEndlessLine();
};

void TestProtocol::carriesEveryMessageUnchanged()
{
    BoxSpec box{.command = {"/usr/bin/node", "a b"},
                .environment = {{"A", "1"}},
                .binds = {{.host = "/h", .inside = "/i", .isWritable = true}},
                .workingDirectory = "/work",
                .niceness = 3};
    box.limits.memoryMegabytes = 99;
    const std::vector<Request> requests{StartInstance{"i-1", box, "label \"quoted\"\n"},
                                        StartJob{"j-1", box, 7},
                                        SetLabel{"i-1", "x"},
                                        Foreground{"i-1"},
                                        Drain{"i-1", 5000},
                                        Kill{"i-1"}};
    QCOMPARE(requests.size(), std::variant_size_v<Request>);
    const std::vector<Event> events{Hello{{3, "full", "none"}, 12, {{"i-1", "/s", "l"}}, {"j-1"}},
                                    Refused{"no"},
                                    Started{"i-1", "/s"},
                                    NotStarted{"i-1", {"a/b", "c", {{"/p", "d"}}}},
                                    OutputLine{"i-1", "stdout", "grüße 你好", 1'700'000'000'123},
                                    LinesDropped{"i-1", 4},
                                    Exited{"i-1", "exit code 3", 3},
                                    Stats{"i-1", 12.5, 99.25}};
    QCOMPARE(events.size(), std::variant_size_v<Event>);
    for (const auto &request : requests) {
        auto line = encode(request);
        QCOMPARE(line.find('\n'), line.size() - 1); // one line, whatever it carries
        line.pop_back();
        QVERIFY(decodeRequest(line) == request);
    }
    for (const auto &event : events) {
        auto line = encode(event);
        line.pop_back();
        QVERIFY(decodeEvent(line) == event);
    }
}

void TestProtocol::refusesForeignLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("GET / HTTP/1.1");
    QTest::newRow("no object") << QByteArray("[1,2]");
    QTest::newRow("no type") << QByteArray(R"({"data":{}})");
    QTest::newRow("unknown type") << QByteArray(R"({"type":"sing","data":{}})");
    QTest::newRow("missing field") << QByteArray(R"({"type":"drain","data":{"id":"i-1"}})");
    QTest::newRow("wrong kind of field") << QByteArray(R"({"type":"kill","data":{"id":7}})");
    QTest::newRow("invalid UTF-8") << QByteArray("{\"type\":\"kill\",\"data\":{\"id\":\"\xff\"}}");
    QTest::newRow("deep") << QByteArray(10'000, '[');
}

void TestProtocol::refusesForeignLines()
{
    QFETCH(QByteArray, line);
    const auto request = decodeRequest({line.constData(), static_cast<std::size_t>(line.size())});
    QVERIFY(!request);
    QCOMPARE(request.error().type, std::string("keeper/protocol"));
}

void TestProtocol::cutsAStreamIntoLines()
{
    MessageReader reader;
    std::string line;
    QVERIFY(reader.feed("one\ntw"));
    QVERIFY(reader.next(line));
    QCOMPARE(line, std::string("one"));
    QVERIFY(!reader.next(line));
    QVERIFY(reader.feed("o\n\nthree"));
    QVERIFY(reader.next(line));
    QCOMPARE(line, std::string("two"));
    QVERIFY(reader.next(line));
    QCOMPARE(line, std::string());
    QVERIFY(!reader.next(line));
}

void TestProtocol::refusesAnEndlessLine()
{
    MessageReader reader;
    const std::string piece(1024 * 1024, 'x');
    bool isFine = true;
    for (std::size_t i = 0; isFine && i <= maxMessageBytes / piece.size(); ++i) {
        isFine = reader.feed(piece);
    }
    QVERIFY(!isFine);
}

QTEST_GUILESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
