// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/keeperlink.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>

#include <chrono>

namespace nest::engines {
namespace {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// A keeper that is ending holds its lock for up to three seconds; one that starts probes isolation first.
constexpr auto connectLimit = 12s;
constexpr auto retryInterval = 5ms;
constexpr auto launchInterval = 700ms;

// The keeper gets nothing of nestd's environment but what programs need to run at all.
QProcessEnvironment keeperEnvironment()
{
    const auto own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment environment;
    for (const auto &name :
         {u"PATH"_s, u"LANG"_s, u"TZ"_s, u"ASAN_OPTIONS"_s, u"UBSAN_OPTIONS"_s, u"TSAN_OPTIONS"_s}) {
        if (own.contains(name)) {
            environment.insert(name, own.value(name));
        }
    }
    return environment;
}

} // namespace

KeeperLink::KeeperLink(KeeperPlace place, QObject *parent) : QObject(parent), m_place(std::move(place))
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryInterval);
    connect(&m_retry, &QTimer::timeout, this, &KeeperLink::tryToConnect);
    connect(&m_socket, &QLocalSocket::readyRead, this, &KeeperLink::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, &KeeperLink::connectionFailed);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &KeeperLink::connectionFailed);
}

KeeperLink::~KeeperLink()
{
    m_socket.flush();   // what was asked last, a label above all, decides whether an instance is adopted
    m_isStopped = true; // the socket says that it is closed when it is destroyed
    m_socket.disconnect(this);
}

void KeeperLink::start()
{
    if (!m_isStopped) {
        return;
    }
    m_isStopped = false;
    m_sinceStart.start();
    m_sinceLaunch.invalidate();
    tryToConnect();
}

void KeeperLink::send(const keeper::Request &request)
{
    const auto bytes = QByteArray::fromStdString(encode(request));
    if (m_isGreeted) {
        m_socket.write(bytes);
    } else {
        m_waiting += bytes;
    }
}

void KeeperLink::tryToConnect()
{
    m_reader = {};
    m_socket.abort();
    m_socket.connectToServer(QString::fromStdString(m_place.runtimeDirectory) + u"/keeper.sock"_s);
}

void KeeperLink::connectionFailed()
{
    if (m_isStopped || m_retry.isActive()) {
        return;
    }
    if (m_isGreeted) {
        m_isGreeted = false;
        m_sinceStart.start();
        m_sinceLaunch.invalidate();
        Q_EMIT lost();
    }
    if (m_sinceStart.durationElapsed() > connectLimit) {
        giveUp({"engines/keeper", "nest-keeper could not be reached in '" + m_place.runtimeDirectory +
                                      "'. Read keeper.log there."});
        return;
    }
    if ((!m_sinceLaunch.isValid() || m_sinceLaunch.durationElapsed() > launchInterval) && !launchKeeper()) {
        giveUp({"engines/keeper", "'" + m_place.keeperProgram +
                                      "' could not be started. Is Nest installed "
                                      "completely?"});
        return;
    }
    m_retry.start();
}

bool KeeperLink::launchKeeper()
{
    m_sinceLaunch.start();
    const auto folder = QString::fromStdString(m_place.runtimeDirectory);
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QProcess process;
    process.setProgram(QString::fromStdString(m_place.keeperProgram));
    QStringList arguments{u"--runtime-dir"_s, folder, u"--bwrap"_s,
                          QString::fromStdString(m_place.bwrapProgram)};
    if (m_place.allowsWeakIsolation) {
        arguments.append(u"--allow-weak-isolation"_s);
    }
    if (m_place.allowsNoIsolation) {
        arguments.append(u"--allow-no-isolation"_s);
    }
    process.setArguments(arguments);
    process.setProcessEnvironment(keeperEnvironment());
    process.setWorkingDirectory(u"/"_s);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(folder + u"/keeper.log"_s, QIODevice::Append);
    process.setStandardErrorFile(folder + u"/keeper.log"_s, QIODevice::Append);
    return process.startDetached();
}

void KeeperLink::read()
{
    const auto bytes = m_socket.readAll();
    bool isFine = m_reader.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    std::string line;
    while (isFine && m_reader.next(line)) {
        auto event = keeper::decodeEvent(line);
        isFine = event.has_value();
        if (isFine) {
            take(*event);
        }
    }
    if (!isFine) {
        m_socket.abort(); // starts over
        connectionFailed();
    }
}

void KeeperLink::take(const keeper::Event &event)
{
    if (const auto *hello = std::get_if<keeper::Hello>(&event)) {
        m_isGreeted = true;
        m_socket.write(std::exchange(m_waiting, {}));
        Q_EMIT connected(*hello);
    } else if (const auto *refused = std::get_if<keeper::Refused>(&event)) {
        giveUp({"engines/keeper", refused->detail});
    } else {
        Q_EMIT received(event);
    }
}

void KeeperLink::giveUp(Error error)
{
    m_isStopped = true;
    m_waiting.clear();
    m_socket.abort();
    Q_EMIT failed(std::move(error));
}

} // namespace nest::engines
