// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/debugbox.h"

#include "platform/runtimes/catalogue.h"

#include <algorithm>
#include <iterator>

namespace nest::engines {
namespace {

constexpr int usualPort = 9229; // in the box, where only its grants have others
constexpr auto folderInside = "/run/debug";
constexpr auto relayInside = "/run/nest-relay";
constexpr int memoryMegabytes = 256; // of a debugger beside the function's own

std::string freePort(const std::vector<keeper::Grant> &grants)
{
    int port = usualPort;
    while (std::ranges::contains(grants, port, &keeper::Grant::port)) {
        ++port;
    }
    return std::to_string(port);
}

std::vector<std::string> optionsOf(const runtimes::Runtime &runtime, const std::string &port, bool waits)
{
    const auto address = "127.0.0.1:" + port;
    if (runtime.folder == "java") {
        return {std::string("-agentlib:jdwp=transport=dt_socket,server=y,quiet=y,suspend=") +
                (waits ? "y" : "n") + ",address=" + address};
    }
    return {(waits ? "--inspect-brk=" : "--inspect=") + address, "--inspect-publish-uid=http"};
}

/// debugpy is a package of the machine, which the guest's own path leaves out.
std::vector<std::string> pythonCommand(const std::string &port, bool waits)
{
    std::string script =
        "import sys, runpy\n"
        "places = ['/usr/lib/python3/dist-packages', '/usr/local/lib/python3/dist-packages']\n"
        "sys.path += places\n"
        "import debugpy\n"
        "debugpy.listen(('127.0.0.1', " +
        port + "))\n";
    if (waits) {
        script += "debugpy.wait_for_client()\n";
    }
    script += "for place in places:\n"
              "    sys.path.remove(place)\n"
              "runpy.run_path('/nest/main.py', run_name='__main__')\n";
    return {"/usr/bin/python3", "-X", "frozen_modules=off", "-I", "-S", "-B", "-c", script};
}

} // namespace

void makeDebuggable(keeper::BoxSpec &box, const runtimes::Runtime &runtime, const DebugSettings &debug)
{
    const auto port = freePort(box.grants);
    auto &command = box.command;
    if (runtime.folder == "python") {
        command = pythonCommand(port, debug.waits);
    } else {
        const auto program =
            std::string("/usr/bin/") + std::string(runtime.folder == "java" ? "java" : "node");
        const auto options = optionsOf(runtime, port, debug.waits);
        command.insert(std::next(std::ranges::find(command, program)), options.begin(), options.end());
    }
    // The relay has no part in the function's socket: that refuses as soon as the function has gone.
    std::vector<std::string> whole{"/usr/bin/sh", "-c",
                                   std::string(relayInside) + ' ' + folderInside + "/debug.sock " + port +
                                       " 3<&- & exec \"$@\"",
                                   "debug"};
    whole.insert(whole.end(), command.begin(), command.end());
    command = std::move(whole);
    box.binds.push_back({.host = debug.relayProgram, .inside = relayInside});
    box.binds.push_back({.host = debug.folder, .inside = folderInside, .isWritable = true});
    box.limits.memoryMegabytes += memoryMegabytes;
    box.hasLoopback = true;
}

} // namespace nest::engines
