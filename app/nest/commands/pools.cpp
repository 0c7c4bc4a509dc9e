// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <format>

namespace nest::cli {

namespace {

struct PoolOptions
{
    std::string name;
    std::optional<std::string> runtime;
    std::optional<int> memory;
    std::optional<int> idle;
    std::optional<int> mostIdle;
    std::optional<std::string> packages; // "shop@3"; empty: none
    std::vector<std::string> preload;
    std::vector<std::string> environment; // KEY=VALUE
    std::string reason;
    bool isWarm = false;
    bool isPreloadGiven = false;
    bool isEnvironmentGiven = false;
};

Cell percentCell(std::optional<double> percent)
{
    return percent ? Cell{numberText(*percent), "%"} : Cell{unknown};
}

void print(Output &output, const std::vector<wire::Pool> &pools)
{
    Table table({{"POOL"},
                 {"KIND"},
                 {"RUNTIME"},
                 {"IDLE", Align::Right},
                 {"WANTED", Align::Right},
                 {"WARMING", Align::Right},
                 {"CLAIMED", Align::Right},
                 {"HIT RATE", Align::Right},
                 {"SPECIALISE", Align::Right},
                 {"MEMORY", Align::Right},
                 {"TROUBLE"}});
    for (const auto &pool : pools) {
        const auto status = pool.status.value_or(wire::PoolStatus{});
        const auto count = [&](std::int64_t value) {
            return pool.status ? Cell{std::to_string(value)} : Cell{unknown};
        };
        table.add({{pool.name},
                   {std::string(wire::enumText(pool.kind))},
                   {pool.runtime},
                   count(status.idle),
                   count(status.wanted),
                   count(status.warming),
                   count(status.claimedLastHour),
                   percentCell(status.hitPercent),
                   millisecondsCell(status.specialiseMs),
                   status.memoryMegabytes ? Cell{numberText(*status.memoryMegabytes), "MB"} : Cell{unknown},
                   {status.trouble}});
    }
    output.raw(table.text(output.style()));
}

Outcome list(Context &context)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto pools = co_await link->client->pools();
    if (!pools) {
        co_return std::unexpected(std::move(pools.error()));
    }
    if (context.output.isJson()) {
        wire::List<wire::Pool> all;
        all.items = std::move(pools->items);
        context.output.line(wire::write(all));
    } else if (pools->items.empty()) {
        context.output.line("No pools. One is made for what is deployed; `nest pools set` makes another.");
    } else {
        print(context.output, pools->items);
    }
    co_return ExitCode::Ok;
}

/// "shop@3"
Result<std::optional<wire::PoolPackages>> packagesOf(const std::string &text)
{
    if (text.empty()) {
        return std::nullopt;
    }
    wire::PoolPackages packages;
    const auto at = text.rfind('@');
    const char *end = text.data() + text.size();
    if (at != std::string::npos && at > 0) {
        packages.function = text.substr(0, at);
        const char *number = text.data() + at + (text.compare(at, 2, "@v") == 0 ? 2 : 1);
        if (std::from_chars(number, end, packages.version).ptr == end && packages.version > 0) {
            return packages;
        }
    }
    return failure("cli/bad-value",
                   "--packages takes a function and its version, such as shop@3, not '" + text + "'.");
}

Result<wire::Pool> changed(wire::Pool pool, const PoolOptions &options)
{
    pool.runtime = options.runtime.value_or(pool.runtime);
    pool.memoryMegabytes = options.memory.value_or(pool.memoryMegabytes);
    pool.idle = options.idle.value_or(pool.idle);
    pool.mostIdle = options.mostIdle.value_or(std::max(pool.mostIdle, pool.idle));
    if (options.packages) {
        auto packages = packagesOf(*options.packages);
        if (!packages) {
            return std::unexpected(std::move(packages.error()));
        }
        pool.packages = std::move(*packages);
    }
    if (options.isPreloadGiven) {
        pool.preload = options.preload;
        std::erase(pool.preload, std::string());
    }
    if (options.isEnvironmentGiven) {
        pool.environment.clear();
        for (const auto &entry : options.environment) {
            const auto mark = entry.find('=');
            if (entry.empty()) {
                continue;
            }
            if (mark == std::string::npos || mark == 0) {
                return failure("cli/bad-value", "--env takes NAME=VALUE, not '" + entry + "'.");
            }
            pool.environment[entry.substr(0, mark)] = entry.substr(mark + 1);
        }
    }
    pool.reason = options.reason;
    pool.status.reset();
    return pool;
}

/// A warm pool that has no document yet: its name says what it is of.
Result<wire::Pool> warmPool(const std::string &name)
{
    wire::Pool pool;
    pool.name = name;
    pool.kind = wire::PoolKind::Warm;
    const auto hyphen = name.rfind('-');
    const char *end = name.data() + name.size();
    if (hyphen == std::string::npos ||
        std::from_chars(name.data() + hyphen + 1, end, pool.memoryMegabytes).ptr != end) {
        return failure("cli/bad-value",
                       "The name of a warm pool is its runtime and memory, such as node20-256, not '" + name +
                           "'.");
    }
    pool.runtime = name.substr(0, hyphen);
    return pool;
}

Outcome set(Context &context, PoolOptions options)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto present = co_await link->client->pool(options.name);
    if (!present && present.error().type != "control/unknown-pool") {
        co_return std::unexpected(std::move(present.error()));
    }
    wire::Pool begin;
    begin.name = options.name;
    if (!present && options.isWarm) {
        auto warm = warmPool(options.name);
        if (!warm) {
            co_return std::unexpected(std::move(warm.error()));
        }
        begin = std::move(*warm);
    }
    auto next = changed(present ? std::move(*present) : std::move(begin), options);
    if (!next) {
        co_return std::unexpected(std::move(next.error()));
    }
    const auto put = co_await link->client->putPool(std::move(*next));
    if (!put) {
        co_return std::unexpected(put.error());
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(*put));
    } else {
        context.output.line(std::format("{} keeps {} {} with {} MB ready, up to {} when many start.",
                                        put->name, put->idle, put->runtime, put->memoryMegabytes,
                                        put->mostIdle));
    }
    co_return ExitCode::Ok;
}

