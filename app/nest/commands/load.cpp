// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/loadtext.h"
#include "app/nest/text.h"

#include "api/client/loadgenerator.h"

#include <CLI/CLI.hpp>

#include <QCoroSignal>
#include <QCoroTimer>

#include <algorithm>
#include <cmath>
#include <format>

namespace nest::cli {

using namespace std::chrono_literals;

namespace {

struct LoadOptions
{
    std::string function;
    std::string path = "/";
    std::string method = "GET";
    double rate = 200;
    std::string duration = "60s";
    std::string shape = "steady";
    std::string lane;
};

Result<client::LoadPlan> planOf(const LoadOptions &options, const wire::Me &me)
{
    const auto seconds = parseSeconds(options.duration);
    if (!seconds || *seconds == 0) {
        return failure("cli/bad-value",
                       "--duration is a time such as 60s or 5m, not '" + options.duration + "'.");
    }
    if (me.environment != "LOCAL" && options.lane.empty()) {
        return failure("cli/bad-value", "This platform is " + me.environment +
                                            ": name the lane that shall have the load with --lane.");
    }
    client::LoadPlan plan;
    plan.url =
        me.gatewayUrl + "/fn/" + options.function + (options.path.starts_with('/') ? "" : "/") + options.path;
    plan.method = options.method;
    plan.requestsPerSecond = options.rate;
    plan.duration = std::chrono::seconds(*seconds);
    plan.shape = *parseShape(options.shape);
    plan.allowsRemote = me.environment != "LOCAL";
    if (!options.lane.empty()) {
        plan.headers.emplace_back("nest-lane", options.lane);
    }
    return plan;
}

/// The deployment that answers: the lane's, else that of main (ARCHITECTURE.md, group semantics).
QCoro::Task<Result<wire::GroupName>> targetOf(client::PlatformClient &client, LoadOptions options,
                                              std::string region)
{
    const auto known = co_await client.function(options.function);
    if (!known) {
        co_return std::unexpected(known.error());
    }
    const auto all = co_await client.deploymentsOf(options.function);
    if (!all) {
        co_return std::unexpected(all.error());
    }
    for (const auto &lane : {options.lane, std::string("main")}) {
        for (const auto &deployment : all->items) {
            if (deployment.set == "default" && deployment.lane == lane && deployment.region == region) {
                co_return wire::GroupName{deployment.set, deployment.lane, deployment.region};
            }
        }
    }
    co_return failure("cli/not-deployed",
                      std::format("{0} is not deployed to default/{1}/{2}. `nest deploy {0}` does "
                                  "that.",
                                  options.function, options.lane.empty() ? "main" : options.lane, region));
}

QCoro::Task<std::optional<InstanceCounts>> countsOf(client::PlatformClient &client, std::string function,
                                                    wire::GroupName group)
{
    const auto deployment = co_await client.deployment(function, group);
    if (!deployment || !deployment->status) {
        co_return std::nullopt;
    }
    co_return InstanceCounts{deployment->status->ready, deployment->status->desired};
}

std::int64_t sumOf(const wire::MetricsAnswer &answer)
{
    double sum = 0;
    for (const auto &series : answer.series) {
        for (const auto &value : series.values) {
            sum += value.value_or(0) * answer.resolutionSeconds;
        }
    }
    return std::llround(sum);
}

/// Requests of the function that other groups than `asked` answered in place of another one between the two
/// times; nothing when that cannot be asked. Whole seconds are kept, so what others sent in the first and the
/// last one is among them. The last second of the load is counted when it is over.
QCoro::Task<std::optional<std::int64_t>> fallbacksFrom(client::PlatformClient &client, std::string function,
                                                       wire::GroupName asked, wire::Time from, wire::Time to)
{
    constexpr auto askEvery = 200ms;
    constexpr auto longest = 3s;
    client::MetricsQuery query;
    query.function = std::move(function);
    query.names = {"fallbacksPerSecond"};
    query.from = std::chrono::floor<std::chrono::seconds>(from);
    query.to = to + longest;
    const auto last = std::chrono::floor<std::chrono::seconds>(to).time_since_epoch();
    for (auto waited = 0ms;; waited += askEvery) {
        const auto all = co_await client.metrics(query);
        if (!all) {
            co_return std::nullopt;
        }
        const bool isWhole = std::ranges::any_of(all->series, [&](const wire::Series &series) {
            return !series.times.empty() && std::chrono::milliseconds(series.times.back()) >= last;
        });
        if (isWhole || waited >= longest) {
            // Where `asked` stood in for another group, that other one was asked for by somebody else.
            query.group = asked;
            const auto own = co_await client.metrics(query);
            co_return std::max<std::int64_t>(sumOf(*all) - (own ? sumOf(*own) : 0), 0);
        }
        co_await QCoro::sleepFor(askEvery);
    }
}

Outcome run(Context &context, LoadOptions options)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto plan = planOf(options, link->me);
    if (!plan) {
        co_return std::unexpected(std::move(plan.error()));
    }
    const auto group = co_await targetOf(*link->client, options, link->me.region);
    if (!group) {
        co_return std::unexpected(group.error());
    }
    auto &output = context.output;
    client::LoadGenerator generator;
    if (auto started = generator.start(*plan); !started) {
        co_return std::unexpected(std::move(started.error()));
    }
    context.interrupt.listen();
    QObject::connect(&context.interrupt, &Interrupt::requested, &generator, &client::LoadGenerator::stop);
    output.say(std::format("{} requests a second ({}) for {} to {}", numberText(options.rate), options.shape,
                           durationText(plan->duration), plan->url));
    int mostReady = 0;
    auto shown = 0ms; // before the first report there is nothing to show
    while (generator.isRunning()) {
        // With a limit: the end of the run comes as another signal.
        co_await qCoro(&generator, &client::LoadGenerator::reported, 500ms);
        if (generator.lastReport().elapsed == shown || !generator.isRunning()) {
            continue;
        }
        const auto report = generator.lastReport();
        shown = report.elapsed;
        const auto counts = co_await countsOf(*link->client, options.function, *group);
        mostReady = std::max(mostReady, counts ? counts->ready : 0);
        output.line(output.isJson() ? loadJson(report, counts) : liveLine(report, counts));
    }
    const auto report = generator.lastReport();
    const auto counts = co_await countsOf(*link->client, options.function, *group);
    mostReady = std::max(mostReady, counts ? counts->ready : 0);
    const wire::GroupName asked{group->set, options.lane.empty() ? "main" : options.lane, link->me.region};
    std::optional<std::int64_t> fallbacks;
    // By the platform's clock, asked when the last request was answered: a time of ours, however near, may
    // lie in the second before.
    if (const auto me = co_await link->client->me()) {
        fallbacks = co_await fallbacksFrom(*link->client, options.function, asked, link->me.now, me->now);
    }
    if (fallbacks) {
        fallbacks = std::min<std::int64_t>(*fallbacks, report.sent);
    }
    output.line(output.isJson() ? loadJson(report, counts, fallbacks)
                                : loadSummary(report, mostReady, fallbacks));
    co_return report.failed == 0 ? ExitCode::Ok : ExitCode::Failed;
}

} // namespace

void addLoad(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<LoadOptions>();
    auto *command = app.add_subcommand("load", "send load through the gateway and watch what it does");
    command->add_option("NAME", options->function, "the function")->required();
    command->add_option("--rate", options->rate, "requests a second (default 200)");
    command->add_option("--duration", options->duration, "how long: 60s, 5m (default 60s)");
    command->add_option("--shape", options->shape, "steady, ramp (from 0 up) or steps (25, 50, 75, 100 %)")
        ->check(CLI::IsMember({"steady", "ramp", "steps"}));
    command->add_option("--path", options->path, "path and query (default /)");
    command->add_option("--method", options->method, "GET when not given");
    command->add_option("--lane", options->lane, "the lane; beyond this machine it must be named");
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
