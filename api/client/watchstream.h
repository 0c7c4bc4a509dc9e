// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The working half of Watch: opens the stream, decodes its events, opens it again when it breaks.
//
// Thread: Watch's own, which it may keep busy with parsing. Slots are called and signals received across
// threads, so each signal carries the generation that its start() was given.

#include "api/client/sseparser.h"
#include "api/client/watch.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QNetworkAccessManager;
class QNetworkReply;

namespace nest::client {

class WatchStream final : public QObject
{
    Q_OBJECT

public:
    WatchStream(Connection connection, WatchLimits limits);
    ~WatchStream() override;
    Q_DISABLE_COPY_MOVE(WatchStream)

    void start(int generation, std::int64_t since);
    void stop();
    void retryNow();

Q_SIGNALS:
    void opened(int generation);
    void changed(int generation, const nest::client::WatchChanges &changes, qint64 lastId);
    void statsReceived(int generation, const std::shared_ptr<const nest::wire::Stats> &stats);
    void heartbeatReceived(int generation, const nest::wire::Heartbeat &heartbeat);
    /// Tries again in `milliseconds`.
    void broken(int generation, const nest::Error &error, qint64 milliseconds);
    void connecting(int generation);
    void compacted(int generation);

private:
    void open();
    void readMore();
    void finished();
    void close();
    void waitAndRetry(Error error);

    Connection m_connection;
    WatchLimits m_limits;
    QNetworkAccessManager *m_network = nullptr; // of this attempt
    QPointer<QNetworkReply> m_reply;
    SseParser m_parser;
    QTimer m_retry;
    int m_generation = 0;
    std::int64_t m_since = 0;
    std::chrono::milliseconds m_delay;
    bool m_isOpen = false;
};

} // namespace nest::client
