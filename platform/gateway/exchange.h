// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One client connection's current request on its way to an instance and back: a state machine that both
// sides' events drive.
//
//   Free -> Waiting (no instance) -> Sending (to the instance, no response yet) -> Answering -> Free
//
// Invariants: holds an instance's slot exactly while Sending or Answering; body bytes are read only when
// there is an instance and room on the way to it; a request is sent again only as docs/decisions.md 23
// allows. Thread: the gateway's. Owner: its ServerConnection.

#include "platform/gateway/core.h"
#include "platform/gateway/rewrite.h"
#include "platform/gateway/upstream.h"
#include "platform/gateway/waitlist.h"
#include "platform/http/serverconnection.h"

#include <memory>
#include <string>
#include <string_view>

namespace nest::gateway {

class Exchange final : public http::Session, public Waiter, private UpstreamUser
{
public:
    Exchange(Core &core, http::ServerConnection &connection);
    ~Exchange() override;

    [[nodiscard]] Revision *revision() const { return m_revision; }
    [[nodiscard]] std::size_t unsentBytes() const;

    // From Core
    void startWaiting();
    void dispatch(Instance &instance);
    void refuseWaiting(int status, std::string type, std::string title, std::string detail);
    /// Its revision has gone while it waited: find another.
    void routeAgain();

    // http::Session
    void onRequest(const http::Head &head) override;
    void onBody(std::string_view bytes) override;
    void onRequestEnd() override;
    void onInputPaused() override;
    void onOutputProgress() override;
    void onAborted() override;

private:
    enum class State : std::uint8_t { Free, Waiting, Sending, Answering };

    // UpstreamUser
    void onInterim(const http::Head &head) override;
    void onResponse(const http::Head &head) override;
    void onResponseBody(std::string_view bytes) override;
    void onResponseEnd(bool isReusable) override;
    void onResponsePaused() override;
    void onUpstreamProgress() override;
    void onUpstreamFailed(const std::string &reason, bool isMalformed) override;

    void submit();
    [[nodiscard]] bool route();
    [[nodiscard]] Group group() const;
    /// From a function, over the socket that boxes see.
    [[nodiscard]] bool isCall() const;
    [[nodiscard]] int depth() const;
    void sendHead();
    void relayBody(std::string_view bytes);
    void keepForReplay(std::string_view bytes);
    [[nodiscard]] std::string whatWasTried() const; // for whoever gets no answer
    [[nodiscard]] bool maySendAgain() const;
    void leaveInstance(bool isReusable, bool isError, bool isAnswered = false);
    void onTime();
    [[nodiscard]] std::chrono::milliseconds stallTimeout() const;
    /// Of what answers, or of what was reached last.
    [[nodiscard]] Timing timing() const;
    void answerProblem(int status, std::string type, std::string title, std::string detail,
                       int retryAfter = 0);
    void finish(int status, bool wasRejected);
    void reset();

    Core &m_core;
    http::ServerConnection &m_connection;
    http::Timer m_timer; // Sending: requestTimeout; Answering: looks for a stall
    Revision *m_revision = nullptr;
    Instance *m_instance = nullptr;
    std::unique_ptr<Upstream> m_upstream;
    std::string m_function, m_path, m_host;
    std::string m_requestId;
    // Only when timing is wanted: they outlive the instance
    std::string m_traceId, m_reached, m_reachedColdStart;
    TimePoint m_handedOver{};
    std::string m_replay; // body bytes so far, while the request may have to be sent again
    TimePoint m_arrival{};
    TimePoint m_dispatched{};   // to the instance that has it now
    TimePoint m_lastProgress{}; // of the answer
    std::chrono::steady_clock::duration m_waitTime{};
    State m_state = State::Free;
    Framing m_framing = Framing::None;
    int m_status = 0;
    int m_attempts = 0; // that reached an instance
    bool m_canReplay = true;
    int m_depth = 0; // of calls that led here
    bool m_isIdempotent = false;
    bool m_wasCold = false;
    bool m_wantsTiming = false;
    bool m_bodyEnded = false; // the last body byte was handed to the instance
    bool m_mustFlushBody = false;
};

} // namespace nest::gateway
