// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pools as documents: those that the platform makes by itself, those that people make, what is refused, and
// what a start from one leaves behind. A real nestd, real functions.

#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace std::chrono_literals;

namespace {

constexpr auto limit = 20'000ms;

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QStringList pointers(const HttpAnswer &answer)
{
    QStringList found;
    for (const auto &error : object(answer)[u"errors"].toArray()) {
        found << error[u"pointer"].toString();
    }
    return found;
}

} // namespace

class PoolsApiTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesAPoolForWhatIsDeployed();
    void takesADocumentForAPoolOfItsOwn();
    void changesAndForgetsWithPreconditions();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void startsFromTheNamedPoolAndCountsIt();
    void keepsPoolsThroughARestart();
    void keepsMoreReadyByTheTimeOfDay();
    void isSetByTheCommandLine();

private:
    HttpAnswer put(const QByteArray &name, const QJsonObject &body, const QByteArray &match = "*") const
    {
        return m_platform->api({"PUT",
                                "/v1/pools/" + name,
                                QJsonDocument(body).toJson(QJsonDocument::Compact),
                                {{"If-Match", match}}});
    }
    HttpAnswer drop(const QByteArray &name, const QByteArray &match = "*") const
    {
        return m_platform->api({"DELETE", "/v1/pools/" + name, {}, {{"If-Match", match}}});
    }
    [[nodiscard]] QJsonObject status(const QByteArray &name) const
    {
        return object(m_platform->get("/v1/pools/" + name))[u"status"].toObject();
    }
    [[nodiscard]] bool hasIdle(const QByteArray &name, int count) const
    {
        return waitUntil([&] { return status(name)[u"idle"].toInt(-1) == count; }, limit);
    }

    std::unique_ptr<TestPlatform> m_platform;
};

