// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/sseparser.h"

namespace nest::client {

std::vector<SseEvent> SseParser::feed(const QByteArray &bytes)
{
    std::vector<SseEvent> events;
    if (m_isBroken) {
        return events;
    }
    // Only the new bytes are searched: a long line in many slices stays linear.
    qsizetype searchFrom = m_rest.size();
    m_rest += bytes;
    qsizetype begin = 0;
    for (;;) {
        const qsizetype end = m_rest.indexOf('\n', searchFrom);
        if (end < 0) {
            break;
        }
        QByteArrayView line = QByteArrayView(m_rest).sliced(begin, end - begin);
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        takeLine(line, events);
        begin = end + 1;
        searchFrom = begin;
    }
    m_rest.remove(0, begin);
    if (m_rest.size() + m_event.data.size() > m_maxEventBytes) {
        m_isBroken = true;
        m_rest.clear();
        m_event = {};
    }
    return events;
}

void SseParser::takeLine(QByteArrayView line, std::vector<SseEvent> &events)
{
    if (line.isEmpty()) {
        if (m_hasData) {
            if (m_event.name.isEmpty()) {
                m_event.name = "message";
            }
            events.push_back(std::move(m_event));
        }
        m_event = {};
        m_hasData = false;
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView field = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' ')) {
        value = value.sliced(1);
    }
    if (field == "data") {
        if (m_hasData) {
            m_event.data += '\n';
        }
        m_event.data += value;
        m_hasData = true;
    } else if (field == "event") {
        m_event.name = value.toByteArray();
    } else if (field == "id") {
        bool isNumber = false;
        const qint64 id = value.toLongLong(&isNumber);
        m_event.id = isNumber ? std::optional<std::int64_t>(id) : std::nullopt;
    }
}

} // namespace nest::client
