// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// GET …/floor: the reserved instances of the hours to come, and each rule by itself. POST …/floor: the same
// with a policy that is not the deployment's, so that a change can be looked at before it is made. Reads
// only. Thread: control.

#include "api/wire/deployment.h"
#include "platform/control/context.h"

namespace nest::control {

class FloorApi final
{
public:
    explicit FloorApi(Context &context);
    void addRoutes(Router &router);

private:
    QCoro::Task<Result<Answer>> plan(CallPtr call);
    QCoro::Task<Result<Answer>> preview(CallPtr call);
    [[nodiscard]] QCoro::Task<Result<Answer>>
    planned(const wire::Deployment &deployment, wire::ScalingPolicy scaling, std::chrono::hours hours) const;
    /// Of an instance, by the shares of its versions.
    [[nodiscard]] double megabytesOf(const wire::Deployment &deployment) const;
    /// Of the deployment that the address names.
    [[nodiscard]] Result<const wire::Deployment *> named(const Call &call) const;

    Context &m_context;
};

} // namespace nest::control
