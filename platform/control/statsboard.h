// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The live figures of each deployment and instance, put together once a second for the watch's `stats`.
// Thread: control.

#include "platform/control/context.h"

#include <map>
#include <string>

namespace nest::control {

class StatsBoard final
{
public:
    struct Usage
    {
        double memoryMegabytes = 0;
        double cpuMilliseconds = 0;
        std::optional<double> cpuPercent; // of one core, between the last two reports
        wire::Time at;
    };

    explicit StatsBoard(Context &context);

    /// From the engine, about once a second; the CPU time is the total since the instance began.
    void noteInstance(const std::string &id, double memoryMegabytes, double cpuMilliseconds, wire::Time now);
    /// Into the metrics, for each revision that scales by cpu or memory, what its instances use. A second in
    /// which the use of one is not known is left out; one that has only just begun counts as 0.
    void recordUsage(std::int64_t second, wire::Time now) const;
    void forget(const std::string &id);
    [[nodiscard]] std::optional<Usage> usage(const std::string &id) const;
    [[nodiscard]] std::optional<double> memoryMegabytes(const std::string &id) const;
    [[nodiscard]] wire::Stats stats(const gateway::SecondBatch &batch, wire::Time now) const;

private:
    void recordUsage(const gateway::RevisionKey &key, const std::vector<wire::Instance> &instances,
                     std::int64_t second, wire::Time now) const;
    [[nodiscard]] wire::DeploymentStats deployment(const wire::Deployment &deployment,
                                                   std::int64_t second) const;

    Context &m_context;
    std::map<std::string, Usage, std::less<>> m_usage;
};

} // namespace nest::control
