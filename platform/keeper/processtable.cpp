// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/processtable.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace nest::keeper {
namespace {

struct StatLine
{
    char state = 'X';
    pid_t parent = 0;
    double cpuTicks = 0;
    double residentPages = 0;
};

// proc_pid_stat(5). The name in brackets may hold anything, so reading starts after the last bracket.
std::optional<StatLine> readStat(pid_t pid)
{
    const auto path = "/proc/" + std::to_string(pid) + "/stat";
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return std::nullopt;
    }
    std::array<char, 1024> bytes{};
    const auto got = ::read(file, bytes.data(), bytes.size());
    ::close(file);
    const std::string text(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    const auto bracket = text.rfind(')');
    if (bracket == std::string::npos || bracket + 2 >= text.size()) {
        return std::nullopt;
    }
    StatLine line{.state = text[bracket + 2]};
    const char *at = text.data() + std::min(bracket + 4, text.size()); // ") S "
    const char *const end = text.data() + text.size();
    for (int field = 4; field <= 24; ++field) {
        long long value = 0;
        const auto read = std::from_chars(at, end, value);
        if (read.ec == std::errc::invalid_argument) {
            break;
        }
        at = std::min(read.ptr + 1, end);
        if (field == 4) {
            line.parent = static_cast<pid_t>(value);
        } else if (field >= 14 && field <= 17) { // utime stime cutime cstime
            line.cpuTicks += static_cast<double>(value);
        } else if (field == 24) {
            line.residentPages = static_cast<double>(value);
        }
    }
    return line;
}

std::optional<pid_t> asPid(std::string_view name)
{
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
    return error == std::errc() && end == name.data() + name.size() ? std::optional(pid) : std::nullopt;
}

} // namespace

ProcessTable ProcessTable::read()
{
    const double pageMegabytes = static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
    const double tickMilliseconds = 1000.0 / static_cast<double>(::sysconf(_SC_CLK_TCK));
    ProcessTable table;
    std::error_code error;
    for (auto it = std::filesystem::directory_iterator("/proc", error);
         !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
        const auto pid = asPid(it->path().filename().native());
        const auto line = pid ? readStat(*pid) : std::nullopt;
        if (!line) {
            continue; // no process, or one that has just ended
        }
        auto &entry = table.m_entries[*pid];
        entry.memoryMegabytes = line->residentPages * pageMegabytes;
        entry.cpuMilliseconds = line->cpuTicks * tickMilliseconds;
        entry.isRunnable = line->state == 'R';
        table.m_entries[line->parent].children.push_back(*pid);
    }
    return table;
}

ProcessUse ProcessTable::useOf(pid_t root) const
{
    ProcessUse use;
    std::vector<pid_t> open{root};
    std::set<pid_t> seen; // the table was read while processes came and went
    while (!open.empty()) {
        const auto pid = open.back();
        open.pop_back();
        const auto found = m_entries.find(pid);
        if (found == m_entries.end() || !seen.insert(pid).second) {
            continue;
        }
        use.memoryMegabytes += found->second.memoryMegabytes;
        use.cpuMilliseconds += found->second.cpuMilliseconds;
        use.runnable += found->second.isRunnable ? 1 : 0;
        use.processes.push_back(pid);
        open.insert(open.end(), found->second.children.begin(), found->second.children.end());
    }
    return use;
}

double residentMegabytes(pid_t pid)
{
    std::ifstream sizes("/proc/" + std::to_string(pid) + "/statm");
    double all = 0;
    double resident = 0;
    sizes >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

double proportionalMegabytes(pid_t pid)
{
    std::ifstream rollup("/proc/" + std::to_string(pid) + "/smaps_rollup");
    std::string word;
    double kilobytes = 0;
    while (rollup >> word) {
        if (word == "Pss:") {
            rollup >> kilobytes;
            break;
        }
    }
    return kilobytes / 1024.0;
}

std::optional<pid_t> parentOf(pid_t pid)
{
    const auto line = readStat(pid);
    return line && line->state != 'Z' && line->state != 'X' ? std::optional(line->parent) : std::nullopt;
}

std::vector<pid_t> childrenOf(pid_t parent)
{
    const auto number = std::to_string(parent);
    std::ifstream list("/proc/" + number + "/task/" + number + "/children");
    std::vector<pid_t> children;
    for (pid_t child = 0; list >> child;) {
        children.push_back(child);
    }
    return children;
}

pid_t commandInBox(pid_t bwrap)
{
    const auto first = childrenOf(bwrap);
    const auto second = first.empty() ? first : childrenOf(first.front());
    return second.empty() ? -1 : second.front();
}

} // namespace nest::keeper
