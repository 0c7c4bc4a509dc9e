// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/crashstory.h"

#include "tests/faults/boxes.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <thread>

using namespace Qt::StringLiterals;

namespace nest::faults {

namespace {

using namespace std::chrono_literals;
using testsupport::HttpAnswer;
using testsupport::TestPlatform;
using testsupport::waitUntil;

constexpr int fileNames = 60;
const QByteArray base = "/v1/functions/crash";
const QByteArray place = base + "/deployments/default/main/local";

QJsonObject object(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

QJsonArray items(const HttpAnswer &answer)
{
    return object(answer)[u"items"].toArray();
}

QByteArray fileName(int number)
{
    return "notes/" + QByteArray::number(number) + ".txt";
}

QByteArray contentBody(const QByteArray &content)
{
    return QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(content)}})
        .toJson(QJsonDocument::Compact);
}

QByteArray handler(long number)
{
    return "export const handler = () => 'number " + QByteArray::number(number) + "';\n";
}

} // namespace

CrashFigures CrashStory::tell(int kills)
{
    m_figures.problem = m_platform.deploy("crash", TestPlatform::helloFiles("crash"), R"({"reason":"0"})");
    if (!m_figures.problem.isEmpty()) {
        return m_figures;
    }
    m_deployment = {.acknowledged = 0, .attempted = 0};
    m_versions.insert(1);
    std::uniform_int_distribution<int> moment(20, 450);
    for (int round = 0; round < kills && m_figures.problem.isEmpty(); ++round) {
        m_isOver = false;
        std::vector<std::thread> clients;
        clients.emplace_back([this] { writeFiles(); });
        clients.emplace_back([this] { changeDeployment(); });
        clients.emplace_back([this] { buildAndPublish(); });
        std::this_thread::sleep_for(std::chrono::milliseconds(moment(m_random)));
        m_platform.kill();
        m_isOver = true;
        for (auto &client : clients) {
            client.join();
        }
        ++m_figures.kills;
        if (!m_platform.start({u"--pool-idle"_s, u"0"_s})) {
            m_figures.problem = u"nestd did not start again: "_s + m_platform.error();
            break;
        }
        m_figures.readyMilliseconds.push_back(double(m_platform.startTime().count()));
        compare();
    }
    m_figures.acknowledged = m_acknowledged;
    m_figures.versions = static_cast<int>(m_versions.size());
    m_figures.builds = static_cast<int>(m_builds.size());
    return m_figures;
}

void CrashStory::writeFiles()
{
    while (!m_isOver) {
        const auto number = ++m_nextFile;
        const int name = static_cast<int>(number % fileNames);
        auto &written = m_files[name];
        written.attempted = number;
        const auto answer = m_platform.api({"PUT",
                                            base + "/files/" + fileName(name),
                                            contentBody(QByteArray::number(qlonglong(number))),
                                            {{"If-Match", "*"}}});
        if (answer.status == 200 || answer.status == 201) {
            written.acknowledged = number;
            ++m_acknowledged;
        }
    }
}

void CrashStory::changeDeployment()
{
    while (!m_isOver) {
        const auto number = ++m_nextDeployment;
        m_deployment.attempted = number;
        const auto body = R"({"weights":[{"version":1,"weight":100}],"reason":")" +
                          QByteArray::number(qlonglong(number)) + "\"}";
        if (m_platform.api({"PUT", place, body, {{"If-Match", "*"}}}).status == 200) {
            m_deployment.acknowledged = number;
            ++m_acknowledged;
        }
    }
}

void CrashStory::buildAndPublish()
{
    while (!m_isOver) {
        const auto put = m_platform.api({"PUT",
                                         base + "/files/src/handler.js",
                                         contentBody(handler(++m_nextBuild)),
                                         {{"If-Match", "*"}}});
        const auto started = m_platform.api({"POST", base + "/builds"});
        if (put.status != 200 || started.status != 202) {
            continue;
        }
        const int build = object(started)[u"number"].toInt();
        m_builds.insert(build);
        QString state;
        while (!m_isOver && state != u"succeeded" && state != u"failed") {
            state =
                object(m_platform.get(base + "/builds/" + QByteArray::number(build)))[u"state"].toString();
        }
        const auto version =
            m_platform.api({"POST", base + "/versions", R"({"build":)" + QByteArray::number(build) + "}"});
        if (version.status == 201) {
            m_versions.insert(object(version)[u"number"].toInt());
        }
    }
}

