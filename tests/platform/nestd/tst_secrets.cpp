// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets of functions on a real nestd: handed over in the three languages, from a pool, in a trial and after
// a restart; never told, never printed, and in no file or process table.

#include "tests/faults/steadyload.h"
#include "tests/platform/nestd/leaksearch.h"
#include "tests/platform/nestd/secretcode.h"
#include "tests/support/testplatform.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace std::chrono_literals;

namespace {

constexpr auto home = "default/main/local";
constexpr auto lane = "default/feature-1/local";
// Each is looked for everywhere at the end.
const QByteArray first = "Zq7-first-\"value\"-密码";
const QByteArray second = "Zq7-second-value";
const QByteArray ofLane = "Zq7-value-of-the-lane";

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class SecretsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsNamesAndNeverAValue();
    void secondWriterLearnsThePresentState();
    void refusesWhatIsNoSecret_data();
    void refusesWhatIsNoSecret();
    void takesSixtyFour();
    void deploymentNamesOnlyWhatThereIs();
    void whatIsNamedIsNotDeleted();
    void functionsGetThem_data();
    void functionsGetThem();
    void whatTheyPrintHasNoValue_data() { functionsGetThem_data(); }
    void whatTheyPrintHasNoValue();
    void lastWordsHaveNoValue();
    void loadErrorsHaveNoValue();
    void instanceOfAPoolGetsThem();
    void trialGetsThoseOfAGroup();
    void changedValueReplacesInstancesWithoutAFailedRequest();
    void instancesKeepThemThroughARestart();
    void lostKeyIsSaidAndEndsNothing();
    void valuesAreNowhereElse();
    void goWithTheirFunction();

private:
    HttpAnswer put(const QByteArray &function, const QByteArray &name, const QByteArray &value,
                   const QByteArray &match = "*") const
    {
        const auto header = match.isEmpty() ? std::pair<QByteArray, QByteArray>{"If-None-Match", "*"}
                                            : std::pair<QByteArray, QByteArray>{"If-Match", match};
        return m_platform.api({"PUT",
                               "/v1/functions/" + function + "/secrets/" + name,
                               text({{u"value"_s, QString::fromUtf8(value)}}),
                               {header}});
    }
    HttpAnswer secrets(const QByteArray &function, const QByteArray &name = {}) const
    {
        return m_platform.get("/v1/functions/" + function + "/secrets" + (name.isEmpty() ? "" : "/" + name));
    }
    HttpAnswer drop(const QByteArray &function, const QByteArray &name, const QByteArray &match = "*") const
    {
        return m_platform.api(
            {"DELETE", "/v1/functions/" + function + "/secrets/" + name, {}, {{"If-Match", match}}});
    }
    /// The deployment with these `secrets`.
    HttpAnswer hand(const QByteArray &function, const QJsonObject &named,
                    const QByteArray &group = home) const
    {
        const auto path = "/v1/functions/" + function + "/deployments/" + group;
        auto deployment = json(m_platform.get(path));
        deployment[u"secrets"] = named;
        return m_platform.api({"PUT", path, text(deployment), {{"If-Match", "*"}}});
    }
    QJsonObject ask(const QByteArray &function, const QByteArray &query = {},
                    const QByteArray &inLane = {}) const
    {
        QList<std::pair<QByteArray, QByteArray>> headers;
        if (!inLane.isEmpty()) {
            headers.append({"nest-lane", inLane});
        }
        return json(m_platform.gateway({.path = "/fn/" + function + "/?" + query, .headers = headers}));
    }
    QByteArray logOf(const QByteArray &function) const
    {
        return m_platform.get("/v1/logs?limit=500&function=" + function).body;
    }

    TestPlatform m_platform;
};

void SecretsTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"1"_s}), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.api({"PUT", "/v1/groups/" + QByteArray(lane), "{}", {{"If-None-Match", "*"}}}).status,
             201);
    for (const auto &code : secretCode()) {
        QCOMPARE(m_platform.deploy(code.function, code.files(), R"({"scaling":{"maximum":2}})"), QString());
    }
    QCOMPARE(m_platform.deploy("reads-node", secretCode().front().files(), "{}", lane), QString());
}

