// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/gateway/exchange.h"

#include "platform/gateway/address.h"
#include "platform/http/framing.h"

#include <charconv>
#include <utility>

namespace nest::gateway {

using http::FieldId;

namespace {

constexpr std::size_t replayLimit = 64 * 1024;
constexpr std::size_t upstreamHighWater = 256 * 1024;
constexpr int deepestCall = 16; // functions that call one another in a circle end here
constexpr int attemptLimit = 3; // a request that ends three instances shall not end the fourth

bool isIdempotentMethod(std::string_view method)
{
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" ||
           method == "OPTIONS";
}

} // namespace

Exchange::Exchange(Core &core, http::ServerConnection &connection)
    : m_core(core), m_connection(connection), m_timer(core.loop().timers(), [this] { onTime(); })
{}

Exchange::~Exchange()
{
    onAborted();
}

std::size_t Exchange::unsentBytes() const
{
    return m_connection.heldBytes() + m_replay.size();
}

void Exchange::onRequest(const http::Head &head)
{
    reset();
    m_arrival = waitingSince = m_core.loop().now();
    const Address address = addressOf(head.target(), head.value(FieldId::Host));
    if (address.kind == Address::Kind::Health) {
        std::string &out = m_connection.output();
        http::appendStatusLine(out, 200);
        out += "content-type: text/plain\r\ncontent-length: 2\r\n\r\n";
        if (head.method != "HEAD") {
            out += "ok";
        }
        m_connection.endResponse(true);
        return;
    }
    m_requestId = m_core.newRequestId();
    if (head.isUpgrade) {
        answerProblem(501, "gateway/upgrade-unsupported", "Upgrades are not supported",
                      "Functions speak plain HTTP/1.1 here; send the request without the Upgrade field.");
        return;
    }
    if (address.kind == Address::Kind::None) {
        answerProblem(404, "gateway/unknown-function", "There is no such function",
                      "The address names no function. Use /fn/NAME/… or the host NAME.localhost.");
        return;
    }
    if (address.path.starts_with("/_nest/")) { // what loads code into a process is no business of a client
        answerProblem(
            404, "gateway/reserved-path", "This path is not the function's",
            "Paths that begin with /_nest/ are the platform's own and reach no function. Choose another "
            "one.");
        return;
    }
    m_depth = depth();
    if (m_depth > deepestCall) {
        answerProblem(508, "gateway/call-loop", "Functions call one another in a circle",
                      "This is call " + std::to_string(m_depth) + " from function to function, and " +
                          std::to_string(deepestCall) +
                          " are the limit. Look for functions that call each other.");
        return;
    }
    m_function = address.function;
    m_path = address.path;
    m_host = address.host;
    m_isIdempotent = isIdempotentMethod(head.method) || head.count(FieldId::IdempotencyKey) > 0;
    m_wantsTiming = http::listHasToken(head.value(FieldId::NestDebug), "timing");
    if (!m_connection.isRequestComplete()) {
        m_connection.wantBody(false);
    }
    if (route()) {
        ++m_revision->tally.counts.arrivals;
        submit();
    }
}

bool Exchange::isCall() const
{
    return m_connection.transport() == http::ServerConnection::Transport::Unix;
}

/// What a function says of itself; nobody else may.
int Exchange::depth() const
{
    const auto text = m_connection.head().value(FieldId::NestDepth);
    int depth = 0;
    return isCall() && std::from_chars(text.data(), text.data() + text.size(), depth).ec == std::errc()
               ? depth
               : 0;
}

Group Exchange::group() const
{
    const http::Head &head = m_connection.head();
    const GatewayConfig &config = m_core.config();
    Group group{.set = "default", .lane = "main", .region = config.region};
    if (config.honourLaneAndSetHeaders || isCall()) {
        if (const auto set = head.value(FieldId::NestSet); !set.empty()) {
            group.set = set;
        }
        if (const auto lane = head.value(FieldId::NestLane); !lane.empty()) {
            group.lane = lane;
        }
    }
    if (config.honourRegionHeader || isCall()) {
        if (const auto region = head.value(FieldId::NestRegion); !region.empty()) {
            group.region = region;
        }
    }
    return group;
}

bool Exchange::route()
{
    const Group wanted = group();
    const RouteResult result = m_core.route(m_function, wanted);
    switch (result.kind) {
    case RouteResult::Kind::Found:
        m_revision = result.revision;
        m_revision->tally.counts.fallbacks += result.isFallback ? 1 : 0;
        return true;
    case RouteResult::Kind::UnknownFunction:
        answerProblem(404, "gateway/unknown-function", "There is no such function",
                      "No function \"" + m_function +
                          "\" is deployed here. Check the name, or deploy it first.");
        return false;
    case RouteResult::Kind::NoDeployment:
        break;
    }
    answerProblem(404, "gateway/no-deployment", "The function is not deployed in this group",
                  "\"" + m_function + "\" has no deployment in " + std::string(wanted.set) + "/" +
                      std::string(wanted.lane) + "/" + std::string(wanted.region) +
                      " nor in a group that may stand in for it. Deploy it there, or choose another group.");
    return false;
}

void Exchange::submit()
{
    switch (m_core.submit(*this)) {
    case Core::Refusal::None:
        break;
    case Core::Refusal::QueueFull:
        refuseWaiting(503, "gateway/queue-full", "Too many requests wait for this function",
                      "The queue of \"" + m_function +
                          "\" is full. Try again in a second, or raise its maximum of "
                          "instances.");
        break;
    case Core::Refusal::Blocked:
        refuseWaiting(503, "gateway/cannot-start", "The function cannot be started",
                      m_revision->blockedReason);
        break;
    }
}

void Exchange::startWaiting()
{
    m_state = State::Waiting;
    m_wasCold = m_wasCold || m_revision->instances.empty();
}

void Exchange::refuseWaiting(int status, std::string type, std::string title, std::string detail)
{
    m_state = State::Free;
    ++m_revision->tally.counts.rejected;
    answerProblem(status, std::move(type), std::move(title), std::move(detail), 1);
}

void Exchange::routeAgain()
{
    m_state = State::Free;
    if (route()) {
        submit();
    }
}

void Exchange::dispatch(Instance &instance)
{
    int error = 0;
    auto upstream = instance.pool->take(error);
    if (!upstream) {
        m_state = State::Free;
        m_core.connectFailed(instance, error);
        submit(); // no byte has reached it: the next one, or wait
        return;
    }
    m_core.connected(instance);
    m_dispatched = m_core.loop().now();
    m_waitTime = m_dispatched - m_arrival;
    m_instance = &instance;
    ++instance.inFlight;
    ++instance.requests;
    m_revision->tally.setInFlight(m_revision->tally.inFlight() + 1, m_core.loop().now());
    m_upstream = std::move(upstream);
    m_state = State::Sending;
    m_upstream->begin(*this, m_connection.head().method == "HEAD");
    m_timer.arm(m_revision->requestTimeout);
    sendHead();
}

void Exchange::sendHead()
{
    const http::Head &head = m_connection.head();
    const std::string_view trace = head.value(FieldId::TraceParent);
    const std::string freshTrace = isTraceParent(trace) ? std::string() : traceParent(m_core.random());
    const Group wanted = group();
    if (m_wantsTiming) {
        constexpr std::size_t traceIdAt = 3; // "00-", 32 digits, "-"
        m_traceId = (freshTrace.empty() ? trace : std::string_view(freshTrace)).substr(traceIdAt, 32);
        m_reached = m_instance->route.id;
        m_reachedColdStart = m_instance->route.coldStart;
        m_handedOver = std::chrono::steady_clock::now();
    }
    appendRequestHead(m_upstream->output(), head,
                      {.path = m_path,
                       .host = m_host,
                       .set = wanted.set,
                       .lane = wanted.lane,
                       .region = wanted.region,
                       .requestId = m_requestId,
                       .traceParent = freshTrace.empty() ? trace : std::string_view(freshTrace),
                       .clientAddress = m_connection.peerAddress(),
                       .depth = m_depth});
    m_bodyEnded = false;
    m_mustFlushBody = true;
    if (!m_replay.empty()) {
        relayBody(m_replay);
    }
    if (m_connection.isRequestComplete()) {
        onRequestEnd();
        onInputPaused();
    } else {
        m_connection.sendContinue();
        m_connection.wantBody(true); // ends in onInputPaused, here or when the connection has read on
    }
}

void Exchange::relayBody(std::string_view bytes)
{
    if (m_connection.head().isChunked) {
        http::appendChunk(m_upstream->output(), bytes);
    } else {
        m_upstream->output() += bytes;
    }
    m_mustFlushBody = true;
}

void Exchange::keepForReplay(std::string_view bytes)
{
    if (m_canReplay && m_replay.size() + bytes.size() > replayLimit) {
        m_upstream->flush(); // shows whether the instance takes anything at all
        if (m_upstream->isBroken() && !m_upstream->hasSent()) {
            m_connection.wantBody(false); // it will be sent to another: nothing may be lost
        } else {
            m_canReplay = false;
        }
    } else if (m_canReplay && !m_isIdempotent && m_upstream->hasSent()) {
        m_canReplay = false;
    }
    if (!m_canReplay) {
        m_replay = {};
    }
    if (m_canReplay) {
        m_replay += bytes;
    }
}

void Exchange::onBody(std::string_view bytes)
{
    if (!m_upstream) {
        return; // answered already, or about to be sent again: see below
    }
    keepForReplay(bytes);
    relayBody(bytes);
    if (m_upstream->pendingBytes() > upstreamHighWater) {
        m_upstream->flush();
        if (m_upstream->pendingBytes() > upstreamHighWater) {
            m_connection.wantBody(false);
        }
    }
}

void Exchange::onRequestEnd()
{
    if (m_upstream && !std::exchange(m_bodyEnded, true) && m_connection.head().isChunked) {
        http::appendLastChunk(m_upstream->output());
        m_mustFlushBody = true;
    }
}

void Exchange::onInputPaused()
{
    if (m_upstream && std::exchange(m_mustFlushBody, false)) {
        m_upstream->flush();
    }
}

void Exchange::onUpstreamProgress()
{
    if (m_upstream && !m_connection.isRequestComplete() &&
        m_upstream->pendingBytes() < upstreamHighWater / 2) {
        m_connection.wantBody(true);
    }
}

bool Exchange::maySendAgain() const
{
    return m_state == State::Sending && m_canReplay && (!m_upstream->hasSent() || m_isIdempotent) &&
           m_attempts + 1 < attemptLimit;
}

void Exchange::onUpstreamFailed(const std::string &reason, bool isMalformed)
{
    m_timer.cancel();
    m_core.trouble(*m_instance, reason);
    if (m_state == State::Answering) { // the head is out: the client must see that the rest is missing
        leaveInstance(false, true);
        finish(502, false);
        m_connection.abort();
        return;
    }
    if (!isMalformed && maySendAgain()) {
        ++m_attempts;
        ++m_revision->tally.counts.retries;
        m_connection.wantBody(false);
        leaveInstance(false, true);
        m_state = State::Free;
        submit();
        return;
    }
    leaveInstance(false, true);
    if (isMalformed) {
        answerProblem(502, "gateway/bad-response", "The function's answer is not valid HTTP",
                      "The instance broke the protocol: " + reason);
    } else {
        answerProblem(502, "gateway/instance-died", "The instance ended before it answered", whatWasTried());
    }
}

std::string Exchange::whatWasTried() const
{
    if (m_attempts > 0) {
        return "The request was sent " + std::to_string(m_attempts + 1) +
               " times, and each time the instance ended before it answered. Look at `nest logs " +
               m_function + "` before you send it again.";
    }
    if (m_isIdempotent) {
        return "The request may or may not have been carried out. Its body is too long to be kept for a "
               "second "
               "attempt: send it again yourself.";
    }
    return "The request may or may not have been carried out. Send it with an Idempotency-Key and it is "
           "repeated for you.";
}

std::chrono::milliseconds Exchange::stallTimeout() const
{
    return std::max(m_core.config().stallTimeout, m_revision->requestTimeout);
}

void Exchange::onTime()
{
    if (m_state == State::Answering) {
        // Either side may have stopped: the slot is given back, and the client sees that the rest is missing.
        const auto quiet =
            std::chrono::floor<std::chrono::milliseconds>(m_core.loop().now() - m_lastProgress);
        if (quiet < stallTimeout()) {
            m_timer.arm(stallTimeout() - quiet);
            return;
        }
        leaveInstance(false, true);
        finish(504, false);
        m_connection.abort();
        return;
    }
    const auto limit = m_revision->requestTimeout.count();
    // The runtime itself answers at the function's limit. One that has answered nobody in all this time
    // hangs, and would hold up each further request as long.
    if (m_instance->lastAnswer < m_dispatched) {
        m_core.trouble(*m_instance, "it answered nothing for " + std::to_string(limit) + " ms");
    }
    leaveInstance(false, true);
    answerProblem(504, "gateway/timeout", "The function did not answer in time",
                  "No answer began within " + std::to_string(limit) +
                      " ms. Make the function faster or raise its "
                      "timeout.");
}

void Exchange::onAborted()
{
    if (m_state == State::Free) {
        return;
    }
    m_timer.cancel();
    if (m_state == State::Waiting) {
        m_core.forget(*this);
    } else {
        leaveInstance(false, false);
    }
    ++m_revision->tally.counts.aborted;
    reset();
}

void Exchange::leaveInstance(bool isReusable, bool isError, bool isAnswered)
{
    m_timer.cancel();
    auto upstream = std::move(m_upstream);
    if (!upstream) {
        return;
    }
    upstream->end();
    if (isReusable) {
        m_instance->pool->put(std::move(upstream));
    } else {
        m_instance->pool->drop(std::move(upstream));
    }
    Instance &instance = *std::exchange(m_instance, nullptr);
    instance.errors += isError ? 1 : 0;
    if (isAnswered && !isError && instance.route.answered) {
        instance.route.answered->fetch_add(1, std::memory_order_relaxed);
    }
    m_revision->tally.setInFlight(m_revision->tally.inFlight() - 1, m_core.loop().now());
    m_core.leave(instance); // may free the instance, may dispatch others
}

void Exchange::answerProblem(int status, std::string type, std::string title, std::string detail,
                             int retryAfter)
{
    const bool wasRejected = retryAfter > 0;
    http::Problem problem{.status = status,
                          .type = std::move(type),
                          .title = std::move(title),
                          .detail = std::move(detail),
                          .requestId = m_requestId,
                          .retryAfterSeconds = retryAfter};
    if (m_wantsTiming) {
        appendTiming(problem.fields, timing());
    }
    finish(status, wasRejected);
    m_connection.refuse(problem, true);
}

void Exchange::finish(int status, bool wasRejected)
{
    m_state = State::Free;
    if (!m_revision) {
        return; // not routed: nobody's
    }
    RevisionSecond &counts = m_revision->tally.counts;
    ++counts.responses;
    counts.errors += status >= 500 ? 1 : 0;
    if (!wasRejected) {
        counts.latency.add(
            std::chrono::duration_cast<std::chrono::microseconds>(m_core.loop().now() - m_arrival));
    }
    m_revision = nullptr;
}

void Exchange::reset()
{
    m_state = State::Free;
    m_revision = nullptr;
    m_instance = nullptr;
    m_replay.clear();
    m_requestId.clear();
    m_traceId.clear();
    m_reached.clear();
    m_waitTime = {};
    m_attempts = 0;
    m_status = 0;
    m_canReplay = true;
    m_wasCold = m_wantsTiming = m_bodyEnded = m_mustFlushBody = m_isIdempotent = false;
    m_framing = Framing::None;
}

} // namespace nest::gateway
