// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Builds with a pom.xml: the real Maven in the real box, against a small repository on loopback that lives in
// this test; a real nestd that runs what came of it, and a pool that has loaded it ahead.
#include "tests/support/drafts.h"
#include "tests/support/fileserver.h"
#include "tests/support/testplatform.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using std::chrono::seconds;

namespace {

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QByteArray dependency(const QByteArray &artifact, const QByteArray &version, const QByteArray &more = {})
{
    return "<dependency><groupId>example</groupId><artifactId>" + artifact + "</artifactId><version>" +
           version + "</version>" + more + "</dependency>\n";
}

QByteArray pom(const QByteArray &dependencies, const QByteArray &more = {})
{
    return "<project>\n" + more + "<dependencies>\n" + dependencies + "</dependencies></project>\n";
}

const QByteArray ofTests = "<scope>test</scope>";
const QByteArray handler =
    "import example.Greeting;\n"
    "public class Handler {\n"
    "    public Object handler() {\n"
    "        boolean hasCheck = true;\n"
    "        try { Class.forName(\"example.Check\"); }\n"
    "        catch (ClassNotFoundException error) { hasCheck = false; }\n"
    "        return java.util.Map.of(\"text\", Greeting.text(), \"loaded\", Greeting.LOADED, "
    "\"hasCheck\", hasCheck);\n"
    "    }\n}\n";
const QByteArray test = "import static org.junit.jupiter.api.Assertions.*;\n"
                        "import org.junit.jupiter.api.Test;\n"
                        "class HandlerTest {\n"
                        "    @Test void greets() { example.Check.that(example.Greeting.text()); }\n}\n";

} // namespace

class MavenTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bringsThePackagesIntoTheFunction();
    void usesWhatItKeptWithoutARepository();
    void runsNothingOfThePom();
    void aPoolHasThemLoadedAhead();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void isCancelledAtOnce();

private:
    void makePackage(const QByteArray &artifact, const QByteArray &version, const QByteArray &source,
                     const QByteArray &dependencies = {});
    void serve(const QByteArray &path, const QByteArray &content);
    QString put(const QByteArray &function, const QByteArray &pomXml);
    int startBuild(const QByteArray &function);
    QJsonObject finished(const QByteArray &function, int number);

    FileServer m_repository;
    QTemporaryDir m_classes; // of all packages: the later ones are compiled against the earlier
    TestPlatform m_platform;
};

void MavenTest::serve(const QByteArray &path, const QByteArray &content)
{
    m_repository.files[path] = content;
    m_repository.files[path + ".sha1"] = QCryptographicHash::hash(content, QCryptographicHash::Sha1).toHex();
}

