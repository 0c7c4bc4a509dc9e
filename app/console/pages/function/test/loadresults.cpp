// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadresults.h"

#include "app/console/pages/function/test/loadchart.h"
#include "app/console/pages/function/test/loadinstances.h"
#include "app/console/pages/function/test/loadjob.h"
#include "app/console/pages/function/test/loadtext.h"
#include "app/console/pages/function/test/testtarget.h"
#include "app/console/pages/function/test/valueslider.h"
#include "app/console/theming.h"
#include "widgets/chart/chartstack.h"
#include "widgets/figures/figurerow.h"
#include "widgets/figures/histogramview.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::FigureValue;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int chartHeight = 170;
constexpr int stripHeight = 46; // two lines of text, or the button: one height while it runs and after
constexpr int leastRows = 3;
constexpr int mostRows = 8; // more are scrolled to
} // namespace

/// The background of the run's line: accent while it runs.
class LoadResults::Strip final : public QWidget
{
public:
    using QWidget::QWidget;
    void setRunning(bool isRunning)
    {
        m_isRunning = isRunning;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const widgets::Theme &theme = widgets::themeOf(this);
        QPainter(this).fillRect(rect(), m_isRunning ? theme.accent.tint : theme.surface.control);
    }

private:
    bool m_isRunning = false;
};

LoadResults::LoadResults(QWidget *parent)
    : QWidget(parent)
    , m_figures(new widgets::FigureRow)
    , m_histogramLegend(new Label({}, TextStyle::Caption, Ink::Secondary))
    , m_histogram(new widgets::HistogramView)
    , m_ready(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_scaling(new QPushButton(tr("Open in Scaling")))
    , m_chart(new chart::ChartStack)
    , m_model(new LoadInstances(this))
    , m_table(new widgets::TableView)
{
    m_figures->setObjectName("loadFigures"_L1);
    m_histogram->setObjectName("loadHistogram"_L1);
    m_histogramLegend->setObjectName("loadLegend"_L1);
    m_ready->setObjectName("loadReady"_L1);
    m_chart->setObjectName("loadChart"_L1);
    m_table->setObjectName("loadInstances"_L1);
    m_scaling->setObjectName("openScaling"_L1);
    widgets::setButtonKind(m_scaling, widgets::ButtonKind::Link);
    widgets::setSmall(m_scaling);
    m_histogram->setMinimumHeight(150);
    m_chart->setFixedHeight(chartHeight);
    m_chart->setOffsets(true);
    m_chart->setAccessibleName(tr("Load and instances"));
    m_table->setSource(m_model);
    m_table->setColumnWidths({80, 90, 72, 60, 60, 76, 66});
    m_table->setStretchColumn(LoadInstances::Share);
    m_table->setAccessibleName(tr("Instances that answered"));

    auto *figuresBox = new QWidget;
    auto *figuresRow = new QHBoxLayout(figuresBox);
    figuresRow->setContentsMargins(widgets::space::panel, 0, widgets::space::panel, 0);
    figuresRow->addWidget(m_figures);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeStrip());
    column->addWidget(figuresBox);
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(headed(tr("Latency"), new Label(tr("requests per bin"), TextStyle::Caption, Ink::Dim),
                             m_histogramLegend, m_histogram));
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(headed(tr("Load and instances"), m_ready, m_scaling, m_chart));
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(m_table, 1);
    applyColours();
    connect(m_stop, &QPushButton::clicked, this, &LoadResults::stopRequested);
    connect(m_scaling, &QPushButton::clicked, this, &LoadResults::scalingRequested);
}

QWidget *LoadResults::makeStrip()
{
    m_strip = new Strip;
    m_state = new Label({}, TextStyle::Strong);
    m_of = new Label({}, TextStyle::Body, Ink::Secondary);
    m_progress = new QProgressBar;
    m_rest = new Label({}, TextStyle::Body, Ink::Secondary);
    m_stop = new QPushButton(tr("Stop"));
    m_state->setObjectName("loadState"_L1);
    m_of->setObjectName("loadOf"_L1);
    m_rest->setObjectName("loadRest"_L1);
    m_stop->setObjectName("loadStop"_L1);
    m_stop->setIcon(widgets::themedIcon(u"stop"_s));
    m_stop->setToolTip(tr("No further request is sent (Esc)"));
    widgets::setButtonKind(m_stop, widgets::ButtonKind::Danger);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->setRange(0, 1'000);
    m_progress->setMinimumWidth(40);
    m_of->setWordWrap(true); // the end line may be long
    m_strip->setMinimumHeight(stripHeight);
    auto *row = new QHBoxLayout(m_strip);
    row->setContentsMargins(widgets::space::panel, widgets::space::control - 1, widgets::space::panel,
                            widgets::space::control - 1);
    row->setSpacing(widgets::space::control);
    row->addWidget(m_state);
    row->addWidget(m_of);
    row->addWidget(m_progress, 1);
    row->addWidget(m_rest);
    row->addWidget(m_stop);
    return m_strip;
}

QWidget *LoadResults::headed(const QString &title, Label *detail, QWidget *right, QWidget *content)
{
    auto *box = new QWidget;
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel, 0);
    head->setSpacing(widgets::space::control);
    head->addWidget(new Label(title, TextStyle::BodyMedium));
    head->addWidget(detail);
    head->addStretch();
    head->addWidget(right);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(content);
    return box;
}

