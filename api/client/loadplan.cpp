// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/loadplan.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace nest::client {

namespace {

constexpr int steps = 4;

bool isToken(const std::string &text)
{
    for (const char c : text) {
        if (c <= ' ' || c >= 127 || c == ':') {
            return false;
        }
    }
    return !text.empty();
}

double rampSeconds(const LoadPlan &plan)
{
    const bool isWhole = plan.rampTime.count() <= 0 || plan.rampTime > plan.duration;
    return static_cast<double>((isWhole ? plan.duration : plan.rampTime).count());
}

bool hasLineEnd(const std::string &text)
{
    return text.find_first_of("\r\n") != std::string::npos;
}

} // namespace

Result<LoadTarget> checkPlan(const LoadPlan &plan)
{
    const auto bad = [](const char *field, std::string detail) {
        return failure("client/bad-plan", "The load plan cannot be run: " + detail, {{field, detail}});
    };
    const QUrl url(QString::fromStdString(plan.url), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QLatin1StringView("http") || url.host().isEmpty()) {
        return bad("/url", "the address must be an http:// URL of the gateway.");
    }
    if (!(plan.requestsPerSecond > 0 && plan.requestsPerSecond <= maxLoadPerSecond)) {
        return bad("/requestsPerSecond", "the rate must lie above 0 and at most at 20,000 a second.");
    }
    if (plan.duration < std::chrono::seconds(1) || plan.duration > maxLoadDuration) {
        return bad("/duration", "the duration must lie between 1 second and 1 hour.");
    }
    if (plan.connections < 1 || plan.connections > 4096) {
        return bad("/connections", "the connections must be from 1 to 4096.");
    }
    if (!isToken(plan.method)) {
        return bad("/method", "the method must be a word such as GET or POST.");
    }
    for (const auto &[name, value] : plan.headers) {
        if (!isToken(name) || hasLineEnd(value)) {
            return bad("/headers", "the header " + name + " is not one line.");
        }
    }
    QString host = url.host();
    if (host == QLatin1StringView("localhost") || host.endsWith(QLatin1StringView(".localhost"))) {
        host = QStringLiteral("127.0.0.1");
    }
    const QHostAddress address(host);
    if (!plan.allowsRemote && !address.isLoopback()) {
        return failure("client/remote-target",
                       "Load is only sent to this machine, and " + url.host().toStdString() +
                           " is another one. Aim at the local gateway, or allow remote targets.");
    }
    LoadTarget target;
    target.port = url.port(80);
    target.address = host.toStdString();
    target.host = url.host().toStdString() + ':' + std::to_string(target.port);
    target.path = url.path(QUrl::FullyEncoded).toStdString();
    if (target.path.empty()) {
        target.path = "/";
    }
    if (url.hasQuery()) {
        target.path += '?' + url.query(QUrl::FullyEncoded).toStdString();
    }
    return target;
}

double dueSeconds(const LoadPlan &plan, std::int64_t index)
{
    const double rate = plan.requestsPerSecond;
    const auto duration = static_cast<double>(plan.duration.count());
    auto number = static_cast<double>(index);
    switch (plan.shape) {
    case LoadShape::Steady:
        return number / rate;
    case LoadShape::Ramp: { // the area under the line: rate t² / (2 ramp), then rate (t - ramp)
        const double ramp = rampSeconds(plan);
        const double inRamp = rate * ramp / 2;
        return number <= inRamp ? std::sqrt(2 * ramp * number / rate) : ramp + (number - inRamp) / rate;
    }
    case LoadShape::Steps:
        for (int step = 1; step <= steps; ++step) {
            const double stepRate = rate * step / steps;
            const double inStep = stepRate * duration / steps;
            if (number < inStep || step == steps) {
                return duration * (step - 1) / steps + number / stepRate;
            }
            number -= inStep;
        }
    }
    return 0;
}

double wantedAt(const LoadPlan &plan, double seconds)
{
    const auto duration = static_cast<double>(plan.duration.count());
    if (seconds < 0 || seconds >= duration) {
        return 0;
    }
    switch (plan.shape) {
    case LoadShape::Steady:
        return plan.requestsPerSecond;
    case LoadShape::Ramp:
        return plan.requestsPerSecond * std::min(1.0, seconds / rampSeconds(plan));
    case LoadShape::Steps:
        return plan.requestsPerSecond * (std::floor(seconds / duration * steps) + 1) / steps;
    }
    return 0;
}

std::int64_t plannedRequests(const LoadPlan &plan)
{
    const double steady = plan.requestsPerSecond * static_cast<double>(plan.duration.count());
    switch (plan.shape) {
    case LoadShape::Steady:
        return std::llround(steady);
    case LoadShape::Ramp:
        return std::llround(steady - plan.requestsPerSecond * rampSeconds(plan) / 2);
    case LoadShape::Steps:
        return std::llround(steady * (1 + 2 + 3 + 4) / (steps * steps));
    }
    return 0;
}

} // namespace nest::client
