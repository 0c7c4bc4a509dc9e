// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The box of a function that is debugged: where its debugger listens.
#include "platform/engines/local/debugbox.h"
#include "platform/runtimes/catalogue.h"

#include <QTest>

using namespace nest;
using namespace nest::engines;

class DebugBoxTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void listensWhereNoGrantDoes_data();
    void listensWhereNoGrantDoes();
};

void DebugBoxTest::listensWhereNoGrantDoes_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QByteArray>("program");
    QTest::newRow("node") << QByteArray("node20") << QByteArray("/usr/bin/node");
    QTest::newRow("python") << QByteArray("python3.13") << QByteArray("/usr/bin/python3");
    QTest::newRow("java") << QByteArray("java21") << QByteArray("/usr/bin/java");
}

void DebugBoxTest::listensWhereNoGrantDoes()
{
    QFETCH(const QByteArray, runtime);
    QFETCH(const QByteArray, program);
    const auto commandWith = [&](const std::vector<keeper::Grant> &grants) {
        keeper::BoxSpec box{.command = {program.toStdString(), "main"}, .grants = grants};
        makeDebuggable(box, *runtimes::find(runtime.toStdString()), {.relayProgram = "/r", .folder = "/f"});
        std::string whole;
        for (const auto &word : box.command) {
            whole += word + ' ';
        }
        return whole;
    };
    QVERIFY(commandWith({}).contains("9229"));
    const auto other = commandWith({{.name = "a", .host = "10.0.0.1", .port = 9230},
                                    {.name = "b", .host = "10.0.0.2", .port = 9229},
                                    {.name = "c", .host = "10.0.0.3", .port = 9229}});
    QVERIFY2(!other.contains("9229") && !other.contains("9230"), other.c_str());
    QVERIFY(other.contains("/debug.sock 9231 "));
    QCOMPARE(QByteArray::fromStdString(other).count("9231"), 2); // the debugger and its relay
}

QTEST_GUILESS_MAIN(DebugBoxTest)
#include "tst_debugbox.moc"
