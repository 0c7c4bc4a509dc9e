// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/outputlines.h"

#include <utility>

namespace nest::keeper {
namespace {

constexpr std::size_t lineOverheadBytes = 64; // so that empty lines fill the queue too

unsigned byteAt(std::string_view bytes, std::size_t index)
{
    return static_cast<unsigned char>(bytes[index]);
}

// Length of the well-formed sequence at the start of bytes, 0 when there is none (Unicode, table 3-7).
std::size_t sequenceLength(std::string_view bytes)
{
    const unsigned first = byteAt(bytes, 0);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                               : first >= 0xE0 && first <= 0xEF ? 3
                               : first >= 0xF0 && first <= 0xF4 ? 4
                                                                : 0;
    if (length == 0 || bytes.size() < length) {
        return 0;
    }
    const unsigned second = byteAt(bytes, 1);
    const unsigned lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
        return 0;
    }
    for (std::size_t i = 2; i < length; ++i) {
        if ((byteAt(bytes, i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

// Where to cut a line that is too long: not inside a character.
std::size_t cutPosition(std::string_view bytes)
{
    std::size_t position = maxLineBytes;
    while (position > maxLineBytes - 3 && (byteAt(bytes, position) & 0xC0) == 0x80) {
        --position;
    }
    return position;
}

} // namespace

std::string validUtf8(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto length = sequenceLength(bytes);
        text += length == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

std::vector<std::string> LineSplitter::feed(std::string_view bytes)
{
    m_rest += bytes;
    std::vector<std::string> lines;
    std::string_view rest = m_rest;
    while (true) {
        const auto end = rest.find('\n');
        const bool isWhole = end != std::string_view::npos && end <= maxLineBytes;
        if (!isWhole && rest.size() <= maxLineBytes) {
            break;
        }
        const auto length = isWhole ? end : cutPosition(rest);
        auto line = rest.substr(0, length);
        if (isWhole && line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines.push_back(validUtf8(line));
        rest.remove_prefix(isWhole ? length + 1 : length);
    }
    m_rest.erase(0, m_rest.size() - rest.size());
    return lines;
}

std::vector<std::string> LineSplitter::finish()
{
    if (m_rest.empty()) {
        return {};
    }
    return {validUtf8(std::exchange(m_rest, {}))};
}

void LineQueue::push(PrintedLine line)
{
    const auto bytes = line.text.size() + lineOverheadBytes;
    if (m_dropped > 0 || m_bytes + bytes > m_limitBytes) {
        ++m_dropped;
        return;
    }
    m_bytes += bytes;
    m_lines.push_back(std::move(line));
}

PrintedLine LineQueue::pop()
{
    auto line = std::move(m_lines.front());
    m_lines.pop_front();
    m_bytes -= line.text.size() + lineOverheadBytes;
    return line;
}

int LineQueue::takeDropped()
{
    return std::exchange(m_dropped, 0);
}

} // namespace nest::keeper
