// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/watchhub.h"

#include "api/wire/codec.h"

#include <algorithm>

namespace nest::control {

std::string WatchHub::text(const Change &change)
{
    wire::ChangeEvent event;
    event.key = change.key;
    event.operation = change.isDeletion ? wire::ChangeOperation::Delete : wire::ChangeOperation::Put;
    if (!change.object.empty()) {
        event.object = wire::RawJson{change.object};
    }
    return "id: " + std::to_string(change.id) + "\nevent: " + change.kind + "\ndata: " + wire::write(event) +
           "\n\n";
}

std::uint64_t WatchHub::open(std::shared_ptr<http::Reply> reply, Filter filter)
{
    const auto number = m_nextNumber++;
    m_streams.push_back({number, std::move(reply), std::move(filter), true, {}});
    return number;
}

void WatchHub::finishReplay(std::uint64_t stream, const std::vector<Change> &missed, std::int64_t upTo,
                            wire::Time now)
{
    const auto found = std::ranges::find(m_streams, stream, &Stream::number);
    if (found == m_streams.end()) {
        return;
    }
    found->reply->begin(200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}});
    std::string all;
    for (const auto &change : missed) {
        if (found->filter.wants(change.kind)) {
            all += text(change);
        }
    }
    for (const auto &change : found->waiting) {
        if (change.id > upTo) {
            all += text(change);
        }
    }
    found->waiting.clear();
    found->isReplaying = false;
    // The first heartbeat tells a client at once that the stream stands and where it is.
    all += "event: heartbeat\ndata: " + wire::write(wire::Heartbeat{now, std::max(upTo, m_lastId)}) + "\n\n";
    found->reply->write(std::move(all));
}

void WatchHub::refuse(std::uint64_t stream, const Answer &answer)
{
    if (const auto found = std::ranges::find(m_streams, stream, &Stream::number); found != m_streams.end()) {
        found->reply->send(answer.status, answer.headers, answer.body);
        m_streams.erase(found);
    }
}

void WatchHub::close(std::uint64_t stream)
{
    std::erase_if(m_streams, [stream](const Stream &entry) { return entry.number == stream; });
}

void WatchHub::publish(const Change &change)
{
    m_lastId = std::max(m_lastId, change.id);
    m_lastIds[change.kind] = change.id;
    const auto event = text(change);
    for (auto &stream : m_streams) {
        if (!stream.filter.wants(change.kind)) {
            continue;
        }
        if (stream.isReplaying) {
            stream.waiting.push_back(change);
        } else {
            stream.reply->write(event);
        }
    }
    prune();
}

std::int64_t WatchHub::lastIdOf(std::string_view kind) const
{
    const auto found = m_lastIds.find(kind);
    return found == m_lastIds.end() ? 0 : found->second;
}

void WatchHub::publishStats(const wire::Stats &stats)
{
    std::string event;
    for (auto &stream : m_streams) {
        // The latest wins: a client that is behind gets the next one.
        if (stream.isReplaying || !stream.filter.wants("stats") || stream.reply->buffered() > 0) {
            continue;
        }
        if (event.empty()) {
            event = "event: stats\ndata: " + wire::write(stats) + "\n\n";
        }
        stream.reply->write(event);
    }
}

void WatchHub::heartbeat(wire::Time now)
{
    prune();
    const auto event = "event: heartbeat\ndata: " + wire::write(wire::Heartbeat{now, m_lastId}) + "\n\n";
    for (auto &stream : m_streams) {
        if (!stream.isReplaying) {
            stream.reply->write(event);
        }
    }
}

void WatchHub::prune()
{
    std::erase_if(m_streams, [](const Stream &stream) {
        if (stream.reply->isOpen() && stream.reply->buffered() > bufferLimit) {
            stream.reply->end();
            return true;
        }
        return !stream.reply->isOpen();
    });
}

void WatchHub::closeAll()
{
    for (auto &stream : m_streams) {
        if (stream.isReplaying) {
            stream.reply->send(503, {}, "");
        } else {
            stream.reply->end();
        }
    }
    m_streams.clear();
}

} // namespace nest::control
