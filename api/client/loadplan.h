// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a load run shall do, and what it saw: plain values shared by the generator, the console and the
// command line.

#include "api/wire/result.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nest::client {

/// Ramp: from 0 to the rate over the ramp's time, steady after it. Steps: a quarter of the duration each at
/// 25, 50, 75 and 100 %.
enum class LoadShape { Steady, Ramp, Steps };

struct LoadPlan
{
    std::string url; // "http://127.0.0.1:7070/fn/hello/"
    std::string method = "GET";
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {}; // nest-lane …
    double requestsPerSecond = 10;
    LoadShape shape = LoadShape::Steady;
    std::chrono::seconds duration{60};
    std::chrono::seconds rampTime{0}; // of a ramp; 0, or longer than the duration: the whole of it
    bool countsInstances = false; // asks the gateway who answered; the thread then looks at each header name
    int connections = 256;        // at most so many requests are in flight; more are sent late
    std::chrono::milliseconds timeout{30'000}; // of one request
    bool allowsRemote = false;                 // targets beyond this machine
};

struct LatencyFigures // milliseconds; absent without an answer
{
    std::optional<double> p50;
    std::optional<double> p95;
    std::optional<double> p99;
    bool operator==(const LatencyFigures &) const = default;
};

/// Answers that took from `fromMs` to under `toMs`. Bins are a factor of 1.4 wide and lie side by side.
struct LatencyBin
{
    double fromMs = 0;
    double toMs = 0;
    std::int64_t warm = 0;
    std::int64_t cold = 0;
    bool operator==(const LatencyBin &) const = default;
};

/// What one instance answered.
struct LoadInstance
{
    std::string id;
    std::int64_t answered = 0;
    std::int64_t cold = 0; // waited for this instance to start
    LatencyFigures latency;
    std::chrono::milliseconds firstAt{0}; // its first answer, since the start of the run
    bool operator==(const LoadInstance &) const = default;
};

struct LoadReport
{
    std::chrono::milliseconds elapsed{0};
    std::int64_t sent = 0;
    std::int64_t late = 0; // sent more than lateAfter behind their time
    std::int64_t ok = 0;   // 2xx and 3xx
    std::int64_t failed = 0;
    std::map<int, std::int64_t> byStatus; // 0: no answer
    int inFlight = 0;
    double wantedPerSecond = 0; // now
    double sentPerSecond = 0;   // in the last second
    LatencyFigures total;
    LatencyFigures lastSecond;
    std::vector<LatencyBin> bins;        // from the fastest answer to the slowest; empty without one
    std::int64_t cold = 0;               // answers that waited for a start; only with countsInstances
    LatencyFigures coldLatency;          // of these alone
    std::vector<LoadInstance> instances; // by first answer; only with countsInstances
    bool isFinished = false;
};

inline constexpr double maxLoadPerSecond = 20'000; // above it this program, not the platform, is measured
inline constexpr std::chrono::hours maxLoadDuration{1};
inline constexpr std::chrono::milliseconds lateAfter{10};
inline constexpr std::size_t maxLoadInstances = 512; // further ones are counted in the sums alone

struct LoadTarget
{
    std::string host; // for the Host header, with port
    std::string address;
    int port = 80;
    std::string path;
};

/// Errors: `client/bad-plan` with the field, `client/remote-target`.
Result<LoadTarget> checkPlan(const LoadPlan &plan);

/// When the request number `index` (from 0) is due, in seconds from the start.
double dueSeconds(const LoadPlan &plan, std::int64_t index);
/// The rate wanted at that time.
double wantedAt(const LoadPlan &plan, double seconds);
/// How many requests the whole plan has.
std::int64_t plannedRequests(const LoadPlan &plan);

} // namespace nest::client
