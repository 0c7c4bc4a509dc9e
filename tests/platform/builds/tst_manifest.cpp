// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/manifest.h"
#include "platform/builds/manifestnetwork.h"
#include "platform/builds/manifestscaling.h"

#include <QTest>

#include <boost/json.hpp>

#include <fstream>
#include <sstream>

using namespace nest;
using namespace nest::builds;

class ManifestTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKey();
    void hasDefaults();
    void readsSeveralMetricsAndBehaviour();
    void readsTheNetwork();
    void saysWhereAndWhatIsWrong_data();
    void saysWhereAndWhatIsWrong();
    void reportsAllProblemsInOrder();
    void refusesWhatIsTooBigOrTooDeep();
    void survivesNoise();
    void schemaNamesTheSameKeys();
};

void ManifestTest::readsEveryKey()
{
    const auto manifest = parseManifest(
        "name: shop-cart\n"
        "runtime: node20\n"
        "handler: lib/cart.mjs#fetch\n"
        "memory: 512\n"
        "timeout: 30\n"
        "triggers: [http]\n"
        "concurrencyLimit: 50\n"
        "scaling: {reserved: 1, maximum: 20, metric: concurrency, threshold: 8.5, utilisation: 0.8}\n"
        "environment:\n"
        "  LEVEL: info\n"
        "  PORT: 08080\n"
        "  EMPTY: ''\n"
        "egress: off\n"
        "tests: node --test spec/\n");
    QVERIFY2(manifest, manifest ? "" : manifest.error().front().message.c_str());
    Manifest expected;
    expected.name = "shop-cart";
    expected.handler = "lib/cart.mjs#fetch";
    expected.memoryMegabytes = 512;
    expected.timeoutSeconds = 30;
    expected.concurrencyLimit = 50;
    expected.scaling.reserved = 1;
    expected.scaling.maximum = 20;
    expected.scaling.metric = wire::ScalingMetric::Concurrency;
    expected.scaling.threshold = 8.5;
    expected.scaling.utilisation = 0.8;
    expected.environment = {{"EMPTY", ""}, {"LEVEL", "info"}, {"PORT", "08080"}};
    expected.tests = "node --test spec/";
    QVERIFY(*manifest == expected);
    QCOMPARE(manifest->handlerFile(), std::string("lib/cart.mjs"));
}

void ManifestTest::hasDefaults()
{
    const auto manifest = parseManifest("name: hello\n");
    QVERIFY2(manifest, manifest ? "" : manifest.error().front().message.c_str());
    QCOMPARE(manifest->runtime, std::string("node20"));
    QCOMPARE(manifest->handler, std::string("src/handler.js#handler"));
    QCOMPARE(manifest->memoryMegabytes, 256);
    QCOMPARE(manifest->timeoutSeconds, 10);
    QCOMPARE(manifest->concurrencyLimit, 100);
    QVERIFY(manifest->scaling == wire::ScalingPolicy{});
    QVERIFY(!manifest->tests);
}

void ManifestTest::readsSeveralMetricsAndBehaviour()
{
    const auto manifest =
        parseManifest("name: shop\n"
                      "scaling:\n"
                      "  metric: cpu\n"
                      "  threshold: 80\n"
                      "  metrics:\n"
                      "    - {metric: memory, threshold: 200, utilisation: 0.9}\n"
                      "    - {metric: concurrency}\n"
                      "  behaviour:\n"
                      "    scaleUp:\n"
                      "      policies: [{type: instances, value: 8, periodSeconds: 4}]\n"
                      "    scaleDown: {select: disabled, stabilisationWindowSeconds: 300, tolerance: 0.1}\n");
    QVERIFY2(manifest, manifest ? "" : manifest.error().front().message.c_str());
    wire::ScalingPolicy expected;
    expected.metric = wire::ScalingMetric::Cpu;
    expected.threshold = 80;
    expected.metrics = std::vector<wire::MetricTarget>{{wire::ScalingMetric::Memory, 200, 0.9},
                                                       {wire::ScalingMetric::Concurrency, 100, 0.7}};
    expected.behaviour.emplace();
    expected.behaviour->scaleUp.emplace().policies = {{wire::RateType::Instances, 8, 4}};
    auto &down = expected.behaviour->scaleDown.emplace();
    down.select = wire::RateSelect::Disabled;
    down.stabilisationWindowSeconds = 300;
    down.tolerance = 0.1;
    QVERIFY(manifest->scaling == expected);
}

