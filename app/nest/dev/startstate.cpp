// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/startstate.h"

namespace nest::cli {

StartState startState(const std::vector<wire::Instance> &instances, const wire::Deployment &deployment,
                      int version)
{
    const wire::Instance *failed = nullptr;
    bool isOnItsWay = false;
    for (const auto &instance : instances) {
        if (instance.version != version) {
            continue;
        }
        if (instance.state == wire::InstanceState::Ready) {
            return {.phase = StartState::Phase::Ready};
        }
        if (instance.state == wire::InstanceState::Pending ||
            instance.state == wire::InstanceState::Starting) {
            isOnItsWay = true;
        }
        if (instance.state == wire::InstanceState::Failed &&
            (failed == nullptr || instance.createdAt > failed->createdAt)) {
            failed = &instance;
        }
    }
    // Blocked: only then it tells a reason (api/wire/deployment.h).
    const bool isBlocked = deployment.status && !deployment.status->reason.empty();
    StartState state;
    if (failed != nullptr) {
        state.reason = failed->reason;
        state.lines = failed->lastLines;
        state.phase = isBlocked && !isOnItsWay ? StartState::Phase::Failed : StartState::Phase::Starting;
    } else if (isBlocked) {
        state.reason = deployment.status->reason; // no room for one, which may pass
    }
    return state;
}

} // namespace nest::cli
