// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a function begins with, and what a version was made of: a template's files shown and sent back, files
// refused each with its pointer, and the draft's own files read again from the artefact. A real nestd.

#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QByteArray json(const QJsonObject &value)
{
    return QJsonDocument(value).toJson(QJsonDocument::Compact);
}

QStringList paths(const HttpAnswer &answer)
{
    QStringList found;
    for (const auto &file : object(answer)[u"items"].toArray()) {
        found << file[u"path"].toString();
    }
    return found;
}

QStringList pointers(const HttpAnswer &answer)
{
    QStringList found;
    for (const auto &error : object(answer)[u"errors"].toArray()) {
        found << error[u"pointer"].toString();
    }
    return found;
}

QJsonObject file(const QString &path, const QString &content = {}, const QString &encoding = u"utf8"_s)
{
    return {{u"path"_s, path}, {u"content"_s, content}, {u"encoding"_s, encoding}};
}

} // namespace

class DraftsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheFilesOfATemplate();
    void beginsWithTheFilesThatWereSent();
    void refusesFilesEachWithItsPointer_data();
    void refusesFilesEachWithItsPointer();
    void createsNothingWhenOneFileIsWrong();
    void readsTheFilesOfAVersion();
    void pagesTheFilesOfAVersion();
    void readsFilesOfAVersionFromItsArchiveAlone();
    void neverReadsOutsideTheArtefact();
    void saysThatAnArtefactIsGone();
    void keepsWhatIsNewInAVersion();
    void forgetsAllOfADeletedFunction();

private:
    HttpAnswer create(const QByteArray &name, const QJsonArray &files) const
    {
        return m_platform.api(
            {"POST", "/v1/functions", json({{u"name"_s, QString::fromUtf8(name)}, {u"files"_s, files}})});
    }
    HttpAnswer versionFile(const QByteArray &path, const QByteArray &function = "hello") const
    {
        return m_platform.get("/v1/functions/" + function + "/versions/1/files/" + path);
    }
    [[nodiscard]] QString artefact(const QString &folder, const QString &suffix = {},
                                   const QByteArray &function = "hello") const
    {
        const auto version = object(m_platform.get("/v1/functions/" + function + "/versions/1"));
        return m_platform.dataDirectory() + folder + version[u"artefactDigest"].toString() + suffix;
    }

    TestPlatform m_platform;
    QMap<QByteArray, QByteArray> m_files;
};

void DraftsTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    m_files = TestPlatform::helloFiles("hello");
    m_files["package.json"] = "{\n    \"name\": \"hello\"\n}\n"; // the build adds its type
    m_files["docs/a b.md"] = "# Größe\n";
    QMap<QByteArray, QByteArray> sent = m_files;
    sent.remove("docs/a b.md");
    sent["docs/a%20b.md"] = m_files["docs/a b.md"];
    QCOMPARE(m_platform.deploy("hello", sent, "{}"), QString());
}

void DraftsTest::showsTheFilesOfATemplate()
{
    const auto answer = m_platform.get("/v1/templates/http-api-node");
    QCOMPARE(answer.status, 200);
    const auto shown = object(answer);
    QCOMPARE(shown[u"id"].toString(), u"http-api-node"_s);
    QStringList names;
    QString manifest;
    for (const auto &content : shown[u"contents"].toArray()) {
        names << content[u"path"].toString();
        QVERIFY(!content[u"content"].toString().isEmpty());
        QCOMPARE(content[u"status"][u"sizeBytes"].toInteger(),
                 content[u"content"].toString().toUtf8().size());
        if (names.last() == u"function.yaml") {
            manifest = content[u"content"].toString();
        }
    }
    QCOMPARE(names, shown[u"files"].toVariant().toStringList());
    QVERIFY2(manifest.contains(u"name: @NAME@"), qPrintable(manifest));

    for (const auto &listed : object(m_platform.get("/v1/templates"))[u"items"].toArray()) {
        QVERIFY(listed[u"contents"].toArray().isEmpty());
    }
    const auto unknown = m_platform.get("/v1/templates/cobol-web");
    QCOMPARE(unknown.status, 404);
    QCOMPARE(object(unknown)[u"type"].toString(), u"/problems/control/unknown-template"_s);
}

