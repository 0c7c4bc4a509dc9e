// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was acknowledged is there after a SIGKILL, and what was not is there as a whole or not at all.

#include "platform/store/database.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <map>
#include <random>

using namespace nest;
using namespace Qt::StringLiterals;

class StoreCrash final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void acknowledgedWritesSurviveEveryKill();

private:
    /// Runs the writer until `milliseconds` after its first write, kills it, adds what it said to
    /// m_acknowledged.
    void writeAndKill(const QString &database, int round, int milliseconds);
    void compare(const QString &database);

    std::map<std::string, std::int64_t> m_acknowledged;
};

void StoreCrash::acknowledgedWritesSurviveEveryKill()
{
    constexpr int rounds = 50;
    constexpr int fewest = 20; // that a very busy machine must reach before the time is up
    constexpr int limitMilliseconds = 18'000;
    const QTemporaryDir folder;
    QVERIFY(folder.isValid());
    const QString database = folder.filePath(u"nest.db"_s);
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> moment(0, 60);
    QElapsedTimer timer;
    timer.start();
    int killed = 0;
    for (; killed < rounds && timer.elapsed() < limitMilliseconds; ++killed) {
        writeAndKill(database, killed, moment(random));
        compare(database);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
    qInfo("%d kills, %zu acknowledged writes, %lld ms", killed, m_acknowledged.size(), timer.elapsed());
    QVERIFY(m_acknowledged.size() > std::size_t(killed));
    QVERIFY2(killed >= fewest, "too slow to tell");
}

void StoreCrash::writeAndKill(const QString &database, int round, int milliseconds)
{
    QProcess writer;
    writer.setProcessChannelMode(QProcess::SeparateChannels);
    writer.start(QStringLiteral(NEST_BINARY_DIR "/bin/store_writer"),
                 {database, u"k%1"_s.arg(round, 2, 10, '0'_L1)});
    QVERIFY2(writer.waitForReadyRead(5'000), writer.readAllStandardError().constData());
    QDeadlineTimer deadline(milliseconds);
    while (!deadline.hasExpired()) {
        writer.waitForReadyRead(int(deadline.remainingTime()));
    }
    QCOMPARE(writer.state(), QProcess::Running);
    writer.kill();
    QVERIFY(writer.waitForFinished(5'000));
    QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
    QByteArray said = writer.readAllStandardOutput();
    said.truncate(said.lastIndexOf('\n') + 1); // a line cut by the kill was not said
    for (const QByteArray &line : said.split('\n')) {
        if (const qsizetype space = line.indexOf(' '); space > 0) {
            m_acknowledged.emplace(line.left(space).toStdString(), line.mid(space + 1).toLongLong());
        }
    }
}

void StoreCrash::compare(const QString &database)
{
    store::Database reader;
    const Result<> opened = reader.open(database.toStdString());
    QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
    struct Found
    {
        std::map<std::string, std::int64_t> documents;
        std::size_t files = 0;
        std::size_t decisions = 0;
        std::int64_t lastChange = 0;
    };
    const Result<Found> found = reader.wait([](store::Sql &sql) -> Result<Found> {
        Found all;
        const auto documents = sql.listDocuments("function", {.limit = 1'000'000});
        const auto decisions = sql.listDecisions({.deployment = "deployment", .limit = 1'000'000});
        const auto last = sql.lastChange();
        if (!documents || !decisions || !last) {
            return failure("test/read", "cannot be read");
        }
        for (const store::Document &document : *documents) {
            all.documents.emplace(document.id, document.etag);
            const auto files = sql.listFiles(document.id);
            all.files += files ? files->size() : 0;
        }
        all.decisions = decisions->size();
        all.lastChange = *last;
        return all;
    });
    QVERIFY2(found, found ? "" : found.error().detail.c_str());
    for (const auto &[id, etag] : m_acknowledged) {
        const auto document = found->documents.find(id);
        QVERIFY2(document != found->documents.end(), id.c_str());
        QCOMPARE(document->second, etag);
    }
    // At most one write a kill was kept without having been said yet.
    QVERIFY(found->documents.size() >= m_acknowledged.size());
    QCOMPARE(found->files, found->documents.size());
    QCOMPARE(found->decisions, found->documents.size());
    QCOMPARE(found->lastChange, std::int64_t(2 * found->documents.size()));
}

QTEST_GUILESS_MAIN(StoreCrash)
#include "tst_store_crash.moc"
