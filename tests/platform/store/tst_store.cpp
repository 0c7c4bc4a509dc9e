// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept: documents under optimistic concurrency, changes, files, histories.

#include "platform/store/database.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace nest;
using namespace nest::store;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const TimePoint noon = TimePoint(std::chrono::days(20'000)) + 12h;

} // namespace

class Store final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void init();
    void cleanup();
    void keepsADocumentAsItWas();
    void refusesAStaleWriteAndShowsThePresent();
    void refusesToMakeWhatExists();
    void refusesToChangeWhatIsMissing();
    void neverGivesAnEtagTwice();
    void listsByParentAndPages();
    void tellsChangesInOrderAndByKind();
    void pagesChangesPastOtherKinds();
    void compactsByAgeAndSaysSo();
    void compactsByCountAndSaysSo();
    void refusesNumbersFromAnotherDatabase();
    void prunesByItself();
    void keepsFilesByteForByte();
    void pagesDecisionsNewestFirst();
    void replacesAndReadsSeries();
    void answersAKeyOnce();

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
    std::atomic<std::int64_t> m_now = 0; // milliseconds; read on the store thread
};

void Store::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_now = noon.time_since_epoch().count();
    Options options;
    options.now = [this] {
        return TimePoint(std::chrono::milliseconds(m_now));
    };
    m_database = std::make_unique<Database>(options);
    QVERIFY(m_database->open(m_folder->filePath(u"nest.db"_s).toStdString()));
}

void Store::cleanup()
{
    m_database.reset();
    m_folder.reset();
}

void Store::keepsADocumentAsItWas()
{
    const std::string body = "{\"text\":\"凌晨 \u0000 'quotes' \"}";
    const auto etag = run([&](Sql &sql) {
        return sql.putDocument({"deployment", "orders/default/main/local", "orders", body});
    });
    QVERIFY(etag);
    m_now += 5'000;
    const auto again = run([&](Sql &sql) {
        return sql.putDocument({"deployment", "orders/default/main/local", "orders", body + " "},
                               {.etag = *etag});
    });
    QVERIFY(again);
    QVERIFY(*again > *etag);
    const auto got = run([](Sql &sql) { return sql.getDocument("deployment", "orders/default/main/local"); });
    QVERIFY(got);
    QCOMPARE(got->body, body + " ");
    QCOMPARE(got->parent, "orders");
    QCOMPARE(got->etag, *again);
    QVERIFY(got->created == noon);
    QVERIFY(got->updated == noon + 5s);
}

void Store::refusesAStaleWriteAndShowsThePresent()
{
    const std::int64_t old = put("function", "orders", "one");
    const std::int64_t present = put("function", "orders", "two");
    const auto stale =
        run([&](Sql &sql) { return sql.putDocument({"function", "orders", "", "three"}, {.etag = old}); });
    QVERIFY(!stale);
    QCOMPARE(stale.error().type, "store/stale");
    QVERIFY(stale.error().detail.starts_with("function orders was changed"));
    QVERIFY(presentIn(stale.error()));
    QCOMPARE(presentIn(stale.error())->etag, present);
    QCOMPARE(presentIn(stale.error())->body, "two");
    const auto deleted =
        run([&](Sql &sql) { return sql.deleteDocument("function", "orders", {.etag = old}); });
    QCOMPARE(deleted.error().type, "store/stale");
    QCOMPARE(run([](Sql &sql) { return sql.getDocument("function", "orders"); })->body, "two");
}

void Store::refusesToMakeWhatExists()
{
    const auto make = [](Sql &sql) {
        return sql.putDocument({"function", "orders", "", "mine"}, {.mustNotExist = true});
    };
    QVERIFY(run(make));
    const auto again = run(make);
    QVERIFY(!again);
    QCOMPARE(again.error().type, "store/exists");
    QCOMPARE(presentIn(again.error())->body, "mine");
    QVERIFY(!presentIn(Error{"store/missing", ""}));
}