void DraftsTest::beginsWithTheFilesThatWereSent()
{
    // As the console does: the template's files with the name filled in are what is written.
    QJsonArray files;
    for (const auto &content : object(m_platform.get("/v1/templates/http-api-node"))[u"contents"].toArray()) {
        files << file(content[u"path"].toString(),
                      content[u"content"].toString().replace(u"@NAME@"_s, u"greeter"_s));
    }
    const QByteArray picture("\x89PNG\0\xff", 6);
    files << file(u"docs/picture.png"_s, QString::fromLatin1(picture.toBase64()), u"base64"_s);
    const auto made = create("greeter", files);
    QVERIFY2(made.status == 201, made.body.constData());
    QCOMPARE(paths(m_platform.get("/v1/functions/greeter/files")).size(), files.size());

    const auto template2 =
        m_platform.api({"POST", "/v1/functions", R"({"name":"greeter2","templateId":"http-api-node"})"});
    QCOMPARE(template2.status, 201);
    for (const auto &path : {"function.yaml", "src/handler.js", "test/handler.test.js"}) {
        const auto sent = object(m_platform.get(QByteArray("/v1/functions/greeter/files/") + path));
        const auto own = object(m_platform.get(QByteArray("/v1/functions/greeter2/files/") + path));
        QCOMPARE(own[u"content"].toString().replace(u"greeter2"_s, u"greeter"_s),
                 sent[u"content"].toString());
        QVERIFY(!sent[u"content"].toString().contains(u'@'));
    }
    const auto read = object(m_platform.get("/v1/functions/greeter/files/docs/picture.png"));
    QCOMPARE(read[u"encoding"].toString(), u"base64"_s);
    QCOMPARE(QByteArray::fromBase64(read[u"content"].toString().toLatin1()), picture);
}

void DraftsTest::refusesFilesEachWithItsPointer_data()
{
    QTest::addColumn<QJsonArray>("files");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("at");

    const auto row = [](const char *name, const QJsonArray &files, int status, const QString &type,
                        const QStringList &at) {
        QTest::newRow(name) << files << status << u"/problems/"_s + type << at;
    };
    row("climbs out", {file(u"a.js"_s), file(u"../b.js"_s)}, 422, u"builds/bad-path"_s, {u"/files/1/path"_s});
    row("absolute", {file(u"/etc/passwd"_s)}, 422, u"builds/bad-path"_s, {u"/files/0/path"_s});
    row("empty", {file(QString())}, 422, u"builds/bad-path"_s, {u"/files/0/path"_s});
    row("hidden", {file(u".env"_s)}, 422, u"builds/bad-path"_s, {u"/files/0/path"_s});
    row("twice", {file(u"a.js"_s), file(u"b.js"_s), file(u"a.js"_s)}, 422, u"builds/bad-path"_s,
        {u"/files/2/path"_s});
    row("file and folder", {file(u"src"_s), file(u"src/a.js"_s)}, 422, u"builds/bad-path"_s,
        {u"/files/1/path"_s});
    row("folder and file", {file(u"src/a/b.js"_s), file(u"src-x"_s), file(u"src/a"_s)}, 422,
        u"builds/bad-path"_s, {u"/files/2/path"_s});
    row("no base 64", {file(u"a.png"_s, u"%%"_s, u"base64"_s)}, 422, u"control/invalid"_s,
        {u"/files/0/content"_s});
    row("too large", {file(u"ok.txt"_s), file(u"a.txt"_s, QString(5 * 1024 * 1024 + 1, u'x'))}, 413,
        u"builds/too-large"_s, {u"/files/1/content"_s});
    row("many at once", {file(u"../a"_s), file(u"b"_s, u"%%"_s, u"base64"_s), file(u"ok"_s), file(u"c//d"_s)},
        422, u"builds/bad-path"_s, {u"/files/0/path"_s, u"/files/1/content"_s, u"/files/3/path"_s});
    QJsonArray crowd;
    for (int i = 0; i <= 2'000; ++i) {
        crowd << file(u"f%1"_s.arg(i));
    }
    row("too many", crowd, 413, u"builds/too-large"_s, {u"/files"_s});
    QJsonArray heavy;
    for (int i = 0; i < 11; ++i) {
        heavy << file(u"f%1"_s.arg(i), QString(5 * 1024 * 1024 - 1, u'x'));
    }
    row("too large together", heavy, 413, u"builds/too-large"_s, {u"/files"_s});
    row("wrong field", {QJsonObject{{u"path"_s, 7}}}, 422, u"wire/bad-fields"_s, {u"/files/0/path"_s});
}

