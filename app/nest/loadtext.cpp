// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/loadtext.h"

#include "app/nest/json.h"
#include "app/nest/text.h"

#include <format>

namespace nest::cli {

namespace {

std::string percentile(const std::optional<double> &milliseconds)
{
    return milliseconds ? numberText(*milliseconds) + " ms" : unknown;
}

/// "3 failed (2 × 503, 1 × no answer)"
std::string failures(const client::LoadReport &report)
{
    std::string parts;
    for (const auto &[status, count] : report.byStatus) {
        if (status == 0 || status >= 400) {
            parts += std::format("{}{} × {}", parts.empty() ? "" : ", ", count,
                                 status == 0 ? "no answer" : std::to_string(status));
        }
    }
    return std::format("{} failed{}", report.failed, parts.empty() ? "" : " (" + parts + ")");
}

boost::json::object json(const client::LatencyFigures &figures)
{
    const auto value = [](const std::optional<double> &number) {
        return number ? boost::json::value(*number) : boost::json::value(nullptr);
    };
    return {{"p50Ms", value(figures.p50)}, {"p95Ms", value(figures.p95)}, {"p99Ms", value(figures.p99)}};
}

} // namespace

std::optional<client::LoadShape> parseShape(const std::string &text)
{
    if (text == "steady") {
        return client::LoadShape::Steady;
    }
    if (text == "ramp") {
        return client::LoadShape::Ramp;
    }
    return text == "steps" ? std::optional(client::LoadShape::Steps) : std::nullopt;
}

std::string liveLine(const client::LoadReport &report, const std::optional<InstanceCounts> &counts)
{
    const auto seconds = static_cast<double>(report.elapsed.count()) / 1000;
    return std::format("{:>4.0f} s  {:>5.0f}/s  {:>6} sent  {:>6} ok  {}  p50 {}  p95 {}  p99 {}  {} late  "
                       "ready {}",
                       seconds, report.sentPerSecond, report.sent, report.ok, failures(report),
                       percentile(report.lastSecond.p50), percentile(report.lastSecond.p95),
                       percentile(report.lastSecond.p99), report.late,
                       counts ? std::format("{}/{}", counts->ready, counts->desired) : unknown);
}

std::string loadSummary(const client::LoadReport &report, int mostReady,
                        std::optional<std::int64_t> fallbacks)
{
    const auto seconds = static_cast<double>(report.elapsed.count()) / 1000;
    return std::format("{} sent in {} s, {} ok, {}, {} late (sent more than {} ms behind their time)\n"
                       "p50 {}  p95 {}  p99 {}  most instances ready {}{}",
                       report.sent, numberText(seconds), report.ok, failures(report), report.late,
                       client::lateAfter.count(), percentile(report.total.p50), percentile(report.total.p95),
                       percentile(report.total.p99), mostReady,
                       fallbacks.value_or(0) > 0
                           ? std::format("\n{} answered by another group than was asked for", *fallbacks)
                           : std::string());
}

std::string loadJson(const client::LoadReport &report, const std::optional<InstanceCounts> &counts,
                     std::optional<std::int64_t> fallbacks)
{
    boost::json::object document;
    document["elapsedMs"] = report.elapsed.count();
    document["sent"] = report.sent;
    document["ok"] = report.ok;
    document["failed"] = report.failed;
    document["late"] = report.late;
    boost::json::object byStatus;
    for (const auto &[status, count] : report.byStatus) {
        byStatus[std::to_string(status)] = count; // "0": no answer
    }
    document["byStatus"] = std::move(byStatus);
    document["inFlight"] = report.inFlight;
    document["wantedPerSecond"] = report.wantedPerSecond;
    document["sentPerSecond"] = report.sentPerSecond;
    document["total"] = json(report.total);
    document["lastSecond"] = json(report.lastSecond);
    document["ready"] = counts ? boost::json::value(counts->ready) : boost::json::value(nullptr);
    document["desired"] = counts ? boost::json::value(counts->desired) : boost::json::value(nullptr);
    if (fallbacks) {
        document["fallbacks"] = *fallbacks;
    }
    document["finished"] = report.isFinished;
    return jsonText(document);
}

} // namespace nest::cli
