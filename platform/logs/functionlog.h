// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The log of one function: closed segments, oldest first, and the open one that grows.
//
// Invariants: sequences count from 1 without holes, also across restarts: there is always an open segment,
// and its name carries the next sequence even when every line has been thrown away. What cannot be written
// gets no sequence. Retention removes whole closed segments, oldest first. Thread: the log worker's, which
// owns it.

#include "platform/logs/logquery.h"
#include "platform/logs/segment.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace nest::logs {

class FunctionLog final
{
public:
    /// Takes in what lies in the folder, which is made when there is none. `logs/unwritable`.
    static Result<FunctionLog> open(QString directory, const LogConfig &config, wire::Time now);

    /// Gives the lines their sequences and writes them; the answer is how many could not be written.
    std::int64_t append(std::vector<wire::LogLine> lines, wire::Time now);
    /// `dropped` is left 0. Damaged segments are left out.
    [[nodiscard]] wire::LogPage page(const Query &query);
    /// Closes an open segment that has become old, and removes what is too old or too much.
    void tidy(wire::Time now);
    /// Lets go of the unpacked segment that is kept for the next page.
    void releaseMemory();

private:
    struct Piece // lines of one segment that a page may have to look at
    {
        const ClosedSegment *closed = nullptr; // the open one when null
        std::int64_t from = 0;
        std::int64_t to = 0;
    };

    FunctionLog(QString directory, const LogConfig &config, OpenSegment open);
    Result<> rotate();
    [[nodiscard]] std::vector<Piece> pieces(const Query &query, std::int64_t from) const;
    std::shared_ptr<const LineBlock> load(const Piece &piece);

    QString m_directory;
    std::int64_t m_maxBytes;
    std::int64_t m_segmentBytes;
    std::chrono::milliseconds m_keep;
    std::vector<ClosedSegment> m_closed;
    OpenSegment m_open;
    std::int64_t m_rotateAtBytes;
    bool m_failing = false; // said once, until it works again
    QString m_unpackedPath; // the closed segment that was read last: pages walk through one in steps
    std::shared_ptr<const LineBlock> m_unpacked;
};

} // namespace nest::logs
