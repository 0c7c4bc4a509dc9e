// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The functions' logs: what they print goes in, pages come out, newest segments as plain files and older ones
// compressed, for 7 days or 256 MiB a function.
//
// Lives on the control thread, which it never blocks but in flush() and the destructor: files are touched by
// a worker thread of its own. Every line is kept or counted as dropped. Owner: nestd's platform object.

#include "platform/logs/logquery.h"

#include "api/wire/result.h"

#include <QCoroTask>

#include <QObject>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <set>

namespace nest::logs {

class LogWorker;

class LogStore final : public QObject
{
    Q_OBJECT

public:
    using Config = LogConfig;

    explicit LogStore(Config config, QObject *parent = nullptr);
    /// Writes what waits; pages asked for before are answered.
    ~LogStore() override;
    Q_DISABLE_COPY_MOVE(LogStore)

    /// Starts the worker. Lines may be appended before; they wait. `logs/unwritable`.
    Result<> open();

    /// Any line, with the limits of logline.h. Dropped and counted when the queue is full.
    void append(Incoming incoming);
    /// For lines that were lost before they came here.
    void countDropped(const std::string &function, std::int64_t lines);

    /// Oldest first. With `after` the page goes forward from there; without it, it is the newest `limit`.
    /// `nextSequence` is one past the last line looked at: the next page has `after = nextSequence - 1`. A
    /// search that finds little ends after maxLinesSearched lines with what it has. Answered on the control
    /// thread, with every line appended before. `logs/closed` when not open.
    QCoro::Task<Result<wire::LogPage>> page(Query query);

    /// Removes the function's log; a function of that name that comes later starts at sequence 1.
    void forget(const std::string &function);
    /// Waits until all that was appended is in the files. For shutdown and tests.
    void flush();

Q_SIGNALS:
    /// There is more to read; at most 5 a second a function, and always one after the last line.
    void appended(std::string function);

private:
    void announce();

    std::unique_ptr<LogWorker> m_worker;
    std::map<std::string, std::chrono::steady_clock::time_point> m_announced;
    std::set<std::string> m_toAnnounce;
    QTimer m_timer;
};

} // namespace nest::logs
