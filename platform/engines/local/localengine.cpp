// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/localengine.h"

#include "platform/engines/local/enginestate.h"
#include "platform/engines/local/instancelabel.h"
#include "platform/engines/local/runtimebox.h"
#include "platform/engines/local/slotfolder.h"
#include "platform/keeper/boxplaces.h"
#include "platform/runtimes/catalogue.h"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>

namespace nest::engines {
namespace {

constexpr std::size_t rememberedLines = 20;
constexpr int drainGraceSeconds = 2;
constexpr auto withheldLine =
    "••• (withheld: a secret of this instance cannot be read, so none can be taken out)";
constexpr int killedCode = 128 + 9; // SIGKILL, by whoever

/// Lines travel as fields that point nowhere.
std::vector<FieldError> asFields(const std::deque<std::string> &lines)
{
    std::vector<FieldError> fields;
    for (const auto &line : lines) {
        fields.push_back({"", line});
    }
    return fields;
}

/// Of a line that a guest wrote about something critical; empty for any other.
std::string criticalMessage(const std::string &line)
{
    boost::system::error_code error;
    const auto value = boost::json::parse(line, error);
    const auto *object = error ? nullptr : value.if_object();
    const auto *severity = object != nullptr ? object->if_contains("severity") : nullptr;
    const auto *message = object != nullptr ? object->if_contains("message") : nullptr;
    const bool isCritical =
        severity != nullptr && severity->is_string() && severity->get_string() == "critical";
    return isCritical && message != nullptr && message->is_string() ? std::string(message->get_string())
                                                                    : std::string();
}

template <typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};

} // namespace

LocalEngine::LocalEngine(Config config, QObject *parent)
    : QObject(parent), m(std::make_unique<Private>(*this, std::move(config)))
{
    connect(&m->link, &KeeperLink::connected, this,
            [this](const keeper::Hello &hello) { m->greeted(hello); });
    connect(&m->link, &KeeperLink::received, this, [this](const keeper::Event &event) { m->take(event); });
    connect(&m->link, &KeeperLink::lost, this, [this] { m->lost("the keeper ended"); });
    connect(&m->link, &KeeperLink::failed, this, [this](const Error &error) {
        m->lost(error.detail);
        Q_EMIT failed(error);
    });
}

LocalEngine::~LocalEngine() = default;

const LocalEngine::Config &LocalEngine::config() const
{
    return m->config;
}

keeper::Isolation LocalEngine::isolation() const
{
    return m->isolation;
}

void LocalEngine::start()
{
    m->link.start();
}

void LocalEngine::startInstance(InstanceSpec spec)
{
    const auto id = spec.id;
    if (m->instances.contains(id)) {
        return; // asked twice: the first asking is the one that counts
    }
    auto box = instanceBox(
        spec, {m->config.runtimesDirectory, m->config.callsDirectory, m->config.runtimeDirectory + "/names"});
    if (box && m->config.debug) {
        makeDebuggable(*box, *runtimes::find(spec.runtime), *m->config.debug);
    }
    auto &instance = m->instances[id];
    instance.redaction = m->redactions.of(spec.function, spec.secrets);
    instance.spec = std::move(spec);
    instance.askedUnixMs = unixMilliseconds();
    if (!box) {
        // Later, so that the caller has stored the id before it hears of it.
        QMetaObject::invokeMethod(
            this, [this, id, error = box.error()] { m->fail(id, error); }, Qt::QueuedConnection);
        return;
    }
    m->link.send(keeper::StartInstance{id, std::move(*box), {}});
}

void LocalEngine::drain(const std::string &id)
{
    const auto found = m->instances.find(m->boxOf(id));
    if (found != m->instances.end()) {
        // What stands at a breakpoint has no time limit, and nobody waits for it.
        const auto seconds = m->config.debug ? 0 : found->second.spec.timeoutSeconds;
        m->link.send(keeper::Drain{found->first, (seconds + drainGraceSeconds) * 1000});
    }
}

