// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The last hour of a pool: starts that found one idle and starts that found none, what is not known after a
// restart, and whom it is not told of. A real nestd, real functions.

#include "tests/support/testplatform.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace std::chrono_literals;

namespace {

constexpr auto limit = 30'000ms; // a point is there each ten seconds
constexpr qint64 stepMs = 10'000;

} // namespace

class PoolHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsClaimsAndMisses();
    void knowsNothingOfTheTimeBeforeARestart();
    void forgetsAPoolThatIsGone();

private:
    [[nodiscard]] QJsonObject history(const QByteArray &pool) const
    {
        return QJsonDocument::fromJson(m_platform->get("/v1/pools/" + pool + "/history").body).object();
    }
    [[nodiscard]] QJsonObject series(const QByteArray &pool, const QString &name) const
    {
        for (const auto &each : history(pool)[u"series"].toArray()) {
            if (each[u"name"].toString() == name) {
                return each.toObject();
            }
        }
        return {};
    }
    [[nodiscard]] QJsonArray values(const QByteArray &pool, const QString &name) const
    {
        return series(pool, name)[u"values"].toArray();
    }
    [[nodiscard]] double sum(const QByteArray &pool, const QString &name) const
    {
        double all = 0;
        for (const auto &value : values(pool, name)) {
            all += value.toDouble();
        }
        return all;
    }
    [[nodiscard]] int put(const QByteArray &name, const QByteArray &body) const
    {
        return m_platform->api({"PUT", "/v1/pools/" + name, body, {{"If-Match", "*"}}}).status;
    }

    std::unique_ptr<TestPlatform> m_platform;
};

void PoolHistoryTest::init()
{
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

void PoolHistoryTest::tellsClaimsAndMisses()
{
    QCOMPARE(put("mine", R"({"idle":1,"mostIdle":1})"), 201);
    QCOMPARE(put("empty", R"({"idle":0,"mostIdle":0})"), 201);
    QVERIFY(history("mine")[u"series"].toArray().size() == 5);
    QCOMPARE(history("mine")[u"resolutionSeconds"].toInt(), 10);
    QVERIFY(waitUntil([&] { return values("mine", u"idle"_s).last().toDouble(-1) == 1.0; }, limit));
    QCOMPARE(sum("mine", u"claimed"_s), 0.0);
    QCOMPARE(m_platform->deploy("hello", TestPlatform::helloFiles("hello"), R"({"pool":"mine"})"), QString());
    QCOMPARE(m_platform->deploy("other", TestPlatform::helloFiles("other"), R"({"pool":"empty"})"),
             QString());
    QCOMPARE(m_platform->gateway({.path = "/fn/hello/"}).status, 200);
    QCOMPARE(m_platform->gateway({.path = "/fn/other/"}).status, 200);
    QVERIFY(waitUntil([&] { return sum("mine", u"claimed"_s) == 1.0; }, limit));
    QVERIFY(waitUntil([&] { return sum("empty", u"missed"_s) >= 1.0; }, limit));
    QCOMPARE(sum("mine", u"missed"_s), 0.0);
    QCOMPARE(sum("empty", u"claimed"_s), 0.0);
    QCOMPARE(values("empty", u"idle"_s).last().toDouble(-1), 0.0);
    QCOMPARE(values("mine", u"wanted"_s).last().toDouble(-1), 1.0);
    const auto times = series("mine", u"idle"_s)[u"times"].toArray();
    QVERIFY(times.size() >= 2 && times.size() == values("mine", u"warming"_s).size());
    for (qsizetype i = 0; i < times.size(); ++i) {
        QCOMPARE(times[i].toInteger() % stepMs, 0);
        QVERIFY(i == 0 || times[i].toInteger() > times[i - 1].toInteger());
    }
    QVERIFY(std::abs(times.last().toInteger() - QDateTime::currentMSecsSinceEpoch()) < 2 * stepMs);
    // The claim of a point stays in that point.
    const auto then = values("mine", u"claimed"_s).size();
    QVERIFY(waitUntil([&] { return values("mine", u"claimed"_s).size() > then; }, limit));
    QCOMPARE(sum("mine", u"claimed"_s), 1.0);
}

void PoolHistoryTest::knowsNothingOfTheTimeBeforeARestart()
{
    QCOMPARE(put("mine", R"({"idle":1,"mostIdle":1})"), 201);
    QVERIFY(waitUntil([&] { return !values("mine", u"idle"_s).isEmpty(); }, limit));
    m_platform->kill();
    const auto stopped = QDateTime::currentMSecsSinceEpoch();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QCOMPARE(m_platform->get("/v1/pools/mine/history").status, 200);
    QVERIFY(waitUntil([&] { return !values("mine", u"idle"_s).isEmpty(); }, limit));
    QVERIFY(series("mine", u"idle"_s)[u"times"].toArray().first().toInteger() >= stopped);
    const auto from =
        QDateTime::fromString(history("mine")[u"from"].toString(), Qt::ISODateWithMs).toMSecsSinceEpoch();
    QVERIFY(from < stopped - 50 * 60 * 1000); // what was asked for, of which there is nothing
}

void PoolHistoryTest::forgetsAPoolThatIsGone()
{
    QCOMPARE(m_platform->get("/v1/pools/nobody/history").status, 404);
    QVERIFY(m_platform->get("/v1/pools/nobody/history").body.contains("unknown-pool"));
    QCOMPARE(put("mine", R"({"idle":0})"), 201);
    QVERIFY(waitUntil([&] { return !values("mine", u"idle"_s).isEmpty(); }, limit));
    QCOMPARE(m_platform->api({"DELETE", "/v1/pools/mine", {}, {{"If-Match", "*"}}}).status, 204);
    QCOMPARE(m_platform->get("/v1/pools/mine/history").status, 404);
    QCOMPARE(put("mine", R"({"idle":0})"), 201);
    QVERIFY(values("mine", u"idle"_s).isEmpty());
}

QTEST_GUILESS_MAIN(PoolHistoryTest)
#include "tst_poolhistory.moc"
