// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/processorshare.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

namespace nest::keeper {
namespace {

constexpr std::chrono::milliseconds again{10};
constexpr std::chrono::seconds patience{3};

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
    m_next = now;
    m_until = now + patience;
}

void ProcessorShare::tick(pid_t command, int niceness, Clock::time_point now)
{
    if (!m_next || now < *m_next) {
        return;
    }
    const int wanted = std::max(niceness, m_share == Share::Background ? backgroundNiceness : 0);
    const auto present = command > 0 ? groupNiceness(command) : std::nullopt;
    if (present && *present != wanted) {
        std::ofstream(groupFile(std::to_string(command))) << wanted;
    }
    // One that is in the foreground before its session is there has nothing to take back.
    const bool isDone = present == wanted || now >= m_until;
    m_next = isDone ? std::nullopt : std::optional(now + again);
}

} // namespace nest::keeper
