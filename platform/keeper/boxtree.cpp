// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/boxtree.h"

#include "platform/keeper/processtable.h"

#include <signal.h>

#include <set>

namespace nest::keeper {
namespace {

// A fork bomb's processes are stopped faster than they multiply, as each pass stops all that it finds.
constexpr int mostPasses = 200;

} // namespace

void killAllBelow(pid_t root)
{
    std::set<pid_t> stopped;
    bool foundNew = true;
    for (int pass = 0; foundNew && pass < mostPasses; ++pass) {
        foundNew = false;
        for (const auto process : ProcessTable::read().useOf(root).processes) {
            if (process != root && stopped.insert(process).second) {
                ::kill(process, SIGSTOP);
                foundNew = true;
            }
        }
    }
    for (const auto process : stopped) {
        ::kill(process, SIGKILL);
    }
}

} // namespace nest::keeper
