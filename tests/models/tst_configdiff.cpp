// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Differences of configuration as named rows.
#include "models/diff/configdiff.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest;
using namespace nest::models;

namespace {

QString shown(const std::vector<ConfigRow> &rows)
{
    QStringList lines;
    for (const ConfigRow &row : rows) {
        lines.append(row.name + u": "_s + row.before + u" -> "_s + row.after);
    }
    return lines.join(u'|');
}

} // namespace

class TestConfigDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatDiffersBetweenVersions();
    void namesWhatDiffersBetweenDeployments();
    void saysNothingOfEqualOnes();
};

void TestConfigDiff::namesWhatDiffersBetweenVersions()
{
    wire::Version before;
    before.runtime = "node20";
    before.handler = "src/a.js#handler";
    before.environment = {{"GONE", "1"}, {"KEPT", "x"}, {"RULES_KEY", "rules/2280"}};
    wire::Version after = before;
    after.runtime = "node22";
    after.memoryMegabytes = 512;
    after.timeoutSeconds = 30;
    after.environment = {{"EMPTY", ""}, {"KEPT", "x"}, {"RULES_KEY", "rules/2281"}};
    QCOMPARE(shown(configDiff(before, after)),
             u"Runtime: node20 -> node22|Memory: 256 MB -> 512 MB|Time limit: 10 s -> 30 s|"
             u"EMPTY:  -> \"\"|GONE: 1 -> |RULES_KEY: rules/2280 -> rules/2281"_s);
}

void TestConfigDiff::namesWhatDiffersBetweenDeployments()
{
    wire::Deployment before;
    before.weights = {{1, 100}};
    wire::Deployment after = before;
    after.weights = {{1, 80}, {2, 20}};
    after.scaling.reserved = 2;
    after.scaling.utilisation = 0.75;
    after.concurrencyLimit = 50;
    before.secrets = {{"TOKEN", "TOKEN"}};
    after.secrets = {{"TOKEN", "TOKEN_TEST"}};
    before.network = wire::Network{.grants = {{"cache", "10.0.0.8", 6379}, {"db", "10.0.0.7", 5432}}};
    after.network = wire::Network{.grants = {{"db", "10.0.0.9", 5432}}, .egress = wire::Egress::Open};
    QCOMPARE(shown(configDiff(before, after)),
             u"Weights: v1 100 % -> v1 80 % · v2 20 %|Reserved: 0 -> 2|Utilisation: 0.7 -> 0.75|"
             u"Requests at once per instance: 100 -> 50|Secret TOKEN: TOKEN -> TOKEN_TEST|"
             u"May reach cache: 10.0.0.8:6379 -> |May reach db: 10.0.0.7:5432 -> 10.0.0.9:5432|"
             u"Network: only what is granted -> open, but not to this machine"_s);
}

void TestConfigDiff::saysNothingOfEqualOnes()
{
    QVERIFY(configDiff(wire::Version{}, wire::Version{}).empty());
    QVERIFY(configDiff(wire::Deployment{}, wire::Deployment{}).empty());
}

QTEST_GUILESS_MAIN(TestConfigDiff)
#include "tst_configdiff.moc"
