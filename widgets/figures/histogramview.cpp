// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figures/histogramview.h"

#include "widgets/theme/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int padLeft = 44;
constexpr int padRight = 14;
constexpr int padTop = 24; // the names of the percentiles
constexpr int padBottom = 20;
constexpr double leastColdShare = 1.0 / 7; // of the plot's height, for the highest bar of cold answers
constexpr double labelGap = 6;             // between two names over the plot

QString millisecondsText(double value)
{
    const QLocale locale;
    return value >= 100 ? locale.toString(std::round(value / 10) * 10, 'f', 0)
                        : locale.toString(value, 'f',
                                          value < 1    ? 2
                                          : value < 10 ? 1
                                                       : 0);
}

QString countText(double value)
{
    return value >= 1000 ? HistogramView::tr("%1 k").arg(QLocale().toString(value / 1000, 'g', 3))
                         : QLocale().toString(value, 'g', 4);
}

/// 1, 2 or 5 times a power of ten, so that two to four of them hold the maximum.
double stepFor(double maximum)
{
    for (double power = 1;; power *= 10) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            if (factor * power * 4 >= maximum) {
                return factor * power;
            }
        }
    }
}

} // namespace

HistogramView::HistogramView(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setAccessibleName(tr("Latency, requests per bin"));
}

void HistogramView::setHistogram(const Histogram &histogram)
{
    if (histogram == m_histogram) {
        return;
    }
    m_histogram = histogram;
    m_mostWarm = m_mostCold = 0;
    for (const HistogramBin &bin : m_histogram.bins) {
        m_mostWarm = std::max(m_mostWarm, bin.warm);
        m_mostCold = std::max(m_mostCold, bin.cold);
    }
    QStringList words;
    for (const auto &[name, value] : {std::pair(u"p50"_s, histogram.p50), std::pair(u"p95"_s, histogram.p95),
                                      std::pair(u"p99"_s, histogram.p99)}) {
        if (value) {
            words.append(tr("%1 %2 ms").arg(name, millisecondsText(*value)));
        }
    }
    setAccessibleDescription(words.join(u", "_s));
    update();
}

/// How much higher the bars of cold answers are than those of as many warm ones.
double HistogramView::coldScale() const
{
    if (m_mostCold == 0 || m_mostWarm == 0) {
        return 1;
    }
    return std::max(1.0, leastColdShare * static_cast<double>(m_mostWarm) / static_cast<double>(m_mostCold));
}

bool HistogramView::isColdToScale() const
{
    return coldScale() <= 1;
}

double HistogramView::xAt(double milliseconds, const QRectF &plot) const
{
    const double first = std::log(m_histogram.bins.first().from);
    const double last = std::log(m_histogram.bins.last().to);
    const double share = (std::log(std::max(milliseconds, 1e-3)) - first) / (last - first);
    return plot.left() + plot.width() * std::clamp(share, 0.0, 1.0);
}

void HistogramView::paintAxes(QPainter &painter, const QRectF &plot, double maximum) const
{
    const Theme &theme = themeOf(this);
    painter.setFont(theme.font(TextStyle::Micro));
    const double step = stepFor(maximum);
    const int steps = static_cast<int>(std::round(maximum / step));
    for (int i = 0; i <= steps; ++i) {
        const double value = i * step;
        const double y = std::round(plot.bottom() - plot.height() * value / maximum);
        if (y < plot.top() - 1) {
            break;
        }
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1),
                         value > 0 ? theme.border.chartGrid : theme.border.control);
        painter.setPen(theme.text.dim);
        painter.drawText(QRectF(0, y - 8, plot.left() - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         countText(value));
    }
    // Names of borders as they fit; the last one has the unit.
    const auto &bins = m_histogram.bins;
    const double binWidth = plot.width() / static_cast<double>(bins.size());
    const int every = std::max(1, static_cast<int>(std::ceil(40 / binWidth)));
    for (qsizetype i = 0; i <= bins.size(); i += every) {
        const bool isLast = i + every > bins.size();
        const double value = i < bins.size() ? bins[i].from : bins.last().to;
        const QString text = isLast ? tr("%1 ms").arg(millisecondsText(value)) : millisecondsText(value);
        const double x = plot.left() + binWidth * static_cast<double>(i);
        QRectF in(x - 30, plot.bottom() + 4, 60, padBottom - 4);
        in.moveRight(std::min(in.right(), static_cast<double>(width()) + 18 - (isLast ? 12 : 0)));
        painter.drawText(in, Qt::AlignHCenter | Qt::AlignTop, text);
    }
}

void HistogramView::paintPercentiles(QPainter &painter, const QRectF &plot) const
{
    const Theme &theme = themeOf(this);
    QFont font = theme.font(TextStyle::Caption);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    struct Line
    {
        QString text;
        double x;
        double textWidth;
    };
    QList<Line> lines;
    for (const auto &[name, value] :
         {std::pair(u"p50"_s, m_histogram.p50), std::pair(u"p95"_s, m_histogram.p95),
          std::pair(u"p99"_s, m_histogram.p99)}) {
        if (value) {
            const QString text = name + u' ' + millisecondsText(*value);
            lines.append({text, xAt(*value, plot), painter.fontMetrics().horizontalAdvance(text) + 1.0});
        }
    }
    // From the right: each name ends before the next begins, so that none covers another.
    double limit = plot.right() + padRight;
    QList<double> lefts(lines.size());
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        lefts[i] = std::min(lines[i].x - (i == 0 ? lines[i].textWidth + 4 : -4), limit - lines[i].textWidth);
        limit = lefts[i] - labelGap;
    }
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QPen pen(theme.text.secondary, 1);
        pen.setDashPattern({2, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(std::round(lines[i].x) + 0.5, plot.top() - 6),
                         QPointF(std::round(lines[i].x) + 0.5, plot.bottom()));
        painter.setPen(theme.text.primary);
        painter.drawText(QRectF(std::max(0.0, lefts[i]), 2, lines[i].textWidth + 2, 16), Qt::AlignVCenter,
                         lines[i].text);
    }
}

void HistogramView::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    if (m_histogram.bins.isEmpty()) {
        painter.setFont(theme.font(TextStyle::Body));
        painter.setPen(theme.text.dim);
        painter.drawText(rect(), Qt::AlignCenter, tr("No answer yet"));
        return;
    }
    const QRectF plot = QRectF(rect()).adjusted(padLeft, padTop, -padRight, -padBottom);
    const double scale = coldScale();
    double maximum = 1;
    for (const HistogramBin &bin : m_histogram.bins) {
        maximum = std::max(maximum, static_cast<double>(bin.warm) + scale * static_cast<double>(bin.cold));
    }
    paintAxes(painter, plot, maximum);
    const double binWidth = plot.width() / static_cast<double>(m_histogram.bins.size());
    for (qsizetype i = 0; i < m_histogram.bins.size(); ++i) {
        const HistogramBin &bin = m_histogram.bins[i];
        const double left = plot.left() + binWidth * static_cast<double>(i);
        const double shown = std::max(1.0, binWidth - 1);
        const double warm = plot.height() * static_cast<double>(bin.warm) / maximum;
        const double cold = plot.height() * scale * static_cast<double>(bin.cold) / maximum;
        painter.fillRect(QRectF(left, plot.bottom() - warm, shown, warm), theme.series[0]);
        painter.fillRect(QRectF(left, plot.bottom() - warm - cold, shown, cold), theme.coldStart.runtimeInit);
    }
    paintPercentiles(painter, plot);
}

} // namespace nest::widgets
