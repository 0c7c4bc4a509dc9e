// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/chartspanel.h"

#include "app/console/pages/scaling/chartcontent.h"
#include "app/console/theming.h"
#include "models/scalingmodel.h"
#include "widgets/chart/chartlegend.h"
#include "widgets/chart/chartstack.h"
#include "widgets/state/errorstate.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::ScalingModel;
using widgets::TimeRange;

namespace {

wire::Time wireTime(qint64 unixMs)
{
    return wire::Time(std::chrono::milliseconds(unixMs));
}

QString idOf(TimeRange range)
{
    return QString::number(static_cast<int>(range));
}

chart::ChartColours oldColours(const chart::ChartColours &colours)
{
    chart::ChartColours dim = colours;
    for (QColor *colour : {&dim.requests, &dim.requestsFill, &dim.capacity, &dim.ready, &dim.readyFill,
                           &dim.desired, &dim.reserved, &dim.warnText, &dim.badText, &dim.textPrimary}) {
        *colour = dimmed(*colour, colours.page);
    }
    return dim;
}

} // namespace

ChartsPanel::ChartsPanel(ScalingModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_legend(new chart::ChartLegend(this))
    , m_back(new QPushButton(this))
    , m_presets(new widgets::SegmentedControl(this))
    , m_stack(new QStackedWidget(this))
    , m_charts(new chart::ChartStack(this))
    , m_error(new widgets::ErrorState(this))
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::page, widgets::space::chip, widgets::space::page, 0);
    head->setSpacing(widgets::space::page);
    head->addWidget(new widgets::Label(tr("Load and instances"), widgets::TextStyle::Strong));
    head->addWidget(m_legend, 1);
    head->addWidget(m_back);
    head->addWidget(m_presets);
    m_stack->addWidget(m_charts);
    m_stack->addWidget(m_error);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::chip);
    column->addLayout(head);
    column->addWidget(m_stack, 1);

    for (const TimeRange range : widgets::timeRanges) {
        m_presets->addSegment(widgets::nameOf(range), idOf(range));
    }
    m_presets->setObjectName("presets"_L1);
    m_charts->setObjectName("charts"_L1);
    m_back->setObjectName("back"_L1);
    m_back->setIcon(widgets::themedIcon(u"undo"_s));
    widgets::setButtonKind(m_back, widgets::ButtonKind::Ghost);
    widgets::setSmall(m_back);
    m_back->hide();
    applyColours();

    m_charts->setLookup([this](qint64 unixMs) {
        return readingsAt(m_model, unixMs, m_charts->crosshairStepMs(), m_charts->selectedMarks());
    });
    connect(m_presets, &widgets::SegmentedControl::currentChanged, this, [this](const QString &id) {
        const auto range = static_cast<TimeRange>(id.toInt());
        setTimeRange(range);
        Q_EMIT timeRangeChosen(range);
    });
    connect(m_charts, &chart::ChartStack::markSelected, this, &ChartsPanel::decisionsChosen);
    connect(m_charts, &chart::ChartStack::rangeSelected, this, &ChartsPanel::askFor);
    connect(m_charts, &chart::ChartStack::zoomedChanged, this, [this](bool isZoomed) {
        m_back->setVisible(isZoomed);
        if (!isZoomed) {
            m_model.setRange(widgets::durationOf(m_range));
        }
    });
    connect(m_back, &QPushButton::clicked, m_charts, &chart::ChartStack::leaveZoom);
    connect(m_error, &widgets::ErrorState::retryRequested, this, &ChartsPanel::retryRequested);
    connect(&model, &ScalingModel::seriesReplaced, this, &ChartsPanel::showContent);
    connect(&model, &ScalingModel::seriesExtended, this, &ChartsPanel::showContent);
    connect(&model, &ScalingModel::stateChanged, this, &ChartsPanel::showState);
    connect(&model.decisions(), &QAbstractItemModel::rowsInserted, this, &ChartsPanel::showContent);
    connect(&model.decisions(), &QAbstractItemModel::modelReset, this, &ChartsPanel::showContent);
    setTimeRange(m_range);
    showState();
}

