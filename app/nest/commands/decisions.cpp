// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/formula.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>

namespace nest::cli {

namespace {

constexpr int mostDecisions = 500; // the API's largest page

struct DecisionOptions
{
    std::string function;
    std::string group;
    int limit = 20;
    std::string why;
};

void print(Output &output, const std::vector<wire::Decision> &newestFirst, wire::Time now, bool showsGroup)
{
    std::vector<Column> columns{{"TIME"},    {"CHANGE", Align::Right},  {"CAUSE"}, {"LIMIT"}, {"MODE"},
                                {"FORMULA"}, {"VERSION", Align::Right}, {"ID"}};
    if (showsGroup) {
        columns.push_back({"GROUP"});
    }
    Table table(std::move(columns));
    for (const auto &decision : newestFirst) {
        table.add({{clockText(decision.time, now)},
                   {changeText(decision)},
                   {words(wire::enumText(decision.cause))},
                   {words(wire::enumText(decision.limit))},
                   {words(wire::enumText(decision.mode))},
                   {formulaLine(decision)},
                   {'v' + std::to_string(decision.version)},
                   {shortId(decision.id)},
                   {toString(wire::GroupName{decision.set, decision.lane, decision.region})}});
    }
    output.raw(table.text(output.style()));
}

void printSteps(Output &output, const wire::Decision &decision, wire::Time now)
{
    const wire::GroupName group{decision.set, decision.lane, decision.region};
    output.line(output.style().bold(std::format("{} v{} in {}: {} at {}", decision.function, decision.version,
                                                toString(group), changeText(decision),
                                                clockText(decision.time, now))));
    output.line(formulaLine(decision));
    output.line(std::format("cause {}, limit {}, mode {}, policy r{}", words(wire::enumText(decision.cause)),
                            words(wire::enumText(decision.limit)), words(wire::enumText(decision.mode)),
                            decision.policyNumber));
    const auto &inputs = decision.inputs;
    output.line(std::format("ready {}, starting {}, waiting requests {}", inputs.ready, inputs.starting,
                            inputs.queued));
    output.line("");
    Table table({{"STEP"}, {"BEFORE", Align::Right}, {"AFTER", Align::Right}, {"LOOKED AT"}});
    const auto cell = [](const std::optional<double> &value) {
        return Cell{value ? numberText(*value) : unknown};
    };
    for (const auto &step : decision.steps) {
        // These two count no instances before and after.
        const bool isCount = step.name != "target" && step.name != "panic";
        table.add({{words(step.name)},
                   isCount ? cell(step.before) : Cell{},
                   isCount ? cell(step.after) : Cell{},
                   {stepText(step, decision)}});
    }
    output.raw(table.text(output.style()));
}

/// By its id, or by the six characters of it that tables show.
QCoro::Task<Result<wire::Decision>> find(client::PlatformClient &client, DecisionOptions options)
{
    if (options.why.starts_with("dec-")) {
        auto decision = co_await client.decision(options.why);
        co_return decision;
    }
    client::DecisionQuery query;
    query.function = options.function;
    query.limit = mostDecisions;
    for (;;) { // decisions are kept for 30 days; the wanted one is mostly on the first page
        auto page = co_await client.decisions(query);
        if (!page) {
            co_return std::unexpected(std::move(page.error()));
        }
        const auto found = std::ranges::find_if(
            page->items, [&](const wire::Decision &decision) { return shortId(decision.id) == options.why; });
        if (found != page->items.end()) {
            co_return std::move(*found);
        }
        if (!page->nextCursor) {
            break;
        }
        query.cursor = *page->nextCursor;
    }
    co_return failure("cli/unknown-decision",
                      std::format("No decision about {0} ends with '{1}'. `nest decisions {0}` lists them.",
                                  options.function, options.why));
}

Outcome why(Context &context, Link link, DecisionOptions options)
{
    const auto decision = co_await find(*link.client, options);
    if (!decision) {
        co_return std::unexpected(decision.error());
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(*decision));
    } else {
        printSteps(context.output, *decision, link.me.now);
    }
    co_return ExitCode::Ok;
}

Outcome run(Context &context, DecisionOptions options)
{
    client::DecisionQuery query;
    query.function = options.function;
    query.limit = options.limit;
    if (!options.group.empty()) {
        query.group = wire::parseGroupName(options.group);
        if (!query.group) {
            co_return failure("cli/bad-value", "--group is set/lane/region, not '" + options.group + "'.");
        }
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    const auto known = co_await link->client->function(options.function);
    if (!known) {
        co_return std::unexpected(known.error());
    }
    if (!options.why.empty()) {
        auto outcome = co_await why(context, std::move(*link), options);
        co_return outcome;
    }
    const bool showsGroup = !query.group;
    auto page = co_await link->client->decisions(std::move(query));
    if (!page) {
        co_return std::unexpected(std::move(page.error()));
    }
    if (context.output.isJson()) {
        wire::List<wire::Decision> list;
        list.items = std::move(page->items);
        list.nextCursor = std::move(page->nextCursor);
        context.output.line(wire::write(list));
    } else if (page->items.empty()) {
        context.output.line("No scaling decisions about " + options.function +
                            " yet; the first request makes one.");
    } else {
        print(context.output, page->items, link->me.now, showsGroup);
    }
    co_return ExitCode::Ok;
}

} // namespace

void addDecisions(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<DecisionOptions>();
    auto *command =
        app.add_subcommand("decisions", "why there are as many instances as there are, newest first");
    command->add_option("NAME", options->function, "the function")->required();
    command->add_option("--group", options->group, "only of this set/lane/region");
    command->add_option("--limit", options->limit, "so many (default 20)")
        ->check(CLI::Range(1, mostDecisions));
    command->add_option("--why", options->why, "the steps of one decision, by its ID")->type_name("ID");
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
