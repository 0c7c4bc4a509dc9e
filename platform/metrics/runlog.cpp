// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/metrics/runlog.h"

#include "platform/metrics/block.h"

namespace nest::metrics {

bool RunLog::ran(std::int64_t second) const
{
    const auto start = chunkStart(second);
    const auto found = m_chunks.find(start);
    return found != m_chunks.end() && found->second[static_cast<std::size_t>(second - start)];
}

int RunLog::ranSeconds(std::int64_t from, std::int64_t to) const
{
    int count = 0;
    for (auto second = from; second < to; ++second) {
        count += ran(second) ? 1 : 0;
    }
    return count;
}

std::string RunLog::encoded(std::int64_t start) const
{
    const auto found = m_chunks.find(start);
    return found == m_chunks.end() ? std::string() : compress(found->second.to_string());
}

void RunLog::add(std::int64_t second)
{
    const auto start = chunkStart(second);
    m_chunks[start].set(static_cast<std::size_t>(second - start));
    m_last = std::max(m_last.value_or(second), second);
}

Result<> RunLog::restore(std::int64_t start, std::string_view blob)
{
    const auto text = decompress(blob, chunkSeconds);
    if (!text) {
        return std::unexpected(text.error());
    }
    if (start != chunkStart(start) || text->size() != chunkSeconds ||
        text->find_first_not_of("01") != std::string::npos) {
        return failure("metrics/broken-chunk", "A stored chunk of running times does not follow the format.");
    }
    const std::bitset<chunkSeconds> bits(*text);
    m_chunks[start] |= bits;
    for (std::int64_t offset = chunkSeconds - 1; offset >= 0; --offset) {
        if (bits[static_cast<std::size_t>(offset)]) {
            m_last = std::max(m_last.value_or(start + offset), start + offset);
            break;
        }
    }
    return {};
}

void RunLog::dropBefore(std::int64_t second)
{
    m_chunks.erase(m_chunks.begin(), m_chunks.lower_bound(chunkStart(second)));
}

} // namespace nest::metrics
