// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/platform/engines/enginefixture.h"

#include <QTest>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr auto greeter = "export function handler(event, context) {\n"
                         "    console.log('hello from', event.path);\n"
                         "    return { path: event.path, version: context.version, group: context.group };\n"
                         "}\n";

} // namespace

class TestLocalEngine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void answersOverTheInheritedSocket();
};

void TestLocalEngine::answersOverTheInheritedSocket()
{
    EngineFixture fixture;
    const auto id = fixture.startFunction(greeter);
    QVERIFY2(fixture.notes().sockets.contains(id), fixture.notes().instanceFailures[id].detail.c_str());
    const auto answer = fixture.ask(id, {.target = "/fn/greet"});
    QCOMPARE(answer->status(), 200);
    QCOMPARE(answer->json()[u"path"], u"/fn/greet"_s);
    QCOMPARE(answer->json()[u"version"], 7);
    QCOMPARE(answer->json()[u"group"], u"default/main/local"_s);
    QVERIFY(waitUntil([&] { return fixture.notes().hasLine(id, "hello from /fn/greet"); }));
    const auto cold = fixture.notes().coldStarts[id];
    qInfo("start %.1f ms, runtimeInit %.1f ms, userInit %.1f ms", cold.startMs, cold.runtimeInitMs,
          cold.userInitMs);
    QVERIFY(cold.startMs > 0);
    QVERIFY(cold.runtimeInitMs > 0);
    QVERIFY(cold.userInitMs > 0);
}

QTEST_GUILESS_MAIN(TestLocalEngine)
#include "tst_localengine.moc"
