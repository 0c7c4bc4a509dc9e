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

void killThese(const std::vector<pid_t> &roots, bool withRoots)
{
    std::set<pid_t> stopped;
    bool foundNew = true;
    for (int pass = 0; foundNew && pass < mostPasses; ++pass) {
        foundNew = false;
        const auto table = ProcessTable::read();
        for (const auto root : roots) {
            for (const auto process : table.useOf(root).processes) {
                if ((withRoots || process != root) && stopped.insert(process).second) {
                    ::kill(process, SIGSTOP);
                    foundNew = true;
                }
            }
        }
    }
    for (const auto process : stopped) {
        ::kill(process, SIGKILL);
    }
}

} // namespace

void killAllBelow(pid_t root)
{
    killThese({root}, false);
}

void killTrees(const std::vector<pid_t> &roots)
{
    if (!roots.empty()) {
        killThese(roots, true);
    }
}

} // namespace nest::keeper
