// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What was done, at the bottom right of the window: a sentence with a running line, for 5 s, or 20 s when it
// says an error, and Undo (Ctrl+Z). At most three are seen; the last ones are kept to be read again.
//
// Invariants: the time stands still while the pointer or the focus is on a toast; the toasts cover nothing
// that can be clicked as long as there is another place. Thread: GUI. Owner: the window; a toast that is over
// deletes itself.

#include "widgets/theme/theme.h"

#include <QDateTime>
#include <QList>
#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

#include <chrono>
#include <functional>
#include <optional>

class QShortcut;

namespace nest::widgets {

class Label;

struct ToastText
{
    Tone tone = Tone::Ok;
    QString sentence{};
    QString detail{};
    QString action{};                                // "Undo"; empty: none
    bool isUndo = true;                              // Ctrl+Z does the action
    bool isKept = false;                             // the list of messages offers the action again
    std::optional<std::chrono::milliseconds> time{}; // nothing: as its tone has it

    [[nodiscard]] std::chrono::milliseconds shownFor() const
    {
        return time.value_or(std::chrono::seconds(tone == Tone::Bad ? 20 : 5));
    }
};

/// Of the tones that a message can have.
[[nodiscard]] QString toneIcon(Tone tone);

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
    bool eventFilter(QObject *watched, QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void holdTime(bool isHeld);

    ToastText m_text;
    Label *m_sentence;
    QVariantAnimation m_running; // 1 to 0: the line that runs out
};

/// The place of the toasts of one window.
class ToastArea final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ToastArea)

public:
    static constexpr int mostShown = 3;
    static constexpr qsizetype mostKept = 50;

    struct Said
    {
        QDateTime at;
        ToastText text;
        std::function<void()> act{}; // of one that is kept
    };

    explicit ToastArea(QWidget *window);

    /// The newest is at the foot; a fourth ends the oldest that is no error, else the oldest. `act` is what
    /// the action does, called at most once while the toast is there; more often where the text is kept.
    Toast *show(const ToastText &text, std::function<void()> act = {});
    [[nodiscard]] QList<Toast *> toasts() const { return m_toasts; }
    /// Distance to the window's foot, for a status bar.
    void setFoot(int pixels);
    /// The newest Undo that is still offered; false when there is none. Ctrl+Z does it by itself.
    bool activateNewest();
    /// False when there is none.
    bool closeNewest();
    /// What was said since the start, also what is over; oldest first.
    [[nodiscard]] const QList<Said> &said() const { return m_said; }

Q_SIGNALS:
    /// A toast went away to make room; its words, for whoever keeps them.
    void dropped(const QString &sentence);
    void saidChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void remove(Toast *toast);
    void place();
    void makeRoom();

    QList<Toast *> m_toasts; // oldest first
    QList<Said> m_said;
    QTimer m_look; // pages change below
    QShortcut *m_undo;
    int m_foot = 0;
};

} // namespace nest::widgets
