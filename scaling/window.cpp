// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling/window.h"

#include <algorithm>
#include <cmath>

namespace nest::scaling {

namespace {

// Averages are cut to six digits so that the sum of many small records does not want one instance
// more because of its last bit.
double cut(double value)
{
    return std::floor(value * 1e6) / 1e6;
}

std::int64_t bucketNumber(TimePoint time, std::chrono::seconds granularity)
{
    const std::int64_t second = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const std::int64_t width = granularity.count();
    return second / width - (second % width < 0 ? 1 : 0); // rounded down before 1970 too
}

std::int64_t bucketsFor(std::chrono::milliseconds length, std::chrono::seconds granularity)
{
    const std::chrono::milliseconds bucket = granularity;
    return std::max<std::int64_t>(1, (length + bucket - std::chrono::milliseconds(1)) / bucket);
}

} // namespace

AverageWindow::AverageWindow(std::chrono::seconds length, std::chrono::seconds granularity)
    : m_granularity(granularity), m_buckets(static_cast<std::size_t>(bucketsFor(length, granularity)), 0.0)
{}

std::int64_t AverageWindow::indexOf(TimePoint time) const
{
    return bucketNumber(time, m_granularity);
}

double &AverageWindow::bucket(std::int64_t index)
{
    return m_buckets[static_cast<std::size_t>((index % size() + size()) % size())];
}

const double &AverageWindow::bucket(std::int64_t index) const
{
    return m_buckets[static_cast<std::size_t>((index % size() + size()) % size())];
}

bool AverageWindow::isEmpty(TimePoint now) const
{
    return !m_first || indexOf(now) - m_last > size();
}

std::chrono::seconds AverageWindow::seen(TimePoint now) const
{
    return isEmpty(now) ? std::chrono::seconds(0) : std::min(m_last - *m_first + 1, size()) * m_granularity;
}

double AverageWindow::average(TimePoint now) const
{
    if (!m_first) {
        return 0;
    }
    const std::int64_t late = std::max<std::int64_t>(0, indexOf(now) - m_last);
    if (late >= size()) {
        return 0;
    }
    // Oldest first, in the two pieces in which they lie: a division for each bucket would be the dearest part
    // of an evaluation.
    double sum = 0;
    const auto count = size() - late;
    const auto *const oldest = &bucket(m_last - count + 1);
    const auto *const end = m_buckets.data() + size();
    const auto inFirst = std::min<std::int64_t>(count, end - oldest);
    for (const auto *value = oldest; value != oldest + inFirst; ++value) {
        sum += *value;
    }
    for (std::int64_t i = 0; i < count - inFirst; ++i) {
        sum += m_buckets[static_cast<std::size_t>(i)];
    }
    return cut(sum / static_cast<double>(std::min(m_last - *m_first + 1, size() - late)));
}

void AverageWindow::record(TimePoint time, double value)
{
    const std::int64_t index = indexOf(time);
    if (!m_first || index - m_last >= size()) {
        std::ranges::fill(m_buckets, 0.0);
        m_first = index;
        m_last = index;
    } else if (index <= m_last - size()) {
        return;
    }
    for (; m_last < index; ++m_last) {
        bucket(m_last + 1) = 0;
    }
    m_first = std::min(*m_first, index);
    bucket(index) += value;
}

MetricWindow::MetricWindow(int stableSeconds, int panicSeconds)
    : m_stable(std::chrono::seconds(stableSeconds)), m_panic(std::chrono::seconds(panicSeconds))
{}

std::optional<double> MetricWindow::stable(TimePoint now) const
{
    return m_stable.isEmpty(now) ? std::nullopt : std::optional(m_stable.average(now));
}

std::optional<double> MetricWindow::panic(TimePoint now) const
{
    // Silence in the short window while the long one has data is a load of 0, not missing data.
    return m_stable.isEmpty(now) ? std::nullopt : std::optional(m_panic.average(now));
}

void MetricWindow::record(TimePoint time, double value)
{
    m_stable.record(time, value);
    m_panic.record(time, value);
}

SlidingMaximum::SlidingMaximum(std::int64_t size) : m_size(std::max<std::int64_t>(1, size)) {}

std::optional<int> SlidingMaximum::current() const
{
    return m_entries.empty() ? std::nullopt : std::optional(m_entries.front().value);
}

void SlidingMaximum::record(std::int64_t index, int value)
{
    if (!m_entries.empty()) {
        index = std::max(index, m_entries.back().index);
    }
    // What is smaller and older can never be the maximum again.
    while (!m_entries.empty() && m_entries.back().value <= value) {
        m_entries.pop_back();
    }
    dropOld(index);
    if (m_entries.empty() || m_entries.back().index != index) {
        m_entries.push_back({index, value});
    }
}

void SlidingMaximum::resize(std::int64_t size)
{
    m_size = std::max<std::int64_t>(1, size);
    if (!m_entries.empty()) {
        dropOld(m_entries.back().index);
    }
}

void SlidingMaximum::dropOld(std::int64_t newest)
{
    std::erase_if(m_entries, [&](const Entry &entry) { return newest - entry.index >= m_size; });
}

TimeMaximum::TimeMaximum(std::chrono::milliseconds length, std::chrono::seconds granularity)
    : m_granularity(granularity), m_window(bucketsFor(length, granularity))
{}

void TimeMaximum::record(TimePoint time, int value)
{
    m_window.record(bucketNumber(time, m_granularity), value);
}

void TimeMaximum::resize(std::chrono::milliseconds length)
{
    m_window.resize(bucketsFor(length, m_granularity));
}

int panicWindowSeconds(int stableWindowSeconds, double percent)
{
    return std::max(1, static_cast<int>(std::lround(stableWindowSeconds * percent / 100)));
}

} // namespace nest::scaling
