// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Carries a call from the store thread to the thread the courier was made on, through that thread's event
// loop, and drops it there when its context is gone by then.
//
// Thread: made on the caller's, deliver() on any, once. The call is run and destroyed on the caller's.

#include <QObject>
#include <QPointer>

#include <functional>

namespace nest::store {

class Courier final
{
public:
    /// Delivers whatever happens: for coroutines, which live until they are resumed.
    Courier();
    explicit Courier(QObject *context);

    void deliver(std::move_only_function<void()> call);

private:
    QObject
        *m_carrier; // the receiver, as only it is sure to be there still; deletes itself after the delivery
    QPointer<QObject> m_context;
};

} // namespace nest::store
