// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The foot of the window: how alive the connection is, round trip, platform version, isolation, time zone; at
// the right what runs, the last messages and how to find everything else.
//
// What is not known is not shown; what can be pressed says with a signal that it was. Thread: GUI.

#include "widgets/shell/shellstate.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace nest::widgets {

class Label;
class StatusButton;

class StatusBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusBar)

public:
    explicit StatusBar(QWidget *parent = nullptr);

    void setStatus(const ConnectionStatus &status);
    /// A short fact at the right, "Building coupon-match · 62 %"; empty takes it away.
    void setJob(const QString &text);
    /// Ends what runs; its button stands behind the job while the action is on.
    void setStopAction(QAction *action);
    /// 0: none was said yet. An error is one that was not looked at.
    void setMessages(int count, bool hasError);
    /// A word at the right end that is always in view, "? keys", and triggers the action.
    void addHint(QAction *action, const QString &words);
    [[nodiscard]] QString liveStateText() const;

Q_SIGNALS:
    void liveStateActivated();
    /// The job's words were pressed: show what runs.
    void jobActivated();
    void messagesActivated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusButton *m_live;
    Label *m_roundTrip;
    Label *m_version;
    Label *m_isolation;
    Label *m_zone;
    StatusButton *m_job;
    QToolButton *m_stopJob;
    StatusButton *m_messages;
    QHBoxLayout *m_row;
};

} // namespace nest::widgets
