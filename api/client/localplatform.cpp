// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/localplatform.h"

#include "api/client/platformclient.h"
#include "api/wire/codec.h"

#include <QCoroTimer>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QProcess>

#include <csignal>

namespace nest::client {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto askEvery = 50ms;
constexpr qint64 logTailBytes = 4 * 1024;
constexpr int logTailLines = 8;

/// Something answers, with anything: it need not be started.
bool answers(const Result<wire::Me> &me)
{
    return me || (me.error().type != "client/unreachable" && me.error().type != "client/timeout");
}

bool isRunning(qint64 processId)
{
    if (processId <= 0 || ::kill(static_cast<pid_t>(processId), 0) != 0) {
        return false;
    }
    // A dead process that nobody has collected yet still has an id.
    QFile status(u"/proc/%1/stat"_s.arg(processId));
    if (!status.open(QIODevice::ReadOnly)) {
        return true;
    }
    const QByteArray text = status.readAll();
    const qsizetype afterName = text.lastIndexOf(')');
    return afterName < 0 || text.mid(afterName + 2, 1) != "Z";
}

std::string logEnd(const QString &path)
{
    QFile log(path);
    if (!log.open(QIODevice::ReadOnly)) {
        return "It left no log.";
    }
    log.seek(std::max<qint64>(0, log.size() - logTailBytes));
    QList<QByteArray> lines = log.readAll().trimmed().split('\n');
    lines = lines.mid(std::max<qsizetype>(0, lines.size() - logTailLines));
    const QByteArray text = lines.join('\n').trimmed();
    return text.isEmpty() ? "It logged nothing to " + path.toStdString() + "."
                          : "The end of its log (" + path.toStdString() + "):\n" + text.toStdString();
}

Result<qint64> launch(const LocalPaths &paths, const LocalPlatformOptions &options)
{
    const QString program =
        options.program.isEmpty() ? QCoreApplication::applicationDirPath() + "/nestd"_L1 : options.program;
    if (!QFileInfo(program).isExecutable()) {
        return failure("client/no-program",
                       "The program " + program.toStdString() +
                           " is missing. Install Nest again, or build the target nestd.");
    }
    QFile log(paths.startLog);
    if (log.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        log.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        log.close();
    }
    QProcess process;
    process.setProgram(program);
    process.setArguments(options.arguments);
    process.setWorkingDirectory(u"/"_s);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(paths.startLog, QIODevice::Append);
    process.setStandardErrorFile(paths.startLog, QIODevice::Append);
    qint64 processId = 0;
    if (!process.startDetached(&processId)) {
        return failure("client/no-program", "The program " + program.toStdString() +
                                                " could not be started (" +
                                                process.errorString().toStdString() + ").");
    }
    return processId;
}

/// It answers a moment before it knows whether functions can start; then it writes its endpoint. A file of a
/// run before names another process.
bool isReady(const LocalPaths &paths, qint64 processId)
{
    QFile file(paths.endpointFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return false;
    }
    const auto endpoint =
        wire::read<wire::Endpoint>(file.readAll().toStdString(), wire::UnknownFields::Ignore);
    return endpoint && (processId != 0 ? endpoint->processId == processId : isRunning(endpoint->processId));
}

Answer<LocalPlatform> waitUntilItAnswers(std::shared_ptr<PlatformClient> client, qint64 processId,
                                         LocalPaths paths, QDeadlineTimer deadline)
{
    for (;;) {
        auto me = co_await client->me();
        if (me && (isReady(paths, processId) || deadline.hasExpired())) {
            LocalPlatform platform;
            platform.connection = client->connection();
            platform.me = std::move(*me);
            platform.wasStarted = true;
            co_return platform;
        }
        if (!me && answers(me)) {
            co_return std::unexpected(std::move(me.error()));
        }
        if (processId != 0 && !isRunning(processId)) {
            co_return failure("client/platform-ended",
                              "The local platform ended while starting. " + logEnd(paths.startLog));
        }
        if (deadline.hasExpired()) {
            co_return failure("client/platform-silent",
                              "The local platform was started but does not answer. " +
                                  logEnd(paths.startLog));
        }
        co_await QCoro::sleepFor(askEvery);
    }
}

} // namespace

QCoro::Task<Result<LocalPlatform>> ensureLocalPlatform(LocalPlatformOptions options)
{
    const QDeadlineTimer deadline(options.limit);
    auto paths = localEndpoint();
    if (!paths) {
        co_return std::unexpected(std::move(paths.error()));
    }
    TransportLimits limits;
    limits.silence = 5s;
    limits.retryDelay = 1ms; // asking again is this function's business
    // Shared with the waiting coroutine.
    const auto client = std::make_shared<PlatformClient>(localConnection(*paths), limits);
    auto me = co_await client->me();
    if (!me && answers(me)) {
        co_return std::unexpected(std::move(me.error()));
    }
    if (me && isReady(*paths, 0)) {
        LocalPlatform platform;
        platform.connection = client->connection();
        platform.me = std::move(*me);
        co_return platform;
    }
    QLockFile lock(paths->startLock);
    lock.setStaleLockTime(0); // only a dead holder's lock is broken
    qint64 processId = 0;
    if (lock.tryLock(0ms)) {
        // Somebody may have started one between our question and the lock.
        me = co_await client->me();
        if (!answers(me)) {
            auto launched = launch(*paths, options);
            if (!launched) {
                co_return std::unexpected(std::move(launched.error()));
            }
            processId = *launched;
        }
    }
    auto platform = co_await waitUntilItAnswers(client, processId, *paths, deadline);
    co_return platform;
}

} // namespace nest::client
