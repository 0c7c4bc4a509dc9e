// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/connection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace nest::client {

using namespace Qt::StringLiterals;

namespace {

// sun_path holds 108 bytes; the platform promises to stay under 100 with its longest name.
constexpr qsizetype longestSocketPath = 100;

Result<void> makePrivateFolder(const QString &path)
{
    if (!QDir().mkpath(path)) {
        return failure(
            "client/no-runtime-folder",
            "The folder " + path.toStdString() +
                " cannot be made. Check the rights of the folder above it, or set XDG_RUNTIME_DIR.");
    }
    struct stat info = {};
    const QByteArray name = QFile::encodeName(path);
    if (::lstat(name.constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != ::getuid()) {
        return failure("client/no-runtime-folder",
                       "The folder " + path.toStdString() +
                           " belongs to somebody else. Remove it, or set XDG_RUNTIME_DIR.");
    }
    if ((info.st_mode & 0077) != 0 && ::chmod(name.constData(), 0700) != 0) {
        return failure("client/no-runtime-folder",
                       "The folder " + path.toStdString() + " is open to others and cannot be closed.");
    }
    return {};
}

} // namespace

QString Connection::address() const
{
    return isSocket() ? socketPath : url.toString(QUrl::RemoveUserInfo);
}

Result<LocalPaths> localEndpoint()
{
    QString base = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!base.isEmpty() && QFileInfo(base).isDir()) {
        base += "/nest"_L1;
    } else {
        base = u"/tmp/nest-%1"_s.arg(::getuid());
    }
    const QString folder = base + "/local"_L1;
    for (const QString &path : {base, folder}) {
        if (auto made = makePrivateFolder(path); !made) {
            return std::unexpected(std::move(made.error()));
        }
    }
    LocalPaths paths{.runtimeFolder = folder,
                     .socket = folder + "/api.sock"_L1,
                     .endpointFile = folder + "/endpoint.json"_L1,
                     .startLock = folder + "/start.lock"_L1,
                     .startLog = folder + "/start.log"_L1};
    if (QFile::encodeName(paths.socket).size() >= longestSocketPath) {
        return failure("client/no-runtime-folder", "The path " + paths.socket.toStdString() +
                                                       " is too long for a socket. Set XDG_RUNTIME_DIR to a "
                                                       "shorter folder.");
    }
    return paths;
}

Connection localConnection(const LocalPaths &paths)
{
    return {
        .name = u"local"_s, .environment = u"LOCAL"_s, .socketPath = paths.socket, .url = {}, .token = {}};
}

Result<void> checkSocket(const Connection &connection)
{
    const QByteArray path = QFile::encodeName(connection.socketPath);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    int error = ENAMETOOLONG;
    if (path.size() < static_cast<qsizetype>(sizeof address.sun_path)) {
        std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const bool isThere =
            descriptor >= 0 &&
            ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        error = isThere || errno == EAGAIN ? 0 : errno; // EAGAIN: it is there and busy
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
    if (error == 0) {
        return {};
    }
    return failure("client/unreachable", "No platform answers at " + connection.address().toStdString() +
                                             " (" + std::strerror(error) +
                                             "). Start the local platform, then try again.");
}

QNetworkRequest networkRequest(const Connection &connection, const QByteArray &pathAndQuery)
{
    QNetworkRequest request;
    if (connection.isSocket()) {
        request.setUrl(QUrl::fromEncoded("unix+http://localhost" + pathAndQuery));
        request.setAttribute(QNetworkRequest::FullLocalServerNameAttribute, connection.socketPath);
    } else {
        QByteArray base = connection.url.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment);
        while (base.endsWith('/')) {
            base.chop(1);
        }
        request.setUrl(QUrl::fromEncoded(base + pathAndQuery));
        if (!connection.token.isEmpty()) {
            request.setRawHeader("authorization", "Bearer " + connection.token.toUtf8());
        }
    }
    request.setHeader(QNetworkRequest::UserAgentHeader, u"nest/" NEST_VERSION ""_s);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // A redirect could carry the token elsewhere; the API has none.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    return request;
}

} // namespace nest::client
