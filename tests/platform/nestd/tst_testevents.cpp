// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Test events: kept with their function, checked when they are written, private ones seen by their owner
// alone. A real nestd.

#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

constexpr auto events = "/v1/functions/hello/events";

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QStringList names(const HttpAnswer &answer)
{
    QStringList found;
    for (const auto &event : object(answer)[u"items"].toArray()) {
        found << event[u"name"].toString();
    }
    return found;
}

} // namespace

class TestEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void keepsAnEventAsItWasWritten();
    void refusesWhatCannotBeSent_data();
    void refusesWhatCannotBeSent();
    void secondWriterLearnsThePresentState();
    void listsByNameInPages();
    void endsAPageEarlyWhenBodiesAreLarge();
    void takesAHundredEvents();
    void showsAPrivateEventToItsOwnerAlone();
    void tellsWatchersNothing();

private:
    HttpAnswer put(const QByteArray &name, const QJsonObject &body, const QByteArray &match = "*") const
    {
        return m_platform.api({"PUT",
                               QByteArray(events) + '/' + name,
                               QJsonDocument(body).toJson(QJsonDocument::Compact),
                               {match.isEmpty() ? std::pair<QByteArray, QByteArray>{"If-None-Match", "*"}
                                                : std::pair<QByteArray, QByteArray>{"If-Match", match}}});
    }
    HttpAnswer get(const QByteArray &name) const { return m_platform.get(QByteArray(events) + '/' + name); }
    HttpAnswer drop(const QByteArray &name, const QByteArray &match = "*") const
    {
        return m_platform.api({"DELETE", QByteArray(events) + '/' + name, {}, {{"If-Match", match}}});
    }
    void giveToSomebodyElse(const QString &name);

    TestPlatform m_platform;
};

void TestEventsTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.api({"POST", "/v1/functions", R"({"name":"hello"})"}).status, 201);
}

void TestEventsTest::init()
{
    QStringList left; // large bodies come in several pages
    while (left = names(m_platform.get(events)), !left.isEmpty()) {
        for (const auto &name : left) {
            QCOMPARE(drop(name.toUtf8()).status, 204);
        }
    }
}

void TestEventsTest::keepsAnEventAsItWasWritten()
{
    const auto made = put("order",
                          {{u"method"_s, u"POST"_s},
                           {u"path"_s, u"/orders?dry=1"_s},
                           {u"headers"_s, QJsonObject{{u"content-type"_s, u"application/json"_s}}},
                           {u"body"_s, u"{\"amount\":1}"_s}},
                          {});
    QVERIFY2(made.status == 201, made.body.constData());
    QVERIFY(made.headers.value("location").endsWith("/v1/functions/hello/events/order"));
    QCOMPARE(put("order", {}, {}).status, 412); // there already
    const auto cloud =
        put("placed",
            {{u"kind"_s, u"cloudEvent"_s},
             {u"visibility"_s, u"shared"_s},
             {u"body"_s,
              uR"({"type":"order.placed","source":"/shop","id":"1","specversion":"1.0","data":{}})"_s}});
    QVERIFY2(cloud.status == 201, cloud.body.constData());
    m_platform.kill();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(names(m_platform.get(events)), (QStringList{u"order"_s, u"placed"_s}));
    const auto read = get("order");
    QCOMPARE(read.body, made.body);
    QCOMPARE(read.headers.value("etag"), made.headers.value("etag"));
    const auto kept = object(read);
    QCOMPARE(kept[u"kind"].toString(), u"http"_s);
    QCOMPARE(kept[u"visibility"].toString(), u"private"_s);
    QCOMPARE(kept[u"headers"][u"content-type"].toString(), u"application/json"_s);
    QCOMPARE(kept[u"status"][u"owner"], object(m_platform.get("/v1/me"))[u"user"]);
    QVERIFY(!kept[u"status"][u"changedAt"].toString().isEmpty());

    QCOMPARE(drop("order").status, 204);
    QCOMPARE(get("order").status, 404);
    QCOMPARE(drop("order").status, 404);
    QCOMPARE(object(get("order"))[u"type"].toString(), u"/problems/control/unknown-event"_s);
    QCOMPARE(m_platform.get("/v1/functions/nobody/events").status, 404);
}

