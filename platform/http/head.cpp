// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/head.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nest::http {

namespace {

constexpr std::size_t keptBytes = 4096;

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

struct Known
{
    std::string_view name;
    FieldId id;
};

// Sorted by length, so that a name is compared with those of its own length only.
constexpr std::array known{
    Known{"te", FieldId::Te},
    Known{"date", FieldId::Date},
    Known{"host", FieldId::Host},
    Known{"expect", FieldId::Expect},
    Known{"trailer", FieldId::Trailer},
    Known{"upgrade", FieldId::Upgrade},
    Known{"nest-set", FieldId::NestSet},
    Known{"nest-lane", FieldId::NestLane},
    Known{"connection", FieldId::Connection},
    Known{"keep-alive", FieldId::KeepAlive},
    Known{"nest-debug", FieldId::NestDebug},
    Known{"nest-depth", FieldId::NestDepth},
    Known{"nest-region", FieldId::NestRegion},
    Known{"traceparent", FieldId::TraceParent},
    Known{"content-length", FieldId::ContentLength},
    Known{"idempotency-key", FieldId::IdempotencyKey},
    Known{"x-forwarded-for", FieldId::XForwardedFor},
    Known{"proxy-connection", FieldId::ProxyConnection},
    Known{"x-forwarded-host", FieldId::XForwardedHost},
    Known{"transfer-encoding", FieldId::TransferEncoding},
    Known{"x-forwarded-proto", FieldId::XForwardedProto},
    Known{"proxy-authenticate", FieldId::ProxyAuthenticate},
    Known{"proxy-authorization", FieldId::ProxyAuthorization},
};
constexpr std::size_t longestKnown = 19;

constexpr auto firstOfLength = [] {
    std::array<std::uint8_t, longestKnown + 2> first{};
    for (std::size_t length = 0; length < first.size(); ++length) {
        std::size_t i = 0;
        while (i < known.size() && known[i].name.size() < length) {
            ++i;
        }
        first[length] = static_cast<std::uint8_t>(i);
    }
    return first;
}();

} // namespace

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

FieldId fieldId(std::string_view name)
{
    if (name.size() <= longestKnown) {
        for (std::size_t i = firstOfLength[name.size()]; i < firstOfLength[name.size() + 1]; ++i) {
            if (equalsIgnoringCase(name, known[i].name)) {
                return known[i].id;
            }
        }
    }
    if (name.size() >= 5 && equalsIgnoringCase(name.substr(0, 5), "nest-")) {
        return FieldId::NestOther;
    }
    return FieldId::Other;
}

bool listHasToken(std::string_view list, std::string_view token)
{
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::string_view item = list.substr(0, comma);
        while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) {
            item.remove_prefix(1);
        }
        while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) {
            item.remove_suffix(1);
        }
        if (equalsIgnoringCase(item, token)) {
            return true;
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

Head::Field Head::field(std::size_t index) const
{
    const Entry &entry = m_fields[index];
    const std::string_view bytes = m_bytes;
    return {entry.id, bytes.substr(entry.name, entry.nameSize), bytes.substr(entry.value, entry.valueSize)};
}

std::string_view Head::value(FieldId id) const
{
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].id == id) {
            return field(i).value;
        }
    }
    return {};
}

std::string_view Head::value(std::string_view name) const
{
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (const Field found = field(i); equalsIgnoringCase(found.name, name)) {
            return found.value;
        }
    }
    return {};
}

std::size_t Head::count(FieldId id) const
{
    return static_cast<std::size_t>(std::ranges::count(m_fields, id, &Entry::id));
}

void Head::clear()
{
    method = {};
    status = 0;
    minorVersion = 1;
    contentLength = 0;
    hasContentLength = isChunked = isUpgrade = expectsContinue = false;
    keepsAlive = true;
    if (m_bytes.capacity() > keptBytes) { // one large head shall not stay with an idle connection
        m_bytes = {};
        m_fields = {};
    }
    m_bytes.clear();
    m_targetSize = 0;
    m_fields.clear();
    m_open = {};
    m_isOpen = false;
}

void Head::appendTarget(std::string_view piece)
{
    m_bytes.append(piece);
    m_targetSize = m_bytes.size();
}

void Head::appendName(std::string_view piece)
{
    if (!m_isOpen) {
        m_isOpen = true;
        m_open = {};
        m_open.name = m_open.value = static_cast<std::uint32_t>(m_bytes.size());
    }
    m_bytes.append(piece);
    m_open.nameSize += static_cast<std::uint32_t>(piece.size());
    m_open.value = static_cast<std::uint32_t>(m_bytes.size());
}

void Head::appendValue(std::string_view piece)
{
    m_bytes.append(piece);
    m_open.valueSize += static_cast<std::uint32_t>(piece.size());
}

void Head::endField()
{
    if (std::exchange(m_isOpen, false)) {
        const std::string_view bytes = m_bytes;
        m_open.id = fieldId(bytes.substr(m_open.name, m_open.nameSize));
        while (m_open.valueSize > 0) { // llhttp leaves trailing blanks
            const char last = bytes[m_open.value + m_open.valueSize - 1];
            if (last != ' ' && last != '\t') {
                break;
            }
            --m_open.valueSize;
        }
        m_fields.push_back(m_open);
    }
}

} // namespace nest::http
