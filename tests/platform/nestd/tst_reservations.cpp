// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reserved instances by rules, with real instances: the largest floor wins and the decision names it, a rule
// that begins or ends changes the number by itself, all of it outlives a restart, and the plan of the hours
// to come says which rule wins when.

#include "tests/support/testplatform.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::seconds;

namespace {

constexpr auto address = "/v1/functions/hello/deployments/default/main/local";

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QJsonObject rule(const QString &name, int floor)
{
    return {{u"name"_s, name}, {u"cron"_s, u"* * * * *"_s}, {u"minutes"_s, 60}, {u"floor"_s, floor}};
}

QJsonObject with(QJsonObject rule, const QString &field, const QJsonValue &value)
{
    rule[field] = value;
    return rule;
}

QString inSeconds(int seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(seconds).toString(Qt::ISODateWithMs);
}

} // namespace

class ReservationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theLargestFloorWinsAndIsNamed();
    void rulesOutliveARestart();
    void aRuleBeginsAndEndsByItself();
    void thePlanNamesTheRuleOfEachStep();
    void aPriceGivesACost();
    void aPlanCanBeSeenBeforeItIsMade();
    void whatIsNoRuleIsRefused_data();
    void whatIsNoRuleIsRefused();

private:
    /// The deployment with these rules; the status of the answer.
    HttpAnswer put(const QJsonArray &rules, int reserved = 0)
    {
        auto document = object(m_platform.get(address));
        const auto etag = document.take(u"etag"_s).toString();
        document.remove(u"status"_s);
        auto scaling = document[u"scaling"].toObject();
        scaling[u"reserved"_s] = reserved;
        scaling[u"maximum"_s] = 6;
        scaling[u"scaleDownDelaySeconds"_s] = 0;
        scaling[u"stableWindowSeconds"_s] = 6;
        scaling[u"panicWindowSeconds"_s] = 2;
        scaling[u"scaleToZeroAfterSeconds"_s] = 1;
        scaling[u"reservations"_s] = rules;
        document[u"scaling"_s] = scaling;
        return m_platform.api(
            {"PUT", address, QJsonDocument(document).toJson(), {{"If-Match", '"' + etag.toUtf8() + '"'}}});
    }
    [[nodiscard]] QJsonObject status() const { return object(m_platform.get(address))[u"status"].toObject(); }
    [[nodiscard]] QJsonObject reserved() const { return status()[u"reserved"].toObject(); }
    [[nodiscard]] QJsonArray decisions() const
    {
        return object(m_platform.get("/v1/decisions?function=hello&limit=200"))[u"items"].toArray();
    }

    TestPlatform m_platform;
};

void ReservationsTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
}

void ReservationsTest::theLargestFloorWinsAndIsNamed()
{
    QVERIFY(!status().contains(u"reserved"));
    const auto answer =
        put({rule(u"small"_s, 2), rule(u"large"_s, 3), with(rule(u"off"_s, 5), u"enabled"_s, false)}, 1);
    QVERIFY2(answer.status == 200, answer.body.constData());
    QVERIFY(waitUntil([&] { return status()[u"ready"].toInt() == 3; }, seconds(20)));
    QCOMPARE(reserved(), (QJsonObject{{u"requested"_s, 3},
                                      {u"allocated"_s, 3},
                                      {u"inUse"_s, 0},
                                      {u"spillOver"_s, 0},
                                      {u"rule"_s, u"large"_s}}));
    QVERIFY(waitUntil([&] { return decisions().first()[u"rule"].toString() == u"large"; }, seconds(5)));
    const auto decision = decisions().first().toObject();
    QCOMPARE(decision[u"desired"].toInt(), 3);
    QCOMPARE(decision[u"limit"].toString(), u"reserved"_s);
    QCOMPARE(decision[u"rule"].toString(), u"large"_s);
    QCOMPARE(decision[u"floor"].toInt(), 3);
    // What is in use is counted.
    QVERIFY(waitUntil(
        [&] {
            std::ignore = m_platform.gateway({.path = "/fn/hello/"});
            return reserved()[u"inUse"].toInt() > 0;
        },
        seconds(10)));
}

void ReservationsTest::rulesOutliveARestart()
{
    const QJsonValue before = object(m_platform.get(address))[u"scaling"];
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(QJsonValue(object(m_platform.get(address))[u"scaling"]), before);
    QVERIFY(waitUntil([&] { return reserved()[u"allocated"].toInt() == 3; }, seconds(20)));
    QCOMPARE(reserved()[u"rule"].toString(), u"large"_s);
}

