// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Server-sent events from bytes as they come, in any slices: `id`, `event` and `data` lines, an event ends
// with an empty line, comments are skipped, CRLF and LF are both line ends.
//
// Invariant: never holds more than `maxEventBytes` of an unfinished event; beyond it isBroken() stays true
// and nothing more comes. A plain value, any one thread.

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <vector>

namespace nest::client {

struct SseEvent
{
    std::optional<std::int64_t> id; // absent, or no number
    QByteArray name;                // "message" when the stream gives none
    QByteArray data;                // lines joined by '\n'
    bool operator==(const SseEvent &) const = default;
};

class SseParser final
{
public:
    explicit SseParser(qsizetype maxEventBytes = 16 * 1024 * 1024) : m_maxEventBytes(maxEventBytes) {}

    [[nodiscard]] bool isBroken() const { return m_isBroken; }

    /// The events that `bytes` completed, in order.
    std::vector<SseEvent> feed(const QByteArray &bytes);

private:
    void takeLine(QByteArrayView line, std::vector<SseEvent> &events);

    qsizetype m_maxEventBytes;
    QByteArray m_rest; // the beginning of a line
    SseEvent m_event;
    bool m_hasData = false;
    bool m_isBroken = false;
};

} // namespace nest::client
