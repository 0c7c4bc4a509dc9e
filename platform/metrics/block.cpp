// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/block.h"

#include <zstd.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nest::metrics {

namespace {

constexpr char formatByte = 1;
// A 10-minute block with every bucket of every second used is 1.3 MB; nothing honest is larger.
constexpr std::size_t largestBlock = 8 * 1024 * 1024;
constexpr double fraction = 1e6; // concurrency, waits and targets are kept to the millionth

class Writer final
{
public:
    void number(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7) {
            m_bytes.push_back(static_cast<char>(value | 0x80));
        }
        m_bytes.push_back(static_cast<char>(value));
    }
    void real(double value)
    {
        number(static_cast<std::uint64_t>(std::llround(std::max(0.0, value) * fraction)));
    }
    [[nodiscard]] const std::string &bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads zeros past the end or past a broken number and remembers that it did.
class Reader final
{
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (m_rest.empty()) {
                break;
            }
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        m_broken = true;
        return 0;
    }
    template <typename T>
    T upTo(std::uint64_t largest)
    {
        const auto value = number();
        m_broken = m_broken || value > largest;
        return m_broken ? T{} : static_cast<T>(value);
    }
    double real() { return static_cast<double>(number()) / fraction; }
    /// A count of things that each take at least one more byte.
    std::size_t count() { return upTo<std::size_t>(m_rest.size()); }
    [[nodiscard]] bool isBroken() const { return m_broken; }
    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_broken = false;
};

template <typename T>
void writeTimes(Writer &writer, const std::vector<T> &items, std::int64_t start)
{
    writer.number(items.size());
    for (const auto &item : items) {
        writer.number(static_cast<std::uint64_t>(item.second - start));
        start = item.second;
    }
}

template <typename T>
bool readTimes(Reader &reader, std::vector<T> &items, std::int64_t start, std::int64_t seconds)
{
    items.resize(reader.count());
    const std::int64_t end = start + seconds;
    bool rises = true;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto step = reader.upTo<std::int64_t>(static_cast<std::uint64_t>(seconds));
        rises = rises && (i == 0 || step > 0);
        items[i].second = start += step;
    }
    return rises && (items.empty() || items.back().second < end);
}

constexpr auto largestCount = std::numeric_limits<std::uint32_t>::max();

} // namespace

std::string compress(std::string_view plain)
{
    std::string frame(ZSTD_compressBound(plain.size()), '\0');
    const std::size_t size = ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(), 6);
    frame.resize(ZSTD_isError(size) ? 0 : size); // only memory can fail here: then the chunk is unreadable
    return frame;
}

Result<std::string> decompress(std::string_view frame, std::size_t limit)
{
    const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit) {
        return failure("metrics/broken-chunk", "A stored metrics chunk is no Zstd frame of a sane size.");
    }
    std::string plain(size, '\0');
    if (ZSTD_decompress(plain.data(), plain.size(), frame.data(), frame.size()) != size) {
        return failure("metrics/broken-chunk", "A stored metrics chunk cannot be decompressed.");
    }
    return plain;
}

std::string encode(const Block &block, std::int64_t start)
{
    Writer writer;
    writeTimes(writer, block.points, start);
    for (const auto member : summedCounters) {
        for (const auto &point : block.points) {
            writer.number(point.sample.*member);
        }
    }
    for (const auto member : levelCounters) {
        for (const auto &point : block.points) {
            writer.number(point.sample.*member);
        }
    }
    for (const auto member : {&Sample::concurrencySeconds, &Sample::waitMaxSeconds}) {
        for (const auto &point : block.points) {
            writer.real(point.sample.*member);
        }
    }
    for (const auto &point : block.points) {
        writer.number(point.sample.latency.size());
        int previous = 0;
        for (const auto &[bucket, count] : point.sample.latency) {
            writer.number(static_cast<std::uint64_t>(bucket - previous));
            writer.number(count);
            previous = bucket;
        }
    }
    writeTimes(writer, block.gauges, start);
    for (const auto &[second, gauges] : block.gauges) {
        for (const int value : {gauges.ready, gauges.starting, gauges.desired, gauges.reserved}) {
            writer.number(static_cast<std::uint64_t>(std::max(0, value)));
        }
        writer.real(gauges.target);
    }
    return formatByte + compress(writer.bytes());
}

Result<Block> decode(std::string_view blob, std::int64_t start, std::int64_t seconds)
{
    const auto broken = [] {
        return failure("metrics/broken-chunk", "A stored metrics chunk does not follow the format.");
    };
    if (blob.empty() || blob.front() != formatByte) {
        return broken();
    }
    const auto plain = decompress(blob.substr(1), largestBlock);
    if (!plain) {
        return std::unexpected(plain.error());
    }
    Reader reader(*plain);
    Block block;
    if (!readTimes(reader, block.points, start, seconds)) {
        return broken();
    }
    for (const auto member : summedCounters) {
        for (auto &point : block.points) {
            point.sample.*member = reader.upTo<std::uint32_t>(largestCount);
        }
    }
    for (const auto member : levelCounters) {
        for (auto &point : block.points) {
            point.sample.*member = reader.upTo<std::uint32_t>(largestCount);
        }
    }
    for (const auto member : {&Sample::concurrencySeconds, &Sample::waitMaxSeconds}) {
        for (auto &point : block.points) {
            point.sample.*member = reader.real();
        }
    }
    for (auto &point : block.points) {
        point.sample.latency.resize(reader.upTo<std::size_t>(gateway::LatencyHistogram::bucketCount));
        std::uint64_t bucket = 0;
        for (auto &entry : point.sample.latency) {
            bucket += reader.upTo<std::uint64_t>(gateway::LatencyHistogram::bucketCount);
            if (bucket >= gateway::LatencyHistogram::bucketCount) {
                return broken();
            }
            entry = {static_cast<std::uint16_t>(bucket), reader.upTo<std::uint32_t>(largestCount)};
        }
    }
    if (!readTimes(reader, block.gauges, start, seconds)) {
        return broken();
    }
    for (auto &[second, gauges] : block.gauges) {
        for (int *value : {&gauges.ready, &gauges.starting, &gauges.desired, &gauges.reserved}) {
            *value = reader.upTo<int>(std::numeric_limits<int>::max());
        }
        gauges.target = reader.real();
    }
    if (reader.isBroken() || !reader.isAtEnd()) {
        return broken();
    }
    return block;
}

} // namespace nest::metrics
