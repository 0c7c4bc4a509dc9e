// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/localengine.h"

#include "platform/engines/local/instancelabel.h"
#include "platform/engines/local/keeperlink.h"
#include "platform/engines/local/runtimebox.h"
#include "platform/engines/local/specialisecall.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <set>

namespace nest::engines {
namespace {

constexpr std::size_t rememberedLines = 20;
constexpr int drainGraceSeconds = 2;

double unixMilliseconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(now).count();
}

enum class InstanceState { Starting, Ready, Failed };

struct Instance
{
    InstanceSpec spec;
    std::string socketPath;
    InstanceState state = InstanceState::Starting;
    double askedUnixMs = 0;
    std::deque<std::string> lastLines;
    SpecialiseCall *specialise = nullptr; // while loading; a child of the link
};

/// Lines travel as fields that point nowhere.
std::vector<FieldError> asFields(const std::deque<std::string> &lines)
{
    std::vector<FieldError> fields;
    for (const auto &line : lines) {
        fields.push_back({"", line});
    }
    return fields;
}

template <typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};

} // namespace

class LocalEngine::Private final
{
public:
    Private(LocalEngine &engine, Config settings)
        : q(engine)
        , config(std::move(settings))
        , link({config.runtimeDirectory, config.keeperProgram, config.bwrapProgram})
    {}

    void greeted(const keeper::Hello &hello);
    void take(const keeper::Event &event);
    void lost(const std::string &reason);

    void take(const keeper::Started &started);
    void take(const keeper::NotStarted &notStarted);
    void take(const keeper::OutputLine &line);
    void take(const keeper::Exited &exited);

    void loaded(const std::string &id, const SpecialiseAnswer &answer);
    void fail(const std::string &id, Error error);
    void dropSpecialise(Instance &instance);

    LocalEngine &q;
    Config config;
    keeper::Isolation isolation;
    std::map<std::string, Instance> instances;
    std::set<std::string> jobs;
    KeeperLink link; // last: its children are destroyed before what they look at
};

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
    auto box = instanceBox(spec, m->config.runtimesDirectory);
    auto &instance = m->instances[id];
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
    const auto found = m->instances.find(id);
    if (found != m->instances.end()) {
        m->link.send(keeper::Drain{id, (found->second.spec.timeoutSeconds + drainGraceSeconds) * 1000});
    }
}

void LocalEngine::kill(const std::string &id)
{
    m->link.send(keeper::Kill{id});
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
    for (const auto &running : hello.instances) {
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
                                         .specialise = nullptr};
        adopted.push_back({running.id, running.socketPath, std::move(*spec)});
    }
    for (const auto &job : hello.jobs) {
        link.send(keeper::Kill{job}); // whoever waited for it is gone
    }
    Q_EMIT q.ready(std::move(adopted));
}

void LocalEngine::Private::take(const keeper::Event &event)
{
    std::visit(Overloaded{[this](const keeper::Started &started) { take(started); },
                          [this](const keeper::NotStarted &notStarted) { take(notStarted); },
                          [this](const keeper::OutputLine &line) { take(line); },
                          [this](const keeper::Exited &exited) { take(exited); },
                          [this](const keeper::LinesDropped &dropped) {
                              Q_EMIT q.linesDropped(dropped.id, dropped.count);
                          },
                          [this](const keeper::Stats &stats) {
                              if (instances.contains(stats.id)) {
                                  Q_EMIT q.instanceStats(stats.id, stats.memoryMegabytes,
                                                         stats.cpuMilliseconds);
                              }
                          },
                          [](const auto &) {
                          }}, // Hello and Refused stay with the link
               event);
}

