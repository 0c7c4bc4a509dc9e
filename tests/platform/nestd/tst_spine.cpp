// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way with real processes: files in, build, version, deployment, a request through the gateway to a
// boxed Node process, from zero and back to zero.

#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::seconds;

class SpineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersARequestFromZero();
};

void SpineTest::answersARequestFromZero()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    QCOMPARE(platform.deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());

    const auto answer =
        platform.gateway({.path = "/fn/hello/?name=nest", .headers = {{"nest-debug", "timing"}}});
    QCOMPARE(answer.status, 200);
    const auto body = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(body[u"hello"].toString(), u"nest"_s);
    QCOMPARE(answer.headers.value("nest-version"), QByteArray("1"));
    QCOMPARE(answer.headers.value("nest-cold"), QByteArray("cold"));

    const auto decisions =
        QJsonDocument::fromJson(platform.get("/v1/decisions?function=hello").body)[u"items"].toArray();
    QVERIFY(!decisions.isEmpty());
    const auto first = decisions.last().toObject();
    QCOMPARE(first[u"from"].toInt(), 0);
    QCOMPARE(first[u"desired"].toInt(), 1);
    QCOMPARE(first[u"cause"].toString(), u"poke"_s);
}

QTEST_GUILESS_MAIN(SpineTest)
#include "tst_spine.moc"
