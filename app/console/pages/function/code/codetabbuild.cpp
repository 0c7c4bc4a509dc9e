// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Building, publishing and deploying from the tab Code.
#include "app/console/guard/guarddialog.h"
#include "app/console/pages/function/code/buildpanel.h"
#include "app/console/pages/function/code/codeactions.h"
#include "app/console/pages/function/code/codetab.h"
#include "app/console/pages/function/code/editorpane.h"
#include "app/console/pages/function/code/noticebar.h"
#include "app/console/pages/function/code/problemtext.h"
#include "app/console/pages/function/code/publishpopover.h"
#include "models/draft/buildrun.h"
#include "models/draft/draft.h"
#include "models/guard.h"
#include "models/session.h"

#include <QCoroTask>

#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::BuildRun;

namespace {

QHash<QString, std::vector<widgets::EditorProblem>> byFile(const wire::Build &build)
{
    QHash<QString, std::vector<widgets::EditorProblem>> problems;
    for (const auto &problem : build.problems) {
        problems[QString::fromStdString(problem.path)].push_back(
            {.tone = problem.severity == wire::ProblemSeverity::Error ? widgets::ProblemTone::Error
                                                                      : widgets::ProblemTone::Warning,
             .line = problem.line,
             .column = problem.column,
             .message = problemSentence(problem)});
    }
    return problems;
}

} // namespace

void CodeTab::showRun()
{
    if (!m_run) {
        return;
    }
    const bool runs = isBuilding();
    if (runs != std::exchange(m_wasRunning, runs)) {
        tellRun(m_target.function, runs);
        if (runs) {
            m_panel->showLog();
        }
    }
    const auto &build = m_run->build();
    m_editors->setProblems(build && !runs ? byFile(*build)
                                          : QHash<QString, std::vector<widgets::EditorProblem>>());
    if (const auto latest = latestBuild(); latest != m_latestBuild) {
        m_latestBuild = latest;
        Q_EMIT latestBuildChanged();
    }
}

void CodeTab::tellRun(const QString &function, bool runs)
{
    Q_EMIT jobChanged({.id = u"build/"_s + function,
                       .text = runs ? tr("Building %1").arg(function) : QString(),
                       .stop = tr("Cancel build")});
}

/// What is being saved to be built goes on without its editors; anything else ends with its text kept.
void CodeTab::leaveDraft(bool isForBuild)
{
    if (!isForBuild) {
        m_draft.reset(); // keeps what is not saved, while the editors still have it
        m_editors->setDraft(nullptr);
        return;
    }
    m_draft->detach();
    m_editors->setDraft(nullptr);
    m_draft->disconnect(this);
    connect(m_draft.get(), &models::Draft::allSaved, this,
            [this, function = m_runOf](bool isEverythingSaved) { startLeft(function, isEverythingSaved); });
    m_leftDrafts[m_runOf] = std::move(m_draft);
}

/// The build of the function that goes out of view goes on, and so does what the status bar says of it.
void CodeTab::leaveRun(bool isForBuild)
{
    if (!m_run || (!m_run->isRunning() && !isForBuild)) {
        if (std::exchange(m_wasRunning, false)) {
            tellRun(m_runOf, false);
        }
        m_run.reset();
        return;
    }
    m_run->disconnect(this);
    m_leftRuns[m_runOf] = std::move(m_run);
    if (!isForBuild) {
        followLeft(m_runOf);
    }
    m_wasRunning = false;
}

void CodeTab::followLeft(const QString &function)
{
    BuildRun *run = m_leftRuns.at(function).get();
    connect(run, &BuildRun::notStarted, this, [this, function, run] {
        Q_EMIT buildNotStarted(function, QString::fromStdString(run->error().detail));
    });
    connect(run, &BuildRun::changed, this, [this, function, run] {
        if (!run->isRunning()) {
            tellRun(function, false);
            // After the signal: it is the run that says so.
            QMetaObject::invokeMethod(
                this, [this, function] { m_leftRuns.erase(function); }, Qt::QueuedConnection);
        }
    });
}

