// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/messageparser.h"

#include <algorithm>
#include <utility>

namespace nest::http {

namespace {
constexpr std::uint64_t framingPerBodyByte = 8; // a chunk of one byte takes six; extensions beyond are abuse
} // namespace

const llhttp_settings_t &MessageParser::settings()
{
    static const llhttp_settings_t shared = [] {
        llhttp_settings_t s;
        llhttp_settings_init(&s);
        s.on_method = [](llhttp_t *p, const char *at, std::size_t size) {
            self(p).m_methodEnd = self(p).position(at + size);
            return 0;
        };
        s.on_url = [](llhttp_t *p, const char *at, std::size_t size) {
            MessageParser &me = self(p);
            if (me.m_targetEnd == 0 && me.position(at) != me.m_methodEnd + 1) {
                me.m_spacing = false;
            }
            me.m_head.appendTarget({at, size});
            me.m_targetEnd = me.position(at + size);
            return 0;
        };
        s.on_version = [](llhttp_t *p, const char *at, std::size_t size) {
            MessageParser &me = self(p);
            // " HTTP/1.1": the span may come in pieces; the last one ends nine bytes after the target.
            if (me.m_kind == Kind::Request && me.position(at + size) > me.m_targetEnd + 9) {
                me.m_spacing = false;
            }
            return 0;
        };
        s.on_header_field = [](llhttp_t *p, const char *at, std::size_t size) {
            if (self(p).m_stage == Stage::Head) { // later ones are trailers, which are not passed on
                self(p).m_head.appendName({at, size});
            }
            return 0;
        };
        s.on_header_value = [](llhttp_t *p, const char *at, std::size_t size) {
            if (self(p).m_stage == Stage::Head) {
                self(p).m_head.appendValue({at, size});
            }
            return 0;
        };
        s.on_header_value_complete = [](llhttp_t *p) {
            if (self(p).m_stage == Stage::Head) {
                self(p).m_head.endField();
            }
            return 0;
        };
        s.on_headers_complete = [](llhttp_t *p) {
            return self(p).headComplete();
        };
        s.on_body = [](llhttp_t *p, const char *at, std::size_t size) {
            self(p).m_bodyBytes += size;
            self(p).m_sink.onBody({at, size});
            return 0;
        };
        s.on_message_complete = [](llhttp_t *p) {
            self(p).m_endStop = true;
            return static_cast<int>(HPE_PAUSED);
        };
        return s;
    }();
    return shared;
}

MessageParser::MessageParser(Kind kind, std::size_t headerBytes, std::size_t headerCount, BodySink &sink)
    : m_sink(sink), m_headerBytes(headerBytes), m_headerCount(headerCount), m_kind(kind)
{
    llhttp_init(&m_parser, kind == Kind::Request ? HTTP_REQUEST : HTTP_RESPONSE, &settings());
    m_parser.data = this;
}

std::uint64_t MessageParser::position(const char *at) const
{
    return m_before + static_cast<std::uint64_t>(at - m_piece);
}

int MessageParser::headComplete()
{
    m_head.method = m_kind == Kind::Request
                        ? llhttp_method_name(static_cast<llhttp_method_t>(llhttp_get_method(&m_parser)))
                        : std::string_view();
    m_head.status = llhttp_get_status_code(&m_parser);
    m_head.minorVersion = llhttp_get_http_minor(&m_parser);
    m_head.isChunked = (m_parser.flags & F_CHUNKED) != 0;
    m_head.hasContentLength = (m_parser.flags & F_CONTENT_LENGTH) != 0;
    m_head.contentLength = m_head.hasContentLength ? m_parser.content_length : 0;
    m_head.isUpgrade = llhttp_get_upgrade(&m_parser) != 0;
    if (m_kind == Kind::Response &&
        (m_skipBody || m_head.status < 200 || m_head.status == 204 || m_head.status == 304)) {
        m_parser.flags |= F_SKIPBODY; // as returning 1 would do, but we want to stop here
    }
    m_headStop = true;
    return HPE_PAUSED;
}

MessageParser::Event MessageParser::fail(int status, const char *name, std::string detail)
{
    m_failure = {status, name, std::move(detail)};
    m_stage = Stage::Spent;
    return Event::Failed;
}

MessageParser::Event MessageParser::failFromParser()
{
    const char *reason = llhttp_get_error_reason(&m_parser);
    return fail(400, "bad-request",
                std::string("The message is not valid HTTP/1.1: ") + (reason ? reason : "unknown") + ".");
}

bool MessageParser::checkRequest()
{
    if (llhttp_get_http_major(&m_parser) != 1 || m_head.minorVersion > 1) {
        fail(505, "version-not-supported", "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    } else if (!m_spacing) {
        fail(400, "bad-request", "The request line has more than one blank between its parts.");
    } else if (m_head.count(FieldId::Host) > 1) {
        fail(400, "bad-request", "There is more than one Host field; send exactly one.");
    } else if (m_head.minorVersion == 1 && m_head.count(FieldId::Host) == 0) {
        fail(400, "bad-request", "HTTP/1.1 needs a Host field.");
    } else if (const auto coding = m_head.value(FieldId::TransferEncoding);
               m_head.count(FieldId::TransferEncoding) > 0 &&
               (!equalsIgnoringCase(coding, "chunked") || m_head.count(FieldId::TransferEncoding) > 1)) {
        fail(400, "bad-request", "The only Transfer-Encoding taken is chunked, once.");
    } else if (m_head.isChunked && m_head.minorVersion == 0) {
        fail(400, "bad-request", "HTTP/1.0 knows no chunked bodies; send Content-Length or speak HTTP/1.1.");
    } else if (m_head.isChunked && m_head.hasContentLength) {
        fail(400, "bad-request", "Content-Length and Transfer-Encoding contradict each other; send one.");
    }
    return m_stage != Stage::Spent;
}

MessageParser::Step MessageParser::advance(std::string_view bytes)
{
    if (m_stage == Stage::Spent) {
        return {Event::Failed, 0};
    }
    if (m_stage == Stage::Start) {
        if (bytes.empty()) {
            return {Event::NeedMore, 0};
        }
        m_stage = Stage::Head;
        m_head.clear();
        m_before = m_methodEnd = m_targetEnd = m_bodyBytes = 0;
        m_needsEof = false;
        m_spacing = true;
    }
    std::string_view taken = bytes;
    if (m_stage == Stage::Head) {
        taken = bytes.substr(
            0, std::min<std::size_t>(bytes.size(),
                                     m_headerBytes + 1 - std::min<std::size_t>(m_before, m_headerBytes)));
    }
    m_piece = taken.data() ? taken.data() : "";
    if (llhttp_get_errno(&m_parser) == HPE_PAUSED) {
        llhttp_resume(&m_parser);
    }
    const llhttp_errno_t error = llhttp_execute(&m_parser, m_piece, taken.size());
    std::size_t consumed = taken.size();
    if (error == HPE_PAUSED || error == HPE_PAUSED_UPGRADE) {
        consumed = static_cast<std::size_t>(llhttp_get_error_pos(&m_parser) - m_piece);
    } else if (error != HPE_OK) {
        return {failFromParser(), 0};
    }
    m_before += consumed;
    if (std::exchange(m_headStop, false)) {
        m_stage = Stage::Body;
        m_head.keepsAlive = llhttp_should_keep_alive(&m_parser) != 0;
        m_needsEof = m_kind == Kind::Response && llhttp_message_needs_eof(&m_parser) != 0;
        if (m_head.size() > m_headerCount) {
            return {fail(431, "header-too-large",
                         "The head has more than " + std::to_string(m_headerCount) + " fields."),
                    consumed};
        }
        m_head.expectsContinue =
            m_head.minorVersion == 1 && listHasToken(m_head.value(FieldId::Expect), "100-continue");
        if (m_kind == Kind::Request && !checkRequest()) {
            return {Event::Failed, consumed};
        }
        m_before = 0;
        return {Event::Head, consumed};
    }
    if (std::exchange(m_endStop, false)) {
        llhttp_reset(&m_parser);
        m_stage = Stage::Start;
        m_skipBody = false;
        return {Event::End, consumed};
    }
    if (m_stage == Stage::Head && m_before > m_headerBytes) {
        return {fail(431, "header-too-large",
                     "The head is larger than " + std::to_string(m_headerBytes) +
                         " bytes; send fewer or shorter fields."),
                consumed};
    }
    if (m_stage == Stage::Body && m_head.isChunked &&
        m_before > m_headerBytes + m_bodyBytes * (framingPerBodyByte + 1)) {
        return {fail(400, "bad-request", "The chunks carry more framing than content."), consumed};
    }
    return {Event::NeedMore, consumed};
}

MessageParser::Event MessageParser::finish()
{
    if (m_stage == Stage::Body && m_needsEof && llhttp_get_errno(&m_parser) == HPE_OK) {
        m_stage = Stage::Start;
        llhttp_reset(&m_parser);
        return Event::End;
    }
    return fail(400, "bad-request", "The connection ended in the middle of a message.");
}

} // namespace nest::http
