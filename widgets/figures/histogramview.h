// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How many answers took how long: bars that are equally wide on an axis that grows by a factor, warm and cold
// answers apart, and lines at p50, p95 and p99.
//
// Cold answers are few; where they would not be seen they are drawn on a scale of their own, and
// isColdToScale says so for the legend. Thread: GUI.

#include <QList>
#include <QWidget>

#include <optional>

namespace nest::widgets {

struct HistogramBin
{
    double from = 0; // milliseconds; bins lie side by side and are alike by factor
    double to = 0;
    qint64 warm = 0;
    qint64 cold = 0;
    bool operator==(const HistogramBin &) const = default;
};

struct Histogram
{
    QList<HistogramBin> bins;
    std::optional<double> p50, p95, p99; // milliseconds
    bool operator==(const Histogram &) const = default;
};

class HistogramView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HistogramView)

public:
    explicit HistogramView(QWidget *parent = nullptr);

    void setHistogram(const Histogram &histogram);
    [[nodiscard]] const Histogram &histogram() const { return m_histogram; }
    [[nodiscard]] bool isColdToScale() const;

    QSize sizeHint() const override { return {400, 150}; }
    QSize minimumSizeHint() const override { return {240, 110}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] double coldScale() const;
    [[nodiscard]] double xAt(double milliseconds, const QRectF &plot) const;
    void paintAxes(QPainter &painter, const QRectF &plot, double maximum) const;
    void paintPercentiles(QPainter &painter, const QRectF &plot) const;

    Histogram m_histogram;
    qint64 m_mostWarm = 0;
    qint64 m_mostCold = 0;
};

} // namespace nest::widgets
