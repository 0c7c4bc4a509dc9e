// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/restraint.h"

#include "platform/keeper/timeslice.h"

#include <sys/resource.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

namespace nest::keeper {
namespace {

constexpr double nearShare = 0.6;
constexpr std::chrono::duration<double> memoryOfLoad{3}; // how long a burst is remembered
constexpr double greedyCores = 0.5;
constexpr std::chrono::seconds calmAfter{2}; // longer than from one look to the next

/// What a box of so many cores yields: a burst of half a second costs nothing.
int nicenessFor(double cores)
{
    return cores > 1.5 ? 15 : cores > 0.9 ? 10 : cores > 0.5 ? 5 : 0;
}

void makeNice(pid_t process, int niceness)
{
    std::error_code error;
    const auto folder = "/proc/" + std::to_string(process);
    for (auto task = std::filesystem::directory_iterator(folder + "/task", error);
         !error && task != std::filesystem::directory_iterator(); task.increment(error)) {
        const auto id = static_cast<id_t>(std::atoi(task->path().filename().c_str()));
        ::setpriority(PRIO_PROCESS, id, niceness);
    }
}

void giveSlice(const ProcessUse &use, std::chrono::nanoseconds slice)
{
    for (const auto process : use.processes) {
        setSlice(process, slice);
    }
}

} // namespace

std::optional<std::string> Restraint::judge(const ProcessUse &use, std::optional<double> greedyFrom,
                                            Clock::time_point now)
{
    yield(use, greedyFrom, now);
    if (m_kept == Limits::Kernel) {
        return tooManyFiles(use);
    }
    if (auto words = tooMuchMemory(use)) {
        return words;
    }
    // bwrap outside and process 1 are ours. The kernel counts for everybody but root, and threads too.
    if (use.processes.size() > static_cast<std::size_t>(m_limits.processes) + 2) {
        return "more than " + std::to_string(m_limits.processes) + " processes";
    }
    return tooManyFiles(use);
}

bool Restraint::seemsNearItsMemory(pid_t command) const
{
    return residentMegabytes(command) > nearShare * memoryMegabytes();
}

std::optional<std::string> Restraint::tooMuchMemory(const ProcessUse &use) const
{
    if (use.memoryMegabytes <= memoryMegabytes()) {
        return std::nullopt;
    }
    double together = 0; // forked workers share most of their pages: only now is it worth a closer look
    for (const auto process : use.processes) {
        together += proportionalMegabytes(process);
    }
    if (together <= memoryMegabytes()) {
        return std::nullopt;
    }
    return "memory limit of " + std::to_string(m_limits.memoryMegabytes) + " MB (its processes had " +
           std::to_string(std::lround(together)) + " MB together)";
}

std::optional<std::string> Restraint::tooManyFiles(const ProcessUse &use) const
{
    struct statvfs about{};
    if (use.processes.size() < 3) { // still being made
        return std::nullopt;
    }
    const auto folder = "/proc/" + std::to_string(use.processes[1]) + "/root/tmp";
    if (::statvfs(folder.c_str(), &about) != 0 ||
        about.f_files - about.f_ffree <= static_cast<fsfilcnt_t>(m_limits.temporaryFiles)) {
        return std::nullopt;
    }
    return "more than " + std::to_string(m_limits.temporaryFiles) + " files in /tmp";
}

double Restraint::measure(const ProcessUse &use, Clock::time_point now)
{
    if (m_lastLook) {
        const std::chrono::duration<double> passed = now - *m_lastLook;
        m_latestCores =
            std::max(0.0, use.cpuMilliseconds - m_cpuMilliseconds) / 1000.0 / std::max(0.01, passed.count());
        const double share = 1 - std::exp(-passed / memoryOfLoad);
        m_cores += (m_latestCores - m_cores) * share;
    }
    m_lastLook = now;
    m_cpuMilliseconds = use.cpuMilliseconds;
    // One may have something to do at any moment, and be done with it at the next.
    const double ready = std::min<double>(use.runnable - 1, std::thread::hardware_concurrency());
    m_wanted = std::max(m_latestCores, ready);
    return m_wanted;
}

void Restraint::yield(const ProcessUse &use, std::optional<double> greedyFrom, Clock::time_point now)
{
    // One that yields already may get little, and still takes all there is.
    const bool takesMuch = m_latestCores > greedyCores || (isGreedy() && m_wanted > greedyCores);
    if (greedyFrom && takesMuch && m_wanted >= *greedyFrom) {
        m_greedyUntil = now + calmAfter;
        giveSlice(use, greedySlice); // each time: it may have started more
    } else if (m_greedyUntil && now >= *m_greedyUntil) {
        m_greedyUntil.reset();
        giveSlice(use, servingSlice);
    }
    if (m_kept == Limits::Kernel) { // by the group's weight, which may rise again
        m_niceness = std::max(m_leastNiceness, nicenessFor(m_cores));
        return;
    }
    m_niceness = std::max(m_niceness, nicenessFor(m_cores));
    if (m_cores >
        0.5) { // again each time: what it has started since may have begun before its parent yielded
        for (const auto process : use.processes) {
            makeNice(process, m_niceness);
        }
    }
}

} // namespace nest::keeper