void CrashStory::fault(const QByteArray &what)
{
    m_figures.faults.push_back("after kill " + std::to_string(m_figures.kills) + ": " + what.toStdString());
}

void CrashStory::compare()
{
    for (const auto &[name, written] : m_files) {
        if (written.acknowledged < 0) {
            continue;
        }
        const auto answer = m_platform.get(base + "/files/" + fileName(name));
        const auto found = object(answer)[u"content"].toString().toLong();
        if (answer.status != 200 || found < written.acknowledged || found > written.attempted) {
            fault(fileName(name) + " has " + QByteArray::number(qlonglong(found)) + ", acknowledged was " +
                  QByteArray::number(qlonglong(written.acknowledged)));
        }
    }
    const auto reason = object(m_platform.get(place))[u"reason"].toString().toLong();
    if (reason < m_deployment.acknowledged || reason > m_deployment.attempted) {
        fault("the deployment has " + QByteArray::number(qlonglong(reason)) + ", acknowledged was " +
              QByteArray::number(qlonglong(m_deployment.acknowledged)));
    }
    compareVersions();
    compareProcesses();
    compareFolders();
}

void CrashStory::compareVersions()
{
    std::map<int, QString> states;
    // What was interrupted is said to have failed a moment after the start.
    waitUntil(
        [&] {
            states.clear();
            bool allOver = true;
            for (const auto &build : items(m_platform.get(base + "/builds?limit=500"))) {
                states[build[u"number"].toInt()] = build[u"state"].toString();
                allOver = allOver && build[u"state"] != u"running"_s && build[u"state"] != u"queued"_s;
            }
            return allOver;
        },
        3s);
    for (const int build : m_builds) {
        const auto state = states[build];
        if (state != u"succeeded" && state != u"failed") {
            fault("build #" + QByteArray::number(build) + " is '" + state.toUtf8() + "'");
        }
    }
    const auto present = items(m_platform.get(base + "/versions?limit=500"));
    std::set<int> numbers;
    for (const auto &version : present) {
        numbers.insert(version[u"number"].toInt());
    }
    for (const int version : m_versions) {
        if (!numbers.contains(version)) {
            fault("version " + QByteArray::number(version) + " is gone");
        }
    }
    if (!present.isEmpty()) { // newest first: the one that may have been cut off
        comparePublished(QByteArray::number(present.first()[u"number"].toInt()));
    }
    m_versions.insert(numbers.begin(), numbers.end());
}

void CrashStory::comparePublished(const QByteArray &number)
{
    const auto file = m_platform.get(base + "/versions/" + number + "/files/src/handler.js");
    if (file.status != 200 || !object(file)[u"content"].toString().startsWith(u"export "_s)) {
        fault("version " + number + " cannot be read: " + file.body);
    }
    const auto invoked = m_platform.api(
        {"POST", base + "/actions/invoke", R"({"version":)" + number + R"(,"method":"GET","path":"/"})"});
    if (object(invoked)[u"status"].toInt() != 200) {
        fault("version " + number + " does not answer: " + invoked.body);
    }
}

void CrashStory::compareProcesses()
{
    const auto keeper = keeperOf(m_platform.runtimeDirectory());
    const auto listed = [this] {
        std::size_t alive = 0;
        for (const auto &one : items(m_platform.get("/v1/instances"))) {
            const auto state = one[u"state"].toString();
            alive += state != u"stopped" && state != u"failed" ? 1 : 0;
        }
        return alive;
    };
    if (!waitUntil([&] { return boxesOf(keeper).size() == listed(); }, 3s)) {
        fault("there are " + QByteArray::number(boxesOf(keeper).size()) + " boxes and " +
              QByteArray::number(listed()) + " instances");
    }
}

void CrashStory::compareFolders()
{
    for (const auto &name : {u"artefacts"_s, u"unpacked"_s, u"builds"_s}) {
        const QDir folder(m_platform.dataDirectory() + u'/' + name);
        const auto hidden = folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                                .filter(QRegularExpression(u"^\\."_s));
        const auto left =
            name == u"builds" ? folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot) : hidden;
        if (!left.isEmpty()) {
            fault("left in " + name.toUtf8() + ": " + left.join(u' ').toUtf8());
        }
    }
}

} // namespace nest::faults
