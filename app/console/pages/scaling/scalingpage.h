// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The page Scaling: how load and instances of one function went, and why each decision was made.
//
// Invariants: chosen row, selected mark, crosshair and explanation are of one decision. Without a choice the
// newest is explained. All is kept while the platform is away, dim and with its age. Thread: UI. Owner: the
// window; the session, and settings when given, outlive it.
//
// Keys: J older, K newer decision; [ ] the crosshair, with Shift ten steps; + - zoom; Esc back to live.

#include "models/scalingmodel.h"
#include "widgets/shell/page.h"

class QSettings;
class QSplitter;
class QStackedWidget;

namespace nest::widgets {
class Banner;
class EmptyState;
} // namespace nest::widgets

namespace nest::console {

class ChartsPanel;
class DecisionsPanel;
class ScalingHeader;
class WhyPanel;

class ScalingPage final : public widgets::Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScalingPage)

public:
    explicit ScalingPage(models::Session &session, QWidget *parent = nullptr);
    ~ScalingPage() override;

    void showFunction(const QString &function, const wire::GroupName &group);
    /// Remembers function, group and the sizes of the parts there from now on, and begins with what is there.
    void keepIn(QSettings &settings);
    [[nodiscard]] models::ScalingModel &model() { return m_model; }
    /// Inside another page, which has a head and an offline banner: without its own.
    void setEmbedded();

    void addActions(widgets::ActionRegistry &actions) override;
    void setScope(const widgets::Scope &scope) override;
    void setTimeRange(widgets::TimeRange range) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void refresh() override;

Q_SIGNALS:
    /// A preset of the panel: every chart of the console follows.
    void timeRangeRequested(nest::widgets::TimeRange range);

private:
    void chooseSomething();
    void chooseDecision(const QString &id);
    void explain();
    void showState();
    void showBanner();
    void keepSizes();

    models::Session &m_session;
    models::ScalingModel m_model;
    ScalingHeader *m_header;
    widgets::Banner *m_banner;
    QStackedWidget *m_stack;
    QSplitter *m_parts;
    QSplitter *m_side;
    ChartsPanel *m_charts;
    DecisionsPanel *m_decisions;
    WhyPanel *m_why;
    widgets::EmptyState *m_empty;
    QWidget *m_loading;
    QSettings *m_settings = nullptr;
    widgets::Scope m_scope;
    widgets::ConnectionStatus m_status;
    bool m_isEmbedded = false;
    QString m_asOf; // when the values are old: from when
};

} // namespace nest::console
