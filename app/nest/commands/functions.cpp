// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/json.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>
#include <map>
#include <set>

namespace nest::cli {

namespace {

/// A function's deployments taken together.
struct Together
{
    int ready = 0;
    int desired = 0;
    wire::DeploymentState state = wire::DeploymentState::AtZero;
    std::vector<wire::Deployment> deployments;
};

/// The state that a person wants to hear of first.
int urgency(wire::DeploymentState state)
{
    using enum wire::DeploymentState;
    switch (state) {
    case Failed:
        return 5;
    case Degraded:
        return 4;
    case Starting:
        return 3;
    case Draining:
        return 2;
    case Healthy:
        return 1;
    case AtZero:
        return 0;
    }
    return 0;
}

std::map<std::string, Together> byFunction(const std::vector<wire::Deployment> &deployments)
{
    std::map<std::string, Together> all;
    for (const auto &deployment : deployments) {
        auto &together = all[deployment.function];
        together.deployments.push_back(deployment);
        if (!deployment.status) {
            continue;
        }
        together.ready += deployment.status->ready;
        together.desired += deployment.status->desired;
        if (urgency(deployment.status->state) > urgency(together.state)) {
            together.state = deployment.status->state;
        }
    }
    return all;
}

/// What serves: "v1 90 % · v2 10 %"; with the groups when they differ: "v1 in main, v2 in gray".
std::string servingText(const std::vector<wire::Deployment> &deployments)
{
    const auto isAsFirst = [&](const auto &one) {
        return one.weights == deployments.front().weights;
    };
    if (deployments.empty() || std::ranges::all_of(deployments, isAsFirst)) {
        return deployments.empty() ? unknown : weightsText(deployments.front().weights);
    }
    std::set<std::string> lanes;
    for (const auto &one : deployments) {
        lanes.insert(one.lane);
    }
    std::string text;
    for (const auto &one : deployments) {
        const bool isLaneEnough = lanes.size() == deployments.size();
        text +=
            std::format("{}{} in {}", text.empty() ? "" : ", ", weightsText(one.weights),
                        isLaneEnough ? one.lane : toString(wire::GroupName{one.set, one.lane, one.region}));
    }
    return text;
}

/// The API's function with what the table shows beside it; null for what is not known.
boost::json::object rowJson(const wire::Function &function, const Together *together)
{
    auto row = boost::json::parse(wire::write(function)).as_object();
    row["state"] = together != nullptr ? boost::json::value(wire::enumText(together->state)) : nullptr;
    row["ready"] = together != nullptr ? boost::json::value(together->ready) : nullptr;
    row["desired"] = together != nullptr ? boost::json::value(together->desired) : nullptr;
    boost::json::array groups;
    for (const auto &one : together != nullptr ? together->deployments : std::vector<wire::Deployment>()) {
        boost::json::object group;
        group["group"] = toString(wire::GroupName{one.set, one.lane, one.region});
        const auto text = boost::json::parse(wire::write(one)).as_object();
        group["weights"] = text.at("weights");
        if (one.status) {
            group["state"] = wire::enumText(one.status->state);
            group["ready"] = one.status->ready;
            group["desired"] = one.status->desired;
        }
        groups.push_back(std::move(group));
    }
    row["groups"] = std::move(groups);
    return row;
}

std::string json(const std::vector<wire::Function> &functions,
                 const std::vector<wire::Deployment> &deployments)
{
    const auto together = byFunction(deployments);
    boost::json::array items;
    for (const auto &function : functions) {
        const auto found = together.find(function.name);
        items.push_back(rowJson(function, found != together.end() ? &found->second : nullptr));
    }
    return jsonText(boost::json::object{{"items", std::move(items)}});
}

void print(Output &output, const std::vector<wire::Function> &functions,
           const std::vector<wire::Deployment> &deployments, wire::Time now)
{
    if (functions.empty()) {
        output.line("No functions yet. `nest create hello` makes one.");
        return;
    }
    const auto together = byFunction(deployments);
    Table table({{"NAME"},
                 {"STATE"},
                 {"VERSION"},
                 {"GROUPS", Align::Right},
                 {"READY", Align::Right},
                 {"DRAFT CHANGED", Align::Right},
                 {"SERVICE"},
                 {"DESCRIPTION"}});
    for (const auto &function : functions) {
        const auto status = function.status.value_or(wire::FunctionStatus{});
        const auto found = together.find(function.name);
        const bool isDeployed = found != together.end();
        table.add({{function.name},
                   {isDeployed ? words(wire::enumText(found->second.state)) : "not deployed"},
                   {servingText(isDeployed ? found->second.deployments : std::vector<wire::Deployment>())},
                   {isDeployed ? std::to_string(found->second.deployments.size()) : "0"},
                   {isDeployed ? std::format("{}/{}", found->second.ready, found->second.desired) : unknown},
                   ageCell(status.draftChangedAt, now),
                   {function.service},
                   {function.description}});
    }
    output.raw(table.text(output.style()));
}

Outcome run(Context &context)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto functions = co_await link->client->functions();
    if (!functions) {
        co_return std::unexpected(std::move(functions.error()));
    }
    const auto deployments = co_await link->client->deployments();
    if (!deployments) {
        co_return std::unexpected(deployments.error());
    }
    if (context.output.isJson()) {
        context.output.line(json(functions->items, deployments->items));
        co_return ExitCode::Ok;
    }
    print(context.output, functions->items, deployments->items, link->me.now);
    co_return ExitCode::Ok;
}

} // namespace

void addFunctions(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand("functions", "the functions and how they are");
    command->callback([&chosen] { chosen = run; });
}

} // namespace nest::cli
