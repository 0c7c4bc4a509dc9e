// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Puts messages into bytes: status lines, fields, chunks, and the problem document (RFC 9457) for answers
// that a listener makes by itself.

#include <cstdint>
#include <string>
#include <string_view>

namespace nest::http {

struct Problem
{
    int status = 500;
    std::string type;   // "http/body-too-large"; "/problems/" goes in front
    std::string title;  // the same for each problem of this type
    std::string detail; // what to do about this one
    std::string requestId = {};
    int retryAfterSeconds = 0; // 0: no Retry-After
    std::string fields = {};   // further ones of the head, each with its line end
};

[[nodiscard]] std::string_view reasonPhrase(int status);
void appendStatusLine(std::string &out, int status);
void appendField(std::string &out, std::string_view name, std::string_view value);
void appendDecimal(std::string &out, std::uint64_t number);
void appendChunk(std::string &out, std::string_view bytes); // nothing when `bytes` is empty
void appendLastChunk(std::string &out);
/// The JSON document alone.
[[nodiscard]] std::string problemDocument(const Problem &problem);
/// Head and body, ready to send. `withBody` false answers HEAD.
void appendProblem(std::string &out, const Problem &problem, bool keepAlive, bool withBody = true);
/// "Tue, 24 Nov 2026 08:00:00 GMT"
[[nodiscard]] std::string httpDate(std::int64_t unixSeconds);

} // namespace nest::http
