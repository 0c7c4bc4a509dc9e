// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/poolcurve.h"

#include "app/console/look.h"
#include "app/console/theming.h"
#include "models/session.h"
#include "widgets/chart/chartstack.h"
#include "widgets/shell/shellstate.h"
#include "widgets/table/cells.h"
#include "widgets/theme/controls.h"

#include <QCoroTask>

#include <QDateTime>
#include <QEvent>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace nest::console {

using namespace Qt::StringLiterals;
using chart::Role;
using widgets::Ink;

namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr int chartHeight = 124;
constexpr auto askAgain = std::chrono::seconds(10);

const wire::Series *seriesNamed(const wire::MetricsAnswer &history, const char *name)
{
    const auto found = std::ranges::find(history.series, name, &wire::Series::name);
    return found == history.series.end() ? nullptr : &*found;
}

qint64 millisecondsOf(wire::Time time)
{
    return time.time_since_epoch().count();
}

chart::Series lineOf(const wire::MetricsAnswer &history, const char *name, chart::Series line)
{
    line.spacingMs = history.resolutionSeconds * 1000;
    if (const wire::Series *series = seriesNamed(history, name)) {
        for (std::size_t i = 0; i < std::min(series->times.size(), series->values.size()); ++i) {
            line.points.append(
                {series->times[i], series->values[i].value_or(std::numeric_limits<double>::quiet_NaN())});
        }
    }
    return line;
}

QString clockText(qint64 unixMs)
{
    return QDateTime::fromMSecsSinceEpoch(unixMs).toString(u"HH:mm"_s);
}

bool hasPoints(const std::optional<wire::MetricsAnswer> &history)
{
    const auto *idle = history ? seriesNamed(*history, "idle") : nullptr;
    return idle != nullptr && !idle->times.empty();
}

} // namespace

chart::ChartStackContent poolChart(const wire::MetricsAnswer &history)
{
    const auto idle = lineOf(history, "idle", {.role = Role::Ready, .name = PoolCurve::tr("Idle")});
    auto wanted = lineOf(history, "wanted", {.role = Role::Reserved, .name = PoolCurve::tr("Wanted")});
    wanted.hasEndLabel = false; // they are mostly the same number
    chart::ChartStackContent content{.charts = {{.series = {idle, wanted}, .isWhole = true}}};
    const qint64 step = history.resolutionSeconds * 1000;
    qint64 known = std::max(millisecondsOf(history.from), millisecondsOf(history.to) - hourMs);
    const auto addGap = [&](qint64 until) {
        if (until - known > 2 * step) {
            content.bands.append({known, until, PoolCurve::tr("no data"),
                                  PoolCurve::tr("%1 to %2").arg(clockText(known), clockText(until))});
        }
    };
    for (const chart::Point &point : idle.points) {
        addGap(point.unixMs);
        known = point.unixMs;
    }
    content.knownUntilMs = known;
    return content;
}

chart::ReadingList poolReadings(const wire::MetricsAnswer &history, qint64 unixMs)
{
    struct Line
    {
        const char *name;
        QString title;
        std::optional<Role> role;
    };
    const std::array lines{Line{"idle", PoolCurve::tr("Idle"), Role::Ready},
                           Line{"wanted", PoolCurve::tr("Wanted"), Role::Reserved},
                           Line{"claimed", PoolCurve::tr("Claimed in 10 s"), Role::Requests},
                           Line{"missed", PoolCurve::tr("Found none in 10 s"), std::nullopt}};
    chart::ReadingList readings;
    const qint64 step = history.resolutionSeconds * 1000;
    for (const Line &line : lines) {
        QString value = widgets::unknownText();
        if (const wire::Series *series = seriesNamed(history, line.name)) {
            const auto nearest = std::ranges::min_element(
                series->times, {}, [unixMs](std::int64_t time) { return std::abs(time - unixMs); });
            const auto at = static_cast<std::size_t>(nearest - series->times.begin());
            if (at < std::min(series->times.size(), series->values.size()) && series->values[at] &&
                std::abs(series->times[at] - unixMs) <= 2 * step) {
                value = QLocale().toString(*series->values[at], 'f', 0);
            }
        }
        readings.lines.append({.role = line.role, .name = line.title, .value = value});
    }
    return readings;
}

