// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One request to a function through the platform's gateway, with what the gateway says about how it was
// served.
//
// Thread: main's. The answer is kept whole in memory; this is a tool for a person, not a proxy.

#include "api/wire/deployment.h"
#include "api/wire/result.h"

#include <QByteArray>
#include <QCoroTask>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nest::cli {

struct GatewayRequest
{
    std::string gatewayUrl; // of /v1/me
    std::string function;
    std::string path = "/"; // with query
    std::string method = "GET";
    QByteArray body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
};

struct GatewayAnswer
{
    int status = 0;
    std::string reason;
    std::vector<std::pair<std::string, std::string>> headers; // without the gateway's nest-…
    QByteArray body;
    std::optional<int> version;
    std::string instance;
    std::optional<bool> wasCold; // the request waited for the instance to start
    std::optional<double> queueWaitMs;
    wire::ColdStart coldStart; // of the instance, whenever that was
    std::string problemType;   // "gateway/unknown-function" when the gateway itself refused
    std::string problemDetail;
};

/// Errors: `client/unreachable`, `client/timeout`. Every status is an answer.
QCoro::Task<Result<GatewayAnswer>> sendThroughGateway(GatewayRequest request);

/// "schedule=0.3;fetch=1.2;start=…" as the gateway sends it; phases that are missing stay unknown.
wire::ColdStart parsePhases(const std::string &text);

} // namespace nest::cli
