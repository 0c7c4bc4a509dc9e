// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The load runs of a session, one a function: started by a page, going on without it.
//
//     if (auto started = LoadJobs::of(session).start(request); !started) …
//
// Thread: UI. Owner: the session, as a child; of() makes it at the first call, so that every page of a
// session sees the same jobs.

#include "app/console/pages/function/test/loadjob.h"

#include <QHash>
#include <QObject>
#include <QStringList>

namespace nest::console {

class LoadJobs final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadJobs)

public:
    [[nodiscard]] static LoadJobs &of(models::Session &session);

    /// Null when none was started.
    [[nodiscard]] LoadJob *job(const QString &function) const { return m_jobs.value(function); }
    [[nodiscard]] bool isRunning(const QString &function) const;
    /// On these load runs, by name.
    [[nodiscard]] QStringList running() const;
    /// "Load test hello · 60 %"; empty: none runs on it.
    [[nodiscard]] QString statusText(const QString &function) const;
    void stopAll();

    /// Errors: those of LoadGenerator::start, `client/load-running` when one runs on the function,
    /// `console/load-off` with the reason when no load can be sent there.
    Result<void> start(const LoadRequest &request);
    /// GET / to a group, with the rest of the plan as given; its url, headers and method are filled in.
    Result<void> start(const QString &function, const wire::GroupName &group, client::LoadPlan plan);

    /// Why no load can be sent to the group; empty when it can.
    [[nodiscard]] QString offReason(const QString &function, const wire::GroupName &group) const;
    /// The group of the page where that is allowed: beyond LOCAL a lane of the function, never main.
    [[nodiscard]] std::optional<wire::GroupName> defaultGroup(const QString &function,
                                                              const wire::GroupName &group) const;

Q_SIGNALS:
    /// A job of this function was started, went on, or ended.
    void jobChanged(const QString &function);
    /// It ended: its job has the result.
    void ended(const QString &function);

private:
    explicit LoadJobs(models::Session &session);
    models::Session &m_session;
    QHash<QString, LoadJob *> m_jobs; // children
};

} // namespace nest::console
