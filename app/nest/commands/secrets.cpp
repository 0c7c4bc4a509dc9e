// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/secretinput.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <format>

namespace nest::cli {

namespace {

struct SecretOptions
{
    std::string function;
    std::string name;
    std::string as; // what the function reads it by; empty: its name
    std::string file;
    std::vector<std::string> groups;
    bool isEverywhere = false;
    std::string reason;
};

std::string groupsText(const std::vector<wire::GroupName> &groups)
{
    std::string text;
    for (const auto &group : groups) {
        text += (text.empty() ? "" : ", ") + toString(group);
    }
    return text;
}

Outcome list(Context &context, SecretOptions options)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto secrets = co_await link->client->secrets(options.function);
    if (!secrets) {
        co_return std::unexpected(std::move(secrets.error()));
    }
    if (context.output.isJson()) {
        wire::List<wire::Secret> all;
        all.items = std::move(secrets->items);
        context.output.line(wire::write(all));
        co_return ExitCode::Ok;
    }
    if (secrets->items.empty()) {
        context.output.line(
            std::format("{0} has no secrets. `nest secrets set {0} NAME` makes one.", options.function));
        co_return ExitCode::Ok;
    }
    Table table({{"SECRET"}, {"CHANGED"}, {"BY"}, {"USED BY"}, {"TROUBLE"}});
    for (const auto &secret : secrets->items) {
        const auto status = secret.status.value_or(wire::SecretStatus{});
        table.add({{secret.name},
                   ageCell(status.changedAt, link->me.now),
                   {status.changedBy},
                   {status.usedBy.empty() ? std::string("nobody") : groupsText(status.usedBy)},
                   {status.problem}});
    }
    context.output.raw(table.text(context.output.style()));
    co_return ExitCode::Ok;
}

Outcome set(Context &context, SecretOptions options)
{
    auto value = readSecret(options.name, options.file);
    if (!value) {
        co_return std::unexpected(std::move(value.error()));
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    const auto made =
        co_await link->client->putSecret(options.function, options.name, std::move(*value), "*");
    if (!made) {
        co_return std::unexpected(made.error());
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(*made));
        co_return ExitCode::Ok;
    }
    const auto users = made->status ? made->status->usedBy : std::vector<wire::GroupName>{};
    context.output.line(
        users.empty()
            ? std::format("Set {0} of {1}. Nobody gets it yet: `nest secrets use {1} {0}`.", made->name,
                          options.function)
            : std::format("Set {} of {}. {} gets the new value with new instances, which start now.",
                          made->name, options.function, groupsText(users)));
    co_return ExitCode::Ok;
}

Outcome remove(Context &context, SecretOptions options)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    const auto gone = co_await link->client->deleteSecret(options.function, options.name, "*");
    if (!gone) {
        co_return std::unexpected(gone.error());
    }
    context.output.line(
        context.output.isJson() ? "{}" : "Removed " + options.name + " of " + options.function + ".");
    co_return ExitCode::Ok;
}

Result<std::vector<wire::GroupName>> groupsIn(const SecretOptions &options, const std::string &region)
{
    std::vector<wire::GroupName> groups;
    for (const auto &text : options.groups) {
        const auto group = wire::parseGroupName(text);
        if (!group) {
            return failure("cli/bad-value", "--group is set/lane/region, not '" + text + "'.");
        }
        groups.push_back(*group);
    }
    if (groups.empty()) {
        groups.push_back({"default", "main", region});
    }
    return groups;
}

/// Whether the deployment is another one now.
bool change(wire::Deployment &deployment, const SecretOptions &options, bool isUsed)
{
    const auto before = deployment.secrets;
    if (isUsed) {
        deployment.secrets[options.as.empty() ? options.name : options.as] = options.name;
    } else {
        std::erase_if(deployment.secrets, [&](const auto &entry) { return entry.second == options.name; });
    }
    return deployment.secrets != before;
}

