// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/dev/devsession.h"

#include <CLI/CLI.hpp>

namespace nest::cli {

void addNetworkOptions(CLI::App &command, DevOptions &options)
{
    command
        .add_option("--grants", options.grants,
                    "addresses that function.yaml may ask for: on (any, the default), off, or a list of "
                    "host:port in which * stands for anything")
        ->type_name("POLICY");
    command
        .add_option("--egress", options.egress,
                    "the most that it may ask for: granted (the default), or open (everything but this "
                    "machine)")
        ->check(CLI::IsMember({"granted", "open"}));
}

void addDev(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<DevOptions>();
    auto *command = app.add_subcommand(
        "dev", "run a folder on a platform of its own: what is saved is built and serves, until Ctrl+C");
    command->add_option("FOLDER", options->folder, "the folder with function.yaml (default: this one)");
    command->add_option("--port", options->port, "port on 127.0.0.1 (default: any free one)")
        ->check(CLI::Range(1, 65'535));
    command->add_option("--env", options->environment, "an environment variable of the function")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    addNetworkOptions(*command, *options);
    command->add_flag_callback(
        "--no-watch", [options] { options->watches = false; }, "build once; do not look for saved changes");
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return runDev(context, *options);
        };
    });
}

} // namespace nest::cli
