// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/boxgroups.h"

#include "platform/keeper/processtable.h"

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace nest::keeper {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view folderPrefix = "nest-boxes-";
constexpr std::string_view platformLeaf = "platform";
constexpr auto clearLimit = 1s; // SIGKILL takes milliseconds; what hangs in the kernel is not waited for
constexpr long long megabyte = 1024LL * 1024;
constexpr double weightOfNicenessZero = 100; // the kernel's own default
constexpr double weightStep = 1.25; // sched(7): each step of niceness is about a tenth of a processor
// bwrap outside and process 1 inside are ours.
constexpr int ownProcesses = 2;

constexpr const char *busyType = "keeper/groups-busy"; // somebody else is in it: may be over in a moment
constexpr int busyTries = 20;
constexpr auto busyPause = 10ms;

std::unexpected<Error> groupFailure(const std::string &what, int error)
{
    return failure(error == EBUSY ? busyType : "keeper/groups", what + ": " + std::strerror(error) + ".");
}

std::string programFolder(const std::string &process)
{
    std::error_code error;
    return std::filesystem::read_symlink("/proc/" + process + "/exe", error).parent_path().string();
}

/// nestd, a keeper, or this process itself.
bool isPlatform(pid_t process)
{
    static const auto own = programFolder("self");
    if (process == ::getpid()) {
        return true;
    }
    std::string name;
    std::ifstream("/proc/" + std::to_string(process) + "/comm") >> name;
    return (name == "nestd" || name == "nest-keeper") && !own.empty() &&
           programFolder(std::to_string(process)) == own;
}

/// What the platform has just started, too, and what has just ended: nestd asks programs for their versions
/// and starts us by way of a process in between.
bool isOurs(pid_t process)
{
    if (isPlatform(process)) {
        return true;
    }
    const auto parent = parentOf(process);
    return !parent || isPlatform(*parent);
}

bool isOursAlone(const ControlGroup &group)
{
    return std::ranges::all_of(group.processes(), isOurs);
}

/// The root of all groups, the only one that may have processes beside groups with limits.
bool isRoot(const ControlGroup &group)
{
    return group.read("cgroup.events").empty();
}

bool isMarkedAsDelegated(const ControlGroup &group)
{
    for (const char *name : {"trusted.delegate", "user.delegate"}) {
        char mark = 0;
        if (::getxattr(group.path().c_str(), name, &mark, 1) == 1 && mark == '1') {
            return true;
        }
    }
    return false;
}

bool offers(const ControlGroup &group, const std::vector<std::string> &controllers)
{
    const auto offered = " " + group.read("cgroup.controllers");
    return std::ranges::all_of(controllers, [&offered](const std::string &name) {
        return offered.find(" " + name + " ") != std::string::npos ||
               offered.find(" " + name + "\n") != std::string::npos;
    });
}

int enable(const ControlGroup &group, const std::vector<std::string> &controllers)
{
    std::string words;
    for (const auto &name : controllers) {
        words += (words.empty() ? "+" : " +") + name;
    }
    return words.empty() ? 0 : group.write("cgroup.subtree_control", words);
}

/// nestd and the keeper into a leaf of it, because a group with limits below it may have no process.
int moveIntoLeaf(const ControlGroup &home)
{
    if (!isOursAlone(home)) {
        return EBUSY;
    }
    const auto leaf = home.child(platformLeaf);
    if (const int error = leaf.make(); error != 0 && error != EEXIST) {
        return error;
    }
    for (const auto process : home.processes()) {
        const int error = leaf.write("cgroup.procs", std::to_string(process));
        if (error != 0 && error != ESRCH) { // it has ended meanwhile
            return error;
        }
    }
    return 0;
}

/// Folders that may be arranged, the best first.
std::vector<ControlGroup> homesAround(const ControlGroup &own)
{
    const auto around = own.parent();
    if (std::filesystem::exists("/run/systemd/system")) { // sd_booted(3)
        std::vector<ControlGroup> marked;
        std::ranges::copy_if(std::array{own, around}, std::back_inserter(marked), isMarkedAsDelegated);
        return marked;
    }
    return {own.name() == platformLeaf ? around : own};
}

std::string recordIn(const std::string &runtimeDirectory)
{
    return runtimeDirectory + "/control-group";
}

} // namespace

const std::vector<std::string> BoxGroups::controllers{"memory", "pids", "cpu"};

long long BoxGroup::memoryBytes(const BoxLimits &limits)
{
    return (2LL * limits.memoryMegabytes + limits.temporaryMegabytes) * megabyte;
}

Result<> BoxGroup::limit(const BoxLimits &limits) const
{
    const std::array<std::pair<const char *, std::string>, 4> values{
        {{"memory.max", std::to_string(memoryBytes(limits))},
         {"memory.swap.max", "0"},
         {"memory.oom.group", "1"},
         {"pids.max", std::to_string(limits.processes + ownProcesses)}}};
    for (const auto &[file, value] : values) {
        const int error = m_group.write(file, value);
        const bool hasNoSwap = error == ENOENT && std::string_view(file) == "memory.swap.max";
        if (error != 0 && !hasNoSwap) {
            return groupFailure("The limit " + std::string(file) + " could not be set", error);
        }
    }
    return {};
}