void LocalEngine::kill(const std::string &id)
{
    m->link.send(keeper::Kill{m->boxOf(id)});
}

void LocalEngine::hide(const std::string &id, const std::map<std::string, std::string> &secrets)
{
    if (const auto found = m->instances.find(m->boxOf(id)); found != m->instances.end()) {
        found->second.isWithheld = false;
        found->second.redaction = m->redactions.of(found->second.spec.function, secrets);
    }
}

void LocalEngine::runJob(JobSpec job)
{
    if (m->jobs.insert(job.id).second) {
        m->link.send(keeper::StartJob{job.id, jobBox(job), job.timeoutSeconds});
    }
}

void LocalEngine::cancelJob(const std::string &id)
{
    m->link.send(keeper::Kill{id});
}

void LocalEngine::Private::greeted(const keeper::Hello &hello)
{
    isolation = hello.isolation;
    std::vector<AdoptedInstance> adopted;
    std::vector<SlotSpec> waiting;
    for (const auto &running : hello.instances) {
        auto slot = decodeSlotLabel(running.label);
        const auto *runtime = slot && slot->hasPackages ? runtimes::find(slot->runtime) : nullptr;
        const auto packages = runtime != nullptr ? std::string(runtime->packages) : std::string();
        if (slot && isEmptyFolder(config.slotsDirectory + '/' + running.id, packages)) {
            slots[running.id] = Slot{.spec = *slot,
                                     .socketPath = running.socketPath,
                                     .isReady = true,
                                     .askedUnixMs = 0,
                                     .health = nullptr};
            link.send(keeper::Foreground{running.id}); // it may have been booting
            waiting.push_back(std::move(*slot));
            continue;
        }
        auto spec = decodeReadyLabel(running.label);
        if (!spec) {
            // Its nestd went away while it was loading; what it has loaded is unknown.
            link.send(keeper::Kill{running.id});
            continue;
        }
        instances[running.id] = Instance{.spec = *spec,
                                         .socketPath = running.socketPath,
                                         .state = InstanceState::Ready,
                                         .askedUnixMs = 0,
                                         .lastLines = {},
                                         .specialise = nullptr,
                                         .isFromSlot = spec->id != running.id,
                                         .isWithheld = !spec->secretsMark.empty()};
        if (spec->id != running.id) {
            boxes[spec->id] = running.id;
        }
        adopted.push_back({spec->id, running.socketPath, std::move(*spec)});
    }
    for (const auto &job : hello.jobs) {
        link.send(keeper::Kill{job}); // whoever waited for it is gone
    }
    for (const auto &id : slotFolders(config.slotsDirectory)) {
        if (!slots.contains(id) && !instances.contains(id)) {
            removeFolder(id); // its box ended while nobody looked
        }
    }
    Q_EMIT q.ready(std::move(adopted), std::move(waiting));
}

void LocalEngine::Private::take(const keeper::Event &event)
{
    std::visit(Overloaded{[this](const keeper::Started &started) { take(started); },
                          [this](const keeper::NotStarted &notStarted) { take(notStarted); },
                          [this](const keeper::OutputLine &line) { take(line); },
                          [this](const keeper::Exited &exited) { take(exited); },
                          [this](const keeper::LinesDropped &dropped) {
                              const auto found = instances.find(dropped.id);
                              Q_EMIT q.linesDropped(found == instances.end() ? dropped.id
                                                                             : found->second.spec.id,
                                                    dropped.count);
                          },
                          [this](const keeper::Stats &stats) {
                              if (const auto found = instances.find(stats.id); found != instances.end()) {
                                  Q_EMIT q.instanceStats(found->second.spec.id, stats.memoryMegabytes,
                                                         stats.cpuMilliseconds);
                              } else if (slots.contains(stats.id)) {
                                  Q_EMIT q.slotStats(stats.id, stats.memoryMegabytes);
                              }
                          },
                          [](const auto &) {
                          }}, // Hello and Refused stay with the link
               event);
}

