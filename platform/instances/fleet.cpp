// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/instances/fleet.h"

#include <algorithm>
#include <format>

namespace nest::instances {

namespace {

using std::chrono::steady_clock;

// An instance that dies younger than this counts as a failed start: restarting it at once would spin.
constexpr std::chrono::seconds shortLife{10};
// So many short lives in a row are a crash loop; a start that fails is taken as one at once.
constexpr int crashesInRow = 3;
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
    const bool isFunction =
        type == "engines/start-failed" || type == "engines/load-error" || type == "engines/load-timeout";
    return isFunction ? std::format("{} Look at `nest logs {}`.", detail, key.function) : detail;
}

} // namespace

Fleet::Fleet(engines::LocalEngine &engine, Ports ports, QObject *parent)
    : QObject(parent), m_engine(engine), m_ports(std::move(ports))
{
    connect(&m_engine, &engines::LocalEngine::instanceReady, this, &Fleet::onReady);
    connect(&m_engine, &engines::LocalEngine::instanceFailed, this, &Fleet::onFailed);
    connect(&m_engine, &engines::LocalEngine::instanceExited, this, &Fleet::onExited);
    connect(&m_housekeeping, &QTimer::timeout, this, &Fleet::housekeep);
    m_housekeeping.start(std::chrono::milliseconds(250));
}

Fleet::~Fleet() = default;

void Fleet::setRevision(const RevisionSpec &spec)
{
    auto &revision = m_revisions[spec.key];
    const bool sameCode = revision.spec.artefactDigest == spec.artefactDigest &&
                          revision.spec.instance.environment == spec.instance.environment &&
                          revision.spec.instance.memoryMegabytes == spec.instance.memoryMegabytes &&
                          revision.spec.instance.timeoutSeconds == spec.instance.timeoutSeconds;
    revision.spec = spec;
    revision.retired = false;
    if (!sameCode) {
        revision.failuresInRow = 0;
        revision.blockedReason.clear();
        revision.notBefore = {};
        for (auto &instance : revision.instances) {
            retire(revision, instance, "replaced: the deployment's configuration changed");
        }
    }
    reconcile(revision);
    rebuildRoutes();
}

void Fleet::removeRevision(const gateway::RevisionKey &key)
{
    const auto found = m_revisions.find(key);
    if (found == m_revisions.end()) {
        return;
    }
    found->second.retired = true;
    found->second.desired = 0;
    reconcile(found->second);
    rebuildRoutes();
}

void Fleet::setDesired(const gateway::RevisionKey &key, int desired)
{
    const auto found = m_revisions.find(key);
    if (found == m_revisions.end() || found->second.retired || found->second.desired == desired) {
        return;
    }
    found->second.desired = desired;
    reconcile(found->second);
    rebuildRoutes();
}

void Fleet::adopt(const std::vector<engines::AdoptedInstance> &running)
{
    for (const auto &adopted : running) {
        const auto &spec = adopted.spec;
        const gateway::RevisionKey key{spec.function, spec.set, spec.lane, spec.region, spec.version};
        const auto found = m_revisions.find(key);
        if (find(adopted.id).second != nullptr) {
            continue; // the keeper came back, not we
        }
        if (found == m_revisions.end()) {
            m_engine.drain(adopted.id); // not deployed any more
            continue;
        }
        InstanceRecord record;
        record.document.id = adopted.id;
        record.document.function = key.function;
        record.document.set = key.set;
        record.document.lane = key.lane;
        record.document.region = key.region;
        record.document.version = key.version;
        record.document.state = wire::InstanceState::Ready;
        record.document.reason = "taken over from the platform's previous run";
        record.document.isolationLevel = m_engine.isolation().level;
        record.socketPath = adopted.socketPath;
        found->second.instances.push_back(std::move(record));
        found->second.desired = std::max(found->second.desired, found->second.counts().ready);
        publish(found->second, found->second.instances.back());
    }
    rebuildRoutes();
}