void BoxGroup::setNiceness(int niceness)
{
    if (niceness == m_niceness) {
        return;
    }
    m_niceness = niceness;
    const auto weight = std::lround(weightOfNicenessZero / std::pow(weightStep, niceness));
    [[maybe_unused]] const int error = // without its weight it shares equally
        m_group.write("cpu.weight", std::to_string(std::clamp(weight, 1L, 10'000L)));
}

double BoxGroup::memoryMegabytes() const
{
    // Files that were read and that nobody uses now are given back as soon as somebody needs the room.
    const auto all = m_group.number("memory.current").value_or(0);
    const auto idle = m_group.number("memory.stat", "inactive_file").value_or(0);
    return static_cast<double>(std::max(0LL, all - idle)) / static_cast<double>(megabyte);
}

double BoxGroup::cpuMilliseconds() const
{
    return static_cast<double>(m_group.number("cpu.stat", "usage_usec").value_or(0)) / 1000;
}

OutOfMemory BoxGroup::outOfMemory() const
{
    if (m_group.number("memory.events", "oom_kill").value_or(0) == 0) {
        return OutOfMemory::No;
    }
    // "oom" counts this group's own limit alone, not one around it.
    return m_group.number("memory.events", "oom").value_or(0) > 0 ? OutOfMemory::OwnLimit
                                                                  : OutOfMemory::Machine;
}

Result<BoxGroups> BoxGroups::find(const std::string &runtimeDirectory)
{
    const auto own = ownControlGroup();
    if (!own) {
        return failure("keeper/groups",
                       "There is no cgroup2 file system here, or it shows no group of ours.");
    }
    // What nestd starts while it starts us, asking a program for its version, say, is in its group for a
    // moment.
    for (int tries = 1;; ++tries) {
        auto groups = findAround(*own, runtimeDirectory);
        if (groups || groups.error().type != busyType || tries == busyTries) {
            return groups;
        }
        std::this_thread::sleep_for(busyPause);
    }
}

Result<BoxGroups> BoxGroups::findAround(const ControlGroup &own, const std::string &runtimeDirectory)
{
    auto reason = failure("keeper/groups", "systemd has not delegated '" + own.path() + "'.");
    for (const auto &home : homesAround(own)) {
        if (!offers(home, controllers)) { // before anything is moved
            reason =
                failure("keeper/groups", "'" + home.path() + "' lacks a controller of memory, pids and cpu.");
            continue;
        }
        if (!isRoot(home) && !isMarkedAsDelegated(home) && !isOursAlone(home)) {
            reason = groupFailure("Others are in '" + home.path() + "'", EBUSY);
            continue;
        }
        auto groups = in(home, runtimeDirectory, controllers);
        if (groups) {
            return groups;
        }
        reason = std::unexpected(groups.error());
    }
    return reason;
}

Result<BoxGroups> BoxGroups::in(const ControlGroup &home, const std::string &runtimeDirectory,
                                const std::vector<std::string> &wanted)
{
    if (!home.exists()) {
        return failure("keeper/groups", "'" + home.path() + "' is no control group.");
    }
    int error = enable(home, wanted);
    if (error == EBUSY) {
        error = moveIntoLeaf(home);
        error = error == 0 ? enable(home, wanted) : error;
    }
    if (error != 0) {
        return groupFailure("The control group '" + home.path() + "' cannot be divided", error);
    }
    BoxGroups groups(home.child(std::string(folderPrefix) + std::to_string(::getpid())),
                     recordIn(runtimeDirectory), wanted);
    std::ofstream record(groups.m_record, std::ios::trunc); // before the folder: it may be left at any time
    record << groups.m_folder.path() << std::flush;
    error = groups.makeFolder();
    if (error != 0 || !record) {
        groups.clear();
        return groupFailure("The control group '" + groups.m_folder.path() + "' could not be made",
                            error != 0 ? error : EIO);
    }
    return groups;
}

int BoxGroups::makeFolder() const
{
    const int error = m_folder.make();
    return error != 0 && error != EEXIST ? error : enable(m_folder, m_controllers);
}

void BoxGroups::clearLeftovers(const std::string &runtimeDirectory)
{
    std::string path;
    std::getline(std::ifstream(recordIn(runtimeDirectory)), path);
    const ControlGroup left(path);
    if (left.name().starts_with(folderPrefix) && left.exists()) {
        left.clear(clearLimit);
    }
    std::error_code ignored;
    std::filesystem::remove(recordIn(runtimeDirectory), ignored);
}

Result<BoxGroup> BoxGroups::make(const std::string &id, const BoxLimits &limits) const
{
    BoxGroup group(m_folder.child(id));
    int error = group.folder().make();
    if (error == ENOENT) { // systemd removes empty groups of a unit that it restarts
        error = makeFolder();
        error = error == 0 ? group.folder().make() : error;
    } else if (error == EEXIST && group.folder().clear(clearLimit)) {
        error = group.folder().make();
    }
    if (error != 0) {
        return groupFailure("No control group could be made for the box", error);
    }
    auto limited = m_controllers.empty() ? Result<>() : group.limit(limits);
    if (!limited) {
        [[maybe_unused]] const bool isGone = group.remove();
        return std::unexpected(limited.error());
    }
    return group;
}

void BoxGroups::clear() const
{
    if (!m_folder.exists() || m_folder.clear(clearLimit)) {
        std::error_code ignored;
        std::filesystem::remove(m_record, ignored);
    }
}

} // namespace nest::keeper
