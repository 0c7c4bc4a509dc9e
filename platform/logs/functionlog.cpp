// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/logs/functionlog.h"

#include "api/wire/codec.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>

#include <algorithm>
#include <ranges>

namespace nest::logs {

namespace {

Q_LOGGING_CATEGORY(category, "nest.logs", QtWarningMsg)

constexpr std::int64_t linesPerStep = 1000;
// An open segment is closed when its first line is older than this part of `keep`, so that a quiet
// function's lines do not outlive the retention for long.
constexpr int openPartOfKeep = 7;

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool containsText(std::string_view message, std::string_view text)
{
    return !std::ranges::search(message, text, {}, lowered, lowered).empty();
}

bool matches(const Query &query, const wire::LogLine &line)
{
    return (query.instance.empty() || line.instance == query.instance) &&
           (query.group.empty() || line.group == query.group) &&
           (query.requestId.empty() || line.requestId == query.requestId) &&
           (!query.atLeast || line.severity >= *query.atLeast) && (!query.from || line.time >= *query.from) &&
           (!query.to || line.time <= *query.to) &&
           (query.text.empty() || containsText(line.message, query.text));
}

/// Cheaper than reading the line: false only for lines that surely do not match. A quote within a message is
/// escaped, so these texts cannot stand in one.
bool mayMatch(const Query &query, std::string_view line)
{
    if (query.atLeast >= wire::Severity::Warn && !line.contains(R"("severity":"error")") &&
        (query.atLeast == wire::Severity::Error || !line.contains(R"("severity":"warn")"))) {
        return false;
    }
    if (!query.group.empty() && !line.contains(R"("group":")")) {
        return false;
    }
    return query.instance.empty() || line.contains(query.instance) || query.instance.contains('"') ||
           query.instance.contains('\\') || query.instance.contains('/');
}

bool overlaps(const Query &query, const SegmentInfo &info)
{
    return info.count > 0 && (!query.from || info.newest >= *query.from) &&
           (!query.to || info.oldest <= *query.to);
}

} // namespace

FunctionLog::FunctionLog(QString directory, const LogConfig &config, OpenSegment open)
    : m_directory(std::move(directory))
    , m_maxBytes(config.maxBytesPerFunction)
    , m_segmentBytes(config.segmentBytes)
    , m_keep(config.keep)
    , m_open(std::move(open))
    , m_rotateAtBytes(config.segmentBytes)
{}

Result<FunctionLog> FunctionLog::open(QString directory, const LogConfig &config, wire::Time now)
{
    std::vector<ClosedSegment> closed;
    QStringList opened;
    const QDir folder(directory);
    for (const auto &name : folder.entryList(QDir::Files, QDir::Name)) {
        if (auto segment = ClosedSegment::fromPath(folder.filePath(name))) {
            closed.push_back(std::move(*segment));
        } else if (OpenSegment::firstOf(name)) {
            opened.append(name);
        } else {
            QFile::remove(folder.filePath(name)); // half of a compression that a crash cut short
        }
    }
    std::ranges::sort(closed, {}, [](const ClosedSegment &segment) { return segment.info().first; });

    // A crash may have left open files that were closed just then: compressed already, or not yet.
    std::int64_t next = closed.empty() ? 1 : closed.back().info().end();
    while (!opened.isEmpty() && *OpenSegment::firstOf(opened.constFirst()) < next) {
        QFile::remove(folder.filePath(opened.takeFirst()));
    }
    for (qsizetype i = 0; i + 1 < opened.size(); ++i) {
        auto segment = OpenSegment::open(directory, *OpenSegment::firstOf(opened[i]));
        if (!segment) {
            return std::unexpected(segment.error());
        }
        if (segment->info().count == 0) {
            segment->remove();
            continue;
        }
        auto packed = segment->close();
        if (!packed) {
            return std::unexpected(packed.error());
        }
        closed.push_back(std::move(*packed));
    }
    if (!opened.isEmpty()) {
        next = *OpenSegment::firstOf(opened.constLast());
    }
    auto segment = OpenSegment::open(directory, next);
    if (!segment) {
        return std::unexpected(segment.error());
    }
    FunctionLog log(std::move(directory), config, std::move(*segment));
    log.m_closed = std::move(closed);
    log.tidy(now);
    return log;
}

std::int64_t FunctionLog::append(std::vector<wire::LogLine> lines, wire::Time now)
{
    std::int64_t lost = 0;
    std::string text;
    std::vector<wire::Time> times;
    const auto writeOut = [&] {
        if (times.empty()) {
            return;
        }
        const auto written = m_open.append(text, times);
        if (!written) {
            lost += std::int64_t(times.size());
            if (!m_failing) {
                qCWarning(category, "%s", written.error().detail.c_str());
            }
        }
        m_failing = !written;
        text.clear();
        times.clear();
    };
    for (auto &line : lines) {
        line.sequence = m_open.info().end() + std::int64_t(times.size());
        auto json = wire::write(line) + '\n';
        const auto before = m_open.info().fileBytes + std::int64_t(text.size());
        if (before > 0 && before + std::int64_t(json.size()) > m_rotateAtBytes) {
            writeOut();
            if (const auto rotated = rotate(); !rotated) {
                qCWarning(category, "%s", rotated.error().detail.c_str());
                m_rotateAtBytes += m_segmentBytes; // no new try for each line
            }
            tidy(now);
            line.sequence = m_open.info().end();
            json = wire::write(line) + '\n';
        }
        text += json;
        times.push_back(line.time);
    }
    writeOut();
    return lost;
}

Result<> FunctionLog::rotate()
{
    // The next one first: at no moment is there a log without an open segment.
    auto next = OpenSegment::open(m_directory, m_open.info().end());
    if (!next) {
        return std::unexpected(next.error());
    }
    auto closed = m_open.close();
    if (!closed) {
        next->remove();
        return std::unexpected(closed.error());
    }
    m_closed.push_back(std::move(*closed));
    m_open = std::move(*next);
    m_rotateAtBytes = m_segmentBytes;
    return {};
}

void FunctionLog::tidy(wire::Time now)
{
    if (m_open.info().count > 0 && m_open.info().oldest < now - m_keep / openPartOfKeep) {
        if (const auto rotated = rotate(); !rotated) {
            qCWarning(category, "%s", rotated.error().detail.c_str());
        }
    }
    releaseMemory(); // it may be of a segment that goes now
    auto bytes = m_open.info().fileBytes;
    for (const auto &segment : m_closed) {
        bytes += segment.info().fileBytes;
    }
    auto keepFrom = m_closed.begin();
    while (keepFrom != m_closed.end() && (bytes > m_maxBytes || keepFrom->info().newest < now - m_keep)) {
        bytes -= keepFrom->info().fileBytes;
        QFile::remove(keepFrom->path());
        ++keepFrom;
    }
    m_closed.erase(m_closed.begin(), keepFrom);
}

void FunctionLog::releaseMemory()
{
    m_unpackedPath.clear();
    m_unpacked.reset();
}

std::vector<FunctionLog::Piece> FunctionLog::pieces(const Query &query, std::int64_t from) const
{
    std::vector<Piece> found;
    for (const auto &segment : m_closed) {
        if (segment.info().end() > from && overlaps(query, segment.info())) {
            found.push_back({&segment, std::max(from, segment.info().first), segment.info().end()});
        }
    }
    const auto &open = m_open.info();
    if (overlaps(query, open)) {
        for (auto begin = std::max(from, open.first); begin < open.end(); begin += linesPerStep) {
            found.push_back({nullptr, begin, std::min(begin + linesPerStep, open.end())});
        }
    }
    return found;
}

std::shared_ptr<const LineBlock> FunctionLog::load(const Piece &piece)
{
    if (piece.closed && piece.closed->path() == m_unpackedPath) {
        return m_unpacked;
    }
    auto block = piece.closed ? piece.closed->load() : m_open.read(piece.from, piece.to);
    if (!block) {
        qCWarning(category, "%s", block.error().detail.c_str());
        return nullptr;
    }
    auto shared = std::make_shared<const LineBlock>(std::move(*block));
    if (piece.closed) {
        m_unpackedPath = piece.closed->path();
        m_unpacked = shared;
    }
    return shared;
}

wire::LogPage FunctionLog::page(const Query &query)
{
    const auto limit = std::size_t(std::clamp(query.limit, 1, maxPageLines));
    const bool isForward = query.after.has_value();
    auto candidates = pieces(query, isForward ? std::max<std::int64_t>(*query.after, 0) + 1 : 1);
    if (!isForward) {
        std::ranges::reverse(candidates);
    }
    wire::LogPage page;
    page.nextSequence = m_open.info().end();
    std::int64_t searched = 0;
    bool isFull = false;
    for (const auto &piece : candidates) {
        const auto block = load(piece);
        const auto steps = block ? piece.to - piece.from : 0;
        for (std::int64_t step = 0; step < steps && !isFull; ++step) {
            const auto sequence = isForward ? piece.from + step : piece.to - 1 - step;
            const auto text = block->line(std::size_t(sequence - block->first));
            if (mayMatch(query, text)) {
                auto line = wire::read<wire::LogLine>(text, wire::UnknownFields::Ignore);
                if (line && matches(query, *line)) {
                    page.items.push_back(std::move(*line));
                }
            }
            isFull = page.items.size() == limit || ++searched == maxLinesSearched;
            if (isFull && isForward) {
                page.nextSequence = sequence + 1;
            }
        }
        if (isFull) {
            break;
        }
    }
    if (!isForward) {
        std::ranges::reverse(page.items);
    }
    return page;
}

} // namespace nest::logs
