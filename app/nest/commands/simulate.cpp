// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/formula.h"
#include "app/nest/loadshape.h"
#include "app/nest/policyoptions.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <QFile>

#include <algorithm>
#include <format>
#include <utility>

namespace nest::cli {

namespace {

struct SimulateOptions
{
    std::string function;
    std::string group = "default/main/local";
    std::string last = "24h";
    std::string shape;
    std::string file;
    std::string policyFile;
    PolicyChanges changes;
    std::string coldStart = "500ms";
    std::string serviceTime = "50ms";
    int instances = -1; // at the start; -1: as many as are reserved
    int steps = 20;
};

Result<std::string> contentOf(const std::string &path)
{
    QFile file;
    const bool isOpen =
        path == "-" ? file.open(stdin, QIODevice::ReadOnly)
                    : (file.setFileName(QString::fromStdString(path)), file.open(QIODevice::ReadOnly));
    constexpr qint64 mostBytes = 8 * 1024 * 1024; // 48 hours of figures are a tenth of it
    const auto bytes = isOpen ? file.read(mostBytes) : QByteArray();
    if (!isOpen || file.error() != QFileDevice::NoError) {
        return failure("cli/bad-value",
                       std::format("{} cannot be read: {}.", path == "-" ? "Standard input" : path,
                                   file.errorString().toStdString()));
    }
    return bytes.toStdString();
}

/// "500ms", "2s": milliseconds, as parseSeconds() reads whole seconds only.
std::optional<int> parseMs(const std::string &text)
{
    if (text.ends_with("ms")) {
        bool isNumber = false;
        const int value = QString::fromStdString(text.substr(0, text.size() - 2)).toInt(&isNumber);
        return isNumber && value >= 0 ? std::optional(value) : std::nullopt;
    }
    const auto seconds = parseSeconds(text);
    return seconds && *seconds <= 600 ? std::optional(*seconds * 1000) : std::nullopt;
}

/// What is the same for every policy: the load and how instances behave.
Result<wire::SimulationRequest> loadOf(const SimulateOptions &options, wire::Time now)
{
    wire::SimulationRequest request;
    const auto coldStart = parseMs(options.coldStart);
    const auto serviceTime = parseMs(options.serviceTime);
    if (!coldStart || !serviceTime) {
        return failure("cli/bad-value", std::format("{} is a time such as 500ms or 2s, at most 10 minutes.",
                                                    coldStart ? "--service-time" : "--cold-start"));
    }
    request.coldStartMs = *coldStart;
    request.serviceTimeMs = *serviceTime;
    if (!options.shape.empty() || !options.file.empty()) {
        Result<LoadSeconds> load;
        if (!options.shape.empty()) {
            load = parseLoadShape(options.shape);
        } else if (const auto text = contentOf(options.file)) {
            load = parseLoadFile(*text);
        } else {
            load = std::unexpected(text.error());
        }
        if (!load) {
            return std::unexpected(load.error());
        }
        request.samples.emplace().requestsPerSecond = std::move(*load);
        return request;
    }
    const auto seconds = parseSeconds(options.last);
    if (!seconds || *seconds == 0 || static_cast<std::size_t>(*seconds) > mostLoadSeconds) {
        return failure("cli/bad-value",
                       "--last is a time such as 6h or 24h, at most 48h, not '" + options.last + "'.");
    }
    const auto to = std::chrono::floor<std::chrono::seconds>(now);
    request.source =
        wire::SimulationSource{options.function, options.group, to - std::chrono::seconds(*seconds), to};
    return request;
}

Result<> applyFile(const std::string &path, wire::Deployment &deployment)
{
    const auto text = contentOf(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto policy = wire::readOver<wire::ScalingPolicy>(*text, deployment.scaling);
    if (!policy) {
        auto error = policy.error();
        error.type = "cli/bad-value";
        error.detail = path + ": " + error.detail;
        return std::unexpected(std::move(error));
    }
    deployment.scaling = std::move(*policy);
    return {};
}

void addRow(Table &table, const char *name, const wire::SimulationAnswer &answer)
{
    table.add({{name},
               {std::to_string(answer.peak)},
               {std::format("{:.2f}", answer.instanceHours)},
               {std::to_string(answer.coldStarts)},
               {shareText(answer.requestsAtRisk, answer.requests)},
               durationCell(std::chrono::milliseconds(std::llround(answer.longestWaitSeconds * 1000)))});
}

void printSteps(Output &output, const wire::SimulationAnswer &answer, int most)
{
    Table table({{"TIME"},
                 {"CHANGE", Align::Right},
                 {"CAUSE"},
                 {"LIMIT"},
                 {"MODE"},
                 {"READY", Align::Right},
                 {"LOAD", Align::Right}});
    const auto shown =
        most == 0 ? answer.steps.size() : std::min(answer.steps.size(), static_cast<std::size_t>(most));
    for (const auto &step : std::span(answer.steps).first(shown)) {
        const auto &load = step.mode == wire::DecisionMode::Panic ? step.panicAverage : step.stableAverage;
        table.add({{clockText(step.time, answer.to)},
                   {std::format("{} → {}", step.from, step.desired)},
                   {words(wire::enumText(step.cause))},
                   {words(wire::enumText(step.limit))},
                   {words(wire::enumText(step.mode))},
                   {std::to_string(step.ready)},
                   load ? Cell{numberText(*load), metricUnit(step.metric)} : Cell{unknown}});
    }
    output.raw(table.text(output.style()));
    if (shown < answer.steps.size()) {
        output.line(std::format("… {} more changes; --steps 0 shows all.", answer.steps.size() - shown));
    }
}

void print(Output &output, const wire::SimulationAnswer &made,
           const std::optional<wire::SimulationAnswer> &asItIs, int most)
{
    const auto span = std::chrono::duration_cast<std::chrono::seconds>(made.to - made.from);
    output.line(std::format("{} requests in {}; one instance is taken to carry {} a second.",
                            numberText(made.requests), durationText(span),
                            numberText(made.capacityPerInstance)));
    Table table({{""},
                 {"PEAK", Align::Right},
                 {"INSTANCE-HOURS", Align::Right},
                 {"COLD STARTS", Align::Right},
                 {"HAD TO WAIT", Align::Right},
                 {"LONGEST WAIT", Align::Right}});
    if (asItIs) {
        addRow(table, "as it is", *asItIs);
    }
    addRow(table, asItIs ? "changed" : "", made);
    output.raw(table.text(output.style()));
    if (!made.steps.empty()) {
        output.line("");
        printSteps(output, made, most);
    } else {
        output.line("The number of instances never changes.");
    }
}

QCoro::Task<Result<wire::SimulationAnswer>> simulate(client::PlatformClient &client,
                                                     wire::SimulationRequest load,
                                                     wire::Deployment deployment, int instances)
{
    load.policy = deployment.scaling;
    load.concurrencyLimit = deployment.concurrencyLimit;
    load.initialInstances = instances >= 0 ? instances : std::max(0, deployment.scaling.reserved);
    auto answer = co_await client.simulate(std::move(load));
    co_return answer;
}

Outcome run(Context &context, SimulateOptions options)
{
    const auto group = wire::parseGroupName(options.group);
    if (!group) {
        co_return failure("cli/bad-value", "--group is set/lane/region, not '" + options.group + "'.");
    }
    if (options.function.empty() && options.shape.empty() && options.file.empty()) {
        co_return failure("cli/bad-value",
                          "Name a function whose recorded load is meant, or give a load: --load "
                          "250x2m,1600x2m or --load-file FILE.");
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto load = loadOf(options, link->me.now);
    if (!load) {
        co_return std::unexpected(load.error());
    }
    wire::Deployment deployment;
    if (!options.function.empty()) {
        auto present = co_await link->client->deployment(options.function, *group);
        if (!present) {
            co_return std::unexpected(present.error());
        }
        deployment = std::move(*present);
    }
    const auto before = deployment;
    if (!options.policyFile.empty()) {
        if (const auto applied = applyFile(options.policyFile, deployment); !applied) {
            co_return std::unexpected(applied.error());
        }
    }
    if (const auto applied = applyChanges(options.changes, deployment); !applied) {
        co_return std::unexpected(applied.error());
    }
    const bool isWhatIf =
        !options.function.empty() &&
        (!(before.scaling == deployment.scaling) || before.concurrencyLimit != deployment.concurrencyLimit);
    std::optional<wire::SimulationAnswer> asItIs;
    if (isWhatIf && !context.output.isJson()) {
        auto made = co_await simulate(*link->client, *load, before, options.instances);
        if (!made) {
            co_return std::unexpected(made.error());
        }
        asItIs = std::move(*made);
    }
    const auto made = co_await simulate(*link->client, std::move(*load), deployment, options.instances);
    if (!made) {
        co_return std::unexpected(made.error());
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(*made));
    } else {
        print(context.output, *made, asItIs, options.steps);
    }
    co_return ExitCode::Ok;
}

} // namespace

void addSimulate(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<SimulateOptions>();
    auto *command =
        app.add_subcommand("simulate", "what a scaling rule would have done with a load; changes nothing");
    command->add_option("NAME", options->function, "the function: its rule, and its recorded load");
    command->add_option("--group", options->group, "set/lane/region (default default/main/local)");
    command->add_option("--last", options->last, "the recorded load of so long, at most 48h (default 24h)")
        ->type_name("DURATION");
    auto *shape = command->add_option("--load", options->shape, "a load instead: 250x2m,250-1600x30s,300x10m")
                      ->type_name("SHAPE");
    command
        ->add_option("--load-file", options->file,
                     "a load instead: requests of each second, one a line; - reads "
                     "standard input")
        ->type_name("FILE")
        ->excludes(shape);
    command->add_option("--policy", options->policyFile, "a file with the rule as JSON, as the API has it")
        ->type_name("FILE");
    command->add_option("--cold-start", options->coldStart, "until an instance is ready (default 500ms)")
        ->type_name("DURATION");
    command->add_option("--service-time", options->serviceTime, "of one request (default 50ms)")
        ->type_name("DURATION");
    command->add_option("--instances", options->instances, "ready at the start (default: the reserved ones)")
        ->check(CLI::Range(0, 10'000));
    command->add_option("--steps", options->steps, "show so many changes (default 20, 0: all)")
        ->check(CLI::NonNegativeNumber);
    addPolicyOptions(*command, options->changes);
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