/// A class in the package `example`, named in the first line of the source's comment.
void MavenTest::makePackage(const QByteArray &artifact, const QByteArray &version, const QByteArray &source,
                            const QByteArray &dependencies)
{
    const QTemporaryDir folder;
    const auto name = QString::fromLatin1(source.mid(3, source.indexOf('\n') - 3));
    QFile file(folder.filePath(name + u".java"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(source);
    file.close();
    QProcess tools;
    tools.start(u"javac"_s, {u"-J-XX:TieredStopAtLevel=1"_s, u"-cp"_s, m_classes.path(), u"-d"_s,
                             m_classes.path(), file.fileName()});
    QVERIFY2(tools.waitForFinished() && tools.exitCode() == 0, tools.readAllStandardError().constData());
    const auto jar = folder.filePath(u"made.jar"_s);
    tools.start(u"jar"_s, {u"--create"_s, u"--file"_s, jar, u"-C"_s, m_classes.path(),
                           u"example/"_s + name + u".class"_s});
    QVERIFY2(tools.waitForFinished() && tools.exitCode() == 0, tools.readAllStandardError().constData());
    QFile made(jar);
    QVERIFY(made.open(QIODevice::ReadOnly));
    const auto path = "/example/" + artifact + '/' + version + '/' + artifact + '-' + version;
    serve(path + ".jar", made.readAll());
    serve(path + ".pom", "<project><modelVersion>4.0.0</modelVersion><groupId>example</groupId><artifactId>" +
                             artifact + "</artifactId><version>" + version + "</version><dependencies>" +
                             dependencies + "</dependencies></project>");
}

void MavenTest::initTestCase()
{
    QTest::failOnWarning();
    if (!QFileInfo::exists(u"/usr/share/maven-repo/org/apache/maven/plugins/maven-dependency-plugin"_s)) {
        QSKIP("Maven is not installed: maven and libmaven-dependency-plugin-java");
    }
    makePackage("words", "1.1",
                "// Words\npackage example;\npublic class Words { public static String word() { return "
                "\"forty-two\"; } }\n");
    makePackage("greeting", "1.0",
                "// Greeting\npackage example;\npublic class Greeting {\n"
                "    public static final long LOADED = System.currentTimeMillis();\n"
                "    public static String text() { return \"hello \" + Words.word(); }\n}\n",
                dependency("words", "1.1"));
    makePackage(
        "check", "2.0",
        "// Check\npackage example;\npublic class Check {\n"
        "    public static void that(String text) { if (!text.equals(\"hello forty-two\")) { throw new "
        "AssertionError(text); } }\n}\n");
    serve("/example/versions/1/versions-1.pom",
          "<project><modelVersion>4.0.0</modelVersion><groupId>example</groupId><artifactId>versions</"
          "artifactId>"
          "<version>1</version><packaging>pom</packaging><dependencyManagement><dependencies>" +
              dependency("greeting", "1.0") + "</dependencies></dependencyManagement></project>");
    makePackage("broken", "1", "// Broken\npackage example;\npublic class Broken {}\n");
    m_repository.files["/example/broken/1/broken-1.jar.sha1"] = QByteArray(40, 'a');
    QVERIFY(m_repository.listen());
    QVERIFY2(m_platform.start({u"--pool-idle"_s, u"0"_s, u"--maven-repository"_s,
                               u"http://127.0.0.1:%1"_s.arg(m_repository.port())}),
             qPrintable(m_platform.error()));
}

QString MavenTest::put(const QByteArray &function, const QByteArray &pomXml)
{
    const QMap<QByteArray, QByteArray> files{{"function.yaml", "name: " + function + "\nruntime: java21\n"},
                                             {"pom.xml", pomXml},
                                             {"src/Handler.java", handler},
                                             {"test/HandlerTest.java", test}};
    return putDraft(m_platform, function, "java21", files);
}

int MavenTest::startBuild(const QByteArray &function)
{
    return nest::testsupport::startBuild(m_platform, function);
}

QJsonObject MavenTest::finished(const QByteArray &function, int number)
{
    return endedBuild(m_platform, function, number);
}

void MavenTest::bringsThePackagesIntoTheFunction()
{
    // One version by a property, one by the versions of another file, one of the tests alone.
    QCOMPARE(
        put("shop",
            pom("<dependency><groupId>example</groupId><artifactId>greeting</artifactId></dependency>\n" +
                    dependency("check", "${check.version}", ofTests),
                "<properties><check.version>2.0</check.version></properties><dependencyManagement>"
                "<dependencies>" +
                    dependency("versions", "1", "<type>pom</type><scope>import</scope>") +
                    "</dependencies></dependencyManagement>")),
        QString());
    const auto build = finished("shop", startBuild("shop"));
    QVERIFY2(build[u"state"].toString() == u"succeeded"_s, qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"Packages: Maven, 2 packages from pom.xml"_s), qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"/example/words/1.1/words-1.1.jar"_s), qPrintable(logOf(build)));
    QVERIFY2(!logOf(build).contains(u"file:"_s), qPrintable(logOf(build)));
    QCOMPARE(build[u"tests"][u"passed"].toInt(), 1);
    const auto answer = json(m_platform.api({"POST", "/v1/functions/shop/actions/invoke", R"({"build":1})"}));
    const auto body = QJsonDocument::fromJson(answer[u"body"].toString().toUtf8()).object();
    QVERIFY2(body[u"text"].toString() == u"hello forty-two"_s, QJsonDocument(answer).toJson().constData());
    QCOMPARE(body[u"hasCheck"].toBool(true), false);
}

void MavenTest::usesWhatItKeptWithoutARepository()
{
    m_repository.close();
    const auto before = m_repository.requests;
    const auto build = finished("shop", startBuild("shop"));
    QVERIFY2(build[u"state"].toString() == u"succeeded"_s, qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"2 packages from pom.xml, cached"_s), qPrintable(logOf(build)));
    QCOMPARE(m_repository.requests, before);
    QVERIFY(m_repository.listen());
}

void MavenTest::runsNothingOfThePom()
{
    // A plugin of the draft's own would be looked for in the repository, and run beside the network.
    QCOMPARE(
        put("plugged",
            pom(dependency("greeting", "1.0") + dependency("check", "2.0", ofTests),
                "<build><plugins><plugin><groupId>example</groupId><artifactId>evil-maven-plugin</artifactId>"
                "<version>1</version><executions><execution><phase>validate</phase><goals><goal>run</goal>"
                "</goals></execution></executions></plugin></plugins></build>")),
        QString());
    const auto build = finished("plugged", startBuild("plugged"));
    QVERIFY2(build[u"state"].toString() == u"succeeded"_s, qPrintable(logOf(build)));
    QVERIFY2(logOf(build).contains(u"'build' has no effect here"_s), qPrintable(logOf(build)));
    QVERIFY2(!logOf(build).contains(u"evil"_s), qPrintable(logOf(build)));
}

