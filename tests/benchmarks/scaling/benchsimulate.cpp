// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How long scaling::simulate takes for a day of seconds on one core. Prints lines `name milliseconds`, the
// median of the runs.
#include "scaling/simulate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace nest::scaling;

constexpr std::size_t day = 24 * 3600;

/// A day as functions see it: a night, a rise, a wave at noon, and noise on top.
Samples dayOfLoad()
{
    Samples samples;
    samples.start = TimePoint(std::chrono::days(20'500));
    unsigned state = 1;
    for (std::size_t i = 0; i < day; ++i) {
        state = state * 1'103'515'245U + 12'345U;
        const double noise = double(state >> 16U & 0xFFU) / 255.0;
        const double wave = 0.5 - 0.5 * std::cos(double(i) / double(day) * 2 * 3.141592653589793);
        const double peak = i % 3'600 < 120 ? 2.5 : 1.0;
        samples.requestsPerSecond.push_back(1'600 * wave * peak * (0.8 + 0.4 * noise));
        samples.concurrency.push_back(samples.requestsPerSecond.back() * 0.05);
        samples.cpu.push_back(samples.requestsPerSecond.back() * 0.9);
    }
    return samples;
}

double medianMs(const Policy &policy, const Samples &samples, int runs)
{
    std::vector<double> times;
    double checked = 0;
    for (int run = 0; run < runs; ++run) {
        const auto began = std::chrono::steady_clock::now();
        checked += simulate(policy, samples, {}).instanceHours;
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
    std::ranges::sort(times);
    return checked > 0 ? times[times.size() / 2] : -1;
}

} // namespace

int main(int argc, char *argv[])
{
    const int runs = argc > 1 ? std::atoi(argv[1]) : 15;
    const auto samples = dayOfLoad();
    Policy policy;
    policy.reserved = 4;
    policy.maximum = 100;
    std::printf("plain %.2f\n", medianMs(policy, samples, runs));
    policy.metrics = {{Metric::Concurrency, 10, 0.7}, {Metric::Cpu, 80, 0.7}};
    std::printf("metrics %.2f\n", medianMs(policy, samples, runs));
    policy.behaviour.scaleUp =
        Direction{.policies = {{RateRule::Type::Instances, 8, 4}, {RateRule::Type::Percent, 100, 15}}};
    policy.behaviour.scaleDown =
        Direction{.policies = {{RateRule::Type::Percent, 10, 60}}, .stabilisationWindowSeconds = 300};
    std::printf("behaviour %.2f\n", medianMs(policy, samples, runs));
    policy.metrics.clear();
    policy.behaviour = {};
    std::vector<FloorRule> rules;
    for (int i = 0; i < 20; ++i) {
        rules.push_back({.name = "rule-" + std::to_string(i),
                         .cron = Cron::parse("*/15 " + std::to_string(i) + " * * mon-fri").value(),
                         .length = std::chrono::minutes(90 + i),
                         .start = {},
                         .end = {},
                         .floor = 5 + i,
                         .zone = std::chrono::locate_zone("Europe/Berlin")});
    }
    policy.floors = std::move(rules);
    std::printf("rules %.2f\n", medianMs(policy, samples, runs));
    policy.floors = {};
    policy.maximum = 2; // far too few all day: the queue only grows
    std::printf("overloaded %.2f\n", medianMs(policy, samples, runs));
    return 0;
}
