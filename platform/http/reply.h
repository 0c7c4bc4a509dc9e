// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The handle on one answer: either send(), or begin() / write() … / end(). Each method may be called from any
// thread; the bytes go out on the loop's thread in the order of the calls. A Reply that is dropped without
// an answer answers 500 by itself, so that no client waits for ever.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace nest::http {

class ApiSession;
class Mailbox;

struct Header
{
    std::string name;
    std::string value;
    bool operator==(const Header &) const = default;
};

class Reply final : public std::enable_shared_from_this<Reply>
{
public:
    /// For ApiServer. The last owner may be on any thread: what is left to do happens on the loop's.
    static std::shared_ptr<Reply> make(std::shared_ptr<Mailbox> mailbox, ApiSession &session);
    ~Reply();
    Reply(const Reply &) = delete;
    Reply &operator=(const Reply &) = delete;

    /// The whole answer. Content-Length is set; a second answer is ignored.
    void send(int status, std::vector<Header> headers, std::string body);
    /// Starts a stream (chunked).
    void begin(int status, std::vector<Header> headers);
    void write(std::string chunk);
    void end();

    /// False once the client has gone or the answer is complete.
    [[nodiscard]] bool isOpen() const;
    /// Called on the loop's thread when the client went away before the answer was complete; at once (on the
    /// caller's thread) when it already has.
    void onClosed(std::function<void()> callback);
    /// Bytes not yet accepted by the kernel: a stream that sees this grow should skip or wait.
    [[nodiscard]] std::size_t buffered() const;

private:
    friend class ApiSession;
    enum class Stage : std::uint8_t { Waiting, Streaming, Done };

    Reply(std::shared_ptr<Mailbox> mailbox, ApiSession *session);
    static void release(Reply *reply);
    void post(std::function<void(ApiSession &, Reply &)> work);
    void clientLeft(); // loop's thread

    std::shared_ptr<Mailbox> m_mailbox; // outlives the loop, so a late answer is dropped, not a crash
    ApiSession *m_session;              // loop's thread; null once the client left or the answer is out
    std::atomic<Stage> m_stage = Stage::Waiting;
    std::atomic<bool> m_open = true;
    std::atomic<std::size_t> m_posted = 0;  // handed to us, not yet in the socket's buffer
    std::atomic<std::size_t> m_pending = 0; // in the socket's buffer
    std::mutex m_mutex;                     // guards m_onClosed and its race with clientLeft
    std::function<void()> m_onClosed;
};

} // namespace nest::http
