// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/builder.h"

#include "platform/builds/artefact.h"
#include "platform/builds/buildrun.h"
#include "platform/builds/diskfiles.h"

#include <QThreadPool>

#include <algorithm>
#include <deque>
#include <vector>

namespace nest::builds {

class Builder::Private final
{
public:
    Private(Builder &owner, Config settings, engines::LocalEngine &boxes)
        : q(owner), config(std::move(settings)), engine(boxes)
    {
        workers.setMaxThreadCount(config.parallel + 1);
        workers.setObjectName(QStringLiteral("builds"));
    }

    void startNext();
    void onEnded(BuildRun *run, const BuildResult &result);

    Builder &q;
    Config config;
    engines::LocalEngine &engine;
    QThreadPool workers;
    std::deque<BuildRequest> waiting;
    std::vector<std::unique_ptr<BuildRun>> running;
};

void Builder::Private::startNext()
{
    while (static_cast<int>(running.size()) < config.parallel && !waiting.empty()) {
        auto &run = running.emplace_back(
            std::make_unique<BuildRun>(std::move(waiting.front()), config, engine, workers));
        waiting.pop_front();
        const auto function = run->function();
        const auto number = run->number();
        connect(run.get(), &BuildRun::said, &q, [this, function, number](const std::string &line) {
            Q_EMIT q.progress(function, number, line);
        });
        connect(run.get(), &BuildRun::ended, &q,
                [this, pointer = run.get()](const BuildResult &result) { onEnded(pointer, result); });
        Q_EMIT q.started(function, number);
        run->start();
    }
}

void Builder::Private::onEnded(BuildRun *run, const BuildResult &result)
{
    const auto function = run->function();
    const auto number = run->number();
    const auto found = std::ranges::find(running, run, &std::unique_ptr<BuildRun>::get);
    if (found != running.end()) {
        found->release()->deleteLater(); // it is its own signal that is being handled
        running.erase(found);
    }
    Q_EMIT q.finished(function, number, result);
    startNext();
}

Builder::Builder(Config config, engines::LocalEngine &engine, QObject *parent)
    : QObject(parent), m(std::make_unique<Private>(*this, std::move(config), engine))
{}

void Builder::removeLeftovers()
{
    ArtefactStore(m->config.dataDirectory).removeLeftovers();
    removeTree(buildsFolder(m->config.dataDirectory));
}

Builder::~Builder()
{
    m->workers.waitForDone();
    m->running.clear();
}

void Builder::build(BuildRequest request)
{
    m->waiting.push_back(std::move(request));
    // From the event loop, so that the caller has noted the build before the first signal.
    QMetaObject::invokeMethod(this, [this] { m->startNext(); }, Qt::QueuedConnection);
}

void Builder::cancel(const std::string &function, int number)
{
    const auto isIt = [&](const auto &entry) {
        return entry.function == function && entry.number == number;
    };
    if (const auto found = std::ranges::find_if(m->waiting, isIt); found != m->waiting.end()) {
        m->waiting.erase(found);
        BuildResult result;
        result.state = wire::BuildState::Cancelled;
        result.reason = "Cancelled before it began.";
        Q_EMIT finished(function, number, result);
        return;
    }
    for (const auto &run : m->running) {
        if (run->function() == function && run->number() == number) {
            run->cancel();
        }
    }
}

} // namespace nest::builds
