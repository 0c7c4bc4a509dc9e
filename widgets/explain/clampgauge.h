// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The gauge under the formula: zero past the maximum, with ticks at the reserved count and the maximum, the
// border of panic in amber and a dot at the result. What a limit cut off the wish is hatched red. Captions
// never cover each other: they move apart and, if need be, take another row. What is not known is not
// drawn. UI thread only; owned by the page.

#include "widgets/explain/explaincolours.h"

#include <QRectF>
#include <QString>
#include <QWidget>

#include <optional>

namespace nest::explain {

/// A place on the gauge with its words, which the caller makes: "min 4".
struct GaugePlace
{
    double value = 0.0;
    QString caption = {};
    bool operator==(const GaugePlace &) const = default;
};

struct Gauge
{
    std::optional<GaugePlace> reserved = {};
    std::optional<GaugePlace> maximum = {};
    std::optional<GaugePlace> panic = {};         // "panic ≥ 8 = 2 × ready"
    std::optional<GaugePlace> ready = {};         // "ready 26"
    std::optional<GaugePlace> formerMaximum = {}; // "60 in r4"
    std::optional<GaugePlace> wish = {};          // drawn when it is beyond the result: "wish 52"
    std::optional<double> result = {};
    QString rangeCaption = {}; // over the allowed range: "allowed range, no clamp"
    QString cutCaption = {};   // over what was cut: "−12"
    bool isCut() const { return wish && result && wish->value > *result; }
    bool operator==(const Gauge &) const = default;
};

class ClampGauge final : public QWidget
{
    Q_OBJECT
public:
    explicit ClampGauge(QWidget *parent = nullptr);
    Q_DISABLE_COPY_MOVE(ClampGauge)

    void setGauge(const Gauge &gauge);
    void setColours(const ExplainColours &colours);

    /// The value at the right end: a tenth past the greatest that is known.
    double end() const;
    double xAt(double value) const;
    /// Where the captions stand, by their text: for tests and tool tips.
    QList<QPair<QString, QRectF>> captions() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Caption;
    struct Layout;
    Layout layOut(int width) const;
    double xAt(double value, int width) const;
    void paintTrack(QPainter &painter, double y) const;
    void describe();

    Gauge m_gauge;
    ExplainColours m_colours;
};

} // namespace nest::explain
