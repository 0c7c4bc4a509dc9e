// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/artefact.h"
#include "platform/builds/packagejson.h"
#include "platform/builds/paths.h"
#include "platform/builds/tararchive.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

using namespace nest;
using namespace nest::builds;

namespace {

std::string contentOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

unsigned modeOf(const std::string &path)
{
    struct stat about{};
    return ::lstat(path.c_str(), &about) == 0 ? about.st_mode & 0777u : 0u;
}

la_ssize_t append(archive * /*unused*/, void *text, const void *bytes, std::size_t size)
{
    static_cast<std::string *>(text)->append(static_cast<const char *>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

struct EvilEntry
{
    const char *path = "a";
    __LA_MODE_T type = AE_IFREG;
    const char *symlink = nullptr;
    const char *hardlink = nullptr;
    std::string content = {};
};

/// A tar as an attacker would write it, without any of writeTar()'s rules.
std::string rawTar(const std::vector<EvilEntry> &entries)
{
    std::string tar;
    archive *writer = archive_write_new();
    archive_write_set_format_pax_restricted(writer);
    archive_write_set_options(writer, "hdrcharset=BINARY");
    archive_write_open(writer, &tar, nullptr, &append, nullptr);
    for (const auto &each : entries) {
        archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, each.path);
        archive_entry_set_filetype(entry, each.type);
        archive_entry_set_perm(entry, 0777);
        archive_entry_set_size(entry, static_cast<la_int64_t>(each.content.size()));
        if (each.symlink) {
            archive_entry_set_symlink(entry, each.symlink);
        }
        if (each.hardlink) {
            archive_entry_set_hardlink(entry, each.hardlink);
        }
        archive_write_header(writer, entry);
        archive_write_data(writer, each.content.data(), each.content.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    return tar;
}

/// Puts the tar where an artefact of its digest belongs.
std::string plant(const ArtefactStore &store, const std::string &tar)
{
    const auto digest = QCryptographicHash::hash(QByteArray::fromStdString(tar), QCryptographicHash::Sha256)
                            .toHex()
                            .toStdString();
    std::string frame(ZSTD_compressBound(tar.size()), '\0');
    frame.resize(ZSTD_compress(frame.data(), frame.size(), tar.data(), tar.size(), 3));
    const auto path = store.archivePath(digest);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << frame;
    return digest;
}

QStringList everythingIn(const QString &folder)
{
    QStringList found;
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        found.append(QDir(folder).relativeFilePath(it.next()));
    }
    found.sort();
    return found;
}

const BuildFiles draft{{"src/handler.js", "export const handler = () => 1;\n"},
                       {"function.yaml", "name: shop\n"},
                       {"data/leer", ""},
                       {"käse.txt", "Käse"}};

} // namespace

class ArtefactTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sameFilesGiveTheSameBytes();
    void everyChangeGivesAnotherDigest();
    void unpacksReadOnlyWhatWasPacked();
    void unpackingTwiceAtOnceIsFine();
    void keepsLongNamesAndManyFiles();
    void alwaysHasAModuleType_data();
    void alwaysHasAModuleType();
    void refusesEvilArchives_data();
    void refusesEvilArchives();
    void noticesAChangedArchive();
    void refusesAFrameThatExplodes();
    void saysThatAnArtefactIsMissing();
    void removesWhatACrashLeft();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ArtefactStore> m_store;
};

void ArtefactTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<ArtefactStore>(m_folder->path().toStdString());
}

void ArtefactTest::sameFilesGiveTheSameBytes()
{
    const auto first = m_store->pack(draft);
    QVERIFY(first);
    auto shuffled = draft;
    std::ranges::reverse(shuffled);
    QCOMPARE(m_store->pack(shuffled).value().digest, first->digest);
    const auto bytes = contentOf(m_store->archivePath(first->digest));
    QCOMPARE(first->bytes, static_cast<std::int64_t>(bytes.size()));

    QTemporaryDir other;
    const ArtefactStore second(other.path().toStdString());
    QCOMPARE(second.pack(shuffled).value(), *first);
    QVERIFY(contentOf(second.archivePath(first->digest)) == bytes);
    // Versions name artefacts by this digest for years: it may only change on purpose.
    QCOMPARE(first->digest, std::string("5565bcdd6bbe1e6d50ad27dfb9389a1785ac4de3e29d7126cd4aba7aa01518b8"));
    QCOMPARE(everythingIn(m_folder->filePath(QStringLiteral("artefacts"))).size(), 1);
}

