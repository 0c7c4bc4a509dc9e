// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/instances/fleet.h"

#include "platform/engines/local/grantsettings.h"

#include <algorithm>
#include <format>

namespace nest::instances {

using std::chrono::steady_clock;

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
                          revision.spec.instance.secretsMark == spec.instance.secretsMark &&
                          revision.spec.instance.grants == spec.instance.grants &&
                          revision.spec.instance.hasOpenNetwork == spec.instance.hasOpenNetwork &&
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
        record.document.network = engines::networkOf(spec);
        record.socketPath = adopted.socketPath;
        record.readySince = steady_clock::now();
        record.answered->store(1); // it was ready for an earlier nestd: no end of it is a failed start
        found->second.instances.push_back(std::move(record));
        found->second.desired = std::max(found->second.desired, found->second.counts().ready);
        auto &taken = found->second.instances.back();
        publish(found->second, taken);
        std::string why;
        if (spec.secretsMark != found->second.spec.instance.secretsMark) { // changed as the platform ended
            why = "replaced: a secret has another value";
        } else if (spec.grants != found->second.spec.instance.grants) { // the operator's word has changed
            why = "replaced: its network grants changed";
        } else if (spec.hasOpenNetwork != found->second.spec.instance.hasOpenNetwork) {
            why = "replaced: whether its network is open changed";
        }
        if (!why.empty()) {
            retire(found->second, taken, why);
            end(taken); // the gateway has never known it, so it will not say that it is idle
        }
    }
    rebuildRoutes();
}

void Fleet::noteSecond(const gateway::SecondBatch &batch)
{
    m_second = batch.second;
    for (const auto &second : batch.instances) {
        if (auto *instance = find(second.id).second) {
            instance->inFlight = second.inFlight;
            instance->busySecond = batch.second;
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

int Fleet::busy(const gateway::RevisionKey &key) const
{
    const auto found = m_revisions.find(key);
    return found == m_revisions.end() ? 0 : found->second.busy(m_second);
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
        const int each = revision.spec.instance.memoryMegabytes;
        for (int i = running; i < revision.desired && revision.blockedReason.empty() && m_ports.hasRoom(each);
             ++i) {
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
        noteFailure(revision, code.error().detail, Failure::Certain);
        return;
    }
    auto spec = revision.spec.instance;
    if (!spec.secretsMark.empty()) {
        auto secrets = m_ports.secrets(spec);
        if (!secrets) {
            noteFailure(revision, secrets.error().detail, Failure::Certain);
            return;
        }
        spec.secrets = std::move(*secrets);
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
    record.document.network = engines::networkOf(revision.spec.instance);
    using Milliseconds = std::chrono::duration<double, std::milli>;
    record.document.coldStart.scheduleMs = Milliseconds(began - revision.shortSince.value_or(began)).count();
    record.document.coldStart.fetchMs = Milliseconds(steady_clock::now() - began).count();

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
    instance->readySince = steady_clock::now();
    revision->blockedReason.clear();
    publish(*revision, *instance);
    rebuildRoutes();
}

void Fleet::publish(RevisionRecord &revision, const InstanceRecord &instance)
{
    keepPromise(revision);
    Q_EMIT instanceChanged(instance.document);
    Q_EMIT countsChanged(revision.spec.key);
}

Fleet::RouteHold Fleet::holdRoutes()
{
    ++m_routeHolds;
    return RouteHold(this);
}

void Fleet::releaseRoutes()
{
    if (--m_routeHolds == 0) {
        rebuildRoutes();
    }
}

void Fleet::rebuildRoutes()
{
    if (m_routeHolds > 0) {
        return;
    }
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
