// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads HTTP/1.x messages with llhttp, strictly, within limits. It stops after each head and after each
// message, so that the owner decides before anything further is read; body bytes go to a sink as they come.
//
// Invariant: what one llhttp finds ambiguous, or what two implementations might read differently (length
// against chunked, two hosts, two spaces), is an error. Thread: any one; knows no I/O.

#include "platform/http/head.h"

#include <llhttp.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nest::http {

class BodySink
{
public:
    virtual void onBody(std::string_view bytes) = 0;

protected:
    ~BodySink() = default;
};

class MessageParser final
{
public:
    enum class Kind : std::uint8_t { Request, Response };
    enum class Event : std::uint8_t { NeedMore, Head, End, Failed };
    struct Step
    {
        Event event;
        std::size_t consumed;
    };
    struct Failure
    {
        int status;         // to answer a request with
        const char *name;   // "bad-request": the tail of the problem's type
        std::string detail; // what is wrong with the message
    };

    MessageParser(Kind kind, std::size_t headerBytes, std::size_t headerCount, BodySink &sink);
    MessageParser(const MessageParser &) = delete;
    MessageParser &operator=(const MessageParser &) = delete;

    /// Reads up to the next stop. After Head call again with the rest (also when it is empty); after End the
    /// parser is ready for the next message; after Failed it is spent.
    Step advance(std::string_view bytes);
    /// The peer closed its side: End for a response that is delimited by that, otherwise Failed.
    Event finish();

    /// Before the head: the next message has no body whatever its head says (an answer to HEAD).
    void expectNoBody() { m_skipBody = true; }
    [[nodiscard]] const Head &head() const { return m_head; }
    [[nodiscard]] const Failure &failure() const { return m_failure; }
    /// Nothing of a message has been read yet.
    [[nodiscard]] bool isAtStart() const { return m_stage == Stage::Start; }
    /// The response's end is the end of the connection.
    [[nodiscard]] bool endsWithConnection() const { return m_needsEof; }

private:
    enum class Stage : std::uint8_t { Start, Head, Body, Spent };
    static const llhttp_settings_t &settings();
    static MessageParser &self(llhttp_t *parser) { return *static_cast<MessageParser *>(parser->data); }

    int headComplete();
    bool checkRequest();
    Event fail(int status, const char *name, std::string detail);
    Event failFromParser();
    [[nodiscard]] std::uint64_t position(const char *at) const;

    llhttp_t m_parser;
    Head m_head;
    BodySink &m_sink;
    Failure m_failure{};
    std::size_t m_headerBytes;
    std::size_t m_headerCount;
    Kind m_kind;
    Stage m_stage = Stage::Start;
    bool m_skipBody = false;
    bool m_headStop = false;
    bool m_endStop = false;
    bool m_needsEof = false;
    bool m_spacing = true;         // one blank between the parts of the request line
    const char *m_piece = nullptr; // start of what advance() reads
    std::uint64_t m_before = 0;    // bytes of this message read by earlier calls
    std::uint64_t m_methodEnd = 0; // positions within the message
    std::uint64_t m_targetEnd = 0;
    std::uint64_t m_bodyBytes = 0;
};

} // namespace nest::http