void ArtefactTest::everyChangeGivesAnotherDigest()
{
    std::set<std::string> digests{m_store->pack(draft).value().digest};
    for (std::size_t i = 0; i < draft.size(); ++i) {
        auto changed = draft;
        changed[i].content += 'x';
        digests.insert(m_store->pack(changed).value().digest);
        auto renamed = draft;
        renamed[i].path += 'x';
        digests.insert(m_store->pack(renamed).value().digest);
    }
    QCOMPARE(digests.size(), 1 + 2 * draft.size());
}

void ArtefactTest::unpacksReadOnlyWhatWasPacked()
{
    const auto artefact = m_store->pack(draft).value();
    const auto folder = m_store->unpack(artefact.digest);
    QVERIFY2(folder, folder ? "" : folder.error().detail.c_str());
    QCOMPARE(*folder, m_folder->path().toStdString() + "/unpacked/" + artefact.digest);
    for (const auto &file : draft) {
        QCOMPARE(contentOf(*folder + '/' + file.path), file.content);
        QCOMPARE(modeOf(*folder + '/' + file.path), 0444u);
    }
    QCOMPARE(modeOf(*folder), 0555u);
    QCOMPARE(modeOf(*folder + "/src"), 0555u);
    QCOMPARE(contentOf(*folder + "/package.json"), std::string("{\"type\":\"module\"}\n"));
    QCOMPARE(m_store->unpack(artefact.digest), folder);
}

void ArtefactTest::unpackingTwiceAtOnceIsFine()
{
    BuildFiles files;
    for (int i = 0; i < 200; ++i) {
        files.push_back({"src/f" + std::to_string(i), std::to_string(i)});
    }
    const auto digest = m_store->pack(files).value().digest;
    std::array<Result<std::string>, 4> results;
    {
        std::vector<std::jthread> threads;
        for (auto &result : results) {
            threads.emplace_back([&] { result = m_store->unpack(digest); });
        }
    }
    for (const auto &result : results) {
        QVERIFY2(result, result ? "" : result.error().detail.c_str());
        QCOMPARE(contentOf(*result + "/src/f199"), std::string("199"));
    }
    QCOMPARE(QDir(m_folder->filePath(QStringLiteral("unpacked")))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QString::fromStdString(digest)});
}

void ArtefactTest::keepsLongNamesAndManyFiles()
{
    BuildFiles files;
    const std::string segment(250, 'n');
    files.push_back({segment + '/' + segment + '/' + segment + "/a", "long"});
    for (int i = 0; i < 1'990; ++i) {
        files.push_back({"f" + std::to_string(i), "x"});
    }
    const auto folder = m_store->unpack(m_store->pack(files).value().digest);
    QVERIFY2(folder, folder ? "" : folder.error().detail.c_str());
    QCOMPARE(contentOf(*folder + '/' + files.front().path), std::string("long"));
    QCOMPARE(contentOf(*folder + "/f1989"), std::string("x"));
}

void ArtefactTest::alwaysHasAModuleType_data()
{
    QTest::addColumn<QByteArray>("package");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << QByteArray() << QByteArray("{\"type\":\"module\"}\n");
    QTest::newRow("without type") << QByteArray("{\"name\": \"shop\"}")
                                  << QByteArray("{\"name\":\"shop\",\"type\":\"module\"}\n");
    QTest::newRow("commonjs stays") << QByteArray("{ \"type\": \"commonjs\" }")
                                    << QByteArray("{ \"type\": \"commonjs\" }");
    QTest::newRow("broken stays") << QByteArray("{ \"type") << QByteArray("{ \"type");
}

void ArtefactTest::alwaysHasAModuleType()
{
    QFETCH(QByteArray, package);
    QFETCH(QByteArray, expected);
    auto files = draft;
    if (!package.isEmpty()) {
        files.push_back({"package.json", package.toStdString()});
    }
    const auto complete = withPackageType(files);
    const auto found = std::ranges::find(complete, "package.json", &BuildFile::path);
    QVERIFY(found != complete.end());
    QCOMPARE(found->content, expected.toStdString());
    QCOMPARE(complete.size(), draft.size() + 1);
}

