// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/scalingmodel.h"

#include <QCoroTask>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nest::models {

using namespace std::chrono_literals;

namespace {

constexpr auto settle = 30ms;          // target, range and width often change together
constexpr auto askAgainWhenBlind = 5s; // where live figures cannot extend the series
constexpr auto askAgainAfterError = 3s;
constexpr std::size_t recentSeconds = 20;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

const std::vector<std::string> &names()
{
    static const std::vector<std::string> all{
        "requestsPerSecond", "errorsPerSecond", "successPercent", "p50Ms", "p99Ms",
        "concurrency",       "inFlight",        "queued",         "ready", "desired",
        "reserved",          "starting",        "capacity"};
    return all;
}

wire::Time now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void appendPoint(ScalingSeries &series, std::int64_t unixMs, std::optional<double> value)
{
    auto &points = series.points;
    if (!points.empty()) {
        const std::int64_t last = points.back().unixMs;
        if (unixMs <= last) {
            return;
        }
        if (unixMs - last > series.spacingMs * 3 / 2 && !std::isnan(points.back().value)) {
            points.push_back({last + series.spacingMs, unknown});
        }
    }
    points.push_back({unixMs, value.value_or(unknown)});
}

} // namespace

ScalingModel::ScalingModel(Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_decisions(session), m_reload(this)
{
    m_reload.setSingleShot(true);
    connect(&m_reload, &QTimer::timeout, this, &ScalingModel::reload);
    connect(&session.stats(), &LiveStats::updated, this, &ScalingModel::extend);
    connect(&session.deployments(), &CollectionBase::changed, this, &ScalingModel::updateFigures);
    connect(&m_decisions, &DecisionsModel::loadingChanged, this, &ScalingModel::readDecisions);
    connect(&session.instances(), &CollectionBase::changed, this, &ScalingModel::updateFigures);
    connect(&session.watch(), &client::Watch::stateChanged, this, [this] {
        if (m_session.watch().state() == client::Watch::State::Open && m_state != State::Empty) {
            m_reload.start(settle); // what was missed meanwhile
        }
    });
}

ScalingModel::~ScalingModel()
{
    m_stop.request_stop();
}

const wire::Deployment *ScalingModel::deployment() const
{
    return m_session.deployments().find(key());
}

std::string ScalingModel::key() const
{
    return m_target.function + '/' + toString(m_target.group);
}

const ScalingSeries *ScalingModel::series(const std::string &name) const
{
    const auto found = m_series.find(name);
    return found == m_series.end() ? nullptr : &found->second;
}

wire::Time ScalingModel::from() const
{
    return m_window ? m_window->first : to() - m_range;
}

wire::Time ScalingModel::to() const
{
    return m_window ? m_window->second : now();
}

void ScalingModel::setTarget(const Target &target)
{
    if (m_target == target) {
        return;
    }
    m_target = target;
    m_series.clear();
    m_livePoints = 0;
    m_recent.clear();
    m_decisions.setFilter({.function = target.function, .group = target.group, .version = target.version});
    setState(target.function.empty() ? State::Empty : State::Loading);
    Q_EMIT seriesReplaced();
    updateFigures();
    m_reload.start(settle);
}

void ScalingModel::setRange(std::chrono::seconds range)
{
    if (m_range != range || m_window) {
        m_range = range;
        m_window.reset();
        m_reload.start(settle);
        readDecisions();
    }
}

void ScalingModel::setWindow(wire::Time from, wire::Time to)
{
    m_window = std::pair(from, to);
    m_reload.start(settle);
    readDecisions();
}

/// The charts mark those of the whole range, up to a number that is still told apart.
void ScalingModel::readDecisions()
{
    constexpr std::size_t atMost = 2'000;
    const auto &all = m_decisions.decisions();
    if (!all.empty() && all.size() < atMost && all.back().time > from()) {
        m_decisions.fetchMore({});
    }
}

void ScalingModel::setWidth(int pixels)
{
    if (m_width != pixels && pixels > 0) {
        m_width = pixels;
        m_reload.start(settle);
    }
}

/// The stats of the watch are of a deployment; they are a version's only when it is the only one.
bool ScalingModel::liveFiguresFit() const
{
    if (!m_target.version) {
        return true;
    }
    const auto *present = deployment();
    return present != nullptr && present->weights.size() == 1 &&
           present->weights.front().version == *m_target.version;
}

void ScalingModel::reload()
{
    if (m_target.function.empty()) {
        return;
    }
    m_stop.request_stop();
    m_stop = {};
    client::MetricsQuery query;
    query.function = m_target.function;
    query.group = m_target.group;
    query.version = m_target.version;
    query.names = names();
    query.from = from();
    query.to = to();
    query.widthPixels = m_width;
    QCoro::connect(m_session.client().metrics(query, m_stop.get_token()), this,
                   [this, stop = m_stop.get_token()](Result<wire::MetricsAnswer> &&answer) {
                       if (!stop.stop_requested()) {
                           take(std::move(answer));
                       }
                   });
}

void ScalingModel::take(Result<wire::MetricsAnswer> answer)
{
    if (!answer) {
        m_error = std::move(answer.error());
        setState(m_series.empty() ? State::Failed
                                  : State::Ready); // old series stay; the session says how old
        m_reload.start(askAgainAfterError);
        return;
    }
    m_error = {};
    std::map<std::string, ScalingSeries, std::less<>> fresh;
    // The platform leaves out what a pixel column does not need: points lie up to a column apart.
    const std::int64_t column = (answer->to - answer->from).count() / std::max(1, m_width);
    const std::int64_t spacing =
        std::max<std::int64_t>(std::max(1, answer->resolutionSeconds) * 1000LL, column);
    for (const auto &series : answer->series) {
        ScalingSeries &made = fresh[series.name];
        made.spacingMs = spacing;
        const std::size_t count = std::min(series.times.size(), series.values.size());
        made.points.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            appendPoint(made, series.times[i], series.values[i]);
        }
    }
    m_series = std::move(fresh);
    m_livePoints = 0;
    if (isLive() && liveFiguresFit()) {
        for (const auto &stats : m_recent) { // seconds that passed while the answer was on its way
            append(stats);
        }
    }
    setState(State::Ready);
    Q_EMIT seriesReplaced();
    updateFigures();
    if (isLive() && !liveFiguresFit()) {
        m_reload.start(askAgainWhenBlind);
    }
}