void DraftsTest::refusesFilesEachWithItsPointer()
{
    QFETCH(QJsonArray, files);
    QFETCH(int, status);
    QFETCH(QString, type);
    QFETCH(QStringList, at);
    const auto answer = create("refused", files);
    QVERIFY2(answer.status == status, answer.body.constData());
    QCOMPARE(object(answer)[u"type"].toString(), type);
    QCOMPARE(pointers(answer), at);
    QCOMPARE(m_platform.get("/v1/functions/refused").status, 404);
}

void DraftsTest::createsNothingWhenOneFileIsWrong()
{
    const auto both =
        m_platform.api({"POST", "/v1/functions",
                        R"({"name":"neither","templateId":"empty-node","files":[{"path":"a.js"}]})"});
    QCOMPARE(both.status, 422);
    QCOMPARE(pointers(both), QStringList{u"/templateId"_s});
    QCOMPARE(m_platform.get("/v1/functions/neither").status, 404);
    QCOMPARE(create("neither", {file(u"a.js"_s), file(u"a.js/b"_s)}).status, 422);
    // The name is free, and nothing of the refused files is in its draft.
    QCOMPARE(create("neither", {}).status, 201);
    QCOMPARE(paths(m_platform.get("/v1/functions/neither/files")), QStringList());
    // A name in use leaves the draft that is there as it is.
    const auto taken = create("hello", {file(u"other.js"_s)});
    QCOMPARE(taken.status, 409);
    QCOMPARE(m_platform.get("/v1/functions/hello/files/other.js").status, 404);
}

void DraftsTest::readsTheFilesOfAVersion()
{
    const auto list = m_platform.get("/v1/functions/hello/versions/1/files");
    QVERIFY2(list.status == 200, list.body.constData());
    QVERIFY(!list.headers.value("nest-watch-id").isEmpty());
    QCOMPARE(paths(list),
             (QStringList{u"docs/a b.md"_s, u"function.yaml"_s, u"package.json"_s, u"src/handler.js"_s}));
    for (const auto &item : object(list)[u"items"].toArray()) {
        QVERIFY(item[u"content"].toString().isEmpty());
        QCOMPARE(item[u"status"][u"sizeBytes"].toInteger(),
                 m_files[item[u"path"].toString().toUtf8()].size());
    }
    // As in the draft, also where the build has written a type into it.
    for (auto sent = m_files.begin(); sent != m_files.end(); ++sent) {
        const auto read = versionFile(sent.key().toPercentEncoding("/"));
        QVERIFY2(read.status == 200, read.body.constData());
        QCOMPARE(object(read)[u"content"].toString().toUtf8(), sent.value());
    }
    // What the build added to a draft without package.json is none of the draft's files.
    QCOMPARE(m_platform.deploy("bare", TestPlatform::helloFiles("bare"), "{}"), QString());
    QCOMPARE(paths(m_platform.get("/v1/functions/bare/versions/1/files")),
             (QStringList{u"function.yaml"_s, u"src/handler.js"_s}));
    QCOMPARE(versionFile("package.json", "bare").status, 404);
    QVERIFY(QFile::exists(artefact(u"/unpacked/"_s, u"/package.json"_s, "bare")));

    QCOMPARE(m_platform.get("/v1/functions/hello/versions/9/files").status, 404);
    QCOMPARE(m_platform.get("/v1/functions/nobody/versions/1/files").status, 404);
    const auto unknown = versionFile("nothing.js");
    QCOMPARE(unknown.status, 404);
    QCOMPARE(object(unknown)[u"type"].toString(), u"/problems/control/unknown-file"_s);
}

void DraftsTest::pagesTheFilesOfAVersion()
{
    const QByteArray base = "/v1/functions/hello/versions/1/files?limit=3";
    const auto first = m_platform.get(base);
    QCOMPARE(paths(first).size(), 3);
    const auto cursor = object(first)[u"nextCursor"].toString().toUtf8().toPercentEncoding();
    const auto second = m_platform.get(base + "&cursor=" + cursor);
    QCOMPARE(paths(second), QStringList{u"src/handler.js"_s});
    QVERIFY(!object(second).contains(u"nextCursor"));
}

void DraftsTest::readsFilesOfAVersionFromItsArchiveAlone()
{
    QProcess::execute(u"chmod"_s, {u"-R"_s, u"u+w"_s, artefact(u"/unpacked/"_s)});
    QVERIFY(QDir(artefact(u"/unpacked/"_s)).removeRecursively());
    QCOMPARE(versionFile("src/handler.js").status, 200);
}

