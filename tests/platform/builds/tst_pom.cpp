// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a pom.xml may say, what Maven gets of it, and what Maven says when it fails.
#include "platform/builds/maven.h"
#include "platform/builds/pom.h"

#include <QTest>

using namespace nest::builds;

namespace {

std::string project(const std::string &inside)
{
    return "<?xml version=\"1.0\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n" + inside +
           "\n</project>\n";
}

std::string one(const std::string &inside)
{
    return project("<dependencies>\n<dependency>" + inside + "</dependency>\n</dependencies>");
}

const std::string good = "<groupId>a.b</groupId><artifactId>c-d</artifactId><version>1.2.3</version>";

} // namespace

class PomTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDependencies();
    void fillsInProperties();
    void refuses_data();
    void refuses();
    void givesMavenNothingElse();
    void theSamePackagesAreTheSameKey();
    void saysWhatMavenSaid();
};

void PomTest::readsDependencies()
{
    const auto pom = readPom(one("<!-- mine --><groupId> a.b </groupId><artifactId>c</artifactId>"
                                 "<version>1</version><scope>test</scope><optional>true</optional>"
                                 "<exclusions><exclusion><groupId>x</groupId><artifactId>*</artifactId>"
                                 "</exclusion></exclusions>"));
    QVERIFY(pom.problems.empty());
    QCOMPARE(pom.dependencies.size(), 1U);
    const auto &read = pom.dependencies.front();
    QCOMPARE(read.group, "a.b");
    QCOMPARE(read.scope, "test");
    QVERIFY(read.isOptional);
    QCOMPARE(read.exclusions.front().second, "*");
    QCOMPARE(read.line, 4);
    QVERIFY(readPom(project("")).dependencies.empty());
    QVERIFY(readPom(project("")).problems.empty());
}

void PomTest::fillsInProperties()
{
    const auto pom =
        readPom(project("<properties><v>${major}.2</v><major>3</major></properties><dependencies>"
                        "<dependency><groupId>a</groupId><artifactId>b</artifactId>"
                        "<version>${v}</version></dependency></dependencies>"));
    QVERIFY(pom.problems.empty());
    QCOMPARE(pom.dependencies.front().version, "3.2");
}

void PomTest::refuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<int>("line");
    const auto row = [](const char *name, const std::string &text, const char *part, int line) {
        QTest::newRow(name) << text << QByteArray(part) << line;
    };
    row("nothing", "", "no XML", 1);
    row("no project", "<a/>", "one element 'project'", 1);
    row("doctype", "<!DOCTYPE project [<!ENTITY a \"b\">]>\n<project/>", "DOCTYPE", 1);
    row("deep", project([] {
            std::string deep;
            for (int i = 0; i < 5'000; ++i) {
                deep += "<a>";
            }
            return deep;
        }()),
        "too deep", 3);
    row("parent", project("<parent/>"), "A parent is not read", 3);
    row("repositories", project("<repositories/>"), "--maven-repository", 3);
    row("profiles", project("<profiles/>"), "write the dependencies into the project", 3);
    row("no group", one("<artifactId>c</artifactId>"), "a groupId and an artifactId", 4);
    row("snapshot", one("<groupId>a</groupId><artifactId>b</artifactId><version>1-SNAPSHOT</version>"),
        "is not one version", 4);
    row("latest", one("<groupId>a</groupId><artifactId>b</artifactId><version>LATEST</version>"),
        "is not one version", 4);
    row("range by property",
        project("<properties><v>[1,2)</v></properties>\n<dependencies><dependency><groupId>a</groupId>"
                "<artifactId>b</artifactId><version>${v}</version></dependency></dependencies>"),
        "is not one version", 4);
    row("no property", one("<groupId>a</groupId><artifactId>b</artifactId><version>${x}</version>"),
        "The property 'x' is not among", 4);
    row("circle",
        project("<properties><v>${v}</v></properties>\n<dependencies><dependency><groupId>a</groupId>"
                "<artifactId>b</artifactId><version>${v}</version></dependency></dependencies>"),
        "too many properties", 4);
    row("path", one("<groupId>a</groupId><artifactId>../../b</artifactId><version>1</version>"),
        "is no artifactId of Maven", 4);
    row("system", one(good + "<scope>system</scope><systemPath>/etc/passwd</systemPath>"),
        "jars of your own lie in lib/", 4);
    row("type", one(good + "<type>exe</type>"), "jar alone", 4);
    row("managed without a version",
        project(
            "<dependencyManagement><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId>"
            "</dependency></dependencies></dependencyManagement>"),
        "has no version", 3);
}

