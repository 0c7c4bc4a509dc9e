// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Load and instances over one time axis, with the legend and the presets of the range in the head.
//
// Invariants: the axis follows the last second that the platform told of, unless zoomed; while offline it
// stands still. A zoom asks for finer points. Thread: UI. Owner: the page; the model outlives it.

#include "widgets/shell/shellstate.h"

#include <QWidget>

#include <optional>

class QPushButton;
class QStackedWidget;

namespace nest::chart {
class ChartLegend;
class ChartStack;
} // namespace nest::chart
namespace nest::models {
class ScalingModel;
}
namespace nest::widgets {
class ErrorState;
class SegmentedControl;
} // namespace nest::widgets

namespace nest::console {

class ChartsPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChartsPanel)

public:
    explicit ChartsPanel(models::ScalingModel &model, QWidget *parent = nullptr);

    void setTimeRange(widgets::TimeRange range);
    /// Values are old: dim, and time stands still.
    void setStale(bool isStale);
    /// The instant and the mark of a decision. One outside the range is brought into it.
    void showDecision(const QString &id, qint64 unixMs);
    void clearDecision();
    [[nodiscard]] chart::ChartStack &charts() { return *m_charts; }

    /// Keys of the page.
    void moveCrosshair(int steps);
    void zoom(double factor);
    /// What Esc does: leaves the crosshair, then the zoom. False when there was neither.
    bool leave();

Q_SIGNALS:
    void timeRangeChosen(nest::widgets::TimeRange range);
    void decisionsChosen(const QStringList &ids);
    void retryRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showContent();
    void showState();
    void follow();
    void applyColours();
    void askFor(qint64 fromMs, qint64 toMs);

    models::ScalingModel &m_model;
    chart::ChartLegend *m_legend;
    QPushButton *m_back;
    widgets::SegmentedControl *m_presets;
    QStackedWidget *m_stack;
    chart::ChartStack *m_charts;
    widgets::ErrorState *m_error;
    widgets::TimeRange m_range = widgets::TimeRange::FiveMinutes;
    bool m_isStale = false;
};

} // namespace nest::console