void DraftsTest::neverReadsOutsideTheArtefact()
{
    for (const auto *path : {"../../../token", "src/../../nest.db", "%2e%2e/%2e%2e/nest.db", "/etc/passwd",
                             "src", "src/handler.js/x", "."}) {
        const auto answer = versionFile(path);
        QVERIFY2(answer.status == 404, path);
        QVERIFY2(!answer.body.contains("root:"), path);
    }
    // Even a link that somebody put into the unpacked folder leads nowhere.
    const auto folder = artefact(u"/unpacked/"_s);
    QProcess::execute(u"chmod"_s, {u"-R"_s, u"u+w"_s, folder});
    QVERIFY(QFile::remove(folder + u"/src/handler.js"_s));
    QVERIFY(QFile::link(u"/etc/passwd"_s, folder + u"/src/handler.js"_s));
    const auto linked = versionFile("src/handler.js");
    QCOMPARE(linked.status, 500);
    QVERIFY2(!linked.body.contains("root:"), linked.body.constData());
    QCOMPARE(object(linked)[u"type"].toString(), u"/problems/builds/artefact"_s);
    QVERIFY(QDir(folder + u"/src"_s).removeRecursively());
    QVERIFY(QFile::link(u"/etc"_s, folder + u"/src"_s));
    QCOMPARE(versionFile("src/handler.js").status, 500);
    QVERIFY(QFile::remove(folder + u"/src"_s));
    QVERIFY(QDir(folder).removeRecursively());
    QCOMPARE(versionFile("src/handler.js").status, 200);
}

void DraftsTest::saysThatAnArtefactIsGone()
{
    const auto archive = artefact(u"/artefacts/"_s, u".tar.zst"_s, "bare");
    const auto folder = artefact(u"/unpacked/"_s, {}, "bare");
    QProcess::execute(u"chmod"_s, {u"-R"_s, u"u+w"_s, folder});
    QVERIFY(QFile::remove(archive) && QDir(folder).removeRecursively());
    for (const auto &answer :
         {m_platform.get("/v1/functions/bare/versions/1/files"), versionFile("src/handler.js", "bare")}) {
        QCOMPARE(answer.status, 404);
        QCOMPARE(object(answer)[u"type"].toString(), u"/problems/builds/no-artefact"_s);
        QVERIFY2(answer.body.contains("Build the function again"), answer.body.constData());
    }
}

void DraftsTest::keepsWhatIsNewInAVersion()
{
    const QByteArray base = "/v1/functions/hello";
    const auto build = m_platform.api({"POST", base + "/builds"});
    QCOMPARE(build.status, 202);
    QVERIFY(waitUntil([&] { return object(m_platform.get(base + "/builds/2"))[u"state"] == u"succeeded"_s; },
                      std::chrono::seconds(60)));
    const auto publish = [&](const QString &description) {
        return m_platform.api(
            {"POST", base + "/versions", json({{u"build"_s, 2}, {u"description"_s, description}})});
    };
    const auto refused = publish(QString(201, u'界'));
    QCOMPARE(refused.status, 422);
    QCOMPARE(pointers(refused), QStringList{u"/description"_s});
    const auto text = QString(200, u'界'); // characters, not bytes
    const auto made = publish(u"  \n"_s + text + u" \t"_s);
    QVERIFY2(made.status == 201, made.body.constData());
    QCOMPARE(object(made)[u"description"].toString(), text);
    m_platform.kill();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(object(m_platform.get(base + "/versions/2"))[u"description"].toString(), text);
    QCOMPARE(object(m_platform.get(base + "/versions/1"))[u"description"].toString(), QString());
    QCOMPARE(paths(m_platform.get(base + "/versions/2/files")).size(), 4);
}

void DraftsTest::forgetsAllOfADeletedFunction()
{
    QCOMPARE(m_platform.api({"PUT", "/v1/functions/bare/events/try", "{}", {{"If-Match", "*"}}}).status, 201);
    const auto drop = [&](const QByteArray &path) {
        return m_platform.api({"DELETE", path, {}, {{"If-Match", "*"}}}).status;
    };
    QCOMPARE(drop("/v1/functions/bare/deployments/default/main/local"), 204);
    QCOMPARE(drop("/v1/functions/bare"), 204);
    QCOMPARE(create("bare", {}).status, 201);
    QVERIFY(object(m_platform.get("/v1/functions/bare/events"))[u"items"].toArray().isEmpty());
    QVERIFY(paths(m_platform.get("/v1/functions/bare/files")).isEmpty());
}

QTEST_GUILESS_MAIN(DraftsTest)
#include "tst_drafts.moc"
