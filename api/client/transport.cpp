// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/transport.h"

#include "api/wire/codec.h"
#include "api/wire/platform.h"

#include <QCoroNetworkReply>
#include <QCoroTimer>

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

namespace nest::client {

using namespace Qt::StringLiterals;

namespace {

// Larger answers measure the line's width, not its delay.
constexpr qsizetype roundTripBytes = 16 * 1024;

Error describe(const Connection &connection, QNetworkReply::NetworkError code, const QString &text)
{
    const std::string where = connection.address().toStdString();
    const std::string reason = " (" + text.toStdString() + ")";
    switch (code) {
    case QNetworkReply::SslHandshakeFailedError:
        return {"client/tls", "The certificate of " + where + " is not trusted" + reason +
                                  ". Check the address, or add the platform's certificate."};
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::UnknownContentError:
        return {"client/bad-answer",
                "What answers at " + where + " is not a Nest platform" + reason + ". Check the address."};
    default:
        return {"client/unreachable",
                "No platform answers at " + where + reason +
                    (connection.isSocket() ? ". Start the local platform, then try again."
                                           : ". Check the address and the network, then try again.")};
    }
}

/// The error was met before any byte of an answer: sending again cannot do a thing twice.
bool metNoServer(const Error &error)
{
    return error.type == "client/unreachable";
}

} // namespace

Error errorFromProblem(int status, const QByteArray &body)
{
    auto problem =
        wire::read<wire::Problem>(std::string_view(body.constData(), static_cast<std::size_t>(body.size())),
                                  wire::UnknownFields::Ignore);
    if (!problem || problem->type.empty()) {
        return {"client/bad-answer", "The platform answered " + std::to_string(status) +
                                         " without saying why. Its log may tell more."};
    }
    static constexpr std::string_view prefix = "/problems/";
    std::string type = std::move(problem->type);
    if (const auto at = type.find(prefix); at != std::string::npos) {
        type.erase(0, at + prefix.size());
    }
    Error error{std::move(type), std::move(problem->detail)};
    for (auto &field : problem->errors) {
        error.fields.push_back({std::move(field.pointer), std::move(field.detail)});
    }
    return error;
}

std::shared_ptr<Transport> Transport::create(Connection connection, TransportLimits limits)
{
    // Shared: the coroutine of each running request holds it, so that a client may be destroyed meanwhile.
    return std::shared_ptr<Transport>(new Transport(std::move(connection), limits));
}

Transport::Transport(Connection connection, TransportLimits limits)
    : m_connection(std::move(connection)), m_limits(limits), m_network(new QNetworkAccessManager)
{}

Transport::~Transport()
{
    m_network->deleteLater();
    for (auto *network : m_retired) {
        network->deleteLater();
    }
}

/// A manager that met a vanished socket keeps its later requests waiting (Qt 6.8): the next ones get a new
/// one.
void Transport::retireNetwork(const QNetworkAccessManager *used)
{
    if (used == m_network) {
        m_retired.append(m_network);
        m_network = new QNetworkAccessManager;
    }
    if (m_running.isEmpty()) {
        for (auto *network : std::exchange(m_retired, {})) {
            network->deleteLater();
        }
    }
}

void Transport::close()
{
    m_isClosed = true;
    const auto running = std::exchange(m_running, {});
    for (const auto &reply : running) {
        if (reply) {
            reply->abort();
        }
    }
}

void Transport::renewConnections()
{
    m_isDoubtful = true;
    retireNetwork(m_network);
}

QNetworkReply *Transport::post(const HttpRequest &request)
{
    QNetworkRequest network = networkRequest(m_connection, request.pathAndQuery);
    network.setTransferTimeout(request.limit.value_or(m_limits.silence));
    if (!request.body.isEmpty()) {
        network.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    }
    for (const auto &[name, value] : request.headers) {
        network.setRawHeader(name, value);
    }
    return m_network->sendCustomRequest(network, request.verb, request.body);
}

QCoro::Task<Result<HttpAnswer>> Transport::send(std::shared_ptr<Transport> self, HttpRequest request,
                                                std::stop_token stop)
{
    auto answer = co_await sendOnce(self, request, stop);
    if (answer || request.verb != "GET" || !metNoServer(answer.error()) || self->m_isClosed ||
        stop.stop_requested()) {
        co_return answer;
    }
    co_await QCoro::sleepFor(self->m_limits.retryDelay);
    answer = co_await sendOnce(self, request, stop);
    co_return answer;
}

QCoro::Task<Result<HttpAnswer>> Transport::sendOnce(std::shared_ptr<Transport> self, HttpRequest request,
                                                    std::stop_token stop)
{
    if (self->m_isClosed) {
        co_return failure("client/closed", "The connection was closed.");
    }
    if (stop.stop_requested()) {
        co_return failure("client/cancelled", "The request was cancelled.");
    }
    if (request.verb != "GET" && !request.isRead && self->m_writeGate) {
        if (auto refused = self->m_writeGate()) {
            co_return std::unexpected(std::move(*refused));
        }
    }
    if (self->m_isDoubtful && self->m_connection.isSocket()) {
        if (auto there = checkSocket(self->m_connection); !there) {
            co_return std::unexpected(std::move(there.error()));
        }
    }
    QElapsedTimer clock;
    clock.start();
    QPointer<QNetworkReply> reply = self->post(request);
    self->m_running.append(reply);
    bool isLate = false;
    bool isTooLarge = false;
    const qint64 answerBytes = self->m_limits.answerBytes;
    QTimer::singleShot(request.limit.value_or(self->m_limits.total), reply.data(), [&isLate, reply] {
        isLate = true;
        reply->abort();
    });
    QObject::connect(reply.data(), &QNetworkReply::downloadProgress, reply.data(),
                     [&isTooLarge, reply, answerBytes](qint64 received) {
                         if (received > answerBytes && !isTooLarge) {
                             isTooLarge = true;
                             reply->abort();
                         }
                     });
    // Queued, so that the stopper's call returns before the waiting coroutine goes on.
    const std::stop_callback onStop(stop, [reply] {
        if (reply) {
            QMetaObject::invokeMethod(reply.data(), &QNetworkReply::abort, Qt::QueuedConnection);
        }
    });
    if (!reply->isFinished()) {
        co_await qCoro(reply.data()).waitForFinished();
    }
    if (!reply) {
        co_return failure("client/closed", "The connection was closed.");
    }
    reply->disconnect(reply.data());
    self->m_running.removeOne(reply);
    const std::unique_ptr<QNetworkReply, QScopedPointerDeleteLater> owner(reply.data());
    if (self->m_isClosed) {
        co_return failure("client/closed", "The connection was closed.");
    }
    const QNetworkReply::NetworkError code = reply->error();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    self->m_isDoubtful = status == 0;
    if (code == QNetworkReply::OperationCanceledError || code == QNetworkReply::TimeoutError) {
        if (stop.stop_requested()) {
            co_return failure("client/cancelled", "The request was cancelled.");
        }
        if (isTooLarge) {
            co_return failure("client/bad-answer", "The answer is larger than this program reads.");
        }
        co_return failure("client/timeout",
                          "The platform at " + self->m_connection.address().toStdString() +
                              (isLate ? " did not finish its answer in time." : " fell silent.") +
                              " It may be busy; try again.");
    }
    if (status == 0) {
        self->retireNetwork(reply->manager());
        co_return std::unexpected(describe(self->m_connection, code, reply->errorString()));
    }
    // Asked of https alone: for others Qt would load TLS and every root certificate to answer.
    const bool isEncrypted = self->m_connection.url.scheme() == "https"_L1;
    if (const auto seen = isEncrypted ? reply->sslConfiguration().peerCertificate() : QSslCertificate();
        !seen.isNull()) {
        const QStringList issuer = seen.issuerInfo(QSslCertificate::CommonName);
        self->m_certificate = {.issuer = issuer.join(u' '), .validUntil = seen.expiryDate()};
    }
    HttpAnswer answer;
    answer.status = status;
    answer.body = reply->isOpen() ? reply->readAll() : QByteArray();
    answer.etag = reply->rawHeader("etag");
    answer.roundTrip = std::chrono::microseconds(clock.nsecsElapsed() / 1000);
    bool isNumber = false;
    if (const qint64 id = reply->rawHeader("nest-watch-id").toLongLong(&isNumber); isNumber) {
        answer.watchId = id;
    }
    if (request.isTimed && status < 300 && answer.body.size() <= roundTripBytes) {
        self->m_roundTrip = answer.roundTrip;
    }
    if (status >= 300) {
        co_return std::unexpected(errorFromProblem(status, answer.body));
    }
    if (code != QNetworkReply::NoError) { // the answer broke off
        co_return std::unexpected(describe(self->m_connection, code, reply->errorString()));
    }
    co_return answer;
}

} // namespace nest::client