void ManifestTest::readsTheNetwork()
{
    const auto networkOf = [](const std::string &yaml) {
        auto manifest = parseManifest("name: shop\n" + yaml);
        return manifest ? manifest->network : std::optional(wire::Network{.grants = {{"wrong", "", 0}}});
    };
    const auto all = networkOf("network:\n"
                               "  grants:\n"
                               "    - {name: orders-db, host: 10.0.0.7, port: 5432}\n"
                               "    - name: cache\n"
                               "      host: 'fd00::1'\n"
                               "      port: 6379\n"
                               "  egress: open\n");
    QVERIFY(all == wire::Network({.grants = {{"orders-db", "10.0.0.7", 5432}, {"cache", "fd00::1", 6379}},
                                  .egress = wire::Egress::Open}));
    QVERIFY(networkOf("network: {egress: open}\n") ==
            wire::Network({.grants = {}, .egress = wire::Egress::Open}));
    for (const auto *nothing :
         {"", "network: {}\n", "network: {grants: [], egress: granted}\n", "egress: off\n"}) {
        QVERIFY2(!networkOf(nothing), nothing);
    }
    std::string most = "network:\n  grants:\n";
    for (int i = 0; i < 20; ++i) {
        most += "    - {name: g" + std::to_string(i) + ", host: db.example.com, port: 65535}\n";
    }
    QCOMPARE(networkOf(most)->grants.size(), 20U);
    const auto tooMany = parseManifest("name: shop\n" + most + "    - {name: one, host: a, port: 1}\n");
    QVERIFY(!tooMany);
    QCOMPARE(tooMany.error().front().message, std::string("grants has 21 entries; at most 20 are allowed"));
    QCOMPARE(tooMany.error().front().line, 4);
}

