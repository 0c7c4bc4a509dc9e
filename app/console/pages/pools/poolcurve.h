// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How many of a pool were idle in the last hour, at the top of its editor.
//
// Invariants: what the platform has no value of is a band without one, never a zero; an answer about another
// pool is not shown. Asks when a pool is shown and every ten seconds while it is seen. Thread: UI. Owner: the
// editor; the session outlives it.

#include "api/wire/observation.h"
#include "widgets/chart/chartvalues.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <string>

namespace nest::chart {
class ChartStack;
}
namespace nest::models {
class Session;
}
namespace nest::widgets {
class Label;
}

namespace nest::console {

/// The series of a pool as a chart. Pure but for translations.
[[nodiscard]] chart::ChartStackContent poolChart(const wire::MetricsAnswer &history);
/// What was known nearest to that time: one pixel is longer than a step.
[[nodiscard]] chart::ReadingList poolReadings(const wire::MetricsAnswer &history, qint64 unixMs);

class PoolCurve final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PoolCurve)

public:
    explicit PoolCurve(models::Session &session, QWidget *parent = nullptr);

    /// Empty: of none.
    void setPool(const std::string &pool);
    void setStale(bool isStale);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void ask();
    void showHistory();
    void showNote();
    void applyColours();

    models::Session &m_session;
    std::string m_pool;
    std::optional<wire::MetricsAnswer> m_history;
    QString m_problem;
    int m_asked = 0;
    bool m_isStale = false;
    QTimer m_again;
    QTimer m_ages; // while it is old
    chart::ChartStack *m_chart;
    widgets::Label *m_note;
};

} // namespace nest::console
