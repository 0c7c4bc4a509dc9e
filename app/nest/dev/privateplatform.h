// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A nestd of one command's own, for one folder of a developer (docs/decisions.md, 84).
//
// Its data and sockets lie in a cache folder named after the developer's folder. It begins empty but for
// fetched packages, and lives as long as this object's process: its standard input is ours. One at a time for
// a folder. Owner: the command, which calls end() before it lets go. Thread: main's.

#include "api/client/platformclient.h"

#include <QCoroTask>

#include <QLockFile>
#include <QProcess>
#include <QStringList>

#include <memory>
#include <stop_token>
#include <string>

namespace nest::cli {

struct PrivateOptions
{
    QString folder;             // of the developer
    QString program = {};       // of nestd; empty: beside this program
    QStringList arguments = {}; // beside the ones that make it private
};

class PrivatePlatform final
{
public:
    /// Errors: `cli/dev-running` (with who), `cli/dev-folder`, `client/no-program`, `client/platform-ended`
    /// (with the end of its log), `client/platform-silent`, `client/cancelled`, `control/cannot-start`.
    static QCoro::Task<Result<std::unique_ptr<PrivatePlatform>>> start(PrivateOptions options,
                                                                       std::stop_token stop);
    ~PrivatePlatform();
    Q_DISABLE_COPY_MOVE(PrivatePlatform)

    /// Nothing of it runs any more when the task is over, or it was killed.
    static QCoro::Task<> end(PrivatePlatform &platform);

    [[nodiscard]] client::PlatformClient &client() { return *m_client; }
    [[nodiscard]] const wire::Me &me() const { return m_me; }
    [[nodiscard]] const QString &runtimeFolder() const { return m_runtimeFolder; }
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// A sentence with the end of its log, once it does not run.
    [[nodiscard]] Error whyEnded() const;

private:
    explicit PrivatePlatform(const QString &folder);

    Result<> lock(const QString &folder);
    QCoro::Task<Result<>> cleared(std::stop_token stop);
    Result<> launch(const PrivateOptions &options);
    QCoro::Task<Result<>> ready(std::stop_token stop);

    QString m_place; // in the cache
    QString m_dataFolder;
    QString m_runtimeFolder;
    std::unique_ptr<QLockFile> m_lock;
    QProcess m_process;
    std::unique_ptr<client::PlatformClient> m_client;
    wire::Me m_me;
};

/// Where the private platform of a folder keeps what it has.
[[nodiscard]] QString privatePlace(const QString &folder);

} // namespace nest::cli