void ManifestTest::saysWhereAndWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char *name, const char *yaml, int line, int column, const char *part) {
        QTest::newRow(name) << QByteArray(yaml) << line << column << QByteArray(part);
    };
    row("empty", "", 1, 1, "'name'");
    row("only a comment", "# nothing\n", 1, 1, "empty");
    row("no name", "memory: 256\n", 1, 1, "'name' is missing");
    row("bad name", "name: Shop\n", 1, 7, "'Shop' is no name");
    row("unknown key", "name: shop\nmemmory: 256\n", 2, 1, "'memmory' is no known key. Known: name, runtime");
    row("unknown scaling key", "name: shop\nscaling:\n  min: 1\n", 3, 3,
        "'min' is no known key. Known: reserved");
    row("key twice", "name: shop\nmemory: 128\nmemory: 256\n", 3, 1, "'memory' is there twice");
    row("text for a number", "name: shop\nmemory: lots\n", 2, 9, "memory must be a whole number, not 'lots'");
    row("quoted number", "name: shop\nmemory: '256'\n", 2, 9, "memory must be a whole number");
    row("fraction", "name: shop\ntimeout: 1.5\n", 2, 10, "timeout must be a whole number, not '1.5'");
    row("unit", "name: shop\nmemory: 256MB\n", 2, 9, "not '256MB'");
    row("memory too small", "name: shop\nmemory: 8\n", 2, 9, "between 64 and 8192");
    row("huge number", "name: shop\nmemory: 99999999999\n", 2, 9, "memory must be a whole number");
    row("timeout too long", "name: shop\ntimeout: 901\n", 2, 10, "between 1 and 900");
    row("list for text", "name: [shop]\n", 1, 7, "name must be text, not a list");
    row("nothing for text", "name:\n", 1, 1, "name must be text, not nothing");
    row("text for a map", "name: shop\nscaling: high\n", 2, 10,
        "scaling must be a group of keys, not 'high'");
    row("list at the top", "- name: shop\n", 1, 1, "the manifest must be a group of keys, not a list");
    row("runtime", "name: shop\nruntime: node18\n", 2, 10, "no runtime 'node18'. Known: node20");
    row("handler without export", "name: shop\nhandler: src/handler.js\n", 2, 10, "FILE#EXPORT");
    row("handler outside", "name: shop\nhandler: ../x.js#h\n", 2, 10, "'..'");
    row("metric", "name: shop\nscaling:\n  metric: disk\n", 3, 11,
        "metric is 'disk'; known: requestsPerSecond, concurrency, cpu, memory");
    row("metric twice", "name: shop\nscaling:\n  metrics:\n    - metric: requestsPerSecond\n", 4, 15,
        "is named twice");
    row("further metric without a name", "name: shop\nscaling:\n  metrics:\n    - threshold: 5\n", 4, 7,
        "'metric' is missing");
    row("further metric's threshold", "name: shop\nscaling:\n  metrics: [{metric: cpu, threshold: 0}]\n", 3,
        38, "metrics/0/threshold is 0");
    row("metrics that are no list", "name: shop\nscaling:\n  metrics: cpu\n", 3, 12,
        "metrics must be a list, not 'cpu'");
    row("behaviour", "name: shop\nscaling:\n  behaviour:\n    up: {}\n", 4, 5,
        "'up' is no known key. Known: scaleUp, scaleDown");
    row("rule's type",
        "name: shop\nscaling:\n  behaviour:\n    scaleUp:\n      policies:\n      - type: pods\n", 6, 15,
        "type is 'pods'; known: percent, instances");
    row("rule's value", "name: shop\nscaling:\n  behaviour: {scaleDown: {policies: [{value: 0}]}}\n", 3, 46,
        "behaviour/scaleDown/policies/0/value is 0");
    row("rule's default that is no number",
        "name: shop\nscaling:\n  behaviour: {scaleUp: {tolerance: some}}\n", 3, 36,
        "tolerance must be a number, not 'some'");
    row("utilisation", "name: shop\nscaling:\n  utilisation: 1.2\n", 3, 16, "utilisation is 1.2");
    row("reserved above maximum", "name: shop\nscaling:\n  reserved: 5\n  maximum: 2\n", 3, 13,
        "more than the maximum");
    row("not a number", "name: shop\nscaling:\n  threshold: nan\n", 3, 14, "threshold");
    row("trigger", "name: shop\ntriggers:\n  - cron\n", 3, 5, "Known: http");
    row("egress at the top", "name: shop\negress: open\n", 2, 9, "network: {egress: open}");
    row("egress", "name: shop\nnetwork:\n  egress: all\n", 3, 11, "egress is 'all'; known: granted, open");
    row("network that is no group", "name: shop\nnetwork: open\n", 2, 10,
        "network must be a group of keys, not 'open'");
    row("unknown key of the network", "name: shop\nnetwork:\n  grant: []\n", 3, 3,
        "'grant' is no known key. Known: grants, egress");
    row("grants that are no list", "name: shop\nnetwork:\n  grants: {db: 10.0.0.7}\n", 3, 11,
        "grants must be a list");
    row("grant that is text", "name: shop\nnetwork:\n  grants: ['db=10.0.0.7:5432']\n", 3, 12,
        "a grant must be a group of keys, not 'db=10.0.0.7:5432'");
    row("grant without a host", "name: shop\nnetwork:\n  grants:\n    - {name: db, port: 1}\n", 4, 7,
        "'host' is missing: the address that it leads to");
    row("grant's name", "name: shop\nnetwork:\n  grants:\n    - {name: Orders, host: a, port: 1}\n", 4, 14,
        "grants/0/name must be lower-case letters");
    row("grant's reserved name", "name: shop\nnetwork:\n  grants:\n    - {name: nest-db, host: a, port: 1}\n",
        4, 14, "grants/0/name is reserved");
    row("grant's name twice",
        "name: shop\nnetwork:\n  grants:\n    - {name: a, host: a, port: 1}\n    - {name: a, host: b, port: "
        "1}\n",
        5, 14, "grants/1/name is named twice");
    row("grant's host", "name: shop\nnetwork:\n  grants:\n    - {name: db, host: 'a:5432', port: 1}\n", 4, 24,
        "grants/0/host must be an IP address or a name, without a port");
    row("grant's port", "name: shop\nnetwork:\n  grants:\n    - {name: db, host: a, port: 65536}\n", 4, 33,
        "grants/0/port must be from 1 to 65535");
    row("grant's port in words", "name: shop\nnetwork:\n  grants:\n    - {name: db, host: a, port: '1'}\n", 4,
        33, "port must be a whole number");
    row("variable name", "name: shop\nenvironment:\n  MY-VAR: 1\n", 3, 3, "no name of a variable");
    row("reserved variable", "name: shop\nenvironment:\n  NEST_X: 1\n", 3, 3, "belong to the platform");
    row("nested variable", "name: shop\nenvironment:\n  A: {b: c}\n", 3, 6,
        "A must be text, not a group of keys");
    row("anchor", "name: &n shop\n", 1, 7, "anchors");
    row("alias", "name: shop\nenvironment:\n  A: &a x\n  B: *a\n", 3, 6, "anchors");
    row("merge key", "name: shop\nenvironment:\n  <<: {A: b}\n", 3, 3, "no name of a variable");
    row("tag", "name: !!binary c2hvcA==\n", 1, 7, "tag");
    row("key that is a list", "name: shop\n? [a, b]\n: c\n", 2, 3, "a key must be a plain word");
    row("second document", "name: shop\n---\nname: shop\n", 3, 1, "one document");
    row("syntax", "name: shop\nscaling: {reserved: 1\n", 3, 1, "");
    row("tab", "name: shop\nscaling:\n\treserved: 1\n", 3, 10, "");
}

