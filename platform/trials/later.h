// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A value that is given once and awaited once, both on the same thread. Whoever gives it resumes the
// coroutine that waits, so that giving is the last thing it does. Thread: any one.

#include <coroutine>
#include <memory>
#include <optional>
#include <utility>

namespace nest::trials {

template <typename T>
class Later final
{
public:
    void give(T value) const
    {
        m_state->value.emplace(std::move(value));
        if (auto waiting = std::exchange(m_state->waiting, {})) {
            waiting.resume();
        }
    }

    [[nodiscard]] bool await_ready() const { return m_state->value.has_value(); }
    void await_suspend(std::coroutine_handle<> waiting) const { m_state->waiting = waiting; }
    T await_resume() const { return std::move(*m_state->value); }

private:
    struct State
    {
        std::optional<T> value;
        std::coroutine_handle<> waiting;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>(); // of the giver and of the coroutine's frame
};

} // namespace nest::trials
