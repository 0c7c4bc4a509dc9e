// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the Scaling page shows of one deployment: series of a time range at the width of the chart, extended
// by the live figures, the decisions of the range, and the figures of the header.
//
// Nothing is joined or guessed: a second that is not known is a gap (a NaN point after 1.5 steps without
// data). The range is asked for again after a reconnect, when the live points have grown too fine for the
// chart, and every few seconds where the live figures do not tell the versions apart. UI thread; the session
// outlives it.

#include "models/decisionsmodel.h"
#include "models/session.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace nest::models {

struct SeriesPoint
{
    std::int64_t unixMs = 0;
    double value = 0; // NaN: not known from here on
};

struct ScalingSeries
{
    std::vector<SeriesPoint> points; // sorted by time
    std::int64_t spacingMs = 1000;
};

struct ScalingFigures
{
    std::optional<double> requestsPerSecond;
    std::optional<double> successPercent;
    std::optional<double> p99Ms;
    std::optional<int> ready;
    std::optional<int> desired;
    std::optional<double> capacity; // ready x threshold x utilisation, in the policy's metric
    std::optional<int> coldStarts;  // instances that the platform lists as become ready within the range
    std::optional<double> queued;
    bool operator==(const ScalingFigures &) const = default;
};

class ScalingModel final : public QObject
{
    Q_OBJECT

public:
    struct Target
    {
        std::string function;
        wire::GroupName group;
        std::optional<int> version = {}; // nothing: all of the deployment
        bool operator==(const Target &) const = default;
    };
    enum class State { Empty, Loading, Ready, Failed };
    Q_ENUM(State)

    explicit ScalingModel(Session &session, QObject *parent = nullptr);
    ~ScalingModel() override;
    Q_DISABLE_COPY_MOVE(ScalingModel)

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &lastError() const { return m_error; }
    [[nodiscard]] const Target &target() const { return m_target; }
    /// Null while the collection has no such deployment.
    [[nodiscard]] const wire::Deployment *deployment() const;
    [[nodiscard]] const ScalingFigures &figures() const { return m_figures; }
    /// By the API's name ("requestsPerSecond", "capacity"); null when there is none.
    [[nodiscard]] const ScalingSeries *series(const std::string &name) const;
    /// The end moves while live.
    [[nodiscard]] wire::Time from() const;
    [[nodiscard]] wire::Time to() const;
    [[nodiscard]] bool isLive() const { return !m_window; }
    /// Those of the target, newest first; marks are made from them.
    [[nodiscard]] DecisionsModel &decisions() { return m_decisions; }

    void setTarget(const Target &target);
    /// The last so many seconds, live.
    void setRange(std::chrono::seconds range);
    /// A fixed stretch, for zooming; setRange() goes back to live.
    void setWindow(wire::Time from, wire::Time to);
    /// Of the plot area: no more points are asked for than it has pixels.
    void setWidth(int pixels);

Q_SIGNALS:
    void stateChanged();
    /// Another target, range or a fresh answer.
    void seriesReplaced();
    /// Live: one point more at the end.
    void seriesExtended();
    void figuresChanged();

private:
    void reload();
    void take(Result<wire::MetricsAnswer> answer);
    void extend();
    void append(const wire::DeploymentStats &stats);
    void dropOld();
    void readDecisions();
    void updateFigures();
    [[nodiscard]] bool knowsStartsSince(wire::Time time) const;
    void setState(State state);
    [[nodiscard]] std::string key() const;
    [[nodiscard]] bool liveFiguresFit() const;

    Session &m_session;
    DecisionsModel m_decisions;
    Target m_target;
    std::chrono::seconds m_range{300};
    std::optional<std::pair<wire::Time, wire::Time>> m_window;
    int m_width = 800;
    State m_state = State::Empty;
    Error m_error;
    std::map<std::string, ScalingSeries, std::less<>> m_series;
    ScalingFigures m_figures;
    std::stop_source m_stop;
    std::deque<wire::DeploymentStats> m_recent; // may be newer than a series that is on its way
    int m_livePoints = 0;
    QTimer m_reload; // coalesces, and asks again now and then
};

} // namespace nest::models