void LoadResults::show(const LoadJob &job)
{
    showStrip(job);
    showFigures(job);
    showHistogram(job);
    showChart(job);
    m_model->show(&job);
    const int rows = std::clamp(m_model->rowCount(), leastRows, mostRows);
    const auto &size = widgets::themeOf(this).size;
    m_table->setMinimumHeight(size.tableHead + rows * size.rowNormal + 2);
}

void LoadResults::setWide(bool isWide)
{
    m_isWide = isWide;
    m_rest->setVisible(isWide && m_progress->isVisibleTo(m_strip));
    for (const int column : {LoadInstances::Share, LoadInstances::P50}) {
        m_table->setColumnHidden(column, !isWide);
    }
}

void LoadResults::showStrip(const LoadJob &job)
{
    const auto &report = job.report();
    const qint64 gone = report.elapsed.count() / 1000;
    const qint64 whole = job.request().plan.duration.count();
    static_cast<Strip *>(m_strip)->setRunning(job.isRunning());
    m_progress->setVisible(job.isRunning());
    m_stop->setVisible(job.isRunning());
    m_rest->setVisible(job.isRunning() && m_isWide);
    m_of->setWordWrap(!job.isRunning());
    m_of->setSizePolicy(job.isRunning() ? QSizePolicy::Minimum : QSizePolicy::Expanding,
                        QSizePolicy::Preferred);
    const QString target = nameOf(job.request().group);
    if (job.isRunning()) {
        m_state->setText(tr("Running %1").arg(minutesText(gone)));
        m_of->setText(tr("of %1").arg(minutesText(whole)));
        m_progress->setValue(whole > 0 ? static_cast<int>(report.elapsed.count() / whole) : 0);
        const auto rest = client::plannedRequests(job.request().plan) - report.sent;
        m_rest->setText(tr("about %1 to go").arg(countText(std::max<std::int64_t>(0, rest))));
        m_progress->setToolTip(m_rest->text());
    } else if (job.end() == LoadJob::End::Stopped) {
        m_state->setText(tr("Stopped at %1").arg(minutesText(gone)));
        m_of->setText(tr("of %1, %2 requests to %3").arg(minutesText(whole), countText(report.sent), target));
    } else {
        m_state->setText(tr("Done after %1").arg(minutesText(gone)));
        m_of->setText(tr("%1 requests to %2").arg(countText(report.sent), target));
    }
    m_of->setToolTip(m_of->text());
}

void LoadResults::showFigures(const LoadJob &job)
{
    const auto &report = job.report();
    QList<FigureValue> errors;
    for (const auto &[status, count] : report.byStatus) {
        if (status == 0) {
            errors.append({.label = tr("No answer"), .value = countText(count), .ink = Ink::Bad});
        } else if (status >= 400) {
            errors.append({.label = QString::number(status), .value = countText(count), .ink = Ink::Bad});
        }
    }
    if (errors.isEmpty()) {
        errors.append({.label = tr("Errors"), .value = u"0"_s, .ink = Ink::Disabled});
    }
    QList<FigureValue> figures{
        {.label = tr("Answered"), .value = countText(answeredIn(report))},
        {.label = tr("Success"), .value = successIn(report), .unit = u"%"_s},
        {.label = tr("Rate now"),
         .value = QLocale().toString(job.isRunning() ? report.sentPerSecond : 0, 'f', 0),
         .unit = tr("req/s")},
        {.label = u"p99"_s, .value = millisecondsText(report.total.p99), .unit = tr("ms")},
        {.label = tr("In flight"), .value = QString::number(report.inFlight)},
        {.label = tr("Cold starts"), .value = QString::number(job.coldStarts())}};
    if (report.late > 0) {
        figures.append({.label = tr("Sent late"), .value = countText(report.late), .ink = Ink::Warn});
    }
    m_figures->setFigures(figures + errors);
}

void LoadResults::showHistogram(const LoadJob &job)
{
    const auto &report = job.report();
    widgets::Histogram histogram{
        .bins = {}, .p50 = report.total.p50, .p95 = report.total.p95, .p99 = report.total.p99};
    std::int64_t warm = 0;
    for (const auto &bin : report.bins) {
        histogram.bins.append({bin.fromMs, bin.toMs, bin.warm, bin.cold});
        warm += bin.warm;
    }
    m_histogram->setHistogram(histogram);
    const auto colour = [](const QColor &of, const QString &text) {
        return u"<span style='color:%1'>■</span> %2"_s.arg(of.name(), text.toHtmlEscaped());
    };
    const widgets::Theme &theme = widgets::themeOf(this);
    QString text = colour(theme.series[0], tr("warm %1").arg(countText(warm)));
    if (report.cold > 0) {
        text += u"&nbsp;&nbsp; "_s + colour(theme.coldStart.runtimeInit,
                                            m_histogram->isColdToScale()
                                                ? tr("cold %1").arg(countText(report.cold))
                                                : tr("cold %1, not to scale").arg(countText(report.cold)));
    }
    m_histogramLegend->setText(text);
}

void LoadResults::showChart(const LoadJob &job)
{
    m_chart->setContent(loadChart(job));
    if (m_shownRun != job.startedAtMs()) {
        m_shownRun = job.startedAtMs();
        m_chart->setRange(0, std::max<qint64>(1, job.request().plan.duration.count()) * 1000);
    }
    const auto &ready = job.ready();
    m_ready->setText(ready.isEmpty() ? QString() : tr("%n ready", nullptr, ready.last().ready));
}

void LoadResults::applyColours()
{
    m_chart->setColours(chartColours(widgets::themeOf(this)));
}

void LoadResults::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyColours();
    }
    QWidget::changeEvent(event);
}

} // namespace nest::console
