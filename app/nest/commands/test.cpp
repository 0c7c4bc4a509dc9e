// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/buildstep.h"
#include "app/nest/commands/commands.h"
#include "app/nest/dev/devsession.h"
#include "app/nest/dev/testfilter.h"
#include "app/nest/dev/testreport.h"
#include "app/nest/json.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <QFile>
#include <QSaveFile>

#include <format>
#include <optional>

namespace nest::cli {

using namespace Qt::StringLiterals;

namespace {

struct TestOptions
{
    std::string folder = ".";
    std::string junit;
    std::optional<std::string> filter;
};

/// One word for what came of it.
std::string_view stateOf(const wire::Build &build)
{
    return build.state == wire::BuildState::Succeeded ? "passed" : testsFailed(build) ? "failed" : "notBuilt";
}

Result<ExitCode> report(Output &output, const wire::Build &build)
{
    const bool isGreen = build.state == wire::BuildState::Succeeded;
    const bool hasTests = build.tests || !build.testCases.empty();
    if (output.isJson()) {
        auto document = boost::json::parse(wire::write(build)).as_object();
        boost::json::object summary{{"function", build.function},
                                    {"state", stateOf(build)},
                                    {"tests", document.contains("tests") ? document["tests"] : nullptr},
                                    {"cases", casesJson(build)},
                                    {"problems", document["problems"]}};
        if (isGreen) {
            output.line(jsonText(summary));
        } else {
            for (auto &[name, value] : summary) {
                output.attach(name, value);
            }
        }
    } else if (hasTests) {
        printTests(output, build);
    } else if (isGreen) {
        output.line(build.function + " has no tests.");
    }
    if (isGreen) {
        return ExitCode::Ok;
    }
    if (!hasTests || output.isJson()) { // else they are with the tests
        for (const auto &problem : build.problems) {
            printProblem(output, problem);
        }
    }
    if (!testsFailed(build)) {
        return failure("cli/build-failed",
                       (cameToTests(build) ? "It was not built: " : "It was not built, so no test ran: ") +
                           build.reason);
    }
    if (build.problems.empty()) { // they ended before their end: what they printed says more
        for (const auto &line : build.log) {
            output.complain("  " + line);
        }
    }
    return failure("cli/tests-failed", build.reason);
}

Outcome run(Context &context, TestOptions options)
{
    std::unique_ptr<QSaveFile> junit;
    if (!options.junit.empty()) {
        junit = std::make_unique<QSaveFile>(QString::fromStdString(options.junit));
        if (!junit->open(QIODevice::WriteOnly)) {
            co_return failure("cli/unwritable", std::format("{} cannot be written: {}.", options.junit,
                                                            junit->errorString().toStdString()));
        }
    }
    if (auto checked = checkFolder(options.folder); !checked) {
        co_return std::unexpected(std::move(checked.error()));
    }
    if (options.filter) { // what it cannot be is said before anything starts
        QFile manifest(QString::fromStdString(options.folder) + u"/function.yaml"_s);
        const auto text = manifest.open(QIODevice::ReadOnly) ? manifest.readAll() : QByteArray();
        if (auto filtered = withTestFilter(text, *options.filter); !filtered) {
            co_return std::unexpected(std::move(filtered.error()));
        }
    }
    context.interrupt.listen();
    PrivateOptions place;
    place.folder = QString::fromStdString(options.folder);
    place.program = QString::fromStdString(context.program);
    place.arguments = {u"--gateway-port"_s, u"0"_s, u"--pool-idle"_s, u"0"_s};
    auto platform = co_await PrivatePlatform::start(std::move(place), context.interrupt.token());
    if (!platform) {
        co_return std::unexpected(std::move(platform.error()));
    }
    DevFunction function(**platform, options.folder);
    function.setTestFilter(options.filter.value_or(""));
    auto build = co_await DevFunction::build(function, context.interrupt.token());
    co_await PrivatePlatform::end(**platform);
    if (context.interrupt.isRequested()) {
        co_return failure("client/cancelled", "It was ended before the tests did.");
    }
    if (!build) {
        co_return std::unexpected(std::move(build.error()));
    }
    if (options.filter) {
        *build = onlyMatching(std::move(*build), *options.filter);
    }
    if (junit) {
        const auto xml = junitXml(*build);
        if (junit->write(xml) != xml.size() || !junit->commit()) {
            co_return failure("cli/unwritable", std::format("{} cannot be written: {}.", options.junit,
                                                            junit->errorString().toStdString()));
        }
    }
    if (options.filter && build->state == wire::BuildState::Succeeded && build->testCases.empty()) {
        co_return failure("cli/bad-value",
                          std::format("No test of {} has '{}' in its name. Leave --filter out "
                                      "to see the names.",
                                      build->function, *options.filter));
    }
    co_return report(context.output, *build);
}

} // namespace

void addTest(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<TestOptions>();
    auto *command = app.add_subcommand("test", "build a folder and run its own tests in the build box");
    command->add_option("FOLDER", options->folder, "the folder with function.yaml (default: this one)");
    command->add_option("--junit", options->junit, "also write the results as JUnit XML")->type_name("FILE");
    command->add_option("--filter", options->filter, "run only the tests whose name contains it")
        ->type_name("TEXT");
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