void ArtefactTest::refusesEvilArchives_data()
{
    QTest::addColumn<QByteArray>("tar");
    const auto row = [](const char *name, const std::vector<EvilEntry> &entries) {
        QTest::newRow(name) << QByteArray::fromStdString(rawTar(entries));
    };
    row("parent", {{.path = "../escaped", .content = "x"}});
    row("parent inside", {{.path = "a/../../escaped", .content = "x"}});
    row("absolute", {{.path = "/tmp/nest-escaped", .content = "x"}});
    row("symbolic link", {{.path = "link", .type = AE_IFLNK, .symlink = "/etc"}});
    row("through a link",
        {{.path = "link", .type = AE_IFLNK, .symlink = ".."}, {.path = "link/escaped", .content = "x"}});
    row("hard link", {{.path = "a", .content = "x"}, {.path = "b", .hardlink = "a"}});
    row("hard link outside", {{.path = "b", .hardlink = "/etc/passwd"}});
    row("folder", {{.path = "folder", .type = AE_IFDIR}});
    row("pipe", {{.path = "pipe", .type = AE_IFIFO}});
    row("device", {{.path = "device", .type = AE_IFCHR}});
    row("twice", {{.path = "a", .content = "x"}, {.path = "a", .content = "y"}});
    row("file and folder", {{.path = "a", .content = "x"}, {.path = "a/b", .content = "y"}});
    row("control character", {{.path = "a\nb", .content = "x"}});
    row("reserved", {{.path = ".nest/x", .content = "x"}});
    row("too large a file", {{.path = "a", .content = std::string(maxPackageFileBytes + 1, 'x')}});
    const auto whole = rawTar({{.path = "a", .content = std::string(5'000, 'x')}});
    QTest::newRow("cut off") << QByteArray::fromStdString(whole).left(3'000);
    QTest::newRow("no tar") << QByteArray(4'096, 'x');
}

void ArtefactTest::refusesEvilArchives()
{
    QFETCH(QByteArray, tar);
    const auto digest = plant(*m_store, tar.toStdString());
    const auto folder = m_store->unpack(digest);
    QVERIFY(!folder);
    QCOMPARE(folder.error().type, std::string("builds/bad-artefact"));
    QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("escaped"))));
    QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("unpacked/escaped"))));
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/nest-escaped")));
    QCOMPARE(everythingIn(m_folder->filePath(QStringLiteral("unpacked"))), QStringList());
}

void ArtefactTest::noticesAChangedArchive()
{
    const auto artefact = m_store->pack(draft).value();
    auto files = draft;
    files.front().content += "// changed";
    const auto other = m_store->pack(files).value();
    std::filesystem::copy_file(m_store->archivePath(other.digest), m_store->archivePath(artefact.digest),
                               std::filesystem::copy_options::overwrite_existing);
    auto folder = m_store->unpack(artefact.digest);
    QVERIFY(!folder);
    QVERIFY(folder.error().detail.contains("was changed on disk"));
    std::filesystem::resize_file(m_store->archivePath(artefact.digest), 20);
    folder = m_store->unpack(artefact.digest);
    QVERIFY(!folder);
    QCOMPARE(folder.error().type, std::string("builds/bad-artefact"));
}

void ArtefactTest::refusesAFrameThatExplodes()
{
    const auto digest =
        plant(*m_store, std::string(artefactLimits.bytes + artefactLimits.files * 2'560 + 1, '\0'));
    QVERIFY(std::filesystem::file_size(m_store->archivePath(digest)) < 100'000);
    const auto folder = m_store->unpack(digest);
    QVERIFY(!folder);
    QVERIFY(folder.error().detail.contains("too large"));
}

void ArtefactTest::saysThatAnArtefactIsMissing()
{
    QCOMPARE(m_store->unpack(std::string(64, 'a')).error().type, std::string("builds/no-artefact"));
    QCOMPARE(m_store->unpack("../artefacts").error().type, std::string("builds/no-artefact"));
    QCOMPARE(m_store->unpack("").error().type, std::string("builds/no-artefact"));
}

void ArtefactTest::removesWhatACrashLeft()
{
    const auto artefact = m_store->pack(draft).value();
    QVERIFY(m_store->unpack(artefact.digest));
    const auto left = m_folder->path().toStdString() + "/unpacked/.unpack-abcdef";
    std::filesystem::create_directories(left + "/src");
    std::ofstream(left + "/src/half") << "half";
    ::chmod((left + "/src").c_str(), 0555);
    m_store->removeLeftovers();
    QVERIFY(!std::filesystem::exists(left));
    QVERIFY(m_store->unpack(artefact.digest));
}

QTEST_GUILESS_MAIN(ArtefactTest)
#include "tst_artefact.moc"
