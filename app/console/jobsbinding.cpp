// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/jobsbinding.h"

#include "app/console/pages/function/code/codetab.h"
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/function/test/loadtext.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/statusbar.h"
#include "widgets/state/toast.h"

#include <QAction>

namespace nest::console {

using namespace Qt::StringLiterals;

JobsBinding::JobsBinding(models::Session &session, widgets::MainWindow &window, widgets::ToastArea &toasts,
                         CodeTab &code, QObject *parent)
    : QObject(parent), m_session(session), m_window(window), m_toasts(toasts), m_code(code)
{
    LoadJobs &loads = LoadJobs::of(session);
    QAction *stopAll =
        window.actions().add({.id = u"load.stop"_s, .text = tr("Stop the load"), .icon = u"stop"_s});
    connect(stopAll, &QAction::triggered, &loads, &LoadJobs::stopAll);
    const auto show = [&window, &loads, stopAll] {
        window.actions().setDisabledReason(stopAll,
                                           loads.running().isEmpty() ? tr("No load runs.") : QString());
    };
    connect(&loads, &LoadJobs::jobChanged, stopAll, show);
    show();
    connect(&loads, &LoadJobs::jobChanged, this, &JobsBinding::showLoad);
    connect(&loads, &LoadJobs::ended, this, &JobsBinding::tellEnd);
    connect(&code, &CodeTab::buildNotStarted, this, [this](const QString &function, const QString &why) {
        m_toasts.show(
            {.tone = widgets::Tone::Bad,
             .sentence = tr("%1 was not built").arg(function),
             .detail = !why.isEmpty()
                           ? why
                           : tr("Not every file could be saved; the text is kept on this computer."),
             .action = tr("Open its code"),
             .isUndo = false,
             .isKept = true,
             .time = std::chrono::seconds(20)},
            [this, function] { Q_EMIT tabRequested(function, m_code.info().id); });
    });
    connect(&session, &models::Session::restartedOften, this, [this](int restarts) {
        const auto paths = client::localEndpoint();
        m_toasts.show({.tone = widgets::Tone::Warn,
                       .sentence = tr("The local platform ended by itself %n times and was started again",
                                      nullptr, restarts),
                       .detail = paths ? tr("Read the log in %1").arg(paths->startLog) : QString(),
                       .time = std::chrono::seconds(20)});
    });
    connect(&window.statusBar(), &widgets::StatusBar::jobActivated, this, &JobsBinding::open);
    connect(&window.statusBar(), &widgets::StatusBar::jobStopRequested, this, &JobsBinding::stop);
}

void JobsBinding::showLoad(const QString &function)
{
    m_window.statusBar().setJob({.id = u"load/"_s + function,
                                 .text = LoadJobs::of(m_session).statusText(function),
                                 .stop = tr("Stop load")});
}

/// Whoever put the load on may be on another page by now.
void JobsBinding::tellEnd(const QString &function)
{
    showLoad(function);
    const LoadEnd end = endOf(*LoadJobs::of(m_session).job(function));
    m_toasts.show({.tone = end.tone,
                   .sentence = end.sentence,
                   .detail = end.figures,
                   .action = tr("Show the load"),
                   .isUndo = false,
                   .isKept = true,
                   .time = std::chrono::seconds(20)},
                  [this, function] { openLoad(function); });
}

void JobsBinding::openLoad(const QString &function)
{
    if (const LoadJob *job = LoadJobs::of(m_session).job(function)) {
        Q_EMIT loadRequested(function, job->request().group);
    }
}

void JobsBinding::open(const QString &id)
{
    const QString what = id.section(u'/', 0, 0);
    const QString function = id.section(u'/', 1);
    if (what == "load"_L1) {
        openLoad(function);
    } else if (what == "build"_L1) {
        Q_EMIT tabRequested(function, m_code.info().id);
    } else if (what == "make"_L1) {
        Q_EMIT tabRequested(function, u"summary"_s);
    }
}

void JobsBinding::stop(const QString &id)
{
    const QString function = id.section(u'/', 1);
    if (id.startsWith("load/"_L1)) {
        if (LoadJob *job = LoadJobs::of(m_session).job(function)) {
            job->stop();
        }
    } else if (id.startsWith("build/"_L1)) {
        m_code.cancelBuild(function);
    }
}

} // namespace nest::console
