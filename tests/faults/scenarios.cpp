// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/scenarios.h"

#include "tests/faults/boxes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <random>
#include <set>
#include <signal.h>

using namespace Qt::StringLiterals;

namespace nest::faults {

namespace {

using namespace std::chrono_literals;
using testsupport::TestPlatform;
using testsupport::waitUntil;
using Clock = std::chrono::steady_clock;

constexpr auto killEvery = 200ms;
const QByteArray group = "default/main/local";

QJsonArray instancesOf(const TestPlatform &platform, const QByteArray &function)
{
    return QJsonDocument::fromJson(platform.get("/v1/instances?function=" + function).body)[u"items"]
        .toArray();
}

std::set<QString> readyOf(const TestPlatform &platform, const QByteArray &function, int version = 0)
{
    std::set<QString> ids;
    for (const auto &one : instancesOf(platform, function)) {
        if (one[u"state"] == u"ready"_s && (version == 0 || one[u"version"].toInt() == version)) {
            ids.insert(one[u"id"].toString());
        }
    }
    return ids;
}

QByteArray reserving(int instances)
{
    // The delay and the windows are short, so that less is wanted soon after it was said.
    return R"({"concurrencyLimit":20,"scaling":{"reserved":)" + QByteArray::number(instances) +
           R"(,"maximum":6,"threshold":100000,"stableWindowSeconds":6,"panicWindowSeconds":2,)"
           R"("scaleDownDelaySeconds":0})";
}

QString deploy(TestPlatform &platform, const QByteArray &function, int instances)
{
    auto problem =
        platform.deploy(function, TestPlatform::helloFiles(function), reserving(instances) + "}", group);
    if (problem.isEmpty() &&
        !waitUntil([&] { return readyOf(platform, function).size() >= std::size_t(instances); }, 30s)) {
        problem = u"the instances of %1 were not ready in time"_s.arg(QString::fromUtf8(function));
    }
    return problem;
}

/// So much of the load as takes `time` at its rate; what comes next then happens amid it.
void letPass(const SteadyLoad &load, double rate, std::chrono::duration<double> time)
{
    const auto before = load.ended();
    waitUntil([&] { return load.ended() - before >= std::lround(rate * time.count()); }, 10s);
}

bool put(const TestPlatform &platform, const QByteArray &function, int instances, int version)
{
    const auto body = reserving(instances) + R"(,"weights":[{"version":)" + QByteArray::number(version) +
                      R"(,"weight":100}]})";
    return platform
               .api({"PUT", "/v1/functions/" + function + "/deployments/" + group, body, {{"If-Match", "*"}}})
               .status == 200;
}

void stir(pid_t keeper, std::mt19937 &random, int &kills)
{
    const auto boxes = boxesOf(keeper);
    if (boxes.empty()) {
        return;
    }
    auto victim = boxes[random() % boxes.size()];
    if (const auto inside = descendantsOf(victim); random() % 2 == 0 && !inside.empty()) {
        victim = inside.back();
    }
    kills += ::kill(victim, SIGKILL) == 0 ? 1 : 0;
}

} // namespace

StoryFigures killStorm(TestPlatform &platform, std::chrono::milliseconds duration, double rate)
{
    StoryFigures figures;
    figures.problem = deploy(platform, "storm", 3);
    const auto keeper = keeperOf(platform.runtimeDirectory());
    if (!figures.problem.isEmpty() || keeper <= 0) {
        return figures;
    }
    SteadyLoad load({.port = platform.gatewayPort(),
                     .function = "storm",
                     .rate = rate,
                     .waitMilliseconds = 10,
                     .everyNthIsAPost = 5});
    load.begin();
    std::mt19937 random(std::random_device{}());
    const auto end = Clock::now() + duration;
    for (auto next = Clock::now() + killEvery; next < end; next += killEvery) {
        std::this_thread::sleep_until(next);
        stir(keeper, random, figures.events);
    }
    figures.load = load.end();
    return figures;
}

StoryFigures rollouts(TestPlatform &platform, std::chrono::milliseconds duration, double rate)
{
    StoryFigures figures;
    figures.problem = deploy(platform, "rollout", 2);
    if (figures.problem.isEmpty()) { // version 2 of the same function, deployed, then back to version 1
        figures.problem =
            platform.deploy("rollout", TestPlatform::helloFiles("rollout"), reserving(2) + "}", group);
    }
    if (!figures.problem.isEmpty()) {
        return figures;
    }
    SteadyLoad load({.port = platform.gatewayPort(),
                     .function = "rollout",
                     .rate = rate,
                     .waitMilliseconds = 10,
                     .everyNthIsAPost = 5});
    load.begin();
    const auto end = Clock::now() + duration;
    for (int version = 1; figures.events < 2 || Clock::now() < end; version = 3 - version) {
        const auto begin = Clock::now();
        if (!put(platform, "rollout", 2, version)) {
            figures.problem = u"the deployment was refused"_s;
            break;
        }
        ++figures.events;
        waitUntil([&] { return readyOf(platform, "rollout", version).size() >= 2; }, 10s);
        figures.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        letPass(load, rate, 700ms);
    }
    figures.load = load.end();
    return figures;
}

StoryFigures scaleIns(TestPlatform &platform, std::chrono::milliseconds duration, double rate)
{
    StoryFigures figures;
    figures.problem = deploy(platform, "shrink", 4);
    if (!figures.problem.isEmpty()) {
        return figures;
    }
    SteadyLoad load({.port = platform.gatewayPort(),
                     .function = "shrink",
                     .rate = rate,
                     .waitMilliseconds = 10,
                     .everyNthIsAPost = 5});
    load.begin();
    const auto end = Clock::now() + duration;
    for (int wanted = 1; figures.events < 2 || Clock::now() < end; wanted = 5 - wanted) {
        const auto begin = Clock::now();
        if (!put(platform, "shrink", wanted, 1)) {
            figures.problem = u"the deployment was refused"_s;
            break;
        }
        if (!waitUntil([&] { return readyOf(platform, "shrink").size() == std::size_t(wanted); }, 30s)) {
            figures.problem =
                u"there are %1 instances, not %2"_s.arg(readyOf(platform, "shrink").size()).arg(wanted);
            break;
        }
        figures.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        ++figures.events;
    }
    figures.load = load.end();
    return figures;
}

StoryFigures restarts(TestPlatform &platform, std::chrono::milliseconds duration, double rate, Ending ending)
{
    StoryFigures figures;
    const QByteArray function = ending == Ending::Asked ? "asked" : "killed";
    figures.problem = deploy(platform, function, 3);
    if (!figures.problem.isEmpty()) {
        return figures;
    }
    const auto port = platform.gatewayPort();
    SteadyLoad load({.port = port,
                     .function = function.toStdString(),
                     .rate = rate,
                     .waitMilliseconds = 10,
                     .everyNthIsAPost = 0});
    load.begin();
    const auto end = Clock::now() + duration;
    do {
        const auto before = readyOf(platform, function);
        letPass(load, rate, 700ms);
        const auto begin = Clock::now();
        if (ending == Ending::Asked) {
            platform.stop();
        } else {
            platform.kill();
        }
        if (!platform.start() || platform.gatewayPort() != port) {
            figures.problem = u"nestd did not come back at its port: "_s + platform.error();
            break;
        }
        ++figures.events;
        figures.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        std::set<QString> after;
        waitUntil([&] { return (after = readyOf(platform, function)).size() >= before.size(); }, 5s);
        for (const auto &id : before) {
            figures.instancesLost += after.contains(id) ? 0 : 1;
        }
    } while (Clock::now() < end);
    figures.load = load.end();
    return figures;
}

} // namespace nest::faults
