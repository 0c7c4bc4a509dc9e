// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The note by which a nestd knows an instance that an earlier one started: also one of an older version.
#include "platform/engines/local/instancelabel.h"

#include <QTest>

using namespace nest;
using namespace nest::engines;

namespace {

/// As the first release wrote it, to the letter.
const std::string oldest =
    R"({"id":"i1","function":"shop","set":"default","lane":"main","region":"local","version":7,)"
    R"("runtime":"node20","codeDir":"/d/artefacts/a","handler":"src/handler.js#handler",)"
    R"("memoryMegabytes":256,"timeoutSeconds":10,"environment":{}})";

InstanceSpec inOldest()
{
    InstanceSpec spec;
    spec.id = "i1";
    spec.function = "shop";
    spec.set = "default";
    spec.lane = "main";
    spec.region = "local";
    spec.version = 7;
    spec.runtime = "node20";
    spec.codeDir = "/d/artefacts/a";
    spec.handler = "src/handler.js#handler";
    return spec;
}

} // namespace

class InstanceLabelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void readsWhatOlderVersionsWrote();
    void olderVersionsReadWhatNeedsNothingNewer();
    void keepsAllButValues();
    void oneKindIsNotTheOther();
    void refusesNonsense_data();
    void refusesNonsense();
};

void InstanceLabelTest::readsWhatOlderVersionsWrote()
{
    QCOMPARE(decodeReadyLabel(oldest), inOldest());
    auto withSecrets = oldest;
    withSecrets.pop_back();
    auto spec = inOldest();
    spec.secretsMark = "TOKEN=TOKEN@3";
    QCOMPARE(decodeReadyLabel(withSecrets + R"(,"secretsMark":"TOKEN=TOKEN@3"})"), spec);
}

void InstanceLabelTest::olderVersionsReadWhatNeedsNothingNewer()
{
    QCOMPARE(encodeReadyLabel(inOldest()), oldest);
}

void InstanceLabelTest::keepsAllButValues()
{
    auto spec = inOldest();
    spec.environment = {{"COLOUR", "Zq7-red"}};
    spec.secrets = {{"TOKEN", "Zq7-token"}};
    spec.secretsMark = "TOKEN=TOKEN@3";
    spec.grants = {{.name = "orders-db", .host = "10.0.0.7", .port = 5432, .isAllowed = false}};
    spec.hasOpenNetwork = true;
    const auto label = encodeReadyLabel(spec);
    QVERIFY(!label.contains("Zq7"));
    spec.environment.clear();
    spec.secrets.clear();
    QCOMPARE(decodeReadyLabel(label), spec);
}

void InstanceLabelTest::oneKindIsNotTheOther()
{
    const auto slot = encodeSlotLabel({.id = "s1", .pool = "node20-256", .runtime = "node20"});
    QVERIFY(decodeSlotLabel(slot));
    QVERIFY(!decodeReadyLabel(slot));
    QVERIFY(!decodeSlotLabel(oldest));
}

void InstanceLabelTest::refusesNonsense_data()
{
    QTest::addColumn<QByteArray>("label");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("ready");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("half") << QByteArray(oldest.data(), 100);
    const auto with = [](const char *more) {
        return QByteArray(oldest.data(), static_cast<qsizetype>(oldest.size()) - 1) + more;
    };
    QTest::newRow("grants that are none") << with(R"(,"grants":7})");
    QTest::newRow("open, but how") << with(R"(,"hasOpenNetwork":"yes"})");
    QTest::newRow("half a grant") << with(R"(,"grants":[{"name":"a"}]})");
}

void InstanceLabelTest::refusesNonsense()
{
    QFETCH(const QByteArray, label);
    QVERIFY(!decodeReadyLabel(label.toStdString()));
}

QTEST_GUILESS_MAIN(InstanceLabelTest)
#include "tst_instancelabel.moc"
