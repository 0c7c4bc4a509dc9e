// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The request that a person writes: templates, headers as lines of text, and how an event becomes a request.
//
// Pure functions. Thread: any.

#include "api/client/loadplan.h"
#include "api/wire/function.h"
#include "api/wire/invocation.h"
#include "app/console/pages/function/test/testtarget.h"

#include <QList>
#include <QString>

#include <map>

namespace nest::console {

struct EventTemplate
{
    QString id; // stable: "get"
    QString title;
    wire::TestEvent event;
};

[[nodiscard]] QList<EventTemplate> eventTemplates();

/// "name: value" a line; a problem says which line and why.
struct HeaderLines
{
    std::map<std::string, std::string> headers;
    QString problem;
};
[[nodiscard]] HeaderLines parseHeaders(const QString &text);
[[nodiscard]] QString headersText(const std::map<std::string, std::string> &headers);

/// Why the body is not what it says it is; empty when nothing is wrong. May take some milliseconds for long
/// ones.
[[nodiscard]] QString bodyProblem(const wire::TestEvent &event);
/// Whether the body is meant to be JSON: by its kind, its type, or its first letter.
[[nodiscard]] bool isJsonBody(const wire::TestEvent &event);

[[nodiscard]] wire::InvokeRequest requestOf(const wire::TestEvent &event, const TestTarget &target);
/// Method, path, headers and body of the event for a load run through the gateway at `gatewayUrl`.
[[nodiscard]] client::LoadPlan planOf(const wire::TestEvent &event, const QString &function,
                                      const wire::GroupName &group, const std::string &gatewayUrl);

} // namespace nest::console
