// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/framing.h"

#include <charconv>
#include <ctime>

namespace nest::http {

namespace {

void appendJsonString(std::string &out, std::string_view text)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

} // namespace

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 103:
        return "Early Hints";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 428:
        return "Precondition Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    case 508:
        return "Loop Detected";
    default:
        return "Status"; // the phrase means nothing to a client
    }
}

void appendDecimal(std::string &out, std::uint64_t number)
{
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void appendStatusLine(std::string &out, int status)
{
    out += "HTTP/1.1 ";
    appendDecimal(out, static_cast<std::uint64_t>(status));
    out += ' ';
    out += reasonPhrase(status);
    out += "\r\n";
}

void appendField(std::string &out, std::string_view name, std::string_view value)
{
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

void appendChunk(std::string &out, std::string_view bytes)
{
    if (bytes.empty()) {
        return;
    }
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, bytes.size(), 16).ptr;
    out.append(digits, end);
    out += "\r\n";
    out += bytes;
    out += "\r\n";
}

void appendLastChunk(std::string &out)
{
    out += "0\r\n\r\n";
}

std::string problemDocument(const Problem &problem)
{
    std::string out = R"({"type":)";
    appendJsonString(out, "/problems/" + problem.type);
    out += R"(,"title":)";
    appendJsonString(out, problem.title);
    out += R"(,"status":)";
    appendDecimal(out, static_cast<std::uint64_t>(problem.status));
    out += R"(,"detail":)";
    appendJsonString(out, problem.detail);
    if (!problem.requestId.empty()) {
        out += R"(,"requestId":)";
        appendJsonString(out, problem.requestId);
    }
    out += '}';
    return out;
}

void appendProblem(std::string &out, const Problem &problem, bool keepAlive, bool withBody)
{
    const std::string document = problemDocument(problem);
    appendStatusLine(out, problem.status);
    appendField(out, "content-type", "application/problem+json");
    out += "content-length: ";
    appendDecimal(out, document.size());
    out += "\r\n";
    if (problem.retryAfterSeconds > 0) {
        appendField(out, "retry-after", std::to_string(problem.retryAfterSeconds));
    }
    out += problem.fields;
    appendField(out, "connection", keepAlive ? "keep-alive" : "close");
    out += "\r\n";
    if (withBody) {
        out += document;
    }
}

std::string httpDate(std::int64_t unixSeconds)
{
    const auto time = static_cast<std::time_t>(unixSeconds);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    static constexpr const char *days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[40]; // names of the locale would be wrong here, so no strftime for them
    std::string out = days[parts.tm_wday];
    out.append(text, std::strftime(text, sizeof text, ", %d ", &parts));
    out += months[parts.tm_mon];
    out.append(text, std::strftime(text, sizeof text, " %Y %H:%M:%S GMT", &parts));
    return out;
}

} // namespace nest::http
