// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway alone in a process, so that its CPU time can be read from outside: one function "f" with one
// instance on the Unix socket given. Prints its port, ends when standard input does.
// Usage: benchgateway SOCKET

#include "platform/gateway/gateway.h"

#include <cstdio>

int main(int argc, char **argv)
{
    using namespace nest::gateway;
    if (argc != 2) {
        std::fputs("usage: benchgateway SOCKET\n", stderr);
        return 2;
    }
    GatewayConfig config;
    config.port = 0;
    config.portWasSet = true;
    Gateway gateway(config, {});
    if (const auto started = gateway.start(); !started) {
        std::fprintf(stderr, "%s\n", started.error().detail.c_str());
        return 1;
    }
    auto routes = std::make_shared<RouteTable>();
    RevisionRoute revision;
    revision.key = {"f", "default", "main", "local", 1};
    revision.instances.push_back({"i-1", argv[1], ""});
    routes->functions.push_back({"f", {{"default", "main", "local", {revision}}}});
    gateway.setRoutes(std::move(routes));
    std::printf("%d\n", gateway.port());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}
