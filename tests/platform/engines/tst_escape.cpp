// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The escape probe, run as a real function: exactly the named attempts are allowed.
#include "tests/platform/engines/enginefixture.h"

#include <QFile>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace nest;
using namespace nest::tests;
using namespace Qt::StringLiterals;

class TestEscape final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void allowsExactlyTheHarmlessAttempts_data();
    void allowsExactlyTheHarmlessAttempts();
    void endsABoxWithTooManyProcesses();
};

void TestEscape::allowsExactlyTheHarmlessAttempts_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("attempts"); // at least
    QTest::addColumn<QStringList>("harmless");
    QTest::addColumn<bool>("isGranted");
    // Process 1 is bwrap behind the same fences; its memory holds the box's own arguments.
    QTest::newRow("node") << QByteArray("node20") << u"probe.mjs"_s << 80
                          << QStringList{u"read core_pattern"_s, u"read memory of process 1"_s,
                                         u"write /tmp/x"_s}
                          << false;
    // It may listen: on a loopback where nobody else is.
    QTest::newRow("node with grants") << QByteArray("node20") << u"probe.mjs"_s << 80
                                      << QStringList{u"listen on TCP"_s, u"read core_pattern"_s,
                                                     u"read memory of process 1"_s, u"write /tmp/x"_s}
                                      << true;
    QTest::newRow("python") << QByteArray("python3.13") << u"probe.py"_s << 55
                            << QStringList{u"write /tmp/x"_s} << false;
    // A language of its own gets a row of its own: its way to the kernel may be another.
}

void TestEscape::allowsExactlyTheHarmlessAttempts()
{
    QFETCH(QByteArray, runtime);
    QFETCH(QString, file);
    QFETCH(int, attempts);
    QFETCH(QStringList, harmless);
    QFETCH(bool, isGranted);
    // Something to reach: without the network namespace the box would see it.
    const int host = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name("nest-escape-probe");
    std::copy(name.begin(), name.end(), address.sun_path + 1);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    QCOMPARE(::bind(host, reinterpret_cast<const sockaddr *>(&address), length), 0);
    QCOMPARE(::listen(host, 4), 0);

    QFile probe(QStringLiteral(NEST_ESCAPE_PROBES "/escape") + file);
    QVERIFY(probe.open(QIODevice::ReadOnly));
    EngineFixture fixture;
    auto spec = fixture.spec(fixture.writeCode({{file, probe.readAll()}}), file.toStdString() + "#handler");
    spec.runtime = runtime.toStdString();
    spec.timeoutSeconds = 60;
    if (isGranted) {
        spec.grants = {{"peer", "127.0.0.1", 9}};
    }
    fixture.startAndWait(spec);
    QVERIFY2(fixture.notes().sockets.contains(spec.id),
             fixture.notes().instanceFailures[spec.id].detail.c_str());
    Asking asking(fixture.notes().sockets[spec.id], {.target = ::geteuid() == 0 ? "/?root=1" : "/"});
    QVERIFY(waitUntil([&] { return asking.isOver(); }, 60'000));
    ::close(host);
    QVERIFY2(asking.status() == 200, asking.raw().constData());
    QCOMPARE(asking.json()[u"python"], u"works\n"_s); // or all of its attempts would have failed for nothing

    const auto results = asking.json()[u"results"].toObject();
    QVERIFY2(results.size() >= attempts, qPrintable(QString::number(results.size())));
    QStringList allowed;
    for (auto it = results.begin(); it != results.end(); ++it) {
        if (it.value() == u"allowed"_s) {
            allowed.push_back(it.key());
        } else {
            qInfo("%-45s %s", qPrintable(it.key()), qPrintable(it.value().toString()));
        }
    }
    harmless.sort();
    QCOMPARE(allowed.join(u"; "_s), harmless.join(u"; "_s));
}

void TestEscape::endsABoxWithTooManyProcesses()
{
    // Of an ordinary user the kernel refuses the 101st; root's box is ended when it is seen.
    EngineFixture fixture;
    const auto id =
        fixture.startFunction("import { spawnSync } from 'node:child_process';\n"
                              "export const handler = () => spawnSync('/usr/bin/python3', ['-S', '-c',\n"
                              "    'import os, time\\nfor i in range(150):\\n    if os.fork() == 0:\\n       "
                              " time.sleep(5); os._exit(0)\\n"
                              "time.sleep(3)'], { encoding: 'utf8' }).stderr;\n");
    QVERIFY(fixture.notes().sockets.contains(id));
    Asking asking(fixture.notes().sockets[id], {});
    if (::geteuid() == 0) {
        QVERIFY(waitUntil([&] { return fixture.notes().ended.contains(id); }));
        QCOMPARE(fixture.notes().ended[id].reason, std::string("more than 100 processes"));
    } else {
        QVERIFY(waitUntil([&] { return asking.isOver(); }));
        QVERIFY2(asking.body().contains("Resource temporarily unavailable"), asking.raw().constData());
    }
}

QTEST_GUILESS_MAIN(TestEscape)
#include "tst_escape.moc"
