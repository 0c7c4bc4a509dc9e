// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The head of the page of a function: runtime, name, versions, group, health, its present figures, and the
// buttons of the tab that is shown. What is not known is a dash.
//
// Thread: UI. Owner: the page; the session outlives it.

#include "app/console/pages/function/functiontab.h"
#include "widgets/shell/figure.h"

#include <QWidget>

class QHBoxLayout;
class QMenu;
class QStackedWidget;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class CellWidget;
class TitleButton;
} // namespace nest::widgets

namespace nest::console {

class FunctionHead final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionHead)

public:
    explicit FunctionHead(models::Session &session, QWidget *parent = nullptr);

    void setTarget(const FunctionTarget &target);
    void setStale(bool isStale);
    /// The tools are kept; null shows the figures alone.
    void showTools(QWidget *tools);
    /// Reads session and figures again; cheap.
    void show();

Q_SIGNALS:
    void targetChosen(const nest::console::FunctionTarget &target);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    widgets::Figure *addFigure(QHBoxLayout *row, const QString &name, const QString &objectName);
    void showNames();
    void showFigures();
    /// The figures give way in a narrow window: after everything that changes how wide the rest is.
    void showRoom();
    void fillFunctions();
    void fillGroups();

    models::Session &m_session;
    FunctionTarget m_target;
    bool m_isStale = false;
    widgets::CellWidget *m_runtime;
    QMenu *m_functions;
    widgets::TitleButton *m_function;
    widgets::CellWidget *m_version;
    QMenu *m_groups;
    widgets::CellWidget *m_group;
    widgets::CellWidget *m_health;
    QWidget *m_figures;
    widgets::Figure *m_requests = nullptr;
    widgets::Figure *m_success = nullptr;
    widgets::Figure *m_p99 = nullptr;
    widgets::Figure *m_ready = nullptr;
    QStackedWidget *m_tools;
    bool m_wantsFigures = true;
    bool m_isShowingRoom = false;
};

} // namespace nest::console
