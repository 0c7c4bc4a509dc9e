// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// POST /v1/scaling/simulate: a load that is given, a load that was recorded, and what is refused. A real
// nestd.

#include "tests/support/testplatform.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

class SimulateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runsALoadThatIsGiven();
    void tellsWhichMetricWon();
    void runsARecordedLoad();
    void refusesWhatIsNoSimulation_data();
    void refusesWhatIsNoSimulation();

private:
    [[nodiscard]] HttpAnswer simulate(const QJsonObject &request) const
    {
        return m_platform.api({"POST", "/v1/scaling/simulate", QJsonDocument(request).toJson()});
    }
    [[nodiscard]] static QJsonObject load(std::initializer_list<std::pair<int, double>> parts)
    {
        QJsonArray values;
        for (const auto &[seconds, rate] : parts) {
            for (int i = 0; i < seconds; ++i) {
                values.append(rate);
            }
        }
        return {{u"requestsPerSecond"_s, values}};
    }

    TestPlatform m_platform;
};

void SimulateTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
}

void SimulateTest::runsALoadThatIsGiven()
{
    const QJsonObject request{{u"policy"_s, QJsonObject{{u"reserved"_s, 4}, {u"maximum"_s, 40}}},
                              {u"samples"_s, load({{60, 250}, {120, 1'600}, {240, 300}})},
                              {u"initialInstances"_s, 4}};
    const auto answer = simulate(request);
    QVERIFY2(answer.status == 200, answer.body.constData());
    const auto made = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(made[u"requests"].toDouble(), 60 * 250 + 120 * 1'600 + 240 * 300.0);
    QCOMPARE(made[u"peak"].toInt(), 23); // 1,600 / (100 x 0.7)
    const auto levels = made[u"levels"].toArray();
    QCOMPARE(levels.first()[u"ready"].toInt(), 4);
    QCOMPARE(levels.last()[u"desired"].toInt(), 5); // 300 / 70
    QVERIFY(made[u"coldStarts"].toInt() >= 19);
    QVERIFY(made[u"instanceHours"].toDouble() > 1);
    const auto to = QDateTime::fromString(made[u"to"].toString(), Qt::ISODateWithMs);
    const auto from = QDateTime::fromString(made[u"from"].toString(), Qt::ISODateWithMs);
    QCOMPARE(from.secsTo(to), 420);
    QCOMPARE(simulate(request).body, answer.body); // the same again
}

void SimulateTest::tellsWhichMetricWon()
{
    auto samples = load({{60, 100}});
    QJsonArray cpu;
    for (int i = 0; i < 60; ++i) {
        cpu.append(i < 10 ? QJsonValue(50) : QJsonValue(400));
    }
    samples[u"cpu"_s] = cpu;
    const QJsonObject target{{u"metric"_s, u"cpu"_s}, {u"threshold"_s, 100}, {u"utilisation"_s, 0.5}};
    const auto answer =
        simulate({{u"policy"_s, QJsonObject{{u"metrics"_s, QJsonArray{target}}}}, {u"samples"_s, samples}});
    QVERIFY2(answer.status == 200, answer.body.constData());
    const auto steps = QJsonDocument::fromJson(answer.body)[u"steps"].toArray();
    QVERIFY(std::ranges::any_of(steps, [](const QJsonValue &step) {
        return step[u"metric"].toString() == u"cpu" && step[u"desired"].toInt() == 8;
    }));
}

void SimulateTest::runsARecordedLoad()
{
    const auto begin = QDateTime::currentDateTimeUtc().addSecs(-1);
    int sent = 0;
    QVERIFY(waitUntil(
        [&] {
            sent += m_platform.gateway({.path = "/fn/hello/"}).status == 200 ? 1 : 0;
            return sent >= 40;
        },
        std::chrono::seconds(30)));
    // Seconds are whole before they are recorded.
    const auto before = m_platform.get("/v1/functions/hello/deployments/default/main/local").body;
    QJsonObject made;
    QVERIFY(waitUntil(
        [&] {
            const QJsonObject source{{u"function"_s, u"hello"_s},
                                     {u"group"_s, u"default/main/local"_s},
                                     {u"from"_s, begin.toString(Qt::ISODateWithMs)},
                                     {u"to"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
            const QJsonObject rule{{u"threshold"_s, 1}, {u"utilisation"_s, 1}, {u"maximum"_s, 100}};
            made =
                QJsonDocument::fromJson(simulate({{u"policy"_s, rule}, {u"source"_s, source}}).body).object();
            return made[u"requests"].toDouble() >= sent;
        },
        std::chrono::seconds(10)));
    QCOMPARE(made[u"requests"].toDouble(), double(sent));
    QVERIFY(made[u"peak"].toInt() >= 1);
    const auto after = m_platform.get("/v1/functions/hello/deployments/default/main/local").body;
    QCOMPARE(QJsonDocument::fromJson(after)[u"scaling"], QJsonDocument::fromJson(before)[u"scaling"]);
}

void SimulateTest::refusesWhatIsNoSimulation_data()
{
    QTest::addColumn<QJsonObject>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("pointer");
    const auto samples = load({{10, 1}});
    const auto source = [](const QString &function, const QString &group, const QString &to) {
        return QJsonObject{{u"function"_s, function},
                           {u"group"_s, group},
                           {u"from"_s, u"2026-03-01T10:00:00Z"_s},
                           {u"to"_s, to}};
    };
    const auto hour = u"2026-03-01T11:00:00Z"_s;
    const auto group = u"default/main/local"_s;
    const auto row = [](const char *name, const QJsonObject &request, int status, const QString &pointer) {
        QTest::newRow(name) << request << status << pointer;
    };
    const QJsonObject plain;
    row("no load", {{u"policy"_s, plain}}, 422, u"/samples"_s);
    row("two loads",
        {{u"policy"_s, plain}, {u"samples"_s, samples}, {u"source"_s, source(u"hello"_s, group, hour)}}, 422,
        u"/samples"_s);
    row("empty load", {{u"policy"_s, plain}, {u"samples"_s, load({})}}, 422, u"/samples/requestsPerSecond"_s);
    row("negative load", {{u"policy"_s, plain}, {u"samples"_s, load({{3, 1}, {1, -1}})}}, 422,
        u"/samples/requestsPerSecond/3"_s);
    row("maximum", {{u"policy"_s, QJsonObject{{u"maximum"_s, 0}}}, {u"samples"_s, samples}}, 422,
        u"/policy/maximum"_s);
    row("further metric",
        {{u"policy"_s, QJsonObject{{u"metrics"_s,
                                    QJsonArray{QJsonObject{{u"metric"_s, u"cpu"_s}, {u"threshold"_s, -1}}}}}},
         {u"samples"_s, samples}},
        422, u"/policy/metrics/0/threshold"_s);
    row("unknown field", {{u"policy"_s, plain}, {u"samples"_s, samples}, {u"hours"_s, 3}}, 422, u"/hours"_s);
    row("cold start", {{u"policy"_s, plain}, {u"samples"_s, samples}, {u"coldStartMs"_s, -1}}, 422,
        u"/coldStartMs"_s);
    row("group", {{u"policy"_s, plain}, {u"source"_s, source(u"hello"_s, u"main"_s, hour)}}, 422,
        u"/source/group"_s);
    row("backwards",
        {{u"policy"_s, plain}, {u"source"_s, source(u"hello"_s, group, u"2026-03-01T09:00:00Z"_s)}}, 422,
        u"/source/to"_s);
    row("too long",
        {{u"policy"_s, plain}, {u"source"_s, source(u"hello"_s, group, u"2026-03-04T10:00:00Z"_s)}}, 422,
        u"/source/to"_s);
    row("unknown function", {{u"policy"_s, plain}, {u"source"_s, source(u"nobody"_s, group, hour)}}, 404, {});
    row("not deployed",
        {{u"policy"_s, plain}, {u"source"_s, source(u"hello"_s, u"default/gray/local"_s, hour)}}, 404, {});
}

void SimulateTest::refusesWhatIsNoSimulation()
{
    QFETCH(QJsonObject, request);
    QFETCH(int, status);
    QFETCH(QString, pointer);
    const auto answer = simulate(request);
    QVERIFY2(answer.status == status, answer.body.constData());
    const auto problem = QJsonDocument::fromJson(answer.body).object();
    if (!pointer.isEmpty()) {
        const auto errors = problem[u"errors"].toArray();
        QVERIFY2(
            std::ranges::any_of(
                errors, [&](const QJsonValue &error) { return error[u"pointer"].toString() == pointer; }),
            answer.body.constData());
    }
    QVERIFY(!problem[u"detail"].toString().isEmpty());
}

QTEST_GUILESS_MAIN(SimulateTest)
#include "tst_simulate.moc"