void SecretsTest::tellsNamesAndNeverAValue()
{
    QCOMPARE(json(secrets("reads-node"))[u"items"].toArray().size(), 0);
    const auto made = put("reads-node", "TOKEN", first, {});
    QVERIFY2(made.status == 201, made.body.constData());
    QVERIFY(made.headers.value("location").endsWith("/v1/functions/reads-node/secrets/TOKEN"));
    const auto read = secrets("reads-node", "TOKEN");
    QCOMPARE(read.body, made.body);
    QCOMPARE(read.headers.value("etag"), made.headers.value("etag"));
    const auto secret = json(read);
    QCOMPARE(secret.keys(), (QStringList{u"etag"_s, u"name"_s, u"status"_s}));
    QCOMPARE(secret[u"status"].toObject().keys(),
             (QStringList{u"changedAt"_s, u"changedBy"_s, u"problem"_s, u"usedBy"_s}));
    QCOMPARE(secret[u"status"][u"changedBy"], json(m_platform.get("/v1/me"))[u"user"]);
    QCOMPARE(secret[u"status"][u"problem"].toString(), QString());

    QCOMPARE(put("reads-node", "TOKEN", second).status, 200);
    QCOMPARE(put("reads-node", "ANOTHER", "x").status, 201); // one byte
    const auto items = json(secrets("reads-node"))[u"items"].toArray();
    QCOMPARE(items.size(), 2);
    QCOMPARE(items[0][u"name"].toString(), u"ANOTHER"_s);
    const auto page = json(m_platform.get("/v1/functions/reads-node/secrets?limit=1"));
    QCOMPARE(page[u"nextCursor"].toString(), u"ANOTHER"_s);
    QCOMPARE(drop("reads-node", "ANOTHER").status, 204);
    QCOMPARE(drop("reads-node", "ANOTHER").status, 404);
    QCOMPARE(json(secrets("reads-node", "ANOTHER"))[u"type"].toString(),
             u"/problems/control/unknown-secret"_s);
    QCOMPARE(secrets("nobody").status, 404);
    QCOMPARE(put("nobody", "A", "b").status, 404);
}

void SecretsTest::secondWriterLearnsThePresentState()
{
    QCOMPARE(put("reads-node", "SHARED", "one").status, 201);
    const auto etag = secrets("reads-node", "SHARED").headers.value("etag");
    QCOMPARE(put("reads-node", "SHARED", "two", etag).status, 200);
    const auto stale = put("reads-node", "SHARED", "three", etag);
    QCOMPARE(stale.status, 412);
    QCOMPARE(json(stale)[u"current"][u"etag"], json(secrets("reads-node", "SHARED"))[u"etag"]);
    QVERIFY(!stale.body.contains("two"));
    QCOMPARE(put("reads-node", "SHARED", "three", {}).status, 412); // it is there already
    QCOMPARE(drop("reads-node", "SHARED", etag).status, 412);
    QCOMPARE(
        m_platform.api({"PUT", "/v1/functions/reads-node/secrets/SHARED", R"({"value":"x"})", {}}).status,
        428);
    QCOMPARE(put("reads-node", "NEW", "x", "\"7\"").status, 404); // changes what is not there
    QCOMPARE(drop("reads-node", "SHARED").status, 204);
}

void SecretsTest::refusesWhatIsNoSecret_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    const QByteArray good = R"({"value":"Zq7-good"})";
    QTest::newRow("small letters") << QByteArray("token") << good << 422 << u"capital letters"_s;
    QTest::newRow("begins with a figure") << QByteArray("1A") << good << 422 << u"beginning with a letter"_s;
    QTest::newRow("begins with _") << QByteArray("_A") << good << 422 << u"beginning with a letter"_s;
    QTest::newRow("65 letters") << QByteArray(65, 'A') << good << 422 << u"at most 64"_s;
    QTest::newRow("empty") << QByteArray("A") << QByteArray(R"({"value":""})") << 422
                           << u"must not be empty"_s;
    QTest::newRow("no value") << QByteArray("A") << QByteArray("{}") << 422 << u"must not be empty"_s;
    QTest::newRow("too long") << QByteArray("A")
                              << QByteArray(R"({"value":")" + QByteArray(32 * 1024 + 1, 'v') + R"("})") << 422
                              << u"32 KiB"_s;
    QTest::newRow("a number") << QByteArray("A") << QByteArray(R"({"value":774411})") << 422 << u"a string"_s;
    QTest::newRow("unknown field") << QByteArray("A") << QByteArray(R"({"value":"Zq7-good","note":"774411"})")
                                   << 422 << u"note"_s;
    QTest::newRow("no JSON") << QByteArray("A") << QByteArray("Zq7-good") << 400 << u"JSON"_s;
}

