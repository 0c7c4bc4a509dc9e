// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The processes of a platform under test, seen from outside: its keeper, the boxes below it, and what is in
// them. Only what the test has started is found, because the search begins at the keeper of its own folder.

#include <QByteArray>
#include <QString>

#include <sys/types.h>
#include <vector>

namespace nest::faults {

/// The keeper of this runtime folder; -1 when none runs.
pid_t keeperOf(const QString &runtimeDirectory);
/// The outer processes (bwrap), one a box: instances, slots and jobs.
std::vector<pid_t> boxesOf(pid_t keeper);
/// All below, the nearest first.
std::vector<pid_t> descendantsOf(pid_t root);
bool isAlive(pid_t pid);
/// Whether one below it was started with these words among its arguments.
bool runsBelow(pid_t root, const QByteArray &words);
/// All of this machine with the word among their arguments.
std::vector<pid_t> processesWith(const QByteArray &word);
/// Resident memory of a process, in MB.
double memoryOf(pid_t pid);

} // namespace nest::faults
