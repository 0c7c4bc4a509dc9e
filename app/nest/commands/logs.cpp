// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <QCoroTimer>

#include <format>

namespace nest::cli {

using namespace std::chrono_literals;

namespace {

constexpr int pageLines = 1'000; // the API's largest page
constexpr auto askEvery = 500ms;
constexpr auto lookForInterruptEvery = 50ms;

struct LogOptions
{
    std::string function;
    std::string instance;
    std::string group;
    std::string severity;
    int limit = 100;
    bool follows = false;
};

std::string lineText(const wire::LogLine &line, const Style &style)
{
    const auto severity = std::format("{:<5}", wire::enumText(line.severity));
    const bool isLoud = line.severity == wire::Severity::Warn || line.severity == wire::Severity::Error;
    return std::format("{} {} {} {}", style.dim(preciseClockText(line.time)),
                       isLoud ? style.bold(severity) : style.dim(severity),
                       style.dim(line.instance.empty() ? unknown : shortId(line.instance)), line.message);
}

void print(Output &output, const wire::LogPage &page, std::int64_t &dropped)
{
    for (const auto &line : page.items) {
        output.line(output.isJson() ? wire::write(line) : lineText(line, output.style()));
    }
    if (page.dropped > dropped) {
        output.complain(
            std::format("nest: {} lines were lost: the function prints faster than they can be kept.",
                        page.dropped - dropped));
    }
    dropped = page.dropped;
}

QCoro::Task<> pause(Interrupt &interrupt)
{
    for (auto waited = 0ms; waited < askEvery && !interrupt.isRequested(); waited += lookForInterruptEvery) {
        co_await QCoro::sleepFor(lookForInterruptEvery);
    }
}

Outcome run(Context &context, LogOptions options)
{
    const auto group = options.group.empty() ? std::nullopt : wire::parseGroupName(options.group);
    if (!options.group.empty() && !group) {
        co_return failure("cli/bad-value", "--group is set/lane/region, not '" + options.group + "'.");
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    client::LogQuery query;
    query.function = options.function;
    query.instance = options.instance;
    query.group = group;
    query.severity = options.severity;
    query.limit = options.limit;
    std::int64_t dropped = 0;
    if (options.follows) {
        context.interrupt.listen();
    }
    for (;;) {
        auto page = co_await link->client->logs(query, context.interrupt.token());
        if (context.interrupt.isRequested()) {
            co_return ExitCode::Ok;
        }
        if (!page) {
            co_return std::unexpected(std::move(page.error()));
        }
        print(context.output, *page, dropped);
        if (!options.follows) {
            if (page->items.empty() && !context.output.isJson()) {
                context.output.complain(options.function + " has no such lines.");
            }
            co_return ExitCode::Ok;
        }
        const bool isFull = query.after && static_cast<int>(page->items.size()) == query.limit;
        query.after = std::max(page->nextSequence - 1, query.after.value_or(-1));
        query.limit = pageLines;
        if (!isFull) {
            co_await pause(context.interrupt);
        }
        if (context.interrupt.isRequested()) {
            co_return ExitCode::Ok;
        }
    }
}

} // namespace

void addLogs(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<LogOptions>();
    auto *command = app.add_subcommand("logs", "what a function printed");
    command->add_option("NAME", options->function, "the function")->required();
    command->add_flag("-f,--follow", options->follows, "go on until Ctrl+C");
    command->add_option("--instance", options->instance, "only of this instance, by its whole id");
    command->add_option("--group", options->group, "only of this set/lane/region");
    command->add_option("--severity", options->severity, "at least: debug, info, warn or error")
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}));
    command->add_option("--limit", options->limit, "the newest so many (default 100)")
        ->check(CLI::Range(1, pageLines));
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
