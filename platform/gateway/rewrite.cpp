// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/rewrite.h"

#include "platform/http/framing.h"

#include <format>

namespace nest::gateway {

using http::FieldId;

namespace {

/// Fields that speak of one connection only (RFC 9110, 7.6.1) and those that we write ourselves.
bool isOurs(FieldId id)
{
    switch (id) {
    case FieldId::Connection:
    case FieldId::ContentLength:
    case FieldId::Expect:
    case FieldId::KeepAlive:
    case FieldId::NestDebug:
    case FieldId::NestDepth:
    case FieldId::NestLane:
    case FieldId::NestOther:
    case FieldId::NestRegion:
    case FieldId::NestSet:
    case FieldId::ProxyConnection:
    case FieldId::Te:
    case FieldId::Trailer:
    case FieldId::TransferEncoding:
    case FieldId::Upgrade:
        return true;
    default:
        return false;
    }
}

/// Most clients send nothing but "close" or "keep-alive" there.
bool namesFields(std::string_view connection)
{
    return !connection.empty() && !http::equalsIgnoringCase(connection, "keep-alive") &&
           !http::equalsIgnoringCase(connection, "close");
}

void appendLength(std::string &out, std::uint64_t length)
{
    out += "content-length: ";
    http::appendDecimal(out, length);
    out += "\r\n";
}

} // namespace

void appendRequestHead(std::string &out, const http::Head &request, const RequestContext &context)
{
    out += request.method;
    out += ' ';
    if (!context.path.starts_with('/')) {
        out += '/';
    }
    out += context.path;
    out += " HTTP/1.1\r\n";
    http::appendField(out, "host", context.host);
    const std::string_view connection = request.value(FieldId::Connection);
    const bool hasNamed = namesFields(connection);
    std::string_view forwardedFor;
    for (std::size_t i = 0; i < request.size(); ++i) {
        const auto field = request.field(i);
        if (isOurs(field.id) || (hasNamed && http::listHasToken(connection, field.name))) {
            continue;
        }
        switch (field.id) {
        case FieldId::XForwardedFor:
            forwardedFor = field.value;
            continue;
        case FieldId::Host:
        case FieldId::TraceParent:
        case FieldId::XForwardedHost:
        case FieldId::XForwardedProto:
        case FieldId::ProxyAuthorization:
            continue;
        default:
            http::appendField(out, field.name, field.value);
        }
    }
    if (request.isChunked) {
        out += "transfer-encoding: chunked\r\n";
    } else if (request.hasContentLength) {
        appendLength(out, request.contentLength);
    }
    out += "x-forwarded-for: ";
    if (!forwardedFor.empty()) {
        out += forwardedFor;
        out += ", ";
    }
    out += context.clientAddress.empty() ? std::string_view("unknown") : context.clientAddress;
    out += "\r\nx-forwarded-proto: http\r\nx-forwarded-host: ";
    out += context.host;
    out += "\r\nnest-set: ";
    out += context.set;
    out += "\r\nnest-lane: ";
    out += context.lane;
    out += "\r\nnest-region: ";
    out += context.region;
    out += "\r\nnest-request-id: ";
    out += context.requestId;
    if (context.depth > 0) {
        out += "\r\nnest-depth: ";
        http::appendDecimal(out, static_cast<std::uint64_t>(context.depth));
    }
    out += "\r\ntraceparent: ";
    out += context.traceParent;
    out += "\r\n\r\n";
}

void appendTiming(std::string &out, const Timing &timing)
{
    http::appendField(out, "nest-request-id", timing.requestId);
    if (timing.set.empty()) {
        return; // it was led nowhere
    }
    http::appendField(out, "nest-group", std::format("{}/{}/{}", timing.set, timing.lane, timing.region));
    http::appendField(out, "nest-version", std::to_string(timing.version));
    if (timing.instance.empty()) {
        return;
    }
    http::appendField(out, "nest-cold", timing.wasCold ? "cold" : "warm");
    http::appendField(out, "nest-queue-wait-ms", std::to_string(timing.queueWaitMilliseconds));
    http::appendField(out, "nest-trace-id", timing.traceId);
    http::appendField(out, "nest-instance", timing.instance);
    http::appendField(out, "nest-cold-start", timing.coldStart);
    if (timing.handlerMilliseconds) {
        http::appendField(out, "nest-handler-ms", std::format("{:.3f}", *timing.handlerMilliseconds));
    }
}

Framing appendResponseHead(std::string &out, const http::Head &response, const ResponseContext &context)
{
    http::appendStatusLine(out, response.status);
    const std::string_view connection = response.value(FieldId::Connection);
    const bool hasNamed = namesFields(connection);
    for (std::size_t i = 0; i < response.size(); ++i) {
        const auto field = response.field(i);
        if (!isOurs(field.id) && !(hasNamed && http::listHasToken(connection, field.name))) {
            http::appendField(out, field.name, field.value);
        }
    }
    if (context.timing) {
        appendTiming(out, *context.timing);
    }
    Framing framing = Framing::Raw;
    if (context.toHead || response.status == 204 || response.status == 304) {
        framing = Framing::None;
        if (response.hasContentLength && response.status != 204) {
            appendLength(out, response.contentLength);
        }
    } else if (response.hasContentLength) {
        appendLength(out, response.contentLength);
    } else if (context.clientMinorVersion >= 1) {
        framing = Framing::Chunked;
        out += "transfer-encoding: chunked\r\n";
    } else {
        framing = Framing::UntilClose;
    }
    const bool keepAlive = context.keepAlive && framing != Framing::UntilClose;
    if (!keepAlive) {
        out += "connection: close\r\n";
    } else if (context.clientMinorVersion == 0) {
        out += "connection: keep-alive\r\n";
    }
    out += "\r\n";
    return framing;
}

} // namespace nest::gateway
