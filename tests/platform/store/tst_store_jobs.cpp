// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs: whole or not at all, one after another, answered on the caller's thread.

#include "platform/store/database.h"

#include <QTemporaryDir>
#include <QtTest>

#include <qcoro/qcorotask.h>

using namespace nest;
using namespace nest::store;
using namespace Qt::StringLiterals;

class StoreJobs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void init();
    void cleanup();
    void oneOfManyWritersWins();
    void undoesAJobThatFails();
    void turnsAnExceptionIntoAnError();
    void postsAnswersToTheCallersThread();
    void dropsAnswersOfClosedContexts();
    void awaitsAnAnswer();
    void finishesItsQueueBeforeItCloses();

private:
    template <typename Job>
    auto run(Job job)
    {
        return m_database->wait(std::move(job));
    }
    std::int64_t put(const std::string &kind, const std::string &id, const std::string &body)
    {
        return run([&](Sql &sql) { return sql.putDocument({kind, id, "", body}); }).value_or(-1);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

void StoreJobs::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = std::make_unique<Database>();
    QVERIFY(m_database->open(m_folder->filePath(u"nest.db"_s).toStdString()));
}

void StoreJobs::cleanup()
{
    m_database.reset();
    m_folder.reset();
}

void StoreJobs::oneOfManyWritersWins()
{
    const std::int64_t etag = put("function", "orders", "start");
    std::atomic<int> won = 0;
    std::atomic<int> stale = 0;
    std::vector<std::thread> writers;
    for (int i = 0; i < 8; ++i) {
        writers.emplace_back([&, i] {
            const auto done = run([&](Sql &sql) {
                return sql.putDocument({"function", "orders", "", std::to_string(i)}, {.etag = etag});
            });
            (done ? won : stale) += done || done.error().type == "store/stale" ? 1 : 0;
        });
    }
    for (std::thread &writer : writers) {
        writer.join();
    }
    QCOMPARE(won.load(), 1);
    QCOMPARE(stale.load(), 7);
}

void StoreJobs::undoesAJobThatFails()
{
    put("function", "orders", "before");
    const auto failed = run([](Sql &sql) -> Result<> {
        static_cast<void>(sql.putDocument({"function", "orders", "", "after"}));
        static_cast<void>(sql.putFile("orders", "a.js", "1"));
        return failure("test/changed-its-mind", "");
    });
    QCOMPARE(failed.error().type, "test/changed-its-mind");
    QCOMPARE(run([](Sql &sql) { return sql.getDocument("function", "orders"); })->body, "before");
    QVERIFY(run([](Sql &sql) { return sql.listFiles("orders"); })->empty());
    QCOMPARE(run([](Sql &sql) { return sql.changesSince(0, {}); })->changes.size(), 1);
}

void StoreJobs::turnsAnExceptionIntoAnError()
{
    const auto failed = run([](Sql &sql) -> Result<int> {
        static_cast<void>(sql.putDocument({"function", "orders", "", "after"}));
        throw std::runtime_error("parser gave up");
    });
    QCOMPARE(failed.error().type, "store/failed");
    QVERIFY(failed.error().detail.contains("parser gave up"));
    QCOMPARE(run([](Sql &sql) { return sql.getDocument("function", "orders"); }).error().type,
             "store/missing");
}

void StoreJobs::postsAnswersToTheCallersThread()
{
    QList<int> order;
    bool onCallersThread = true;
    for (int i = 0; i < 20; ++i) {
        m_database->post([i](Sql &) { return i; }, this,
                         [&](Result<int> answer) {
                             onCallersThread = onCallersThread && QThread::currentThread() == thread();
                             order << answer.value_or(-1);
                         });
    }
    QVERIFY(order.isEmpty()); // never from within post()
    QTRY_COMPARE(order.size(), 20);
    QVERIFY(onCallersThread);
    QVERIFY(std::ranges::is_sorted(order));
    QString type;
    m_database->post([](Sql &sql) { return sql.getDocument("function", "none"); }, this,
                     [&](Result<Document> answer) { type = QString::fromStdString(answer.error().type); });
    QTRY_COMPARE(type, u"store/missing"_s);
}

void StoreJobs::dropsAnswersOfClosedContexts()
{
    bool called = false;
    auto context = std::make_unique<QObject>();
    m_database->post([](Sql &sql) { return sql.putDocument({"function", "orders", "", "x"}); }, context.get(),
                     [&](const Result<std::int64_t> &) { called = true; });
    context.reset();
    bool later = false;
    m_database->post([](Sql &) {}, this, [&](const Result<> &answer) { later = answer.has_value(); });
    QTRY_VERIFY(later);
    QVERIFY(!called);
    QVERIFY(run(
        [](Sql &sql) { return sql.getDocument("function", "orders"); })); // the write was done all the same
}

void StoreJobs::awaitsAnAnswer()
{
    const auto both = [](Database &database) -> QCoro::Task<Result<std::string>> {
        const auto etag = co_await database.run(
            [](Sql &sql) { return sql.putDocument({"function", "orders", "", "awaited"}); });
        if (!etag) {
            co_return std::unexpected(etag.error());
        }
        const auto document =
            co_await database.run([](Sql &sql) { return sql.getDocument("function", "orders"); });
        co_return document.transform([](const Document &found) { return found.body; });
    };
    const Result<std::string> body = QCoro::waitFor(both(*m_database));
    QVERIFY(body);
    QCOMPARE(*body, "awaited");
}

void StoreJobs::finishesItsQueueBeforeItCloses()
{
    int done = 0;
    for (int i = 0; i < 50; ++i) {
        m_database->post([i](Sql &sql) { return sql.putDocument({"function", std::to_string(i), "", "x"}); },
                         this, [&](const Result<std::int64_t> &answer) { done += answer ? 1 : 0; });
    }
    m_database->close();
    QString refused;
    m_database->post([](Sql &) {}, this,
                     [&](const Result<> &answer) { refused = QString::fromStdString(answer.error().type); });
    QTRY_COMPARE(refused, u"store/closed"_s);
    QCOMPARE(done, 50);
    QCOMPARE(QCoro::waitFor(m_database->run([](Sql &) {})).error().type, "store/closed");
    QVERIFY(m_database->open(m_folder->filePath(u"nest.db"_s).toStdString()));
    QCOMPARE(run([](Sql &sql) { return sql.listDocuments("function"); })->size(), 50);
}

QTEST_GUILESS_MAIN(StoreJobs)
#include "tst_store_jobs.moc"
