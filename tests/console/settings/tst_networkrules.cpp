// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What may be granted, told while it is typed, and how two changes of a network are put together.
#include "app/console/pages/function/settings/networkrules.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestNetworkRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void knowsWhatMayBeWritten_data();
    void knowsWhatMayBeWritten();
    void takesGrantByGrant();
};

void TestNetworkRules::knowsWhatMayBeWritten_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("port");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const QString &name, const QString &host, const QString &port, bool isGood) {
        QTest::newRow(qPrintable(name + u' ' + host.left(30) + u' ' + port))
            << name << host << port << isGood;
    };
    for (const auto &host : {u"10.0.0.7"_s, u"fd00::1"_s, u"::1"_s, u"db"_s, u"db.example.com"_s, u"my_db"_s,
                             u"3com.example"_s, QString(253, u'a')}) {
        row(u"a"_s, host, u"1"_s, true);
    }
    for (const auto &host : {u"10.0.0"_s, u"10.0.0.256"_s, u"010.0.0.7"_s, u"0x7f000001"_s, u"2130706433"_s,
                             u"1.2.3.4.5"_s, u"-x"_s, u".x"_s, u"a b"_s, u"http://db"_s, u"fd00::g"_s,
                             u"db:5432"_s, u"ä"_s, QString(254, u'a')}) {
        row(u"a"_s, host, u"2"_s, false);
    }
    row(u"orders-db"_s, u"a"_s, u"65535"_s, true);
    row(QString(63, u'n'), u"a"_s, u"3"_s, true);
    row(u"nestor"_s, u"a"_s, u"3"_s, true);
    for (const auto &name :
         {u""_s, u"A"_s, u"1a"_s, u"a-"_s, u"-a"_s, u"a_b"_s, u"nest"_s, u"nest-db"_s, QString(64, u'n')}) {
        row(name, u"a"_s, u"4"_s, false);
    }
    for (const auto &port : {u""_s, u"0"_s, u"65536"_s, u"-1"_s, u"1.5"_s, u"+5"_s, u"http"_s, u" 1"_s}) {
        row(u"a"_s, u"b"_s, port, false);
    }
}

void TestNetworkRules::knowsWhatMayBeWritten()
{
    using namespace nest::console;
    QFETCH(const QString, name);
    QFETCH(const QString, host);
    QFETCH(const QString, port);
    QFETCH(const bool, isGood);
    QCOMPARE(grantNameProblem(name).isEmpty() && hostProblem(host).isEmpty() && portProblem(port).isEmpty(),
             isGood);
}

void TestNetworkRules::takesGrantByGrant()
{
    using namespace nest;
    const wire::Network base{.grants = {{"kept", "a", 1}, {"mine-gone", "b", 2}, {"both", "c", 3}}};
    auto mine = base;
    mine.grants = {{"kept", "a", 1}, {"both", "mine", 3}, {"new", "d", 4}};
    mine.egress = wire::Egress::Open;
    wire::Network theirs{.grants = {{"kept", "theirs", 1}, {"mine-gone", "b", 2}, {"both", "theirs", 3}}};
    console::takeNetwork(theirs, base, mine);
    const wire::Network both{.grants = {{"kept", "theirs", 1}, {"both", "mine", 3}, {"new", "d", 4}},
                             .egress = wire::Egress::Open};
    QVERIFY(theirs == both);
    QCOMPARE(console::networkSentences(base, base), QStringList());
    QCOMPARE(console::networkSentences(both, wire::Network{}).size(), 4);
}

QTEST_GUILESS_MAIN(TestNetworkRules)
#include "tst_networkrules.moc"
