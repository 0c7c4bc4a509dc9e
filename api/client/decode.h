// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns bodies into wire types, on a worker thread when they are large. Included by this room's .cpp files
// only.

#include "api/client/onworker.h"
#include "api/wire/codec.h"

#include <QCoroTask>

#include <QByteArray>

namespace nest::client {

// Parsing this much takes about 0.1 ms; going to a worker and back about as long.
inline constexpr qsizetype parseInPlaceBytes = 16 * 1024;

inline std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

template <typename T>
Result<T> decodeNow(const QByteArray &body)
{
    auto value = wire::read<T>(viewOf(body), wire::UnknownFields::Ignore);
    if (!value) {
        return failure("client/bad-answer",
                       "The platform's answer was not understood: " + value.error().detail +
                           " This program and the platform may be of different versions.",
                       std::move(value.error().fields));
    }
    return value;
}

template <typename T>
QCoro::Task<Result<T>> decode(QByteArray body)
{
    if (body.size() <= parseInPlaceBytes) {
        co_return decodeNow<T>(body);
    }
    OnWorker onWorker([&body] { return decodeNow<T>(body); });
    Result<T> result = co_await onWorker;
    co_return result;
}

} // namespace nest::client
