// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>

namespace nest::cli {

namespace {

struct ReserveOptions
{
    std::string function;
    std::string group = "default/main/local";
    int hours = 24;
    wire::Reservation rule;
    std::string length;
    std::string start;
    std::string end;
    std::string reason;
};

using Change = std::function<Result<std::string>(wire::Deployment &)>; // says what was done

Error noRule(const std::string &name, const std::string &function)
{
    return {"cli/bad-value",
            std::format("{0} has no reservation '{1}'. `nest reserve list {0}` shows them.", function, name),
            {}};
}

std::string lifeText(const wire::Reservation &rule, wire::Time now)
{
    if (!rule.start && !rule.end) {
        return {};
    }
    return std::format("{}{}",
                       rule.start ? "from " + clockText(*rule.start, now) + (rule.end ? " " : "") : "",
                       rule.end ? "until " + clockText(*rule.end, now) : "");
}

void printRules(Output &output, const wire::Deployment &deployment, wire::Time now)
{
    const auto rules = deployment.scaling.reservations.value_or(std::vector<wire::Reservation>{});
    if (deployment.status && deployment.status->reserved) {
        const auto &reserved = *deployment.status->reserved;
        output.line(std::format("requested {} ({}), allocated {}, in use {}, spill-over {}",
                                reserved.requested, reserved.rule.value_or("reserved"), reserved.allocated,
                                reserved.inUse, reserved.spillOver));
    }
    Table table(
        {{"NAME"}, {"FLOOR", Align::Right}, {"CRON"}, {"FOR", Align::Right}, {"ZONE"}, {"STATE"}, {"HOLDS"}});
    table.add({{"reserved"}, {std::to_string(deployment.scaling.reserved)}, {"always"}});
    for (const auto &rule : rules) {
        table.add({{rule.name},
                   {std::to_string(rule.floor)},
                   {rule.cron},
                   {lengthText(rule.minutes)},
                   {rule.zone},
                   {rule.enabled ? "on" : "off"},
                   {lifeText(rule, now)}});
    }
    output.raw(table.text(output.style()));
}

void printPlan(Output &output, const wire::FloorPlan &plan)
{
    Table table({{"FROM"}, {"UNTIL"}, {"FLOOR", Align::Right}, {"RULE"}});
    for (const auto &step : plan.steps) {
        table.add({{clockText(step.from, plan.from)},
                   {clockText(step.to, plan.from)},
                   {std::to_string(step.floor)},
                   {step.rule.value_or("reserved")}});
    }
    output.raw(table.text(output.style()));
    output.line(std::format("{:.1f} instance-hours reserved", plan.instanceHours) +
                (plan.cost ? std::format(", about {:.2f} {}", plan.cost->amount, plan.cost->currency)
                           : std::string()));
}

Result<wire::GroupName> groupOf(const ReserveOptions &options)
{
    const auto group = wire::parseGroupName(options.group);
    if (!group) {
        return failure("cli/bad-value", "--group is set/lane/region, not '" + options.group + "'.");
    }
    return *group;
}

Outcome list(Context &context, ReserveOptions options)
{
    const auto group = groupOf(options);
    if (!group) {
        co_return std::unexpected(group.error());
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    const auto deployment = co_await link->client->deployment(options.function, *group);
    if (!deployment) {
        co_return std::unexpected(deployment.error());
    }
    const auto plan = co_await link->client->floorPlan(options.function, *group, options.hours);
    if (!plan) {
        co_return std::unexpected(plan.error());
    }
    if (context.output.isJson()) {
        wire::List<wire::Reservation> rules;
        rules.items = deployment->scaling.reservations.value_or(std::vector<wire::Reservation>{});
        auto document = boost::json::parse(wire::write(rules)).as_object();
        document["plan"] = boost::json::parse(wire::write(*plan));
        context.output.line(boost::json::serialize(document));
        co_return ExitCode::Ok;
    }
    printRules(context.output, *deployment, link->me.now);
    context.output.line("");
    printPlan(context.output, *plan);
    co_return ExitCode::Ok;
}

/// Reads the deployment, changes it, writes it; should somebody else have been faster, the platform says so.
Outcome change(Context &context, ReserveOptions options, Change apply)
{
    const auto group = groupOf(options);
    if (!group) {
        co_return std::unexpected(group.error());
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto deployment = co_await link->client->deployment(options.function, *group);
    if (!deployment) {
        co_return std::unexpected(deployment.error());
    }
    if (!deployment->scaling.reservations) {
        deployment->scaling.reservations.emplace();
    }
    const auto done = apply(*deployment);
    if (!done) {
        co_return std::unexpected(done.error());
    }
    if (deployment->scaling.reservations->empty()) {
        deployment->scaling.reservations.reset();
    }
    deployment->status.reset();
    deployment->reason = options.reason;
    const auto written = co_await link->client->putDeployment(std::move(*deployment));
    if (!written) {
        co_return std::unexpected(written.error());
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(*written));
    } else {
        context.output.line(*done);
    }
    co_return ExitCode::Ok;
}

Result<std::optional<wire::Time>> timeOf(const std::string &text, const char *option)
{
    if (text.empty()) {
        return std::nullopt;
    }
    const auto time = wire::parseTime(text);
    if (!time) {
        return failure(
            "cli/bad-value",
            std::format("{} is a time such as 2026-03-01T09:00:00+01:00, not '{}'.", option, text));
    }
    return time;
}

Outcome add(Context &context, ReserveOptions options)
{
    auto &rule = options.rule;
    const auto seconds = parseSeconds(options.length);
    if (!seconds || *seconds < 60 || *seconds % 60 != 0) {
        co_return failure("cli/bad-value", "--for is a time in whole minutes such as 90m or 11h, not '" +
                                               options.length + "'.");
    }
    rule.minutes = *seconds / 60;
    const auto start = timeOf(options.start, "--start");
    const auto end = timeOf(options.end, "--end");
    if (!start || !end) {
        co_return std::unexpected(start ? end.error() : start.error());
    }
    rule.start = *start;
    rule.end = *end;
    auto outcome =
        co_await change(context, options, [rule](wire::Deployment &deployment) -> Result<std::string> {
            auto &all = *deployment.scaling.reservations;
            const auto present = std::ranges::find(all, rule.name, &wire::Reservation::name);
            const bool isNew = present == all.end();
            if (isNew) {
                all.push_back(rule);
            } else {
                *present = rule;
            }
            return std::format("{} {}: at least {} for {} from {} on, {}.", isNew ? "Added" : "Changed",
                               rule.name, rule.floor, lengthText(rule.minutes), rule.cron, rule.zone);
        });
    co_return outcome;
}

Outcome remove(Context &context, ReserveOptions options)
{
    auto outcome =
        co_await change(context, options, [options](wire::Deployment &deployment) -> Result<std::string> {
            if (std::erase_if(*deployment.scaling.reservations,
                              [&](const auto &rule) { return rule.name == options.rule.name; }) == 0) {
                return std::unexpected(noRule(options.rule.name, options.function));
            }
            return "Removed " + options.rule.name + ".";
        });
    co_return outcome;
}

Outcome enable(Context &context, ReserveOptions options, bool isEnabled)
{
    auto outcome = co_await change(
        context, options, [options, isEnabled](wire::Deployment &deployment) -> Result<std::string> {
            auto &all = *deployment.scaling.reservations;
            const auto present = std::ranges::find(all, options.rule.name, &wire::Reservation::name);
            if (present == all.end()) {
                return std::unexpected(noRule(options.rule.name, options.function));
            }
            present->enabled = isEnabled;
            return std::format("{} is {}.", options.rule.name, isEnabled ? "on" : "off");
        });
    co_return outcome;
}

CLI::App *subcommand(CLI::App &command, const char *name, const char *text, ReserveOptions &options,
                     bool hasRule)
{
    auto *made = command.add_subcommand(name, text);
    made->add_option("NAME", options.function, "the function")->required();
    if (hasRule) {
        made->add_option("RULE", options.rule.name, "the reservation's name")->required();
        made->add_option("--reason", options.reason, "why, for those who read the change");
    }
    made->add_option("--group", options.group, "set/lane/region (default default/main/local)");
    return made;
}

} // namespace

void addReserve(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<ReserveOptions>();
    auto *command = app.add_subcommand("reserve", "reserved instances by the time of day");
    command->require_subcommand(1);
    auto *listing =
        subcommand(*command, "list", "the rules, and the floor of the next hours", *options, false);
    listing->add_option("--hours", options->hours, "of so many hours (default 24)")
        ->check(CLI::Range(1, 168));
    listing->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return list(context, *options);
        };
    });

    auto *adding = subcommand(*command, "add", "adds a rule, or writes it anew", *options, true);
    adding
        ->add_option("--cron", options->rule.cron,
                     "when it begins: minute, hour, day, month, weekday: '0 9 * * mon-fri'")
        ->required();
    adding->add_option("--for", options->length, "how long it holds each time: 11h")
        ->type_name("DURATION")
        ->required();
    adding->add_option("--floor", options->rule.floor, "so many instances at least")->required();
    adding->add_option("--zone", options->rule.zone,
                       "the wall clock that is meant: Europe/Berlin (default UTC)");
    adding->add_option("--start", options->start, "not before this time")->type_name("TIME");
    adding->add_option("--end", options->end, "not from this time on")->type_name("TIME");
    adding->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return add(context, *options);
        };
    });

    subcommand(*command, "remove", "removes a rule", *options, true)->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return remove(context, *options);
        };
    });
    subcommand(*command, "enable", "lets a rule hold again", *options, true)->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return enable(context, *options, true);
        };
    });
    subcommand(*command, "disable", "keeps a rule without letting it hold", *options, true)
        ->callback([options, &chosen] {
            chosen = [options](Context &context) {
                return enable(context, *options, false);
            };
        });
}

} // namespace nest::cli
