// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/sseparser.h"

#include <QTest>

using namespace nest::client;

class SseParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEvents_data();
    void readsEvents();
    void readsTheSameInAnySlices();
    void refusesAnEventWithoutEnd();
};

void SseParserTest::readsEvents_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected"); // id|name|data of each event
    QTest::newRow("with id") << QByteArray("id: 7\nevent: functions\ndata: {}\n\n")
                             << QByteArray("7|functions|{};");
    QTest::newRow("without id") << QByteArray("event: stats\ndata: 1\n\n") << QByteArray("-|stats|1;");
    QTest::newRow("CRLF") << QByteArray("event: a\r\ndata: 1\r\n\r\n") << QByteArray("-|a|1;");
    QTest::newRow("no space") << QByteArray("event:a\ndata:1\n\n") << QByteArray("-|a|1;");
    QTest::newRow("two data lines") << QByteArray("data: 1\ndata: 2\n\n") << QByteArray("-|message|1\n2;");
    QTest::newRow("comment") << QByteArray(": hello\n\ndata: 1\n\n") << QByteArray("-|message|1;");
    QTest::newRow("no data, no event") << QByteArray("event: a\n\n") << QByteArray();
    QTest::newRow("unfinished") << QByteArray("data: 1\n") << QByteArray();
    QTest::newRow("two") << QByteArray("data: 1\n\ndata: 2\n\n") << QByteArray("-|message|1;-|message|2;");
}

static QByteArray asText(const std::vector<SseEvent> &events)
{
    QByteArray text;
    for (const SseEvent &event : events) {
        text += (event.id ? QByteArray::number(static_cast<qlonglong>(*event.id)) : QByteArray("-")) + '|' +
                event.name + '|' + event.data + ';';
    }
    return text;
}

void SseParserTest::readsEvents()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    SseParser parser;
    QCOMPARE(asText(parser.feed(bytes)), expected);
}

void SseParserTest::readsTheSameInAnySlices()
{
    const QByteArray bytes = "id: 7\r\nevent: functions\r\ndata: {\"a\":1}\r\n\r\nevent: stats\ndata: 2\n\n";
    for (qsizetype slice = 1; slice < bytes.size(); ++slice) {
        SseParser parser;
        QByteArray text;
        for (qsizetype at = 0; at < bytes.size(); at += slice) {
            text += asText(parser.feed(bytes.mid(at, slice)));
        }
        QCOMPARE(text, "7|functions|{\"a\":1};-|stats|2;");
    }
}

void SseParserTest::refusesAnEventWithoutEnd()
{
    SseParser parser(100);
    QVERIFY(parser.feed("data: " + QByteArray(90, 'x')).empty());
    QVERIFY(!parser.isBroken());
    parser.feed(QByteArray(90, 'x'));
    QVERIFY(parser.isBroken());
    QVERIFY(parser.feed("\n\n").empty());
}

QTEST_GUILESS_MAIN(SseParserTest)
#include "tst_sseparser.moc"
