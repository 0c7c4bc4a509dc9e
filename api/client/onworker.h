// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The way off the UI thread and back for a coroutine: `auto value = co_await onWorker;` with OnWorker given
// the work. (QCoro's own awaiter for QFuture does not compile with QT_NO_CONTEXTLESS_CONNECT.)

#include <QObject>
#include <QThreadPool>

#include <coroutine>
#include <optional>
#include <type_traits>
#include <utility>

namespace nest::client {

/// Awaited on a thread with an event loop: runs `work` on a worker thread and goes on where it was awaited.
/// The waiting coroutine's frame, which holds this object, stays until then: a Task runs to its end.
template <typename Work>
class OnWorker final
{
public:
    explicit OnWorker(Work work) : m_work(std::move(work)) {}

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting)
    {
        auto *home = new QObject; // lives on the awaiting thread
        QThreadPool::globalInstance()->start([this, home, waiting] {
            m_result.emplace(m_work());
            QMetaObject::invokeMethod(
                home,
                [home, waiting] {
                    home->deleteLater();
                    waiting.resume();
                },
                Qt::QueuedConnection);
        });
    }
    auto await_resume() { return std::move(*m_result); }

private:
    Work m_work;
    std::optional<std::invoke_result_t<Work>> m_result;
};

} // namespace nest::client
