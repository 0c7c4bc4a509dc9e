// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the fleet's instances take of the machine, and what happens when no more fit.
#include "platform/instances/fleet.h"

#include <utility>

namespace nest::instances {

namespace {

constexpr std::chrono::seconds roomAskedAgain{2}; // as often as a revision is looked at

Holding holding(const RevisionRecord &revision)
{
    const auto counts = revision.counts();
    return {revision.spec.key, counts.ready + counts.starting + counts.draining, counts.draining,
            revision.spec.instance.memoryMegabytes};
}

} // namespace

std::vector<Holding> Fleet::holdings() const
{
    std::vector<Holding> all;
    for (const auto &[key, revision] : m_revisions) {
        all.push_back(holding(revision));
    }
    return all;
}

Holding Fleet::holdingOf(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    return found == m_revisions.end() ? Holding{.key = key} : holding(found->second);
}

void Fleet::keepPromise(RevisionRecord &revision)
{
    const auto held = holding(revision);
    const int now = held.instances * held.megabytesEach;
    m_promised += now - std::exchange(revision.promisedMegabytes, now);
}

void Fleet::block(const gateway::RevisionKey &key, const std::string &reason)
{
    const auto found = m_revisions.find(key);
    if (found == m_revisions.end() || found->second.retired) {
        return;
    }
    auto &revision = found->second;
    revision.notBefore = std::chrono::steady_clock::now() + roomAskedAgain;
    if (revision.blockedReason != reason) {
        revision.blockedReason = reason;
        rebuildRoutes();
        Q_EMIT countsChanged(key);
    }
}

} // namespace nest::instances
