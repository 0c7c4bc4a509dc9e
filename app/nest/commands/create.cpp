// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/draftfolder.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <format>

namespace nest::cli {

namespace {

struct CreateOptions
{
    std::string name;
    std::string templateId;
    std::string folder;
    std::string service = "default";
    std::string description;
};

void sayNext(Output &output, const CreateOptions &options)
{
    output.say(std::format("Next: nest deploy {0}{1}, then nest invoke {0}", options.name,
                           options.folder.empty() ? "" : " --from " + options.folder));
}

Outcome run(Context &context, CreateOptions options)
{
    DraftFolder folder;
    if (!options.folder.empty()) { // looked at first: a bad folder makes no function
        auto read = readDraftFolder(QString::fromStdString(options.folder));
        if (!read) {
            co_return std::unexpected(std::move(read.error()));
        }
        folder = std::move(*read);
    }
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    wire::CreateFunction request;
    request.name = options.name;
    request.service = options.service;
    request.description = options.description;
    if (options.folder.empty()) {
        request.templateId = options.templateId.empty() ? "http-api-node" : options.templateId;
    }
    auto function = co_await link->client->createFunction(request);
    if (!function) {
        co_return std::unexpected(std::move(function.error()));
    }
    auto &output = context.output;
    if (request.templateId) {
        output.say(std::format("Created {} from the template {}.", options.name, *request.templateId));
    } else {
        const auto skipped = std::move(folder.skipped);
        const auto summary = co_await syncDraft(*link->client, options.name, std::move(folder));
        if (!summary) {
            output.complain(
                std::format("nest: {0} was created, but not all files were sent. Mend it, then nest "
                            "deploy {0} --from {1} sends the rest.",
                            options.name, options.folder));
            co_return std::unexpected(summary.error());
        }
        for (const auto &path : skipped) {
            output.say("Left out: " + path);
        }
        output.say(
            std::format("Created {} from {}: {}.", options.name, options.folder, summaryText(*summary)));
        function = co_await link->client->function(options.name);
        if (!function) {
            co_return std::unexpected(std::move(function.error()));
        }
    }
    if (output.isJson()) {
        output.line(wire::write(*function));
    } else {
        sayNext(output, options);
    }
    co_return ExitCode::Ok;
}

} // namespace

void addCreate(CLI::App &app, Command &chosen)
{
    auto options = std::make_shared<CreateOptions>();
    auto *command = app.add_subcommand("create", "make a function from a template or a folder");
    command->add_option("NAME", options->name, "3 to 40 of a-z, 0-9 and -, beginning with a letter")
        ->required();
    auto *fromTemplate = command->add_option("--template", options->templateId,
                                             "template of the draft (default http-api-node)");
    command
        ->add_option(
            "--from", options->folder,
            "folder of the draft; node_modules, hidden files and links are left out; at most 2,000 files, "
            "5 MiB each, 50 MiB in all")
        ->type_name("DIR")
        ->excludes(fromTemplate);
    command->add_option("--service", options->service, "the service it belongs to (default: default)");
    command->add_option("--description", options->description, "what it is for");
    command->callback([options, &chosen] {
        chosen = [options](Context &context) {
            return run(context, *options);
        };
    });
}

} // namespace nest::cli