void Fleet::noteSecond(const gateway::SecondBatch &batch)
{
    for (const auto &second : batch.instances) {
        if (auto *instance = find(second.id).second) {
            instance->inFlight = second.inFlight;
        }
    }
}

void Fleet::noteIdle(const std::string &instanceId)
{
    if (auto *instance = find(instanceId).second;
        instance != nullptr && instance->document.state == wire::InstanceState::Draining) {
        if (instance->isTroubled) {
            instance->idleSince = steady_clock::now();
        } else {
            end(*instance);
        }
    }
}

void Fleet::noteTrouble(const std::string &instanceId, const std::string &reason)
{
    // The keeper reports a death by itself; this one is alive but does not take connections.
    if (auto [revision, instance] = find(instanceId);
        instance != nullptr && instance->document.state == wire::InstanceState::Ready) {
        instance->isTroubled = true;
        retire(*revision, *instance, "taken out: " + reason);
        reconcile(*revision);
        rebuildRoutes();
    }
}

void Fleet::close()
{
    m_closed = true;
}

Counts Fleet::counts(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    return found == m_revisions.end() ? Counts{} : found->second.counts();
}

int Fleet::desired(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    return found == m_revisions.end() ? 0 : found->second.desired;
}

std::string Fleet::blockedReason(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    return found == m_revisions.end() ? std::string{} : found->second.blockedReason;
}

bool Fleet::isStarting() const
{
    return std::ranges::any_of(m_revisions, [](const auto &entry) {
        return std::ranges::any_of(entry.second.instances, [](const InstanceRecord &record) {
            return record.document.state == wire::InstanceState::Starting;
        });
    });
}

bool Fleet::isIdle() const
{
    return std::ranges::all_of(m_revisions, [](const auto &entry) {
        return std::ranges::all_of(entry.second.instances, [](const InstanceRecord &record) {
            return isEnded(record.document.state);
        });
    });
}

std::vector<wire::Instance> Fleet::instances() const
{
    std::vector<wire::Instance> all;
    for (const auto &[key, revision] : m_revisions) {
        for (const auto &record : revision.instances) {
            all.push_back(record.document);
        }
    }
    return all;
}

std::optional<wire::Instance> Fleet::instance(const std::string &id) const
{
    const auto *found = record(id);
    return found == nullptr ? std::nullopt : std::optional(found->document);
}

