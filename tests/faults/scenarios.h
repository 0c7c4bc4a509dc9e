// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What goes wrong while requests come in, as stories that a test tells in seconds and the benchmark tells for
// half a minute: the same code, the same promises.
//
// Each takes a platform that runs, deploys what it needs under its own name and returns what the clients saw.
// Thread: the test's; each has threads of its own that end before it returns.

#include "tests/faults/steadyload.h"
#include "tests/support/testplatform.h"

#include <chrono>

namespace nest::faults {

struct StoryFigures
{
    LoadFigures load;
    int events = 0;                        // kills, changes or restarts
    QString problem;                       // why the story could not be told; empty: it was
    int instancesLost = 0;                 // of a restart: those that were not taken over
    std::vector<double> milliseconds = {}; // of each event
};

/// A random box dies by SIGKILL every 200 ms: sometimes its outer process, sometimes the function itself.
StoryFigures killStorm(testsupport::TestPlatform &platform, std::chrono::milliseconds duration, double rate);
/// Version 1 to version 2 and back, each at once, every second.
StoryFigures rollouts(testsupport::TestPlatform &platform, std::chrono::milliseconds duration, double rate);
/// Four reserved instances, then one, then four again.
StoryFigures scaleIns(testsupport::TestPlatform &platform, std::chrono::milliseconds duration, double rate);
enum class Ending { Asked, Killed };
/// nestd ends and is started again, as often as fits.
StoryFigures restarts(testsupport::TestPlatform &platform, std::chrono::milliseconds duration, double rate,
                      Ending ending);

} // namespace nest::faults
