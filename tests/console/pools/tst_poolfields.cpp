// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the fields of a pool make of a document, and of somebody else's change to it.
#include "app/console/pages/pools/poolchange.h"
#include "app/console/pages/pools/poolfields.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::string_literals;
using namespace nest;
using nest::console::addWindow;
using nest::console::changesOf;
using nest::console::costOf;
using nest::console::fieldsOf;
using nest::console::isSame;
using nest::console::readFields;
using nest::console::rebased;

namespace {

wire::Pool makePool()
{
    wire::Pool pool;
    pool.name = "mine";
    pool.idle = 1;
    pool.mostIdle = 4;
    pool.packages = wire::PoolPackages{"shop", 3};
    pool.preload = {"express", "zod"};
    pool.environment = {{"A", "1"}, {"B", "2"}};
    return pool;
}

wire::Reservation rule(const std::string &name, const std::string &cron, int idle)
{
    return {.name = name, .cron = cron, .minutes = 60, .floor = idle};
}

wire::Pool poolWith(const std::vector<wire::Reservation> &rules)
{
    wire::Pool pool = makePool();
    pool.schedule = rules;
    return pool;
}

} // namespace

class TestPoolFields final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrote();
    void keepsWhatTextCannotHold();
    void saysWhatToMend_data();
    void saysWhatToMend();
    void takesTheirsWhereNobodyTyped();
    void mergesTheEnvironmentNameByName();
    void mergesTheScheduleRuleByRule();
    void keepsWhatIsWrittenInItsPlace();
    void saysWhatAScheduleCosts();
};

void TestPoolFields::readsWhatItWrote()
{
    QString problem = u"old"_s;
    const auto read = readFields(fieldsOf(makePool()), makePool(), problem);
    QVERIFY(read && isSame(*read, makePool()));
    QCOMPARE(problem, QString());
    auto fields = fieldsOf(makePool());
    fields.packages = u" shop@v4 "_s;
    fields.preload = u"zod,, express ,"_s;
    fields.environment = u"\nB= two words=2 \n\nA=\n"_s;
    const auto typed = readFields(fields, makePool(), problem);
    QVERIFY(typed);
    QCOMPARE(typed->packages->version, 4);
    QCOMPARE(typed->preload, (std::vector<std::string>{"zod", "express"}));
    QCOMPARE(typed->environment, (wire::Environment{{"A", ""}, {"B", " two words=2 "}}));
}

void TestPoolFields::keepsWhatTextCannotHold()
{
    auto pool = makePool();
    QVERIFY(console::isText(pool.environment));
    pool.environment["A"] = "one\nB=two";
    QVERIFY(!console::isText(pool.environment));
    pool.preload = {"a,b"};
    auto fields = fieldsOf(pool);
    fields.idle = 2;
    QString problem;
    const auto read = readFields(fields, pool, problem);
    QVERIFY2(read, qPrintable(problem));
    QCOMPARE(read->environment, pool.environment);
    QCOMPARE(read->preload, pool.preload);
    QCOMPARE(read->idle, 2);
}

void TestPoolFields::saysWhatToMend_data()
{
    QTest::addColumn<QString>("packages");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no version") << u"shop"_s << QString() << u"shop@3"_s;
    QTest::newRow("version 0") << u"shop@0"_s << QString() << u"shop@3"_s;
    QTest::newRow("no name") << u"shop@3"_s << u"=1"_s << u"without NAME=value"_s;
    QTest::newRow("no mark") << u"shop@3"_s << u"A=1\nB"_s << u"without NAME=value"_s;
    QTest::newRow("twice") << u"shop@3"_s << u"A=1\nB=2\nA =3"_s << u"has A twice"_s;
}

void TestPoolFields::saysWhatToMend()
{
    QFETCH(QString, packages);
    QFETCH(QString, environment);
    QFETCH(QString, problem);
    auto fields = fieldsOf(makePool());
    fields.packages = packages;
    fields.environment = environment;
    QString said;
    QVERIFY(!readFields(fields, makePool(), said));
    QVERIFY2(said.contains(problem), qPrintable(said));
}

void TestPoolFields::takesTheirsWhereNobodyTyped()
{
    auto mine = fieldsOf(makePool());
    mine.mostIdle = 9;
    mine.preload = u"express,zod"_s; // the same, written in another way
    auto theirs = makePool();
    theirs.idle = 2;
    theirs.mostIdle = 5;
    theirs.packages->version = 4;
    theirs.preload = {"zod"};
    QString problem;
    const auto read = readFields(rebased(makePool(), mine, theirs), theirs, problem);
    QVERIFY(read);
    QCOMPARE(console::changesOf(theirs, *read), QStringList{u"At most: 5 → 9"_s});
    mine.packages = u"half@"_s; // no pool yet
    QCOMPARE(rebased(makePool(), mine, theirs).packages, u"half@"_s);
}

