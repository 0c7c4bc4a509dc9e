// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks a person before a write to a guarded connection: what is about to happen, why, and, where the guard
// wants it, the name of what is changed. An open connection is asked for a review alone.
//
// Invariants: `then` runs at most once, and only when the guard lets the change through at that moment; it
// does not run when the page is gone. Thread: UI. Owner: the window it covers; the guard outlives it.

#include "widgets/state/modallayer.h"

#include <functional>
#include <optional>

class QLineEdit;
class QPushButton;

namespace nest::models {
class Guard;
}
namespace nest::widgets {
class Label;
}

namespace nest::console {

struct GuardQuestion
{
    QString title;                 // "Change the settings of hello"
    QStringList effects;           // in sentences: what is about to happen
    QString name;                  // to be typed; empty: it was typed on the page already
    QString button;                // a verb
    std::optional<QString> reason; // what the page knows already; nothing: the platform keeps none
    bool isDestroying = false;
    bool isReview = false; // the effects are to be seen first: an open connection is asked as well
};

class GuardDialog final : public widgets::ModalLayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GuardDialog)

public:
    GuardDialog(const models::Guard &guard, GuardQuestion question, QWidget *window);

    /// Where the next thing is to be typed.
    void focusMissing();

Q_SIGNALS:
    void confirmed(const QString &reason);

protected:
    void accept() override;

private:
    void build();
    void showMissing();
    [[nodiscard]] QString missing() const;

    const models::Guard &m_guard;
    GuardQuestion m_question;
    QLineEdit *m_reason;
    QLineEdit *m_name;
    widgets::Label *m_missing;
    QPushButton *m_cancel;
    QPushButton *m_confirm;
};

/// Runs `then` with the reason: at once on an open connection when it is no review, else after it was
/// confirmed over the page's window.
void askGuard(const models::Guard &guard, QWidget *page, GuardQuestion question,
              std::function<void(const QString &reason)> then);

} // namespace nest::console
