// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What can be seen: instances, decisions, logs, series, the platform itself, and the watch. Thread: control.

#include "platform/control/context.h"

#include <QObject>

namespace nest::control {

class ObserveApi final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ObserveApi)

public:
    explicit ObserveApi(Context &context, QObject *parent = nullptr);
    void addRoutes(Router &router);

private:
    using Task = QCoro::Task<Result<Answer>>;
    Task instances(CallPtr call);
    Task instance(CallPtr call);
    Task decisions(CallPtr call);
    Task decision(CallPtr call);
    Task logs(CallPtr call);
    Task metrics(CallPtr call);
    Task me(CallPtr call);
    Task health(CallPtr call);
    Task openapi(CallPtr call);
    void watch(const CallPtr &call, const std::shared_ptr<http::Reply> &reply);
    QCoro::Task<> replay(std::uint64_t stream, std::int64_t since);

    Context &m_context;
};

} // namespace nest::control