void ReservationsTest::aRuleBeginsAndEndsByItself()
{
    QCOMPARE(put({}).status, 200);
    QVERIFY(waitUntil([&] { return status()[u"desired"].toInt() == 0; }, seconds(30)));
    const auto campaign =
        with(with(rule(u"campaign"_s, 2), u"start"_s, inSeconds(4)), u"end"_s, inSeconds(9));
    QCOMPARE(put({campaign}).status, 200);
    QCOMPARE(reserved()[u"requested"].toInt(), 0);
    QVERIFY(waitUntil([&] { return status()[u"ready"].toInt() == 2; }, seconds(15)));
    QCOMPARE(reserved()[u"rule"].toString(), u"campaign"_s);
    const auto begun = decisions().first().toObject();
    QCOMPARE(begun[u"cause"].toString(), u"schedule"_s);
    QCOMPARE(begun[u"rule"].toString(), u"campaign"_s);
    QVERIFY(waitUntil([&] { return status()[u"desired"].toInt() == 0; }, seconds(30)));
    QVERIFY(!reserved().contains(u"rule"));
}

void ReservationsTest::thePlanNamesTheRuleOfEachStep()
{
    auto night = with(with(rule(u"night"_s, 2), u"cron"_s, u"0 22 * * *"_s), u"minutes"_s, 480);
    night[u"zone"_s] = u"Europe/Berlin"_s;
    const auto noon = with(with(rule(u"noon"_s, 4), u"cron"_s, u"0 12 * * *"_s), u"minutes"_s, 60);
    QCOMPARE(put({night, noon}, 1).status, 200);
    const auto answer = m_platform.get(QByteArray(address) + "/floor?hours=24");
    QVERIFY2(answer.status == 200, answer.body.constData());
    const auto plan = object(answer);
    const auto steps = plan[u"steps"].toArray();
    QCOMPARE(steps.first()[u"from"], plan[u"from"]);
    QCOMPARE(steps.last()[u"to"], plan[u"to"]);
    QSet<QString> rules;
    double hours = 0;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const auto step = steps.at(i).toObject();
        const auto from = QDateTime::fromString(step[u"from"].toString(), Qt::ISODateWithMs);
        const auto to = QDateTime::fromString(step[u"to"].toString(), Qt::ISODateWithMs);
        rules.insert(step[u"rule"].toString());
        hours += double(from.msecsTo(to)) / 3'600'000 * step[u"floor"].toInt();
        QCOMPARE(step[u"floor"].toInt(), step[u"rule"].toString() == u"noon"    ? 4
                                         : step[u"rule"].toString() == u"night" ? 2
                                                                                : 1);
        if (i > 0) {
            QCOMPARE(step[u"from"], steps.at(i - 1)[u"to"]);
        }
    }
    QCOMPARE(rules, (QSet<QString>{u"night"_s, u"noon"_s, QString()}));
    QVERIFY(std::abs(plan[u"instanceHours"].toDouble() - hours) < 0.01);
    QCOMPARE(m_platform.get(QByteArray(address) + "/floor?hours=0").status, 400);
    QCOMPARE(m_platform.get(QByteArray(address) + "/floor?hours=many").status, 400);
    QCOMPARE(m_platform.get("/v1/functions/hello/deployments/default/gray/local/floor").status, 404);
    QCOMPARE(m_platform.get("/v1/functions/nobody/deployments/default/main/local/floor").status, 404);
}

void ReservationsTest::aPriceGivesACost()
{
    const auto plan = [&] {
        return object(m_platform.get(QByteArray(address) + "/floor?hours=24"));
    };
    QCOMPARE(put({rule(u"small"_s, 2)}, 1).status, 200);
    QVERIFY(!plan().contains(u"cost"));
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY2(m_platform.start({u"--price"_s, u"0.5 CNY"_s}), qPrintable(m_platform.error()));
    const auto priced = plan();
    const auto cost = priced[u"cost"].toObject();
    QCOMPARE(cost[u"currency"].toString(), u"CNY"_s);
    QVERIFY(std::abs(cost[u"amount"].toDouble() - priced[u"instanceHours"].toDouble() * 0.25 * 0.5) < 0.001);
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
}