void Store::refusesToChangeWhatIsMissing()
{
    QCOMPARE(run([](Sql &sql) { return sql.getDocument("function", "orders"); }).error().type,
             "store/missing");
    QCOMPARE(run([](Sql &sql) { return sql.deleteDocument("function", "orders"); }).error().type,
             "store/missing");
    const auto put =
        run([](Sql &sql) { return sql.putDocument({"function", "orders", "", "x"}, {.etag = 1}); });
    QCOMPARE(put.error().type, "store/missing");
    QCOMPARE(run([](Sql &sql) { return sql.lastChange(); }).value_or(-1), 0);
}

void Store::neverGivesAnEtagTwice()
{
    const std::int64_t first = put("function", "orders", "one");
    QVERIFY(run([](Sql &sql) { return sql.deleteDocument("function", "orders"); }));
    const std::int64_t second = put("function", "orders", "one");
    QVERIFY(second > first);
    const auto late =
        run([&](Sql &sql) { return sql.putDocument({"function", "orders", "", "x"}, {.etag = first}); });
    QCOMPARE(late.error().type, "store/stale");
}

void Store::listsByParentAndPages()
{
    QVERIFY(run([](Sql &sql) -> Result<> {
        for (int i = 0; i < 25; ++i) {
            const auto put = sql.putDocument({"version", std::format("{}@{:03}", i % 2 ? "odd" : "even", i),
                                              i % 2 ? "odd" : "even", std::to_string(i)});
            if (!put) {
                return std::unexpected(put.error());
            }
        }
        return {};
    }));
    QCOMPARE(run([](Sql &sql) { return sql.listDocuments("version"); })->size(), 25);
    QCOMPARE(run([](Sql &sql) { return sql.listDocuments("function"); })->size(), 0);
    QStringList bodies;
    Page page{.parent = "odd", .limit = 5};
    for (;;) {
        const auto part = run([&](Sql &sql) { return sql.listDocuments("version", page); });
        QVERIFY(part);
        if (part->empty()) {
            break;
        }
        QVERIFY(part->size() <= 5);
        for (const Document &document : *part) {
            bodies << QString::fromStdString(document.body);
        }
        page.afterId = part->back().id;
    }
    QCOMPARE(bodies.join(u' '), u"1 3 5 7 9 11 13 15 17 19 21 23"_s);
}

void Store::tellsChangesInOrderAndByKind()
{
    put("function", "orders", "one");
    QVERIFY(run([](Sql &sql) { return sql.appendChange("instance", "i-1", Operation::Put, "ready"); }));
    QVERIFY(run([](Sql &sql) { return sql.deleteDocument("function", "orders"); }));
    const auto all = run([](Sql &sql) { return sql.changesSince(0, {}); });
    QVERIFY(all);
    QCOMPARE(all->changes.size(), 3);
    QCOMPARE(all->changes[0], (Change{1, "function", "orders", Operation::Put, "one", noon}));
    QCOMPARE(all->changes[2], (Change{3, "function", "orders", Operation::Delete, "", noon}));
    QCOMPARE(all->last, 3);
    const std::vector<std::string> kinds{"instance", "release"};
    const auto some = run([&](Sql &sql) { return sql.changesSince(0, kinds); });
    QCOMPARE(some->changes.size(), 1);
    QCOMPARE(some->changes[0].key, "i-1");
    const auto none = run([](Sql &sql) { return sql.changesSince(3, {}); });
    QVERIFY(none->changes.empty() && !none->compacted);
    QCOMPARE(none->last, 3);
}

void Store::pagesChangesPastOtherKinds()
{
    for (int i = 0; i < 10; ++i) {
        put(i % 2 ? "function" : "group", std::to_string(i), "x");
    }
    const std::vector<std::string> kinds{"function"};
    std::int64_t since = 0;
    QStringList keys;
    for (int page = 0; page < 3; ++page) {
        const auto part = run([&](Sql &sql) { return sql.changesSince(since, kinds, 2); });
        for (const Change &change : part->changes) {
            keys << QString::fromStdString(change.key);
        }
        since = part->last;
    }
    QCOMPARE(keys.join(u' '), u"1 3 5 7 9"_s);
    QCOMPARE(since, 10);
}

