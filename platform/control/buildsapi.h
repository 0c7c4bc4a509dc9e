// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Builds and versions of functions: POST …/builds makes an artefact from the draft, POST …/versions freezes a
// green build, whose files can be read again (versionfiles.cpp). One build of a function at a time. Thread:
// control.

#include "platform/builds/sources.h"
#include "platform/control/context.h"

#include <QObject>

#include <map>

namespace nest::control {

class BuildsApi final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BuildsApi)

public:
    explicit BuildsApi(Context &context, QObject *parent = nullptr);
    void addRoutes(Router &router);
    /// After a restart nothing builds any more: what was running is marked failed, with the reason.
    QCoro::Task<Result<>> failInterrupted();

private:
    using Task = QCoro::Task<Result<Answer>>;
    Task list(CallPtr call);
    Task create(CallPtr call);
    Task get(CallPtr call);
    Task cancel(CallPtr call);
    Task listVersions(CallPtr call);
    Task publish(CallPtr call);
    Task getVersion(CallPtr call);
    Task listVersionFiles(CallPtr call);
    Task getVersionFile(CallPtr call);

    void onStarted(const std::string &function, int number);
    void onProgress(const std::string &function, int number, const std::string &line);
    void onFinished(const std::string &function, int number, const builds::BuildResult &result);
    QCoro::Task<> finish(std::string function, wire::Build build, builds::BuildResult result,
                         std::string sources);
    [[nodiscard]] Result<wire::Build *> find(const Call &call);
    [[nodiscard]] Result<const wire::Version *> findVersion(const Call &call) const;
    QCoro::Task<Result<std::optional<builds::Sources>>> sourcesOf(std::string function, int build);
    DocumentWrite write(const wire::Build &build, std::int64_t expected) const;
    /// latestBuild and latestVersion show in the function's status.
    void touchFunction(const FunctionEntry &entry, Batch &batch) const;

    Context &m_context;
    std::map<std::string, std::string> m_sources; // by "function/number": of builds that run, as stored later
};

} // namespace nest::control
