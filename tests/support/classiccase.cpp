// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/classiccase.h"

#include "api/client/loadgenerator.h"
#include "api/wire/codec.h"
#include "api/wire/observation.h"
#include "platform/policy/policy.h"
#include "scaling/simulate.h"

#include <algorithm>
#include <format>
#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace nest::testsupport {

using namespace std::chrono_literals;

namespace {

constexpr auto address = "/v1/functions/classic/deployments/default/main/local";

QMap<QByteArray, QByteArray> files()
{
    return {
        {"function.yaml", "name: classic\nmemory: 128\n"},
        {"src/handler.js", "export function handler() {\n    return { status: 200, body: 'hello' };\n}\n"}};
}

QByteArray deploymentOf(const ClassicTimes &times)
{
    return QByteArray::fromStdString(std::format(
        R"({{"scaling":{{"reserved":4,"maximum":40,"threshold":100,"utilisation":0.7,"stableWindowSeconds":{},)"
        R"("panicWindowSeconds":{},"scaleDownDelaySeconds":{}}}}})",
        times.stableWindowSeconds, times.panicWindowSeconds, times.scaleDownDelaySeconds));
}

std::optional<wire::Deployment> deployment(const TestPlatform &platform)
{
    auto read =
        wire::read<wire::Deployment>(platform.get(address).body.toStdString(), wire::UnknownFields::Ignore);
    return read ? std::optional(std::move(*read)) : std::nullopt;
}

/// Adds what one stretch of the load came to; what kept it from being run.
QString load(const TestPlatform &platform, double rate, std::chrono::seconds duration, ClassicResult &result)
{
    client::LoadGenerator generator;
    client::LoadPlan plan;
    plan.url = std::format("http://127.0.0.1:{}/fn/classic/", platform.gatewayPort());
    plan.requestsPerSecond = rate;
    plan.duration = duration;
    if (const auto started = generator.start(plan); !started) {
        return QString::fromStdString(started.error().detail);
    }
    if (!waitUntil([&] { return !generator.isRunning(); }, duration + 40s)) {
        return QStringLiteral("the load did not end");
    }
    const auto &report = generator.lastReport();
    result.sent += report.sent;
    result.ok += report.ok;
    result.late += report.late;
    result.p99Ms = std::max(result.p99Ms, report.total.p99.value_or(0));
    return {};
}

std::map<std::int64_t, int> wholeSeconds(const wire::Series &series)
{
    std::map<std::int64_t, int> values;
    for (std::size_t i = 0; i < series.times.size(); ++i) {
        if (series.values[i]) {
            values[series.times[i] / 1000] = static_cast<int>(*series.values[i]);
        }
    }
    return values;
}

/// Milliseconds from the wish to the answer, the median of the instances that were started.
double medianColdStart(const TestPlatform &platform)
{
    const auto list = wire::read<wire::List<wire::Instance>>(
        platform.get("/v1/instances?function=classic&limit=500").body.toStdString(),
        wire::UnknownFields::Ignore);
    std::vector<double> times;
    for (const auto &instance : list ? list->items : std::vector<wire::Instance>{}) {
        if (instance.readyAt && instance.createdAt) {
            times.push_back(
                std::chrono::duration<double, std::milli>(*instance.readyAt - *instance.createdAt).count());
        }
    }
    std::ranges::sort(times);
    return times.empty() ? 0 : times[times.size() / 2];
}

using Seconds = std::map<std::int64_t, int>;

/// In each second, by the times that the decisions are of; the series have them when they were carried out,
/// which a busy machine may do in a later second.
std::optional<Seconds> decidedIn(const TestPlatform &platform, std::int64_t first, std::int64_t end)
{
    Seconds decided;
    std::map<wire::Time, int> steps;
    std::string cursor;
    do {
        const auto page = wire::read<wire::List<wire::Decision>>(
            platform
                .get("/v1/decisions?function=classic&limit=500&cursor=" + QByteArray::fromStdString(cursor))
                .body.toStdString(),
            wire::UnknownFields::Ignore);
        if (!page) {
            return std::nullopt;
        }
        for (const auto &decision : page->items) {
            steps.try_emplace(decision.time, decision.desired); // the newest first
        }
        cursor = page->nextCursor.value_or("");
    } while (!cursor.empty());
    auto step = steps.begin();
    int desired = 0;
    for (auto second = first; second < end; ++second) {
        for (; step != steps.end() && step->first < wire::Time(std::chrono::seconds(second + 1)); ++step) {
            desired = step->second;
        }
        decided[second] = desired;
    }
    return decided;
}

QStringList differencesOf(std::map<std::string, Seconds> &series, const Seconds &decided,
                          const scaling::Simulation &simulation, std::int64_t first)
{
    QStringList lines;
    for (const auto &[second, desired] : decided) {
        int simulated = 0;
        for (const auto &level : simulation.levels) {
            simulated = level.time <= wire::Time(std::chrono::seconds(second)) ? level.desired : simulated;
        }
        if (simulated != desired) {
            lines.append(QString::fromStdString(std::format(
                "{} s: {} req/s, ready {}, desired {}, simulated {}", second - first,
                series["requestsPerSecond"][second], series["ready"][second], desired, simulated)));
        }
    }
    return lines;
}

/// The curves side by side.
QString compare(const TestPlatform &platform, const wire::Deployment &made, wire::Time to,
                ClassicResult &result)
{
    const auto from = std::chrono::floor<std::chrono::seconds>(*made.status->createdAt);
    const std::int64_t first = from.time_since_epoch() / 1s;
    const auto query = std::format("/v1/metrics/query?function=classic&names=requestsPerSecond,desired,ready&"
                                   "resolution=raw&from={}&to={}",
                                   wire::toString(wire::Time(from)), wire::toString(to));
    const auto seen = wire::read<wire::MetricsAnswer>(
        platform.get(QByteArray::fromStdString(query)).body.toStdString(), wire::UnknownFields::Ignore);
    if (!seen) {
        return QStringLiteral("the curves cannot be read");
    }
    std::map<std::string, Seconds> series;
    for (const auto &one : seen->series) {
        series[one.name] = wholeSeconds(one);
    }
    scaling::Samples samples{.start = from, .requestsPerSecond = {}};
    for (auto second = first; wire::Time(std::chrono::seconds(second)) < to; ++second) {
        const auto valueOf = [&](const char *name) {
            const auto found = series[name].find(second);
            return found == series[name].end() ? std::numeric_limits<double>::quiet_NaN()
                                               : double(found->second);
        };
        samples.requestsPerSecond.push_back(valueOf("requestsPerSecond"));
        samples.ready.push_back(valueOf("ready"));
    }
    for (const auto &[second, ready] : series["ready"]) {
        result.highest = std::max(result.highest, ready);
    }
    const auto decided = decidedIn(platform, first, to.time_since_epoch() / 1s);
    if (!decided) {
        return QStringLiteral("the decisions cannot be read");
    }
    result.seconds = static_cast<int>(decided->size());
    for (const auto &[second, desired] : *decided) {
        result.carriedOutLate += series["desired"][second] != desired ? 1 : 0;
    }
    result.coldStartMs = medianColdStart(platform);
    const scaling::SimulationOptions options{
        .coldStart = std::chrono::milliseconds(static_cast<int>(result.coldStartMs)), .serviceTime = 2ms};
    const auto policy = policy::toScaling(made.scaling);
    result.differences = differencesOf(series, *decided, scaling::simulate(policy, samples, options), first);
    samples.ready.clear();
    result.imitatedDifferences =
        differencesOf(series, *decided, scaling::simulate(policy, samples, options), first);
    return {};
}

} // namespace

ClassicResult runClassicCase(TestPlatform &platform, const ClassicTimes &times)
{
    ClassicResult result;
    result.problem = platform.deploy("classic", files(), deploymentOf(times));
    if (!result.problem.isEmpty()) {
        return result;
    }
    const auto isReady = [&] {
        const auto now = deployment(platform);
        return now && now->status && now->status->ready == 4;
    };
    if (!waitUntil(isReady, 30s)) {
        result.problem = QStringLiteral("the reserved instances were not ready in time");
        return result;
    }
    for (const auto &[rate, duration] :
         {std::pair(250.0, times.calm), std::pair(1'600.0, times.peak), std::pair(300.0, times.after)}) {
        result.problem = load(platform, rate, duration, result);
        if (!result.problem.isEmpty()) {
            return result;
        }
    }
    const auto made = deployment(platform);
    const auto to = std::chrono::floor<std::chrono::seconds>(
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    if (!made || !made->status || !made->status->createdAt) {
        result.problem = QStringLiteral("the deployment cannot be read");
        return result;
    }
    result.problem = compare(platform, *made, to, result);
    return result;
}

} // namespace nest::testsupport
