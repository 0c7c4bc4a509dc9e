// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A connected, non-blocking socket with an output buffer. Remembers whether the kernel has something to
// read or room to write, so that no system call is made in vain: after a short read it waits for the next
// edge (unless the peer has hung up, when the end still has to be read).
//
// Thread: the loop's. Owner: one connection, which is also the observer.

#include "platform/http/descriptor.h"
#include "platform/http/eventloop.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace nest::http {

class Stream final : private EventLoop::Watcher
{
public:
    class Observer
    {
    public:
        /// Something changed: look at canRead(), isPeerClosed(), pendingBytes(). Output has been flushed.
        virtual void onStreamEvent() = 0;

    protected:
        ~Observer() = default;
    };

    enum class ReadState : std::uint8_t { Data, Later, End, Failed };
    struct ReadResult
    {
        ReadState state;
        std::string_view data;
    };

    Stream(EventLoop &loop, Descriptor fd, Observer &observer);
    ~Stream() { close(); }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    [[nodiscard]] bool isOpen() const { return static_cast<bool>(m_fd); }
    [[nodiscard]] bool canRead() const { return m_readable; }
    [[nodiscard]] bool isPeerClosed() const { return m_peerClosed; }
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] std::size_t pendingBytes() const { return m_out.size() - m_outOffset; }
    /// Bytes the kernel took since the start.
    [[nodiscard]] std::uint64_t sentBytes() const { return m_sent; }
    [[nodiscard]] int fd() const { return m_fd.get(); }

    ReadResult read(std::span<char> buffer);
    /// Append to this, then flush().
    [[nodiscard]] std::string &output() { return m_out; }
    /// Sends what the kernel takes. False when the connection is broken.
    bool flush();
    void shutdownOutput();
    void close();

private:
    void onIo(std::uint32_t events) override;
    void releaseOutput();

    EventLoop &m_loop;
    Descriptor m_fd;
    Observer &m_observer;
    std::string m_out;
    std::size_t m_outOffset = 0;
    std::uint64_t m_sent = 0;
    bool m_readable = false; // the first edge comes with the registration
    bool m_writable = true;
    bool m_peerClosed = false;
    bool m_broken = false;
};

} // namespace nest::http
