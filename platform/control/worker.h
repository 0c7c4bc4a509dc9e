// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work that blocks on the disk or computes for long, done in Qt's thread pool and awaited on the control
// thread. The work owns what it uses. Thread: called and resumed on control.

#include "platform/store/courier.h"

#include <QCoroTask>
#include <QThreadPool>

#include <coroutine>
#include <optional>
#include <type_traits>

namespace nest::control {

template <typename Work>
class Worked final // awaited; lives in the frame of inWorker()
{
public:
    using Value = std::invoke_result_t<Work &>;

    explicit Worked(Work work) : m_work(std::move(work)) {}
    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> waiting)
    {
        QThreadPool::globalInstance()->start([this, waiting, courier = store::Courier()]() mutable {
            m_value = m_work();
            courier.deliver([waiting] { waiting.resume(); });
        });
    }
    [[nodiscard]] Value await_resume() { return std::move(*m_value); }

private:
    Work m_work;
    std::optional<Value> m_value;
};

template <typename Work>
QCoro::Task<std::invoke_result_t<Work &>> inWorker(Work work)
{
    co_return co_await Worked<Work>(std::move(work));
}

} // namespace nest::control
