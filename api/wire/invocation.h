// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One request to a function on behalf of a person who tries it, and all that is known of its answer.

#include "api/wire/deployment.h"
#include "api/wire/function.h"
#include "api/wire/observation.h"

namespace nest::wire {

/// Body of POST /v1/functions/{function}/actions/invoke. Exactly one of build, version and group says what
/// answers: a build or a version gets an instance outside any deployment, a group goes through the gateway.
struct InvokeRequest
{
    std::optional<int> build;
    std::optional<int> version;
    std::optional<GroupName> group;
    /// Of a build or a version: it gets the secrets of the deployment there; absent: of the first group's, if
    /// there is one.
    std::optional<GroupName> secretsOf;
    std::string method = "GET";
    std::string path = "/"; // with its query
    std::map<std::string, std::string> headers;
    FileEncoding bodyEncoding = FileEncoding::Utf8;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(InvokeRequest, (),
                      (build, version, group, secretsOf, method, path, headers, bodyEncoding, body))

struct HeaderField
{
    std::string name;
    std::string value;
    bool operator==(const HeaderField &) const = default;
};
BOOST_DESCRIBE_STRUCT(HeaderField, (), (name, value))

struct Invocation
{
    std::string id; // inv-<ULID>
    std::string function;
    Time startedAt;
    int status = 0;     // 0: no answer came, `reason` says why
    std::string reason; // one sentence
    std::vector<HeaderField> headers;
    FileEncoding bodyEncoding = FileEncoding::Utf8;
    std::string body;
    bool isTruncated = false; // the body was longer
    double durationMs = 0;    // from the beginning to the last byte, the wait for an instance included
    std::optional<int> build;
    std::optional<int> version;
    std::optional<GroupName> wantedGroup; // that was asked for
    std::optional<GroupName> group;       // that answered
    std::string instance;
    std::optional<bool> isCold;
    std::optional<double> queueWaitMs; // for an instance; a cold start lies within it
    /// From handing the request over to the instance until its answer began; absent when none began.
    std::optional<double> handlerMs;
    ColdStart coldStart; // of the instance, when this request was the first to use it
    std::optional<double> memoryMegabytes;
    std::string traceId;
    std::vector<LogLine> log; // of this request
};
BOOST_DESCRIBE_STRUCT(Invocation, (),
                      (id, function, startedAt, status, reason, headers, bodyEncoding, body, isTruncated,
                       durationMs, build, version, wantedGroup, group, instance, isCold, queueWaitMs,
                       handlerMs, coldStart, memoryMegabytes, traceId, log))

} // namespace nest::wire
