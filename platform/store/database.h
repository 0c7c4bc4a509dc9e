// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The store as the rest of nestd sees it: jobs go in, answers come back on the caller's thread.
//
// A job is a callable `Result<T>(Sql &)` (or `T(Sql &)`), run on the store thread in a transaction of its
// own, in the order of posting. Its answer is delivered after the commit: an acknowledged write is on the
// disk. A job must own what it uses; it runs on another thread. After close() every job is answered with
// store/closed; jobs posted before are still done.
//
// Thread: any thread with an event loop may post. Owner: main of nestd.

#include "platform/store/courier.h"
#include "platform/store/worker.h"

#include <QObject>

#include <qcoro/qcorotask.h>

#include <condition_variable>
#include <coroutine>
#include <deque>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

namespace nest::store {

namespace detail {

template <typename T>
struct Answered
{
    using Type = Result<T>;
};

template <typename T>
struct Answered<Result<T>>
{
    using Type = Result<T>;
};

} // namespace detail

template <typename Job>
using AnswerOf = typename detail::Answered<std::invoke_result_t<Job &, Sql &>>::Type;

class Database final
{
public:
    explicit Database(Options options = {});
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Waits until the database is open and of the latest schema. store/newer-schema, store/broken,
    /// store/unwritable, store/locked, store/full: refused, and the file left as it was.
    [[nodiscard]] Result<> open(const std::filesystem::path &path);
    /// Refuses new jobs, finishes the queue, ends the thread.
    void close();

    /// `done` is called with the answer from the event loop of the calling thread, which is `context`'s too,
    /// unless `context` is gone by then.
    template <typename Job, typename Done>
    void post(Job job, QObject *context, Done done)
    {
        enqueue([job = std::move(job), courier = Courier(context),
                 done = std::move(done)](Worker *worker) mutable {
            courier.deliver([answer = perform(worker, job), done = std::move(done)]() mutable {
                done(std::move(answer));
            });
        });
    }

    /// Resumes on the calling thread, from its event loop.
    template <typename Job>
    [[nodiscard]] QCoro::Task<AnswerOf<Job>> run(Job job)
    {
        co_return co_await Pending<Job>(*this, std::move(job));
    }

    /// Blocks the calling thread: for the start, before there is an event loop, and for tests.
    template <typename Job>
    [[nodiscard]] AnswerOf<Job> wait(Job job)
    {
        std::promise<AnswerOf<Job>> promise;
        std::future<AnswerOf<Job>> future = promise.get_future();
        enqueue([&job, &promise](Worker *worker) { promise.set_value(perform(worker, job)); });
        return future.get();
    }

private:
    using Call = std::move_only_function<void(Worker *)>; // without a worker: closed

    template <typename Job>
    class Pending final // awaited; lives in the frame of run()
    {
    public:
        Pending(Database &database, Job job) : m_database(database), m_job(std::move(job)) {}
        [[nodiscard]] bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> waiting)
        {
            m_database.enqueue([this, waiting, courier = Courier()](Worker *worker) mutable {
                m_answer = perform(worker, m_job);
                courier.deliver([waiting] { waiting.resume(); });
            });
        }
        [[nodiscard]] AnswerOf<Job> await_resume() { return std::move(*m_answer); }

    private:
        Database &m_database;
        Job m_job;
        std::optional<AnswerOf<Job>> m_answer;
    };

    template <typename Job>
    static AnswerOf<Job> perform(Worker *worker, Job &job)
    {
        if (!worker) {
            return closedError();
        }
        AnswerOf<Job> answer = closedError(); // replaced unless the transaction does not even begin
        const Result<> kept = worker->transact([&](Sql &sql) -> Result<> {
            if constexpr (std::is_void_v<std::invoke_result_t<Job &, Sql &>>) {
                job(sql);
                answer = {};
            } else {
                answer = job(sql);
            }
            return answer ? Result<>() : std::unexpected(answer.error());
        });
        return kept ? std::move(answer) : AnswerOf<Job>(std::unexpected(kept.error()));
    }

    [[nodiscard]] static std::unexpected<Error> closedError();
    void enqueue(Call call);
    void serve(const std::filesystem::path &path, std::promise<Result<>> opened);

    Options m_options;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<Call> m_queue; // guarded by m_mutex
    bool m_isOpen = false;    // guarded by m_mutex
    std::thread m_thread;
};

} // namespace nest::store
