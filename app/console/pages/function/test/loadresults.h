// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a load run does and did: the strip with Stop, the counts, the histogram, load against capacity, and
// the instances that answered.
//
// Shows a job as it is, running or ended. Thread: UI. Owner: LoadView; the job outlives it or is taken away
// first.

#include <QWidget>

class QProgressBar;
class QPushButton;

namespace nest::chart {
class ChartStack;
}
namespace nest::widgets {
class FigureRow;
class HistogramView;
class Label;
class TableView;
} // namespace nest::widgets

namespace nest::console {

class LoadInstances;
class LoadJob;

class LoadResults final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadResults)

public:
    explicit LoadResults(QWidget *parent = nullptr);

    void show(const LoadJob &job);
    /// A narrow place leaves out the bars and the p50 of the instances.
    void setWide(bool isWide);

Q_SIGNALS:
    void stopRequested();
    void scalingRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    class Strip;

    QWidget *makeStrip();
    QWidget *headed(const QString &title, widgets::Label *detail, QWidget *right, QWidget *content);
    void showStrip(const LoadJob &job);
    void showFigures(const LoadJob &job);
    void showHistogram(const LoadJob &job);
    void showChart(const LoadJob &job);
    void applyColours();

    QWidget *m_strip = nullptr;
    widgets::Label *m_state = nullptr;
    widgets::Label *m_of = nullptr;
    QProgressBar *m_progress = nullptr;
    widgets::Label *m_rest = nullptr;
    QPushButton *m_stop = nullptr;
    widgets::FigureRow *m_figures;
    widgets::Label *m_histogramLegend;
    widgets::HistogramView *m_histogram;
    widgets::Label *m_ready;
    QPushButton *m_scaling;
    chart::ChartStack *m_chart;
    LoadInstances *m_model;
    widgets::TableView *m_table;
    qint64 m_shownRun = 0; // its start; another one sets the axis anew
    bool m_isWide = false;
};

} // namespace nest::console
