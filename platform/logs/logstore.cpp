// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/logs/logstore.h"

#include "platform/logs/logworker.h"

#include <QFutureWatcher>

namespace nest::logs {

namespace {

constexpr std::chrono::milliseconds announceInterval{200}; // 5 a second

/// Resumes on the awaiting thread. (QCoro's own does not compile with QT_NO_CONTEXTLESS_CONNECT.)
struct PageAwaiter
{
    using Answer = Result<wire::LogPage>;
    QFuture<Answer> future;

    [[nodiscard]] bool await_ready() const { return future.isFinished(); }
    void await_suspend(std::coroutine_handle<> waiting)
    {
        auto *watcher = new QFutureWatcher<Answer>; // deletes itself: resuming ends the awaiter
        QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, waiting] {
            watcher->deleteLater();
            waiting.resume();
        });
        watcher->setFuture(future);
    }
    Answer await_resume() { return future.takeResult(); }
};

// Free, so that a page that is still on its way does not need the store.
QCoro::Task<Result<wire::LogPage>> answerOf(QFuture<Result<wire::LogPage>> future)
{
    co_return co_await PageAwaiter{std::move(future)};
}

} // namespace

LogStore::LogStore(Config config, QObject *parent) : QObject(parent)
{
    m_worker = std::make_unique<LogWorker>(std::move(config), [this] {
        QMetaObject::invokeMethod(this, [this] { announce(); }, Qt::QueuedConnection);
    });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LogStore::announce);
}

LogStore::~LogStore() = default;

Result<> LogStore::open()
{
    return m_worker->start();
}

void LogStore::append(Incoming incoming)
{
    m_worker->push(std::move(incoming));
}

void LogStore::countDropped(const std::string &function, std::int64_t lines)
{
    m_worker->countDropped(function, lines);
}

QCoro::Task<Result<wire::LogPage>> LogStore::page(Query query)
{
    return answerOf(m_worker->page(std::move(query)));
}

void LogStore::forget(const std::string &function)
{
    m_toAnnounce.erase(function);
    m_announced.erase(function);
    m_worker->forget(function);
}

void LogStore::flush()
{
    m_worker->flush();
}

void LogStore::announce()
{
    m_toAnnounce.merge(m_worker->takeTouched());
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::string> due;
    auto soonest = announceInterval;
    for (const auto &function : m_toAnnounce) {
        const auto found = m_announced.find(function);
        const auto waited = found == m_announced.end()
                                ? announceInterval
                                : std::chrono::ceil<std::chrono::milliseconds>(now - found->second);
        if (waited >= announceInterval) {
            due.push_back(function);
        } else {
            soonest = std::min(soonest, announceInterval - waited + std::chrono::milliseconds(1));
        }
    }
    for (const auto &function : due) {
        m_toAnnounce.erase(function);
        m_announced[function] = now;
    }
    if (!m_toAnnounce.empty()) {
        m_timer.start(soonest);
    }
    for (const auto &function : due) { // last: a follower may call back
        Q_EMIT appended(function);
    }
}

} // namespace nest::logs
