// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/commands/commands.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <CLI/CLI.hpp>

#include <format>

namespace nest::cli {

namespace {

Cell known(const std::optional<double> &value, const char *unit)
{
    return value ? Cell{numberText(*value), unit} : Cell{unknown};
}

void print(Output &output, const wire::Capacity &capacity)
{
    output.line(std::format("{} MB of memory, {} MB promised, {} MB used; {} cores, {} % of one used",
                            capacity.memoryMegabytes, capacity.promisedMegabytes,
                            known(capacity.usedMegabytes, "").text, capacity.cores,
                            known(capacity.cpuPercent, "").text));
    if (capacity.groups.empty()) {
        output.line("No group has instances yet.");
        return;
    }
    Table table({{"GROUP"},
                 {"INSTANCES", Align::Right},
                 {"PROMISED", Align::Right},
                 {"USED", Align::Right},
                 {"CPU", Align::Right},
                 {"LIMITED"}});
    for (const auto &group : capacity.groups) {
        const auto limited = group.limited > 0 ? std::format("{} version{} would be more", group.limited,
                                                             group.limited == 1 ? "" : "s")
                                               : std::string();
        table.add({{toString(wire::GroupName{group.set, group.lane, group.region})},
                   {std::to_string(group.instances)},
                   {std::to_string(group.promisedMegabytes), "MB"},
                   known(group.usedMegabytes, "MB"),
                   known(group.cpuPercent, "%"),
                   {limited}});
    }
    output.raw(table.text(output.style()));
}

Outcome run(Context &context)
{
    auto link = co_await connectPlatform(context);
    if (!link) {
        co_return std::unexpected(std::move(link.error()));
    }
    const auto capacity = co_await link->client->capacity();
    if (!capacity) {
        co_return std::unexpected(capacity.error());
    }
    if (context.output.isJson()) {
        context.output.line(wire::write(*capacity));
    } else {
        print(context.output, *capacity);
    }
    co_return ExitCode::Ok;
}

} // namespace

void addCapacity(CLI::App &app, Command &chosen)
{
    auto *command =
        app.add_subcommand("capacity", "the machine, and what of it is promised and used, by group");
    command->callback([&chosen] { chosen = run; });
}

} // namespace nest::cli
