// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What nestd and the keeper say to each other over the control socket: one JSON object a line,
// {"type": …, "data": {…}}, requests one way and events the other.
//
// The keeper greets each connection with Hello, which tells everything a restarted nestd must know to
// adopt what runs. Each id that was asked to start gets exactly one Started or NotStarted, and each
// Started id later exactly one Exited, after its last OutputLine. Plain values, any thread.

#include "api/wire/result.h"
#include "platform/keeper/box.h"
#include "platform/keeper/isolation.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nest::keeper {

/// A longer line means that the other side is broken; the connection is closed.
inline constexpr std::size_t maxMessageBytes = 4 * 1024 * 1024;

// nestd -> keeper

struct StartInstance
{
    std::string id;
    BoxSpec box;
    std::string label;           // nestd's own note, handed back in Hello; the keeper does not read it
    bool isInBackground = false; // yields the processor to all others until Foreground
    bool operator==(const StartInstance &) const = default;
};

struct StartJob
{
    std::string id;
    BoxSpec box;
    int timeoutSeconds = 60;
    bool operator==(const StartJob &) const = default;
};

struct SetLabel
{
    std::string id;
    std::string label;
    bool operator==(const SetLabel &) const = default;
};

/// SIGTERM to the command in the box, SIGKILL to all of it when the time is over.
struct Drain
{
    std::string id;
    int killAfterMs = 0;
    bool operator==(const Drain &) const = default;
};

struct Kill
{
    std::string id;
    bool operator==(const Kill &) const = default;
};

/// Somebody waits for it from now on.
struct Foreground
{
    std::string id;
    bool operator==(const Foreground &) const = default;
};

using Request = std::variant<StartInstance, StartJob, SetLabel, Drain, Kill, Foreground>;

// keeper -> nestd

struct RunningInstance
{
    std::string id;
    std::string socketPath;
    std::string label;
    bool operator==(const RunningInstance &) const = default;
};

struct Hello
{
    Isolation isolation;
    long long keeperPid = 0;
    std::vector<RunningInstance> instances;
    std::vector<std::string> jobs;
    bool operator==(const Hello &) const = default;
};

struct Refused // another nestd is connected; the connection is closed after this
{
    std::string detail;
    bool operator==(const Refused &) const = default;
};

struct Started
{
    std::string id;
    std::string socketPath; // empty for a job
    bool operator==(const Started &) const = default;
};

struct NotStarted
{
    std::string id;
    Error error;
    bool operator==(const NotStarted &) const = default;
};

struct OutputLine
{
    std::string id;
    std::string stream; // "stdout" or "stderr"
    std::string line;   // valid UTF-8, no line end
    long long unixMs = 0;
    bool operator==(const OutputLine &) const = default;
};

struct LinesDropped
{
    std::string id;
    int count = 0; // since the last such event
    bool operator==(const LinesDropped &) const = default;
};

struct Exited
{
    std::string id;
    std::string reason; // a sentence part: "exit code 3", "memory limit of 256 MB"
    int exitCode = 0;   // 128 + signal number when a signal ended it
    bool operator==(const Exited &) const = default;
};

struct Stats
{
    std::string id;
    double memoryMegabytes = 0;
    double cpuMilliseconds = 0; // since the start
    bool operator==(const Stats &) const = default;
};

using Event = std::variant<Hello, Refused, Started, NotStarted, OutputLine, LinesDropped, Exited, Stats>;

/// One line with its line end.
std::string encode(const Request &request);
std::string encode(const Event &event);

/// line without its line end. Never throws, whatever the bytes are.
Result<Request> decodeRequest(std::string_view line);
Result<Event> decodeEvent(std::string_view line);

/// Cuts a stream of bytes into lines.
class MessageReader final
{
public:
    /// False when a message is longer than maxMessageBytes; the reader is of no more use then.
    bool feed(std::string_view bytes);
    /// The next whole line, moved out; false when there is none yet.
    bool next(std::string &line);

private:
    std::string m_bytes;
    std::size_t m_start = 0;
};

} // namespace nest::keeper
