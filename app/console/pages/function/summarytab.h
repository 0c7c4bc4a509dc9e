// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The function in short: where it answers and how to try it, what was done to make it, where it runs, what to
// do next.
//
// Thread: UI. Owner: the page; the session outlives it. A running creation goes on while another function is
// shown.

#include "app/console/pages/function/functiontab.h"
#include "models/functioncreator.h"
#include "models/scalingmodel.h"

#include <map>
#include <memory>

namespace nest::widgets {
class Label;
}

namespace nest::console {

class AnswerBox;
class AnswerPhases;
class ChartsPanel;
class DoneList;

class SummaryTab final : public FunctionTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SummaryTab)

public:
    explicit SummaryTab(models::Session &session, QWidget *parent = nullptr);
    ~SummaryTab() override;

    /// Makes the function; its tab shows how that goes. One at a time for a name.
    void create(const models::CreationPlan &plan);

    void setTarget(const FunctionTarget &target) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void setTimeRange(widgets::TimeRange range) override;

Q_SIGNALS:
    void loadRequested(const nest::console::FunctionTarget &target);

private:
    QWidget *buildSide();
    void showAll();
    void showGroups();
    void ask();
    void take(const QString &key, const wire::Invocation &answer);
    void showAnswer();
    void showLoad();
    [[nodiscard]] QStringList groupHeaders() const;
    [[nodiscard]] const models::FunctionCreator *creator() const;
    [[nodiscard]] QString key() const; // of the function and the group that are shown

    models::Session &m_session;
    FunctionTarget m_target;
    widgets::ConnectionStatus m_status;
    std::map<QString, std::unique_ptr<models::FunctionCreator>> m_creators;
    std::map<QString, wire::Invocation> m_answers; // the last one of each function and group
    int m_generation = 0;
    models::ScalingModel m_model;
    AnswerBox *m_box;
    AnswerPhases *m_phases;
    ChartsPanel *m_charts;
    QWidget *m_doneBox;
    DoneList *m_done;
    widgets::Label *m_groupsText;
};

} // namespace nest::console
