// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// POST /v1/scaling/simulate: what a scaling policy would have done with a load that is given, or that the
// platform has recorded. Reads only. Thread: control; the days themselves pass in a worker.

#include "api/wire/simulation.h"
#include "platform/control/context.h"
#include "scaling/simulate.h"

namespace nest::control {

class SimulateApi final
{
public:
    explicit SimulateApi(Context &context);
    void addRoutes(Router &router);

private:
    QCoro::Task<Result<Answer>> simulate(CallPtr call);
    [[nodiscard]] Result<scaling::Samples> recorded(const wire::SimulationSource &source) const;

    Context &m_context;
};

} // namespace nest::control
