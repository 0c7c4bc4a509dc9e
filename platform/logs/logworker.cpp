// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/logs/logworker.h"

#include "platform/logs/logline.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QPromise>

#include <algorithm>
#include <format>
#include <latch>

namespace nest::logs {

namespace {

Q_LOGGING_CATEGORY(category, "nest.logs", QtWarningMsg)

// Retention is exact to this; the walk costs one look at each function's index.
constexpr std::chrono::minutes tidyInterval{10};

wire::Time systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

LogConfig withClock(LogConfig config)
{
    if (!config.now) {
        config.now = systemNow;
    }
    return config;
}

/// A name becomes a folder, so nothing but what a function may be called gets through.
bool isFolderName(std::string_view name)
{
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

} // namespace

LogWorker::LogWorker(LogConfig config, std::function<void()> touched)
    : m_config(withClock(std::move(config))), m_touchedCallback(std::move(touched))
{}

LogWorker::~LogWorker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

Result<> LogWorker::start()
{
    const auto directory = QString::fromStdString(m_config.directory);
    if (!QDir().mkpath(directory) || !QFileInfo(directory).isWritable()) {
        return failure("logs/unwritable",
                       std::format("The folder {} for the functions' logs cannot be written. "
                                   "Give nestd the right to it, or name another.",
                                   m_config.directory));
    }
    const std::lock_guard lock(m_mutex);
    if (!m_isRunning) {
        m_isRunning = true;
        m_thread = std::thread([this] { run(); });
    }
    return {};
}

void LogWorker::push(Incoming incoming)
{
    // One byte more than is read, so that the worker still sees that it was too long.
    if (incoming.line.size() > maxPrintedBytes + 1) {
        incoming.line.resize(maxPrintedBytes + 1);
    }
    const auto bytes = incoming.line.size();
    {
        const std::lock_guard lock(m_mutex);
        if (!isFolderName(incoming.function) || m_waitingLines >= m_config.queueLines ||
            m_waitingBytes + bytes > m_config.queueBytes) {
            ++m_dropped[incoming.function];
            return;
        }
        ++m_waitingLines;
        m_waitingBytes += bytes;
        m_queue.emplace_back(std::move(incoming));
    }
    m_wake.notify_one();
}

void LogWorker::countDropped(const std::string &function, std::int64_t lines)
{
    const std::lock_guard lock(m_mutex);
    m_dropped[function] += lines;
}

bool LogWorker::enqueue(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_isRunning) {
            return false;
        }
        m_queue.emplace_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

QFuture<Result<wire::LogPage>> LogWorker::page(Query query)
{
    auto promise = std::make_shared<QPromise<Result<wire::LogPage>>>(); // outlives a refused job
    promise->start();
    auto future = promise->future();
    const bool isTaken = enqueue([this, promise, query = std::move(query)] {
        promise->addResult(Result<wire::LogPage>(pageOnWorker(query)));
        promise->finish();
    });
    if (!isTaken) {
        promise->addResult(Result<wire::LogPage>(failure("logs/closed", "The logs are not open yet.")));
        promise->finish();
    }
    return future;
}

void LogWorker::forget(std::string function)
{
    enqueue([this, function = std::move(function)] { forgetOnWorker(function); });
}

void LogWorker::flush()
{
    std::latch done(1);
    if (enqueue([&done] { done.count_down(); })) {
        done.wait();
    }
}

std::set<std::string> LogWorker::takeTouched()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_touched, {});
}

void LogWorker::run()
{
    auto nextTidy = std::chrono::steady_clock::now() + tidyInterval;
    while (true) {
        std::deque<Item> items;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, nextTidy, [this] { return m_isStopping || !m_queue.empty(); });
            if (m_isStopping && m_queue.empty()) {
                return;
            }
            items.swap(m_queue);
        }
        workOffOnWorker(std::move(items));
        if (std::chrono::steady_clock::now() >= nextTidy) {
            tidyOnWorker();
            nextTidy = std::chrono::steady_clock::now() + tidyInterval;
        }
    }
}

void LogWorker::workOffOnWorker(std::deque<Item> items)
{
    Batch batch;
    std::size_t lines = 0;
    std::size_t bytes = 0;
    const auto writeOut = [&] {
        writeOnWorker(std::exchange(batch, {}));
        const std::lock_guard lock(m_mutex);
        m_waitingLines -= std::exchange(lines, 0);
        m_waitingBytes -= std::exchange(bytes, 0);
    };
    for (auto &item : items) {
        if (auto *job = std::get_if<Job>(&item)) {
            writeOut();
            (*job)();
            continue;
        }
        auto &incoming = std::get<Incoming>(item);
        ++lines;
        bytes += incoming.line.size();
        auto &ofFunction = batch[incoming.function];
        ofFunction.push_back(toLogLine(std::move(incoming)));
    }
    writeOut();
}

void LogWorker::writeOnWorker(Batch batch)
{
    for (auto &[function, lines] : batch) {
        const auto count = std::int64_t(lines.size());
        auto *log = logOnWorker(function);
        const auto lost = log ? log->append(std::move(lines), m_config.now()) : count;
        bool isFirst = false;
        {
            const std::lock_guard lock(m_mutex);
            if (lost > 0) {
                m_dropped[function] += lost;
            }
            if (lost < count) {
                isFirst = m_touched.empty();
                m_touched.insert(function);
            }
        }
        if (isFirst) {
            m_touchedCallback();
        }
    }
}

wire::LogPage LogWorker::pageOnWorker(const Query &query)
{
    wire::LogPage page;
    page.nextSequence = 1;
    // Asking for a function that never wrote makes no folder.
    if (isFolderName(query.function) && QFileInfo::exists(folderOf(query.function))) {
        if (auto *log = logOnWorker(query.function)) {
            const auto last = m_logs.find(m_lastRead);
            if (last != m_logs.end() && &last->second != log) {
                last->second.releaseMemory();
            }
            m_lastRead = query.function;
            page = log->page(query);
        }
    }
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_dropped.find(query.function); found != m_dropped.end()) {
        page.dropped = found->second;
    }
    return page;
}

void LogWorker::forgetOnWorker(const std::string &function)
{
    if (!isFolderName(function)) {
        return;
    }
    m_logs.erase(function);
    m_unopenable.erase(function);
    QDir(folderOf(function)).removeRecursively();
    const std::lock_guard lock(m_mutex);
    m_dropped.erase(function);
    m_touched.erase(function);
}

void LogWorker::tidyOnWorker()
{
    const QDir directory(QString::fromStdString(m_config.directory));
    for (const auto &name : directory.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto function = name.toStdString();
        if (!isFolderName(function)) {
            continue;
        }
        const bool wasLoaded = m_logs.contains(function);
        auto *log = logOnWorker(function); // loading tidies, too
        if (log && wasLoaded) {
            log->tidy(m_config.now());
        }
    }
}

FunctionLog *LogWorker::logOnWorker(const std::string &function)
{
    const auto found = m_logs.find(function);
    if (found != m_logs.end()) {
        return &found->second;
    }
    auto log = FunctionLog::open(folderOf(function), m_config, m_config.now());
    if (!log) {
        if (m_unopenable.insert(function).second) {
            qCWarning(category, "%s", log.error().detail.c_str());
        }
        return nullptr;
    }
    m_unopenable.erase(function);
    return &m_logs.emplace(function, std::move(*log)).first->second;
}

QString LogWorker::folderOf(const std::string &function) const
{
    return QString::fromStdString(m_config.directory) + u'/' + QString::fromStdString(function);
}

} // namespace nest::logs
