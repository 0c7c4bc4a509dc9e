// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the methods of PlatformClient have in common: send, read the answer into a wire type, walk the pages
// of a list. A part of platformclient.cpp. Thread: the client's.

#include "api/client/decode.h"
#include "api/client/platformclient.h"
#include "api/client/querytext.h"

#include <iterator>
#include <memory>
#include <utility>

namespace nest::client::calls {

// The API's largest page; fewer round trips for large lists.
inline constexpr int pageSize = 500;

/// On a worker when it is large; a client that was closed meanwhile keeps Transport's word.
template <typename T>
Answer<T> read(std::shared_ptr<Transport> transport, QByteArray body)
{
    auto value = co_await decode<T>(std::move(body));
    if (transport->isClosed()) {
        co_return failure("client/closed", "The connection was closed.");
    }
    co_return value;
}

/// A read of a few records, which the platform answers from its memory or one query: what it takes is the
/// way. Files, logs and series are read and packed first.
inline bool isSmallRead(const QByteArray &target)
{
    return !target.contains("/files") && !target.startsWith("/v1/logs") &&
           !target.startsWith("/v1/metrics") && !target.endsWith("/history");
}

template <typename T>
Answer<T> get(std::shared_ptr<Transport> transport, QByteArray target, std::stop_token stop = {})
{
    HttpRequest request{.pathAndQuery = std::move(target)};
    request.isTimed = isSmallRead(request.pathAndQuery);
    auto answer = co_await Transport::send(transport, std::move(request), stop);
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    auto value = co_await read<T>(transport, std::move(answer->body));
    co_return value;
}

template <typename T>
Answer<T> sendFor(std::shared_ptr<Transport> transport, HttpRequest request, std::stop_token stop = {})
{
    auto answer = co_await Transport::send(transport, std::move(request), stop);
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    auto value = co_await read<T>(transport, std::move(answer->body));
    co_return value;
}

inline Answer<> sendOnly(std::shared_ptr<Transport> transport, HttpRequest request)
{
    auto answer = co_await Transport::send(transport, std::move(request), {});
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    co_return {};
}

template <typename T>
Answer<Page<T>> getPage(std::shared_ptr<Transport> transport, QByteArray target, std::stop_token stop)
{
    HttpRequest request{.pathAndQuery = std::move(target)};
    request.isTimed = isSmallRead(request.pathAndQuery);
    auto answer = co_await Transport::send(transport, std::move(request), stop);
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    const auto watchId = answer->watchId;
    auto list = co_await read<wire::List<T>>(transport, std::move(answer->body));
    if (!list) {
        co_return std::unexpected(std::move(list.error()));
    }
    Page<T> page;
    page.items = std::move(list->items);
    page.nextCursor = std::move(list->nextCursor);
    page.watchId = watchId;
    co_return page;
}

template <typename T>
Answer<Page<T>> getAll(std::shared_ptr<Transport> transport, QByteArray target, std::stop_token stop)
{
    Page<T> all;
    std::string cursor;
    do {
        QueryText query(target);
        query.add("limit", std::optional(pageSize)).add("cursor", cursor);
        auto page = co_await getPage<T>(transport, query.text(), stop);
        if (!page) {
            co_return std::unexpected(std::move(page.error()));
        }
        if (cursor.empty()) {
            all.watchId = page->watchId;
            all.items = std::move(page->items);
        } else {
            all.items.insert(all.items.end(), std::make_move_iterator(page->items.begin()),
                             std::make_move_iterator(page->items.end()));
        }
        std::string next = page->nextCursor.value_or(std::string());
        if (!next.empty() && next == cursor) {
            co_return failure("client/bad-answer", "The platform gave the same page twice.");
        }
        cursor = std::move(next);
    } while (!cursor.empty());
    co_return all;
}

} // namespace nest::client::calls
