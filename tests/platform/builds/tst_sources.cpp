// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/filecontent.h"
#include "platform/builds/sources.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace nest;
using namespace nest::builds;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> pathsOf(const Result<std::vector<wire::File>> &files)
{
    std::vector<std::string> paths;
    for (const auto &file : files.value_or(std::vector<wire::File>())) {
        paths.push_back(file.path);
    }
    return paths;
}

std::string textOf(const Result<std::optional<wire::File>> &file)
{
    return file && *file ? (*file)->content : "none";
}

} // namespace

class SourcesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsTheDraftOfANote();
    void keepsAPackageJsonAsTheDraftHadIt();
    void infersTheDraftWithoutANote();
    void followsNoLink();
    void bytesComeBackAsTheyWere();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ArtefactStore> m_store;
};

void SourcesTest::init()
{
    QTest::failOnWarning();
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<ArtefactStore>(m_folder->path().toStdString());
}

void SourcesTest::readsTheDraftOfANote()
{
    const BuildFiles draft{{"z.js", "1"}, {"node_modules/own/index.js", "mine"}, {"a/b.js", ""}};
    auto packed = draft;
    packed.push_back({"node_modules/left-pad/index.js", "the build's"});
    const auto artefact = m_store->pack(packed);
    QVERIFY(artefact);
    const auto note = sourcesOf(draft);
    const auto files = listSources(*m_store, artefact->digest, note);
    QCOMPARE(pathsOf(files), (std::vector<std::string>{"a/b.js", "node_modules/own/index.js", "z.js"}));
    QCOMPARE(files->at(1).status->sizeBytes, 4);
    QCOMPARE(textOf(readSource(*m_store, artefact->digest, "node_modules/own/index.js", note)), "mine");
    QCOMPARE(textOf(readSource(*m_store, artefact->digest, "a/b.js", note)), "");
    for (const auto *other : {"node_modules/left-pad/index.js", "package.json", "a", "../z.js", ""}) {
        QCOMPARE(textOf(readSource(*m_store, artefact->digest, other, note)), "none");
    }
    QCOMPARE(readSource(*m_store, std::string(64, 'a'), "z.js", note).error().type, "builds/no-artefact");
    QCOMPARE(listSources(*m_store, "../../etc", note).error().type, "builds/no-artefact");
}

void SourcesTest::keepsAPackageJsonAsTheDraftHadIt()
{
    const std::string pretty = "{\n  \"name\": \"shop\"\n}\n";
    const auto artefact = m_store->pack({{"package.json", pretty}});
    const auto note = sourcesOf({{"package.json", pretty}});
    QCOMPARE(textOf(readSource(*m_store, artefact->digest, "package.json", note)), pretty);
    QVERIFY(listSources(*m_store, artefact->digest, note)->front().content.empty());
    const std::string complete = "{ \"type\": \"module\" }\n"; // nothing to add: it lies in the artefact
    QVERIFY(sourcesOf({{"package.json", complete}}).items.front().content.empty());
}

void SourcesTest::infersTheDraftWithoutANote()
{
    const auto artefact = m_store->pack({{"b.js", "1"}, {"a/c.js", "2"}, {"node_modules/x/i.js", "3"}});
    QCOMPARE(pathsOf(listSources(*m_store, artefact->digest, {})),
             (std::vector<std::string>{"a/c.js", "b.js"}));
    QCOMPARE(textOf(readSource(*m_store, artefact->digest, "a/c.js", {})), "2");
    QCOMPARE(textOf(readSource(*m_store, artefact->digest, "node_modules/x/i.js", {})), "none");
    QCOMPARE(textOf(readSource(*m_store, artefact->digest, "package.json", {})), "none");
    const auto own = m_store->pack({{"package.json", "{\"type\":\"commonjs\"}"}});
    QCOMPARE(pathsOf(listSources(*m_store, own->digest, {})), std::vector<std::string>{"package.json"});
}

void SourcesTest::followsNoLink()
{
    const BuildFiles draft{{"a/b.js", "1"}, {"c.js", "2"}, {"d.js", "3"}};
    const auto artefact = m_store->pack(draft);
    const auto folder = m_store->unpack(artefact->digest);
    QVERIFY(folder);
    for (const auto &each : {*folder, *folder + "/a"}) {
        fs::permissions(each, fs::perms::owner_all);
    }
    const auto outside = m_folder->filePath(QStringLiteral("secret")).toStdString();
    fs::create_directory(outside);
    std::ofstream(outside + "/b.js") << "secret";
    fs::remove_all(*folder + "/a");
    fs::create_directory_symlink(outside, *folder + "/a");
    fs::remove(*folder + "/c.js");
    fs::create_symlink(outside + "/b.js", *folder + "/c.js");
    fs::remove(*folder + "/d.js");
    fs::create_directory(*folder + "/d.js");
    for (const auto *path : {"a/b.js", "c.js", "d.js"}) {
        const auto read = readSource(*m_store, artefact->digest, path, sourcesOf(draft));
        QVERIFY2(!read, path);
        QCOMPARE(read.error().type, "builds/artefact");
        QCOMPARE(textOf(readSource(*m_store, artefact->digest, path, {})), "none");
    }
    QVERIFY(pathsOf(listSources(*m_store, artefact->digest, {})).empty());
}

void SourcesTest::bytesComeBackAsTheyWere()
{
    for (const auto &bytes :
         {std::string("text ü\n"), std::string("\0x", 2), std::string("\xff"), std::string()}) {
        const auto file = wireFile("a", bytes);
        QCOMPARE(file.status->sizeBytes, static_cast<std::int64_t>(bytes.size()));
        QCOMPARE(bytesOf(file).value_or("none"), bytes);
    }
    QCOMPARE(wireFile("a", "text").encoding, wire::FileEncoding::Utf8);
    QCOMPARE(wireFile("a", "\xff").encoding, wire::FileEncoding::Base64);
    wire::File broken;
    broken.encoding = wire::FileEncoding::Base64;
    broken.content = "%%";
    QVERIFY(!bytesOf(broken));
}

QTEST_GUILESS_MAIN(SourcesTest)
#include "tst_sources.moc"