void LocalEngine::Private::take(const keeper::Started &started)
{
    const auto found = instances.find(started.id);
    if (found == instances.end()) {
        return;
    }
    auto &instance = found->second;
    instance.socketPath = started.socketPath;
    instance.specialise = new SpecialiseCall(&link);
    QObject::connect(instance.specialise, &SpecialiseCall::loaded, &q,
                     [this, id = started.id](const SpecialiseAnswer &answer) { loaded(id, answer); });
    QObject::connect(instance.specialise, &SpecialiseCall::refused, &q,
                     [this, id = started.id](const Error &error) { fail(id, error); });
    instance.specialise->start(started.socketPath, specialiseBody(instance.spec), config.loadTimeoutSeconds);
}

void LocalEngine::Private::take(const keeper::NotStarted &notStarted)
{
    if (jobs.erase(notStarted.id) > 0) {
        Q_EMIT q.jobExited(notStarted.id, -1, notStarted.error.detail);
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
    const auto found = instances.find(line.id);
    if (found == instances.end()) {
        return;
    }
    auto &lines = found->second.lastLines;
    lines.push_back(line.line);
    if (lines.size() > rememberedLines) {
        lines.pop_front();
    }
    Q_EMIT q.logLine(line.id, line.stream, line.line, line.unixMs);
}

void LocalEngine::Private::take(const keeper::Exited &exited)
{
    if (jobs.erase(exited.id) > 0) {
        Q_EMIT q.jobExited(exited.id, exited.exitCode, exited.reason);
        return;
    }
    const auto found = instances.find(exited.id);
    if (found == instances.end()) {
        return;
    }
    dropSpecialise(found->second);
    const auto instance = std::move(found->second);
    instances.erase(found);
    if (instance.state == InstanceState::Ready) {
        Q_EMIT q.instanceExited(exited.id, exited.reason, exited.exitCode,
                                {instance.lastLines.begin(), instance.lastLines.end()});
    } else if (instance.state == InstanceState::Starting) {
        Q_EMIT q.instanceFailed(exited.id, {"engines/start-failed",
                                            "The instance of v" + std::to_string(instance.spec.version) +
                                                " ended while it started: " + exited.reason + ".",
                                            asFields(instance.lastLines)});
    }
}

void LocalEngine::Private::loaded(const std::string &id, const SpecialiseAnswer &answer)
{
    auto &instance = instances.at(id);
    instance.state = InstanceState::Ready;
    dropSpecialise(instance);
    link.send(keeper::SetLabel{id, encodeReadyLabel(instance.spec)});
    ColdStart cold;
    cold.startMs = std::max(0.0, answer.processStartUnixMs - instance.askedUnixMs);
    cold.runtimeInitMs = std::max(0.0, answer.listeningUnixMs - answer.processStartUnixMs);
    cold.userInitMs = answer.loadMs;
    Q_EMIT q.instanceReady(id, instance.socketPath, cold);
}

void LocalEngine::Private::fail(const std::string &id, Error error)
{
    const auto found = instances.find(id);
    if (found == instances.end() || found->second.state != InstanceState::Starting) {
        return;
    }
    auto &instance = found->second;
    dropSpecialise(instance);
    if (error.fields.empty()) { // a stack says it better
        error.fields = asFields(instance.lastLines);
    }
    if (instance.socketPath.empty()) {
        instances.erase(found); // never asked for
    } else {
        instance.state = InstanceState::Failed; // its end is not told a second time
        link.send(keeper::Kill{id});
    }
    Q_EMIT q.instanceFailed(id, std::move(error));
}

void LocalEngine::Private::dropSpecialise(Instance &instance)
{
    if (instance.specialise != nullptr) {
        instance.specialise->disconnect(&q);
        instance.specialise->deleteLater();
        instance.specialise = nullptr;
    }
}

void LocalEngine::Private::lost(const std::string &reason)
{
    constexpr int killed = 128 + 9;
    for (auto &[id, instance] : std::exchange(instances, {})) {
        dropSpecialise(instance);
        if (instance.state == InstanceState::Ready) {
            Q_EMIT q.instanceExited(id, reason, killed,
                                    {instance.lastLines.begin(), instance.lastLines.end()});
        } else if (instance.state == InstanceState::Starting) {
            Q_EMIT q.instanceFailed(id, {"engines/start-failed",
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
