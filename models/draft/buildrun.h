// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The newest build of a function: started here or elsewhere, followed while it runs, cancelled.
//
// The watch tells that there is a build; its log grows with the build alone, so while it runs it is asked for
// four times a second. Thread: UI. Owner: a page; the session must outlive it.

#include "api/wire/build.h"
#include "api/wire/result.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace nest::models {

class Session;

class BuildRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BuildRun)

public:
    BuildRun(Session &session, QString function, QObject *parent = nullptr);

    /// Nothing: there is none yet, or it is not known yet.
    [[nodiscard]] const std::optional<wire::Build> &build() const { return m_build; }
    [[nodiscard]] bool isRunning() const;
    /// Cancel was asked for and the build has not ended yet.
    [[nodiscard]] bool isCancelling() const { return (m_isCancelling || m_cancelWhenStarted) && isRunning(); }
    /// Why the last start or cancel was refused; type empty when it was not.
    [[nodiscard]] const Error &error() const { return m_error; }
    /// The number of the newest build when it succeeded and the platform's files are still those it was made
    /// of.
    [[nodiscard]] std::optional<int> greenBuild() const;

    void start();
    /// Also while the start has no answer yet: then the build is cancelled as soon as it has a number.
    void cancel();
    /// A version was made of it.
    void setVersion(int build, int version);

Q_SIGNALS:
    void changed();
    /// It was running here and has an end now.
    void ended();
    /// The start was refused or lost; error() says why.
    void notStarted();

private:
    void lookAtFunction();
    void ask();
    void take(wire::Build build);
    void cancelBuild(int number);

    Session &m_session;
    QString m_function;
    std::optional<wire::Build> m_build;
    int m_wanted = 0;        // its number
    int m_latestVersion = 0; // of the function, when it was asked for
    bool m_isStarting = false;
    bool m_cancelWhenStarted = false;
    bool m_isAsking = false;
    bool m_isCancelling = false;
    Error m_error;
    QTimer m_poll;
};

} // namespace nest::models