void TestEventsTest::refusesWhatCannotBeSent_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("says");

    const auto row = [](const char *what, const QByteArray &name, const QJsonObject &body,
                        const QString &pointer, const QString &says = {}) {
        QTest::newRow(what) << name << body << pointer << says;
    };
    const auto cloud = [](const QString &body) {
        return QJsonObject{{u"kind"_s, u"cloudEvent"_s}, {u"body"_s, body}};
    };
    row("name with capitals", "Order", {}, u"/name"_s, u"a-z"_s);
    row("name that begins with -", "-x", {}, u"/name"_s);
    row("name too long", QByteArray(61, 'a'), {}, u"/name"_s);
    row("another name", "x", {{u"name"_s, u"y"_s}}, u"/name"_s, u"'x'"_s);
    row("method", "x", {{u"method"_s, u"BREW"_s}}, u"/method"_s, u"OPTIONS"_s);
    row("path", "x", {{u"path"_s, u"orders"_s}}, u"/path"_s, u"begin with /"_s);
    row("path with a line break", "x", {{u"path"_s, u"/a\r\nHost: b"_s}}, u"/path"_s);
    row("header that is two lines", "x", {{u"headers"_s, QJsonObject{{u"a"_s, u"b\r\nc: d"_s}}}},
        u"/headers/a"_s, u"one line"_s);
    row("header's name", "x", {{u"headers"_s, QJsonObject{{u"a/b c"_s, u"d"_s}}}}, u"/headers/a~1b c"_s);
    QJsonObject many;
    for (int i = 0; i <= 100; ++i) {
        many[u"h%1"_s.arg(i)] = u"x"_s;
    }
    row("too many headers", "x", {{u"headers"_s, many}}, u"/headers"_s, u"100"_s);
    row("body too large", "x", {{u"body"_s, QString(1024 * 1024 + 1, u'x')}}, u"/body"_s, u"1 MiB"_s);
    row("cloud event that is no JSON", "x", cloud(u"hello"_s), u"/body"_s, u"JSON"_s);
    row("cloud event that is a list", "x", cloud(u"[]"_s), u"/body"_s, u"object"_s);
    row("cloud event without type", "x", cloud(uR"({"source":"/s","id":"1","specversion":"1.0"})"_s),
        u"/body"_s, u"in 'type'"_s);
    row("cloud event with nothing", "x", cloud(u"{}"_s), u"/body"_s,
        u"'type', 'source', 'id', 'specversion'"_s);
    row("cloud event whose id is a number", "x",
        cloud(uR"({"type":"t","source":"/s","id":1,"specversion":"1.0"})"_s), u"/body"_s, u"in 'id'"_s);
}

void TestEventsTest::refusesWhatCannotBeSent()
{
    QFETCH(QByteArray, name);
    QFETCH(QJsonObject, body);
    QFETCH(QString, pointer);
    QFETCH(QString, says);
    const auto answer = put(name, body);
    QVERIFY2(answer.status == 422, answer.body.constData());
    QCOMPARE(object(answer)[u"errors"][0][u"pointer"].toString(), pointer);
    QVERIFY2(object(answer)[u"errors"][0][u"detail"].toString().contains(says), answer.body.constData());
    QVERIFY(names(m_platform.get(events)).isEmpty());
}

void TestEventsTest::secondWriterLearnsThePresentState()
{
    const auto first = put("x", {{u"body"_s, u"one"_s}}, {});
    const auto etag = first.headers.value("etag");
    QCOMPARE(put("x", {{u"body"_s, u"two"_s}}, etag).status, 200);
    const auto refused = put("x", {{u"body"_s, u"three"_s}}, etag);
    QCOMPARE(refused.status, 412);
    QCOMPARE(object(refused)[u"current"][u"body"].toString(), u"two"_s);
    QCOMPARE(drop("x", etag).status, 412);
    QCOMPARE(put("y", {}, "\"7\"").status, 404); // changed, but there is none
    QCOMPARE(m_platform.api({"PUT", QByteArray(events) + "/x", "{}"}).status, 428);
    // Shared and back, as one event.
    const auto shared = put("x", {{u"visibility"_s, u"shared"_s}}, refused.headers.value("etag"));
    QVERIFY2(shared.status == 200, shared.body.constData());
    QCOMPARE(names(m_platform.get(events)), QStringList{u"x"_s});
    QCOMPARE(put("x", {}, shared.headers.value("etag")).status, 200);
    QCOMPARE(names(m_platform.get(events)), QStringList{u"x"_s});
    QCOMPARE(object(get("x"))[u"visibility"].toString(), u"private"_s);
}

