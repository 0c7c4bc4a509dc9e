// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The two processes of a fenced box, after the fork: ours, which watches over it, and the command.
// For fence.cpp alone.

#include "platform/keeper/box.h"
#include "platform/keeper/filedescriptor.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace nest::keeper {

enum class Connects : unsigned char { Nowhere, ToBinds, Freely };

struct FencedProcess
{
    BoxSpec box; // in paths of the host, with the whole environment
    std::string temporaryFolder;
    std::vector<std::string> programs; // of system calls
    FileDescriptor rules;              // of Landlock; closed: none
    FileDescriptor output;
    FileDescriptor errors;
    FileDescriptor report; // closes when the command runs, else says what failed
    int listener = -1;
    Connects connects = Connects::Nowhere;
    pid_t keeper = -1;
};

enum class Step : int { Fork, Descriptors, Limits, Folder, Privileges, Landlock, Seccomp, Command };

struct StepFailure
{
    Step step = Step::Fork;
    int error = 0;
};

/// "The rules for files could not be put on": the command's name follows.
std::string wordsOf(Step step);

/// In the child of the keeper. Ends with the command, all that it started, and the temporary folder.
[[noreturn]] void watchOver(FencedProcess process);

} // namespace nest::keeper
