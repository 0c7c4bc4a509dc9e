// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The open watch streams (GET /v1/watch). Changes come with the id they have in the store and are kept there,
// so a client that was away goes on where it stopped; stats have no id and only the newest counts.
//
// A client that does not read is closed rather than buffered without bound; it comes back with its last id.
// Thread: control; the replies are thread-safe.

#include "api/wire/observation.h"
#include "api/wire/platform.h"
#include "platform/control/router.h"
#include "platform/http/reply.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace nest::control {

/// One row of the store's `changes`.
struct Change
{
    std::int64_t id = 0;
    std::string kind;
    std::string key;
    bool isDeletion = false;
    std::string object; // JSON with its etag in front; empty when deleted, or when only the key is told
};

class WatchHub final
{
public:
    /// What a stream asks for; no kinds means all.
    struct Filter
    {
        std::set<std::string, std::less<>> kinds;
        [[nodiscard]] bool wants(std::string_view kind) const
        {
            return kinds.empty() || kinds.contains(kind);
        }
    };

    /// A stream that first catches up: live changes wait until finishReplay() has sent the older ones.
    /// Nothing has been answered before that, so that refuse() can still give another status.
    std::uint64_t open(std::shared_ptr<http::Reply> reply, Filter filter);
    void finishReplay(std::uint64_t stream, const std::vector<Change> &missed, std::int64_t upTo,
                      wire::Time now);
    void refuse(std::uint64_t stream, const Answer &answer);
    void close(std::uint64_t stream);

    void publish(const Change &change);
    void publishStats(const wire::Stats &stats);
    void heartbeat(wire::Time now);
    void setLastId(std::int64_t id) { m_lastId = id; }
    [[nodiscard]] std::int64_t lastId() const { return m_lastId; }
    /// Of the newest change of that kind since the start; 0: there was none.
    [[nodiscard]] std::int64_t lastIdOf(std::string_view kind) const;
    [[nodiscard]] std::size_t streams() const { return m_streams.size(); }
    void closeAll();

    static constexpr std::size_t bufferLimit = 8 * 1024 * 1024;

private:
    struct Stream
    {
        std::uint64_t number;
        std::shared_ptr<http::Reply> reply; // shared with the connection that carries it
        Filter filter;
        bool isReplaying = true;
        std::vector<Change> waiting;
    };

    static std::string text(const Change &change);
    void prune();

    std::vector<Stream> m_streams;
    std::uint64_t m_nextNumber = 1;
    std::int64_t m_lastId = 0;
    std::map<std::string, std::int64_t, std::less<>> m_lastIds; // by kind
};

} // namespace nest::control