void MavenTest::aPoolHasThemLoadedAhead()
{
    QCOMPARE(m_platform.api({"POST", "/v1/functions/shop/versions", R"({"build":1})"}).status, 201);
    const auto put = [&](const QString &name) {
        const QJsonObject pool{{u"name"_s, u"greeters"_s},
                               {u"kind"_s, u"custom"_s},
                               {u"runtime"_s, u"java21"_s},
                               {u"memoryMegabytes"_s, 256},
                               {u"idle"_s, 1},
                               {u"packages"_s, QJsonObject{{u"function"_s, u"shop"_s}, {u"version"_s, 1}}},
                               {u"preload"_s, QJsonArray{name}}};
        return m_platform
            .api({"PUT", "/v1/pools/greeters", QJsonDocument(pool).toJson(), {{"If-Match", "*"}}})
            .status;
    };
    const auto status = [&] {
        return json(m_platform.get("/v1/pools/greeters"))[u"status"].toObject();
    };
    QCOMPARE(put(u"example.Missing"_s), 201);
    QVERIFY(waitUntil([&] { return status()[u"trouble"].toString().contains(u"example.Missing"_s); },
                      seconds(30)));
    QCOMPARE(put(u"example.Greeting"_s), 200);
    QVERIFY2(waitUntil([&] { return status()[u"idle"].toInt() == 1; }, seconds(30)),
             m_platform.get("/v1/pools/greeters").body.constData());
    const auto before = QDateTime::currentMSecsSinceEpoch();
    QCOMPARE(m_platform
                 .api({"PUT",
                       "/v1/functions/shop/deployments/default/main/local",
                       R"({"weights":[{"version":1,"weight":100}],"pool":"greeters"})",
                       {{"If-Match", "*"}}})
                 .status,
             201);
    const auto answer = m_platform.gateway({.path = "/fn/shop/"});
    QVERIFY2(answer.status == 200, answer.body.constData());
    const auto loaded = static_cast<qint64>(json(answer)[u"loaded"].toDouble());
    QVERIFY2(loaded > 0 && loaded <= before, answer.body.constData());
    QCOMPARE(json(answer)[u"text"].toString(), u"hello forty-two"_s);
}

void MavenTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("pomXml");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("line");
    QTest::newRow("a package") << pom(dependency("nothing", "1")) << u"example:nothing:jar:1"_s << 0;
    QTest::newRow("a version") << pom(dependency("greeting", "9")) << u"example:greeting:jar:9"_s << 0;
    QTest::newRow("a checksum") << pom(dependency("broken", "1")) << u"hecksum validation failed"_s << 0;
    QTest::newRow("a range") << pom(dependency("greeting", "[1,2)")) << u"is not one version"_s << 3;
    QTest::newRow("a parent") << pom({}, "<parent/>\n") << u"A parent is not read"_s << 2;
    QTest::newRow("no XML") << QByteArray("<project>\n<dependencies>\n") << u"no XML that can be read"_s << 3;
}

void MavenTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, pomXml);
    QFETCH(QString, reason);
    QCOMPARE(put("broken", pomXml), QString());
    const auto build = finished("broken", startBuild("broken"));
    QVERIFY2(build[u"state"].toString() == u"failed"_s, qPrintable(logOf(build)));
    QVERIFY2(build[u"reason"].toString().contains(reason), qPrintable(build[u"reason"].toString()));
    QCOMPARE(build[u"problems"][0][u"path"].toString(), u"pom.xml"_s);
    QTEST(build[u"problems"][0][u"line"].toInt(), "line");
}

void MavenTest::isCancelledAtOnce()
{
    m_repository.isHanging = true;
    QCOMPARE(put("hanging", pom(dependency("words", "1.1"))), QString());
    const auto before = m_repository.requests;
    const auto number = startBuild("hanging");
    QVERIFY(waitUntil([&] { return m_repository.requests > before; }, seconds(30)));
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
    QCOMPARE(cancelled[u"reason"].toString(), u"Cancelled while Maven fetched the packages."_s);
}

QTEST_GUILESS_MAIN(MavenTest)
#include "tst_maven.moc"
