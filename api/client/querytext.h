// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The path and query of a request, percent-encoded. What is empty or absent is left out.
//
// Plain values. Thread: any. Owner: platformclient.cpp, which alone includes it.

#include "api/wire/types.h"

#include <QByteArray>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace nest::client {

inline QByteArray encoded(std::string_view text, const QByteArray &keep = {})
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size())).toPercentEncoding(keep);
}

class QueryText
{
public:
    explicit QueryText(QByteArray path) : m_text(std::move(path)) {}

    QueryText &add(const char *name, std::string_view value)
    {
        if (!value.empty()) {
            m_text += m_text.contains('?') ? '&' : '?';
            m_text += name;
            m_text += '=';
            m_text += encoded(value, "/,:");
        }
        return *this;
    }
    QueryText &add(const char *name, const std::optional<wire::GroupName> &group)
    {
        return group ? add(name, wire::toString(*group)) : *this;
    }
    QueryText &add(const char *name, const std::optional<wire::Time> &time)
    {
        return time ? add(name, wire::toString(*time)) : *this;
    }
    template <std::integral T>
    QueryText &add(const char *name, std::optional<T> number)
    {
        return number ? add(name, std::to_string(*number)) : *this;
    }
    [[nodiscard]] QByteArray text() const { return m_text; }

private:
    QByteArray m_text;
};

} // namespace nest::client
