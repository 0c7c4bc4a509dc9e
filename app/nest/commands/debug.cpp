// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/dev/devsession.h"

#include <CLI/CLI.hpp>

namespace nest::cli {

void addDebug(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<DevOptions>();
    options->debug.emplace();
    auto *command = app.add_subcommand(
        "debug", "as dev, with a debugger's port: of Node's inspector, of debugpy, or JDWP");
    command->add_option("FOLDER", options->folder, "the folder with function.yaml (default: this one)");
    command
        ->add_option("--port", options->debug->port,
                     "the debugger's port on 127.0.0.1 (default: Node 9229, Python 5678, Java 5005)")
        ->check(CLI::Range(1, 65'535));
    command
        ->add_option("--http-port", options->port,
                     "port of the function on 127.0.0.1 (default: any free one)")
        ->check(CLI::Range(1, 65'535));
    command->add_flag("--wait", options->debug->waits, "load the function when a debugger has attached");
    command->add_option("--env", options->environment, "an environment variable of the function")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    addNetworkOptions(*command, *options);
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return runDev(context, *options);
        };
    });
}

} // namespace nest::cli
