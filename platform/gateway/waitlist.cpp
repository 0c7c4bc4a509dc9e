// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/waitlist.h"

namespace nest::gateway {

void WaitList::insert(Waiter &waiter)
{
    Waiter *before = m_last;
    while (before && before->waitingSince > waiter.waitingSince) {
        before = before->m_previous;
    }
    Waiter *after = before ? before->m_next : m_first;
    waiter.m_list = this;
    waiter.m_previous = before;
    waiter.m_next = after;
    (before ? before->m_next : m_first) = &waiter;
    (after ? after->m_previous : m_last) = &waiter;
    ++m_size;
}

void WaitList::remove(Waiter &waiter)
{
    (waiter.m_previous ? waiter.m_previous->m_next : m_first) = waiter.m_next;
    (waiter.m_next ? waiter.m_next->m_previous : m_last) = waiter.m_previous;
    waiter.m_list = nullptr;
    waiter.m_previous = waiter.m_next = nullptr;
    --m_size;
}

} // namespace nest::gateway
