// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A real nestd with the function hello in two groups and one version more, and the dialog Deploy open over
// it. What was written is read back from the API. Owner: the test. Thread: UI.

#include "tests/console/deploy/deployconsole.h"
#include "tests/support/testplatform.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

#include <memory>

namespace nest::testsupport {

inline constexpr int answerLimit = 20'000;
inline constexpr auto local = "default/main/local";
inline constexpr auto second = "default/main/osaka";
inline constexpr auto lane = "default/lane-42/local";

inline QMap<QByteArray, QByteArray> filesOf(int revision)
{
    auto files = TestPlatform::helloFiles("hello");
    files["src/handler.js"].append("// revision " + QByteArray::number(revision) + "\n");
    return files;
}

struct DeployBench
{
    void startPlatform();
    void stop()
    {
        m_console.reset();
        m_platform.reset();
    }
    void begin(Guard::Level level = Guard::Level::Open);
    void makeGroup(const QByteArray &group);
    /// Builds and publishes one more version; its number.
    int publish(int revision);
    [[nodiscard]] QJsonObject deployment(const char *group) const;
    [[nodiscard]] QString weights(const char *group) const;
    [[nodiscard]] QStringList sentences() const;

    std::unique_ptr<TestPlatform> m_platform;
    std::unique_ptr<DeployConsole> m_console;
};

inline void DeployBench::startPlatform()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

inline void DeployBench::makeGroup(const QByteArray &group)
{
    const auto made = m_platform->api({"PUT", "/v1/groups/" + group, "{}", {{"If-None-Match", "*"}}});
    QVERIFY2(made.status == 201, made.body);
}

inline int DeployBench::publish(int revision)
{
    const QByteArray base = "/v1/functions/hello";
    const auto files = filesOf(revision);
    for (auto file = files.begin(); file != files.end(); ++file) {
        const auto body =
            QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(file.value())}}).toJson();
        (void)m_platform->api({"PUT", base + "/files/" + file.key(), body, {{"If-Match", "*"}}});
    }
    const auto started = m_platform->api({"POST", base + "/builds"});
    const auto number = QByteArray::number(QJsonDocument::fromJson(started.body)[u"number"].toInt());
    waitUntil(
        [&] {
            return QJsonDocument::fromJson(m_platform->get(base + "/builds/" + number).body)[u"state"]
                       .toString() == u"succeeded"_s;
        },
        60s);
    const auto version = m_platform->api(
        {"POST", base + "/versions", R"({"build":)" + number + R"(,"description":"tax per city"})"});
    return QJsonDocument::fromJson(version.body)[u"number"].toInt();
}

/// hello v1 in two groups, v2 published, the dialog open with v2.
inline void DeployBench::begin(Guard::Level level)
{
    makeGroup(second);
    makeGroup(lane);
    for (const char *group : {local, second}) {
        QCOMPARE(m_platform->deploy("hello", filesOf(1), R"({"scaling":{"maximum":4}})", group), QString());
    }
    // The second deploy published again; both groups begin with v1.
    QCOMPARE(publish(2), 3);
    m_console = std::make_unique<DeployConsole>(m_platform->socket(), level);
    QVERIFY(QTest::qWaitForWindowExposed(&m_console->window));
    QTRY_VERIFY_WITH_TIMEOUT(m_console->session.deployments().size() == 2, answerLimit);
    m_console->open({.function = u"hello"_s, .build = {}, .version = 3});
    QTRY_COMPARE_WITH_TIMEOUT(m_console->part<QComboBox>(u"version"_s)->currentText(), u"v3  tax per city"_s,
                              answerLimit);
}

inline QJsonObject DeployBench::deployment(const char *group) const
{
    return QJsonDocument::fromJson(
               m_platform->get("/v1/functions/hello/deployments/" + QByteArray(group)).body)
        .object();
}

inline QString DeployBench::weights(const char *group) const
{
    QStringList parts;
    const QJsonArray all = deployment(group)[u"weights"].toArray();
    for (const auto &weight : all) {
        parts.append(u"v%1:%2"_s.arg(weight[u"version"].toInt()).arg(weight[u"weight"].toInt()));
    }
    return parts.join(u' ');
}

/// At the right, as they stand there.
inline QStringList DeployBench::sentences() const
{
    QStringList all;
    for (const QLabel *line : m_console->window.findChildren<QLabel *>(u"summaryLine"_s)) {
        all.append(line->text());
    }
    all.sort();
    return all;
}

} // namespace nest::testsupport