PoolCurve::PoolCurve(models::Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_chart(new chart::ChartStack)
    , m_note(new widgets::Label({}, widgets::TextStyle::Caption, Ink::Dim))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::chip);
    m_chart->setObjectName("poolChart"_L1);
    m_chart->setAccessibleName(tr("Idle in the last hour"));
    m_chart->setMinimumSize(160, chartHeight); // narrower than a page
    m_chart->setFixedHeight(chartHeight);
    m_chart->follow(hourMs);
    m_chart->setLookup([this](qint64 unixMs) {
        return m_history ? poolReadings(*m_history, unixMs) : chart::ReadingList();
    });
    column->addWidget(m_chart);
    m_note->setObjectName("poolChartNote"_L1);
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    m_again.setInterval(askAgain);
    connect(&m_again, &QTimer::timeout, this, &PoolCurve::ask);
    m_ages.setInterval(std::chrono::seconds(1));
    connect(&m_ages, &QTimer::timeout, this, &PoolCurve::showNote);
    applyColours();
    showHistory();
}

void PoolCurve::setPool(const std::string &pool)
{
    if (pool == m_pool) {
        return;
    }
    m_pool = pool;
    ++m_asked;
    m_history.reset();
    m_problem.clear();
    m_chart->leaveCrosshair();
    m_chart->leaveZoom();
    setVisible(!pool.empty());
    showHistory();
    ask();
}

void PoolCurve::setStale(bool isStale)
{
    const bool isBack = m_isStale && !isStale;
    m_isStale = isStale;
    applyColours();
    isStale ? m_ages.start() : m_ages.stop();
    showNote();
    if (isBack) {
        ask();
    }
}

void PoolCurve::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_again.start();
    ask();
}

void PoolCurve::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

void PoolCurve::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyColours();
    }
    QWidget::changeEvent(event);
}

void PoolCurve::ask()
{
    if (!isVisible() || m_pool.empty() || !m_session.isConnected()) {
        return;
    }
    QCoro::connect(m_session.client().poolHistory(m_pool), this,
                   [this, asked = ++m_asked](Result<wire::MetricsAnswer> &&history) {
                       if (asked != m_asked) {
                           return;
                       }
                       m_problem.clear();
                       if (history) {
                           m_history = std::move(*history);
                       } else { // what is there stays
                           m_problem = toText(history.error().detail);
                       }
                       showHistory();
                   });
}

void PoolCurve::showHistory()
{
    const bool isThere = hasPoints(m_history);
    if (isThere) {
        m_chart->setContent(poolChart(*m_history));
        m_chart->setNow(millisecondsOf(m_history->to));
    }
    m_chart->setVisible(isThere);
    showNote();
}

void PoolCurve::showNote()
{
    QString note;
    const bool isThere = hasPoints(m_history);
    if (!m_problem.isEmpty()) {
        note = tr("The last hour could not be read: %1").arg(m_problem);
    } else if (!isThere) {
        note = m_isStale   ? tr("Idle in the last hour: –")
               : m_history ? tr("Idle in the last hour: – It is counted every ten seconds.")
                           : tr("Reading the last hour…");
    } else if (m_isStale) {
        const qint64 age = QDateTime::currentMSecsSinceEpoch() - millisecondsOf(m_history->to);
        note =
            tr("As it was %1 ago").arg(widgets::ageText(std::chrono::milliseconds(std::max<qint64>(0, age))));
    }
    m_note->setInk(m_problem.isEmpty() ? Ink::Dim : Ink::Warn);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void PoolCurve::applyColours()
{
    chart::ChartColours colours = chartColours(widgets::themeOf(this));
    if (m_isStale) {
        for (QColor *colour : {&colours.ready, &colours.readyFill, &colours.reserved, &colours.textPrimary}) {
            *colour = dimmed(*colour, colours.page);
        }
    }
    m_chart->setColours(colours);
}

} // namespace nest::console
