// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator's `--grants` allows, and what no text gets round.

#include "platform/control/grantpolicy.h"

#include <QTest>

using namespace nest;
using namespace nest::control;
using namespace Qt::StringLiterals;

class GrantPolicyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void allowsWhatItsPatternsMean_data();
    void allowsWhatItsPatternsMean();
    void refusesPatternsThatMeanNothing_data();
    void refusesPatternsThatMeanNothing();
    void saysWhatItAllows();
    void asksLittleOfManyStars();
};

void GrantPolicyTest::allowsWhatItsPatternsMean_data()
{
    QTest::addColumn<QByteArray>("patterns");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("isAllowed");
    const auto row = [](const char *name, const QByteArray &patterns, const QByteArray &host, int port,
                        bool isAllowed) {
        QTest::newRow(name) << patterns << host << port << isAllowed;
    };
    const QByteArray usual = "10.0.0.*:5432,*.db.example.com:*";
    row("address", usual, "10.0.0.7", 5432, true);
    row("other port", usual, "10.0.0.7", 5433, false);
    row("longer port", usual, "10.0.0.7", 54'320, false);
    row("other address", usual, "10.0.1.7", 5432, false);
    row("name that begins like an address", usual, "10.0.0.x.attacker.example", 5432, false);
    row("name of figures that begins like one", usual, "10.0.0.7.attacker.example", 5432, false);
    row("name", usual, "orders.db.example.com", 1, true);
    row("name in capitals", usual, "ORDERS.DB.Example.com", 1, true);
    row("name that goes on", usual, "orders.db.example.com.attacker.example", 1, false);
    row("the domain itself", usual, "db.example.com", 1, false);
    row("zero byte", usual, QByteArray("169.254.169.254\0.db.example.com", 31), 1, false);
    row("blank", usual, "169.254.169.254 .db.example.com", 1, false);
    row("port in the host", usual, "10.0.0.7:5432", 5432, false);
    row("on", "on", "any.example.com", 1, true);
    row("on, zero byte", "on", QByteArray("a\0b", 3), 1, false);
    row("off", "off", "10.0.0.7", 5432, false);
    row("any host", "*:5432", "any.example.com", 5432, true);
    row("any host, an address", "*:5432", "fd00::1", 5432, true);
    row("any address", "*.*.*.*:5432", "10.0.0.7", 5432, true);
    row("any address, a name", "*.*.*.*:5432", "a.b.c.example", 5432, false);
    row("IPv6", "fd00:*:5432", "fd00::1", 5432, true);
    row("IPv6, other net", "fd00:*:5432", "fd01::1", 5432, false);
    row("in capitals", "DB.Example.com:*", "db.example.com", 1, true);
    row("blanks in the list", "10.0.0.1:1, 10.0.0.2:2 ,\t10.0.0.3:3", "10.0.0.2", 2, true);
    row("blank after the comma", "10.0.0.1:1, 10.0.0.3:3", "10.0.0.3", 3, true);
    row("address in another notation", "*:*", "0x7f.1", 1, false);
    row("one number", "*:*", "2130706433", 1, false);
    row("stars between", "a*b*c:*", "aXbXbYc", 1, true);
    row("stars between, another end", "a*b*c:*", "aXbXbYcd", 1, false);
}

void GrantPolicyTest::allowsWhatItsPatternsMean()
{
    QFETCH(const QByteArray, patterns);
    QFETCH(const QByteArray, host);
    QFETCH(const int, port);
    QFETCH(const bool, isAllowed);
    const auto policy = GrantPolicy::parse(patterns.toStdString());
    QVERIFY2(policy, policy ? "" : policy.error().detail.c_str());
    QCOMPARE(policy->allows({.name = "a", .host = host.toStdString(), .port = port}), isAllowed);
}

void GrantPolicyTest::refusesPatternsThatMeanNothing_data()
{
    QTest::addColumn<QByteArray>("patterns");
    for (const QByteArray patterns :
         {"", "yes", "10.0.0.1", ":5432", "10.0.0.1:", "10.0.0.1:http", "a:1,,b:2", "a:1,", "a b:1", "a:1 2",
          "[fd00::1]:5432", "http://a:1", " "}) {
        QTest::newRow(patterns.isEmpty() ? "empty" : patterns.constData()) << patterns;
    }
    QTest::newRow("zero byte") << QByteArray("a\0b:1", 5);
}

void GrantPolicyTest::refusesPatternsThatMeanNothing()
{
    QFETCH(const QByteArray, patterns);
    const auto policy = GrantPolicy::parse(patterns.toStdString());
    QVERIFY(!policy);
    QCOMPARE(policy.error().type, std::string("config/grants"));
    QVERIFY(policy.error().detail.contains("a list like 10.0.0.*:5432"));
}

void GrantPolicyTest::saysWhatItAllows()
{
    QCOMPARE(GrantPolicy::parse("10.0.0.*:5432, *.Example.com:*")->sentence(),
             std::string("allowed is 10.0.0.*:5432, *.example.com:*"));
    QCOMPARE(GrantPolicy::parse("off")->sentence(), std::string("functions have no network here"));
}

void GrantPolicyTest::asksLittleOfManyStars()
{
    // As many ways to fit as there are places of the stars: none of them may be tried for each other.
    std::string pattern;
    for (int i = 0; i < 40; ++i) {
        pattern += "*a";
    }
    const auto policy = GrantPolicy::parse(pattern + "b:*");
    QVERIFY(policy);
    QVERIFY(!policy->allows({.name = "a", .host = std::string(253, 'a'), .port = 1}));
}

QTEST_GUILESS_MAIN(GrantPolicyTest)
#include "tst_grantpolicy.moc"