void LocalEngine::Private::take(const keeper::Started &started)
{
    if (const auto slot = slots.find(started.id); slot != slots.end()) {
        slotStarted(slot->second, started.socketPath);
        return;
    }
    const auto found = instances.find(started.id);
    if (found == instances.end()) {
        return;
    }
    found->second.socketPath = started.socketPath;
    specialise(started.id);
}

void LocalEngine::Private::specialise(const std::string &box)
{
    auto &instance = instances.at(box);
    instance.specialise = new SpecialiseCall(&link);
    QObject::connect(instance.specialise, &SpecialiseCall::loaded, &q,
                     [this, box](const SpecialiseAnswer &answer) { loaded(box, answer); });
    QObject::connect(instance.specialise, &SpecialiseCall::refused, &q,
                     [this, box](const Error &error) { fail(box, error); });
    const auto code = keeper::hasOwnFiles(isolation)
                          ? std::string(codeInBox)
                          : keeper::canonicalPath(instance.isFromSlot ? config.slotsDirectory + '/' + box
                                                                      : instance.spec.codeDir);
    instance.specialise->start(instance.socketPath, {.body = specialiseBody(instance.spec, code),
                                                     .codeDir = code,
                                                     .timeoutSeconds = config.loadTimeoutSeconds});
}

void LocalEngine::Private::take(const keeper::NotStarted &notStarted)
{
    if (jobs.erase(notStarted.id) > 0) {
        Q_EMIT q.jobExited(notStarted.id, -1, notStarted.error.detail);
        return;
    }
    if (slots.erase(notStarted.id) > 0) {
        removeFolder(notStarted.id);
        Q_EMIT q.slotEnded(notStarted.id, notStarted.error.detail);
        return;
    }
    const auto found = instances.find(notStarted.id);
    if (found != instances.end()) {
        instances.erase(found);
        Q_EMIT q.instanceFailed(notStarted.id, notStarted.error);
    }
}

void LocalEngine::Private::take(const keeper::OutputLine &line)
{
    if (jobs.contains(line.id)) {
        Q_EMIT q.jobOutput(line.id, line.stream, line.line + "\n");
        return;
    }
    if (const auto slot = slots.find(line.id); slot != slots.end()) {
        if (auto said = criticalMessage(line.line); !said.empty()) {
            slot->second.lastWord = std::move(said);
        }
        return;
    }
    const auto found = instances.find(line.id);
    if (found == instances.end()) {
        return;
    }
    auto text = line.line;
    if (found->second.isWithheld) {
        text = withheldLine;
    }
    found->second.redaction->apply(text);
    auto &lines = found->second.lastLines;
    lines.push_back(text);
    if (lines.size() > rememberedLines) {
        lines.pop_front();
    }
    Q_EMIT q.logLine(found->second.spec.id, line.stream, text, line.unixMs);
}

void LocalEngine::Private::take(const keeper::Exited &exited)
{
    if (jobs.erase(exited.id) > 0) {
        Q_EMIT q.jobExited(exited.id, exited.exitCode, exited.reason);
        return;
    }
    if (const auto slot = slots.find(exited.id); slot != slots.end()) {
        dropCall(slot->second.health);
        const auto said = std::move(slot->second.lastWord);
        slots.erase(slot);
        removeFolder(exited.id);
        Q_EMIT q.slotEnded(exited.id, said.empty() ? exited.reason : exited.reason + ": " + said);
        return;
    }
    const auto found = instances.find(exited.id);
    if (found == instances.end()) {
        return;
    }
    dropCall(found->second.specialise);
    const auto instance = std::move(found->second);
    instances.erase(found);
    auto reason = exited.reason; // which may be what it said last
    instance.redaction->apply(reason);
    if (instance.isFromSlot) {
        boxes.erase(instance.spec.id);
        removeFolder(exited.id);
    }
    if (instance.state == InstanceState::Ready) {
        Q_EMIT q.instanceExited(instance.spec.id, reason, exited.exitCode,
                                {instance.lastLines.begin(), instance.lastLines.end()});
    } else if (instance.state == InstanceState::Starting) {
        Q_EMIT q.instanceFailed(
            instance.spec.id,
            {exited.exitCode == killedCode ? "engines/start-killed" : "engines/start-failed",
             "The instance of v" + std::to_string(instance.spec.version) +
                 " ended while it started: " + reason + ".",
             asFields(instance.lastLines)});
    }
}

