// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The listener behind /v1: takes whole requests, hands them to one handler on the loop's thread, and gives
// it a Reply that may be answered from any thread, at once or later, whole or as a stream.
//
// Thread: everything but Reply belongs to the loop's thread; listen and setHandler may also be called
// before the loop runs. Owner: whoever owns the loop; must go before it.

#include "api/wire/result.h"
#include "platform/http/limits.h"
#include "platform/http/reply.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nest::http {

class EventLoop;

struct PeerCredentials
{
    int uid = -1;
    int pid = -1;
};

struct ApiRequest
{
    std::string method;
    std::string target; // as received
    std::string path;   // percent-decoded, without the query
    std::string query;  // raw, without "?"
    std::vector<Header> headers;
    std::string body;
    std::optional<PeerCredentials> peer; // on a Unix socket
    bool viaTcp = false;

    /// The first header of that name, whatever its case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

class ApiServer final
{
public:
    using Handler = std::function<void(ApiRequest, std::shared_ptr<Reply>)>;

    ApiServer(EventLoop &loop, Limits limits);
    ~ApiServer();
    ApiServer(const ApiServer &) = delete;
    ApiServer &operator=(const ApiServer &) = delete;

    /// A socket file left by a dead process is replaced; a live one is `http/socket-taken`.
    Result<> listenUnix(const std::string &path, unsigned mode);
    /// Port 0 takes any; the answer is the port bound. `http/port-taken` when it is in use.
    Result<std::uint16_t> listenTcp(const std::string &address, std::uint16_t port);
    /// Called on the loop's thread; must return at once.
    void setHandler(Handler handler);
    /// Closes listeners and connections; open streams end.
    void close();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace nest::http