void SecretsTest::refusesWhatIsNoSecret()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QString, says);
    const auto answer =
        m_platform.api({"PUT", "/v1/functions/reads-node/secrets/" + name, body, {{"If-Match", "*"}}});
    QCOMPARE(answer.status, status);
    QVERIFY2(json(answer)[u"detail"].toString().contains(says), answer.body.constData());
    QVERIFY2(!answer.body.contains("Zq7-good") && !answer.body.contains("774411"), answer.body.constData());
    QCOMPARE(secrets("reads-node", name).status, 404);
}

void SecretsTest::takesSixtyFour()
{
    QCOMPARE(m_platform.api({"POST", "/v1/functions", R"({"name":"many"})"}).status, 201);
    for (int i = 0; i < 64; ++i) {
        QCOMPARE(put("many", "S" + QByteArray::number(i), "v").status, 201);
    }
    const auto more = put("many", "S64", "v");
    QCOMPARE(more.status, 409);
    QCOMPARE(json(more)[u"type"].toString(), u"/problems/control/too-many-secrets"_s);
    QCOMPARE(put("many", "S63", "w").status, 200);
    QCOMPARE(drop("many", "S0").status, 204);
    QCOMPARE(put("many", "S64", "v").status, 201);
}

void SecretsTest::deploymentNamesOnlyWhatThereIs()
{
    const auto unknown = hand("reads-node", {{u"TOKEN"_s, u"NOPE"_s}});
    QCOMPARE(unknown.status, 422);
    QCOMPARE(json(unknown)[u"errors"][0][u"pointer"].toString(), u"/secrets/TOKEN"_s);
    QVERIFY2(unknown.body.contains("'NOPE', which is no secret of 'reads-node': set it first"),
             unknown.body.constData());
    const auto small = hand("reads-node", {{u"token"_s, u"TOKEN"_s}});
    QCOMPARE(json(small)[u"errors"][0][u"pointer"].toString(), u"/secrets/token"_s);
    QCOMPARE(hand("reads-node", {{u"TOKEN"_s, u"TOKEN"_s}}).status, 200);
    const auto used = json(secrets("reads-node", "TOKEN"))[u"status"][u"usedBy"].toArray();
    QCOMPARE(used.size(), 1);
    QCOMPARE(used[0][u"lane"].toString(), u"main"_s);
}

void SecretsTest::whatIsNamedIsNotDeleted()
{
    const auto kept = drop("reads-node", "TOKEN");
    QCOMPARE(kept.status, 409);
    QCOMPARE(json(kept)[u"type"].toString(), u"/problems/control/in-use"_s);
    QVERIFY2(kept.body.contains("The deployment of 'reads-node' in default/main/local names TOKEN."),
             kept.body.constData());
    QCOMPARE(put("reads-node", "SPARE", "v").status, 201);
    QCOMPARE(hand("reads-node", {{u"TOKEN"_s, u"SPARE"_s}}).status, 200);
    QCOMPARE(hand("reads-node", {{u"TOKEN"_s, u"TOKEN"_s}}).status, 200);
    QCOMPARE(drop("reads-node", "SPARE").status, 204);
}

void SecretsTest::functionsGetThem_data()
{
    QTest::addColumn<QByteArray>("function");
    for (const auto &code : secretCode()) {
        QTest::newRow(code.function) << QByteArray(code.function);
    }
}

void SecretsTest::functionsGetThem()
{
    QFETCH(const QByteArray, function);
    QVERIFY(put(function, "TOKEN", first).status <= 201);
    QCOMPARE(put(function, "OTHER", "x").status, 201);
    QCOMPARE(hand(function, {{u"TOKEN"_s, u"TOKEN"_s}, {u"SAME"_s, u"TOKEN"_s}}).status, 200);
    const auto said = ask(function);
    QCOMPARE(said[u"token"].toString(), QString::fromUtf8(first));
    QCOMPARE(said[u"same"].toString(), QString::fromUtf8(first));
    QCOMPARE(said[u"names"].toArray().size(), 2); // OTHER is not handed over
    QVERIFY2(said[u"missing"].toBool(), text(said).constData());
    QVERIFY2(!said[u"inEnvironment"].toBool(), text(said).constData());
}

