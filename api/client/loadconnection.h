// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One keep-alive connection of a load run: writes a request, reads its answer with llhttp, knows the state
// between. The load thread only.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

struct llhttp__internal_s;

namespace nest::client {

class LoadConnection final
{
public:
    enum class State { Connecting, Idle, Busy, Broken };
    using Clock = std::chrono::steady_clock;

    /// A connecting socket; state Broken when there is none to be had. Looking at the header names of an
    /// answer costs time, so who does not ask for the instance goes without.
    LoadConnection(const std::string &address, int port, bool seesInstance = false);
    ~LoadConnection();
    LoadConnection(const LoadConnection &) = delete;
    LoadConnection &operator=(const LoadConnection &) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool hasRequest() const { return m_hasRequest; }
    /// The request was answered in full; status() is its status.
    [[nodiscard]] bool isAnswered() const { return m_isAnswered; }
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] bool wantsToWrite() const { return m_state == State::Connecting || m_written < toWrite(); }
    [[nodiscard]] Clock::time_point dueAt() const { return m_dueAt; }
    [[nodiscard]] Clock::time_point sentAt() const { return m_sentAt; }

    /// `request` must stay until the answer is there.
    void send(const std::string &request, Clock::time_point dueAt, Clock::time_point now);
    void onWritable();
    void onReadable();
    /// After an answer was counted: ready for the next, or Broken when the server does not keep the
    /// connection.
    void takeAnswer();
    void markAnswered(bool keepsAlive);
    void setStatus(int status) { m_status = status; }

    /// Of the last answer, when seen: who answered, and whether it was started for it.
    [[nodiscard]] const std::string &instance() const { return m_instance; }
    [[nodiscard]] bool wasCold() const { return m_wasCold; }
    void onHeaderName(const char *text, std::size_t length);
    void onHeaderValue(const char *text, std::size_t length);
    void onHeaderEnd();

private:
    struct ParserDeleter
    {
        void operator()(llhttp__internal_s *parser) const;
    };
    [[nodiscard]] std::size_t toWrite() const { return m_request != nullptr ? m_request->size() : 0; }
    void write();

    int m_descriptor = -1;
    State m_state = State::Connecting;
    const std::string *m_request = nullptr;
    std::size_t m_written = 0;
    bool m_hasRequest = false;
    bool m_isAnswered = false;
    bool m_keepsAlive = true;
    int m_status = 0;
    bool m_wasCold = false;
    std::string m_name; // of the header being read; both may come in pieces
    std::string m_value;
    std::string m_instance;
    Clock::time_point m_dueAt;
    Clock::time_point m_sentAt;
    std::unique_ptr<llhttp__internal_s, ParserDeleter> m_parser;
};

} // namespace nest::client
