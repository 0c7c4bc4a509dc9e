// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/reply.h"

#include "platform/http/apisession.h"

#include <utility>

namespace nest::http {

Reply::Reply(std::shared_ptr<Mailbox> mailbox, ApiSession *session)
    : m_mailbox(std::move(mailbox)), m_session(session)
{}

Reply::~Reply() = default;

std::shared_ptr<Reply> Reply::make(std::shared_ptr<Mailbox> mailbox, ApiSession &session)
{
    return {new Reply(std::move(mailbox), &session), &Reply::release};
}

void Reply::release(Reply *reply)
{
    // Whoever runs or drops the work below frees it; without a loop there is no session either.
    const std::shared_ptr<Reply> owner(reply);
    const auto mailbox = owner->m_mailbox;
    mailbox->post([owner] {
        if (owner->m_session) {
            owner->m_session->abandoned(*owner);
        }
    });
}

void Reply::post(std::function<void(ApiSession &, Reply &)> work)
{
    const bool posted = m_mailbox->post([self = shared_from_this(), work = std::move(work)] {
        if (self->m_session) {
            work(*self->m_session, *self);
        }
    });
    if (!posted) {
        m_open = false;
    }
}

void Reply::send(int status, std::vector<Header> headers, std::string body)
{
    Stage waiting = Stage::Waiting;
    if (!m_stage.compare_exchange_strong(waiting, Stage::Done)) {
        return;
    }
    m_open = false;
    post([status, headers = std::move(headers), body = std::move(body)](ApiSession &session, Reply &reply) {
        session.send(reply, status, headers, body);
    });
}

void Reply::begin(int status, std::vector<Header> headers)
{
    Stage waiting = Stage::Waiting;
    if (m_stage.compare_exchange_strong(waiting, Stage::Streaming)) {
        post([status, headers = std::move(headers)](ApiSession &session, Reply &reply) {
            session.begin(reply, status, headers);
        });
    }
}

void Reply::write(std::string chunk)
{
    if (m_stage != Stage::Streaming || !m_open || chunk.empty()) {
        return;
    }
    m_posted += chunk.size();
    post([chunk = std::move(chunk)](ApiSession &session, Reply &reply) {
        reply.m_posted -= chunk.size();
        session.write(reply, chunk);
    });
}

void Reply::end()
{
    Stage streaming = Stage::Streaming;
    if (m_stage.compare_exchange_strong(streaming, Stage::Done)) {
        m_open = false;
        post([](ApiSession &session, Reply &reply) { session.end(reply); });
    }
}

bool Reply::isOpen() const
{
    return m_open;
}

std::size_t Reply::buffered() const
{
    return m_posted + m_pending;
}

void Reply::onClosed(std::function<void()> callback)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_open || m_stage == Stage::Done) {
            m_onClosed = std::move(callback);
            return;
        }
    }
    callback();
}

void Reply::clientLeft()
{
    std::function<void()> callback;
    {
        const std::lock_guard lock(m_mutex);
        m_session = nullptr;
        m_open = false;
        callback = std::exchange(m_onClosed, {});
    }
    if (callback) {
        callback();
    }
}

} // namespace nest::http
