// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What of npm's result is taken, how long it is kept, and what its words become. npm itself runs in tst_npm.
#include "platform/builds/filetree.h"
#include "platform/builds/packages.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace nest;
using namespace nest::builds;
namespace fs = std::filesystem;

class PackagesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_data = std::make_unique<QTemporaryDir>(); }
    void wishesOnlyWithALockFile();
    void keepsPlainFilesOnly_data();
    void keepsPlainFilesOnly();
    void callsClassesByTheirName();
    void forgetsTheOldestBeyondItsSize();
    void saysWhatNpmSaid();

private:
    /// As npm leaves it, with one file.
    std::string npmFolder(const std::string &name, std::size_t bytes = 3) const
    {
        const auto folder = m_data->path().toStdString() + "/" + name;
        fs::create_directories(folder + "/node_modules/tiny");
        std::ofstream(folder + "/node_modules/tiny/index.js") << std::string(bytes, 'x');
        return folder;
    }
    std::unique_ptr<QTemporaryDir> m_data;
};

void PackagesTest::wishesOnlyWithALockFile()
{
    const BuildFile package{"package.json", R"({"dependencies":{"tiny":"1"}})"};
    const BuildFile lock{"package-lock.json",
                         R"({"packages":{"":{},"node_modules/tiny":{},"node_modules/b":{}}})"};
    QVERIFY(!packageWish({package}, "v20"));
    QVERIFY(!packageWish({lock}, "v20"));
    const auto wish = packageWish({package, lock}, "v20");
    QVERIFY(wish);
    QCOMPARE(wish->count, 2U);
    QCOMPARE(wish->key.size(), 64U);
    QCOMPARE(
        packageWish({{"package.json", R"({"name":"other","dependencies":{"tiny":"1"}})"}, lock}, "v20")->key,
        wish->key);
    QVERIFY(packageWish({{"package.json", R"({"dependencies":{"tiny":"2"}})"}, lock}, "v20")->key !=
            wish->key);
    QVERIFY(packageWish({package, lock}, "v22")->key != wish->key);
}

void PackagesTest::keepsPlainFilesOnly_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("link out") << 0 << QByteArray("'node_modules/bad' is a link");
    QTest::newRow("pipe") << 1 << QByteArray("'node_modules/bad' is a device, a socket or a pipe");
    QTest::newRow("setuid") << 2 << QByteArray("'node_modules/bad' would run as another user");
    QTest::newRow("plain") << 3 << QByteArray();
}

void PackagesTest::keepsPlainFilesOnly()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, words);
    const auto folder = npmFolder("npm");
    const auto bad = folder + "/node_modules/bad";
    if (kind == 0) {
        fs::create_symlink("/etc/passwd", bad);
    } else if (kind == 1) {
        QCOMPARE(::mkfifo(bad.c_str(), 0600), 0);
    } else {
        std::ofstream(bad) << "x";
        QCOMPARE(::chmod(bad.c_str(), kind == 2 ? 04755 : 0644), 0);
    }
    const PackageStore store(m_data->path().toStdString());
    const auto kept = store.keep(folder, "key");
    QCOMPARE(kept.has_value(), words.isEmpty());
    if (!kept) {
        QVERIFY2(kept.error().detail.contains(words.toStdString()), kept.error().detail.c_str());
        QVERIFY(!store.find("key"));
        return;
    }
    QCOMPARE(store.find("key"), std::optional(*kept));
    const auto files = PackageStore::read(*kept);
    QVERIFY(files);
    QCOMPARE(files->size(), 2U);
    QVERIFY(std::ranges::contains(*files, BuildFile{"node_modules/tiny/index.js", "xxx"}));
}

void PackagesTest::callsClassesByTheirName()
{
    const QTemporaryDir folder;
    std::filesystem::create_symlink("/etc/hostname",
                                    folder.filePath(QStringLiteral("Handler.class")).toStdString());
    const auto read = readTree(folder.path().toStdString(), "classes", classWords);
    QVERIFY(!read);
    QCOMPARE(read.error().detail,
             std::string("The compiled classes cannot be used: 'classes/Handler.class' is a link."));
}

void PackagesTest::forgetsTheOldestBeyondItsSize()
{
    const PackageStore store(m_data->path().toStdString(), 2'500);
    for (const auto *name : {"a", "b", "c"}) {
        const auto kept = store.keep(npmFolder(std::string("npm-") + name, 1'000), name);
        QVERIFY(kept);
        fs::last_write_time(*kept,
                            fs::file_time_type::clock::now() - std::chrono::hours(*name == 'a' ? 5 : 9));
    }
    QVERIFY(store.keep(npmFolder("npm-d", 1'000), "d"));
    QVERIFY(!store.find("b") && !store.find("c")); // used longest ago
    QVERIFY(store.find("a") && store.find("d"));
}

void PackagesTest::saysWhatNpmSaid()
{
    QCOMPARE(npmReason({}), "");
    QCOMPARE(npmReason({"npm ERR! code E404", "npm ERR! 404 Not Found - GET http://x/tiny",
                        "npm ERR! A complete log of this run can be found in:",
                        "npm ERR!     /work/cache/_logs/x"}),
             "E404: 404 Not Found - GET http://x/tiny");
}

QTEST_GUILESS_MAIN(PackagesTest)
#include "tst_packages.moc"
