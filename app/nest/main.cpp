// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nest: the platform from a shell. Reads the command line, runs one command, ends with its exit code.

#include "app/nest/advice.h"
#include "app/nest/commands/commands.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <span>

namespace {

using namespace nest::cli;

int run(int argc, char **argv, QCoreApplication &application)
{
    Context context;
    bool wantsJson = false;
    Command chosen;

    CLI::App app("nest, functions from a shell. The local platform is started when it does not run.");
    app.set_version_flag("--version", NEST_VERSION);
    app.fallthrough(); // the options of every command may stand after it
    app.add_flag("--json", wantsJson, "JSON instead of tables: one document, or a line each for streams");
    app.add_option("--socket", context.socket, "the API socket of a platform that runs")
        ->envname("NEST_SOCKET")
        ->type_name("PATH");
    app.require_subcommand(1);
    app.footer(exitCodeHelp());
    addStatus(app, chosen);
    addCreate(app, chosen);
    addDeploy(app, chosen);
    addDev(app, chosen);
    addTest(app, chosen);
    addDebug(app, chosen);
    addInvoke(app, chosen);
    addFunctions(app, chosen);
    addInstances(app, chosen);
    addDecisions(app, chosen);
    addLogs(app, chosen);
    addLoad(app, chosen);
    addPools(app, chosen);
    addSimulate(app, chosen);
    addSecrets(app, chosen);
    addReserve(app, chosen);
    addCapacity(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success &success) {
        return app.exit(success); // --help, --version
    } catch (const CLI::ParseError &error) {
        const auto unknown = app.get_subcommands().empty() ? app.remaining() : std::vector<std::string>();
        const auto what =
            unknown.empty() ? std::string(error.what()) : "There is no command '" + unknown.front() + "'";
        // What was not understood may have kept the flag from being read.
        context.output.setJson(std::ranges::contains(std::span(argv, static_cast<std::size_t>(argc)),
                                                     std::string_view("--json")));
        context.output.error(
            {"cli/bad-value",
             what + ". `nest --help` lists the commands, `nest COMMAND --help` their options."});
        return static_cast<int>(ExitCode::Usage);
    }
    context.output.setJson(wantsJson);
    QTimer::singleShot(0, &application, [&context, &chosen, &application] {
        QCoro::connect(chosen(context), &application, [&context](nest::Result<ExitCode> &&outcome) {
            if (!outcome) {
                context.output.error(forShell(outcome.error(), context.reached));
            }
            const ExitCode code = outcome ? *outcome : exitCodeOf(outcome.error().type);
            QCoreApplication::exit(static_cast<int>(code));
        });
    });
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("nest"));
    return run(argc, argv, application);
}