void TestEventsTest::listsByNameInPages()
{
    const QStringList sorted{u"a"_s, u"a-b"_s, u"a-c"_s, u"a1"_s, u"b"_s};
    for (const auto &name : {"b", "a1", "a", "a-c", "a-b"}) {
        const auto visibility = QByteArray(name).contains('-') ? u"shared"_s : u"private"_s;
        QCOMPARE(put(name, {{u"visibility"_s, visibility}}).status, 201);
    }
    QStringList all;
    QByteArray cursor;
    int pages = 0;
    do {
        const auto page = m_platform.get(QByteArray(events) + "?limit=2" +
                                         (cursor.isEmpty() ? "" : "&cursor=" + cursor.toPercentEncoding()));
        QCOMPARE(page.status, 200);
        QVERIFY(!page.headers.value("nest-watch-id").isEmpty());
        all += names(page);
        cursor = object(page)[u"nextCursor"].toString().toUtf8();
        ++pages;
    } while (!cursor.isEmpty());
    QCOMPARE(all, sorted);
    QCOMPARE(pages, 3);
}

void TestEventsTest::endsAPageEarlyWhenBodiesAreLarge()
{
    for (const auto *name : {"a", "b", "c", "d", "e", "f", "g"}) {
        QCOMPARE(put(name, {{u"body"_s, QString(1024 * 1024, u'x')}}).status, 201);
    }
    const auto first = m_platform.get(events);
    QVERIFY(first.body.size() < 7 * 1024 * 1024);
    const auto second = m_platform.get(QByteArray(events) + "?cursor=" +
                                       object(first)[u"nextCursor"].toString().toUtf8().toPercentEncoding());
    QCOMPARE(names(first).size() + names(second).size(), 7);
}

void TestEventsTest::takesAHundredEvents()
{
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(put("e" + QByteArray::number(i), {}).status, 201);
    }
    const auto refused = put("one-more", {});
    QCOMPARE(refused.status, 409);
    QCOMPARE(object(refused)[u"type"].toString(), u"/problems/control/too-many-events"_s);
    QCOMPARE(put("e7", {{u"body"_s, u"changed"_s}}).status, 200);
    QCOMPARE(drop("e7").status, 204);
    QCOMPARE(put("one-more", {}).status, 201);
}

/// A second user of one local platform is a second account of the machine, which a test does not have: the
/// store is told that it was another one.
void TestEventsTest::giveToSomebodyElse(const QString &name)
{
    const auto user = object(m_platform.get("/v1/me"))[u"user"].toString();
    QCOMPARE(m_platform.stop(), 0);
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"events"_s);
        database.setDatabaseName(m_platform.dataDirectory() + u"/nest.db"_s);
        QVERIFY2(database.open(), qPrintable(database.lastError().text()));
        QSqlQuery query(database);
        query.prepare(u"UPDATE documents SET id = ?, body = replace(body, ?, 'somebody') "
                      "WHERE kind = 'events' AND id = ?"_s);
        query.addBindValue(u"hello/%1!somebody"_s.arg(name));
        query.addBindValue(user);
        query.addBindValue(u"hello/%1!%2"_s.arg(name, user));
        QVERIFY2(query.exec(), qPrintable(query.lastError().text()));
        QCOMPARE(query.numRowsAffected(), 1);
        query.finish();
        database.close();
    }
    QSqlDatabase::removeDatabase(u"events"_s);
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
}

void TestEventsTest::showsAPrivateEventToItsOwnerAlone()
{
    QCOMPARE(put("secret", {{u"body"_s, u"theirs"_s}}).status, 201);
    giveToSomebodyElse(u"secret"_s);
    QCOMPARE(get("secret").status, 404);
    QCOMPARE(drop("secret").status, 404);
    QVERIFY(names(m_platform.get(events)).isEmpty());
    // The name is free for one's own, but not for one that both would see.
    QCOMPARE(put("secret", {{u"visibility"_s, u"shared"_s}}).status, 422);
    QCOMPARE(put("secret", {{u"body"_s, u"mine"_s}}).status, 201);
    QCOMPARE(object(get("secret"))[u"body"].toString(), u"mine"_s);
    QCOMPARE(names(m_platform.get(events)), QStringList{u"secret"_s});
    QCOMPARE(put("secret", {{u"visibility"_s, u"shared"_s}}).status, 422);
    QCOMPARE(drop("secret").status, 204);
    QCOMPARE(get("secret").status, 404);
}

void TestEventsTest::tellsWatchersNothing()
{
    const auto before = m_platform.get(events).headers.value("nest-watch-id");
    QCOMPARE(put("quiet", {{u"body"_s, u"only mine"_s}}).status, 201);
    const auto watched =
        m_platform.api({.path = "/v1/watch?since=" + before, .limit = std::chrono::milliseconds(1'500)});
    QVERIFY2(!watched.body.contains("quiet"), watched.body.constData());
}

QTEST_GUILESS_MAIN(TestEventsTest)
#include "tst_testevents.moc"
