// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/processorshare.h"

#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

namespace nest::keeper {
namespace {

constexpr std::chrono::milliseconds again{10};
constexpr std::chrono::seconds patience{3};
constexpr double spareShare = 0.1;

std::string groupFile(std::string_view process)
{
    return "/proc/" + std::string(process) + "/autogroup";
}

/// "/autogroup-123 nice 0"
std::string lineOf(std::string_view process)
{
    std::string line;
    std::ifstream file(groupFile(process));
    std::getline(file, line);
    return line;
}

} // namespace

std::optional<int> groupNiceness(pid_t process)
{
    const auto line = lineOf(std::to_string(process));
    const auto space = line.find(' ');
    const auto own = lineOf("self");
    if (space == std::string::npos || own.substr(0, own.find(' ')) == line.substr(0, space)) {
        return std::nullopt;
    }
    const auto number = line.rfind(' ') + 1;
    int niceness = 0;
    const auto read = std::from_chars(line.data() + number, line.data() + line.size(), niceness);
    return read.ec == std::errc() ? std::optional(niceness) : std::nullopt;
}

void ProcessorShare::want(Share share, Clock::time_point now)
{
    m_share = share;
    tryFor(now);
}

void ProcessorShare::setGreedy(bool isGreedy, Clock::time_point now)
{
    if (isGreedy != m_isGreedy) {
        m_isGreedy = isGreedy;
        tryFor(now);
    }
}

void ProcessorShare::tryFor(Clock::time_point now)
{
    m_next = now;
    m_until = now + patience;
}

int ProcessorShare::wanted() const
{
    return m_isGreedy ? greedyNiceness : m_share == Share::Background ? backgroundNiceness : 0;
}

void ProcessorShare::tick(pid_t command, Clock::time_point now)
{
    if (!m_next || now < *m_next) {
        return;
    }
    const auto present = command > 0 ? groupNiceness(command) : std::nullopt;
    if (present && *present != wanted()) {
        std::ofstream(groupFile(std::to_string(command))) << wanted();
    }
    // One that is in the foreground before its session is there has nothing to take back.
    const bool isDone = present == wanted() || now >= m_until;
    m_next = isDone ? std::nullopt : std::optional(now + again);
}

bool SpareProcessors::areNone()
{
    std::ifstream file("/proc/stat");
    std::string word;
    file >> word;
    // user nice system idle iowait irq softirq steal (proc_stat(5)); what guests used is in user already
    std::array<double, 8> ticks{};
    double all = 0;
    for (auto &value : ticks) {
        file >> value;
        all += value;
    }
    const double idle = ticks[3] + ticks[4];
    const bool areNone = m_all > 0 && all > m_all && idle - m_idle < spareShare * (all - m_all);
    m_idle = idle;
    m_all = all;
    return areNone;
}

} // namespace nest::keeper
