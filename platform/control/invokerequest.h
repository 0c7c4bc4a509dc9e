// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a person wants to send to a function, checked, and its bytes for the two ways there; and the answer
// that came back as it is shown. Pure functions, any thread.

#include "api/wire/invocation.h"
#include "api/wire/result.h"
#include "platform/trials/httpcall.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace nest::control {

/// The request with its body decoded. Each field that is wrong is named with its pointer: `control/invalid`,
/// `control/too-large` for a body beyond `bodyBytes`.
Result<wire::InvokeRequest> readInvokeRequest(const std::string &json, std::size_t bodyBytes);

/// Through the gateway: asks for the timing, for `group`, and to close the connection.
std::string gatewayBytes(const wire::InvokeRequest &request, std::string_view function,
                         std::string_view traceParent);
/// Straight to an instance, with the head that the gateway would have sent.
std::string instanceBytes(const wire::InvokeRequest &request, std::string_view function,
                          std::string_view traceParent, std::string_view requestId, std::string_view region);

/// The request's own trace context when it is well-formed, else empty.
std::string traceParentOf(const wire::InvokeRequest &request);

/// Status, headers without those of the connection and of the platform, body as text or base 64.
void showAnswer(const trials::HttpCallAnswer &answer, wire::Invocation &invocation);
/// The first field of that lower-case name; empty when there is none.
std::string fieldOf(const trials::HttpCallAnswer &answer, std::string_view name);
/// What a problem document in the answer says; empty when it holds none.
std::string problemDetail(const trials::HttpCallAnswer &answer);
/// Its type, without what stands in front: "gateway/timeout".
std::string problemType(const trials::HttpCallAnswer &answer);
/// "schedule=0.0;fetch=0.1;…" of the gateway's timing.
wire::ColdStart readColdStart(std::string_view text);

} // namespace nest::control
