// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/context.h"

#include "api/client/localplatform.h"

namespace nest::cli {

using namespace Qt::StringLiterals;

namespace {

// docs/decisions.md, 19: a platform that nobody uses goes by itself.
const QStringList startArguments{u"--exit-when-idle"_s, u"60"_s};

} // namespace

QCoro::Task<Result<Link>> connectPlatform(Context &context)
{
    Link link;
    QString socket = QString::fromStdString(context.socket);
    if (socket.isEmpty() && qEnvironmentVariableIsSet("NEST_RUNTIME_DIR")) {
        // A nestd of that folder; ensureLocalPlatform() knows the usual one only.
        socket = qEnvironmentVariable("NEST_RUNTIME_DIR") + u"/api.sock"_s;
    }
    if (!socket.isEmpty()) {
        client::Connection connection;
        connection.name = u"socket"_s;
        connection.environment = u"LOCAL"_s;
        connection.socketPath = socket;
        link.client = std::make_unique<client::PlatformClient>(std::move(connection));
        auto me = co_await link.client->me();
        if (!me) {
            co_return std::unexpected(std::move(me.error()));
        }
        link.me = std::move(*me);
        context.reached = socket.toStdString();
        co_return link;
    }
    client::LocalPlatformOptions options;
    options.program = QString::fromStdString(context.program);
    if (!qEnvironmentVariableIsSet("NEST_EXIT_WHEN_IDLE")) {
        options.arguments = startArguments;
    }
    auto platform = co_await client::ensureLocalPlatform(std::move(options));
    if (!platform) {
        co_return std::unexpected(std::move(platform.error()));
    }
    context.reached = platform->connection.socketPath.toStdString();
    link.client = std::make_unique<client::PlatformClient>(std::move(platform->connection));
    link.me = std::move(platform->me);
    co_return link;
}

} // namespace nest::cli
