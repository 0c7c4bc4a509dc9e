// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/privateplatform.h"

#include "api/wire/codec.h"

#include <QCoroTimer>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QStandardPaths>

#include <csignal>
#include <format>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nest::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto askEvery = 20ms;
constexpr auto startLimit = 20s;
constexpr auto earlierLimit = 10s; // of a run before that is still ending
constexpr auto endLimit = 5s;      // nestd gives its last requests half a second
constexpr auto keeperLimit = 2s;   // to let boxes finish, after which they are killed
constexpr qsizetype nameLength = 16;
constexpr qsizetype longestRuntimePath = 60; // nestd's own border: socket names are short
constexpr qint64 logTailBytes = 4 * 1024;
constexpr qsizetype logTailLines = 6;

/// Somebody holds the lock of this file.
bool isHeld(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    const bool isHeld = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
    ::close(descriptor);
    return isHeld;
}

/// The name is known beforehand, and everybody may write /tmp: it must be ours, and nobody else's to look
/// into.
Result<> makeOwn(const QString &path)
{
    const auto name = QFile::encodeName(path);
    ::mkdir(name.constData(), 0700);
    struct stat status{};
    if (::lstat(name.constData(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != ::getuid() ||
        (status.st_mode & 0077) != 0) {
        return failure("cli/dev-folder",
                       path.toStdString() +
                           " is not a folder that only this user may read. Remove it, or set "
                           "XDG_CACHE_HOME to a short path.");
    }
    return {};
}

/// With folders that were made read-only, as unpacked artefacts are.
void removeTree(const QString &path)
{
    QDirIterator folders(path, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks,
                         QDirIterator::Subdirectories);
    constexpr auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    QFile::setPermissions(path, mine);
    while (folders.hasNext()) {
        QFile::setPermissions(folders.next(), mine);
    }
    QDir(path).removeRecursively();
}

QProcessEnvironment environment()
{
    auto own = QProcessEnvironment::systemEnvironment();
    for (const auto &name :
         {u"NEST_DATA_DIR"_s, u"NEST_RUNTIME_DIR"_s, u"NEST_API_PORT"_s, u"NEST_GATEWAY_PORT"_s,
          u"NEST_EXIT_WHEN_IDLE"_s, u"NEST_SOCKET"_s, u"NEST_ENVIRONMENT"_s}) {
        own.remove(name); // of another platform
    }
    return own;
}

} // namespace

QString privatePlace(const QString &folder)
{
    const auto path = QFileInfo(folder).canonicalFilePath();
    const auto hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/nest/dev/"_s +
           QString::fromLatin1(hash.first(nameLength));
}

PrivatePlatform::PrivatePlatform(const QString &folder)
    : m_place(privatePlace(folder)), m_dataFolder(m_place + u"/data"_s), m_runtimeFolder(m_place + u"/run"_s)
{
    if (QFile::encodeName(m_runtimeFolder).size() > longestRuntimePath) {
        m_runtimeFolder = u"/tmp/nest-%1-%2"_s.arg(::getuid()).arg(QFileInfo(m_place).fileName());
    }
}

PrivatePlatform::~PrivatePlatform()
{
    if (isRunning()) { // it was not ended in order
        m_process.closeWriteChannel();
        m_process.waitForFinished(static_cast<int>(std::chrono::milliseconds(endLimit).count()));
    }
}

QCoro::Task<Result<std::unique_ptr<PrivatePlatform>>> PrivatePlatform::start(PrivateOptions options,
                                                                             std::stop_token stop)
{
    std::unique_ptr<PrivatePlatform> platform(new PrivatePlatform(options.folder));
    if (auto locked = platform->lock(options.folder); !locked) {
        co_return std::unexpected(std::move(locked.error()));
    }
    if (!platform->m_runtimeFolder.startsWith(platform->m_place + u'/')) {
        if (auto own = makeOwn(platform->m_runtimeFolder); !own) {
            co_return std::unexpected(std::move(own.error()));
        }
    }
    if (auto empty = co_await platform->cleared(stop); !empty) {
        co_return std::unexpected(std::move(empty.error()));
    }
    if (auto launched = platform->launch(options); !launched) {
        co_return std::unexpected(std::move(launched.error()));
    }
    auto ready = co_await platform->ready(stop);
    if (!ready) {
        co_await end(*platform);
        co_return std::unexpected(std::move(ready.error()));
    }
    co_return platform;
}

Result<> PrivatePlatform::lock(const QString &folder)
{
    if (!QDir().mkpath(m_place) ||
        !QFile::setPermissions(m_place, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
        return failure("cli/dev-folder", "The folder " + m_place.toStdString() +
                                             " cannot be written. Mend its rights, or set XDG_CACHE_HOME.");
    }
    m_lock = std::make_unique<QLockFile>(m_place + u"/lock"_s);
    m_lock->setStaleLockTime(0); // only a dead holder's lock is broken
    if (m_lock->tryLock(0ms)) {
        return {};
    }
    if (m_lock->error() != QLockFile::LockFailedError) {
        return failure("cli/dev-folder", "The folder " + m_place.toStdString() +
                                             " cannot be written. Mend its rights, or set XDG_CACHE_HOME.");
    }
    qint64 process = 0;
    QString host;
    QString program;
    m_lock->getLockInfo(&process, &host, &program);
    return failure("cli/dev-running", std::format("{} is run already, by process {}. End that one first.",
                                                  folder.toStdString(), process));
}

QCoro::Task<Result<>> PrivatePlatform::cleared(std::stop_token stop)
{
    const QDeadlineTimer deadline(earlierLimit);
    while (isHeld(m_runtimeFolder + u"/keeper.lock"_s) || isHeld(m_dataFolder + u"/nest.db.lock"_s)) {
        if (stop.stop_requested()) {
            co_return failure("client/cancelled", "It was ended before it began.");
        }
        if (deadline.hasExpired()) {
            co_return failure("cli/dev-folder", "The platform of an earlier run in " + m_place.toStdString() +
                                                    " does not end. Look for a nestd with that folder.");
        }
        co_await QCoro::sleepFor(askEvery);
    }
    const auto entries =
        QDir(m_dataFolder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const auto &entry : entries) {
        const auto path = m_dataFolder + u'/' + entry;
        if (entry == "npm"_L1 || entry == "pip"_L1) {
            continue; // fetched once
        }
        if (QFileInfo(path).isDir()) {
            removeTree(path);
        } else {
            QFile::remove(path);
        }
    }
    co_return Result<>{};
}

Result<> PrivatePlatform::launch(const PrivateOptions &options)
{
    const QString program =
        options.program.isEmpty() ? QCoreApplication::applicationDirPath() + "/nestd"_L1 : options.program;
    if (!QFileInfo(program).isExecutable()) {
        return failure("client/no-program",
                       "The program " + program.toStdString() +
                           " is missing. Install Nest again, or build the target nestd.");
    }
    const auto log = m_place + u"/nestd.log"_s;
    m_process.setProgram(program);
    m_process.setArguments(QStringList{u"--end-with-input"_s, u"--data-dir"_s, m_dataFolder,
                                       u"--runtime-dir"_s, m_runtimeFolder} +
                           options.arguments);
    m_process.setProcessEnvironment(environment());
    m_process.setWorkingDirectory(u"/"_s);
    QFile::remove(log);
    m_process.setStandardOutputFile(log, QIODevice::Append); // both: neither overwrites what the other wrote
    m_process.setStandardErrorFile(log, QIODevice::Append);
    // Ctrl+C is said to everything of the terminal's foreground; this one ends when we say so.
    m_process.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    QFile::remove(m_runtimeFolder + u"/endpoint.json"_s);
    m_process.start();
    return {};
}

QCoro::Task<Result<>> PrivatePlatform::ready(std::stop_token stop)
{
    const QDeadlineTimer deadline(startLimit);
    for (;;) {
        if (stop.stop_requested()) {
            co_return failure("client/cancelled", "It was ended before it began.");
        }
        if (!isRunning()) {
            co_return std::unexpected(whyEnded());
        }
        QFile file(m_runtimeFolder + u"/endpoint.json"_s);
        const auto endpoint =
            file.open(QIODevice::ReadOnly)
                ? wire::read<wire::Endpoint>(file.readAll().toStdString(), wire::UnknownFields::Ignore)
                : Result<wire::Endpoint>(failure("client/unreachable", ""));
        if (endpoint && endpoint->processId == m_process.processId()) {
            break;
        }
        if (deadline.hasExpired()) {
            co_return failure("client/platform-silent",
                              "The platform of this folder does not get ready. Its log is " +
                                  (m_place + u"/nestd.log"_s).toStdString() + ".");
        }
        co_await QCoro::sleepFor(askEvery);
    }
    client::Connection connection;
    connection.name = u"dev"_s;
    connection.environment = u"LOCAL"_s;
    connection.socketPath = m_runtimeFolder + u"/api.sock"_s;
    m_client = std::make_unique<client::PlatformClient>(std::move(connection));
    auto me = co_await m_client->me();
    if (!me) {
        co_return std::unexpected(std::move(me.error()));
    }
    m_me = std::move(*me);
    if (!m_me.functionsCanStart) {
        co_return failure("control/cannot-start", "No function can start here. " + m_me.isolation.sentence);
    }
    co_return Result<>{};
}

QCoro::Task<> PrivatePlatform::end(PrivatePlatform &platform)
{
    auto &process = platform.m_process;
    process.closeWriteChannel();
    QDeadlineTimer deadline(endLimit);
    while (platform.isRunning()) {
        if (deadline.hasExpired()) {
            process.kill();
            deadline.setRemainingTime(endLimit);
        }
        co_await QCoro::sleepFor(askEvery);
    }
    // The keeper would wait two seconds for another nestd.
    const auto keeperLock = platform.m_runtimeFolder + u"/keeper.lock"_s;
    QFile file(keeperLock);
    const auto keeper = file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
    deadline.setRemainingTime(keeperLimit);
    for (int signal = SIGTERM; keeper > 1 && isHeld(keeperLock) && signal != 0;) {
        ::kill(keeper, signal);
        while (isHeld(keeperLock) && !deadline.hasExpired()) {
            co_await QCoro::sleepFor(askEvery);
        }
        signal = signal == SIGTERM ? SIGKILL : 0; // the boxes die with it
        deadline.setRemainingTime(keeperLimit);
    }
    QDir(platform.m_runtimeFolder).removeRecursively();
    platform.m_lock->unlock();
}

Error PrivatePlatform::whyEnded() const
{
    QFile log(m_place + u"/nestd.log"_s);
    QList<QByteArray> lines;
    if (log.open(QIODevice::ReadOnly)) {
        log.seek(std::max<qint64>(0, log.size() - logTailBytes));
        lines = log.readAll().trimmed().split('\n');
    }
    const QByteArray prefix = "nestd: ";
    if (!lines.isEmpty() && lines.last().startsWith(prefix)) { // its last word is a sentence
        return {"client/platform-ended", lines.last().mid(prefix.size()).toStdString()};
    }
    lines = lines.mid(std::max<qsizetype>(0, lines.size() - logTailLines));
    return {"client/platform-ended", "The platform of this folder ended. The end of its log (" +
                                         log.fileName().toStdString() + "):\n" +
                                         lines.join('\n').toStdString()};
}

} // namespace nest::cli
