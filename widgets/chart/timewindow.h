// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which stretch of time the stack shows. It follows now with a fixed span, unless it is paused, zoomed or
// pinned to a fixed range. The present is told from outside; nothing here looks at a clock.

#include <QtGlobal>

#include <optional>

namespace nest::chart {

struct TimeRange
{
    qint64 fromMs = 0;
    qint64 toMs = 0;
    qint64 spanMs() const { return toMs - fromMs; }
    bool operator==(const TimeRange &) const = default;
};

class TimeWindow final
{
public:
    TimeRange range() const { return m_zoom.value_or(m_base); }
    bool isZoomed() const { return m_zoom.has_value(); }
    bool isFollowing() const { return m_followSpanMs > 0 && !m_isPaused && !m_zoom; }

    void follow(qint64 spanMs)
    {
        m_followSpanMs = spanMs;
        m_zoom.reset();
        catchUp();
    }
    void pin(TimeRange range)
    {
        m_followSpanMs = 0;
        m_zoom.reset();
        m_base = range;
    }
    void zoom(TimeRange range) { m_zoom = range; }
    void leaveZoom()
    {
        m_zoom.reset();
        catchUp();
    }
    void setPaused(bool isPaused)
    {
        m_isPaused = isPaused;
        catchUp();
    }
    void setNow(qint64 nowMs)
    {
        m_nowMs = nowMs;
        catchUp();
    }

private:
    void catchUp()
    {
        if (isFollowing()) {
            m_base = {m_nowMs - m_followSpanMs, m_nowMs};
        }
    }

    TimeRange m_base;
    std::optional<TimeRange> m_zoom;
    qint64 m_followSpanMs = 0;
    qint64 m_nowMs = 0;
    bool m_isPaused = false;
};

} // namespace nest::chart