Outcome remove(Context &context, std::string name)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    const auto present = co_await link->client->pool(name);
    if (!present) {
        co_return std::unexpected(present.error());
    }
    const auto gone = co_await link->client->deletePool(name, present->etag.value_or("*"));
    if (!gone) {
        co_return std::unexpected(gone.error());
    }
    if (context.output.isJson()) {
        context.output.line("{}");
    } else {
        context.output.line(name + " is deleted.");
    }
    co_return ExitCode::Ok;
}

void addSet(CLI::App &pools, Command &chosen)
{
    auto options = std::make_shared<PoolOptions>();
    auto *command = pools.add_subcommand("set", "make a pool, or change the named settings of one");
    command->add_option("NAME", options->name, "its name; of a warm pool runtime and memory: node20-256")
        ->required();
    command->add_flag(
        "--warm", options->isWarm,
        "of a plain runtime, also where nothing deployed has it: runtime and memory are in the name");
    command->add_option("--runtime", options->runtime, "such as node20");
    command->add_option("--memory", options->memory, "MB; a pool serves functions with the same memory");
    command->add_option("--idle", options->idle, "booted runtimes kept ready");
    command->add_option("--most-idle", options->mostIdle, "what recent starts may raise that to");
    command
        ->add_option("--packages", options->packages,
                     "version whose packages lie ready, such as shop@3; '' for none")
        ->type_name("FUNCTION@VERSION");
    auto *preload = command->add_option("--preload", options->preload,
                                        "modules that are imported ahead, such as express; '' for none");
    preload->delimiter(',');
    auto *environment =
        command->add_option("--env", options->environment, "NAME=VALUE, as often as needed; '' for none");
    command->add_option("--reason", options->reason, "why it is changed, kept with the pool");
    command->callback([options, preload, environment, &chosen] {
        options->isPreloadGiven = preload->count() > 0;
        options->isEnvironmentGiven = environment->count() > 0;
        chosen = [options](Context &context) {
            return set(context, *options);
        };
    });
}

} // namespace

void addPools(CLI::App &app, Command &chosen)
{
    auto *command = app.add_subcommand("pools", "booted runtimes that wait for functions");
    addSet(*command, chosen);
    addPoolSchedule(*command, chosen);
    auto name = std::make_shared<std::string>();
    auto *del = command->add_subcommand("delete", "delete a pool; a warm one that is needed is made again");
    del->add_option("NAME", *name, "the pool")->required();
    del->callback([name, &chosen] {
        chosen = [name](Context &context) {
            return remove(context, *name);
        };
    });
    command->callback([command, &chosen] {
        if (command->get_subcommands().empty()) {
            chosen = list;
        }
    });
}

} // namespace nest::cli
