// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Lanes: whose they are, when they end, and that what runs in them goes with them. And why a deployment was
// changed and by whom. A real nestd, real functions.

#include "tests/support/testplatform.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

constexpr auto lane = "/v1/groups/default/feature-1/local";

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

QString inSeconds(int seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(seconds).toString(Qt::ISODateWithMs);
}

} // namespace

class LanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void checksWhoseALaneIsAndWhenItEnds();
    void keepsAnEndThatHasPassed();
    void deletesALaneWithWhatRunsInIt();
    void keepsAGroupOfMainThatIsInUse();
    void deletesALaneWhileItIsDeployedTo();
    void tellsWhyAndByWhomADeploymentWasChanged();
    void endsALaneWhoseTimeIsOver();
    void endsALaneWhoseTimeRanOutWhileStopped();

private:
    HttpAnswer put(const QByteArray &path, const QJsonObject &body, const QByteArray &match = "*") const
    {
        return m_platform.api(
            {"PUT", path, QJsonDocument(body).toJson(QJsonDocument::Compact), {{"If-Match", match}}});
    }
    HttpAnswer drop(const QByteArray &path, const QByteArray &match = "*") const
    {
        return m_platform.api({"DELETE", path, {}, {{"If-Match", match}}});
    }
    HttpAnswer deployTo(const QByteArray &function, const QByteArray &laneName) const
    {
        return put("/v1/functions/" + function + "/deployments/default/" + laneName + "/local",
                   {{u"weights"_s, QJsonArray{QJsonObject{{u"version"_s, 1}}}}});
    }
    [[nodiscard]] QJsonArray running(const QByteArray &laneName) const
    {
        return object(
                   m_platform.get("/v1/instances?state=ready&group=default/" + laneName + "/local"))[u"items"]
            .toArray();
    }

    TestPlatform m_platform;
};

void LanesTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QCOMPARE(m_platform.deploy("other", TestPlatform::helloFiles("other"), "{}"), QString());
}

