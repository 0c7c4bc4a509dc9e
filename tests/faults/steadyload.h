// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// An open loop of requests against the gateway, each on a connection of its own and each with a number that
// its answer must bring back. A late one is sent late and its time is counted from when it was due, so that
// a stall cannot hide. For the tests of faults and their benchmark.
//
// Threads: its own, blocking; begin() and end() from the test's. Owner: the test.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace nest::faults {

struct LoadSpec
{
    std::uint16_t port = 0;
    std::string function = "hello";
    double rate = 500; // a second
    int waitMilliseconds = 0;
    int workMilliseconds = 0; // of processor time, where the function does such work
    int everyNthIsAPost = 0;  // 0: none
    int threads = 48;
    std::string headers = {}; // "name: value\r\n"
};

struct LoadFigures
{
    long sent = 0;
    long answered = 0;                   // 200 with their own number
    long postsCutOff = 0;                // 502 instance-died, which is what a POST may get
    long failed = 0;                     // anything else
    std::map<std::string, long> reasons; // of those
    double longestGapMilliseconds = 0;   // between two good answers
    double p50Milliseconds = 0, p99Milliseconds = 0, maxMilliseconds = 0;

    [[nodiscard]] std::string text() const;
};

class SteadyLoad final
{
public:
    explicit SteadyLoad(LoadSpec spec) : m_spec(std::move(spec)) {}
    ~SteadyLoad();
    SteadyLoad(const SteadyLoad &) = delete;
    SteadyLoad &operator=(const SteadyLoad &) = delete;

    void begin();
    /// Requests that have ended by now, well or not.
    [[nodiscard]] long ended() const;
    /// No new requests; waits for those under way.
    LoadFigures end();

private:
    using Clock = std::chrono::steady_clock;
    void work();
    void sendOne(long number, Clock::time_point due);

    LoadSpec m_spec;
    Clock::time_point m_start;
    std::atomic<long> m_next = 0;
    std::atomic<bool> m_isOver = false;
    std::vector<std::thread> m_threads;
    mutable std::mutex m_mutex;
    LoadFigures m_figures;
    std::vector<double> m_milliseconds;
    Clock::time_point m_lastGood;
};

/// The value below which `share` of them lie; they are sorted by it.
double quantile(std::vector<double> &values, double share);

} // namespace nest::faults
