// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What there is of the machine, what instances have been promised of it, and what they use: as room for the
// autoscaler, and as GET /v1/capacity.
//
// An instance is promised the memory of its version from its start to its end; a start whose promise does not
// fit is not made. A trial is counted, but a person who tries something is not refused for want of room. CPU
// is shared, so it is shown and limits nothing. Reads only. Thread: control.

#include "api/wire/platform.h"
#include "platform/control/context.h"
#include "platform/control/statsboard.h"

namespace nest::control {

struct Machine
{
    int memoryMegabytes = 0; // that functions may be promised in all
    int cores = 0;
};

/// This machine; `memoryMegabytes` above 0 stands instead of all its memory.
[[nodiscard]] Machine thisMachine(int memoryMegabytes);

class Capacity final
{
public:
    Capacity(Context &context, const StatsBoard &stats, Machine machine);
    void addRoutes(Router &router);

    /// Whatever wishes for it: nothing is started beyond what there is.
    [[nodiscard]] bool hasRoom(int megabytes) const;
    [[nodiscard]] Autoscaler::Room roomFor(const gateway::RevisionKey &key) const;

private:
    [[nodiscard]] wire::Capacity whole() const;

    Context &m_context;
    const StatsBoard &m_stats;
    Machine m_machine;
};

} // namespace nest::control
