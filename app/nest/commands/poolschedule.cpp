// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest pools schedule`: more runtimes kept ready by the time of day.
#include "app/nest/commands/commands.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <format>

namespace nest::cli {

namespace {

struct ScheduleOptions
{
    std::string pool;
    wire::Reservation rule;
    std::string length;
    std::string reason;
    bool isRemoved = false;
};

void print(Output &output, const wire::Pool &pool)
{
    if (pool.status) {
        output.line(std::format("{} keeps {} ready now ({}).", pool.name, pool.status->scheduled,
                                pool.status->rule.value_or("idle")));
    }
    Table table({{"NAME"}, {"IDLE", Align::Right}, {"CRON"}, {"FOR", Align::Right}, {"ZONE"}, {"STATE"}});
    table.add({{"idle"}, {std::to_string(pool.idle)}, {"always"}});
    for (const auto &rule : pool.schedule.value_or(std::vector<wire::Reservation>{})) {
        table.add({{rule.name},
                   {std::to_string(rule.floor)},
                   {rule.cron},
                   {lengthText(rule.minutes)},
                   {rule.zone},
                   {rule.enabled ? "on" : "off"}});
    }
    output.raw(table.text(output.style()));
}

/// What was done, in words.
Result<std::string> apply(wire::Pool &pool, ScheduleOptions options)
{
    auto all = pool.schedule.value_or(std::vector<wire::Reservation>{});
    auto &rule = options.rule;
    const auto present = std::ranges::find(all, rule.name, &wire::Reservation::name);
    std::string done = "Removed " + rule.name + ".";
    if (options.isRemoved) {
        if (present == all.end()) {
            return failure("cli/bad-value",
                           std::format("{0} has no rule '{1}'. `nest pools schedule {0}` shows them.",
                                       pool.name, rule.name));
        }
        all.erase(present);
    } else {
        const auto seconds = parseSeconds(options.length);
        if (rule.cron.empty() || rule.floor < 1 || !seconds || *seconds < 60 || *seconds % 60 != 0) {
            return failure(
                "cli/bad-value",
                "A rule has --cron, --idle and --for, a time in whole minutes such as 90m or 11h.");
        }
        rule.minutes = *seconds / 60;
        done =
            std::format("{} {}: {} ready for {} from {} on, {}.", present == all.end() ? "Added" : "Changed",
                        rule.name, rule.floor, lengthText(rule.minutes), rule.cron, rule.zone);
        if (present == all.end()) {
            all.push_back(std::move(rule));
        } else {
            *present = std::move(rule);
        }
    }
    pool.schedule = all.empty() ? std::nullopt : std::optional(std::move(all));
    return done;
}

Outcome schedule(Context &context, ScheduleOptions options)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto pool = co_await link->client->pool(options.pool);
    if (!pool) {
        co_return std::unexpected(std::move(pool.error()));
    }
    std::string done;
    if (!options.rule.name.empty()) {
        auto changed = apply(*pool, options);
        if (!changed) {
            co_return std::unexpected(std::move(changed.error()));
        }
        done = std::move(*changed);
        pool->reason = options.reason;
        pool->status.reset();
        auto written = co_await link->client->putPool(std::move(*pool));
        if (!written) {
            co_return std::unexpected(std::move(written.error()));
        }
        pool = std::move(written);
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(*pool));
    } else if (done.empty()) {
        print(context.output, *pool);
    } else {
        context.output.line(done);
    }
    co_return ExitCode::Ok;
}

} // namespace

void addPoolSchedule(CLI::App &pools, Command &chosen)
{
    auto options = std::make_shared<ScheduleOptions>();
    auto *command =
        pools.add_subcommand("schedule", "show, add, change or remove more idle ones by the time of day");
    command->add_option("NAME", options->pool, "the pool")->required();
    auto *rule =
        command->add_option("RULE", options->rule.name, "of the schedule; without one all are shown");
    command
        ->add_option("--cron", options->rule.cron,
                     "minute hour day month weekday, such as \"30 11 * * mon-fri\"")
        ->needs(rule);
    command->add_option("--for", options->length, "how long it holds each time, such as 90m or 11h")
        ->needs(rule);
    command->add_option("--idle", options->rule.floor, "booted runtimes kept ready then")->needs(rule);
    command->add_option("--zone", options->rule.zone, "of the IANA database (default UTC)")->needs(rule);
    command->add_flag("--remove", options->isRemoved, "take the rule away")->needs(rule);
    command->add_option("--reason", options->reason, "why, kept with the pool")->needs(rule);
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return schedule(context, *options);
        };
    });
}

} // namespace nest::cli
