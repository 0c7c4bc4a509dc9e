// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns what a function printed into a wire::LogLine.
//
// A runtime prints what is logged through context.log and console as one JSON object a line, with the texts
// `severity`, `message` and, within a request, `requestId`; further fields are the user's and are kept behind
// the message (`stack` on lines of its own, the others as JSON). Everything else is plain text: info from
// stdout; from stderr warn, or error when it looks like an exception or a line of its stack.
//
// The time is the platform's, not the function's, so that lines of several instances have one clock.
// Pure functions, any thread.

#include "platform/logs/logquery.h"

#include <string>
#include <string_view>

namespace nest::logs {

/// A longer message is cut at a character's border, with the mark " … (cut)".
inline constexpr std::size_t maxMessageBytes = 16 * 1024;
/// Of a printed line not even read beyond; room for JSON whose escapes and fields come on top of the message.
inline constexpr std::size_t maxPrintedBytes = 64 * 1024;

/// `sequence` stays 0: the function's log gives it.
wire::LogLine toLogLine(Incoming incoming);

/// Invalid sequences become U+FFFD.
std::string validUtf8(std::string text);
/// At most `limit` bytes and the mark.
std::string cutText(std::string text, std::size_t limit);

} // namespace nest::logs