void ScalingModel::extend()
{
    updateFigures();
    const auto *stats = m_session.stats().deployment(key());
    if (stats == nullptr || (!m_recent.empty() && stats->time <= m_recent.back().time)) {
        return;
    }
    if (!m_recent.empty() && stats->time - m_recent.back().time > std::chrono::milliseconds(1'500)) {
        m_reload.start(settle); // the watch leaves seconds out for one that is behind; the platform has them
    }
    m_recent.push_back(*stats);
    if (m_recent.size() > recentSeconds) {
        m_recent.pop_front();
    }
    if (m_state != State::Ready || !isLive() || !liveFiguresFit()) {
        return;
    }
    append(*stats);
    dropOld();
    Q_EMIT seriesExtended();
    // Live points come each second; on a long range they would soon outnumber the pixels.
    if (++m_livePoints > std::max(60, m_width / 4)) {
        m_reload.start(settle);
        m_livePoints = 0;
    }
}

void ScalingModel::append(const wire::DeploymentStats &stats)
{
    const auto add = [&](const char *name, std::optional<double> value) {
        appendPoint(m_series[name], stats.time.time_since_epoch().count(), value);
    };
    add("requestsPerSecond", stats.requestsPerSecond);
    add("successPercent", stats.successPercent);
    add("p99Ms", stats.p99Ms);
    add("concurrency", stats.concurrency);
    add("inFlight", stats.inFlight);
    add("queued", stats.queued);
    add("ready", stats.ready);
    add("desired", stats.desired);
    add("starting", stats.starting);
    if (const auto *present = deployment()) {
        add("capacity", stats.ready * present->scaling.threshold * present->scaling.utilisation);
        add("reserved", present->scaling.reserved);
    }
}

void ScalingModel::dropOld()
{
    const std::int64_t begin = from().time_since_epoch().count();
    for (auto &[name, series] : m_series) {
        const auto keep =
            std::ranges::lower_bound(series.points, begin - series.spacingMs, {}, &SeriesPoint::unixMs);
        series.points.erase(series.points.begin(), keep);
    }
}

/// The platform lists instances that ended for ten minutes, and none of before its own start.
bool ScalingModel::knowsStartsSince(wire::Time time) const
{
    constexpr auto listed = std::chrono::minutes(10);
    const auto *present = deployment();
    const auto &me = m_session.me();
    if (present == nullptr || !present->status || !me) {
        return false;
    }
    const auto begin = std::max(time, present->status->createdAt.value_or(time));
    return begin >= me->startedAt && begin >= now() - listed;
}

void ScalingModel::updateFigures()
{
    ScalingFigures figures;
    const auto *present = deployment();
    const auto *stats = liveFiguresFit() ? m_session.stats().deployment(key()) : nullptr;
    if (stats != nullptr) {
        figures.requestsPerSecond = stats->requestsPerSecond;
        figures.successPercent = stats->successPercent;
        figures.p99Ms = stats->p99Ms;
        figures.queued = stats->queued;
        figures.ready = stats->ready;
        figures.desired = stats->desired;
    } else if (present != nullptr && present->status && m_target.version) {
        for (const auto &revision : present->status->revisions) {
            if (revision.version == *m_target.version) {
                figures.ready = revision.ready;
                figures.desired = revision.desired;
            }
        }
    } else if (present != nullptr && present->status) {
        figures.ready = present->status->ready;
        figures.desired = present->status->desired;
    }
    if (present != nullptr && figures.ready) {
        figures.capacity = *figures.ready * present->scaling.threshold * present->scaling.utilisation;
    }
    const auto &instances = m_session.instances();
    if (instances.isListed() && knowsStartsSince(from())) {
        int count = 0;
        const auto begin = from();
        for (std::size_t i = 0; i < instances.size(); ++i) {
            const auto &instance = instances.at(i);
            const bool isOurs =
                instance.function == m_target.function &&
                wire::GroupName{instance.set, instance.lane, instance.region} == m_target.group &&
                (!m_target.version || instance.version == *m_target.version);
            count +=
                isOurs && instance.readyAt && *instance.readyAt >= begin && *instance.readyAt <= to() ? 1 : 0;
        }
        figures.coldStarts = count;
    }
    if (figures != m_figures) {
        m_figures = figures;
        Q_EMIT figuresChanged();
    }
}

void ScalingModel::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

} // namespace nest::models