void Store::compactsByAgeAndSaysSo()
{
    put("function", "a", "x");
    put("function", "b", "x");
    m_now += 3'600'001;
    put("function", "c", "x");
    QVERIFY(run([](Sql &sql) { return sql.pruneChanges(1h, 200'000); }));
    QVERIFY(run([](Sql &sql) { return sql.changesSince(0, {}); })->compacted);
    QVERIFY(run([](Sql &sql) { return sql.changesSince(1, {}); })->compacted);
    const auto kept = run([](Sql &sql) { return sql.changesSince(2, {}); });
    QVERIFY(!kept->compacted);
    QCOMPARE(kept->changes.size(), 1);
    m_now += 3'600'001;
    QVERIFY(run([](Sql &sql) { return sql.pruneChanges(1h, 200'000); })); // nothing is left
    QVERIFY(run([](Sql &sql) { return sql.changesSince(2, {}); })->compacted);
    QVERIFY(!run([](Sql &sql) { return sql.changesSince(3, {}); })->compacted);
    QCOMPARE(put("function", "d", "x"), 4);
    QCOMPARE(run([](Sql &sql) { return sql.listDocuments("function"); })->size(), 4);
}

void Store::compactsByCountAndSaysSo()
{
    for (int i = 0; i < 10; ++i) {
        put("function", std::to_string(i), "x");
    }
    QVERIFY(run([](Sql &sql) { return sql.pruneChanges(1h, 4); }));
    const auto lost = run([](Sql &sql) { return sql.changesSince(5, {}); });
    QVERIFY(lost->compacted);
    QCOMPARE(lost->last, 10);
    const auto kept = run([](Sql &sql) { return sql.changesSince(6, {}); });
    QVERIFY(!kept->compacted);
    QCOMPARE(kept->changes.size(), 4);
}

void Store::refusesNumbersFromAnotherDatabase()
{
    put("function", "a", "x");
    QVERIFY(run([](Sql &sql) { return sql.changesSince(2, {}); })->compacted);
}

void Store::prunesByItself()
{
    put("function", "a", "x");
    QVERIFY(run([](Sql &sql) { return sql.putAnswer("key", 201, "x"); }));
    m_now += std::chrono::milliseconds(25h).count();
    put("function", "b", "x"); // pruned after this job
    QVERIFY(run([](Sql &sql) { return sql.changesSince(0, {}); })->compacted);
    QVERIFY(!run([](Sql &sql) { return sql.getAnswer("key"); })->has_value());
}

void Store::keepsFilesByteForByte()
{
    const std::string content("\0\x01\xff binary \n", 12);
    const auto etag = run([&](Sql &sql) { return sql.putFile("orders", "assets/logo.png", content); });
    QVERIFY(etag);
    QVERIFY(run([](Sql &sql) { return sql.putFile("orders", "empty.txt", ""); }));
    QVERIFY(run([](Sql &sql) { return sql.putFile("other", "a.js", "x"); }));
    QCOMPARE(run([](Sql &sql) { return sql.getFile("orders", "assets/logo.png"); })->content, content);
    QCOMPARE(run([](Sql &sql) { return sql.getFile("orders", "empty.txt"); })->content, "");
    const auto files = run([](Sql &sql) { return sql.listFiles("orders"); });
    QCOMPARE(files->size(), 2);
    QCOMPARE(files->front(), (File{"orders", "assets/logo.png", "", 12, *etag, noon}));
    const auto stale =
        run([&](Sql &sql) { return sql.putFile("orders", "empty.txt", "x", {.etag = *etag}); });
    QCOMPARE(stale.error().type, "store/stale");
    const auto exists =
        run([](Sql &sql) { return sql.putFile("orders", "empty.txt", "x", {.mustNotExist = true}); });
    QCOMPARE(exists.error().type, "store/exists");
    QVERIFY(run([&](Sql &sql) { return sql.deleteFile("orders", "assets/logo.png", {.etag = *etag}); }));
    QCOMPARE(run([](Sql &sql) { return sql.getFile("orders", "assets/logo.png"); }).error().type,
             "store/missing");
    const std::vector<std::string> kinds{"file"};
    const auto changes = run([&](Sql &sql) { return sql.changesSince(0, kinds); });
    QCOMPARE(changes->changes.size(), 4);
    QCOMPARE(changes->changes.back(),
             (Change{4, "file", "orders/assets/logo.png", Operation::Delete, "", noon}));
}

void Store::pagesDecisionsNewestFirst()
{
    QVERIFY(run([](Sql &sql) -> Result<> {
        for (int i = 0; i < 12; ++i) { // three at the same moment each
            const DecisionRecord decision{std::format("dec-{:02}", i), i == 11 ? "other" : "orders", "v1",
                                          noon + std::chrono::seconds(i / 3), "{}"};
            if (const Result<> added = sql.addDecision(decision); !added) {
                return added;
            }
        }
        return {};
    }));
    QStringList ids;
    DecisionQuery query{.deployment = "orders", .from = noon + 1s, .limit = 2};
    for (;;) {
        const auto page = run([&](Sql &sql) { return sql.listDecisions(query); });
        QVERIFY(page);
        if (page->empty()) {
            break;
        }
        for (const DecisionRecord &decision : *page) {
            ids << QString::fromStdString(decision.id.substr(4));
        }
        query.before = page->back().id;
    }
    QCOMPARE(ids.join(u' '), u"10 09 08 07 06 05 04 03"_s);
    const auto range = run([](Sql &sql) { return sql.listDecisions({.from = noon, .to = noon + 2s}); });
    QCOMPARE(range->size(), 6); // the end is not included
    QCOMPARE(run([](Sql &sql) { return sql.deleteDecisionsBefore(noon + 2s); }).value_or(-1), 6);
    QVERIFY(!run(
        [](Sql &sql) { return sql.addDecision({"dec-11", "orders", "v1", noon, "{}"}); })); // append-only
}

void Store::replacesAndReadsSeries()
{
    QVERIFY(run([](Sql &sql) -> Result<> {
        for (int i = 0; i < 6; ++i) {
            const SeriesChunk chunk{"orders@12", noon + i * 10min, 1, std::string(3, char('a' + i))};
            if (const Result<> put = sql.putSeries(chunk); !put) {
                return put;
            }
        }
        if (const Result<> put = sql.putSeries({"orders@12", noon, 10, "rolled up"}); !put) {
            return put;
        }
        return sql.putSeries({"orders@12", noon + 10min, 1, std::string("\0new", 4)});
    }));
    const auto chunks =
        run([](Sql &sql) { return sql.readSeries("orders@12", 1, noon + 10min, noon + 30min); });
    QVERIFY(chunks);
    QCOMPARE(chunks->size(), 2);
    QCOMPARE(chunks->front(), (SeriesChunk{"orders@12", noon + 10min, 1, std::string("\0new", 4)}));
    QCOMPARE(run([](Sql &sql) { return sql.deleteSeriesBefore(1, noon + 30min); }).value_or(-1), 3);
    QCOMPARE(run([](Sql &sql) { return sql.readSeries("orders@12", 10, noon, noon + 1h); })->size(), 1);
}

void Store::answersAKeyOnce()
{
    QVERIFY(!run([](Sql &sql) { return sql.getAnswer("key"); })->has_value());
    QVERIFY(run([](Sql &sql) { return sql.putAnswer("key", 201, "{}"); }));
    QCOMPARE(run([](Sql &sql) { return sql.putAnswer("key", 202, "other"); }).error().type, "store/exists");
    QCOMPARE(run([](Sql &sql) { return sql.getAnswer("key"); }).value(),
             std::optional(Answer{201, "{}", noon, ""}));
    QVERIFY(run([](Sql &sql) { return sql.putAnswer("other", 201, "{}", "digest"); }));
    QCOMPARE(run([](Sql &sql) { return sql.getAnswer("other"); }).value(),
             std::optional(Answer{201, "{}", noon, "digest"}));
}

QTEST_GUILESS_MAIN(Store)
#include "tst_store.moc"
