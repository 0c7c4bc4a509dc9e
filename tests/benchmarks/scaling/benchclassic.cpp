// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The classic case with the usual windows: 120 s of 250, 120 s of 1,600 and 240 s of 300 requests a second on
// real instances, held against the simulation of the same load. Prints lines `name value`, then each second
// that differs.
#include "tests/support/classiccase.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    nest::testsupport::TestPlatform platform;
    if (!platform.start()) {
        std::fprintf(stderr, "%s\n", qPrintable(platform.error()));
        return 1;
    }
    const auto result = nest::testsupport::runClassicCase(platform, {});
    if (!result.problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(result.problem));
        return 1;
    }
    std::printf(
        "sent %lld\nok %lld\nlate %lld\np99 %.1f\nhighest %d\nseconds %d\ndiffer %lld\nimitated %lld\n",
        result.sent, result.ok, result.late, result.p99Ms, result.highest, result.seconds,
        static_cast<long long>(result.differences.size()),
        static_cast<long long>(result.imitatedDifferences.size()));
    for (const auto &line : result.differences) {
        std::printf("# %s\n", qPrintable(line));
    }
    for (const auto &line : result.imitatedDifferences) {
        std::printf("# imitated starts of %.0f ms: %s\n", result.coldStartMs, qPrintable(line));
    }
    return 0;
}