const InstanceRecord *Fleet::record(const std::string &id) const
{
    for (const auto &[key, revision] : m_revisions) {
        const auto found = std::ranges::find(
            revision.instances, id,
            [](const InstanceRecord &record) -> const std::string & { return record.document.id; });
        if (found != revision.instances.end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::pair<RevisionRecord *, InstanceRecord *> Fleet::find(const std::string &id)
{
    for (auto &[key, revision] : m_revisions) {
        for (auto &instance : revision.instances) {
            if (instance.document.id == id) {
                return {&revision, &instance};
            }
        }
    }
    return {nullptr, nullptr};
}

void Fleet::reconcile(RevisionRecord &revision)
{
    const auto counts = revision.counts();
    const int running = counts.ready + counts.starting;
    if (revision.desired <= running) {
        revision.shortSince.reset();
    } else if (!revision.shortSince) {
        revision.shortSince = steady_clock::now();
    }
    if (revision.desired > running && !m_closed && steady_clock::now() >= revision.notBefore) {
        revision.blockedReason.clear();
        for (int i = running; i < revision.desired && revision.blockedReason.empty(); ++i) {
            startOne(revision);
        }
        if (revision.blockedReason.empty()) {
            revision.shortSince.reset();
        }
    }
    for (int i = running; i > revision.desired; --i) {
        // The cheapest to lose: one that serves nobody yet, then the one with the least in flight.
        InstanceRecord *victim = nullptr;
        const auto cost = [](const InstanceRecord &record) {
            return record.document.state == wire::InstanceState::Ready ? 1 + static_cast<int>(record.inFlight)
                                                                       : 0;
        };
        for (auto &instance : revision.instances) {
            const auto state = instance.document.state;
            const bool isRunning = state == wire::InstanceState::Ready ||
                                   state == wire::InstanceState::Starting ||
                                   state == wire::InstanceState::Pending;
            if (isRunning && (victim == nullptr || cost(instance) <= cost(*victim))) {
                victim = &instance;
            }
        }
        if (victim == nullptr) {
            break;
        }
        retire(revision, *victim, "not needed any more");
    }
}

void Fleet::startOne(RevisionRecord &revision)
{
    const auto began = steady_clock::now();
    const auto code = m_ports.codeDirectory(revision.spec.artefactDigest);
    if (!code) {
        noteFailure(revision, code.error().detail, false);
        return;
    }
    InstanceRecord record;
    record.document.id = m_ports.makeInstanceId();
    record.document.function = revision.spec.key.function;
    record.document.set = revision.spec.key.set;
    record.document.lane = revision.spec.key.lane;
    record.document.region = revision.spec.key.region;
    record.document.version = revision.spec.key.version;
    record.document.state = wire::InstanceState::Starting;
    record.document.createdAt = m_ports.now();
    record.document.isolationLevel = m_engine.isolation().level;
    using Milliseconds = std::chrono::duration<double, std::milli>;
    record.document.coldStart.scheduleMs = Milliseconds(began - revision.shortSince.value_or(began)).count();
    record.document.coldStart.fetchMs = Milliseconds(steady_clock::now() - began).count();

    auto spec = revision.spec.instance;
    spec.id = record.document.id;
    spec.codeDir = *code;
    revision.instances.push_back(std::move(record));
    const auto slot = m_ports.claimSlot(spec);
    if (slot) {
        revision.instances.back().document.pool = slot->pool;
    }
    publish(revision, revision.instances.back());
    if (slot) {
        m_engine.startInSlot(slot->id, std::move(spec));
    } else {
        m_engine.startInstance(std::move(spec));
    }
}

void Fleet::retire(RevisionRecord &revision, InstanceRecord &instance, const std::string &reason)
{
    const auto before = instance.document.state;
    if (before == wire::InstanceState::Draining || isEnded(before)) {
        return;
    }
    instance.document.state = wire::InstanceState::Draining;
    instance.document.reason = reason;
    instance.drainSince = steady_clock::now();
    publish(revision, instance);
    if (before != wire::InstanceState::Ready) {
        m_engine.kill(instance.document.id); // it has no request to lose
    }
}

void Fleet::end(InstanceRecord &instance)
{
    instance.drainSince.reset();
    instance.idleSince.reset();
    m_engine.drain(instance.document.id);
}

void Fleet::onReady(const std::string &id, const std::string &socketPath, const engines::ColdStart &coldStart)
{
    auto [revision, instance] = find(id);
    if (instance == nullptr || instance->document.state != wire::InstanceState::Starting) {
        return; // given up in the meantime
    }
    auto &phases = instance->document.coldStart;
    phases.fetchMs = phases.fetchMs.value_or(0) + coldStart.fetchMs;
    phases.startMs = coldStart.startMs;
    phases.runtimeInitMs = coldStart.runtimeInitMs;
    phases.userInitMs = coldStart.userInitMs;
    if (coldStart.startMs > 0) {
        instance->document.pool.reset(); // its slot had just ended: a runtime was booted for it
    }
    instance->socketPath = socketPath;
    instance->coldStartHeader =
        std::format("schedule={:.1f};fetch={:.1f};start={:.1f};runtimeInit={:.1f};userInit={:.1f}",
                    phases.scheduleMs.value_or(0), phases.fetchMs.value_or(0), coldStart.startMs,
                    coldStart.runtimeInitMs, coldStart.userInitMs);
    instance->document.state = wire::InstanceState::Ready;
    instance->document.readyAt = m_ports.now();
    revision->blockedReason.clear();
    publish(*revision, *instance);
    rebuildRoutes();
}

void Fleet::onFailed(const std::string &id, const Error &error)
{
    auto [revision, instance] = find(id);
    if (instance == nullptr || isEnded(instance->document.state)) {
        return;
    }
    const bool wasDraining = instance->document.state == wire::InstanceState::Draining;
    instance->document.state = wasDraining ? wire::InstanceState::Stopped : wire::InstanceState::Failed;
    instance->document.stoppedAt = m_ports.now();
    if (!wasDraining) {
        instance->document.reason = error.detail;
        for (const auto &line : error.fields) {
            instance->document.lastLines.push_back(line.detail);
        }
        noteFailure(*revision, withAdvice(error.detail, error.type, revision->spec.key), false);
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
    const auto now = m_ports.now();
    const bool wasTakenOut = instance->document.state == wire::InstanceState::Draining &&
                             instance->isTroubled && !instance->drainSince;
    instance->document.state = wasDraining ? wire::InstanceState::Stopped : wire::InstanceState::Failed;
    instance->document.stoppedAt = now;
    if (!wasDraining) {
        if (!wasTakenOut) { // else it lived on and we ended it: the reason is why it was taken out
            instance->document.reason =
                reason.empty() ? std::format("ended with exit code {}", exitCode) : reason;
        }
        instance->document.lastLines = lastLines;
        const auto readyAt = instance->document.readyAt;
        if (!readyAt || now - *readyAt < shortLife) {
            noteFailure(
                *revision,
                std::format("The instances of v{} end soon after their start: {}. Look at `nest logs {}`.",
                            revision->spec.key.version, instance->document.reason,
                            revision->spec.key.function),
                readyAt.has_value());
        }
    }
    publish(*revision, *instance);
    reconcile(*revision);
    rebuildRoutes();
}

void Fleet::noteFailure(RevisionRecord &revision, const std::string &reason, bool wasReady)
{
    ++revision.failuresInRow;
    if (wasReady && revision.failuresInRow < crashesInRow) {
        return; // one request may have ended it; the next instance starts at once
    }
    const auto wait = std::min<std::chrono::milliseconds>(
        longestBackOff, firstBackOff * (1 << std::min(revision.failuresInRow - 1, 10)));
    revision.notBefore = steady_clock::now() + wait;
    revision.blockedReason = reason;
}

void Fleet::housekeep()
{
    const auto now = steady_clock::now();
    const auto wallNow = m_ports.now();
    bool routesChanged = false;
    for (auto entry = m_revisions.begin(); entry != m_revisions.end();) {
        auto &revision = entry->second;
        if (!revision.blockedReason.empty() && now >= revision.notBefore) {
            revision.blockedReason.clear(); // the next request, or the wish, tries again
            routesChanged = true;
            reconcile(revision);
        }
        const auto limit = std::chrono::seconds(revision.spec.instance.timeoutSeconds) + drainGrace;
        for (auto &instance : revision.instances) {
            if (instance.document.state == wire::InstanceState::Ready && instance.document.readyAt &&
                wallNow - *instance.document.readyAt > shortLife) {
                revision.failuresInRow = 0;
            }
            if ((instance.drainSince && now - *instance.drainSince > limit) ||
                (instance.idleSince && now - *instance.idleSince > ownEnd)) {
                end(instance);
            }
        }
        std::erase_if(revision.instances, [&](const InstanceRecord &record) {
            const bool isOld = isEnded(record.document.state) && record.document.stoppedAt &&
                               wallNow - *record.document.stoppedAt > keepEnded;
            if (isOld) {
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

void Fleet::publish(RevisionRecord &revision, const InstanceRecord &instance)
{
    Q_EMIT instanceChanged(instance.document);
    Q_EMIT countsChanged(revision.spec.key);
}

void Fleet::rebuildRoutes()
{
    auto table = std::make_shared<gateway::RouteTable>();
    table->generation = ++m_generation;
    for (const auto &[key, revision] : m_revisions) {
        if (!revision.retired) {
            addRoute(*table, revision);
        }
    }
    m_ports.setRoutes(std::move(table));
}

} // namespace nest::instances
