// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Unsaved text on disk, and the difference of two texts.
#include "models/draft/textdiff.h"
#include "models/draft/unsavedstore.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using nest::models::UnsavedStore;
using nest::models::UnsavedText;

class TestUnsavedStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void givesBackWhatAStoreThatIsGoneKept();
    void leavesTheTextsOfALivingStoreAlone();
    void givesTheNewestOfAPathAndKeepsTheOlderOne();
    void forgetsOnlyItsOwn();
    void ignoresWhatIsBroken();
    void saysWhenTheFolderCannotBeWritten();
    void makesNoPathOutOfNames();
    void showsTheDifferenceOfTwoTexts();

private:
    [[nodiscard]] static UnsavedText text(const QString &content, int second = 0)
    {
        return {u"src/ä b.js"_s, "7", content,
                QDateTime(QDate(2026, 3, 1), QTime(10, 0, second, 5), QTimeZone::UTC)};
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList({u"*.text"_s}, QDir::Files);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestUnsavedStore::givesBackWhatAStoreThatIsGoneKept()
{
    {
        UnsavedStore store(m_folder->path());
        QVERIFY(store.keep(text(u"line\n\ttab „“\r\n"_s)));
        QVERIFY(store.keep(text(u"line\n\ttab „“ more\r\n"_s))); // one file a path
    }
    QCOMPARE(files().size(), 1);
    UnsavedStore next(m_folder->path());
    const auto adopted = next.adopt();
    QCOMPARE(adopted.size(), std::size_t(1));
    QCOMPARE(adopted.front().path, u"src/ä b.js"_s);
    QCOMPARE(adopted.front().etag, "7");
    QCOMPARE(adopted.front().text, u"line\n\ttab „“ more\r\n"_s);
    QCOMPARE(adopted.front().keptAt, text({}).keptAt);
    QCOMPARE(files().size(), 1); // until it is saved
    next.forget(u"src/ä b.js"_s);
    QVERIFY(files().isEmpty());
}

void TestUnsavedStore::leavesTheTextsOfALivingStoreAlone()
{
    UnsavedStore first(m_folder->path());
    QVERIFY(first.keep(text(u"first"_s)));
    UnsavedStore second(m_folder->path());
    QVERIFY(second.adopt().empty());
    QVERIFY(second.keep(text(u"second"_s)));
    QCOMPARE(files().size(), 2);
    QVERIFY(first.adopt().empty());
}

void TestUnsavedStore::givesTheNewestOfAPathAndKeepsTheOlderOne()
{
    {
        UnsavedStore first(m_folder->path());
        UnsavedStore second(m_folder->path());
        QVERIFY(first.keep(text(u"older"_s, 1)));
        QVERIFY(second.keep(text(u"newer"_s, 2)));
    }
    UnsavedStore third(m_folder->path());
    const auto adopted = third.adopt();
    QCOMPARE(adopted.size(), std::size_t(1));
    QCOMPARE(adopted.front().text, u"newer"_s);
    third.forget(adopted.front().path);
    UnsavedStore fourth(m_folder->path());
    QCOMPARE(fourth.adopt().front().text, u"older"_s);
}

void TestUnsavedStore::forgetsOnlyItsOwn()
{
    UnsavedStore first(m_folder->path());
    QVERIFY(first.keep(text(u"first"_s)));
    UnsavedStore second(m_folder->path());
    second.forget(u"src/ä b.js"_s);
    QVERIFY(second.keep(text(u"second"_s)));
    second.forget(u"src/ä b.js"_s);
    QCOMPARE(files().size(), 1);
}

void TestUnsavedStore::ignoresWhatIsBroken()
{
    QFile broken(m_folder->filePath(u"0123-abcd.text"_s));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{\"path\":\"x.js\",\"te");
    broken.close();
    UnsavedStore store(m_folder->path());
    QVERIFY(store.adopt().empty());
    QVERIFY(broken.exists()); // a person may look at it
}

void TestUnsavedStore::saysWhenTheFolderCannotBeWritten()
{
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    UnsavedStore store(file.fileName() + u"/below"_s);
    const auto kept = store.keep(text(u"x"_s));
    QVERIFY(!kept);
    QCOMPARE(kept.error().type, "draft/not-kept");
    QVERIFY(kept.error().detail.find(file.fileName().toStdString()) != std::string::npos);
    QVERIFY(store.adopt().empty());
}

void TestUnsavedStore::makesNoPathOutOfNames()
{
    QCOMPARE(UnsavedStore::folderFor(u"/r"_s, u"local"_s, u"hello"_s), u"/r/local/hello"_s);
    QCOMPARE(UnsavedStore::folderFor(u"/r"_s, u"../a b"_s, u"hello"_s), u"/r/%2E%2E%2Fa%20b/hello"_s);
    QCOMPARE(UnsavedStore::folderFor(u"/r"_s, {}, u"hello"_s), u"/r/_/hello"_s);
}

void TestUnsavedStore::showsTheDifferenceOfTwoTexts()
{
    using nest::models::unifiedDiff;
    QCOMPARE(unifiedDiff(u"a\nb\nc\n"_s, u"a\nB\nc\n"_s, u"x.js"_s), u"@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"_s);
    QCOMPARE(unifiedDiff(u"a\n"_s, u"a\n"_s, u"x.js"_s), QString());
    QCOMPARE(unifiedDiff({}, u"ä\n"_s, u"x.js"_s), u"@@ -0,0 +1 @@\n+ä\n"_s);
}

QTEST_GUILESS_MAIN(TestUnsavedStore)
#include "tst_unsavedstore.moc"
