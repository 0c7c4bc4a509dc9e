// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The thread that touches the log files, and the bounded queue before it.
//
// Lines and jobs are worked off in the order in which they came, so a page shows every line that was pushed
// before it was asked for. Invariants: at most queueLines lines and queueBytes bytes wait; each line is
// written, or counted as dropped. Public functions may be called from any thread; everything named
// `…OnWorker` belongs to the worker's own. Owner: LogStore; the destructor works the queue off first.

#include "platform/logs/functionlog.h"

#include <QFuture>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <variant>

namespace nest::logs {

class LogWorker final
{
public:
    /// `touched` is called on the worker's thread when takeTouched() has something after having had nothing.
    LogWorker(LogConfig config, std::function<void()> touched);
    ~LogWorker();
    Q_DISABLE_COPY_MOVE(LogWorker)

    /// `logs/unwritable` when the folder cannot be made or written.
    Result<> start();
    void push(Incoming incoming);
    void countDropped(const std::string &function, std::int64_t lines);
    /// `logs/closed` before start.
    QFuture<Result<wire::LogPage>> page(Query query);
    void forget(std::string function);
    /// Waits until everything pushed before is written.
    void flush();
    /// The functions whose logs grew since the last call.
    std::set<std::string> takeTouched();

private:
    using Job = std::move_only_function<void()>;
    using Item = std::variant<Incoming, Job>;
    using Batch = std::map<std::string, std::vector<wire::LogLine>>;

    bool enqueue(Job job);
    void run();
    void workOffOnWorker(std::deque<Item> items);
    void writeOnWorker(Batch batch);
    void tidyOnWorker();
    wire::LogPage pageOnWorker(const Query &query);
    void forgetOnWorker(const std::string &function);
    FunctionLog *logOnWorker(const std::string &function);
    [[nodiscard]] QString folderOf(const std::string &function) const;

    const LogConfig m_config;
    const std::function<void()> m_touchedCallback;
    std::map<std::string, FunctionLog> m_logs; // worker's thread only, as is the next
    std::set<std::string> m_unopenable;        // said once, until it works again; likewise
    std::string m_lastRead;                    // only its log keeps an unpacked segment

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_wake;
    std::deque<Item> m_queue;
    std::size_t m_waitingLines = 0; // in the queue or being written
    std::size_t m_waitingBytes = 0;
    std::map<std::string, std::int64_t> m_dropped;
    std::set<std::string> m_touched;
    bool m_isRunning = false;
    bool m_isStopping = false;

    std::thread m_thread;
};

} // namespace nest::logs
