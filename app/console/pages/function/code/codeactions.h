// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Save, Build, Publish version and Deploy: one action each, when it is on, why it is off, and the buttons of
// them in the head of the page.
//
// Invariants: an action that is off has its reason in the tool tip. Thread: UI. Owner: CodeTab.

#include "models/draft/buildrun.h"
#include "models/draft/draft.h"

#include <QAction>
#include <QPointer>
#include <QPushButton>

namespace nest::models {
class Session;
}

namespace nest::console {

class CodeActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeActions)

public:
    /// Shortcuts work in the window while `owner` is shown.
    CodeActions(models::Session &session, QWidget *owner);

    void setSubjects(models::Draft *draft, models::BuildRun *run);
    /// The page shows them in its head and owns them.
    QWidget *makeHead();
    [[nodiscard]] QPushButton *publishButton() const { return m_publishButton; }

    [[nodiscard]] QAction *save() const { return m_save; }
    [[nodiscard]] QAction *build() const { return m_build; }
    [[nodiscard]] QAction *publish() const { return m_publish; }
    [[nodiscard]] QAction *deploy() const { return m_deploy; }
    /// The newest build, when it passed and holds all that is in the editor.
    [[nodiscard]] std::optional<int> latestBuild() const;

    void update();

private:
    [[nodiscard]] QString whyNotReady() const;
    static void set(QAction *action, const QString &text, const QString &help, const QString &reason);

    models::Session &m_session;
    QPointer<models::Draft> m_draft;
    QPointer<models::BuildRun> m_run;
    QAction *m_save;
    QAction *m_build;
    QAction *m_publish;
    QAction *m_deploy;
    QPointer<QPushButton> m_publishButton;
};

} // namespace nest::console
