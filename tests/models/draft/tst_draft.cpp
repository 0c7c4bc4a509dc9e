// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The draft's rules where a real platform is hard to bring into the moment: lost answers, halves that fail,
// keys between a request and its answer.
#include "models/draft/buildrun.h"
#include "models/draft/draft.h"
#include "tests/models/sessionbench.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace nest;
using namespace Qt::StringLiterals;
using models::Draft;
using tests::TestReply;
using tests::TestRequest;

namespace {

const QByteArray filesPath = "/v1/functions/hello/files";

struct Stored
{
    std::string content;
    int etag = 0;
};

/// The files of a platform that answers when it is told to.
struct DraftBench
{
    DraftBench() : platform(bench.platform)
    {
        put("a.js", "one");
        platform.on(filesPath, [this](const TestRequest &) { return list(); });
        bench.session->start();
    }

    void put(const QByteArray &path, const std::string &content)
    {
        files[path] = {content, ++lastEtag};
        platform.on(filesPath + '/' + path,
                    [this, path](const TestRequest &request) { return answer(path, request); });
    }
    TestReply list()
    {
        wire::List<wire::File> all;
        for (auto it = files.begin(); it != files.end(); ++it) {
            wire::File file;
            file.path = it.key().toStdString();
            file.etag = std::to_string(it->etag);
            all.items.push_back(file);
        }
        return {.body = QByteArray::fromStdString(wire::write(all)), .headers = {{"nest-watch-id", "100"}}};
    }
    TestReply answer(const QByteArray &path, const TestRequest &request)
    {
        if (before) {
            before(path, request);
        }
        const bool isThere = files.contains(path);
        const QByteArray matches = request.headers.value("if-match");
        if (request.verb == "GET") {
            return isThere ? whole(path) : problem(404, "control/unknown-file");
        }
        if (!matches.isEmpty() && !isThere) {
            return problem(404, "control/unknown-file");
        }
        if (isThere && matches != '"' + QByteArray::number(files[path].etag) + '"') {
            return problem(412, "store/stale");
        }
        if (request.verb == "DELETE") {
            if (!deleteProblem.isEmpty()) {
                return problem(409, deleteProblem);
            }
            files.remove(path);
            return {.status = 204};
        }
        const auto sent = wire::read<wire::File>(request.body.toStdString(), wire::UnknownFields::Ignore);
        files[path] = {sent->content, ++lastEtag};
        TestReply reply = whole(path);
        reply.closesInstead = std::exchange(losesNextAnswer, false);
        return reply;
    }
    TestReply whole(const QByteArray &path)
    {
        wire::File file;
        file.path = path.toStdString();
        file.content = files[path].content;
        file.etag = std::to_string(files[path].etag);
        return {.body = QByteArray::fromStdString(wire::write(file))};
    }
    static TestReply problem(int status, const QByteArray &type)
    {
        return {.status = status,
                .body = R"({"type":"/problems/)" + type + R"(","title":"x","status":)" +
                        QByteArray::number(status) + R"(,"detail":"It cannot be."})"};
    }
    /// The watch tells that the draft changed.
    void tell()
    {
        wire::Function function;
        function.name = "hello";
        function.status = wire::FunctionStatus{};
        function.status->draftChangedAt = wire::Time(std::chrono::milliseconds(++lastEtag));
        platform.sendChange("functions", "hello", wire::write(function));
    }

