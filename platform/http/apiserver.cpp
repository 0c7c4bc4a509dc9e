// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/http/apiserver.h"

#include "platform/http/apisession.h"
#include "platform/http/eventloop.h"
#include "platform/http/server.h"

#include <utility>

namespace nest::http {

std::string_view ApiRequest::header(std::string_view name) const
{
    for (const Header &header : headers) {
        if (equalsIgnoringCase(header.name, name)) {
            return header.value;
        }
    }
    return {};
}

class ApiServer::Private
{
public:
    Private(EventLoop &loop, const Limits &limits)
        : server(loop, limits, [this](ServerConnection &connection) {
            return std::make_unique<ApiSession>(connection, handler);
        })
    {}

    Handler handler;
    Server server;
};

ApiServer::ApiServer(EventLoop &loop, Limits limits) : d(std::make_unique<Private>(loop, limits)) {}

ApiServer::~ApiServer() = default;

Result<> ApiServer::listenUnix(const std::string &path, unsigned mode)
{
    return d->server.listenUnix(path, mode);
}

Result<std::uint16_t> ApiServer::listenTcp(const std::string &address, std::uint16_t port)
{
    return d->server.listenTcp(address, port);
}

void ApiServer::setHandler(Handler handler)
{
    d->handler = std::move(handler);
}

void ApiServer::close()
{
    d->server.close();
}

} // namespace nest::http
