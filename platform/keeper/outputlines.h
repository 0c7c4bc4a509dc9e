// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a box prints, as lines: cut at maxLineBytes, made valid UTF-8, and kept in a bounded queue until
// nestd takes them.
//
// Invariants: a queue holds at most its limit of bytes; the newest lines are dropped when it is full and
// each one is counted, so that what is kept has no unseen hole. One thread.

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace nest::keeper {

/// A line longer than this is cut into several.
inline constexpr std::size_t maxLineBytes = 8 * 1024;

/// Invalid sequences become U+FFFD.
std::string validUtf8(std::string_view bytes);

/// Cuts one stream into lines.
class LineSplitter final
{
public:
    std::vector<std::string> feed(std::string_view bytes);
    /// The last line when the stream ended without a line end.
    std::vector<std::string> finish();

private:
    std::string m_rest;
};

struct PrintedLine
{
    const char *stream; // "stdout" or "stderr"
    std::string text;
    long long unixMs;
};

/// Lines that wait for nestd.
class LineQueue final
{
public:
    explicit LineQueue(std::size_t limitBytes) : m_limitBytes(limitBytes) {}

    bool isEmpty() const { return m_lines.empty(); }
    std::size_t bytes() const { return m_bytes; }
    void push(PrintedLine line);
    PrintedLine pop();
    /// How many were dropped since the last call.
    int takeDropped();

private:
    std::deque<PrintedLine> m_lines;
    std::size_t m_limitBytes;
    std::size_t m_bytes = 0;
    int m_dropped = 0;
};

} // namespace nest::keeper
