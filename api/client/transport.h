// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sends one HTTP request to a platform and brings back the answer or an Error; PlatformClient gives it
// meaning. Every failure that is no problem document has a type of this room: `client/unreachable`,
// `client/timeout`, `client/cancelled`, `client/closed`, `client/tls`, `client/bad-answer`.
//
// Invariants: a running request keeps its Transport alive, so a caller may go away at any time; after close()
// each running request ends with `client/closed`, one whose answer was already there too: a coroutine that
// asks twice may hold the client by reference. Thread: that of its creation, which needs an event loop.

#include "api/client/connection.h"
#include "api/wire/result.h"

#include <QCoroTask>

#include <QByteArray>
#include <QList>
#include <QPointer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

class QNetworkAccessManager;
class QNetworkReply;

namespace nest::client {

struct TransportLimits
{
    std::chrono::milliseconds silence{10'000}; // no byte for so long: client/timeout
    std::chrono::milliseconds total{60'000};   // the whole answer
    std::chrono::milliseconds retryDelay{150}; // before a GET that met a closed door is sent once more
    qint64 answerBytes = 256LL * 1024 * 1024;  // more is refused: it would fill the memory
};

struct HttpRequest
{
    QByteArray verb = "GET";
    QByteArray pathAndQuery; // percent-encoded
    QByteArray body = {};
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    std::optional<std::chrono::milliseconds> limit = {}; // for silence and the whole, instead of the usual
    bool isRead = false;                                 // changes nothing, whatever its verb
    bool isTimed = false; // its answer needs no work on the other side: it measures the way there and back
};

struct HttpAnswer
{
    int status = 0;
    QByteArray body;
    QByteArray etag;
    std::optional<qint64> watchId;
    std::chrono::microseconds roundTrip{0};
};

class Transport final
{
public:
    static std::shared_ptr<Transport> create(Connection connection, TransportLimits limits);
    ~Transport();
    Q_DISABLE_COPY_MOVE(Transport)

    [[nodiscard]] const Connection &connection() const { return m_connection; }
    /// Of the latest small answer to a request that is timed: never one that waits for a function or a build.
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const { return m_roundTrip; }
    /// Of the latest answer that came over https.
    [[nodiscard]] const std::optional<Certificate> &certificate() const { return m_certificate; }

    /// A GET is sent a second time when the first met no server. An answer of 400 and more is an Error made
    /// from its problem document.
    static QCoro::Task<Result<HttpAnswer>> send(std::shared_ptr<Transport> self, HttpRequest request,
                                                std::stop_token stop);
    /// Asked before everything but a GET; an Error is the answer, and nothing is sent.
    void setWriteGate(std::function<std::optional<Error>()> gate) { m_writeGate = std::move(gate); }
    void close();
    [[nodiscard]] bool isClosed() const { return m_isClosed; }
    /// The connections kept open are suspect: later requests use new ones.
    void renewConnections();

private:
    Transport(Connection connection, TransportLimits limits);
    static QCoro::Task<Result<HttpAnswer>> sendOnce(std::shared_ptr<Transport> self, HttpRequest request,
                                                    std::stop_token stop);
    QNetworkReply *post(const HttpRequest &request);
    void retireNetwork(const QNetworkAccessManager *used);

    Connection m_connection;
    TransportLimits m_limits;
    QNetworkAccessManager *m_network; // deleted later: the last reference may fall inside one of its signals
    QList<QNetworkAccessManager *> m_retired; // still with requests
    QList<QPointer<QNetworkReply>> m_running;
    std::optional<std::chrono::microseconds> m_roundTrip;
    std::optional<Certificate> m_certificate;
    std::function<std::optional<Error>()> m_writeGate;
    bool m_isClosed = false;
    bool m_isDoubtful = true; // nothing was answered since the last failure: look before asking
};

/// The Error in a problem document; `client/bad-answer` with the status when it is none.
Error errorFromProblem(int status, const QByteArray &body);

} // namespace nest::client
