// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>
#include <iterator>

namespace nest::cli {

namespace {

bool isOver(wire::InstanceState state)
{
    return state == wire::InstanceState::Stopped || state == wire::InstanceState::Failed;
}

/// "orders-db (10.0.0.7:5432)", "open", "open, orders-db (10.0.0.7:5432)"; the rest of many is counted.
std::string networkCell(const std::optional<wire::Network> &network)
{
    constexpr std::size_t shown = 2;
    if (!network) {
        return {};
    }
    std::string text = network->egress == wire::Egress::Open ? "open" : "";
    for (std::size_t i = 0; i < network->grants.size() && i < shown; ++i) {
        const auto &grant = network->grants[i];
        text += std::format("{}{} ({})", text.empty() ? "" : ", ", grant.name, addressOf(grant));
    }
    return network->grants.size() > shown
               ? std::format("{} and {} more", text, network->grants.size() - shown)
               : text;
}

void print(Output &output, const std::vector<wire::Instance> &instances, wire::Time now)
{
    const bool hasNetworks =
        std::ranges::any_of(instances, [](const auto &one) { return one.network.has_value(); });
    std::vector<Column> columns{{"INSTANCE"},
                                {"FUNCTION"},
                                {"GROUP"},
                                {"VERSION", Align::Right},
                                {"STATE"},
                                {"AGE", Align::Right},
                                {"COLD START", Align::Right},
                                {"REASON"}};
    if (hasNetworks) { // most have none
        columns.insert(std::prev(columns.end()), {"NETWORK"});
    }
    Table table(std::move(columns));
    for (const auto &instance : instances) {
        const auto end = isOver(instance.state) && instance.stoppedAt ? *instance.stoppedAt : now;
        std::vector<Cell> row{{shortId(instance.id)},
                              {instance.function},
                              {toString(wire::GroupName{instance.set, instance.lane, instance.region})},
                              {'v' + std::to_string(instance.version)},
                              {words(wire::enumText(instance.state))},
                              ageCell(instance.createdAt, end),
                              millisecondsCell(coldStartMs(instance.coldStart))};
        if (hasNetworks) {
            row.push_back({networkCell(instance.network)});
        }
        row.push_back({instance.reason});
        table.add(std::move(row));
    }
    output.raw(table.text(output.style()));
}

Outcome run(Context &context, std::string function, bool all)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    if (!function.empty()) { // a list of an unknown function would just be empty
        const auto known = co_await link->client->function(function);
        if (!known) {
            co_return std::unexpected(known.error());
        }
    }
    client::InstanceQuery query;
    query.function = function;
    auto instances = co_await link->client->instances(std::move(query));
    if (!instances) {
        co_return std::unexpected(std::move(instances.error()));
    }
    if (!all) {
        std::erase_if(instances->items,
                      [](const auto &one) { return one.state == wire::InstanceState::Stopped; });
    }
    if (context.output.isJson()) {
        wire::List<wire::Instance> list;
        list.items = std::move(instances->items);
        context.output.line(wire::write(list));
    } else if (instances->items.empty()) {
        context.output.line(function.empty() ? "No instances run." : "No instances of " + function + " run.");
    } else {
        print(context.output, instances->items, link->me.now);
    }
    co_return ExitCode::Ok;
}

} // namespace

void addInstances(CLI::App &app, Command &chosen)
{
    auto function = std::make_shared<std::string>();
    auto all = std::make_shared<bool>(false);
    auto *command = app.add_subcommand("instances", "what runs");
    command->add_option("NAME", *function, "only of this function");
    command->add_flag("--all", *all, "also those that stopped in the last ten minutes");
    command->callback([function, all, &chosen] {
        chosen = [function, all](Context &context) {
            return run(context, *function, *all);
        };
    });
}

} // namespace nest::cli