void ChartsPanel::setTimeRange(TimeRange range)
{
    m_range = range;
    {
        const QSignalBlocker quiet(m_presets); // only a person chooses
        m_presets->setCurrent(idOf(range));
    }
    m_back->setText(tr("Back to %1").arg(widgets::nameOf(range)));
    m_charts->follow(std::chrono::milliseconds(widgets::durationOf(range)).count());
    m_model.setRange(widgets::durationOf(range));
    showContent();
}

void ChartsPanel::setStale(bool isStale)
{
    if (isStale != m_isStale) {
        m_isStale = isStale;
        applyColours();
        follow();
    }
}

void ChartsPanel::showDecision(const QString &id, qint64 unixMs)
{
    m_charts->setSelectedMarks({id});
    const chart::TimeRange range = m_charts->range();
    if (unixMs < range.fromMs || unixMs > range.toMs) {
        const qint64 from = unixMs - range.spanMs() / 2;
        m_charts->zoomTo(from, from + range.spanMs());
        askFor(from, from + range.spanMs());
    }
    m_charts->setCrosshair(unixMs);
}

void ChartsPanel::clearDecision()
{
    m_charts->setSelectedMarks({});
    m_charts->leaveCrosshair();
}

void ChartsPanel::moveCrosshair(int steps)
{
    m_charts->stepCrosshair(steps);
}

void ChartsPanel::zoom(double factor)
{
    m_charts->zoomBy(factor);
}

bool ChartsPanel::leave()
{
    if (m_charts->crosshair()) {
        m_charts->leaveCrosshair();
        return true;
    }
    if (m_charts->isZoomed()) {
        m_charts->leaveZoom();
        return true;
    }
    return false;
}

void ChartsPanel::askFor(qint64 fromMs, qint64 toMs)
{
    m_model.setWindow(wireTime(fromMs), wireTime(toMs));
}

void ChartsPanel::showContent()
{
    follow();
    m_charts->setContent(chartContent(m_model));
    m_legend->setEntries(chartLegend(m_model));
}

/// The present is the last second that the platform told of: a clock that runs on would draw an empty strip.
void ChartsPanel::follow()
{
    const auto *ready = m_model.series("ready");
    const bool hasPoints = ready != nullptr && !ready->points.empty();
    const qint64 last = hasPoints ? ready->points.back().unixMs : 0;
    const qint64 present = QDateTime::currentMSecsSinceEpoch();
    // Data older than a few seconds while live is a gap that must be seen.
    const bool isFresh = hasPoints && present - last < 3 * std::max<qint64>(1000, ready->spacingMs);
    m_charts->setNow(isFresh || (m_isStale && hasPoints) ? last : present);
}

void ChartsPanel::showState()
{
    const bool hasFailed = m_model.state() == ScalingModel::State::Failed;
    if (hasFailed) {
        m_error->setError({.title = tr("The metrics could not be read"),
                           .sentence = QString::fromStdString(m_model.lastError().detail) + u' ' +
                                       tr("Scaling goes on: it does not need this page."),
                           .steps = {tr("Retry; the console also tries again by itself")},
                           .requestId = {}});
    }
    m_stack->setCurrentWidget(hasFailed ? static_cast<QWidget *>(m_error) : m_charts);
    showContent();
}

void ChartsPanel::applyColours()
{
    const chart::ChartColours colours = chartColours(widgets::themeOf(this));
    m_charts->setColours(m_isStale ? oldColours(colours) : colours);
    m_legend->setColours(m_isStale ? oldColours(colours) : colours);
}

void ChartsPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyColours();
    }
    QWidget::changeEvent(event);
}

void ChartsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_model.setWidth(width()); // a little more than the plots have
}

} // namespace nest::console