void SecretsTest::whatTheyPrintHasNoValue()
{
    QFETCH(const QByteArray, function);
    QCOMPARE(ask(function, "print=1")[u"token"].toString(), QString::fromUtf8(first));
    QTRY_VERIFY2_WITH_TIMEOUT(logOf(function).contains("the end of it"), logOf(function).constData(), 5000);
    const auto log = logOf(function);
    for (const char *line : {"plain •••", "split •••", "logged •••", R"({\"token\":\"•••\"})"}) {
        QVERIFY2(log.contains(line), (QByteArray(line) + " in " + log).constData());
    }
    QVERIFY2(!log.contains("Zq7"), log.constData());
}

void SecretsTest::lastWordsHaveNoValue()
{
    QVERIFY(put("reads-node", "TOKEN", first).status <= 201);
    const auto thrown = m_platform.gateway({.path = "/fn/reads-node/?exit=1"});
    QVERIFY(thrown.status >= 500);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_platform.get("/v1/instances?function=reads-node").body.contains("said at its end •••"), 5000);
    QVERIFY(!m_platform.get("/v1/instances?function=reads-node").body.contains("Zq7"));
}

void SecretsTest::loadErrorsHaveNoValue()
{
    // The value is put together, so that it is in no file of the platform.
    QCOMPARE(m_platform.deploy("loads-not",
                               {{"function.yaml", "name: loads-not\nruntime: node20\nhandler: "
                                                  "src/handler.js#handler\n"},
                                {"src/handler.js", "const value = ['Zq7', 'second', 'value'].join('-');\n"
                                                   "console.log(`begins with ${value}`);\n"
                                                   "throw new Error(`cannot use ${value}`);\n"}},
                               R"({"scaling":{"maximum":1}})"),
             QString());
    QCOMPARE(put("loads-not", "TOKEN", second).status, 201);
    QCOMPARE(hand("loads-not", {{u"TOKEN"_s, u"TOKEN"_s}}).status, 200);
    const auto refused = m_platform.gateway({.path = "/fn/loads-not/"});
    QVERIFY2(refused.status == 503 && refused.body.contains("cannot use •••"), refused.body.constData());
    QVERIFY2(!refused.body.contains("Zq7"), refused.body.constData());
    QTRY_VERIFY_WITH_TIMEOUT(logOf("loads-not").contains("begins with •••"), 5000);
    for (const QByteArray path : {"/v1/instances?function=loads-not", "/v1/logs?function=loads-not",
                                  "/v1/functions/loads-not/deployments/default/main/local"}) {
        const auto told = m_platform.get(path);
        QCOMPARE(told.status, 200);
        QVERIFY2(!told.body.contains("Zq7"), told.body.constData());
    }
    QVERIFY(m_platform.get("/v1/instances?function=loads-not").body.contains("cannot use •••"));
}

