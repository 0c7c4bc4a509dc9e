// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which event is written, and what is done with it: the combo of saved events and templates, Save with its
// small form, delete and rename, and the choice in a conflict.
//
// Invariants: no typed text is lost: what was typed for one event is kept while another is shown, and in a
// conflict both texts stay until the person chose. Thread: UI. Owner: RequestView; the store outlives it.

#include "api/wire/function.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QAction;
class QComboBox;
class QLineEdit;
class QMenu;
class QPushButton;

namespace nest {
struct Error;
}
namespace nest::widgets {
class Label;
class SegmentedControl;
} // namespace nest::widgets

namespace nest::console {

class EventStore;

/// What one function's events are like in this panel; kept while another function is shown.
struct EventEdits
{
    QString chosen;                      // key of the event: "event:order-1", "template:get"
    QHash<QString, wire::TestEvent> own; // typed and not saved, by key
};

class EventBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventBar)

public:
    explicit EventBar(EventStore &store, QWidget *parent = nullptr);

    /// Another function; the chosen event is told with eventChosen.
    void setEdits(const EventEdits &edits);
    [[nodiscard]] const EventEdits &edits() const { return m_edits; }
    /// What is written now.
    void noteEdit(const wire::TestEvent &event);
    void choose(const QString &key);
    [[nodiscard]] QComboBox *combo() const { return m_combo; }
    [[nodiscard]] QAction *saveAction() const { return m_saveAction; }
    /// The line below the editor: Save event, more, what is changed.
    [[nodiscard]] QWidget *foot() const { return m_foot; }

Q_SIGNALS:
    void eventChosen(const nest::wire::TestEvent &event);

private:
    enum class Form { None, SaveAs, Rename };

    void buildFoot();
    void buildForm();
    void buildConflict();
    void fill();
    void save();
    void openForm(Form form);
    void applyForm();
    void takeSaved(const wire::TestEvent &event);
    void showConflict(const wire::TestEvent &mine, const std::optional<wire::TestEvent> &theirs);
    void keepMine();
    void takeTheirs();
    void showMessage(const QString &text, bool isBad);
    void showState();
    void remove();
    [[nodiscard]] wire::TestEvent current() const;
    [[nodiscard]] bool isSavedOne() const;

    EventStore &m_store;
    EventEdits m_edits;
    QComboBox *m_combo;
    QAction *m_saveAction;
    QWidget *m_foot;
    QPushButton *m_save = nullptr;
    QPushButton *m_more = nullptr;
    widgets::Label *m_state = nullptr;
    widgets::Label *m_message = nullptr;
    QWidget *m_formBox = nullptr;
    QLineEdit *m_name = nullptr;
    widgets::SegmentedControl *m_visibility = nullptr;
    QWidget *m_conflictBox = nullptr;
    widgets::Label *m_conflictText = nullptr;
    QPushButton *m_keepMine = nullptr;
    QPushButton *m_takeTheirs = nullptr;
    Form m_form = Form::None;
    std::optional<wire::TestEvent> m_mine, m_theirs; // of the conflict
};

} // namespace nest::console