void TestPoolFields::mergesTheEnvironmentNameByName()
{
    auto mine = fieldsOf(makePool());
    mine.environment = u"C=3\nA=1"_s; // B is taken out, C is new
    auto theirs = makePool();
    theirs.environment = {{"A", "9"}, {"B", "2"}, {"D", "4"}};
    QCOMPARE(rebased(makePool(), mine, theirs).environment, u"A=9\nC=3\nD=4"_s);
    QCOMPARE(rebased(makePool(), mine, makePool()).environment, mine.environment); // in the person's order
    mine.environment = u"half"_s;
    QCOMPARE(rebased(makePool(), mine, theirs).environment, u"half"_s);
}

void TestPoolFields::mergesTheScheduleRuleByRule()
{
    const auto base =
        poolWith({rule("a", "0 9 * * *", 1), rule("b", "0 12 * * *", 1), rule("c", "0 15 * * *", 1)});
    auto mine = fieldsOf(base);
    mine.schedule[0].fields.floor = 5;              // changed here, moved there
    mine.schedule.erase(mine.schedule.begin() + 1); // removed here
    addWindow(mine.schedule, base.idle);
    const auto theirs =
        poolWith({rule("a", "0 10 * * *", 1), rule("b", "0 12 * * *", 1), rule("d", "0 20 * * *", 1)});
    const auto next = rebased(base, mine, theirs);
    QString problem;
    const auto read = readFields(next, theirs, problem);
    QVERIFY2(read, qPrintable(problem));
    QCOMPARE(read->schedule->size(), 3); // a, d and the new one: b went here, c there
    QCOMPARE(read->schedule->at(0), rule("a", "0 10 * * *", 5));
    QCOMPARE(read->schedule->at(1), rule("d", "0 20 * * *", 1));
    QCOMPARE(read->schedule->at(2).name, "window-1"s);
    QCOMPARE(read->schedule->at(2).floor, base.idle + 1);
    // Changed here and removed there: it is kept, to be written anew.
    const auto kept = rebased(base, mine, poolWith({}));
    QCOMPARE(kept.schedule.size(), 2);
    QCOMPARE(kept.schedule[0].fields.name, u"a"_s);
    QVERIFY(rebased(base, fieldsOf(base), poolWith({})).schedule.empty());
    QVERIFY(rebased(base, fieldsOf(base), theirs) == fieldsOf(theirs));
}

/// The answer to a change: what was added and named anew is the pool's own now.
void TestPoolFields::keepsWhatIsWrittenInItsPlace()
{
    const auto base = poolWith({rule("a", "0 9 * * *", 1)});
    auto mine = fieldsOf(base);
    mine.schedule[0].fields.name = u"b"_s;
    addWindow(mine.schedule, base.idle);
    QString problem;
    const auto sent = readFields(mine, base, problem);
    QVERIFY(sent);
    QCOMPARE(changesOf(base, *sent).size(), 3); // named anew is one that goes and one that comes
    const auto after = rebased(*sent, mine, *sent);
    QVERIFY(after == fieldsOf(*sent));
}

void TestPoolFields::saysWhatAScheduleCosts()
{
    const auto base = poolWith({});
    QCOMPARE(console::hoursADay(base), 24.0);
    // Of two that hold the larger; over midnight; on some days.
    auto with = poolWith({rule("a", "0 23 * * *", 3), rule("b", "30 23 * * *", 2)});
    with.schedule->at(0).minutes = 120;
    QCOMPARE(console::hoursADay(with), 24.0 + 2 * 2);
    QCOMPARE(costOf(base, with), u"+4 instance-hours a day"_s);
    with = poolWith({rule("a", "0 9 * * mon", 8)});
    QCOMPARE(console::hoursADay(with), 24.0 + 1);
    with.schedule->at(0).enabled = false;
    QCOMPARE(console::hoursADay(with), 24.0);
    QCOMPARE(costOf(base, with), QString());
    QVERIFY(!console::hoursADay(poolWith({rule("a", "*/5 * * * *", 8)})));
    QCOMPARE(costOf(base, poolWith({rule("a", "*/5 * * * *", 8)})), u"– instance-hours a day"_s);
}

QTEST_GUILESS_MAIN(TestPoolFields)
#include "tst_poolfields.moc"
