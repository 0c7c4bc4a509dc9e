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
    void allowsExactlyTheHarmlessAttempts();
};

void TestEscape::allowsExactlyTheHarmlessAttempts()
{
    // Something to reach: without the network namespace the box would see it.
    const int host = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name("nest-escape-probe");
    std::copy(name.begin(), name.end(), address.sun_path + 1);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    QCOMPARE(::bind(host, reinterpret_cast<const sockaddr *>(&address), length), 0);
    QCOMPARE(::listen(host, 4), 0);

    QFile probe(QStringLiteral(NEST_ESCAPE_PROBE));
    QVERIFY(probe.open(QIODevice::ReadOnly));
    EngineFixture fixture;
    auto spec = fixture.spec(fixture.writeCode({{u"probe.mjs"_s, probe.readAll()}}), "probe.mjs#handler");
    spec.timeoutSeconds = 60;
    fixture.startAndWait(spec);
    QVERIFY2(fixture.notes().sockets.contains(spec.id),
             fixture.notes().instanceFailures[spec.id].detail.c_str());
    Asking asking(fixture.notes().sockets[spec.id], {});
    QVERIFY(waitUntil([&] { return asking.isOver(); }, 60'000));
    ::close(host);
    QVERIFY2(asking.status() == 200, asking.raw().constData());
    QCOMPARE(asking.json()[u"python"], u"works\n"_s); // or all of its attempts would have failed for nothing

    const auto results = asking.json()[u"results"].toObject();
    QVERIFY(results.size() >= 80);
    QStringList allowed;
    for (auto it = results.begin(); it != results.end(); ++it) {
        if (it.value() == u"allowed"_s) {
            allowed.push_back(it.key());
        } else {
            qInfo("%-45s %s", qPrintable(it.key()), qPrintable(it.value().toString()));
        }
    }
    // Process 1 is bwrap behind the same fences; its memory holds the box's own arguments.
    QStringList harmless{u"read core_pattern"_s, u"read memory of process 1"_s, u"write /tmp/x"_s};
    if (::geteuid() == 0) {
        harmless.push_back(
            u"start many processes"_s); // root's are not counted; the isolation sentence says so
    }
    harmless.sort();
    QCOMPARE(allowed.join(u"; "_s), harmless.join(u"; "_s));
}

QTEST_GUILESS_MAIN(TestEscape)
#include "tst_escape.moc"
