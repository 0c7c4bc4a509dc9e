// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/buildstep.h"

#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <QCoroTimer>

#include <format>

namespace nest::cli {

using namespace std::chrono_literals;

namespace {

constexpr auto askEvery = 200ms;

bool isRunning(const wire::Build &build)
{
    return build.state == wire::BuildState::Queued || build.state == wire::BuildState::Running;
}

void printNewLines(Output &output, const wire::Build &build, std::size_t &printed)
{
    for (; printed < build.log.size(); ++printed) {
        output.say(output.isJson() ? build.log[printed] : output.style().dim("  " + build.log[printed]));
    }
}

std::string testsText(const std::optional<wire::TestResult> &tests)
{
    if (!tests) {
        return {};
    }
    return std::format(", {} {} passed", tests->passed, tests->passed == 1 ? "test" : "tests");
}

QCoro::Task<Result<wire::Build>> follow(Context &context, client::PlatformClient &client, wire::Build build)
{
    std::size_t printed = 0;
    bool isCancelled = false;
    for (;;) {
        printNewLines(context.output, build, printed);
        if (!isRunning(build)) {
            co_return build;
        }
        if (context.interrupt.isRequested() && !isCancelled) {
            isCancelled = true;
            context.output.complain(std::format("Cancelling build #{} …", build.number));
            const auto cancelled = co_await client.cancelBuild(build.function, build.number);
            if (!cancelled && cancelled.error().type != "control/not-running") {
                co_return std::unexpected(cancelled.error());
            }
        }
        co_await QCoro::sleepFor(askEvery);
        auto next = co_await client.build(build.function, build.number);
        if (!next) {
            co_return std::unexpected(std::move(next.error()));
        }
        build = std::move(*next);
    }
}

} // namespace

const wire::Build *buildOfDraft(const std::vector<wire::Build> &newestFirst, const wire::Function &function)
{
    for (const auto &build : newestFirst) {
        if (build.state != wire::BuildState::Succeeded) {
            continue;
        }
        auto changedAt = wire::Time::min();
        if (function.status && function.status->draftChangedAt) {
            changedAt = *function.status->draftChangedAt;
        }
        const bool isNewer = build.createdAt && *build.createdAt > changedAt;
        return isNewer ? &build : nullptr;
    }
    return nullptr;
}

void printProblem(Output &output, const wire::BuildProblem &problem)
{
    output.complain(problemLine(problem));
    for (const auto &[name, value] :
         {std::pair{"got", &problem.actual}, std::pair{"expected", &problem.expected}}) {
        if (*value) {
            output.complain(std::format("  {}: {}", name, value->value()));
        }
    }
}

std::string problemLine(const wire::BuildProblem &problem)
{
    std::string text = problem.path;
    if (problem.line > 0) {
        text += ':' + std::to_string(problem.line);
        text += problem.column > 0 ? ':' + std::to_string(problem.column) : std::string();
    }
    text += text.empty() ? "" : ": ";
    return text + (problem.severity == wire::ProblemSeverity::Warning ? "warning: " : "") + problem.message;
}

QCoro::Task<Result<wire::Build>> ensureBuild(Context &context, client::PlatformClient &client,
                                             wire::Function function)
{
    const auto builds = co_await client.builds(function.name);
    if (!builds) {
        co_return std::unexpected(builds.error());
    }
    if (const auto *present = buildOfDraft(builds->items, function)) {
        context.output.say(std::format("Build #{} is of the draft as it is.", present->number));
        co_return *present;
    }
    auto started = co_await client.startBuild(function.name);
    if (!started) {
        co_return std::unexpected(std::move(started.error()));
    }
    context.interrupt.listen();
    context.output.say(std::format("Building #{} …", started->number));
    auto build = co_await follow(context, client, std::move(*started));
    if (!build) {
        co_return build;
    }
    for (const auto &problem : build->problems) {
        printProblem(context.output, problem);
    }
    if (build->state != wire::BuildState::Succeeded) {
        const auto document = boost::json::parse(wire::write(*build)).as_object();
        context.output.attach("build", build->number);
        context.output.attach("problems", document.at("problems"));
        const bool isCancelled = build->state == wire::BuildState::Cancelled;
        co_return failure("cli/build-failed",
                          std::format("build #{} of {} {}{}", build->number, function.name,
                                      isCancelled ? "was cancelled" : "failed",
                                      build->reason.empty() ? "." : ": " + build->reason));
    }
    std::optional<std::chrono::milliseconds> took;
    if (build->startedAt && build->finishedAt) {
        took = *build->finishedAt - *build->startedAt;
    }
    context.output.say(
        std::format("Built #{} in {}{}.", build->number, durationText(took), testsText(build->tests)));
    co_return build;
}

QCoro::Task<Result<int>> ensureVersion(Context &context, client::PlatformClient &client, wire::Build build,
                                       std::string description)
{
    if (build.version) {
        co_return *build.version;
    }
    const auto version = co_await client.publish(build.function, build.number, std::move(description));
    if (!version) {
        co_return std::unexpected(version.error());
    }
    context.output.say(std::format("Published v{} from build #{}.", version->number, build.number));
    co_return version->number;
}

} // namespace nest::cli
