// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a requirements.txt may say, and what pip says when it fails.
#include "platform/builds/pip.h"
#include "platform/builds/requirements.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::builds;

class RequirementsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesPins();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
    void handsPipWhatItUnderstood();
    void wantsNoPackagesBesideIt();
    void keysByFileAndPython();
    void tellsWhatPipSaid();
};

void RequirementsTest::takesPins()
{
    const auto read =
        readRequirements("# made by pip-compile\n"
                         "\n"
                         "tiny==1.0.0\n"
                         "Other.Thing[extra, more] == 2.0.post1 ; python_version < '4'  # why\r\n"
                         "hashed==3 \\\n"
                         "    --hash=sha256:0123456789abcdef \\\n"
                         "    --hash=sha512:aa\n"
                         "local===1.0+build.7");
    QCOMPARE(read.problems.size(), std::size_t(0));
    const std::vector<std::string> lines{
        "tiny==1.0.0", "Other.Thing[extra, more] == 2.0.post1 ; python_version < '4'",
        "hashed==3 --hash=sha256:0123456789abcdef --hash=sha512:aa", "local===1.0+build.7"};
    QCOMPARE(read.lines, lines);
    QVERIFY(readRequirements("").lines.empty());
}

void RequirementsTest::refusesEverythingElse_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
         {"tiny", "tiny>=1", "tiny==1.*", "tiny==1,<2", "-r other.txt", "--index-url http://x/", "-e .",
          "./tiny", "https://x/tiny-1.whl", "tiny @ https://x/tiny.whl", "git+https://x/tiny",
          "tiny==1 --hash=md5:aa", "tiny==1 --global-option=x", "tiny==1 --hash=sha256:zz", "==1",
          "tiny==1 other==2", "tiny==1 ; python_version>'3' -e ./evil", "tiny==1 ; x == '${HOME}'",
          "tiny==1 ; x \\\\"}) {
        QTest::newRow(line) << QByteArray(line);
    }
    // pip ends a line at each of these, and would take the rest for a line of its own.
    QTest::newRow("form feed") << QByteArray("tiny==1 ;python_version>'3'\x0chttps://x/tiny.tar.gz");
    QTest::newRow("carriage return") << QByteArray("tiny==1 ;python_version>'3'\rhttps://x/tiny.tar.gz");
    QTest::newRow("file separator") << QByteArray("tiny==1 ;python_version>'3'\x1chttps://x/tiny.tar.gz");
    QTest::newRow("line separator") << QByteArray(
        "tiny==1 ;python_version>'3'\xe2\x80\xa8https://x/tiny.tar.gz");
    QTest::newRow("next line") << QByteArray("tiny==1 ;python_version>'3'\xc2\x85https://x/tiny.tar.gz");
    QTest::newRow("in a comment") << QByteArray("# mine\rtiny==1");
    QTest::newRow("letters") << QByteArray("t\xc3\xafny==1");
    QTest::newRow("a long version") << "tiny==" + QByteArray(60 * 1024, '1');
    QTest::newRow("a long name") << QByteArray(60 * 1024, 'a') + "==1";
}

void RequirementsTest::refusesEverythingElse()
{
    QFETCH(QByteArray, line);
    const auto read = readRequirements("good==1\n\n" + line.toStdString() + "\n");
    QCOMPARE(read.problems.size(), std::size_t(1));
    QCOMPARE(read.problems.front().path, std::string("requirements.txt"));
    QCOMPARE(read.problems.front().line, 3);
    QVERIFY(read.problems.front().message.contains("write name==1.2.3"));
    QVERIFY(read.problems.front().message.size() < 250);
}

void RequirementsTest::handsPipWhatItUnderstood()
{
    // pip would decode the file by the first line's word, and the comment holds an address then.
    const auto wish = pipWish({{"requirements.txt", "# coding: utf-7\n"
                                                    "# +AAo-https://x/tiny.tar.gz, 微小\n"
                                                    "\n"
                                                    "tiny==1 ;  python_version > '3' \\\n"
                                                    "  --hash=sha256:aa # ours\r\n"
                                                    "other==2 ;\n"}},
                              "3");
    QVERIFY(wish);
    QCOMPARE(wish->count, std::size_t(2));
    const QTemporaryDir folder;
    QVERIFY(writePipFolder(folder.path().toStdString(), *wish));
    QFile file(folder.filePath(u"requirements.txt"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("tiny==1 ; python_version > '3' --hash=sha256:aa\nother==2\n"));
}

void RequirementsTest::wantsNoPackagesBesideIt()
{
    const auto read = requirementsOf({{"requirements.txt", "a==1\n"}, {"site-packages/b/__init__.py", ""}});
    QCOMPARE(read.problems.size(), std::size_t(1));
    QVERIFY(read.problems.front().message.contains("remove it from the draft"));
    QVERIFY(requirementsOf({{"site-packages/b/__init__.py", ""}}).problems.empty());
}

void RequirementsTest::keysByFileAndPython()
{
    QVERIFY(!pipWish({{"a.py", ""}}, "3"));
    QVERIFY(!pipWish({{"requirements.txt", "# none\n"}}, "3"));
    const auto wish = pipWish({{"requirements.txt", "a==1\n"}}, "3");
    QVERIFY(wish);
    QCOMPARE(wish->count, std::size_t(1));
    QCOMPARE(pipWish({{"requirements.txt", "a==1\n"}, {"b.py", ""}}, "3")->key, wish->key);
    QCOMPARE(pipWish({{"requirements.txt", "# why\na==1\n"}}, "3")->key, wish->key);
    QVERIFY(pipWish({{"requirements.txt", "a==2\n"}}, "3")->key != wish->key);
    QVERIFY(pipWish({{"requirements.txt", "a==1\n"}}, "4")->key != wish->key);
}

void RequirementsTest::tellsWhatPipSaid()
{
    QCOMPARE(
        pipReason(
            {"Collecting tiny==2",
             "ERROR: Could not find a version that satisfies the requirement tiny==2 (from versions: 1.0.0)",
             "ERROR: No matching distribution found for tiny==2."}),
        std::string("Could not find a version that satisfies the requirement tiny==2 (from versions: 1.0.0). "
                    "No matching distribution found for tiny==2"));
    QCOMPARE(pipReason({}), std::string());
}

QTEST_APPLESS_MAIN(RequirementsTest)
#include "tst_requirements.moc"
