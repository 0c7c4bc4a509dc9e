// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/stream.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace nest::http {

namespace {
constexpr std::size_t keptCapacity = 2048; // an idle connection keeps no more than this
} // namespace

Stream::Stream(EventLoop &loop, Descriptor fd, Observer &observer)
    : m_loop(loop), m_fd(std::move(fd)), m_observer(observer)
{
    if (!m_fd || !m_loop.add(m_fd.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP, *this)) {
        m_broken = true;
    }
}

Stream::ReadResult Stream::read(std::span<char> buffer)
{
    if (!m_fd) {
        return {ReadState::Failed, {}};
    }
    const ssize_t count = ::recv(m_fd.get(), buffer.data(), buffer.size(), 0);
    if (count > 0) {
        if (static_cast<std::size_t>(count) < buffer.size() && !m_peerClosed && !m_broken) {
            m_readable = false;
        }
        return {ReadState::Data, {buffer.data(), static_cast<std::size_t>(count)}};
    }
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        m_readable = errno == EINTR;
        return {ReadState::Later, {}};
    }
    m_readable = false;
    m_peerClosed = true;
    if (count < 0) {
        m_broken = true;
    }
    return {count == 0 ? ReadState::End : ReadState::Failed, {}};
}

bool Stream::flush()
{
    while (m_writable && !m_broken && m_outOffset < m_out.size()) {
        const ssize_t count =
            ::send(m_fd.get(), m_out.data() + m_outOffset, m_out.size() - m_outOffset, MSG_NOSIGNAL);
        if (count >= 0) {
            m_outOffset += static_cast<std::size_t>(count);
            m_sent += static_cast<std::uint64_t>(count);
        } else if (errno == EAGAIN) {
            m_writable = false;
        } else if (errno != EINTR) {
            m_broken = true;
        }
    }
    releaseOutput();
    return !m_broken;
}

void Stream::releaseOutput()
{
    if (m_outOffset == m_out.size()) {
        if (m_out.capacity() > keptCapacity) {
            std::string().swap(m_out);
        } else {
            m_out.clear();
        }
        m_outOffset = 0;
    } else if (m_outOffset > EventLoop::scratchBytes) {
        m_out.erase(0, m_outOffset);
        m_outOffset = 0;
    }
}

void Stream::shutdownOutput()
{
    if (m_fd) {
        ::shutdown(m_fd.get(), SHUT_WR);
    }
}

void Stream::close()
{
    if (m_fd) {
        m_loop.remove(m_fd.get(), *this);
        m_fd.reset();
    }
    m_readable = false;
    m_writable = false;
}

void Stream::onIo(std::uint32_t events)
{
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
        m_readable = true;
    }
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
        m_peerClosed = true;
    }
    if (events & EPOLLERR) {
        m_broken = true;
    }
    if (events & EPOLLOUT) {
        m_writable = true;
        flush();
    }
    m_observer.onStreamEvent();
}

} // namespace nest::http
