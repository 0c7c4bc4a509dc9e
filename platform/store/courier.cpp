// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/courier.h"

#include <memory>

namespace nest::store {

Courier::Courier() : m_carrier(new QObject), m_context(m_carrier) {}

Courier::Courier(QObject *context) : m_carrier(new QObject), m_context(context) {}

void Courier::deliver(std::move_only_function<void()> call)
{
    // Qt's queue wants functors that can be copied.
    auto shared = std::make_shared<std::move_only_function<void()>>(std::move(call));
    QMetaObject::invokeMethod(
        m_carrier,
        [carrier = m_carrier, context = m_context, shared = std::move(shared)] {
            carrier->deleteLater();
            if (context) {
                (*shared)();
            }
        },
        Qt::QueuedConnection);
}

} // namespace nest::store