/// Reads each deployment, changes it, writes it; should somebody else have been faster, the platform says so.
Outcome use(Context &context, SecretOptions options, bool isUsed)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    wire::List<wire::Deployment> present;
    if (options.isEverywhere) {
        auto all = co_await link->client->deploymentsOf(options.function);
        if (!all) {
            co_return std::unexpected(std::move(all.error()));
        }
        present.items = std::move(all->items);
        if (present.items.empty()) {
            co_return failure("cli/not-deployed", "'" + options.function +
                                                      "' is deployed nowhere yet. `nest deploy " +
                                                      options.function + "` does it.");
        }
    } else {
        const auto groups = groupsIn(options, link->me.region);
        if (!groups) {
            co_return std::unexpected(groups.error());
        }
        for (const auto &group : *groups) {
            auto deployment = co_await link->client->deployment(options.function, group);
            if (!deployment) {
                co_return std::unexpected(std::move(deployment.error()));
            }
            present.items.push_back(std::move(*deployment));
        }
    }
    for (auto &deployment : present.items) {
        const auto group = toString(wire::GroupName{deployment.set, deployment.lane, deployment.region});
        const bool isChanged = change(deployment, options, isUsed);
        if (isChanged) {
            deployment.status.reset();
            deployment.reason = options.reason;
            auto written = co_await link->client->putDeployment(deployment);
            if (!written) {
                co_return std::unexpected(std::move(written.error()));
            }
            deployment = std::move(*written);
        }
        if (!context.output.isJson()) {
            context.output.line(std::format("{} {} {} to {}{}.", group, isUsed ? "hands" : "does not hand",
                                            options.name, options.function,
                                            isUsed && !isChanged ? " already" : ""));
        }
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(present));
    }
    co_return ExitCode::Ok;
}

using Run = Outcome (*)(Context &, SecretOptions);

CLI::App *subcommand(CLI::App &command, const char *name, const char *text,
                     const std::shared_ptr<SecretOptions> &options, Command &chosen, Run run)
{
    auto *made = command.add_subcommand(name, text);
    made->add_option("FUNCTION", options->function, "the function")->required();
    made->callback([options, run, &chosen] {
        chosen = [options, run](Context &context) {
            return run(context, *options);
        };
    });
    return made;
}

void addGroups(CLI::App &command, SecretOptions &options)
{
    auto *group =
        command.add_option("--group", options.groups,
                           "set/lane/region, as often as needed (default: default/main and the platform's "
                           "region)");
    command.add_flag("--all-groups", options.isEverywhere, "wherever it is deployed")->excludes(group);
    command.add_option("--reason", options.reason, "why, for those who read the change");
}

} // namespace

void addSecrets(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<SecretOptions>();
    auto *command = app.add_subcommand("secrets", "values that functions get and nobody reads again");
    command->require_subcommand(1);
    subcommand(*command, "list", "their names, and which groups hand them over", options, chosen, list);

    auto *setting =
        subcommand(*command, "set", "makes a secret, or gives it another value", options, chosen, set);
    setting->add_option("NAME", options->name, "capital letters, figures and _")->required();
    setting
        ->add_option(
            "--from-file", options->file,
            "the value is what this file has; without it, it is read from standard input, or asked for")
        ->type_name("FILE");

    auto *removing =
        subcommand(*command, "remove", "deletes a secret that no group hands over", options, chosen, remove);
    removing->add_option("NAME", options->name, "the secret")->required();

    auto *using_ =
        subcommand(*command, "use", "hands a secret over to the function in a group", options, chosen,
                   [](Context &context, SecretOptions given) { return use(context, given, true); });
    using_->add_option("NAME", options->name, "the secret")->required();
    using_->add_option("--as", options->as, "the name that the function reads it by (default: NAME)")
        ->type_name("NAME");
    addGroups(*using_, *options);

    auto *unusing =
        subcommand(*command, "unuse", "does not hand it over in a group any more", options, chosen,
                   [](Context &context, SecretOptions given) { return use(context, given, false); });
    unusing->add_option("NAME", options->name, "the secret")->required();
    addGroups(*unusing, *options);
}

} // namespace nest::cli
