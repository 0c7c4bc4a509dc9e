// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/child.h"

#include "platform/keeper/boxtree.h"
#include "platform/keeper/processtable.h"

#include <signal.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace nest::keeper {
namespace {

constexpr std::size_t queueBytes = 256 * 1024;
// One read of a job's pipe, all line ends, still fits when the queue was just below queueBytes.
constexpr std::size_t jobQueueBytes = 8 * 1024 * 1024;
constexpr std::size_t rememberedErrorBytes = 4 * 1024;
// A box's processes die a moment after bwrap; their pipes close then.
constexpr std::chrono::milliseconds closeGrace{300};
constexpr std::chrono::milliseconds again{5}; // until a group of processes that are dying can be removed

long long unixMilliseconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// Of a box without a file system of its own: they are counted in its folder.
BoxLimits withoutTemporaryFiles(BoxLimits limits)
{
    limits.temporaryFiles = std::numeric_limits<int>::max();
    return limits;
}

} // namespace

Child::Child(ChildKind kind, std::string id, BoxProcess process, const BoxSpec &box,
             std::optional<BoxGroup> group)
    : m_kind(kind)
    , m_id(std::move(id))
    , m_process(std::move(process))
    , m_lines(kind == ChildKind::Job ? jobQueueBytes : queueBytes)
    , m_limits(box.limits)
    , m_restraint(m_process.fenced ? withoutTemporaryFiles(box.limits) : box.limits, box.niceness,
                  group ? Restraint::Limits::Kernel : Restraint::Limits::Watched)
    , m_group(std::move(group))
{
    m_end.memoryMegabytes = box.limits.memoryMegabytes;
    weigh();
}

std::optional<Clock::time_point> Child::deadline() const
{
    if (m_isReaped && m_group && !m_isLate) {
        return Clock::now() + again;
    }
    const auto next = m_isReaped ? m_closeAt : m_killAt;
    const auto share = m_isReaped ? std::nullopt : m_share.deadline();
    return next && share ? std::min(*next, *share) : next ? next : share;
}

bool Child::isOver() const
{
    return m_isReaped && (!m_group || m_isLate) && !m_process.output.isOpen() && !m_process.errors.isOpen();
}

void Child::setTimeLimit(int seconds)
{
    m_end.timeoutSeconds = seconds;
    m_killAt = Clock::now() + std::chrono::seconds(seconds);
}

void Child::drain(std::chrono::milliseconds killAfter)
{
    const pid_t process = command();
    if (process <= 0) {
        kill(AskedToEnd::Drained); // still being made: it has nothing to finish
        return;
    }
    m_end.asked = AskedToEnd::Drained;
    m_killAt = Clock::now() + killAfter;
    ::kill(process, SIGTERM);
}

void Child::kill(AskedToEnd asked)
{
    if (m_isReaped) {
        return;
    }
    m_end.asked = asked;
    m_killAt.reset();
    if (m_group) {
        m_group->kill(); // all of it at once, whatever it has made of itself
    }
    if (m_process.fenced) {
        killAllBelow(m_process.pid);
    }
    ::kill(m_process.pid, SIGKILL); // process 1 in the box dies with it, and the rest with process 1
}

void Child::setShare(Share share)
{
    if (!m_group) {
        m_share.want(share, Clock::now());
        return;
    }
    m_isInBackground = share == Share::Background;
    weigh();
}

void Child::weigh()
{
    if (m_group) {
        const int least = m_isInBackground ? ProcessorShare::backgroundNiceness : 0;
        const int earned = m_restraint.isGreedy() ? ProcessorShare::greedyNiceness : m_restraint.niceness();
        m_group->setNiceness(std::max(earned, least));
    }
}

ProcessUse Child::use(const ProcessTable &table) const
{
    if (!m_group) {
        return table.useOf(m_process.pid);
    }
    ProcessUse use{.memoryMegabytes = m_group->memoryMegabytes(),
                   .cpuMilliseconds = m_group->cpuMilliseconds(),
                   .processes = {m_process.pid}};
    for (pid_t next = m_process.pid; use.processes.size() < 3;) { // down to the command
        const auto below = childrenOf(next);
        if (below.empty()) {
            break;
        }
        next = below.front();
        use.processes.push_back(next);
    }
    for (const auto process : m_group->folder().processes()) {
        if (!std::ranges::contains(use.processes, process)) {
            use.processes.push_back(process);
        }
    }
    return use;
}

double Child::wantedProcessors(const ProcessUse &use, Clock::time_point now)
{
    return m_isReaped ? 0 : m_restraint.measure(use, now);
}

