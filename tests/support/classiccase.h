// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The case that every scaling page shows, with real instances: 4 reserved, 100 requests a second each, aimed
// at 70 % of that, and a load of 250, then 1,600, then 300 requests a second. Afterwards the simulation is
// asked what it would have done with the load that the platform recorded, and the two curves are compared
// second by second: with instances as they were, which tests the algorithm however busy this machine is, and
// with imitated ones. Waits block, which only tests and benchmarks may do.

#include "tests/support/testplatform.h"

#include <QStringList>

#include <chrono>

namespace nest::testsupport {

struct ClassicTimes
{
    std::chrono::seconds calm{120};
    std::chrono::seconds peak{120};
    std::chrono::seconds after{240};
    int stableWindowSeconds = 60;
    int panicWindowSeconds = 6;
    int scaleDownDelaySeconds = 30;
};

struct ClassicResult
{
    QString problem; // what kept it from being run; empty: it was
    qint64 sent = 0;
    qint64 ok = 0;
    qint64 late = 0; // sent later than planned: this machine was too busy
    double p99Ms = 0;
    int highest = 0;        // instances that were ready at once
    int seconds = 0;        // that were compared
    int carriedOutLate = 0; // seconds in which the recorded wish was still the one before
    /// With the load and the ready instances as recorded: "12 s: 250 req/s, desired 5, simulated 4".
    QStringList differences;
    /// The same where the simulation imitates the starts too, with the median of the cold starts.
    QStringList imitatedDifferences;
    double coldStartMs = 0;
};

ClassicResult runClassicCase(TestPlatform &platform, const ClassicTimes &times);

} // namespace nest::testsupport
