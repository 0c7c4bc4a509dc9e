// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/json.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>

namespace nest::cli {

namespace {

struct Counts
{
    std::size_t functions = 0;
    std::size_t deployments = 0;
    std::size_t ready = 0;
    std::size_t starting = 0;
};

/// The API's /v1/me with the counts beside it.
std::string json(const wire::Me &me, const Counts &counts)
{
    auto document = boost::json::parse(wire::write(me)).as_object();
    document["functions"] = counts.functions;
    document["deployments"] = counts.deployments;
    document["instancesReady"] = counts.ready;
    document["instancesStarting"] = counts.starting;
    return jsonText(document);
}

/// The sentence may begin with the word that the row is called.
std::string_view withoutHeading(std::string_view sentence)
{
    constexpr std::string_view heading = "Isolation: ";
    return sentence.starts_with(heading) ? sentence.substr(heading.size()) : sentence;
}

void print(Output &output, const Link &link, const Counts &counts)
{
    const auto &me = link.me;
    const auto row = [&](const char *name, const std::string &text) {
        output.line(output.style().dim(std::format("{:<11}", name)) + text);
    };
    row("Platform", std::format("{}  {}, region {}, up {}", me.platformVersion, me.environment, me.region,
                                durationText(me.now - me.startedAt)));
    row("API", link.client->connection().address().toStdString());
    row("Gateway", me.gatewayUrl.empty() ? unknown : me.gatewayUrl);
    row("Isolation", std::format("level {}: {}", me.isolation.level, withoutHeading(me.isolation.sentence)));
    if (!me.isolation.remedy.empty()) {
        row("", me.isolation.remedy);
    }
    if (!me.functionsCanStart) {
        row("", "Functions cannot start here.");
    }
    row("Functions", std::format("{}, with {} deployments", counts.functions, counts.deployments));
    row("Instances", std::format("{} ready, {} starting", counts.ready, counts.starting));
    if (counts.functions == 0) {
        output.line(
            "\nNothing here yet. `nest create hello` makes a function, `nest deploy hello` lets it serve.");
    }
}

Outcome run(Context &context)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    const auto functions = co_await link->client->functions();
    if (!functions) {
        co_return std::unexpected(functions.error());
    }
    const auto deployments = co_await link->client->deployments();
    if (!deployments) {
        co_return std::unexpected(deployments.error());
    }
    const auto instances = co_await link->client->instances();
    if (!instances) {
        co_return std::unexpected(instances.error());
    }
    const auto inState = [&](auto... states) {
        return static_cast<std::size_t>(std::ranges::count_if(
            instances->items, [&](const auto &instance) { return ((instance.state == states) || ...); }));
    };
    using enum wire::InstanceState;
    const Counts counts{functions->items.size(), deployments->items.size(), inState(Ready),
                        inState(Pending, Starting)};
    if (context.output.isJson()) {
        context.output.line(json(link->me, counts));
    } else {
        print(context.output, *link, counts);
    }
    co_return ExitCode::Ok;
}

} // namespace

void addStatus(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand("status", "the platform: version, isolation, gateway, what runs");
    command->callback([&chosen] { chosen = run; });
}

} // namespace nest::cli
