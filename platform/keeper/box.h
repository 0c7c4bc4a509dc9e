// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a box is: the one process a function or a build runs in, cut off from the machine by bubblewrap.
// A BoxSpec says what the process is and what it may see; boxArguments() turns it into the recipe of
// docs/sandbox.md section 6.
//
// Invariants: nothing of the host is visible but /usr, a few files of /etc, and the binds named here;
// there is no network unless hasHostNetwork or hasOpenNetwork says so or grants name addresses; no host path
// and no secret is in an argument that the process inside can read. Plain values, any thread.

#include "platform/keeper/grant.h"

#include <map>
#include <string>
#include <vector>

namespace nest::keeper {

/// A folder or file of the host that the box sees.
struct Bind
{
    std::string host;
    std::string inside;
    bool isWritable = false;
    bool operator==(const Bind &) const = default;
};

struct BoxLimits
{
    /// What the user was promised. The data segment is limited to twice this, because a runtime's own
    /// threads and code count there too; the runtime's heap option is set by the engine.
    int memoryMegabytes = 256;
    int processes = 100;    // threads count; set inside the box, where only the box's own are counted
    int openFiles = 1024;   // a function that leaks sockets fails, not the machine
    int fileMegabytes = 64; // one file; /tmp as a whole has its own size
    int temporaryMegabytes = 64;
    int temporaryFiles = 20'000; // each costs the kernel a kilobyte that no other limit sees
    bool operator==(const BoxLimits &) const = default;
};

struct BoxSpec
{
    std::vector<std::string> command = {};               // the first is a path inside the box
    std::map<std::string, std::string> environment = {}; // never secrets: those come by the socket
    std::vector<Bind> binds = {};
    std::string workingDirectory = "/tmp";
    BoxLimits limits = {};
    int niceness = 0; // builds yield to functions
    /// It shares the host's network, this machine's own services included: for fetching packages only.
    bool hasHostNetwork = false;
    /// It may speak to itself over its own loopback, which leads nowhere else: for a debugger only.
    bool hasLoopback = false;
    /// Addresses that it may connect to over TCP, each found on the box's own loopback. Such a box starts
    /// when who listens there says so (spawn.h).
    std::vector<Grant> grants = {};
    /// TCP and UDP to everywhere but this machine, which is served from outside before the command starts.
    bool hasOpenNetwork = false;
    bool operator==(const BoxSpec &) const = default;
};

/// Its network is made from outside, between the box and its command.
bool hasEntry(const BoxSpec &spec);

/// What such a box asks for names, when its network is open: it leads to this machine's name server. Of a
/// range that is nobody's (RFC 6890).
inline constexpr const char *nameServerInBox = "192.0.0.53";

/// Of a box with an entry: where bwrap says which process is in it, and where it waits for a byte.
inline constexpr int informationDescriptor = 6;
inline constexpr int gateDescriptor = 7;

/// Files and folders of the host that every box may read beside /usr, where they are there. Those that say
/// how names are looked up are among them for a box with the host's network.
std::vector<std::string> hostFiles(const BoxSpec &spec);

/// The arguments that bwrap reads from a descriptor (NUL separated, so that they are in no cmdline).
/// The seccomp program is read from seccompDescriptor.
std::string boxArguments(const BoxSpec &spec, int seccompDescriptor);

/// What bwrap executes: the limit on processes is put on inside the box, then the command follows.
std::vector<std::string> boxCommand(const BoxSpec &spec);

} // namespace nest::keeper