/// The draft that was left has its answers.
void CodeTab::startLeft(const QString &function, bool isEverythingSaved)
{
    const auto run = m_leftRuns.find(function);
    if (isEverythingSaved && run != m_leftRuns.end()) {
        if (run->second->isRunning()) { // somebody else's, with the files as they were
            Q_EMIT buildNotStarted(function,
                                   tr("Another build of it is running. Wait for it or cancel it, then "
                                      "build again."));
        }
        run->second->start();
        followLeft(function);
    } else {
        tellRun(function, false);
        if (run != m_leftRuns.end()) {
            m_leftRuns.erase(run);
            Q_EMIT buildNotStarted(function, {});
        }
    }
    // After the signal: it is the draft that says so.
    QMetaObject::invokeMethod(this, [this, function] { m_leftDrafts.erase(function); }, Qt::QueuedConnection);
}

void CodeTab::cancelBuild(const QString &function)
{
    if (m_run && m_runOf == function) {
        m_isBuilding = false; // what is being saved is saved, and that is all
        m_run->cancel();
        showRun();
    } else if (m_leftDrafts.contains(function)) {
        m_leftRuns.erase(function);
        tellRun(function, false);
    } else if (const auto left = m_leftRuns.find(function); left != m_leftRuns.end()) {
        left->second->cancel();
    }
}

std::optional<int> CodeTab::latestBuild() const
{
    return m_actions->latestBuild();
}

bool CodeTab::isBuilding() const
{
    return m_isBuilding || (m_run && m_run->isRunning());
}

void CodeTab::startBuild()
{
    m_actions->build()->trigger(); // off is off, whoever asks
}

void CodeTab::build()
{
    m_isBuilding = true;
    showRun();
    m_draft->saveAll();
}

void CodeTab::buildSaved(bool isEverythingSaved)
{
    if (isEverythingSaved) {
        const QStringList starter = std::exchange(m_starter, {});
        for (const QString &path : starter) {
            m_editors->open(path);
        }
    }
    if (!std::exchange(m_isBuilding, false)) {
        return;
    }
    if (isEverythingSaved) {
        m_run->start();
    } else {
        tell(tr("Not built: not every file could be saved."), true);
    }
    showRun();
}

void CodeTab::askPublish(int build, const QString &description)
{
    if (m_options.guard == nullptr || m_options.guard->level() == models::Guard::Level::Open) {
        publish(build, description);
        return;
    }
    m_publish->close(); // it keeps its text, and the keys go to the question
    askGuard(*m_options.guard, this,
             {.title = tr("Publish build %1 of %2").arg(build).arg(m_target.function),
              .effects = {tr("It becomes a version that cannot be changed. No group runs it until it is "
                             "deployed.")},
              .name = m_target.function,
              .button = tr("Publish"),
              .reason = {}},
             [this, build, description, function = m_target.function](const QString &) {
                 if (function == m_target.function) {
                     publish(build, description);
                 }
             });
}

void CodeTab::publish(int build, const QString &description)
{
    m_publish->setBusy(true);
    QCoro::connect(
        m_session.client().publish(m_target.function.toStdString(), build, description.toStdString()), this,
        [this, build, function = m_target.function](Result<wire::Version> &&version) {
            if (!version) {
                m_publish->setProblem(QString::fromStdString(version.error().detail));
                if (!m_publish->isVisible()) {
                    tell(tr("Build %1 was not published. %2")
                             .arg(build)
                             .arg(QString::fromStdString(version.error().detail)),
                         true);
                }
                return;
            }
            m_publish->close();
            if (function == m_target.function && m_run) {
                m_run->setVersion(build, version->number);
                m_notice->show({.id = u"published"_s,
                                .tone = widgets::Tone::Info,
                                .fact = tr("Build %1 is v%2 now.").arg(build).arg(version->number),
                                .detail = tr("No group runs it until it is deployed."),
                                .choices = {{u"deploy"_s, tr("Deploy…")}},
                                .canClose = true});
            }
        });
}

void CodeTab::deploy()
{
    const auto green = latestBuild();
    if (!green) {
        return;
    }
    const auto version = m_run->build()->version;
    Q_EMIT deployRequested(
        {.function = m_target.function, .build = version ? std::nullopt : green, .version = version});
}

} // namespace nest::console