    tests::SessionBench bench{"hello"};
    tests::TestPlatform &platform;
    QMap<QByteArray, Stored> files;
    int lastEtag = 0;
    bool losesNextAnswer = false;
    QByteArray deleteProblem;
    std::function<void(const QByteArray &, const TestRequest &)> before;
};

/// A draft and the texts of its editors.
struct Desk
{
    Desk(DraftBench &bench, const QString &folder) : draft(*bench.bench.session, u"hello"_s, folder)
    {
        draft.setTextSource([this](const QString &path) {
            return texts.contains(path) ? std::optional(texts.value(path)) : std::nullopt;
        });
        QObject::connect(&draft, &Draft::fileOpened, &draft, [this](const QString &path) {
            texts[path] = draft.file(path)->kept.value_or(draft.file(path)->base);
        });
        QObject::connect(&draft, &Draft::fileReloaded, &draft,
                         [this](const QString &path) { texts[path] = draft.file(path)->base; });
        QObject::connect(&draft, &Draft::fileRenamed, &draft, [this](const QString &from, const QString &to) {
            if (texts.contains(from)) {
                texts[to] = texts.take(from);
            }
        });
        QObject::connect(&draft, &Draft::noticed, &draft,
                         [this](const QString &sentence) { notices.append(sentence); });
    }
    bool open(const QString &path)
    {
        return QTest::qWaitFor([&] { return draft.state() == Draft::State::Ready; }, 5'000) &&
               (draft.open(path), QTest::qWaitFor([&] { return texts.contains(path); }, 5'000));
    }
    void type(const QString &path, const QString &text)
    {
        texts[path] = text;
        draft.edited(path);
    }

    Draft draft;
    QHash<QString, QString> texts;
    QStringList notices;
};

} // namespace

class TestDraft final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsKeysBetweenASaveAndItsAnswer();
    void aSaveWhoseAnswerWasLostIsNoConflict();
    void aConflictOfTheSameTextIsNone();
    void saysWhatIsLeftWhenARenameFailsHalfway();
    void doesNotRenameOverAnotherFile();
    void aDeleteOfSomethingNewerIsRefused();
    void savesNothingWhileAConflictIsOpen();
    void saysOnceThatTextCannotBeKept();
    void aBuildIsOfTheDraftUntilItChanges();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDraft::init()
{
    QTest::failOnWarning();
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestDraft::keepsKeysBetweenASaveAndItsAnswer()
{
    DraftBench bench;
    Desk desk(bench, m_folder->path());
    QVERIFY(desk.open(u"a.js"_s));
    desk.type(u"a.js"_s, u"two"_s);
    bench.before = [&](const QByteArray &, const TestRequest &request) {
        if (request.verb == "PUT" && desk.texts[u"a.js"_s] == "two"_L1) {
            desk.type(u"a.js"_s, u"two, three"_s);
        }
    };
    desk.draft.save(u"a.js"_s);
    QTRY_COMPARE(bench.files["a.js"].content, "two");
    QTRY_VERIFY(!desk.draft.isSaving());
    QCOMPARE(desk.draft.modified(), QStringList{u"a.js"_s});
    desk.draft.save(u"a.js"_s);
    QTRY_COMPARE(bench.files["a.js"].content, "two, three");
    QTRY_VERIFY(desk.draft.modified().isEmpty());
}

void TestDraft::aSaveWhoseAnswerWasLostIsNoConflict()
{
    DraftBench bench;
    Desk desk(bench, m_folder->path());
    QVERIFY(desk.open(u"a.js"_s));
    desk.type(u"a.js"_s, u"two"_s);
    bench.losesNextAnswer = true;
    desk.draft.save(u"a.js"_s);
    QTRY_VERIFY(!desk.draft.isSaving());
    QCOMPARE(bench.files["a.js"].content, "two");
    desk.draft.save(u"a.js"_s); // Qt may have sent it again by itself; either way its etag is an old one now
    QTRY_VERIFY(desk.draft.modified().isEmpty());
    QVERIFY(!desk.draft.file(u"a.js"_s)->conflict);
    QCOMPARE(bench.files["a.js"].content, "two");
}

void TestDraft::aConflictOfTheSameTextIsNone()
{
    DraftBench bench;
    Desk desk(bench, m_folder->path());
    QVERIFY(desk.open(u"a.js"_s));
    desk.type(u"a.js"_s, u"two"_s);
    bench.put("a.js", "two");
    bench.tell();
    QTRY_VERIFY(desk.draft.modified().isEmpty());
    QVERIFY(!desk.draft.file(u"a.js"_s)->conflict);
}

void TestDraft::saysWhatIsLeftWhenARenameFailsHalfway()
{
    DraftBench bench;
    Desk desk(bench, m_folder->path());
    QVERIFY(desk.open(u"a.js"_s));
    desk.type(u"a.js"_s, u"mine"_s);
    bench.put("b.js", "");
    bench.files.remove("b.js"); // known to the server, not there
    bench.deleteProblem = "control/in-use";
    QVERIFY(desk.draft.rename(u"a.js"_s, u"b.js"_s));
    QTRY_COMPARE(desk.notices,
                 QStringList{u"a.js was copied to b.js, but the old file is still there. It cannot be."_s});
    QTRY_VERIFY(desk.draft.file(u"a.js"_s) && desk.draft.file(u"b.js"_s)); // both, as it is
    QCOMPARE(desk.texts.value(u"b.js"_s), u"mine"_s);                      // the text goes along
    QVERIFY(desk.draft.file(u"b.js"_s)->isModified);
    QVERIFY(!desk.draft.file(u"a.js"_s)->isModified);
    QCOMPARE(bench.files["a.js"].content, "one");
    QCOMPARE(bench.files["b.js"].content, "one");
}

void TestDraft::doesNotRenameOverAnotherFile()
{
    DraftBench bench;
    Desk desk(bench, m_folder->path());
    QVERIFY(desk.open(u"a.js"_s));
    bench.put("b.js", "somebody's"); // not listed here yet
    QVERIFY(desk.draft.rename(u"a.js"_s, u"b.js"_s));
    QTRY_COMPARE(desk.notices.size(), 1);
    QVERIFY(desk.notices.first().startsWith(u"a.js was not renamed."_s));
    QCOMPARE(bench.files["a.js"].content, "one");
    QCOMPARE(bench.files["b.js"].content, "somebody's");
    QTRY_VERIFY(desk.draft.file(u"b.js"_s)); // and now it is seen
    QVERIFY(!desk.draft.rename(u"a.js"_s, u"b.js"_s));
}

void TestDraft::aDeleteOfSomethingNewerIsRefused()
{
    DraftBench bench;
    Desk desk(bench, m_folder->path());
    QVERIFY(desk.open(u"a.js"_s));
    bench.before = [&](const QByteArray &path, const TestRequest &request) {
        if (request.verb == "DELETE") {
            bench.before = {};
            bench.put(path, "newer");
        }
    };
    desk.draft.remove(u"a.js"_s);
    QTRY_COMPARE(desk.notices.size(), 1);
    QVERIFY(desk.notices.first().startsWith(u"a.js was not deleted."_s));
    QCOMPARE(bench.files["a.js"].content, "newer");
    QTRY_COMPARE(desk.texts.value(u"a.js"_s), u"newer"_s);
}

void TestDraft::savesNothingWhileAConflictIsOpen()
{
    DraftBench bench;
    Desk desk(bench, m_folder->path());
    QVERIFY(desk.open(u"a.js"_s));
    desk.type(u"a.js"_s, u"mine"_s);
    bench.put("a.js", "theirs");
    bench.tell();
    QTRY_VERIFY(desk.draft.file(u"a.js"_s)->conflict);
    QCOMPARE(desk.draft.file(u"a.js"_s)->conflict->text, u"theirs"_s);
    QSignalSpy done(&desk.draft, &Draft::allSaved);
    desk.draft.saveAll();
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.first().first().toBool(), false);
    QCOMPARE(bench.files["a.js"].content, "theirs");
    bench.put("a.js", "theirs again"); // newer than the conflict that is shown
    desk.draft.keepMine(u"a.js"_s);
    QTRY_VERIFY(desk.draft.file(u"a.js"_s)->conflict);
    QTRY_COMPARE(desk.draft.file(u"a.js"_s)->conflict->text, u"theirs again"_s);
    QCOMPARE(bench.files["a.js"].content, "theirs again");
    desk.draft.keepMine(u"a.js"_s);
    QTRY_COMPARE(bench.files["a.js"].content, "mine");
    QTRY_VERIFY(desk.draft.modified().isEmpty());
}

void TestDraft::saysOnceThatTextCannotBeKept()
{
    DraftBench bench;
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Desk desk(bench, file.fileName());
    QVERIFY(desk.open(u"a.js"_s));
    desk.type(u"a.js"_s, u"two"_s);
    QTRY_COMPARE(desk.notices.size(), 1);
    QVERIFY(desk.notices.first().startsWith(u"Unsaved text cannot be kept on this computer."_s));
    QVERIFY(desk.draft.add(u"b.js"_s)); // is kept at once, or would be
    QCOMPARE(desk.notices.size(), 1);
}

void TestDraft::aBuildIsOfTheDraftUntilItChanges()
{
    DraftBench bench;
    bench.platform.on("/v1/functions/hello/builds/4", [](const TestRequest &) {
        wire::Build build;
        build.number = 4;
        build.function = "hello";
        build.state = wire::BuildState::Succeeded;
        build.createdAt = wire::Time(std::chrono::milliseconds(2'000));
        return TestReply{.body = QByteArray::fromStdString(wire::write(build))};
    });
    models::BuildRun run(*bench.bench.session, u"hello"_s);
    QTRY_COMPARE(bench.bench.session->state(), models::Session::State::Live);
    const auto change = [&](int draftChangedAt) {
        wire::Function function;
        function.name = "hello";
        function.status = wire::FunctionStatus{};
        function.status->latestBuild = 4;
        function.status->draftChangedAt = wire::Time(std::chrono::milliseconds(draftChangedAt));
        bench.platform.sendChange("functions", "hello", wire::write(function));
    };
    change(1'000);
    QTRY_COMPARE(run.greenBuild(), std::optional(4));
    change(3'000);
    QTRY_COMPARE(run.greenBuild(), std::nullopt);
}

QTEST_GUILESS_MAIN(TestDraft)
#include "tst_draft.moc"
