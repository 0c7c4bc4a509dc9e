// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What was done, at the bottom right of the window: a sentence, for 5 s with a running line and Undo
// (Ctrl+Z), or until it is closed when it says an error. At most three are seen.
//
// Thread: GUI. Owner: the window; a toast that is over deletes itself.

#include "widgets/theme/theme.h"

#include <QList>
#include <QVariantAnimation>
#include <QWidget>

#include <chrono>
#include <functional>

class QShortcut;

namespace nest::widgets {

struct ToastText
{
    Tone tone = Tone::Ok; // Bad: stays until it is closed
    QString sentence;
    QString detail{};
    QString action{};                     // "Undo"; empty: none
    std::chrono::milliseconds time{5000}; // of one that does not stay
};

class Toast final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Toast)

public:
    explicit Toast(const ToastText &text, QWidget *parent);

    [[nodiscard]] const ToastText &text() const { return m_text; }
    [[nodiscard]] bool isRunning() const { return m_running.state() == QAbstractAnimation::Running; }
    void activate();

Q_SIGNALS:
    void activated();
    /// Closed, or its time is over without the action.
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ToastText m_text;
    QVariantAnimation m_running; // 1 to 0: the line that runs out
};

/// The place of the toasts of one window.
class ToastArea final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ToastArea)

public:
    static constexpr int mostShown = 3;

    explicit ToastArea(QWidget *window);

    /// The newest is at the foot; a fourth ends the oldest that does not stay, else the oldest. `act` is what
    /// the action does, called at most once while the toast is there.
    Toast *show(const ToastText &text, std::function<void()> act = {});
    [[nodiscard]] QList<Toast *> toasts() const { return m_toasts; }
    /// Distance to the window's foot, for a status bar.
    void setFoot(int pixels);
    /// The newest action that is still offered; false when there is none. Ctrl+Z does it by itself.
    bool activateNewest();

Q_SIGNALS:
    /// A toast went away to make room; its words, for whoever keeps them.
    void dropped(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void remove(Toast *toast);
    void place();

    QList<Toast *> m_toasts; // oldest first
    QShortcut *m_undo;
    int m_foot = 0;
};

} // namespace nest::widgets
