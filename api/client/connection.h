// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a platform is and how to be let in: a Unix socket on this machine, or a URL with a token.
//
// A plain value, no thread. The paths of the local platform are those of docs/decisions.md, 19 and 20; a
// test or a tool gives its own folders through the XDG variables.

#include "api/wire/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QNetworkRequest>
#include <QString>
#include <QUrl>

namespace nest::client {

struct Connection
{
    QString name;        // as the person calls it
    QString environment; // LOCAL, TEST, STAGING, PROD
    QString socketPath;  // when set, url and token are not used
    QUrl url;            // "http://127.0.0.1:7071"
    QString token;       // sent as a bearer token when not empty
    QString id = {};     // stays when it is renamed; empty: the name is used
    bool operator==(const Connection &) const = default;

    [[nodiscard]] bool isSocket() const { return !socketPath.isEmpty(); }
    /// The socket or the URL, for sentences.
    [[nodiscard]] QString address() const;
    /// What belongs to the connection is kept under this.
    [[nodiscard]] QString key() const { return id.isEmpty() ? name : id; }
};

/// Of a platform behind https.
struct Certificate
{
    QString issuer;
    QDateTime validUntil;
    bool operator==(const Certificate &) const = default;
};

struct LocalPaths
{
    QString runtimeFolder; // 0700, ours
    QString socket;
    QString endpointFile;
    QString startLock; // held by the client that starts nestd
    QString startLog;  // standard output and error of a nestd that a client started
};

/// Where the local platform of this user is. `$XDG_RUNTIME_DIR/nest/local`, or below /tmp/nest-<uid>, which
/// is made with 0700 and must belong to this user. Errors: `client/no-runtime-folder`.
Result<LocalPaths> localEndpoint();

/// The connection called "local" to the socket of localEndpoint().
Connection localConnection(const LocalPaths &paths);

/// Whether anything accepts connections at a socket, in microseconds and without Qt: a QNetworkAccessManager
/// that meets a vanished socket may never finish its reply (Qt 6.8). Errors: `client/unreachable`.
Result<void> checkSocket(const Connection &connection);

/// A request for `pathAndQuery` ("/v1/me?x=y", percent-encoded) with what the connection needs.
QNetworkRequest networkRequest(const Connection &connection, const QByteArray &pathAndQuery);

} // namespace nest::client
