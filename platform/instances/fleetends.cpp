// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of Fleet that deals with ends: failed starts, deaths, back-off, what is drained and forgotten.
#include "platform/instances/fleet.h"

#include <algorithm>
#include <format>

namespace nest::instances {

namespace {

using std::chrono::steady_clock;

// An instance that dies younger than this, and has answered nothing, counts as a failed start: restarting it
// at once would spin.
constexpr std::chrono::seconds shortLife{10};
// So many in a row that may have had any cause are a crash loop; a start that cannot succeed is one at once.
constexpr int failuresByChance = 3;
constexpr std::chrono::milliseconds firstBackOff{500};
constexpr std::chrono::milliseconds longestBackOff{30'000};
// A process that broke off a request is mostly dying: asked to drain now, it would be said to have been
// drained.
constexpr std::chrono::milliseconds ownEnd{500};
// Requests that have not ended this long after their own limit are given up with the instance.
constexpr std::chrono::seconds drainGrace{5};

/// What can be done about the function itself is in its log; what the machine lacks, its sentence says.
std::string withAdvice(const std::string &detail, std::string_view type, const gateway::RevisionKey &key)
{
    const bool isFunction = type == "engines/start-failed" || type == "engines/start-killed" ||
                            type == "engines/load-error" || type == "engines/load-timeout";
    return isFunction ? std::format("{} Look at `nest logs {}`.", detail, key.function) : detail;
}

} // namespace

void Fleet::onFailed(const std::string &id, const Error &error)
{
    auto [revision, instance] = find(id);
    if (instance == nullptr || isEnded(instance->document.state)) {
        return;
    }
    const bool wasDraining = instance->document.state == wire::InstanceState::Draining;
    instance->document.state = wasDraining ? wire::InstanceState::Stopped : wire::InstanceState::Failed;
    instance->document.stoppedAt = m_ports.now();
    instance->endedSince = steady_clock::now();
    if (!wasDraining) {
        instance->document.reason = error.detail;
        for (const auto &line : error.fields) {
            instance->document.lastLines.push_back(line.detail);
        }
        noteFailure(*revision, withAdvice(error.detail, error.type, revision->spec.key),
                    error.type == "engines/start-killed" ? Failure::ByChance : Failure::Certain);
    }
    publish(*revision, *instance);
    reconcile(*revision);
    rebuildRoutes();
}

void Fleet::onExited(const std::string &id, const std::string &reason, int exitCode,
                     const std::vector<std::string> &lastLines)
{
    auto [revision, instance] = find(id);
    if (instance == nullptr || isEnded(instance->document.state)) {
        return;
    }
    const bool wasDraining =
        instance->document.state == wire::InstanceState::Draining && !instance->isTroubled;
    const bool wasTakenOut = instance->document.state == wire::InstanceState::Draining &&
                             instance->isTroubled && !instance->drainSince;
    instance->document.state = wasDraining ? wire::InstanceState::Stopped : wire::InstanceState::Failed;
    instance->document.stoppedAt = m_ports.now();
    instance->endedSince = steady_clock::now();
    if (!wasDraining) {
        if (!wasTakenOut) { // else it lived on and we ended it: the reason is why it was taken out
            instance->document.reason =
                reason.empty() ? std::format("ended with exit code {}", exitCode) : reason;
        }
        instance->document.lastLines = lastLines;
        const auto readySince = instance->readySince;
        if (instance->answered->load(std::memory_order_relaxed) > 0) {
            revision->failuresInRow = 0; // whatever ended it, the next one can serve
        } else if (!readySince || steady_clock::now() - *readySince < shortLife) {
            noteFailure(
                *revision,
                std::format("The instances of v{} end soon after their start: {}. Look at `nest logs {}`.",
                            revision->spec.key.version, instance->document.reason,
                            revision->spec.key.function),
                readySince ? Failure::ByChance : Failure::Certain);
        }
    }
    publish(*revision, *instance);
    reconcile(*revision);
    rebuildRoutes();
}

void Fleet::noteFailure(RevisionRecord &revision, const std::string &reason, Failure failure)
{
    // Code that answers can start: whatever ended this one is no reason to make requests wait, or to refuse
    // them.
    std::uint64_t answered = 0;
    for (const auto &instance : revision.instances) {
        answered += instance.answered->load(std::memory_order_relaxed);
    }
    if (failure == Failure::ByChance && answered > revision.answeredAtFailure) {
        revision.failuresInRow = 0;
    }
    revision.answeredAtFailure = answered;
    ++revision.failuresInRow;
    if (failure == Failure::ByChance && revision.failuresInRow < failuresByChance) {
        return; // one request, or somebody's kill, may have ended it; the next instance starts at once
    }
    const auto wait = std::min<std::chrono::milliseconds>(
        longestBackOff, firstBackOff * (1 << std::min(revision.failuresInRow - 1, 10)));
    revision.notBefore = steady_clock::now() + wait;
    revision.blockedReason = reason;
}

void Fleet::housekeep()
{
    const auto now = steady_clock::now();
    bool routesChanged = false;
    for (auto entry = m_revisions.begin(); entry != m_revisions.end();) {
        auto &revision = entry->second;
        if (now >= revision.notBefore) {
            routesChanged = routesChanged || !revision.blockedReason.empty();
            revision.blockedReason.clear(); // the next request, or the wish, tries again
            if (const auto counts = revision.counts(); counts.ready + counts.starting < revision.desired) {
                reconcile(revision);
                routesChanged = true; // a start that fails at once is told at once
            }
        }
        const auto limit = std::chrono::seconds(revision.spec.instance.timeoutSeconds) + drainGrace;
        for (auto &instance : revision.instances) {
            if (instance.document.state == wire::InstanceState::Ready && instance.readySince &&
                now - *instance.readySince > shortLife) {
                revision.failuresInRow = 0;
            }
            if ((instance.drainSince && now - *instance.drainSince > limit) ||
                (instance.idleSince && now - *instance.idleSince > ownEnd)) {
                end(instance);
            }
        }
        std::erase_if(revision.instances, [&](const InstanceRecord &record) {
            const bool isOld =
                isEnded(record.document.state) && record.endedSince && now - *record.endedSince > keepEnded;
            if (isOld) {
                const auto answered = record.answered->load(std::memory_order_relaxed);
                revision.answeredAtFailure -= std::min(revision.answeredAtFailure, answered);
                Q_EMIT instanceForgotten(record.document.id);
            }
            return isOld;
        });
        entry = revision.retired && revision.instances.empty() ? m_revisions.erase(entry) : std::next(entry);
    }
    if (routesChanged) {
        rebuildRoutes();
    }
}

} // namespace nest::instances
