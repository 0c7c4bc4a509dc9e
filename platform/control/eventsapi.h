// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// /v1/functions/{function}/events: requests kept with a function to try it with. Read from the store each
// time, since nothing else needs them and their bodies may be large.
//
// A private event is seen by its owner alone, a shared one by all; among those that one person sees, a name
// is there once. Watchers hear nothing of events. Thread: control.

#include "platform/control/context.h"

namespace nest::control {

class EventsApi final
{
public:
    explicit EventsApi(Context &context);
    void addRoutes(Router &router);

private:
    using Task = QCoro::Task<Result<Answer>>;
    /// The event of that name which `user` sees, or none.
    using Found = Result<std::optional<StoredDocument>>;
    Task list(CallPtr call);
    Task get(CallPtr call);
    Task put(CallPtr call);
    Task remove(CallPtr call);

    QCoro::Task<Found> find(std::string function, std::string name, std::string user);
    /// Whether there is room, and no event of that name that others see already.
    QCoro::Task<Result<>> checkRoom(std::string function, wire::TestEvent event, std::string present);

    Context &m_context;
};

} // namespace nest::control
