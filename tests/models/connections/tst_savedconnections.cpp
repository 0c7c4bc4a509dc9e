// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The list of connections, and how an address is read.
#include "models/connections/savedconnections.h"
#include "models/guard.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using nest::models::Guard;
using nest::models::isPrivate;
using nest::models::parseAddress;
using nest::models::SavedConnection;
using nest::models::SavedConnections;

class TestSavedConnections final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void readsAnAddress_data();
    void readsAnAddress();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void knowsWhoCanReadAlong();
    void keepsEverythingThroughARestart();
    void keepsNamesApart();
    void removesAndTakesItBack();
    void leavesOutWhatCannotBeRead();
    void takesTheStricterEnvironment();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(u"console.ini"_s); }
    static SavedConnection named(const QString &name)
    {
        SavedConnection made;
        made.name = name;
        made.address = u"https://nest.example.com"_s;
        return made;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSavedConnections::readsAnAddress_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("address");
    QTest::newRow("https") << u"https://nest.example.com"_s << u"https://nest.example.com"_s;
    QTest::newRow("spaces") << u"  https://nest.example.com "_s << u"https://nest.example.com"_s;
    QTest::newRow("slash") << u"https://nest.example.com/"_s << u"https://nest.example.com"_s;
    QTest::newRow("pasted from the API") << u"https://a.example/x/v1/"_s << u"https://a.example/x"_s;
    QTest::newRow("host only") << u"nest.example.com"_s << u"https://nest.example.com"_s;
    QTest::newRow("this machine") << u"127.0.0.1:7071"_s << u"http://127.0.0.1:7071"_s;
    QTest::newRow("localhost") << u"localhost:7071"_s << u"http://localhost:7071"_s;
    QTest::newRow("http stays") << u"http://10.0.0.1:7071"_s << u"http://10.0.0.1:7071"_s;
    QTest::newRow("socket") << u"/run/nest/api.sock"_s << u"/run/nest/api.sock"_s;
}

void TestSavedConnections::readsAnAddress()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, address);
    const auto read = parseAddress(typed);
    QVERIFY(read.has_value());
    QCOMPARE(read->address(), address);
}

void TestSavedConnections::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << u" "_s << u"Type the address"_s;
    QTest::newRow("other scheme") << u"ftp://a.example"_s << u"https:// or http://"_s;
    QTest::newRow("password") << u"https://me:secret@a.example"_s << u"the token lets you in"_s;
    QTest::newRow("query") << u"https://a.example?x=1"_s << u"Leave out"_s;
    QTest::newRow("words") << u"my platform"_s << u"no address"_s;
    QTest::newRow("long path") << (u'/' + QString(101, u'x')) << u"at most 100 bytes"_s;
    QTest::newRow("long") << QString(501, u'x') << u"too long"_s;
}

void TestSavedConnections::refusesWhatIsNoAddress()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, says);
    const auto read = parseAddress(typed);
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().type, std::string("client/bad-address"));
    const QString detail = QString::fromStdString(read.error().detail);
    QVERIFY2(detail.contains(says), qPrintable(detail));
    QVERIFY(!detail.contains(u"secret"_s));
}

void TestSavedConnections::knowsWhoCanReadAlong()
{
    QVERIFY(isPrivate(*parseAddress(u"https://nest.example.com"_s)));
    QVERIFY(isPrivate(*parseAddress(u"127.0.0.1:7071"_s)));
    QVERIFY(isPrivate(*parseAddress(u"http://[::1]:7071"_s)));
    QVERIFY(isPrivate(*parseAddress(u"/run/nest/api.sock"_s)));
    QVERIFY(!isPrivate(*parseAddress(u"http://10.0.0.1:7071"_s)));
    QVERIFY(!isPrivate(*parseAddress(u"http://nest.example.com"_s)));
}