void LanesTest::checksWhoseALaneIsAndWhenItEnds()
{
    const auto end = inSeconds(3'600);
    const auto made = put(lane, {{u"owner"_s, u"Ada"_s}, {u"expiresAt"_s, end}});
    QVERIFY2(made.status == 201, made.body.constData());
    QCOMPARE(object(made)[u"owner"].toString(), u"Ada"_s);
    QCOMPARE(object(m_platform.get(lane))[u"expiresAt"].toString(), end);

    QCOMPARE(pointers(put(lane, {{u"owner"_s, QString(101, u'界')}, {u"expiresAt"_s, inSeconds(-1)}})),
             (QStringList{u"/owner"_s, u"/expiresAt"_s}));
    QCOMPARE(put(lane, {{u"owner"_s, QString(100, u'界')}}).status, 200);
    QVERIFY(!object(m_platform.get(lane)).contains(u"expiresAt"));
    const auto main = put("/v1/groups/default/main/local", {{u"owner"_s, u"Ada"_s}, {u"expiresAt"_s, end}});
    QCOMPARE(main.status, 422);
    QCOMPARE(pointers(main), (QStringList{u"/owner"_s, u"/expiresAt"_s}));
    QVERIFY2(main.body.contains("lanes"), main.body.constData());
}

void LanesTest::keepsAnEndThatHasPassed()
{
    constexpr auto short1 = "/v1/groups/default/short/local";
    const auto end = inSeconds(1);
    QCOMPARE(put(short1, {{u"expiresAt"_s, end}}).status, 201);
    QVERIFY(waitUntil([&] { return inSeconds(0) > end; }, std::chrono::seconds(5)));
    // Sent back as it was read it is no change: only the description is new.
    const auto again = put(short1, {{u"expiresAt"_s, end}, {u"description"_s, u"x"_s}});
    QVERIFY2(again.status == 200 || again.status == 404, again.body.constData()); // 404: it has just ended
    QCOMPARE(pointers(put(short1, {{u"expiresAt"_s, inSeconds(-30)}})), QStringList{u"/expiresAt"_s});
}

void LanesTest::deletesALaneWithWhatRunsInIt()
{
    QVERIFY(deployTo("hello", "feature-1").status == 201);
    QVERIFY(deployTo("other", "feature-1").status == 201);
    const HttpRequest request{.path = "/fn/hello/", .headers = {{"nest-lane", "feature-1"}}};
    QCOMPARE(m_platform.gateway(request).status, 200);
    QCOMPARE(running("feature-1").size(), 1);
    const auto before = m_platform.get("/v1/groups").headers.value("nest-watch-id");

    const auto stale = drop(lane, "\"1\"");
    QCOMPARE(stale.status, 412);
    QCOMPARE(object(stale)[u"current"][u"status"][u"deployments"].toInt(), 2);
    QCOMPARE(drop(lane).status, 204);
    QCOMPARE(m_platform.get(lane).status, 404);
    QCOMPARE(m_platform.get("/v1/functions/hello/deployments/default/feature-1/local").status, 404);
    QCOMPARE(object(m_platform.get("/v1/functions/other/deployments"))[u"items"].toArray().size(), 1);
    QVERIFY(waitUntil([&] { return running("feature-1").isEmpty(); }, std::chrono::seconds(20)));
    QCOMPARE(m_platform.gateway(request).status, 200); // main answers in its place
    QCOMPARE(drop(lane).status, 404);

    // Watchers hear of all three, and in one go.
    const auto watched = m_platform.api({.path = "/v1/watch?kinds=groups,deployments&since=" + before,
                                         .limit = std::chrono::milliseconds(1'500)});
    for (const QByteArray key :
         {"default/feature-1/local", "hello/default/feature-1/local", "other/default/feature-1/local"}) {
        const auto told = R"({"operation":"delete","key":")" + key + '"';
        QVERIFY2(watched.body.contains(told), watched.body.constData());
    }
    m_platform.kill();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.get(lane).status, 404);
    QCOMPARE(object(m_platform.get("/v1/deployments"))[u"items"].toArray().size(), 2);
}

void LanesTest::keepsAGroupOfMainThatIsInUse()
{
    const auto refused = drop("/v1/groups/default/main/local");
    QCOMPARE(refused.status, 409);
    QCOMPARE(object(refused)[u"type"].toString(), u"/problems/control/in-use"_s);
    QCOMPARE(object(m_platform.get("/v1/deployments"))[u"items"].toArray().size(), 2);
}

void LanesTest::deletesALaneWhileItIsDeployedTo()
{
    for (int round = 0; round < 5; ++round) {
        QCOMPARE(put(lane, {}).status, 201);
        std::vector<std::thread> writers;
        std::array<HttpAnswer, 5> answers;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            writers.emplace_back([this, i, &answers] {
                answers[i] = i == 2 ? drop(lane) : deployTo(i % 2 == 0 ? "hello" : "other", "feature-1");
            });
        }
        for (auto &writer : writers) {
            writer.join();
        }
        QCOMPARE(answers[2].status, 204);
        for (const auto &answer : answers) {
            QVERIFY2(answer.status == 200 || answer.status == 201 || answer.status == 204 ||
                         answer.status == 404 || answer.status == 412,
                     answer.body.constData());
        }
        // Whatever came first: no deployment is left in a group that is not there.
        QCOMPARE(m_platform.get(lane).status, 404);
        QCOMPARE(object(m_platform.get("/v1/deployments"))[u"items"].toArray().size(), 2);
    }
}

void LanesTest::tellsWhyAndByWhomADeploymentWasChanged()
{
    constexpr auto path = "/v1/functions/hello/deployments/default/main/local";
    auto body = object(m_platform.get(path));
    const auto user = object(m_platform.get("/v1/me"))[u"user"].toString();
    QCOMPARE(body[u"status"][u"changedBy"].toString(), user);
    QCOMPARE(body[u"reason"].toString(), QString());
    body[u"reason"] = QString(501, u'界');
    QCOMPARE(pointers(put(path, body)), QStringList{u"/reason"_s});
    const auto reason = QString(500, u'界');
    body[u"reason"] = QString(u' ' + reason + u'\n');
    const auto changed = put(path, body);
    QVERIFY2(changed.status == 200, changed.body.constData());
    QCOMPARE(object(changed)[u"reason"].toString(), reason);
    m_platform.kill();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    const auto kept = object(m_platform.get(path));
    QCOMPARE(kept[u"reason"].toString(), reason);
    QCOMPARE(kept[u"status"][u"changedBy"].toString(), user);
}

void LanesTest::endsALaneWhoseTimeIsOver()
{
    QCOMPARE(put(lane, {{u"expiresAt"_s, inSeconds(2)}}).status, 201);
    QCOMPARE(deployTo("hello", "feature-1").status, 201);
    QVERIFY(waitUntil([&] { return m_platform.get(lane).status == 404; }, std::chrono::seconds(40)));
    QCOMPARE(m_platform.get("/v1/functions/hello/deployments/default/feature-1/local").status, 404);
    QCOMPARE(m_platform.get("/v1/functions/hello/deployments/default/main/local").status, 200);
}

void LanesTest::endsALaneWhoseTimeRanOutWhileStopped()
{
    const auto end = inSeconds(2);
    QCOMPARE(put(lane, {{u"expiresAt"_s, end}, {u"owner"_s, u"Ada"_s}}).status, 201);
    constexpr auto later = "/v1/groups/default/later/local";
    QCOMPARE(put(later, {{u"expiresAt"_s, inSeconds(3'600)}}).status, 201);
    QCOMPARE(deployTo("hello", "feature-1").status, 201);
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY(waitUntil([&] { return inSeconds(0) > end; }, std::chrono::seconds(5)));
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QVERIFY(waitUntil([&] { return m_platform.get(lane).status == 404; }, std::chrono::seconds(5)));
    QCOMPARE(object(m_platform.get("/v1/functions/hello/deployments"))[u"items"].toArray().size(), 1);
    QCOMPARE(m_platform.get(later).status, 200);
}

QTEST_GUILESS_MAIN(LanesTest)
#include "tst_lanes.moc"
