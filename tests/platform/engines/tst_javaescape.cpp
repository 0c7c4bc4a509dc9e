// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a Java function can reach: EscapeProbe.java, run as one.
#include "tests/platform/engines/enginefixture.h"
#include "tests/platform/engines/javacode.h"

#include <QFile>
#include <QTest>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

class TestJavaEscape final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesNothing();
};

void TestJavaEscape::reachesNothing()
{
    QTest::failOnWarning();
    QFile probe(QStringLiteral(NEST_JAVA_ESCAPE_PROBE));
    QVERIFY(probe.open(QIODevice::ReadOnly));
    EngineFixture fixture;
    const auto folder = fixture.writeCode({{u"src/EscapeProbe.java"_s, probe.readAll()}});
    QCOMPARE(compileJava(folder), QByteArray());
    auto spec = fixture.spec(folder, "src/EscapeProbe.java#handler");
    spec.runtime = "java21";
    const auto id = fixture.startAndWait(spec);
    QVERIFY2(fixture.notes().sockets.contains(id), fixture.notes().instanceFailures[id].detail.c_str());
    const auto answer =
        fixture.ask(id, {.target = "/?host=" + QByteArray::fromStdString(fixture.runtimeDirectory())});
    QCOMPARE(answer->status(), 200);
    const auto results = answer->json();
    QVERIFY2(results.size() >= 30, answer->body());
    QStringList allowed;
    for (auto each = results.begin(); each != results.end(); ++each) {
        if (each.value() != u"refused"_s) {
            allowed << each.key() + u' ' + each.value().toString();
        }
    }
    QCOMPARE(allowed, QStringList());
}

QTEST_GUILESS_MAIN(TestJavaEscape)
#include "tst_javaescape.moc"
