// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the long stories of faults and prints one line a figure: KEY VALUE. What should not be goes to
// standard error and makes it end with 1. Usage: benchfaults SECONDS KILLS

#include "tests/faults/crashstory.h"
#include "tests/faults/scenarios.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

using namespace nest::faults;
using nest::testsupport::TestPlatform;
using namespace Qt::StringLiterals;

namespace {

bool s_isFine = true;

void row(const char *story, const char *figure, double value)
{
    std::printf("%s.%s %.3f\n", story, figure, value);
    std::fflush(stdout);
}

void complain(const char *story, const std::string &what)
{
    std::fprintf(stderr, "%s: %s\n", story, what.c_str());
    s_isFine = false;
}

void show(const char *story, StoryFigures figures, long mayFail)
{
    if (!figures.problem.isEmpty()) {
        complain(story, figures.problem.toStdString());
        return;
    }
    const auto &load = figures.load;
    row(story, "events", figures.events);
    row(story, "sent", double(load.sent));
    row(story, "failed", double(load.failed));
    row(story, "cutOff", double(load.postsCutOff));
    row(story, "good", double(load.answered) / double(std::max(1L, load.sent)));
    row(story, "p50", load.p50Milliseconds);
    row(story, "p99", load.p99Milliseconds);
    row(story, "gap", load.longestGapMilliseconds);
    row(story, "lost", figures.instancesLost);
    if (!figures.milliseconds.empty()) {
        row(story, "event50", quantile(figures.milliseconds, 0.5));
    }
    if (load.failed > mayFail || figures.instancesLost > 0) {
        complain(story, load.text());
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 3) {
        std::fputs("usage: benchfaults SECONDS KILLS\n", stderr);
        return 2;
    }
    const std::chrono::seconds duration(std::atoi(argv[1]));
    constexpr double rate = 500;
    {
        TestPlatform platform;
        if (!platform.start()) {
            complain("start", platform.error().toStdString());
            return 1;
        }
        show("storm", killStorm(platform, duration, rate), 0);
        show("rollout", rollouts(platform, duration, rate), 0);
        show("shrink", scaleIns(platform, duration, rate), 0);
        show("restart", restarts(platform, duration, rate, Ending::Asked), 0);
        auto killed = restarts(platform, duration, rate, Ending::Killed);
        const long inItsHands = 60L * killed.events; // connections that the killed process had accepted
        show("kill", std::move(killed), inItsHands);
    }
    TestPlatform platform;
    if (!platform.start({u"--pool-idle"_s, u"0"_s})) {
        complain("start", platform.error().toStdString());
        return 1;
    }
    CrashStory story(platform, std::random_device{}());
    auto figures = story.tell(std::atoi(argv[2]));
    row("crash", "kills", figures.kills);
    row("crash", "acknowledged", double(figures.acknowledged));
    row("crash", "builds", figures.builds);
    row("crash", "versions", figures.versions);
    row("crash", "faults", double(figures.faults.size()));
    row("crash", "ready50", quantile(figures.readyMilliseconds, 0.5));
    row("crash", "ready99", quantile(figures.readyMilliseconds, 0.99));
    if (!figures.problem.isEmpty()) {
        complain("crash", figures.problem.toStdString());
    }
    for (const auto &fault : figures.faults) {
        complain("crash", fault);
    }
    return s_isFine ? 0 : 1;
}
