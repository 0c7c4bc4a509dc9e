// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The head of a request or a response: one string with all names and values, and where each lies in it.
// Reused from message to message, so that a connection allocates for its first ones only.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nest::http {

/// The fields somebody in the house decides by; all others are Other.
enum class FieldId : std::uint8_t {
    Other,
    Connection,
    ContentLength,
    Date,
    Expect,
    Host,
    IdempotencyKey,
    KeepAlive,
    NestDebug,
    NestDepth,
    NestLane,
    NestOther,
    NestRegion,
    NestSet,
    ProxyAuthenticate,
    ProxyAuthorization,
    ProxyConnection,
    Te,
    Trailer,
    TraceParent,
    TransferEncoding,
    Upgrade,
    XForwardedFor,
    XForwardedHost,
    XForwardedProto,
};

/// Which field a name means, whatever its case.
[[nodiscard]] FieldId fieldId(std::string_view name);
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);
/// `list` is a comma-separated field value; `token` in lower case.
[[nodiscard]] bool listHasToken(std::string_view list, std::string_view token);

class Head final
{
public:
    struct Field
    {
        FieldId id;
        std::string_view name, value;
    };

    // Request line or status line
    std::string_view method; // of a request
    int status = 0;          // of a response
    int minorVersion = 1;    // HTTP/1.x

    // Framing and connection, as the parser found it
    std::uint64_t contentLength = 0;
    bool hasContentLength = false;
    bool isChunked = false;
    bool keepsAlive = true;
    bool isUpgrade = false; // asks for another protocol
    bool expectsContinue = false;

    [[nodiscard]] std::string_view target() const
    {
        return std::string_view(m_bytes).substr(0, m_targetSize);
    }
    [[nodiscard]] std::size_t size() const { return m_fields.size(); }
    [[nodiscard]] Field field(std::size_t index) const;
    /// The first field of that id; empty when there is none.
    [[nodiscard]] std::string_view value(FieldId id) const;
    [[nodiscard]] std::string_view value(std::string_view name) const;
    [[nodiscard]] std::size_t count(FieldId id) const;
    [[nodiscard]] bool hasBody() const { return isChunked || contentLength > 0; }

    // For the parser
    void clear();
    void appendTarget(std::string_view piece);
    void appendName(std::string_view piece);
    void appendValue(std::string_view piece);
    void endField();

private:
    struct Entry
    {
        std::uint32_t name = 0, nameSize = 0, value = 0, valueSize = 0;
        FieldId id = FieldId::Other;
    };
    std::string m_bytes;
    std::size_t m_targetSize = 0;
    std::vector<Entry> m_fields;
    Entry m_open;
    bool m_isOpen = false;
};

} // namespace nest::http
