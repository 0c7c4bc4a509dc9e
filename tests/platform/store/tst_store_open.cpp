// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Opening: what is made, what is brought up to date, what is refused untouched and what is said then.

#include "platform/store/database.h"
#include "platform/store/schema.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <unistd.h>

using namespace nest;
using namespace Qt::StringLiterals;

class StoreOpen final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }
    void makesFolderAndDatabase();
    void carriesAnOlderSchemaAlong();
    void remembersKeysOfTheSchemaBeforeDigests();
    void refusesANewerSchema();
    void refusesWhatIsNoDatabase_data();
    void refusesWhatIsNoDatabase();
    void refusesAnotherProgramsDatabase();
    void findsDamageWhenItIsRead();
    void takesADatabaseThatWasNeverFinished();
    void saysWhenTheFolderCannotBeWritten_data();
    void saysWhenTheFolderCannotBeWritten();
    void saysWhenAnotherOneHasIt();
    void saysWhenAToolHoldsIt();
    void isReadableByItsOwnerOnly();
    void saysWhenThereIsNoRoomAndLosesNothing();
    void opensThousandsOfDocumentsAtOnce();

private:
    [[nodiscard]] QString path(QStringView name = u"nest.db") const
    {
        return m_folder->filePath(name.toString());
    }
    [[nodiscard]] std::string native(QStringView name = u"nest.db") const { return path(name).toStdString(); }
    [[nodiscard]] QByteArray contents() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void fill(int documents) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void StoreOpen::fill(int documents) const
{
    store::Database database;
    QVERIFY(database.open(native()));
    const Result<> filled = database.wait([documents](store::Sql &sql) -> Result<> {
        for (int i = 0; i < documents; ++i) {
            const std::string id = std::format("function-{:05}", i);
            if (const auto put = sql.putDocument({"function", id, "", std::string(500, 'x')}); !put) {
                return std::unexpected(put.error());
            }
        }
        return {};
    });
    QVERIFY(filled);
}

void StoreOpen::makesFolderAndDatabase()
{
    store::Database database;
    QVERIFY(database.open(native(u"a/b/nest.db")));
    QVERIFY(QFile::exists(path(u"a/b/nest.db")));
    const auto version = database.wait([](store::Sql &sql) { return sql.lastChange(); });
    QVERIFY(version);
    QCOMPARE(*version, 0);
}

void StoreOpen::carriesAnOlderSchemaAlong()
{
    {
        store::Connection old;
        QVERIFY(old.open(native(), {}));
        QVERIFY(store::migrate(old, 1));
        QVERIFY(old.run("INSERT INTO documents VALUES ('function', 'orders', '', '{}', 7, 1, 2)"));
        QVERIFY(!old.run("SELECT * FROM decisions"));
    }
    store::Database database;
    QVERIFY(database.open(native()));
    const auto document =
        database.wait([](store::Sql &sql) { return sql.getDocument("function", "orders"); });
    QVERIFY(document);
    QCOMPARE(document->etag, 7);
    QVERIFY(database.wait(
        [](store::Sql &sql) { return sql.addDecision({"dec-1", "d", "v1", sql.now(), "{}"}); }));
    database.close();
    store::Connection now;
    QVERIFY(now.open(native(), {}));
    QCOMPARE(now.pragma("user_version").value_or(-1), store::latestSchema);
}

void StoreOpen::remembersKeysOfTheSchemaBeforeDigests()
{
    {
        store::Connection old;
        QVERIFY(old.open(native(), {}));
        QVERIFY(store::migrate(old, 2));
        QVERIFY(old.run("INSERT INTO idempotency VALUES ('key', 201, '{}', 9)"));
    }
    store::Database database;
    QVERIFY(database.open(native()));
    const auto answer = database.wait([](store::Sql &sql) { return sql.getAnswer("key"); });
    QVERIFY(answer && *answer);
    QCOMPARE((*answer)->body, "{}");
    QCOMPARE((*answer)->request, ""); // nobody knows what it was sent with
}