void SecretsTest::instanceOfAPoolGetsThem()
{
    QTRY_VERIFY_WITH_TIMEOUT(json(m_platform.get("/v1/pools/node20-256"))[u"status"][u"idle"].toInt() >= 1,
                             20'000);
    QCOMPARE(put("reads-node", "POOLED", second).status, 201);
    QCOMPARE(hand("reads-node", {{u"TOKEN"_s, u"POOLED"_s}}, lane).status, 200);
    const auto said = ask("reads-node", {}, "feature-1");
    QCOMPARE(said[u"token"].toString(), QString::fromUtf8(second));
    const auto instance = json(m_platform.get("/v1/instances/" + said[u"instance"].toString().toUtf8()));
    QCOMPARE(instance[u"pool"].toString(), u"node20-256"_s);
}

void SecretsTest::trialGetsThoseOfAGroup()
{
    const auto invoke = [&](const QJsonObject &what) {
        auto request = what;
        request[u"path"] = u"/"_s;
        return m_platform.api({"POST", "/v1/functions/reads-node/actions/invoke", text(request), {}});
    };
    const auto token = [](const HttpAnswer &answer) {
        return QJsonDocument::fromJson(json(answer)[u"body"].toString().toUtf8())[u"token"].toString();
    };
    QCOMPARE(put("reads-node", "OF_LANE", ofLane).status, 201);
    QCOMPARE(hand("reads-node", {{u"TOKEN"_s, u"OF_LANE"_s}}, lane).status, 200);
    const QJsonObject ofTheLane{
        {u"set"_s, u"default"_s}, {u"lane"_s, u"feature-1"_s}, {u"region"_s, u"local"_s}};
    const auto usual = invoke({{u"version"_s, 1}});
    QVERIFY2(usual.status == 200, usual.body.constData());
    QCOMPARE(token(usual), QString::fromUtf8(first));
    QCOMPARE(token(invoke({{u"version"_s, 1}, {u"secretsOf"_s, ofTheLane}})), QString::fromUtf8(ofLane));
    QCOMPARE(token(invoke({{u"build"_s, 1}, {u"secretsOf"_s, ofTheLane}})), QString::fromUtf8(ofLane));
    QCOMPARE(token(invoke({{u"group"_s, ofTheLane}})), QString::fromUtf8(ofLane));
    QCOMPARE(token(invoke({{u"version"_s, 1}})), QString::fromUtf8(first));
    QCOMPARE(put("reads-node", "TOKEN", second).status, 200); // a trial that waits has the former one
    QCOMPARE(token(invoke({{u"version"_s, 1}})), QString::fromUtf8(second));
    QCOMPARE(put("reads-node", "TOKEN", first).status, 200);
    const auto both = invoke({{u"group"_s, ofTheLane}, {u"secretsOf"_s, ofTheLane}});
    QCOMPARE(both.status, 422);
    QCOMPARE(json(both)[u"errors"][0][u"pointer"].toString(), u"/secretsOf"_s);
    const auto nowhere =
        invoke({{u"version"_s, 1},
                {u"secretsOf"_s,
                 QJsonObject{{u"set"_s, u"default"_s}, {u"lane"_s, u"x"_s}, {u"region"_s, u"local"_s}}}});
    QCOMPARE(nowhere.status, 404);
}

void SecretsTest::changedValueReplacesInstancesWithoutAFailedRequest()
{
    QCOMPARE(ask("reads-node")[u"token"].toString(), QString::fromUtf8(first));
    nest::faults::SteadyLoad load({.port = m_platform.gatewayPort(),
                                   .function = "reads-node",
                                   .rate = 100,
                                   .waitMilliseconds = 20,
                                   .threads = 24});
    load.begin();
    for (const auto &value : {second, first, second}) {
        QCOMPARE(put("reads-node", "TOKEN", value).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(ask("reads-node")[u"token"].toString(), QString::fromUtf8(value), 10'000);
    }
    const auto figures = load.end();
    QVERIFY2(figures.failed + figures.postsCutOff == 0 && figures.answered > 20, figures.text().c_str());
    QCOMPARE(ask("reads-node")[u"token"].toString(), QString::fromUtf8(second));
}

void SecretsTest::instancesKeepThemThroughARestart()
{
    const auto before = ask("reads-node")[u"instance"].toString();
    m_platform.kill();
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"1"_s}), qPrintable(m_platform.error()));
    const auto after = ask("reads-node", "print=after-the-restart");
    QCOMPARE(after[u"instance"].toString(), before);
    QCOMPARE(after[u"token"].toString(), QString::fromUtf8(second));
    QTRY_VERIFY_WITH_TIMEOUT(logOf("reads-node").contains("after-the-restart"), 5000);
    QVERIFY2(!logOf("reads-node").contains("Zq7"), logOf("reads-node").constData());
}