void PoolsApiTest::init()
{
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

void PoolsApiTest::makesAPoolForWhatIsDeployed()
{
    QCOMPARE(object(m_platform->get("/v1/pools"))[u"items"].toArray().size(), 0);
    QCOMPARE(m_platform->deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QVERIFY(hasIdle("node20-256", 2));
    const auto pool = object(m_platform->get("/v1/pools/node20-256"));
    QCOMPARE(pool[u"kind"].toString(), u"warm"_s);
    QVERIFY(!pool.contains(u"etag"));
    QVERIFY(status("node20-256")[u"isAutomatic"].toBool());
    QCOMPARE(status("node20-256")[u"deployments"].toInt(), 1);
    QVERIFY(status("node20-256")[u"bootMs"].toDouble() > 1);
    QVERIFY(!status("node20-256").contains(u"hitPercent")); // nothing was started: not known, not 0
    const auto refused = drop("node20-256");
    QCOMPARE(refused.status, 409);
    QVERIFY2(refused.body.contains("idle 0"), refused.body.constData());
}

void PoolsApiTest::takesADocumentForAPoolOfItsOwn()
{
    QCOMPARE(m_platform->deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QVERIFY(hasIdle("node20-256", 2));
    const auto made =
        put("node20-256",
            {{u"kind"_s, u"warm"_s}, {u"idle"_s, 1}, {u"mostIdle"_s, 3}, {u"reason"_s, u"few functions"_s}});
    QVERIFY2(made.status == 201, made.body.constData());
    QVERIFY(hasIdle("node20-256", 1));
    QVERIFY(!status("node20-256")[u"isAutomatic"].toBool());
    QVERIFY(!status("node20-256")[u"changedBy"].toString().isEmpty());
    QCOMPARE(object(m_platform->get("/v1/pools"))[u"items"].toArray().size(), 1);
    QCOMPARE(drop("node20-256").status, 204);
    QVERIFY(hasIdle("node20-256", 2)); // the platform's own size again
}

void PoolsApiTest::changesAndForgetsWithPreconditions()
{
    const QJsonObject body{{u"idle"_s, 1}, {u"memoryMegabytes"_s, 128}};
    QCOMPARE(
        m_platform->api({"PUT", "/v1/pools/mine", QJsonDocument(body).toJson(), {{"If-None-Match", "*"}}})
            .status,
        201);
    QVERIFY(hasIdle("mine", 1));
    const auto etag = object(m_platform->get("/v1/pools/mine"))[u"etag"].toString().toUtf8();
    auto more = body;
    more[u"idle"_s] = 2;
    more[u"mostIdle"_s] = 2;
    QCOMPARE(put("mine", more, '"' + etag + '"').status, 200);
    const auto stale = put("mine", body, '"' + etag + '"');
    QCOMPARE(stale.status, 412);
    QCOMPARE(object(stale)[u"current"].toObject()[u"idle"].toInt(), 2);
    QCOMPARE(drop("mine", '"' + etag + '"').status, 412);
    QCOMPARE(m_platform->api({"PUT", "/v1/pools/mine", QJsonDocument(body).toJson()}).status, 428);
    QCOMPARE(drop("mine").status, 204);
    QCOMPARE(drop("mine").status, 404);
    QCOMPARE(m_platform->get("/v1/pools/mine").status, 404);
}

void PoolsApiTest::refusesWhatCannotBe_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QStringList>("wrong");
    const auto row = [](const char *title, const QByteArray &name, const QJsonObject &body,
                        const QStringList &wrong) {
        QTest::newRow(title) << name << body << wrong;
    };
    row("runtime", "mine", {{u"runtime"_s, u"cobol"_s}}, {u"/runtime"_s});
    row("sizes", "mine", {{u"idle"_s, 5}, {u"mostIdle"_s, 4}, {u"memoryMegabytes"_s, 8}},
        {u"/memoryMegabytes"_s, u"/mostIdle"_s});
    row("too many", "mine", {{u"idle"_s, 1000}, {u"mostIdle"_s, 1000}}, {u"/idle"_s, u"/mostIdle"_s});
    row("warm of another name", "mine", {{u"kind"_s, u"warm"_s}}, {u"/name"_s});
    row("schedule", "mine",
        {{u"schedule"_s, QJsonArray{QJsonObject{{u"name"_s, u"a"_s},
                                                {u"cron"_s, u"x"_s},
                                                {u"minutes"_s, 0},
                                                {u"floor"_s, 101},
                                                {u"zone"_s, u"Nowhere"_s}}}}},
        {u"/schedule/0/cron"_s, u"/schedule/0/minutes"_s, u"/schedule/0/floor"_s, u"/schedule/0/zone"_s});
    row("custom by a warm name", "node20-256", {{u"idle"_s, 4}}, {u"/kind"_s});
    row("warm with modules", "node20-256", {{u"kind"_s, u"warm"_s}, {u"preload"_s, QJsonArray{u"express"_s}}},
        {u"/kind"_s});
    row("modules", "mine", {{u"preload"_s, QJsonArray{u"ok"_s, u"../etc"_s, u"a';import 'b"_s}}},
        {u"/preload/1"_s, u"/preload/2"_s});
    row("packages", "mine", {{u"packages"_s, QJsonObject{{u"function"_s, u"nobody"_s}, {u"version"_s, 1}}}},
        {u"/packages"_s});
    row("environment", "mine", {{u"environment"_s, QJsonObject{{u"NEST_PRELOAD"_s, u"x"_s}}}},
        {u"/environment/NEST_PRELOAD"_s});
    row("long reason", "mine", {{u"reason"_s, QString(501, u'a')}}, {u"/reason"_s});
}

void PoolsApiTest::refusesWhatCannotBe()
{
    QFETCH(QByteArray, name);
    QFETCH(QJsonObject, body);
    QFETCH(QStringList, wrong);
    const auto answer = put(name, body);
    QVERIFY2(answer.status == 422, answer.body.constData());
    QCOMPARE(pointers(answer), wrong);
    QCOMPARE(object(m_platform->get("/v1/pools"))[u"items"].toArray().size(), 0);
}

void PoolsApiTest::startsFromTheNamedPoolAndCountsIt()
{
    QCOMPARE(
        put("mine", {{u"idle"_s, 1}, {u"environment"_s, QJsonObject{{u"FROM_POOL"_s, u"yes"_s}}}}).status,
        201);
    QVERIFY(hasIdle("mine", 1));
    const auto unknown =
        m_platform->deploy("hello", TestPlatform::helloFiles("hello"), R"({"pool":"nothing"})");
    QVERIFY2(unknown.contains(u"no custom pool"_s), qPrintable(unknown));
    const auto deployed = m_platform->api({"PUT",
                                           "/v1/functions/hello/deployments/default/main/local",
                                           R"({"weights":[{"version":1,"weight":100}],"pool":"mine"})",
                                           {{"If-Match", "*"}}});
    QVERIFY2(deployed.status == 201, deployed.body.constData());
    QCOMPARE(drop("mine").status, 409); // somebody starts from it
    const auto other = put("mine", {{u"idle"_s, 1}, {u"memoryMegabytes"_s, 128}});
    QVERIFY2(other.status == 409 && other.body.contains("One deployment starts"), other.body.constData());
    QCOMPARE(status("mine")[u"deployments"].toInt(), 1);
    QCOMPARE(m_platform->gateway({.path = "/fn/hello/"}).status, 200);
    const auto instance =
        object(m_platform->get("/v1/instances?function=hello"))[u"items"].toArray().first().toObject();
    QCOMPARE(instance[u"pool"].toString(), u"mine"_s);
    QVERIFY(waitUntil([&] { return status("mine")[u"claimed"].toInt() == 1; }, limit));
    QCOMPARE(status("mine")[u"hitPercent"].toDouble(), 100.0);
    QVERIFY(waitUntil([&] { return status("mine")[u"specialiseMs"].toDouble() > 0; }, limit));
    QCOMPARE(status("mine")[u"deployments"].toInt(), 1);
    QVERIFY(hasIdle("mine", 1)); // filled again
}

void PoolsApiTest::keepsPoolsThroughARestart()
{
    QCOMPARE(put("mine", {{u"idle"_s, 1}, {u"preload"_s, QJsonArray{}}}).status, 201);
    QVERIFY(hasIdle("mine", 1));
    m_platform->kill();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QVERIFY(hasIdle("mine", 1));
    QVERIFY(!status("mine").contains(u"bootMs")); // none was booted: the old one was taken over
}

void PoolsApiTest::keepsMoreReadyByTheTimeOfDay()
{
    const auto rule = [](int floor, bool isEnabled) {
        return QJsonObject{
            {u"name"_s, u"always"_s}, {u"cron"_s, u"* * * * *"_s},     {u"minutes"_s, 10},
            {u"floor"_s, floor},      {u"zone"_s, u"Asia/Shanghai"_s}, {u"enabled"_s, isEnabled}};
    };
    const auto set = [&](bool isEnabled) {
        return put("mine",
                   {{u"idle"_s, 1}, {u"mostIdle"_s, 1}, {u"schedule"_s, QJsonArray{rule(3, isEnabled)}}});
    };
    QCOMPARE(set(true).status, 201);
    QVERIFY(hasIdle("mine", 3)); // beyond mostIdle, which is for recent starts
    QCOMPARE(status("mine")[u"scheduled"].toInt(), 3);
    QCOMPARE(status("mine")[u"rule"].toString(), u"always"_s);
    m_platform->kill();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QVERIFY(hasIdle("mine", 3));
    QCOMPARE(set(false).status, 200);
    QVERIFY(hasIdle("mine", 1));
    QCOMPARE(status("mine")[u"scheduled"].toInt(), 1);
    QVERIFY(!status("mine").contains(u"rule"));
    QCOMPARE(set(true).status, 200);
    QVERIFY(hasIdle("mine", 3));
    QCOMPARE(put("mine", {{u"idle"_s, 1}, {u"mostIdle"_s, 1}, {u"schedule"_s, QJsonArray{}}}).status, 200);
    QVERIFY(hasIdle("mine", 1)); // an empty one is none
    QVERIFY(!status("mine").contains(u"rule"));
}

void PoolsApiTest::isSetByTheCommandLine()
{
    const auto nest = [&](const QStringList &words) {
        QProcess process;
        process.start(TestPlatform::program(u"nest"_s),
                      QStringList{u"--socket"_s, m_platform->socket()} + words);
        process.waitForFinished(20'000);
        return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
    };
    QCOMPARE(nest({u"pools"_s, u"set"_s, u"node20-128"_s, u"--warm"_s, u"--idle"_s, u"1"_s}),
             u"node20-128 keeps 1 node20 with 128 MB ready, up to 8 when many start.\n"_s);
    QVERIFY(hasIdle("node20-128", 1));
    QVERIFY(nest({u"pools"_s, u"set"_s, u"mine"_s, u"--warm"_s}).contains(u"such as node20-256"));
    const QStringList schedule{u"pools"_s, u"schedule"_s, u"node20-128"_s};
    QCOMPARE(nest(schedule + QStringList{u"noon"_s, u"--cron"_s, u"* * * * *"_s, u"--for"_s, u"1h"_s,
                                         u"--idle"_s, u"2"_s}),
             u"Added noon: 2 ready for 1 h from * * * * * on, UTC.\n"_s);
    QVERIFY(hasIdle("node20-128", 2));
    QVERIFY(nest(schedule).contains(u"node20-128 keeps 2 ready now (noon)."));
    QVERIFY(nest(schedule +
                 QStringList{u"noon"_s, u"--cron"_s, u"* * *"_s, u"--for"_s, u"1h"_s, u"--idle"_s, u"2"_s})
                .contains(u"is no cron"));
    QCOMPARE(nest(schedule + QStringList{u"noon"_s, u"--remove"_s}), u"Removed noon.\n"_s);
    QVERIFY(nest(schedule + QStringList{u"noon"_s, u"--remove"_s}).contains(u"has no rule 'noon'"));
    QVERIFY(hasIdle("node20-128", 1));
}

QTEST_GUILESS_MAIN(PoolsApiTest)
#include "tst_poolsapi.moc"
