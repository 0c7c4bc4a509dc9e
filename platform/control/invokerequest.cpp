// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/invokerequest.h"

#include "api/wire/codec.h"
#include "api/wire/platform.h"
#include "platform/gateway/ids.h"
#include "platform/gateway/rewrite.h"
#include "platform/http/framing.h"

#include <QByteArray>
#include <QUtf8StringView>

#include <algorithm>
#include <array>
#include <charconv>

namespace nest::control {

namespace {

using http::FieldId;

constexpr std::array methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
constexpr std::size_t maxPathBytes = 8 * 1024;
constexpr std::size_t maxHeadBytes = 16 * 1024; // of all headers; the gateway takes 32 KiB in all
constexpr std::size_t maxHeaders = 80;          // likewise 100

bool isTokenCharacter(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

/// What only the two ends of a connection tell each other, or what the platform writes itself.
bool isConnectionsOwn(FieldId id)
{
    switch (id) {
    case FieldId::Connection:
    case FieldId::Expect:
    case FieldId::KeepAlive:
    case FieldId::NestDebug:
    case FieldId::NestLane:
    case FieldId::NestOther:
    case FieldId::NestRegion:
    case FieldId::NestSet:
    case FieldId::ProxyAuthenticate:
    case FieldId::ProxyAuthorization:
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

/// RFC 6901, for a header's name in a pointer.
std::string escaped(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return out;
}

void checkHeaders(const wire::InvokeRequest &request, std::vector<FieldError> &errors)
{
    std::size_t bytes = 0;
    for (const auto &[name, value] : request.headers) {
        const auto pointer = "/headers/" + escaped(name);
        const auto id = http::fieldId(name);
        bytes += name.size() + value.size();
        if (name.empty() || !std::ranges::all_of(name, isTokenCharacter)) {
            errors.push_back({pointer, "is no header name: letters, figures and - are allowed, no blanks"});
        } else if (isConnectionsOwn(id) || id == FieldId::ContentLength) {
            errors.push_back({pointer, "is written by the platform; leave it out"});
        }
        const bool isClean = std::ranges::none_of(value, [](char c) {
            const auto code = static_cast<unsigned char>(c);
            return (code < 0x20 && c != '\t') || code == 0x7f;
        });
        if (!isClean) {
            errors.push_back({pointer, "has a control character or a line end in its value"});
        }
    }
    if (bytes > maxHeadBytes || request.headers.size() > maxHeaders) {
        errors.push_back({"/headers", "are more than 16 KiB or more than 80"});
    }
}

void checkPath(const std::string &path, std::vector<FieldError> &errors)
{
    const bool isClean = std::ranges::all_of(path, [](char c) { return c > 0x20 && c < 0x7f; });
    if (!path.starts_with('/')) {
        errors.push_back({"/path", "must begin with /"});
    } else if (!isClean || path.contains('#')) {
        errors.push_back(
            {"/path", "must have blanks, #, control characters and letters beyond ASCII as %xx"});
    } else if (path.size() > maxPathBytes) {
        errors.push_back({"/path", "has more than 8 KiB"});
    } else if (path.starts_with("/_nest/")) {
        errors.push_back({"/path", "begins with /_nest/, which is the platform's own and no function's"});
    }
}

void checkTarget(const wire::InvokeRequest &request, std::vector<FieldError> &errors)
{
    const int named = (request.build ? 1 : 0) + (request.version ? 1 : 0) + (request.group ? 1 : 0);
    if (request.group && request.secretsOf) {
        errors.push_back({"/secretsOf", "is for a build or a version; a group has secrets of its own"});
    }
    if (named == 1) {
        return;
    }
    const std::string what = "name exactly one of build, version and group";
    for (const auto &[pointer, isThere] :
         {std::pair{"/build", request.build.has_value()}, std::pair{"/version", request.version.has_value()},
          std::pair{"/group", request.group.has_value()}}) {
        if (named == 0 || isThere) {
            errors.push_back({pointer, what});
        }
    }
}

bool isProblem(const trials::HttpCallAnswer &answer)
{
    return fieldOf(answer, "content-type").starts_with("application/problem+json");
}

std::optional<wire::Problem> problemIn(const trials::HttpCallAnswer &answer)
{
    if (!isProblem(answer)) {
        return std::nullopt;
    }
    auto read = wire::read<wire::Problem>(answer.body, wire::UnknownFields::Ignore);
    return read ? std::optional(std::move(*read)) : std::nullopt;
}

/// Without the beginning of a character whose rest was cut off.
std::string_view wholeCharacters(std::string_view text)
{
    auto end = text.size();
    for (int back = 0; back < 3 && end > 0 && (static_cast<unsigned char>(text[end - 1]) & 0xc0U) == 0x80U;
         ++back) {
        --end;
    }
    if (end == 0) {
        return text;
    }
    const auto lead = static_cast<unsigned char>(text[end - 1]);
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return text.size() - (end - 1) < length ? text.substr(0, end - 1) : text;
}

bool wantsLength(const wire::InvokeRequest &request)
{
    return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
           request.method == "PATCH";
}

} // namespace

Result<wire::InvokeRequest> readInvokeRequest(const std::string &json, std::size_t bodyBytes)
{
    auto request = wire::read<wire::InvokeRequest>(json);
    if (!request) {
        return request;
    }
    std::vector<FieldError> errors;
    checkTarget(*request, errors);
    if (!std::ranges::contains(methods, std::string_view(request->method))) {
        errors.push_back({"/method", "must be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS"});
    }
    checkPath(request->path, errors);
    checkHeaders(*request, errors);
    if (request->bodyEncoding == wire::FileEncoding::Base64) {
        const auto decoded = QByteArray::fromBase64Encoding(QByteArray::fromStdString(request->body),
                                                            QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded) {
            errors.push_back({"/body", "must be base 64"});
        } else {
            request->body = decoded.decoded.toStdString();
            request->bodyEncoding = wire::FileEncoding::Utf8;
        }
    }
    if (!errors.empty()) {
        const auto first = errors.front();
        const auto detail = "Nothing was sent. " + first.pointer.substr(1) + ": " + first.detail + ".";
        return failure("control/invalid", detail, std::move(errors));
    }
    if (request->body.size() > bodyBytes) {
        return failure("control/too-large",
                       "The gateway takes bodies of at most " + std::to_string(bodyBytes / 1024 / 1024) +
                           " MiB. Send less.",
                       {{"/body", "is too long"}});
    }
    return request;
}

std::string gatewayBytes(const wire::InvokeRequest &request, std::string_view function,
                         std::string_view traceParent)
{
    std::string out = request.method + " /fn/" + std::string(function) + request.path + " HTTP/1.1\r\n";
    bool hasHost = false;
    for (const auto &[name, value] : request.headers) {
        const auto id = http::fieldId(name);
        hasHost = hasHost || id == FieldId::Host;
        if (id != FieldId::TraceParent) {
            http::appendField(out, name, value);
        }
    }
    if (!hasHost) {
        http::appendField(out, "host", std::string(function) + ".localhost");
    }
    http::appendField(out, "nest-set", request.group->set);
    http::appendField(out, "nest-lane", request.group->lane);
    http::appendField(out, "nest-region", request.group->region);
    http::appendField(out, "nest-debug", "timing");
    http::appendField(out, "traceparent", traceParent);
    if (wantsLength(request)) {
        http::appendField(out, "content-length", std::to_string(request.body.size()));
    }
    out += "connection: close\r\n\r\n";
    return out + request.body;
}

std::string instanceBytes(const wire::InvokeRequest &request, std::string_view function,
                          std::string_view traceParent, std::string_view requestId, std::string_view region)
{
    http::Head head;
    head.method = request.method;
    std::string host = std::string(function) + ".localhost";
    for (const auto &[name, value] : request.headers) {
        if (http::fieldId(name) == FieldId::Host) {
            host = value;
        }
        head.appendName(name);
        head.appendValue(value);
        head.endField();
    }
    head.hasContentLength = wantsLength(request);
    head.contentLength = request.body.size();
    std::string out;
    gateway::appendRequestHead(out, head,
                               {.path = request.path,
                                .host = host,
                                .set = "default", // for what it calls in turn
                                .lane = "main",
                                .region = region,
                                .requestId = requestId,
                                .traceParent = traceParent,
                                .clientAddress = "127.0.0.1"});
    return out + request.body;
}

std::string traceParentOf(const wire::InvokeRequest &request)
{
    for (const auto &[name, value] : request.headers) {
        if (http::fieldId(name) == FieldId::TraceParent && gateway::isTraceParent(value)) {
            return value;
        }
    }
    return {};
}

void showAnswer(const trials::HttpCallAnswer &answer, wire::Invocation &invocation)
{
    invocation.status = answer.status;
    for (const auto &[name, value] : answer.fields) {
        if (!isConnectionsOwn(http::fieldId(name))) {
            invocation.headers.push_back({name, value});
        }
    }
    invocation.isTruncated = answer.isTruncated;
    const std::string_view text =
        answer.isTruncated ? wholeCharacters(answer.body) : std::string_view(answer.body);
    if (QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8()) {
        invocation.body = text;
    } else {
        invocation.bodyEncoding = wire::FileEncoding::Base64;
        invocation.body = QByteArray::fromStdString(answer.body).toBase64().toStdString();
    }
}

std::string fieldOf(const trials::HttpCallAnswer &answer, std::string_view name)
{
    for (const auto &[field, value] : answer.fields) {
        if (http::equalsIgnoringCase(field, name)) {
            return value;
        }
    }
    return {};
}

std::string problemDetail(const trials::HttpCallAnswer &answer)
{
    const auto problem = problemIn(answer);
    return !problem ? std::string() : problem->detail.empty() ? problem->title : problem->detail;
}

std::string problemType(const trials::HttpCallAnswer &answer)
{
    constexpr std::string_view front = "/problems/";
    const auto problem = problemIn(answer);
    return problem && problem->type.starts_with(front) ? problem->type.substr(front.size()) : std::string();
}

wire::ColdStart readColdStart(std::string_view text)
{
    wire::ColdStart phases;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        const auto part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = part.find('=');
        double value = 0;
        if (equals == std::string_view::npos ||
            std::from_chars(part.data() + equals + 1, part.data() + part.size(), value).ec != std::errc{}) {
            continue;
        }
        const auto name = part.substr(0, equals);
        for (auto &[phase, place] :
             {std::pair{"schedule", &phases.scheduleMs}, std::pair{"fetch", &phases.fetchMs},
              std::pair{"start", &phases.startMs}, std::pair{"runtimeInit", &phases.runtimeInitMs},
              std::pair{"userInit", &phases.userInitMs}}) {
            if (name == phase) {
                *place = value;
            }
        }
    }
    return phases;
}

} // namespace nest::control
