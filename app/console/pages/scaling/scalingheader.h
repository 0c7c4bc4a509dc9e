// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The head of the Scaling page: which function, version and group, how it is, its rule, its present figures.
// What is not known is a dash. The function and its group are chosen here from menus of what is deployed.
//
// Thread: UI. Owner: the page; session and model outlive it.

#include "api/wire/common.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QMenu;

namespace nest::wire {
struct Deployment;
}
namespace nest::models {
class ScalingModel;
class Session;
} // namespace nest::models
namespace nest::widgets {
class CellWidget;
class Figure;
class Label;
class TitleButton;
} // namespace nest::widgets

namespace nest::console {

class ScalingHeader final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScalingHeader)

public:
    ScalingHeader(models::Session &session, models::ScalingModel &model, QWidget *parent = nullptr);

    /// Reads session and model again; cheap.
    void show();
    /// "1 h": what the cold starts are counted over.
    void setRangeName(const QString &name);
    void setStale(bool isStale);
    /// Opens the menu of functions, as a click on the name.
    void chooseFunction();

Q_SIGNALS:
    void targetChosen(const QString &function, const nest::wire::GroupName &group);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    widgets::Figure *addFigure(QHBoxLayout *row, const QString &name, const QString &objectName);
    [[nodiscard]] bool isLimited(const wire::Deployment &deployment) const;
    void elideRule();
    void showNames();
    void showFigures();
    void fillFunctions();
    void fillGroups();

    models::Session &m_session;
    models::ScalingModel &m_model;
    bool m_isStale = false;
    widgets::CellWidget *m_runtime;
    QMenu *m_functions;
    widgets::TitleButton *m_function;
    widgets::CellWidget *m_version;
    widgets::CellWidget *m_group;
    QMenu *m_groups;
    widgets::CellWidget *m_health;
    widgets::Label *m_rule;
    widgets::Figure *m_requests = nullptr;
    widgets::Figure *m_success = nullptr;
    widgets::Figure *m_p99 = nullptr;
    widgets::Figure *m_ready = nullptr;
    widgets::Figure *m_coldStarts = nullptr;
};

} // namespace nest::console