void SecretsTest::lostKeyIsSaidAndEndsNothing()
{
    const auto key = m_platform.dataDirectory() + u"/secrets.key"_s;
    QVERIFY(QFile::exists(key));
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY(QFile::rename(key, key + u".away"_s));
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"0"_s}), qPrintable(m_platform.error()));
    const auto problem = json(secrets("reads-node", "TOKEN"))[u"status"][u"problem"].toString();
    QVERIFY2(problem.startsWith(u"The secret TOKEN of 'reads-node' cannot be read: its key is gone."_s),
             qPrintable(problem));
    QCOMPARE(ask("reads-python")[u"token"].toString(), QString::fromUtf8(first)); // who has one keeps it
    // What it prints cannot be looked through for it: nothing of it is kept.
    const auto before = logOf("reads-python");
    QCOMPARE(ask("reads-python", "print=1")[u"token"].toString(), QString::fromUtf8(first));
    QTRY_COMPARE_WITH_TIMEOUT(logOf("reads-python").count("withheld"), 5, 5000);
    QVERIFY2(!logOf("reads-python").contains("Zq7"), logOf("reads-python").constData());
    QCOMPARE(logOf("reads-python").count("plain"), before.count("plain"));
    const auto ownLog = m_platform.ownLog();
    QVERIFY2(ownLog.contains("of 'reads-python' prints is withheld until it is replaced: The secret TOKEN of "
                             "'reads-python' cannot be read"),
             ownLog.constData());
    QCOMPARE(hand("reads-python", {{u"TOKEN"_s, u"TOKEN"_s}}).status, 200); // and is replaced now
    const auto refused = m_platform.gateway({.path = "/fn/reads-python/"});
    QCOMPARE(refused.status, 503);
    QVERIFY2(refused.body.contains("The secret TOKEN of 'reads-python' cannot be read"),
             refused.body.constData());
    const auto trial =
        m_platform.api({"POST", "/v1/functions/reads-node/actions/invoke", R"({"version":1})", {}});
    QCOMPARE(json(trial)[u"type"].toString(), u"/problems/secrets/unreadable"_s);
    // Set again under a new key it works; what was not set again says which key it wants.
    QCOMPARE(put("reads-python", "TOKEN", second).status, 200);
    const auto withheld = logOf("reads-python").count("withheld");
    QCOMPARE(ask("reads-python", "print=1")[u"token"].toString(), QString::fromUtf8(second));
    QTRY_COMPARE_WITH_TIMEOUT(logOf("reads-python").count("the end of it"), before.count("the end of it") + 1,
                              5000);
    QCOMPARE(logOf("reads-python").count("withheld"), withheld);
    QVERIFY(secrets("reads-node").body.contains("encrypted with another key"));
    // The former key again: those are back.
    QCOMPARE(m_platform.stop(), 0);
    QVERIFY(QFile::remove(key) && QFile::rename(key + u".away"_s, key));
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"0"_s}), qPrintable(m_platform.error()));
    QCOMPARE(ask("reads-node")[u"token"].toString(), QString::fromUtf8(second));
    QVERIFY(secrets("reads-python").body.contains("encrypted with another key"));
    QCOMPARE(put("reads-python", "TOKEN", first).status, 200);
}

void SecretsTest::valuesAreNowhereElse()
{
    QVERIFY(!ask("reads-node")[u"token"].toString().isEmpty()); // some instance runs and has one
    QVERIFY(!ask("reads-java")[u"token"].toString().isEmpty());
    QVERIFY(!ask("reads-python")[u"token"].toString().isEmpty());
    const QStringList folders{m_platform.dataDirectory(), m_platform.runtimeDirectory()};
    // The files are looked through while all runs, and when what was only in memory had to be written.
    for (const bool isStopped : {false, true}) {
        if (isStopped) {
            QCOMPARE(m_platform.stop(), 0);
        }
        QVERIFY(!filesWith("reads-node", folders).isEmpty()); // the search finds what is there
        for (const QByteArray &value :
             {QByteArray("Zq7-"), first.toBase64(), second.toBase64(), second.toHex()}) {
            QCOMPARE(filesWith(value, folders), QStringList());
            QCOMPARE(processesWith(value), QStringList());
        }
    }
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"0"_s}), qPrintable(m_platform.error()));
}

void SecretsTest::goWithTheirFunction()
{
    const auto etag = json(m_platform.get("/v1/functions/many"))[u"etag"].toString().toUtf8();
    QCOMPARE(m_platform.api({"DELETE", "/v1/functions/many", {}, {{"If-Match", etag}}}).status, 204);
    QCOMPARE(m_platform.api({"POST", "/v1/functions", R"({"name":"many"})"}).status, 201);
    QCOMPARE(json(secrets("many"))[u"items"].toArray().size(), 0);
    QCOMPARE(put("many", "S1", "v", {}).status, 201);
}

QTEST_GUILESS_MAIN(SecretsTest)
#include "tst_secrets.moc"