void Child::look(const ProcessUse &use, std::optional<double> greedyFrom, Clock::time_point now)
{
    if (m_isReaped) {
        return;
    }
    if (auto excess = m_restraint.judge(use, greedyFrom, now)) {
        endForExcess(std::move(*excess));
    } else if (m_process.fenced) {
        lookAtTemporaryFolder();
    }
    if (m_group) {
        weigh();
    } else {
        m_share.setGreedy(m_restraint.isGreedy(), now);
    }
}

void Child::lookAtTemporaryFolder()
{
    const auto use = folderUse(
        m_process.fenced->temporary.path(),
        {.files = m_limits.temporaryFiles, .megabytes = static_cast<double>(m_limits.temporaryMegabytes)});
    if (use.files > m_limits.temporaryFiles) {
        endForExcess("more than " + std::to_string(m_limits.temporaryFiles) + " files in /tmp");
    } else if (use.megabytes > m_limits.temporaryMegabytes) {
        endForExcess("more than " + std::to_string(m_limits.temporaryMegabytes) + " MB in /tmp");
    }
}

pid_t Child::command() const
{
    if (m_isReaped) {
        return -1;
    }
    if (!m_process.fenced) {
        return commandInBox(m_process.pid);
    }
    const auto children = childrenOf(m_process.pid); // the eldest; what it has lost came later
    return children.empty() ? -1 : children.front();
}

void Child::endForExcess(std::string words)
{
    m_end.excess = std::move(words);
    kill(AskedToEnd::Excess);
}

void Child::relayEnded()
{
    m_relay = -1;
    if (!m_isReaped && m_end.asked == AskedToEnd::No) { // it would go on without what it was granted
        endForExcess("the relay of its network ended");
    }
}

bool Child::isNearItsMemory()
{
    if (m_group) { // the kernel looks
        return false;
    }
    if (m_command <= 0) {
        m_command = command();
    }
    if (m_process.fenced && !m_isReaped) {
        return true; // no limit of the kernel stops its processes, nor its files
    }
    return m_command > 0 && !m_isReaped && m_restraint.seemsNearItsMemory(m_command);
}

bool Child::isHeldBack() const
{
    return m_kind == ChildKind::Job && m_lines.bytes() >= queueBytes;
}

void Child::readOutput()
{
    take(m_process.output, m_outputSplitter, "stdout");
}

void Child::readErrors()
{
    take(m_process.errors, m_errorsSplitter, "stderr");
}

void Child::take(FileDescriptor &pipe, LineSplitter &splitter, const char *stream)
{
    std::array<char, 64 * 1024> bytes; // filled by read
    const auto got = pipe.isOpen() ? ::read(pipe.get(), bytes.data(), bytes.size()) : -1;
    if (got < 0 && (!pipe.isOpen() || errno == EAGAIN || errno == EINTR)) {
        return;
    }
    const std::string_view text(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    if (&splitter == &m_errorsSplitter) {
        auto &last = m_end.lastErrors;
        last += text;
        if (last.size() > rememberedErrorBytes) {
            last.erase(0, last.size() - rememberedErrorBytes);
        }
    }
    const auto lines = text.empty() ? splitter.finish() : splitter.feed(text);
    const auto now = unixMilliseconds();
    for (const auto &line : lines) {
        m_lines.push({stream, m_process.fenced ? m_process.fenced->names.toInside(line) : line, now});
    }
    if (text.empty()) {
        pipe.reset();
    }
}

void Child::reaped(int waitStatus)
{
    m_isReaped = true;
    m_end.waitStatus = waitStatus;
    m_closeAt = Clock::now() + closeGrace;
    if (m_group) {
        m_end.outOfMemory = m_group->outOfMemory();
        m_group->kill(); // process 1, if bwrap went before it
    }
    if (m_relay > 0) {
        ::kill(m_relay, SIGKILL); // its connections end with the box
    }
}

void Child::tick(Clock::time_point now)
{
    if (m_isReaped && m_closeAt && now >= *m_closeAt) {
        m_process.output.reset();
        m_process.errors.reset();
        m_isLate = true;
    }
    if (m_isReaped && m_group && m_group->remove()) {
        m_group.reset();
    }
    if (!m_isReaped && m_killAt && now >= *m_killAt) {
        kill(m_end.timeoutSeconds > 0 && m_end.asked == AskedToEnd::No ? AskedToEnd::TimeLimit : m_end.asked);
    }
    if (!m_isReaped && m_share.deadline()) {
        m_share.tick(command(), now);
    }
}

} // namespace nest::keeper