void TestSavedConnections::keepsEverythingThroughARestart()
{
    SavedConnection made = named(u"nest-prod"_s);
    made.environment = u"PROD"_s;
    made.isProtected = true;
    {
        QSettings settings(file(), QSettings::IniFormat);
        SavedConnections saved(settings);
        QSignalSpy changed(&saved, &SavedConnections::changed);
        const auto id = saved.save(made);
        QVERIFY(id.has_value());
        QCOMPARE(changed.count(), 1);
        made.id = *id;
        made.lastSeen = QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate);
        saved.noteSeen(*id, made.lastSeen);
        saved.setLast(*id);
    }
    QSettings settings(file(), QSettings::IniFormat);
    const SavedConnections saved(settings);
    QCOMPARE(saved.list(), QList<SavedConnection>{made});
    QCOMPARE(saved.last(), made.id);
}

void TestSavedConnections::keepsNamesApart()
{
    QSettings settings(file(), QSettings::IniFormat);
    SavedConnections saved(settings);
    const auto first = saved.save(named(u" one "_s));
    QCOMPARE(saved.find(*first)->name, u"one"_s);
    QCOMPARE(saved.save(named(u"ONE"_s)).error().type, std::string("client/bad-name"));
    QCOMPARE(saved.save(named(u"local"_s)).error().type, std::string("client/bad-name"));
    QCOMPARE(saved.save(named({})).error().type, std::string("client/bad-name"));
    SavedConnection renamed = *saved.find(*first);
    renamed.name = u"One"_s; // its own name in other letters
    QCOMPARE(saved.save(renamed).value(), *first);
    QCOMPARE(saved.list().size(), 1);
    for (qsizetype i = saved.list().size(); i < SavedConnections::most; ++i) {
        QVERIFY(saved.save(named(u"n%1"_s.arg(i))).has_value());
    }
    QCOMPARE(saved.save(named(u"one more"_s)).error().type, std::string("client/too-many"));
}

void TestSavedConnections::removesAndTakesItBack()
{
    QSettings settings(file(), QSettings::IniFormat);
    SavedConnections saved(settings);
    const auto first = saved.save(named(u"one"_s));
    QVERIFY(saved.save(named(u"two"_s)).has_value());
    saved.setLast(*first);
    const SavedConnection removed = *saved.find(*first);
    const qsizetype at = saved.remove(*first);
    QCOMPARE(at, 0);
    QVERIFY(saved.last().isEmpty());
    QCOMPARE(saved.remove(*first), -1);
    QCOMPARE(saved.forgotten(), QStringList{*first}); // also when the console ends now
    saved.insert(at, removed);
    saved.insert(at, removed); // twice does nothing more
    QCOMPARE(saved.list().size(), 2);
    QCOMPARE(saved.list().first(), removed);
    QVERIFY(saved.forgotten().isEmpty());
    QCOMPARE(saved.remove(*first), 0);
    saved.tokenForgotten(*first);
    QVERIFY(saved.forgotten().isEmpty());
}

void TestSavedConnections::leavesOutWhatCannotBeRead()
{
    QSettings settings(file(), QSettings::IniFormat);
    settings.beginWriteArray("connections"_L1, 2);
    settings.setArrayIndex(0);
    settings.setValue("id", u"x"_s);
    settings.setValue("name", u"broken"_s);
    settings.setValue("address", u"ftp://x"_s);
    settings.endArray();
    const SavedConnections saved(settings);
    QVERIFY(saved.list().isEmpty());
}

void TestSavedConnections::takesTheStricterEnvironment()
{
    QCOMPARE(Guard::stricter(u"TEST"_s, u"PROD"_s), u"PROD"_s);
    QCOMPARE(Guard::stricter(u"STAGING"_s, u"LOCAL"_s), u"STAGING"_s);
    QCOMPARE(Guard::stricter(u"local"_s, u"LOCAL"_s), u"LOCAL"_s);
    QCOMPARE(Guard::stricter(u"SOMETHING"_s, u"TEST"_s), u"PROD"_s);
}

QTEST_GUILESS_MAIN(TestSavedConnections)
#include "tst_savedconnections.moc"
