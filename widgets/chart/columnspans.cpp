// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/columnspans.h"

#include <algorithm>
#include <cmath>

namespace nest::chart {
namespace {

/// Height of a segment at x; its ends if x is outside.
double heightAt(QPointF a, QPointF b, double x)
{
    if (b.x() <= a.x()) {
        return a.y();
    }
    return a.y() + (b.y() - a.y()) * std::clamp((x - a.x()) / (b.x() - a.x()), 0.0, 1.0);
}

class Spans
{
public:
    explicit Spans(double columnsPerPixel)
        : m_width(1.0 / columnsPerPixel), m_columnsPerPixel(columnsPerPixel)
    {}

    void addSegment(QPointF a, QPointF b)
    {
        const qint64 first = column(a.x());
        const qint64 last = column(b.x());
        for (qint64 index = first; index <= last; ++index) {
            const double left = double(index) * m_width;
            const double from = index == first ? a.y() : heightAt(a, b, left);
            const double to = index == last ? b.y() : heightAt(a, b, left + m_width);
            if (a.y() == b.y() && index > first && index + 1 < last) {
                // A level stretch is one span, however long; its two end columns may hold more.
                flush();
                m_spans.append({left, double(last) * m_width, a.y(), a.y()});
                index = last - 1;
                continue;
            }
            add(index, std::min(from, to), std::max(from, to));
        }
    }

    QList<ColumnSpan> take()
    {
        flush();
        return std::move(m_spans);
    }

private:
    qint64 column(double x) const { return qint64(std::floor(x * m_columnsPerPixel)); }

    void add(qint64 index, double top, double bottom)
    {
        if (m_hasColumn && index == m_index) {
            m_top = std::min(m_top, top);
            m_bottom = std::max(m_bottom, bottom);
            return;
        }
        flush();
        m_hasColumn = true;
        m_index = index;
        m_top = top;
        m_bottom = bottom;
    }

    void flush()
    {
        if (!m_hasColumn) {
            return;
        }
        m_hasColumn = false;
        const double left = double(m_index) * m_width;
        if (!m_spans.isEmpty()) {
            ColumnSpan &before = m_spans.last();
            if (before.top == m_top && before.bottom == m_bottom && before.right >= left - m_width / 4) {
                before.right = left + m_width;
                return;
            }
        }
        m_spans.append({left, left + m_width, m_top, m_bottom});
    }

    QList<ColumnSpan> m_spans;
    double m_width;
    double m_columnsPerPixel;
    bool m_hasColumn = false;
    qint64 m_index = 0;
    double m_top = 0.0;
    double m_bottom = 0.0;
};

QList<ColumnSpan> spansOf(const QList<QPolygonF> &runs, double columnsPerPixel)
{
    QList<ColumnSpan> spans;
    for (const QPolygonF &run : runs) {
        spans.append(columnSpans(run, columnsPerPixel));
    }
    return spans;
}

} // namespace

QList<ColumnSpan> columnSpans(const QPolygonF &run, double columnsPerPixel)
{
    Spans spans(columnsPerPixel);
    for (qsizetype i = 1; i < run.size(); ++i) {
        spans.addSegment(run.at(i - 1), run.at(i));
    }
    if (run.size() == 1) {
        spans.addSegment(run.first(), run.first());
    }
    return spans.take();
}

QList<ColumnSpan> spansBetween(const QList<QPolygonF> &upper, const QList<QPolygonF> &lower,
                               double columnsPerPixel)
{
    QList<ColumnSpan> result;
    const QList<ColumnSpan> above = spansOf(upper, columnsPerPixel);
    const QList<ColumnSpan> below = spansOf(lower, columnsPerPixel);
    qsizetype j = 0;
    for (const ColumnSpan &span : above) {
        while (j > 0 && below.at(j - 1).right > span.left) {
            --j; // two spans above may share one below
        }
        for (; j < below.size() && below.at(j).left < span.right; ++j) {
            const double left = std::max(span.left, below.at(j).left);
            const double right = std::min(span.right, below.at(j).right);
            if (right <= left || below.at(j).top - span.top <= 1.0) {
                continue;
            }
            // In the column of a step the lower line covers both heights; its top is what is reached.
            const ColumnSpan piece{left, right, span.top, below.at(j).top};
            const bool goesOn = !result.isEmpty() && result.last().right >= left - 1e-9 &&
                                result.last().top == piece.top && result.last().bottom == piece.bottom;
            if (goesOn) {
                result.last().right = right;
            } else {
                result.append(piece);
            }
        }
        j = std::min(j, below.size());
    }
    return result;
}

} // namespace nest::chart
