// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Requests that wait for an instance of one revision, in order of arrival. Intrusive, so that a client that
// leaves is taken out of the middle without a search. Thread: the gateway's.

#include <chrono>
#include <cstddef>

namespace nest::gateway {

class WaitList;

/// What an exchange is while it waits.
class Waiter
{
public:
    [[nodiscard]] bool isWaiting() const { return m_list != nullptr; }
    std::chrono::steady_clock::time_point waitingSince{};
    std::size_t heldBytes = 0; // of its body

protected:
    Waiter() = default;
    ~Waiter() = default;

private:
    friend class WaitList;
    WaitList *m_list = nullptr;
    Waiter *m_previous = nullptr;
    Waiter *m_next = nullptr;
};

class WaitList final
{
public:
    [[nodiscard]] bool isEmpty() const { return m_first == nullptr; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] Waiter *first() const { return m_first; }
    /// Behind all that have waited as long or longer: a request that is sent again keeps its turn.
    void insert(Waiter &waiter);
    void remove(Waiter &waiter);

private:
    Waiter *m_first = nullptr;
    Waiter *m_last = nullptr;
    std::size_t m_size = 0;
};

} // namespace nest::gateway