void StoreOpen::refusesANewerSchema()
{
    fill(3);
    {
        store::Connection newer;
        QVERIFY(newer.open(native(), {}));
        QVERIFY(newer.execute(u"PRAGMA user_version = 99"_s));
    }
    const QByteArray before = contents();
    store::Database database;
    const Result<> opened = database.open(native());
    QVERIFY(!opened);
    QCOMPARE(opened.error().type, "store/newer-schema");
    QVERIFY(opened.error().detail.contains(native()));
    QVERIFY(opened.error().detail.contains("schema 99"));
    QVERIFY(opened.error().detail.contains("start the newer version"));
    QCOMPARE(contents(), before);
}

void StoreOpen::refusesWhatIsNoDatabase_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("text") << QByteArray("these are my notes, please keep them\n").repeated(100);
    QTest::addRow("shorter than a header") << QByteArray("SQLite");
    QTest::addRow("a header and rubbish") << QByteArray("SQLite format 3\0", 16) + QByteArray(8'000, '\x5a');
}

void StoreOpen::refusesWhatIsNoDatabase()
{
    QFETCH(QByteArray, bytes);
    write(bytes);
    store::Database database;
    const Result<> opened = database.open(native());
    QVERIFY(!opened);
    QCOMPARE(opened.error().type, "store/broken");
    QVERIFY(opened.error().detail.contains(native()));
    QVERIFY(opened.error().detail.contains("put a backup in its place"));
    QCOMPARE(contents(), bytes);
    const auto later = database.wait([](store::Sql &sql) { return sql.lastChange(); });
    QVERIFY(!later);
    QCOMPARE(later.error().type, "store/closed");
}

void StoreOpen::refusesAnotherProgramsDatabase()
{
    {
        const QString name = u"foreign"_s;
        QSqlDatabase foreign = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        foreign.setDatabaseName(path());
        QVERIFY(foreign.open());
        QVERIFY(QSqlQuery(foreign).exec(u"CREATE TABLE bookmarks (url TEXT)"_s));
        foreign.close();
    }
    QSqlDatabase::removeDatabase(u"foreign"_s);
    const QByteArray before = contents();
    store::Database database;
    const Result<> opened = database.open(native());
    QVERIFY(!opened);
    QCOMPARE(opened.error().type, "store/broken");
    QVERIFY(opened.error().detail.contains("another program"));
    QCOMPARE(contents(), before);
}

