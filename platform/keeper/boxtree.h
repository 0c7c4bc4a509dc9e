// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ends all processes of a box that has no process namespace, in which the kernel would do it.
//
// They are those below one process, wherever they put themselves by setsid: what loses its parent is handed
// to the nearest subreaper above, which that one process is. Whoever calls this must be above all of them.

#include <sys/types.h>
#include <vector>

namespace nest::keeper {

/// All below root, not root itself. First everything is stopped, again and again until nothing new is found,
/// so that nothing is born behind the back of the one who ends them; then everything is killed. What is
/// killed becomes root's to wait for.
void killAllBelow(pid_t root);

/// The same with these themselves. One look at all processes a pass, however many they are.
void killTrees(const std::vector<pid_t> &roots);

} // namespace nest::keeper
