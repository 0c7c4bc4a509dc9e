// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The three windows that scaling looks through: an average over one-second buckets, a sliding maximum
// over numbered buckets, and the same maximum by time.
//
// Plain values: copyable, comparable, no clock of their own. The rules are those of the Knative
// autoscaler; tests/scaling holds them as a table.

#include "scaling/policy.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace nest::scaling {

/// Average per bucket over the last `length`. Several records in a bucket add up; a hole between records
/// counts as 0; a hole at the end (data not here yet) shortens the divisor, and so does a window that is
/// younger than its length: right after the first record the average is that record, not a sixtieth of it.
/// A silence of a whole window forgets everything.
class AverageWindow final
{
public:
    explicit AverageWindow(std::chrono::seconds length,
                           std::chrono::seconds granularity = std::chrono::seconds(1));

    /// 0 when there is nothing in the window: ask isEmpty() to tell the two apart.
    [[nodiscard]] double average(TimePoint now) const;
    [[nodiscard]] bool isEmpty(TimePoint now) const;
    /// The length, or less while the records do not reach back so far: the average is of that much.
    [[nodiscard]] std::chrono::seconds seen(TimePoint now) const;
    bool operator==(const AverageWindow &) const = default;

    /// Times may go back by less than the length; older ones are dropped.
    void record(TimePoint time, double value);

private:
    [[nodiscard]] std::int64_t indexOf(TimePoint time) const;
    [[nodiscard]] double &bucket(std::int64_t index);
    [[nodiscard]] const double &bucket(std::int64_t index) const;
    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_buckets.size()); }

    std::chrono::seconds m_granularity;
    std::vector<double> m_buckets;
    std::optional<std::int64_t> m_first; // bucket numbers since the epoch
    std::int64_t m_last = 0;             // meaningful when m_first is
};

/// The pair that every metric needs: the same records seen through a stable and a panic window.
class MetricWindow final
{
public:
    MetricWindow(int stableSeconds, int panicSeconds);

    /// Nothing when no record lies in the stable window: the caller must not take that for "no load".
    [[nodiscard]] std::optional<double> stable(TimePoint now) const;
    [[nodiscard]] std::optional<double> panic(TimePoint now) const;
    bool operator==(const MetricWindow &) const = default;

    void record(TimePoint time, double value);

private:
    AverageWindow m_stable;
    AverageWindow m_panic;
};

/// The largest value recorded in the last `size` buckets, the newest included.
class SlidingMaximum final
{
public:
    explicit SlidingMaximum(std::int64_t size);

    [[nodiscard]] std::optional<int> current() const;
    [[nodiscard]] std::int64_t size() const { return m_size; }
    bool operator==(const SlidingMaximum &) const = default;

    /// An index below the last one is taken as the last one: time does not run backwards here.
    void record(std::int64_t index, int value);
    /// Growing cannot bring back what had already left.
    void resize(std::int64_t size);
    void clear() { m_entries.clear(); }

private:
    struct Entry
    {
        std::int64_t index;
        int value;
        bool operator==(const Entry &) const = default;
    };
    void dropOld(std::int64_t newest);

    std::int64_t m_size;
    std::vector<Entry> m_entries; // indices rise, values fall: the first is the maximum
};

/// SlidingMaximum with buckets of a fixed duration.
class TimeMaximum final
{
public:
    TimeMaximum() : TimeMaximum(std::chrono::seconds(0), std::chrono::seconds(1)) {}
    TimeMaximum(std::chrono::milliseconds length, std::chrono::seconds granularity);

    [[nodiscard]] std::optional<int> current() const { return m_window.current(); }
    bool operator==(const TimeMaximum &) const = default;

    void record(TimePoint time, int value);
    void resize(std::chrono::milliseconds length);
    void clear() { m_window.clear(); }

private:
    std::chrono::seconds m_granularity;
    SlidingMaximum m_window;
};

/// The panic window as a share of the stable one, to the nearest second and at least one.
[[nodiscard]] int panicWindowSeconds(int stableWindowSeconds, double percent);

} // namespace nest::scaling