void ReservationsTest::aPlanCanBeSeenBeforeItIsMade()
{
    QCOMPARE(put({rule(u"small"_s, 2)}, 1).status, 200);
    auto scaling = object(m_platform.get(address))[u"scaling"].toObject();
    const auto before = scaling;
    auto noon = with(with(rule(u"noon"_s, 4), u"cron"_s, u"0 12 * * *"_s), u"minutes"_s, 60);
    scaling[u"reservations"_s] = QJsonArray{with(rule(u"small"_s, 2), u"enabled"_s, false), noon};
    const auto post = [&](const QByteArray &query, const QJsonObject &policy) {
        return m_platform.api({"POST", QByteArray(address) + "/floor" + query,
                               QJsonDocument(QJsonObject{{u"scaling"_s, policy}}).toJson()});
    };
    const auto answer = post("?hours=24", scaling);
    QVERIFY2(answer.status == 200, answer.body.constData());
    const auto plan = object(answer);
    QVERIFY(std::abs(plan[u"instanceHours"].toDouble() - (23 + 4)) < 0.01);
    const auto rules = plan[u"rules"].toArray();
    QCOMPARE(rules.size(), 2);
    QCOMPARE(rules.first()[u"name"].toString(), u"small"_s);
    QVERIFY(rules.first()[u"spans"].toArray().isEmpty()); // it is off
    QVERIFY(!rules.first().toObject().contains(u"next"));
    QVERIFY(!rules.last()[u"spans"].toArray().isEmpty());
    const auto next = QDateTime::fromString(rules.last()[u"next"].toString(), Qt::ISODateWithMs).toUTC();
    QCOMPARE(next.time(), QTime(12, 0));
    QVERIFY(next > QDateTime::currentDateTimeUtc());
    QCOMPARE(object(m_platform.get(address))[u"scaling"].toObject(), before); // nothing was changed
    // What is refused is refused as by the change itself.
    noon[u"cron"_s] = u"0 25 * * *"_s;
    scaling[u"reservations"_s] = QJsonArray{noon};
    const auto refused = post("", scaling);
    QCOMPARE(refused.status, 422);
    QCOMPARE(object(refused)[u"errors"].toArray().first()[u"pointer"].toString(),
             u"/scaling/reservations/0/cron"_s);
    QCOMPARE(post("?hours=0", before).status, 400);
}

void ReservationsTest::whatIsNoRuleIsRefused_data()
{
    QTest::addColumn<QJsonArray>("rules");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const QJsonArray &rules, const QString &field,
                        const QString &part) {
        QTest::newRow(name) << rules << u"/scaling/reservations/"_s + field << part;
    };
    const auto good = rule(u"good"_s, 2);
    row("cron", {with(good, u"cron"_s, u"0 25 * * *"_s)}, u"0/cron"_s,
        u"the hour '25' lies outside of 0 to 23"_s);
    row("never", {with(good, u"cron"_s, u"0 0 30 2 *"_s)}, u"0/cron"_s, u"never comes"_s);
    row("zone", {with(good, u"zone"_s, u"Berlin"_s)}, u"0/zone"_s, u"such as UTC or Europe/Berlin"_s);
    row("minutes", {with(good, u"minutes"_s, 0)}, u"0/minutes"_s, u"1 to 10080 minutes"_s);
    row("floor", {with(good, u"floor"_s, 7)}, u"0/floor"_s, u"between 1 and the maximum of 6"_s);
    row("name", {with(good, u"name"_s, u"Office hours"_s)}, u"0/name"_s, u"a-z, 0-9 and -"_s);
    row("twice", {good, good}, u"1/name"_s, u"is there twice"_s);
    row("backwards", {with(with(good, u"start"_s, inSeconds(60)), u"end"_s, inSeconds(30))}, u"0/end"_s,
        u"is not after start"_s);
    row("unknown field", {with(good, u"hours"_s, 3)}, u"0/hours"_s, QString());
    QJsonArray many;
    for (int i = 0; i < 51; ++i) {
        many.append(rule(u"rule-%1"_s.arg(i), 1));
    }
    QTest::newRow("too many") << many << u"/scaling/reservations"_s << u"there may be 50"_s;
}

void ReservationsTest::whatIsNoRuleIsRefused()
{
    QFETCH(QJsonArray, rules);
    QFETCH(QString, pointer);
    QFETCH(QString, part);
    const auto answer = put(rules);
    QVERIFY2(answer.status == 422, answer.body.constData());
    const auto errors = object(answer)[u"errors"].toArray();
    QVERIFY2(std::ranges::any_of(errors,
                                 [&](const QJsonValue &error) {
                                     return error[u"pointer"].toString() == pointer &&
                                            error[u"detail"].toString().contains(part);
                                 }),
             answer.body.constData());
}

QTEST_GUILESS_MAIN(ReservationsTest)
#include "tst_reservations.moc"
