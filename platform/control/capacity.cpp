// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/capacity.h"

#include "api/wire/codec.h"

#include <QThread>

#include <algorithm>
#include <format>

#include <unistd.h>

namespace nest::control {

Machine thisMachine(int memoryMegabytes)
{
    constexpr std::int64_t megabyte = 1024 * 1024;
    const auto whole =
        static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE) / megabyte;
    return {memoryMegabytes > 0 ? memoryMegabytes : static_cast<int>(whole), QThread::idealThreadCount()};
}

Capacity::Capacity(Context &context, const StatsBoard &stats, Machine machine)
    : m_context(context), m_stats(stats), m_machine(machine)
{}

void Capacity::addRoutes(Router &router)
{
    router.add("GET", "/v1/capacity", [this](CallPtr) -> QCoro::Task<Result<Answer>> {
        co_return jsonAnswer(200, wire::write(whole()));
    });
}

bool Capacity::hasRoom(int megabytes) const
{
    return m_context.fleet.promisedMegabytes() + m_context.trials.promisedMegabytes() + megabytes <=
           m_machine.memoryMegabytes;
}

Autoscaler::Room Capacity::roomFor(const gateway::RevisionKey &key) const
{
    const auto own = m_context.fleet.holdingOf(key);
    const int each = own.megabytesEach;
    // Its own count as room for it, those that drain too: what replaces them waits for their end, and so do
    // requests (hasRoom() is asked before each start), instead of being refused.
    const int others =
        m_context.fleet.promisedMegabytes() + m_context.trials.promisedMegabytes() - own.instances * each;
    const int left = std::max(0, m_machine.memoryMegabytes - others);
    Autoscaler::Room room{.instances = each > 0 ? left / each : 0, .megabytesEach = each, .reason = {}};
    if (room.instances == 0) {
        room.reason = std::format("No room on this machine: an instance takes {} MB, and of {} MB other "
                                  "instances have been promised "
                                  "{} MB. Lower what others reserve, or give functions less memory.",
                                  each, m_machine.memoryMegabytes, others);
    }
    return room;
}

wire::Capacity Capacity::whole() const
{
    wire::Capacity capacity;
    capacity.memoryMegabytes = m_machine.memoryMegabytes;
    capacity.cores = m_machine.cores;
    std::map<wire::GroupName, wire::GroupCapacity> groups;
    for (const auto &holding : m_context.fleet.holdings()) {
        auto &group = groups[{holding.key.set, holding.key.lane, holding.key.region}];
        group.instances += holding.instances;
        group.promisedMegabytes += holding.instances * holding.megabytesEach;
        group.limited += m_context.autoscaler.lacksRoom(holding.key) ? 1 : 0;
    }
    for (const auto &instance : m_context.fleet.instances()) {
        const auto usage = m_stats.usage(instance.id);
        if (!usage) {
            continue;
        }
        auto &group = groups[{instance.set, instance.lane, instance.region}];
        group.usedMegabytes = group.usedMegabytes.value_or(0) + usage->memoryMegabytes;
        if (usage->cpuPercent) {
            group.cpuPercent = group.cpuPercent.value_or(0) + *usage->cpuPercent;
        }
    }
    capacity.promisedMegabytes = m_context.trials.promisedMegabytes(); // they are of no group
    for (auto &[name, group] : groups) {
        group.set = name.set;
        group.lane = name.lane;
        group.region = name.region;
        capacity.promisedMegabytes += group.promisedMegabytes;
        if (group.usedMegabytes) {
            capacity.usedMegabytes = capacity.usedMegabytes.value_or(0) + *group.usedMegabytes;
        }
        if (group.cpuPercent) {
            capacity.cpuPercent = capacity.cpuPercent.value_or(0) + *group.cpuPercent;
        }
        capacity.groups.push_back(std::move(group));
    }
    return capacity;
}

} // namespace nest::control
