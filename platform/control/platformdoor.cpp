// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of Platform that meets requests of the API: who may come in, which handler answers, who we
// are, and the gateway's door while nestd restarts.
#include "platform/control/ids.h"
#include "platform/control/platform.h"
#include "platform/keeper/listenerhandover.h"

#include <spdlog/spdlog.h>

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace nest::control {

namespace {

std::string userName(uid_t uid)
{
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd *found = nullptr;
    if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return found->pw_name;
    }
    return "uid-" + std::to_string(uid);
}

} // namespace

Result<std::string> Platform::admit(const http::ApiRequest &request) const
{
    if (request.peer) {
        const auto uid = static_cast<uid_t>(request.peer->uid);
        if (uid != ::getuid() && uid != 0) {
            return failure("access/denied", "This platform belongs to another user of the machine.");
        }
        return userName(uid);
    }
    // A page in a browser must not reach us by a name that it made point here, nor send for somebody.
    const auto port = ":" + std::to_string(m_boundApiPort.value_or(0));
    const auto host = request.header("host");
    const auto origin = request.header("origin");
    const bool isOurHost = host == "127.0.0.1" + port || host == "localhost" + port;
    if (!isOurHost || (!origin.empty() && origin != "http://" + std::string(host))) {
        return failure("access/wrong-host", "Address this listener as 127.0.0.1" + port + ", not as '" +
                                                std::string(host) + "', and send no foreign Origin.");
    }
    constexpr std::string_view scheme = "Bearer ";
    const auto authorization = request.header("authorization");
    if (!authorization.starts_with(scheme) || authorization.substr(scheme.size()) != m_token) {
        return failure("access/wrong-token", "Send the token of " + m_config.dataDirectory +
                                                 "/token as 'Authorization: Bearer TOKEN'.");
    }
    return userName(::getuid());
}

void Platform::handle(const http::ApiRequest &request, const std::shared_ptr<http::Reply> &reply)
{
    m_lastActivity = std::chrono::steady_clock::now();
    auto call = std::make_shared<Call>();
    call->request = request;
    call->requestId = makeId("req", m_context.now());
    const auto answerWith = [reply, id = call->requestId](Answer answer) {
        answer.headers.push_back({"nest-request-id", id});
        reply->send(answer.status, std::move(answer.headers), std::move(answer.body));
    };
    const auto user = admit(request);
    if (!user && request.path != "/v1/healthz") {
        answerWith(problemAnswer(user.error(), call->requestId));
        return;
    }
    auto match = m_router.find(request.method, request.path);
    if (!match) {
        answerWith(problemAnswer(match.error(), call->requestId));
        return;
    }
    if (m_isStopping) {
        answerWith(
            problemAnswer({"control/stopping", "The platform is stopping. Try again in some seconds.", {}},
                          call->requestId));
        return;
    }
    call->user = user.value_or("");
    call->parameters = std::move(match->parameters);
    call->query = parseQuery(request.query);
    if (match->route->streamHandler) {
        match->route->streamHandler(call, reply);
        return;
    }
    QCoro::connect(match->route->handler(call), this, [answerWith, call](Result<Answer> &&answer) {
        answerWith(answer ? std::move(*answer) : problemAnswer(answer.error(), call->requestId));
    });
}

wire::Me Platform::me(const std::string &user) const
{
    wire::Me me;
    me.user = user;
    me.platformVersion = NEST_VERSION;
    me.environment = m_config.environment;
    me.region = m_config.region;
    me.gatewayUrl = "http://127.0.0.1:" + std::to_string(m_gateway.port());
    me.startedAt = m_startedAt;
    me.now = m_context.now();
    const auto isolation = m_engine.isolation();
    me.isolation = {isolation.level, isolation.sentence, isolation.remedy};
    if (!m_engineTrouble.empty()) {
        me.isolation.sentence = m_engineTrouble;
    } else if (!m_isolationIsKnown) {
        me.isolation.sentence = "What keeps functions apart on this machine is still being checked.";
    }
    me.functionsCanStart = m_engineTrouble.empty() && keeper::functionsCanStart(isolation);
    return me;
}

std::string Platform::urlOf(const std::string &function) const
{
    return "http://127.0.0.1:" + std::to_string(m_gateway.port()) + "/fn/" + function + "/";
}

void Platform::keepListener() const
{
    if (m_isStopping) {
        return; // the keeper has it, or never will
    }
    const auto held = keeper::keepListener(m_config.runtimeDirectory, m_gateway.listener());
    if (!held) {
        spdlog::warn("{} Connections are refused while nestd restarts.", held.error().detail);
    }
}

} // namespace nest::control
