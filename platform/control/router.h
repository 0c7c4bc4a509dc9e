// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Finds the handler of a request under /v1. Patterns are literal segments and {names}; a last {name...} takes
// the rest of the path. Filled once at start, then only read. Thread: control.

#include "api/wire/result.h"
#include "platform/http/apiserver.h"

#include <QCoroTask>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nest::control {

/// One request on its way through a handler. Immutable and shared, so that coroutines may keep it.
struct Call
{
    http::ApiRequest request;
    std::map<std::string, std::string, std::less<>> parameters; // {names} of the pattern
    std::map<std::string, std::string, std::less<>> query;      // decoded
    std::string requestId;
    std::string user;

    [[nodiscard]] const std::string &parameter(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> queryValue(std::string_view name) const;
};
using CallPtr = std::shared_ptr<const Call>; // shared by the coroutines of one request

struct Answer
{
    int status = 200;
    std::vector<http::Header> headers;
    std::string body;
};

using Handler = std::function<QCoro::Task<Result<Answer>>(CallPtr)>;
using StreamHandler = std::function<void(CallPtr, std::shared_ptr<http::Reply>)>;

struct Route
{
    std::string method;
    std::string pattern;
    Handler handler; // one of the two is set
    StreamHandler streamHandler;
};

class Router final
{
public:
    void add(std::string method, std::string pattern, Handler handler);
    void addStream(std::string pattern, StreamHandler handler);

    struct Match
    {
        const Route *route = nullptr;
        std::map<std::string, std::string, std::less<>> parameters;
    };
    /// `control/unknown-route` or `control/method-not-allowed` with the methods that are.
    [[nodiscard]] Result<Match> find(std::string_view method, std::string_view path) const;
    [[nodiscard]] const std::vector<Route> &routes() const { return m_routes; }

private:
    std::vector<Route> m_routes;
};

/// "a=1&b=x%20y" decoded; the last of a repeated name wins.
std::map<std::string, std::string, std::less<>> parseQuery(std::string_view query);

} // namespace nest::control
