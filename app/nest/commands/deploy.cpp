// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/buildstep.h"
#include "app/nest/commands/commands.h"
#include "app/nest/draftfolder.h"
#include "app/nest/policyoptions.h"
#include "app/nest/text.h"

#include "api/client/transport.h"
#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <format>

namespace nest::cli {

namespace {

struct DeployOptions
{
    std::string function;
    std::string folder;
    std::string group;
    std::optional<int> version;
    std::string weights;
    std::string reason;
    std::string description;
    PolicyChanges policy;
};

using Weights = std::vector<wire::VersionWeight>;

Result<wire::GroupName> groupOf(const std::string &text, const std::string &region)
{
    if (text.empty()) {
        return wire::GroupName{.region = region};
    }
    auto group = wire::parseGroupName(text);
    if (!group) {
        return failure("cli/bad-value",
                       "--group is set/lane/region such as default/main/" + region + ", not '" + text + "'.");
    }
    return *group;
}

QCoro::Task<Result<>> send(Context &context, client::PlatformClient &client, DeployOptions options)
{
    auto folder = readDraftFolder(QString::fromStdString(options.folder));
    if (!folder) {
        co_return std::unexpected(std::move(folder.error()));
    }
    const auto summary = co_await syncDraft(client, options.function, std::move(*folder));
    if (!summary) {
        co_return std::unexpected(summary.error());
    }
    context.output.say(
        std::format("Draft of {} from {}: {}.", options.function, options.folder, summaryText(*summary)));
    co_return {};
}

/// What shall serve: named versions, or the draft as a version.
QCoro::Task<Result<Weights>> weightsFor(Context &context, client::PlatformClient &client,
                                        DeployOptions options)
{
    if (!options.weights.empty()) {
        co_return parseWeights(options.weights);
    }
    if (options.version) {
        co_return Weights{{.version = *options.version, .weight = 100}};
    }
    if (!options.folder.empty()) {
        auto sent = co_await send(context, client, options);
        if (!sent) {
            co_return std::unexpected(std::move(sent.error()));
        }
    }
    auto function = co_await client.function(options.function);
    if (!function) {
        co_return std::unexpected(std::move(function.error()));
    }
    auto build = co_await ensureBuild(context, client, std::move(*function));
    if (!build) {
        co_return std::unexpected(std::move(build.error()));
    }
    const auto version = co_await ensureVersion(context, client, std::move(*build), options.description);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    co_return Weights{{.version = *version, .weight = 100}};
}

/// A first deployment names only what was given (policyoptions.h), which the client's whole document cannot.
QCoro::Task<Result<wire::Deployment>> create(client::Connection connection, std::string function,
                                             wire::GroupName group, std::string body)
{
    client::HttpRequest request;
    request.verb = "PUT";
    request.pathAndQuery = "/v1/functions/" + QByteArray::fromStdString(function).toPercentEncoding() +
                           "/deployments/" + QByteArray::fromStdString(toString(group));
    request.body = QByteArray::fromStdString(body);
    request.headers.emplaceBack("if-none-match", "*");
    const auto transport = client::Transport::create(std::move(connection), {});
    const auto answer = co_await client::Transport::send(transport, std::move(request), {});
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    co_return wire::read<wire::Deployment>(answer->body.toStdString(), wire::UnknownFields::Ignore);
}

QCoro::Task<Result<wire::Deployment>> put(Context &context, client::PlatformClient &client,
                                          DeployOptions options, wire::GroupName group, Weights weights)
{
    auto present = co_await client.deployment(options.function, group);
    if (!present && present.error().type != "control/unknown-deployment") {
        co_return std::unexpected(std::move(present.error()));
    }
    if (!present) {
        auto made = co_await create(client.connection(), options.function, group,
                                    newDeploymentBody(weights, options.policy, options.reason));
        co_return made;
    }
    auto next = *present;
    next.weights = std::move(weights);
    next.reason = options.reason; // that of the change before is not this one's
    if (auto applied = applyChanges(options.policy, next); !applied) {
        co_return std::unexpected(std::move(applied.error()));
    }
    if (next.weights == present->weights && next.scaling == present->scaling &&
        next.concurrencyLimit == present->concurrencyLimit && next.network == present->network) {
        context.output.say("It is deployed like this already.");
        co_return *present;
    }
    next.status.reset();
    auto written = co_await client.putDeployment(std::move(next));
    co_return written;
}

void print(Output &output, const wire::Deployment &deployment)
{
    if (output.isJson()) {
        output.line(wire::write(deployment));
        return;
    }
    const wire::GroupName group{deployment.set, deployment.lane, deployment.region};
    output.line(std::format("Deployed {} {} to {}.", deployment.function, weightsText(deployment.weights),
                            toString(group)));
    if (deployment.scaling.reserved == 0) {
        output.line("It scales from zero at the first request.");
    }
    if (deployment.status && !deployment.status->url.empty()) {
        output.line(output.style().bold(deployment.status->url));
    }
}

Outcome run(Context &context, DeployOptions options)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    auto group = groupOf(options.group, link->me.region);
    if (!group) {
        co_return std::unexpected(std::move(group.error()));
    }
    auto weights = co_await weightsFor(context, *link->client, options);
    if (!weights) {
        co_return std::unexpected(std::move(weights.error()));
    }
    const auto deployment = co_await put(context, *link->client, options, *group, std::move(*weights));
    if (!deployment) {
        co_return std::unexpected(deployment.error());
    }
    print(context.output, *deployment);
    co_return ExitCode::Ok;
}

} // namespace

void addDeploy(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<DeployOptions>();
    auto *command = app.add_subcommand("deploy", "build the draft when it changed, publish it, let it serve");
    command->add_option("NAME", options->function, "the function")->required();
    auto *from = command
                     ->add_option("--from", options->folder,
                                  "first make the draft equal to this folder (see nest create --help)")
                     ->type_name("DIR");
    command->add_option("--group", options->group,
                        "set/lane/region (default: default/main and the platform's region)");
    auto *version =
        command->add_option("--version", options->version, "this version, without a build")->excludes(from);
    command->add_option("--weights", options->weights, "share requests between versions: 1=80,2=20")
        ->excludes(from)
        ->excludes(version);
    command->add_option("--reason", options->reason, "why it is changed, kept with the deployment");
    command
        ->add_option("--description", options->description, "what is new, kept with a version it publishes")
        ->excludes(version);
    addPolicyOptions(*command, options->policy);
    const char *network = "Network (a first deployment without either takes function.yaml's)";
    command
        ->add_option("--grant", options->policy.grants,
                     "NAME=HOST:PORT, an address that the function may connect to, found by NAME_HOST and "
                     "NAME_PORT; as often as needed, replaces those before; '' for none")
        ->check([](const std::string &text) {
            const auto grants = grantsOf({text});
            return grants ? std::string() : grants.error().detail;
        })
        ->group(network);
    command
        ->add_option("--egress", options->policy.egress,
                     "granted: the function reaches its grants alone; open: everything but the machine it "
                     "runs on, where the operator allows it")
        ->check(CLI::IsMember({"granted", "open"}))
        ->group(network);
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
