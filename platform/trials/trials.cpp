// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/trials/trials.h"

#include "platform/engines/local/grantsettings.h"

#include <algorithm>
#include <format>
#include <utility>

namespace nest::trials {

namespace {

using std::chrono::steady_clock;
using wire::InstanceState;

constexpr std::chrono::minutes keepEnded{10}; // as long as those of deployments
constexpr std::chrono::milliseconds longestTick{500};

bool isAlive(const wire::Instance &document)
{
    return document.state == InstanceState::Starting || document.state == InstanceState::Ready;
}

bool isEnded(const wire::Instance &document)
{
    return document.state == InstanceState::Stopped || document.state == InstanceState::Failed;
}

} // namespace

Trials::Trials(engines::LocalEngine &engine, Ports ports, Config config, QObject *parent)
    : QObject(parent), m_engine(engine), m_ports(std::move(ports)), m_config(config)
{
    connect(&m_engine, &engines::LocalEngine::instanceReady, this, &Trials::onReady);
    connect(&m_engine, &engines::LocalEngine::instanceFailed, this, &Trials::onFailed);
    connect(&m_engine, &engines::LocalEngine::instanceExited, this, &Trials::onExited);
    connect(&m_engine, &engines::LocalEngine::instanceStats, this,
            [this](const std::string &id, double memoryMegabytes, double) {
                if (auto *trial = find(id)) {
                    trial->memoryMegabytes = memoryMegabytes;
                }
            });
    connect(&m_housekeeping, &QTimer::timeout, this, &Trials::housekeep);
    m_housekeeping.setInterval(std::min(longestTick, m_config.idle));
}

Trials::~Trials() = default;

Trials::Trial *Trials::find(const std::string &id)
{
    const auto found = std::ranges::find(
        m_trials, id, [](const Trial &trial) -> const std::string & { return trial.document.id; });
    return found == m_trials.end() ? nullptr : &*found;
}

Trials::Trial *Trials::findFor(const TrialSpec &spec)
{
    const auto found = std::ranges::find_if(m_trials, [&](const Trial &trial) {
        return isAlive(trial.document) && !trial.isSpent &&
               trial.spec.instance.function == spec.instance.function &&
               trial.spec.artefactDigest == spec.artefactDigest &&
               trial.spec.instance.secretsMark == spec.instance.secretsMark &&
               trial.spec.instance.grants == spec.instance.grants &&
               trial.spec.instance.hasOpenNetwork == spec.instance.hasOpenNetwork;
    });
    return found == m_trials.end() ? nullptr : &*found;
}

void Trials::take(const TrialSpec &spec, Taken taken)
{
    if (m_isClosed) {
        taken(failure("control/stopping", "The platform is stopping. Try again in some seconds."));
        return;
    }
    auto *trial = findFor(spec);
    if (trial != nullptr && trial->inUse == 0 && trial->waiting.empty() &&
        trial->spec.instance.version != spec.instance.version) {
        retire(*trial, "replaced: its build was published, and the code shall see its version");
        trial = nullptr;
    }
    if (trial == nullptr) {
        if (!makeRoom()) {
            taken(failure("control/too-many-trials",
                          std::format("{} trials run, which is as many as there may be. Wait until one of "
                                      "them has answered.",
                                      m_config.instances)));
            return;
        }
        startOne(spec, std::move(taken));
        return;
    }
    if (trial->document.state == InstanceState::Starting) {
        trial->waiting.push_back(std::move(taken));
        return;
    }
    ++trial->inUse;
    taken(Lease{.id = trial->document.id,
                .socketPath = trial->socketPath,
                .isCold = false,
                .coldStart = {},
                .trouble = {}});
}

bool Trials::makeRoom()
{
    const auto alive =
        std::ranges::count_if(m_trials, [](const Trial &trial) { return isAlive(trial.document); });
    if (static_cast<std::size_t>(alive) < m_config.instances) {
        return true;
    }
    Trial *oldest = nullptr;
    for (auto &trial : m_trials) {
        const bool isIdle = isAlive(trial.document) && trial.inUse == 0 && trial.waiting.empty();
        if (isIdle && (oldest == nullptr || trial.lastUsed < oldest->lastUsed)) {
            oldest = &trial;
        }
    }
    if (oldest != nullptr) {
        retire(*oldest, "its place was needed for another trial");
    }
    return oldest != nullptr;
}

void Trials::startOne(const TrialSpec &spec, Taken taken)
{
    const auto began = steady_clock::now();
    const auto code = m_ports.codeDirectory(spec.artefactDigest);
    if (!code) {
        taken(std::unexpected(code.error()));
        return;
    }
    auto &trial = m_trials.emplace_back();
    trial.spec = spec;
    trial.spec.instance.secrets.clear();
    trial.waiting.push_back(std::move(taken));
    auto &document = trial.document;
    document.id = m_ports.makeInstanceId();
    document.function = spec.instance.function;
    document.version = spec.instance.version;
    document.build = spec.build;
    document.state = InstanceState::Starting;
    document.createdAt = m_ports.now();
    document.isolationLevel = m_engine.isolation().level;
    document.network = engines::networkOf(spec.instance);
    document.coldStart.scheduleMs = 0; // it begins at once
    document.coldStart.fetchMs =
        std::chrono::duration<double, std::milli>(steady_clock::now() - began).count();
    auto instance = spec.instance;
    instance.id = document.id;
    instance.codeDir = *code;
    const auto slot = m_ports.claimSlot(instance);
    if (slot) {
        document.pool = slot->pool;
    }
    Q_EMIT instanceChanged(document);
    m_housekeeping.start();
    if (slot) {
        m_engine.startInSlot(slot->id, std::move(instance));
    } else {
        m_engine.startInstance(std::move(instance));
    }
}

void Trials::retire(Trial &trial, const std::string &reason)
{
    if (!isAlive(trial.document)) {
        return;
    }
    const bool wasReady = trial.document.state == InstanceState::Ready;
    trial.document.state = InstanceState::Draining;
    trial.document.reason = reason;
    Q_EMIT instanceChanged(trial.document);
    if (wasReady && !trial.isSpent) {
        m_engine.drain(trial.document.id);
    } else {
        m_engine.kill(trial.document.id); // it hangs, or nobody waits for it
    }
}

void Trials::giveBack(const std::string &id, bool isSpent)
{
    auto *trial = find(id);
    if (trial == nullptr) {
        return;
    }
    --trial->inUse;
    trial->lastUsed = steady_clock::now();
    trial->isSpent = trial->isSpent || isSpent;
    if (trial->inUse == 0 && (trial->isSpent || m_isClosed)) {
        retire(*trial, trial->isSpent ? std::format("a request ran into its time limit of {} s",
                                                    trial->spec.instance.timeoutSeconds)
                                      : "the platform stops");
    }
}

void Trials::endAll(const std::string &function)
{
    for (auto &trial : m_trials) {
        if (!function.empty() && trial.document.function != function) {
            continue;
        }
        if (trial.inUse == 0 && trial.waiting.empty()) {
            retire(trial, function.empty() ? "the platform stops" : "the function was deleted");
        }
    }
}

void Trials::close()
{
    m_isClosed = true;
    endAll();
}

std::vector<wire::Instance> Trials::instances() const
{
    std::vector<wire::Instance> all;
    for (const auto &trial : m_trials) {
        all.push_back(trial.document);
    }
    return all;
}

const wire::Instance *Trials::instance(const std::string &id) const
{
    const auto found = std::ranges::find(
        m_trials, id, [](const Trial &trial) -> const std::string & { return trial.document.id; });
    return found == m_trials.end() ? nullptr : &found->document;
}

int Trials::promisedMegabytes() const
{
    int sum = 0;
    for (const auto &trial : m_trials) {
        sum += isEnded(trial.document) ? 0 : trial.spec.instance.memoryMegabytes;
    }
    return sum;
}

std::optional<double> Trials::memoryMegabytes(const std::string &id) const
{
    const auto found = std::ranges::find(
        m_trials, id, [](const Trial &trial) -> const std::string & { return trial.document.id; });
    return found == m_trials.end() ? std::nullopt : found->memoryMegabytes;
}

void Trials::onReady(const std::string &id, const std::string &socketPath,
                     const engines::ColdStart &coldStart)
{
    auto *trial = find(id);
    if (trial == nullptr || trial->document.state != InstanceState::Starting) {
        return; // another one's, or given up in the meantime
    }
    auto &document = trial->document;
    document.coldStart.fetchMs = document.coldStart.fetchMs.value_or(0) + coldStart.fetchMs;
    document.coldStart.startMs = coldStart.startMs;
    document.coldStart.runtimeInitMs = coldStart.runtimeInitMs;
    document.coldStart.userInitMs = coldStart.userInitMs;
    if (coldStart.startMs > 0) {
        document.pool.reset(); // its slot had just ended: a runtime was booted for it
    }
    document.state = InstanceState::Ready;
    document.readyAt = m_ports.now();
    trial->socketPath = socketPath;
    trial->lastUsed = steady_clock::now();
    Q_EMIT instanceChanged(document);
    auto waiting = std::exchange(trial->waiting, {});
    trial->inUse += static_cast<int>(waiting.size());
    const Lease lease{
        .id = id, .socketPath = socketPath, .isCold = true, .coldStart = document.coldStart, .trouble = {}};
    for (const auto &taken : waiting) {
        taken(lease);
    }
}

void Trials::onFailed(const std::string &id, const Error &error)
{
    auto *trial = find(id);
    if (trial == nullptr || isEnded(trial->document)) {
        return;
    }
    auto &document = trial->document;
    const bool wasDraining = document.state == InstanceState::Draining;
    document.state = wasDraining ? InstanceState::Stopped : InstanceState::Failed;
    document.stoppedAt = m_ports.now();
    if (!wasDraining) {
        document.reason = error.detail;
        for (const auto &line : error.fields) {
            document.lastLines.push_back(line.detail);
        }
    }
    Q_EMIT instanceChanged(document);
    const Lease lease{
        .id = id, .socketPath = {}, .isCold = true, .coldStart = document.coldStart, .trouble = error};
    for (const auto &taken : std::exchange(trial->waiting, {})) {
        taken(lease);
    }
}

void Trials::onExited(const std::string &id, const std::string &reason, int exitCode,
                      const std::vector<std::string> &lastLines)
{
    auto *trial = find(id);
    if (trial == nullptr || isEnded(trial->document)) {
        return;
    }
    auto &document = trial->document;
    const bool wasDraining = document.state == InstanceState::Draining;
    document.state = wasDraining ? InstanceState::Stopped : InstanceState::Failed;
    document.stoppedAt = m_ports.now();
    if (!wasDraining) {
        document.reason = reason.empty() ? std::format("ended with exit code {}", exitCode) : reason;
        document.lastLines = lastLines;
    }
    Q_EMIT instanceChanged(document);
}

void Trials::housekeep()
{
    const auto now = steady_clock::now();
    const auto wallNow = m_ports.now();
    for (auto &trial : m_trials) {
        if (trial.document.state == InstanceState::Ready && trial.inUse == 0 &&
            now - trial.lastUsed >= m_config.idle) {
            retire(trial, "nobody used it for a while");
        }
    }
    std::erase_if(m_trials, [&](const Trial &trial) {
        const bool isOld = isEnded(trial.document) && trial.inUse == 0 && trial.document.stoppedAt &&
                           wallNow - *trial.document.stoppedAt > keepEnded;
        if (isOld) {
            Q_EMIT instanceForgotten(trial.document.id);
        }
        return isOld;
    });
    if (m_trials.empty()) {
        m_housekeeping.stop();
    }
}

} // namespace nest::trials
