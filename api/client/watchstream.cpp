// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/watchstream.h"

#include "api/client/decode.h"
#include "api/client/transport.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace nest::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<std::pair<const char *, WatchKind>, 8> kinds{{{"functions", WatchKind::Functions},
                                                                   {"deployments", WatchKind::Deployments},
                                                                   {"instances", WatchKind::Instances},
                                                                   {"decisions", WatchKind::Decisions},
                                                                   {"builds", WatchKind::Builds},
                                                                   {"versions", WatchKind::Versions},
                                                                   {"groups", WatchKind::Groups},
                                                                   {"pools", WatchKind::Pools}}};

template <typename T>
bool readObject(const std::string &text, WatchChange &change)
{
    auto value = wire::read<T>(text, wire::UnknownFields::Ignore);
    if (!value) {
        return false;
    }
    change.object = std::move(*value);
    return true;
}

bool readObject(const std::string &text, WatchChange &change)
{
    switch (change.kind) {
    case WatchKind::Functions:
        return readObject<wire::Function>(text, change);
    case WatchKind::Deployments:
        return readObject<wire::Deployment>(text, change);
    case WatchKind::Instances:
        return readObject<wire::Instance>(text, change);
    case WatchKind::Decisions:
        return readObject<wire::Decision>(text, change);
    case WatchKind::Builds:
        return readObject<wire::Build>(text, change);
    case WatchKind::Versions:
        return readObject<wire::Version>(text, change);
    case WatchKind::Groups:
        return readObject<wire::Group>(text, change);
    case WatchKind::Pools:
        return readObject<wire::Pool>(text, change);
    }
    return false;
}

/// Nothing for a kind of event that this program does not know yet, or a broken one.
std::optional<WatchChange> readChange(const SseEvent &event)
{
    const auto known =
        std::ranges::find_if(kinds, [&](const auto &kind) { return event.name == kind.first; });
    if (known == kinds.end()) {
        return std::nullopt;
    }
    auto read = wire::read<wire::ChangeEvent>(viewOf(event.data), wire::UnknownFields::Ignore);
    if (!read) {
        return std::nullopt;
    }
    WatchChange change;
    change.id = event.id.value_or(0);
    change.kind = known->second;
    change.operation = read->operation;
    change.key = std::move(read->key);
    if (change.operation == wire::ChangeOperation::Put &&
        (!read->object || !readObject(read->object->text, change))) {
        return std::nullopt;
    }
    return change;
}

QByteArray watchTarget(std::int64_t since)
{
    QByteArray target = "/v1/watch?kinds=";
    for (const auto &[name, kind] : kinds) {
        target += name;
        target += ',';
    }
    return target + "stats&since=" + QByteArray::number(static_cast<qlonglong>(since));
}

} // namespace

WatchStream::WatchStream(Connection connection, WatchLimits limits)
    : m_connection(std::move(connection)), m_limits(limits), m_retry(this), m_delay(limits.firstDelay)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &WatchStream::open);
}

WatchStream::~WatchStream()
{
    close();
}

void WatchStream::start(int generation, std::int64_t since)
{
    close();
    m_generation = generation;
    m_since = since;
    m_delay = m_limits.firstDelay;
    open();
}

void WatchStream::stop()
{
    close();
}

void WatchStream::retryNow()
{
    if (m_retry.isActive()) {
        m_retry.stop();
        open();
    }
}

void WatchStream::close()
{
    m_retry.stop();
    m_isOpen = false;
    m_parser = SseParser();
    if (auto *reply = std::exchange(m_reply, {}).data()) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
    if (auto *network = std::exchange(m_network, nullptr)) {
        network->deleteLater();
    }
}

void WatchStream::open()
{
    Q_EMIT connecting(m_generation);
    if (m_connection.isSocket()) {
        if (auto there = checkSocket(m_connection); !there) {
            waitAndRetry(std::move(there.error()));
            return;
        }
    }
    // A fresh one each time: one that met a vanished socket keeps its later requests waiting (Qt 6.8).
    m_network = new QNetworkAccessManager(this);
    m_parser = SseParser();
    QNetworkRequest request = networkRequest(m_connection, watchTarget(m_since));
    request.setRawHeader("accept", "text/event-stream");
    request.setTransferTimeout(m_limits.silence);
    m_reply = m_network->get(request);
    connect(m_reply, &QNetworkReply::readyRead, this, &WatchStream::readMore);
    connect(m_reply, &QNetworkReply::finished, this, &WatchStream::finished);
}

void WatchStream::readMore()
{
    if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200) {
        return; // a problem document, read when it is complete
    }
    if (!m_isOpen) {
        m_isOpen = true;
        Q_EMIT opened(m_generation);
    }
    std::vector<WatchChange> changes;
    std::shared_ptr<const wire::Stats> stats; // latest wins
    std::optional<wire::Heartbeat> heartbeat;
    for (const SseEvent &event : m_parser.feed(m_reply->readAll())) {
        m_delay = m_limits.firstDelay; // the platform is well: the next break is a new one
        m_since = std::max(m_since, event.id.value_or(0));
        if (event.name == "stats") {
            if (auto read = wire::read<wire::Stats>(viewOf(event.data), wire::UnknownFields::Ignore)) {
                stats = std::make_shared<const wire::Stats>(std::move(*read));
            }
        } else if (event.name == "heartbeat") {
            if (auto read = wire::read<wire::Heartbeat>(viewOf(event.data), wire::UnknownFields::Ignore)) {
                m_since = std::max(m_since, read->lastId);
                heartbeat = *read;
            }
        } else if (auto change = readChange(event)) {
            changes.push_back(std::move(*change));
        }
    }
    if (!changes.empty()) {
        Q_EMIT changed(m_generation, std::make_shared<const std::vector<WatchChange>>(std::move(changes)),
                       m_since);
    }
    if (stats) {
        Q_EMIT statsReceived(m_generation, stats);
    }
    if (heartbeat) {
        Q_EMIT heartbeatReceived(m_generation, *heartbeat);
    }
    if (m_parser.isBroken()) {
        close();
        waitAndRetry({"client/bad-answer", "The platform sent an event that is too large to read."});
    }
}

void WatchStream::finished()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = m_reply->isOpen() ? m_reply->readAll() : QByteArray();
    const QString text = m_reply->errorString();
    const bool isSilent = m_reply->error() == QNetworkReply::OperationCanceledError;
    close();
    if (status == 410) {
        Q_EMIT compacted(m_generation);
    } else if (status >= 300) {
        waitAndRetry(errorFromProblem(status, body));
    } else if (isSilent) {
        waitAndRetry({"client/timeout", "The platform at " + m_connection.address().toStdString() +
                                            " fell silent. It may be busy; trying again."});
    } else {
        waitAndRetry({"client/unreachable", "The stream from " + m_connection.address().toStdString() +
                                                " ended (" + text.toStdString() + "). Trying again."});
    }
}

void WatchStream::waitAndRetry(Error error)
{
    // Jitter of a fifth: clients of a restarted platform do not all come back in the same instant.
    const double factor = 0.8 + 0.4 * QRandomGenerator::global()->generateDouble();
    const auto wait =
        std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(m_delay.count()) * factor));
    m_delay = std::min(m_delay * 2, m_limits.longestDelay);
    m_retry.start(wait);
    Q_EMIT broken(m_generation, error, wait.count());
}

} // namespace nest::client