void ManifestTest::saysWhereAndWhatIsWrong()
{
    QFETCH(QByteArray, yaml);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QByteArray, part);
    const auto manifest = parseManifest(yaml.toStdString());
    QVERIFY(!manifest);
    const auto &problem = manifest.error().front();
    QCOMPARE(problem.path, std::string("function.yaml"));
    QVERIFY2(problem.message.contains(part.toStdString()), problem.message.c_str());
    QCOMPARE(std::pair(problem.line, problem.column), std::pair(line, column));
}

void ManifestTest::reportsAllProblemsInOrder()
{
    const auto manifest = parseManifest("nmae: shop\nmemory: x\ntimeout: 0\n");
    QVERIFY(!manifest);
    std::vector<int> lines;
    for (const auto &problem : manifest.error()) {
        lines.push_back(problem.line);
    }
    QCOMPARE(lines, (std::vector{1, 1, 2, 3}));
}

void ManifestTest::refusesWhatIsTooBigOrTooDeep()
{
    const auto messageOf = [](const std::string &yaml) {
        const auto manifest = parseManifest(yaml);
        return manifest ? std::string() : manifest.error().front().message;
    };
    QVERIFY(messageOf("name: shop\n#" + std::string(70'000, 'x')).contains("at most"));
    QVERIFY(messageOf("name: " + std::string(9, '[') + std::string(9, ']')).contains("deeper than"));
    QVERIFY(!messageOf("name: " + std::string(20'000, '[')).empty());
    std::string many = "name: shop\ntriggers:\n";
    for (int i = 0; i < 5'000; ++i) {
        many += "- http\n";
    }
    QVERIFY(messageOf(many).contains("more than"));
}

void ManifestTest::survivesNoise()
{
    const std::string base = "name: shop\nscaling: {reserved: 1}\nenvironment:\n  A: \"b\"\n";
    const std::string marks = "{}[]:,-#&*!|>'\"%@`?\t\n \0\x80\xff";
    unsigned state = 1;
    for (int round = 0; round < 3000; ++round) {
        auto text = base;
        for (int change = 0; change < 4; ++change) {
            state = state * 1103515245u + 12345u;
            text[(state >> 8) % text.size()] = marks[(state >> 20) % marks.size()];
        }
        if (const auto manifest = parseManifest(text); !manifest) {
            QVERIFY(!manifest.error().empty());
            QVERIFY(manifest.error().front().line >= 1);
        }
    }
}

void ManifestTest::schemaNamesTheSameKeys()
{
    std::ifstream file(NEST_SOURCE_DIR "/api/function.schema.json");
    std::stringstream text;
    text << file.rdbuf();
    boost::system::error_code code;
    const auto schema = boost::json::parse(text.str(), code);
    QVERIFY2(!code, code.message().c_str());
    std::vector<std::string> inSchema;
    for (const auto &property : schema.at("properties").as_object()) {
        inSchema.emplace_back(property.key());
    }
    auto inReader = manifestKeys();
    std::ranges::sort(inSchema);
    std::ranges::sort(inReader);
    QCOMPARE(inSchema, inReader);
    QCOMPARE(schema.at("additionalProperties"), boost::json::value(false));
    std::vector<std::string> scalingInSchema;
    for (const auto &property : schema.at("properties").at("scaling").at("properties").as_object()) {
        scalingInSchema.emplace_back(property.key());
    }
    QCOMPARE(scalingInSchema, scalingKeys());
    std::vector<std::string> networkInSchema;
    for (const auto &property : schema.at("properties").at("network").at("properties").as_object()) {
        networkInSchema.emplace_back(property.key());
    }
    QCOMPARE(networkInSchema, networkKeys());
}

QTEST_GUILESS_MAIN(ManifestTest)
#include "tst_manifest.moc"