void LocalEngine::Private::loaded(const std::string &box, const SpecialiseAnswer &answer)
{
    auto &instance = instances.at(box);
    instance.state = InstanceState::Ready;
    dropCall(instance.specialise);
    link.send(keeper::SetLabel{box, encodeReadyLabel(instance.spec)});
    instance.spec.secrets.clear(); // the function has them now
    ColdStart cold;
    cold.fetchMs = instance.fetchMs;
    if (!instance.isFromSlot) {
        cold.startMs = std::max(0.0, answer.processStartUnixMs - instance.askedUnixMs);
        cold.runtimeInitMs = std::max(0.0, answer.listeningUnixMs - answer.processStartUnixMs);
    }
    cold.userInitMs = answer.loadMs;
    Q_EMIT q.instanceReady(instance.spec.id, instance.socketPath, cold);
}

void LocalEngine::Private::fail(const std::string &box, Error error)
{
    const auto found = instances.find(box);
    if (found == instances.end() || found->second.state != InstanceState::Starting) {
        return;
    }
    auto &instance = found->second;
    dropCall(instance.specialise);
    instance.spec.secrets.clear();
    error = redacted(std::move(error), *instance.redaction);
    if (error.fields.empty()) { // a stack says it better
        error.fields = asFields(instance.lastLines);
    }
    const auto id = instance.spec.id;
    if (instance.socketPath.empty()) {
        instances.erase(found); // never asked for
    } else {
        instance.state = InstanceState::Failed; // its end is not told a second time
        link.send(keeper::Kill{box});
    }
    Q_EMIT q.instanceFailed(id, std::move(error));
}

Error LocalEngine::Private::redacted(Error error, const secrets::Redaction &redaction)
{
    redaction.apply(error.detail);
    for (auto &field : error.fields) {
        redaction.apply(field.detail);
    }
    return error;
}

void LocalEngine::Private::dropCall(SpecialiseCall *&call)
{
    if (call != nullptr) {
        call->disconnect(&q);
        call->deleteLater();
        call = nullptr;
    }
}

void LocalEngine::Private::lost(const std::string &reason)
{
    boxes.clear();
    for (auto &[id, slot] : std::exchange(slots, {})) {
        dropCall(slot.health);
        removeFolder(id);
        Q_EMIT q.slotEnded(id, reason);
    }
    for (auto &[box, instance] : std::exchange(instances, {})) {
        dropCall(instance.specialise);
        const auto &id = instance.spec.id;
        if (instance.isFromSlot) {
            removeFolder(box);
        }
        if (instance.state == InstanceState::Ready) {
            Q_EMIT q.instanceExited(id, reason, killedCode,
                                    {instance.lastLines.begin(), instance.lastLines.end()});
        } else if (instance.state == InstanceState::Starting) {
            Q_EMIT q.instanceFailed(id, {"engines/start-killed",
                                         "The instance of v" + std::to_string(instance.spec.version) +
                                             " was not ready when " + reason + ".",
                                         asFields(instance.lastLines)});
        }
    }
    for (const auto &id : std::exchange(jobs, {})) {
        Q_EMIT q.jobExited(id, -1, reason);
    }
}

} // namespace nest::engines
