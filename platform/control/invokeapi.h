// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// POST /v1/functions/{function}/actions/invoke: one request to a function on behalf of a person, answered
// with all that is known of it. A group is reached through our own gateway's listener, a build or a version
// on a trial instance.
//
// A caller that leaves changes nothing: the request to the function runs to its end. Thread: control.
// Owner: Platform, which asks isIdle() before it closes what these requests need.

#include "api/wire/invocation.h"
#include "platform/control/context.h"
#include "platform/gateway/ids.h"
#include "platform/trials/httpcall.h"
#include "platform/trials/trials.h"

#include <QObject>

#include <set>

namespace nest::control {

class InvokeApi final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InvokeApi)

public:
    struct Ports
    {
        std::function<std::uint16_t()> gatewayPort;
        std::function<std::optional<double>(const std::string &instance)> memoryMegabytes;
        std::string region;
        std::size_t bodyBytes = 64UL * 1024 * 1024; // as the gateway's
    };

    InvokeApi(Context &context, trials::Trials &trials, Ports ports, QObject *parent = nullptr);
    void addRoutes(Router &router);

    [[nodiscard]] bool isIdle() const { return m_running == 0; }
    /// Breaks off what runs; each request is still answered, and idle() follows.
    void abortAll();

Q_SIGNALS:
    void idle();

private:
    using Task = QCoro::Task<Result<Answer>>;
    using Invoked = QCoro::Task<Result<wire::Invocation>>;
    struct Way // of one request: what answers, as far as it is known beforehand
    {
        std::string function;
        wire::InvokeRequest request;
        std::string traceParent;
        wire::Invocation invocation;
    };

    Task invoke(CallPtr call);
    Invoked throughGateway(Way way);
    Invoked onTrial(Way way, trials::TrialSpec spec);
    Result<trials::TrialSpec> trialSpec(const FunctionEntry &entry, const wire::InvokeRequest &request) const;
    QCoro::Task<trials::HttpCallAnswer> send(trials::HttpCallRequest request);
    /// The lines of the request, as soon as they are there. With `isFailed` also what the instance printed
    /// outside of requests, and the wait is for its end.
    QCoro::Task<wire::Invocation> withLog(wire::Invocation invocation, bool isFailed);
    QCoro::Task<> pause(std::chrono::milliseconds time);

    Context &m_context;
    trials::Trials &m_trials;
    Ports m_ports;
    gateway::Random m_random;
    std::set<trials::HttpCall *> m_calls;
    int m_running = 0;
    bool m_isAborting = false;
};

} // namespace nest::control
