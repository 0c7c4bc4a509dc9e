// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Gathers one request after another on an API connection and carries out what its Reply was told.
//
// Thread: the loop's. Owner: its ServerConnection.

#include "platform/http/apiserver.h"
#include "platform/http/serverconnection.h"

#include <memory>

namespace nest::http {

class ApiSession final : public Session
{
public:
    ApiSession(ServerConnection &connection, const ApiServer::Handler &handler);
    ~ApiSession() override;

    void onRequest(const Head &head) override;
    void onBody(std::string_view bytes) override;
    void onRequestEnd() override;
    void onOutputProgress() override;
    void onAborted() override;

    // From Reply, posted to this thread
    void send(Reply &reply, int status, const std::vector<Header> &headers, std::string_view body);
    void begin(Reply &reply, int status, const std::vector<Header> &headers);
    void write(Reply &reply, std::string_view chunk);
    void end(Reply &reply);
    void abandoned(Reply &reply); // nobody can answer any more

private:
    void writeHead(int status, const std::vector<Header> &headers);
    void finish(Reply &reply);

    ServerConnection &m_connection;
    const ApiServer::Handler &m_handler;
    ApiRequest m_request;
    Reply *m_reply = nullptr; // the one whose turn it is; it tells us when it is destroyed
    bool m_isHead = false;
    bool m_isChunked = false;

    friend class Reply;
};

} // namespace nest::http
