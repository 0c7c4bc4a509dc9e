// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/policyoptions.h"

#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <boost/json.hpp>

#include <charconv>

namespace nest::cli {

namespace {

/// Turns "2m" into "120" before the number is read.
CLI::Validator secondsText()
{
    return CLI::Validator(
        [](std::string &text) -> std::string {
            const auto seconds = parseSeconds(text);
            if (!seconds) {
                return "'" + text + "' is no duration such as 90s, 2m or 1h";
            }
            text = std::to_string(*seconds);
            return {};
        },
        "DURATION");
}

/// Calls `take` with the name on the wire and the value of each change to the policy that was given.
template <typename Take>
void forEachGiven(const PolicyChanges &changes, const Take &take)
{
    const auto each = [&](const char *name, const auto &value) {
        if (value) {
            take(name, *value);
        }
    };
    each("reserved", changes.reserved);
    each("maximum", changes.maximum);
    each("metric", changes.metric);
    each("threshold", changes.threshold);
    each("utilisation", changes.utilisation);
    each("stableWindowSeconds", changes.stableWindowSeconds);
    each("panicWindowSeconds", changes.panicWindowSeconds);
    each("panicRatio", changes.panicRatio);
    each("scaleDownDelaySeconds", changes.scaleDownDelaySeconds);
    each("scaleToZeroAfterSeconds", changes.scaleToZeroAfterSeconds);
}

boost::json::object policyJson(const PolicyChanges &changes)
{
    boost::json::object policy;
    forEachGiven(changes, [&](const char *name, const auto &value) { policy[name] = value; });
    return policy;
}

} // namespace

void addPolicyOptions(CLI::App &command, PolicyChanges &changes)
{
    const char *group =
        "Scaling (only what is given changes; a first deployment takes the rest from function.yaml)";
    const auto add = [&](const char *name, auto &value, const char *text) {
        return command.add_option(name, value, text)->group(group);
    };
    const auto addSeconds = [&](const char *name, auto &value, const char *text) {
        add(name, value, text)->transform(secondsText())->type_name("");
    };
    add("--reserved", changes.reserved, "instances that always run");
    add("--maximum", changes.maximum, "most instances");
    add("--metric", changes.metric, "requestsPerSecond, concurrency, cpu or memory");
    add("--threshold", changes.threshold, "what one instance can carry, in the metric's unit");
    add("--utilisation", changes.utilisation, "the share of the threshold to aim at, 0.7");
    addSeconds("--stable-window", changes.stableWindowSeconds, "the window that decides in calm");
    addSeconds("--panic-window", changes.panicWindowSeconds, "the window that notices a burst");
    add("--panic-ratio", changes.panicRatio, "a burst: so many times the ready instances are wanted");
    addSeconds("--scale-down-delay", changes.scaleDownDelaySeconds, "shrink so late");
    addSeconds("--scale-to-zero-after", changes.scaleToZeroAfterSeconds, "idle so long: to zero (0: never)");
    add("--concurrency-limit", changes.concurrencyLimit, "most requests at once in one instance");
}

Result<std::vector<wire::NetworkGrant>> grantsOf(const std::vector<std::string> &texts)
{
    std::vector<wire::NetworkGrant> grants;
    for (const auto &text : texts) {
        if (text.empty() && texts.size() == 1) {
            break;
        }
        const auto mark = text.find('=');
        const auto colon = text.rfind(':');
        wire::NetworkGrant grant;
        const bool isWhole = mark != std::string::npos && colon != std::string::npos && colon > mark;
        if (isWhole) {
            grant.name = text.substr(0, mark);
            grant.host = text.substr(mark + 1, colon - mark - 1);
            if (grant.host.size() > 2 && grant.host.front() == '[' && grant.host.back() == ']') {
                grant.host = grant.host.substr(1, grant.host.size() - 2); // IPv6, as in an address of the web
            }
        }
        const char *const end = text.data() + text.size();
        const auto [at, error] = std::from_chars(isWhole ? text.data() + colon + 1 : end, end, grant.port);
        if (error != std::errc{} || at != end) {
            return failure("cli/bad-value",
                           "--grant is NAME=HOST:PORT such as orders-db=10.0.0.7:5432, not '" + text + "'.");
        }
        grants.push_back(std::move(grant));
    }
    return grants;
}

namespace {

/// What was not given stays as it is.
Result<std::optional<wire::Network>> changedNetwork(const PolicyChanges &changes,
                                                    std::optional<wire::Network> present)
{
    if (changes.grants.empty() && !changes.egress) {
        return present;
    }
    auto network = std::move(present).value_or(wire::Network{});
    if (!changes.grants.empty()) {
        auto grants = grantsOf(changes.grants);
        if (!grants) {
            return std::unexpected(std::move(grants.error()));
        }
        network.grants = std::move(*grants);
    }
    if (changes.egress) {
        const auto egress = wire::readEnum<wire::Egress>(*changes.egress);
        if (!egress) {
            return failure("cli/bad-value", "--egress is granted or open, not '" + *changes.egress + "'.");
        }
        network.egress = *egress;
    }
    return network;
}

} // namespace

std::string newDeploymentBody(const std::vector<wire::VersionWeight> &weights, const PolicyChanges &changes,
                              const std::string &reason)
{
    boost::json::array list;
    for (const auto &weight : weights) {
        list.push_back({{"version", weight.version}, {"weight", weight.weight}});
    }
    boost::json::object body;
    body["weights"] = std::move(list);
    if (auto policy = policyJson(changes); !policy.empty()) {
        body["scaling"] = std::move(policy);
    }
    if (changes.concurrencyLimit) {
        body["concurrencyLimit"] = *changes.concurrencyLimit;
    }
    // With either option it is said as a whole, none too: else function.yaml's holds.
    if (const auto network = changedNetwork(changes, {}); network && *network) {
        body["network"] = boost::json::parse(wire::write(**network));
    }
    if (!reason.empty()) {
        body["reason"] = reason;
    }
    return boost::json::serialize(body);
}

Result<> applyChanges(const PolicyChanges &changes, wire::Deployment &deployment)
{
    auto policy =
        wire::readOver<wire::ScalingPolicy>(boost::json::serialize(policyJson(changes)), deployment.scaling);
    if (!policy) {
        std::string detail = policy.error().detail;
        if (!policy.error().fields.empty()) {
            const auto &field = policy.error().fields.front();
            detail = field.pointer.substr(1) + ' ' + field.detail + '.';
        }
        return failure("cli/bad-value", detail);
    }
    auto network = changedNetwork(changes, deployment.network);
    if (!network) {
        return std::unexpected(std::move(network.error()));
    }
    deployment.network = std::move(*network);
    deployment.scaling = *policy;
    deployment.concurrencyLimit = changes.concurrencyLimit.value_or(deployment.concurrencyLimit);
    return {};
}

Result<std::vector<wire::VersionWeight>> parseWeights(const std::string &text)
{
    std::vector<wire::VersionWeight> weights;
    const char *at = text.data();
    const char *const end = at + text.size();
    const auto isRead = [&](int &number) {
        const auto [next, error] = std::from_chars(at, end, number);
        at = next;
        return error == std::errc{};
    };
    do {
        wire::VersionWeight weight;
        at += at != end && *at == ',' ? 1 : 0;
        const bool hasVersion = isRead(weight.version) && at != end && *at == '=';
        at += hasVersion ? 1 : 0;
        if (!hasVersion || !isRead(weight.weight) || (at != end && *at != ',')) {
            return failure("cli/bad-value",
                           "--weights is a list such as 1=80,2=20 that adds up to 100, not '" + text + "'.");
        }
        weights.push_back(weight);
    } while (at != end);
    return weights;
}

} // namespace nest::cli