void PomTest::refuses()
{
    QFETCH(std::string, text);
    QFETCH(QByteArray, part);
    QFETCH(int, line);
    const auto pom = readPom(text);
    QVERIFY(!pom.problems.empty());
    QVERIFY2(pom.problems.front().message.contains(part.toStdString()), pom.problems.front().message.c_str());
    QCOMPARE(pom.problems.front().path, "pom.xml");
    QCOMPARE(pom.problems.front().line, line);
    QVERIFY(!mavenWish({{"pom.xml", text}}));
}

void PomTest::givesMavenNothingElse()
{
    const auto pom =
        readPom(project("<build><extensions><extension><groupId>evil</groupId></extension></extensions>"
                        "</build><pluginRepositories><pluginRepository><url>http://evil/</url>"
                        "</pluginRepository></pluginRepositories><dependencies><dependency>" +
                        good + "<evil>x</evil></dependency></dependencies>"));
    QVERIFY(pom.problems.empty());
    QCOMPARE(pom.notes.size(), 2U);
    const auto text = pomText(pom, "/work", "/usr/share/maven-repo", "3.8.1", "https://one.example/?a=1&b=2");
    QVERIFY(!text.contains("evil"));
    QVERIFY(text.contains("<version>1.2.3</version>"));
    QVERIFY(text.contains("<url>file:///usr/share/maven-repo</url>"));
    QVERIFY(text.contains("<url>https://one.example/?a=1&amp;b=2</url>"));
    QVERIFY(text.ends_with("</project>"));
    const auto own = pomOf({{"pom.xml", project("")}, {"dependency/runtime/x.jar", ""}});
    QVERIFY(own.problems.front().message.contains("move your own jars to lib/"));
}

void PomTest::theSamePackagesAreTheSameKey()
{
    const auto keyOf = [](const std::string &text) {
        return mavenWish({{"pom.xml", text}}).value_or(PackageWish{}).key;
    };
    QVERIFY(!keyOf(one(good)).empty());
    QCOMPARE(keyOf(one(good)), keyOf(one("<!-- a word -->" + good)));
    QVERIFY(keyOf(one(good)) != keyOf(one(good + "<scope>test</scope>")));
    QVERIFY(!mavenWish({{"pom.xml", project("")}}));
    QVERIFY(!mavenWish({{"a.java", ""}}));
}

void PomTest::saysWhatMavenSaid()
{
    QCOMPARE(mavenReason({"[ERROR] Failed to execute goal on project function: Could not resolve",
                          "[ERROR] dependency: a:b:jar:1 (compile)",
                          "[ERROR] \tCould not find artifact a:b:jar:1 in central (https://x/).",
                          "[ERROR] -> [Help 1]", "[ERROR] more"}),
             "dependency: a:b:jar:1 (compile). Could not find artifact a:b:jar:1 in central (https://x/)");
    QCOMPARE(mavenReason({}), "");
    QVERIFY(isSaidOfMaven("[INFO] Downloading from central: https://x/a.pom"));
    QVERIFY(!isSaidOfMaven("[INFO] Downloading from central: file:///usr/share/maven-repo/a.pom"));
}

QTEST_GUILESS_MAIN(PomTest)
#include "tst_pom.moc"
