// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes a SET, a lane or a region, and lists the groups that are there. A lane has an owner and an end; it
// can be deleted here, with what runs in it.
//
// Nothing is written before the button. Thread: UI. Owner: the window it covers; the session outlives it.

#include "api/wire/function.h"
#include "api/wire/result.h"
#include "widgets/state/modallayer.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class Label;
}

namespace nest::console {

class GroupDialog final : public widgets::ModalLayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GroupDialog)

public:
    enum class Part { Set, Lane, Region, Group };

    /// The part is the one that is new; the others begin with what the scope says. Group: any of them, the
    /// lane to begin with.
    GroupDialog(models::Session &session, const models::Guard &guard, Part part,
                const wire::GroupName &beginWith, QWidget *window);

    /// Into the field of the part that is new.
    void focusNew() { m_new->setFocus(); }

Q_SIGNALS:
    void made(const nest::wire::GroupName &group);

protected:
    void accept() override;

private:
    QWidget *buildForm(Part part, const wire::GroupName &beginWith);
    QWidget *buildList();
    void showProblem();
    void fillList();
    void addRow(const wire::Group &group);
    void askDelete(const wire::Group &group);
    void askGuardFor(const wire::Group &group, int deployments);
    void make(const wire::Group &group);
    void remove(const wire::Group &group);
    void say(const QString &sentence, bool isBad);
    [[nodiscard]] wire::GroupName name() const;
    [[nodiscard]] QString problem() const;

    models::Session &m_session;
    const models::Guard &m_guard;
    bool m_isBusy = false;
    QWidget *m_new = nullptr;
    QLineEdit *m_set;
    QLineEdit *m_lane;
    QLineEdit *m_region;
    QLineEdit *m_owner;
    QComboBox *m_end;
    QWidget *m_laneFields;
    widgets::Label *m_said;
    QPushButton *m_make;
    QVBoxLayout *m_list;
    std::string m_asked; // the group whose deletion has to be confirmed
};

} // namespace nest::console
