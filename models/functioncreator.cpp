// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/functioncreator.h"

#include <algorithm>

namespace nest::models {

using namespace std::chrono_literals;

namespace {

constexpr auto lookEvery = 150ms; // a build of the templates takes about a second

std::size_t indexOf(FunctionCreator::Step step)
{
    return static_cast<std::size_t>(step);
}

} // namespace

FunctionCreator::FunctionCreator(Session &session, CreationPlan plan, QObject *parent)
    : QObject(parent), m_session(session), m_plan(std::move(plan))
{
    m_look.setSingleShot(true);
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, &FunctionCreator::followBuild);
}

FunctionCreator::~FunctionCreator() = default;

bool FunctionCreator::isRunning() const
{
    return step(m_current).state == State::Running;
}

std::chrono::milliseconds FunctionCreator::total() const
{
    std::chrono::milliseconds sum{0};
    for (const StepRecord &record : m_steps) {
        sum += record.took;
    }
    return sum;
}

void FunctionCreator::start()
{
    run(Step::Files);
}

void FunctionCreator::retry()
{
    if (step(m_current).state == State::Failed) {
        run(m_current);
    }
}

void FunctionCreator::cancel()
{
    if (!isRunning() || m_isCancelled) {
        return;
    }
    m_isCancelled = true;
    if (m_current == Step::Build && m_build) {
        cancelBuild();
    } else if (m_current == Step::Answer) {
        ++m_generation;
        stopCancelled();
    }
}

/// Its end is heard of as that of any build.
void FunctionCreator::cancelBuild()
{
    QCoro::connect(m_session.client().cancelBuild(name(), m_build->number), this,
                   [this](const Result<> &done) {
                       if (!done && done.error().type != "control/not-running") {
                           m_look.stop();
                           ++m_generation;
                           failed(done.error());
                       }
                   });
}

void FunctionCreator::stopCancelled()
{
    failed({"console/cancelled", tr("Cancelled. What was made before stays.").toStdString(), {}});
}

void FunctionCreator::run(Step step)
{
    m_current = step;
    m_isCancelled = false;
    m_error = {};
    m_steps[indexOf(step)] = {.state = State::Running};
    m_sinceStep.start();
    switch (step) {
    case Step::Files:
        writeFiles();
        break;
    case Step::Build:
        startBuild();
        break;
    case Step::Publish:
        publish();
        break;
    case Step::Deploy:
        deploy();
        break;
    case Step::Answer:
        ask();
        break;
    }
    Q_EMIT changed();
}

void FunctionCreator::done(Step step)
{
    m_steps[indexOf(step)] = {.state = State::Done, .took = std::chrono::milliseconds(m_sinceStep.elapsed())};
    if (step == Step::Answer) {
        Q_EMIT changed();
        return;
    }
    const Step next = steps[indexOf(step) + 1];
    if (!m_isCancelled) {
        run(next);
        return;
    }
    m_current = next;
    m_sinceStep.start();
    stopCancelled();
}

void FunctionCreator::failed(Error error)
{
    m_steps[indexOf(m_current)] = {.state = State::Failed,
                                   .took = std::chrono::milliseconds(m_sinceStep.elapsed())};
    m_error = std::move(error);
    Q_EMIT changed();
}

void FunctionCreator::writeFiles()
{
    QCoro::connect(m_session.client().createFunction(m_plan.function), this,
                   [this, generation = m_generation](Result<wire::Function> &&made) {
                       if (generation == m_generation) {
                           made ? done(Step::Files) : failed(std::move(made.error()));
                       }
                   });
}

void FunctionCreator::startBuild()
{
    m_build.reset();
    QCoro::connect(m_session.client().startBuild(name()), this,
                   [this, generation = m_generation](Result<wire::Build> &&build) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (!build) {
                           failed(std::move(build.error()));
                           return;
                       }
                       m_build = std::move(*build);
                       if (m_isCancelled) {
                           cancelBuild(); // asked before its number was known
                       }
                       m_look.start();
                       Q_EMIT changed();
                   });
}

void FunctionCreator::followBuild()
{
    QCoro::connect(m_session.client().build(name(), m_build->number), this,
                   [this, generation = m_generation](Result<wire::Build> &&build) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (!build) {
                           failed(std::move(build.error()));
                           return;
                       }
                       m_build = std::move(*build);
                       switch (m_build->state) {
                       case wire::BuildState::Queued:
                       case wire::BuildState::Running:
                           m_look.start();
                           Q_EMIT changed();
                           break;
                       case wire::BuildState::Succeeded:
                           done(Step::Build);
                           break;
                       case wire::BuildState::Cancelled:
                           stopCancelled();
                           break;
                       case wire::BuildState::Failed:
                           failed({"console/build-failed", m_build->reason, {}});
                           break;
                       }
                   });
}

void FunctionCreator::publish()
{
    QCoro::connect(m_session.client().publish(name(), m_build->number, m_plan.function.description), this,
                   [this, generation = m_generation](Result<wire::Version> &&version) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (!version) {
                           failed(std::move(version.error()));
                           return;
                       }
                       m_version = std::move(*version);
                       done(Step::Publish);
                   });
}

void FunctionCreator::deploy()
{
    m_plan.deployment.function = name();
    m_plan.deployment.weights = {{.version = m_version->number, .weight = 100}};
    QCoro::connect(m_session.client().putDeployment(m_plan.deployment), this,
                   [this, generation = m_generation](Result<wire::Deployment> &&deployment) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (!deployment) {
                           failed(std::move(deployment.error()));
                           return;
                       }
                       m_plan.deployment = std::move(*deployment);
                       done(Step::Deploy);
                   });
}

void FunctionCreator::ask()
{
    wire::InvokeRequest request;
    request.group = wire::GroupName{m_plan.deployment.set, m_plan.deployment.lane, m_plan.deployment.region};
    request.path = m_plan.probePath;
    QCoro::connect(m_session.client().invoke(name(), std::move(request)), this,
                   [this, generation = m_generation](Result<wire::Invocation> &&answer) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (!answer) {
                           failed(std::move(answer.error()));
                           return;
                       }
                       m_answer = std::move(*answer);
                       if (m_answer->status == 0) {
                           failed({"console/no-answer", m_answer->reason, {}});
                           return;
                       }
                       done(Step::Answer);
                   });
}

} // namespace nest::models
