// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// /v1/functions, their draft files, and /v1/templates. Thread: control.

#include "platform/control/context.h"

namespace nest::control {

class FunctionsApi final
{
public:
    explicit FunctionsApi(Context &context);
    void addRoutes(Router &router);

private:
    using Task = QCoro::Task<Result<Answer>>;
    Task list(CallPtr call);
    Task create(CallPtr call);
    [[nodiscard]] Result<Answer> answeredBefore(const Remembered &earlier, const std::string &digest) const;
    Task get(CallPtr call);
    Task put(CallPtr call);
    Task remove(CallPtr call);
    Task listFiles(CallPtr call);
    Task getFile(CallPtr call);
    Task putFile(CallPtr call);
    Task removeFile(CallPtr call);
    Task templates(CallPtr call);
    Task getTemplate(CallPtr call);

    /// A draft's change shows in its function's status; nothing when the function has gone.
    void touchDraft(const std::string &function, Batch &batch);

    Context &m_context;
};

} // namespace nest::control
