// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Builds with a requirements.txt: the real pip in the real box, against a small index on loopback that lives
// in this test; and a real nestd that then runs what came of it.
#include "tests/support/drafts.h"
#include "tests/support/fileserver.h"
#include "tests/support/testplatform.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::seconds;

namespace {

constexpr auto wheelMaker =
    "import sys, zipfile\n"
    "files = {'tiny/__init__.py': \"word = 'forty-two'\\n\",\n"
    "         'tiny-1.0.0.dist-info/METADATA': 'Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0.0\\n',\n"
    "         'tiny-1.0.0.dist-info/WHEEL': 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: "
    "py3-none-any\\n'}\n"
    "record = 'tiny-1.0.0.dist-info/RECORD'\n"
    "files[record] = ''.join(name + ',,\\n' for name in [*files, record])\n"
    "with zipfile.ZipFile(sys.argv[1], 'w') as wheel:\n"
    "    for name, text in files.items():\n"
    "        wheel.writestr(name, text)\n";

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class PipTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bringsThePackageIntoTheFunction();
    void usesWhatItKeptWithoutAnIndex();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void isCancelledAtOnce();

private:
    QString put(const QByteArray &function, const QByteArray &requirements);
    int startBuild(const QByteArray &function);
    QJsonObject finished(const QByteArray &function, int number);

    FileServer m_index; // with a wheel of `tiny`, and `source`, of which there is none
    QByteArray m_hash;
    TestPlatform m_platform;
};

void PipTest::initTestCase()
{
    QTest::failOnWarning();
    QTemporaryDir folder;
    const auto path = folder.filePath(u"tiny.whl"_s);
    QProcess python;
    python.start(u"python3"_s, {u"-c"_s, QString::fromLatin1(wheelMaker), path});
    QVERIFY(python.waitForFinished() && python.exitCode() == 0);
    QFile made(path);
    QVERIFY(made.open(QIODevice::ReadOnly));
    const auto wheel = made.readAll();
    m_hash = QCryptographicHash::hash(wheel, QCryptographicHash::Sha256).toHex();
    const auto page = [](const QByteArray &file) {
        return "<!doctype html><html><body><a href=\"/files/" + file + "\">" + file + "</a></body></html>";
    };
    m_index.files = {{"/simple/tiny/", page("tiny-1.0.0-py3-none-any.whl")},
                     {"/simple/source/", page("source-1.0.0.tar.gz")},
                     {"/files/tiny-1.0.0-py3-none-any.whl", wheel}};
    QVERIFY(m_index.listen());
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"0"_s, u"--pip-index"_s,
                               u"http://127.0.0.1:%1/simple/"_s.arg(m_index.port())}),
             qPrintable(m_platform.error()));
}

QString PipTest::put(const QByteArray &function, const QByteArray &requirements)
{
    const QMap<QByteArray, QByteArray> files{
        {"function.yaml", "name: " + function + "\nruntime: python3.13\n"},
        {"requirements.txt", requirements},
        {"src/handler.py", "import tiny\n\n\ndef handler(event, context):\n    return {'word': tiny.word}\n"},
        {"test/test_tiny.py",
         "import unittest\nimport tiny\n\n\nclass T(unittest.TestCase):\n"
         "    def test_is_there(self):\n        self.assertEqual(tiny.word, 'forty-two')\n"}};
    return putDraft(m_platform, function, "python3.13", files);
}

int PipTest::startBuild(const QByteArray &function)
{
    return nest::testsupport::startBuild(m_platform, function);
}

QJsonObject PipTest::finished(const QByteArray &function, int number)
{
    return endedBuild(m_platform, function, number);
}

void PipTest::bringsThePackageIntoTheFunction()
{
    QCOMPARE(put("shop", "tiny==1.0.0 \\\n    --hash=sha256:" + m_hash + "\n"), QString());
    const auto build = finished("shop", startBuild("shop"));
    QVERIFY2(build[u"state"].toString() == u"succeeded"_s, qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"Packages: pip install, 1 package from requirements.txt"_s),
             qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"Collecting tiny==1.0.0"_s), qPrintable(logOf(build)));
    QCOMPARE(build[u"tests"][u"passed"].toInt(), 1);
    const auto answer = json(m_platform.api({"POST", "/v1/functions/shop/actions/invoke", R"({"build":1})"}));
    QVERIFY2(answer[u"body"].toString().contains(u"forty-two"_s), QJsonDocument(answer).toJson().constData());
}

void PipTest::usesWhatItKeptWithoutAnIndex()
{
    m_index.close();
    const auto before = m_index.requests;
    const auto build = finished("shop", startBuild("shop"));
    QVERIFY2(build[u"state"].toString() == u"succeeded"_s, qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"1 package from requirements.txt, cached"_s), qPrintable(logOf(build)));
    QCOMPARE(m_index.requests, before);
    QVERIFY(m_index.listen());
}

void PipTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("requirements");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("line");
    QTest::newRow("a hash") << QByteArray("tiny==1.0.0 --hash=sha256:") + QByteArray(64, 'a')
                            << u"DO NOT MATCH THE HASHES"_s << 0;
    QTest::newRow("a version") << QByteArray("tiny==2.0.0\n")
                               << u"No matching distribution found for tiny==2.0.0"_s << 0;
    QTest::newRow("a package") << QByteArray("nothing==1\n")
                               << u"No matching distribution found for nothing==1"_s << 0;
    // It would run its own setup.py, with the network of the host.
    QTest::newRow("no wheel") << QByteArray("source==1.0.0\n")
                              << u"No matching distribution found for source==1.0.0"_s << 0;
    QTest::newRow("no pin") << QByteArray("# mine\ntiny>=1\n") << u"write name==1.2.3"_s << 2;
}

void PipTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, requirements);
    QFETCH(QString, reason);
    QCOMPARE(put("broken", requirements), QString());
    const auto build = finished("broken", startBuild("broken"));
    QVERIFY2(build[u"state"].toString() == u"failed"_s, qPrintable(logOf(build)));
    QVERIFY2(build[u"reason"].toString().contains(reason), qPrintable(build[u"reason"].toString()));
    QCOMPARE(build[u"problems"][0][u"path"].toString(), u"requirements.txt"_s);
    QTEST(build[u"problems"][0][u"line"].toInt(), "line");
}

void PipTest::isCancelledAtOnce()
{
    m_index.isHanging = true;
    QCOMPARE(put("hanging", "tiny==1.0.0\n"), QString());
    const auto before = m_index.requests;
    const auto number = startBuild("hanging");
    QVERIFY(waitUntil([&] { return m_index.requests > before; }, seconds(30)));
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(
        m_platform
            .api({"POST", "/v1/functions/hanging/builds/" + QByteArray::number(number) + "/actions/cancel"})
            .status,
        202);
    const auto cancelled = finished("hanging", number);
    QVERIFY2(clock.elapsed() < 2'000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(cancelled[u"state"].toString(), u"cancelled"_s);
    QCOMPARE(cancelled[u"reason"].toString(), u"Cancelled while pip install fetched the packages."_s);
}

QTEST_GUILESS_MAIN(PipTest)
#include "tst_pip.moc"