void StoreOpen::findsDamageWhenItIsRead()
{
    fill(2'000);
    QByteArray bytes = contents();
    QVERIFY(bytes.size() > 500'000);
    const qsizetype middle = bytes.size() / 4;
    bytes.replace(middle, bytes.size() / 2, QByteArray(bytes.size() / 2, '\x5a'));
    write(bytes);
    store::Database database;
    const Result<> opened = database.open(native());
    Error error;
    if (!opened) {
        error = opened.error();
    } else {
        const auto all =
            database.wait([](store::Sql &sql) { return sql.listDocuments("function", {.limit = 10'000}); });
        QVERIFY(!all);
        error = all.error();
    }
    QCOMPARE(error.type, "store/broken");
    QVERIFY(error.detail.contains(native()));
}

void StoreOpen::takesADatabaseThatWasNeverFinished()
{
    {
        store::Connection connection; // settings made, no step run: the machine stopped here
        QVERIFY(connection.open(native(), {}));
    }
    QVERIFY(QFile::exists(path()));
    store::Database database;
    QVERIFY(database.open(native()));
}

void StoreOpen::saysWhenTheFolderCannotBeWritten_data()
{
    QTest::addColumn<bool>("byRights");
    QTest::addRow("a file is in the way") << false;
    QTest::addRow("no right to write") << true;
}

void StoreOpen::saysWhenTheFolderCannotBeWritten()
{
    QFETCH(bool, byRights);
    std::string target = native(u"in-the-way/nest.db");
    if (byRights) {
        if (::geteuid() == 0) {
            target = "/proc/self/nest.db"; // rights do not bind root; nobody makes files there
        } else {
            QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
            target = native();
        }
    } else {
        QFile file(path(u"in-the-way"));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    store::Database database;
    const Result<> opened = database.open(target);
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(!opened);
    QCOMPARE(opened.error().type, "store/unwritable");
    QVERIFY(opened.error().detail.contains(std::filesystem::path(target).parent_path().string()));
    QVERIFY(opened.error().detail.contains("name another"));
}

void StoreOpen::saysWhenAnotherOneHasIt()
{
    store::Database first;
    QVERIFY(first.open(native()));
    store::Database second;
    const Result<> opened = second.open(native());
    QVERIFY(!opened);
    QCOMPARE(opened.error().type, "store/locked");
    QVERIFY(opened.error().detail.contains("Another nestd"));
    first.close();
    QVERIFY(second.open(native()));
}

void StoreOpen::saysWhenAToolHoldsIt()
{
    store::Options options;
    options.connection.busyTimeout = std::chrono::milliseconds(20);
    store::Database database(options);
    QVERIFY(database.open(native()));
    const auto put = [](store::Sql &sql) {
        return sql.putDocument({"function", "orders", "", "x"});
    };
    store::Connection tool; // looks past our lock file, as a backup tool would
    QVERIFY(tool.open(native(), {}));
    QVERIFY(tool.execute(u"BEGIN IMMEDIATE"_s));
    const auto held = database.wait(put);
    QVERIFY(!held);
    QCOMPARE(held.error().type, "store/locked");
    tool.rollback();
    QVERIFY(database.wait(put));
}

void StoreOpen::isReadableByItsOwnerOnly()
{
    fill(1);
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    store::Database database;
    QVERIFY(database.open(native()));
    QVERIFY(database.wait([](store::Sql &sql) { return sql.putAnswer("key", 200, ""); }));
    for (const QStringView name : {u"nest.db", u"nest.db-wal", u"nest.db.lock"}) {
        QVERIFY2(QFile::exists(path(name)), qPrintable(name.toString()));
        QVERIFY2(!(QFile::permissions(path(name)) & others), qPrintable(name.toString()));
    }
}

void StoreOpen::saysWhenThereIsNoRoomAndLosesNothing()
{
    store::Options options;
    options.connection.maximumBytes = 400'000;
    store::Database database(options);
    QVERIFY(database.open(native()));
    Error error;
    std::size_t written = 0;
    for (; written < 1'000 && error.type.empty(); ++written) {
        const auto put = database.wait([written](store::Sql &sql) {
            return sql.putDocument({"function", std::format("f{:04}", written), "", std::string(2'000, 'x')});
        });
        if (!put) {
            error = put.error();
            --written;
        }
    }
    QCOMPARE(error.type, "store/full");
    QVERIFY(error.detail.contains("make room"));
    QVERIFY(written > 20);
    const auto all = database.wait([](store::Sql &sql) { return sql.listDocuments("function"); });
    QVERIFY(all);
    QCOMPARE(all->size(), written);
    const auto again = [](store::Sql &sql) {
        return sql.putDocument({"function", "late", "", std::string(2'000, 'x')});
    };
    QVERIFY(!database.wait(again));
    QVERIFY(
        database.wait([](store::Sql &sql) { return sql.pruneChanges(std::chrono::hours(1), 0); })); // room
    QVERIFY(database.wait(again));
}

void StoreOpen::opensThousandsOfDocumentsAtOnce()
{
    fill(5'000);
    qint64 best = std::numeric_limits<qint64>::max();
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        store::Database database;
        QVERIFY(database.open(native()));
        const qint64 opened = timer.nsecsElapsed() / 1'000;
        const auto all =
            database.wait([](store::Sql &sql) { return sql.listDocuments("function", {.limit = 10'000}); });
        QVERIFY(all);
        QCOMPARE(all->size(), 5'000);
        qInfo("open %lld us, read 5000 documents %lld us", opened, timer.nsecsElapsed() / 1'000 - opened);
        best = std::min(best, opened);
    }
    QVERIFY2(best < 50'000, "a start has 150 ms in all");
}

QTEST_GUILESS_MAIN(StoreOpen)
#include "tst_store_open.moc"
