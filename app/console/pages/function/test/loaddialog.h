// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks how much load is put on a function, for how long and in which shape, and says where it goes.
//
// Nothing is sent before the button or Enter; what is not possible is off with its reason. Thread: UI. Owner:
// the window it covers; the session outlives it.

#include "api/client/loadplan.h"
#include "app/console/pages/function/functiontab.h"
#include "widgets/state/modallayer.h"

class QPushButton;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class Label;
}

namespace nest::console {

class LoadFields;

class LoadDialog final : public widgets::ModalLayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadDialog)

public:
    LoadDialog(models::Session &session, FunctionTarget target, QWidget *window);

    /// Opens with the rate chosen, so that a figure can be typed at once.
    void ask();

Q_SIGNALS:
    void chosen(const nest::console::FunctionTarget &target, const nest::client::LoadPlan &plan);

protected:
    void accept() override;
    bool otherKey(QKeyEvent *event) override;

private:
    void showReason();
    [[nodiscard]] client::LoadPlan plan() const;

    models::Session &m_session;
    FunctionTarget m_target;
    LoadFields *m_fields;
    widgets::Label *m_reason;
    QPushButton *m_leave;
    QPushButton *m_start;
};

} // namespace nest::console
