// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a box is: the one process a function or a build runs in, cut off from the machine by bubblewrap.
// A BoxSpec says what the process is and what it may see; boxArguments() turns it into the recipe of
// docs/sandbox.md section 6.
//
// Invariants: nothing of the host is visible but /usr, a few files of /etc, and the binds named here;
// there is no network unless hasHostNetwork says so; no host path and no secret is in an argument that the
// process inside can read. Plain values, any thread.

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
    bool operator==(const BoxSpec &) const = default;
};

/// The arguments that bwrap reads from a descriptor (NUL separated, so that they are in no cmdline).
/// The seccomp program is read from seccompDescriptor.
std::string boxArguments(const BoxSpec &spec, int seccompDescriptor);

/// What bwrap executes: the limit on processes is put on inside the box, then the command follows.
std::vector<std::string> boxCommand(const BoxSpec &spec);

} // namespace nest::keeper
