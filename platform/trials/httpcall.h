// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One HTTP request to a socket of this machine, and its answer: read with the parser and the limits of
// platform/http, because what answers runs foreign code. Of the body the first bytes are kept; a longer one
// is read on for a while, so that the function finishes, and then cut.
//
// Invariant: finished() comes exactly once, never from within start(). Thread: the one it was made on; never
// blocks. Owner: its maker; of use once.

#include "platform/http/messageparser.h"

#include <QElapsedTimer>
#include <QIODevice>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nest::trials {

struct HttpCallRequest
{
    std::string socketPath; // of an instance; empty: `port` of 127.0.0.1
    std::uint16_t port = 0;
    std::string bytes;                            // head and body
    bool isHead = false;                          // no body follows whatever the answer's head says
    std::chrono::milliseconds headLimit{0};       // from sending to the answer's head; 0: only `wholeLimit`
    std::chrono::milliseconds quietLimit{60'000}; // of the answer: nothing moves for so long
    std::chrono::milliseconds wholeLimit{15 * 60'000};
    std::size_t keptBytes = 1024 * 1024;
};

struct HttpCallAnswer
{
    enum class End : std::uint8_t { Complete, NoConnection, TimedOut, BrokenOff, Malformed };

    End end = End::Complete;
    std::string trouble;                                     // unless complete: what happened, without a stop
    int status = 0;                                          // 0: no head came
    std::vector<std::pair<std::string, std::string>> fields; // all of them, names as they came
    std::string body;
    bool isTruncated = false;
    double headMs = 0;  // from sending to the head
    double wholeMs = 0; // from sending to the last byte
};

class HttpCall final : public QObject, private http::BodySink
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HttpCall)

public:
    explicit HttpCall(QObject *parent = nullptr);
    ~HttpCall() override;

    void start(HttpCallRequest request);
    /// Ends it now; finished() tells `trouble`.
    void abort(const std::string &trouble);

Q_SIGNALS:
    void finished(nest::trials::HttpCallAnswer answer);

private:
    void onBody(std::string_view bytes) override;
    void connectOver();
    void send();
    void read();
    bool feed(std::string_view bytes);
    void closed();
    void finish(HttpCallAnswer::End end, std::string trouble);
    [[nodiscard]] double elapsedMs() const;

    HttpCallRequest m_request;
    HttpCallAnswer m_answer;
    std::unique_ptr<QIODevice> m_socket;
    http::MessageParser m_parser;
    QElapsedTimer m_clock;
    QTimer m_phase; // to the head, then between two pieces of the answer
    QTimer m_whole;
    std::size_t m_bodyBytes = 0;
    bool m_isSent = false;
    bool m_isOver = false;
};

} // namespace nest::trials
