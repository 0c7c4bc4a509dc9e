// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// /v1/functions/{function}/secrets: written, named, deleted, and never read again.
//
// Invariant: a value leaves a request only sealed; no answer, change or log line has it. Watchers hear
// nothing of secrets, but of the deployments that change with one. Thread: control.

#include "platform/control/context.h"

namespace nest::control {

class SecretsApi final
{
public:
    /// `changed` when a secret has another value: what names it starts anew.
    using Changed = std::function<void(const std::string &function, const std::string &secret)>;

    SecretsApi(Context &context, Changed changed);
    void addRoutes(Router &router);

private:
    using Task = QCoro::Task<Result<Answer>>;
    Task list(CallPtr call);
    Task get(CallPtr call);
    Task put(CallPtr call);
    Task remove(CallPtr call);

    [[nodiscard]] wire::Secret rendered(const FunctionEntry &function, const std::string &name) const;
    [[nodiscard]] Answer stale(const FunctionEntry &function, const std::string &name,
                               const Call &call) const;
    /// Which deployment keeps it from going; empty: none.
    [[nodiscard]] std::string userOf(const FunctionEntry &function, const std::string &name) const;

    Context &m_context;
    Changed m_changed;
    std::multiset<std::string> m_making; // functions for which one is just being made
};

} // namespace nest::control
