// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every action of the console once: text, icon, shortcut, and why it is off when it is off. Menus, shortcuts
// and (later) the palette show the same QAction.
//
// Invariants: an id is added once; a disabled action has a reason. Thread: GUI. Owner: MainWindow.

#include <QAction>
#include <QList>
#include <QObject>

namespace nest::widgets {

struct ActionInfo
{
    QString id;              // stable: "go.functions"
    QString text;            // translated
    QKeySequence shortcut{}; // single letters fire only when no text field has the focus
    QString icon{};
};

class ActionRegistry final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionRegistry)

public:
    /// Shortcuts work in the whole of this window.
    explicit ActionRegistry(QWidget *window);

    /// The caller connects triggered(). Owned by the registry. With a scope the shortcut works only while the
    /// focus is in that widget, and the action is listed only while it is seen.
    QAction *add(const ActionInfo &info, QWidget *scope = nullptr);
    /// An action that somebody else made and owns, so that it is listed too; it is one of that scope.
    void adopt(QAction *action, const QString &id, QWidget *scope);
    /// Those that mean something now: of the window, and of what is seen. Not those that are made invisible.
    [[nodiscard]] QList<QAction *> present() const;
    /// The widget an action belongs to; null: the window.
    [[nodiscard]] static QWidget *scopeOf(const QAction *action);
    [[nodiscard]] QAction *action(const QString &id) const;
    [[nodiscard]] const QList<QAction *> &actions() const { return m_actions; }

    /// A reason turns the action off and is shown in its tool tip; an empty one turns it on.
    static void setDisabledReason(QAction *action, const QString &reason);
    [[nodiscard]] static QString disabledReason(const QAction *action);

private:
    static void describe(QAction *action);

    QWidget *m_window;
    QList<QAction *> m_actions;
};

} // namespace nest::widgets
