// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/watch.h"

#include "api/client/watchstream.h"

namespace nest::client {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

Watch::Watch(Connection connection, WatchLimits limits, QObject *parent)
    : QObject(parent), m_stream(new WatchStream(std::move(connection), limits))
{
    m_thread.setObjectName(u"nest-watch"_s);
    m_stream->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_stream, &QObject::deleteLater);

    const auto isOld = [this](int generation) {
        return generation != m_generation;
    };
    connect(
        m_stream, &WatchStream::connecting, this,
        [this, isOld](int generation) {
            if (!isOld(generation)) {
                setState(State::Connecting);
            }
        },
        Qt::QueuedConnection);
    connect(
        m_stream, &WatchStream::opened, this,
        [this, isOld](int generation) {
            if (!isOld(generation)) {
                m_lastError = {};
                m_lastEventAt = steady_clock::now();
                setState(State::Open);
            }
        },
        Qt::QueuedConnection);
    connect(
        m_stream, &WatchStream::changed, this,
        [this, isOld](int generation, const WatchChanges &changes, qint64 lastId) {
            if (!isOld(generation)) {
                m_lastId = lastId;
                m_lastEventAt = steady_clock::now();
                Q_EMIT changed(changes);
            }
        },
        Qt::QueuedConnection);
    connect(
        m_stream, &WatchStream::statsReceived, this,
        [this, isOld](int generation, const std::shared_ptr<const wire::Stats> &stats) {
            if (!isOld(generation)) {
                m_lastEventAt = steady_clock::now();
                Q_EMIT statsReceived(*stats);
            }
        },
        Qt::QueuedConnection);
    connect(
        m_stream, &WatchStream::heartbeatReceived, this,
        [this, isOld](int generation, const wire::Heartbeat &heartbeat) {
            if (!isOld(generation)) {
                m_lastId = std::max(m_lastId, heartbeat.lastId);
                m_lastEventAt = steady_clock::now();
                Q_EMIT heartbeatReceived(heartbeat);
            }
        },
        Qt::QueuedConnection);
    connect(
        m_stream, &WatchStream::broken, this,
        [this, isOld](int generation, const Error &error, qint64 wait) {
            if (!isOld(generation)) {
                m_lastError = error;
                m_nextAttemptAt = steady_clock::now() + milliseconds(wait);
                setState(State::Waiting);
            }
        },
        Qt::QueuedConnection);
    connect(
        m_stream, &WatchStream::compacted, this,
        [this, isOld](int generation) {
            if (!isOld(generation)) {
                setState(State::Stopped);
                Q_EMIT listAgain();
            }
        },
        Qt::QueuedConnection);
    m_thread.start();
}

Watch::~Watch()
{
    m_thread.quit();
    m_thread.wait(); // it never blocks: this lasts as long as parsing one slice of the stream
}

std::optional<milliseconds> Watch::age() const
{
    if (!m_lastEventAt) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - *m_lastEventAt);
}

std::optional<milliseconds> Watch::untilNextAttempt() const
{
    if (m_state != State::Waiting) {
        return std::nullopt;
    }
    return std::max(milliseconds(0),
                    std::chrono::duration_cast<milliseconds>(m_nextAttemptAt - steady_clock::now()));
}

void Watch::start(std::int64_t since)
{
    ++m_generation;
    m_lastId = since;
    setState(State::Connecting);
    QMetaObject::invokeMethod(
        m_stream, [stream = m_stream, generation = m_generation, since] { stream->start(generation, since); },
        Qt::QueuedConnection);
}

void Watch::stop()
{
    ++m_generation;
    setState(State::Stopped);
    QMetaObject::invokeMethod(m_stream, &WatchStream::stop, Qt::QueuedConnection);
}

void Watch::retryNow()
{
    QMetaObject::invokeMethod(m_stream, &WatchStream::retryNow, Qt::QueuedConnection);
}

void Watch::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

} // namespace nest::client
