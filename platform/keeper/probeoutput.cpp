// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/probeoutput.h"

#include <poll.h>

#include <array>
#include <cerrno>
#include <chrono>

namespace nest::keeper {
namespace {

constexpr std::chrono::seconds probeLimit{5};

} // namespace

bool readBoth(const BoxProcess &box, std::string &output, std::string &errors)
{
    const auto end = std::chrono::steady_clock::now() + probeLimit;
    std::array<pollfd, 2> waits{pollfd{box.output.get(), POLLIN, 0}, pollfd{box.errors.get(), POLLIN, 0}};
    const std::array<std::string *, 2> texts{&output, &errors};
    while (waits[0].fd >= 0 || waits[1].fd >= 0) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return false;
        }
        if (::poll(waits.data(), waits.size(), static_cast<int>(left.count())) < 0 && errno != EINTR) {
            return false;
        }
        for (std::size_t i = 0; i < waits.size(); ++i) {
            std::array<char, 4096> bytes{};
            const auto got = waits[i].revents != 0 ? ::read(waits[i].fd, bytes.data(), bytes.size()) : -1;
            if (got > 0) {
                texts[i]->append(bytes.data(), static_cast<std::size_t>(got));
            } else if (got == 0) {
                waits[i].fd = -1;
            }
        }
    }
    return true;
}

} // namespace nest::keeper
