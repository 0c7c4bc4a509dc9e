// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files of a function's log. Lines lie as JSON, one a line, in segments: the newest is open and grows,
// the others are closed and compressed. A segment's file name is its index entry, so that a page is found
// without opening the others:
//
//   open    <first>.jsonl
//   closed  <first>-<last>_<oldest>-<newest>.jsonl.zst      sequences, and times in Unix milliseconds
//
// Invariants: line n of a segment has the sequence first + n. Only whole lines count: what a crash left
// behind the last line end, or does not fit the numbering, is cut off when the segment is opened again.
// Thread: the log worker's.

#include "api/wire/observation.h"
#include "api/wire/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

class QFile;

namespace nest::logs {

struct SegmentInfo
{
    std::int64_t first = 1;
    std::int64_t count = 0;
    wire::Time oldest; // meaningful only with lines, as is `newest`
    wire::Time newest;
    std::int64_t fileBytes = 0;

    [[nodiscard]] std::int64_t end() const { return first + count; } // one past the last sequence
    void include(wire::Time time);
};

/// Some whole lines of a segment in a row.
struct LineBlock
{
    std::int64_t first = 0; // sequence of line 0
    std::string text;
    std::vector<std::uint32_t> begins; // of each line in `text`, and one past the last

    [[nodiscard]] std::size_t size() const { return begins.empty() ? 0 : begins.size() - 1; }
    [[nodiscard]] std::string_view line(std::size_t index) const;
};

class ClosedSegment final
{
public:
    /// Nothing when the name is not one of a closed segment.
    static std::optional<ClosedSegment> fromPath(const QString &path);
    static QString nameFor(const SegmentInfo &info);

    [[nodiscard]] const SegmentInfo &info() const { return m_info; }
    [[nodiscard]] const QString &path() const { return m_path; }
    /// The whole of it. `logs/broken` when the file is damaged or gone.
    [[nodiscard]] Result<LineBlock> load() const;

private:
    QString m_path;
    SegmentInfo m_info;
};

class OpenSegment final
{
public:
    static QString nameFor(std::int64_t first);
    /// The first sequence in the name; nothing when it is not one of an open segment.
    static std::optional<std::int64_t> firstOf(const QString &fileName);

    /// Makes the file, or takes in what is there. `logs/unwritable`.
    static Result<OpenSegment> open(const QString &directory, std::int64_t first);

    OpenSegment(OpenSegment &&) noexcept;
    OpenSegment &operator=(OpenSegment &&) noexcept;
    ~OpenSegment();

    [[nodiscard]] const SegmentInfo &info() const { return m_info; }
    /// Whole lines with a time each. All or nothing: a partly written block is cut off again.
    Result<> append(std::string_view text, std::span<const wire::Time> times);
    /// Sequences from … to-1, both within the segment.
    [[nodiscard]] Result<LineBlock> read(std::int64_t from, std::int64_t to) const;
    /// Compresses the lines into a closed segment beside it and removes the open file.
    Result<ClosedSegment> close();
    void remove();

private:
    OpenSegment();
    void recover(const std::string &text);

    QString m_directory;
    std::unique_ptr<QFile> m_file;
    SegmentInfo m_info;
    std::vector<std::uint32_t> m_begins{0};
};

} // namespace nest::logs
