// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/database.h"

#include <pthread.h>

namespace nest::store {

Database::Database(Options options) : m_options(std::move(options)) {}

Database::~Database()
{
    close();
}

Result<> Database::open(const std::filesystem::path &path)
{
    close();
    std::promise<Result<>> promise;
    std::future<Result<>> opened = promise.get_future();
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = true;
    }
    m_thread = std::thread(
        [this, path, promise = std::move(promise)]() mutable { serve(path, std::move(promise)); });
    Result<> result = opened.get();
    if (!result) {
        close();
    }
    return result;
}

void Database::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isOpen = false;
    }
    m_arrived.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

std::unexpected<Error> Database::closedError()
{
    return failure("store/closed", "The store is closed: the platform is stopping. Try again when it runs.");
}

void Database::enqueue(Call call)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isOpen) {
            m_queue.push_back(std::move(call));
            m_arrived.notify_one();
            return;
        }
    }
    call(nullptr);
}

void Database::serve(const std::filesystem::path &path, std::promise<Result<>> opened)
{
    pthread_setname_np(pthread_self(), "nest-store");
    Worker worker(m_options);
    Result<> ready = worker.open(path);
    const bool isReady = ready.has_value();
    opened.set_value(std::move(ready));
    for (;;) {
        Call call;
        {
            std::unique_lock lock(m_mutex);
            m_arrived.wait(lock, [this] { return !m_queue.empty() || !m_isOpen; });
            if (m_queue.empty()) {
                return;
            }
            call = std::move(m_queue.front());
            m_queue.pop_front();
        }
        call(isReady ? &worker : nullptr);
        worker.tidy();
    }
}

} // namespace nest::store
