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

namespace nest::widgets {

class JobStrip;
class Label;
class StatusButton;

class StatusBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusBar)

public:
    explicit StatusBar(QWidget *parent = nullptr);

    void setStatus(const ConnectionStatus &status);
    /// What runs stands at the right, each with what ends it; see JobStrip.
    void setJob(const Job &job);
    /// 0: none was said yet. An error is one that was not looked at.
    void setMessages(int count, bool hasError);
    /// A word at the right end that is always in view, "? keys", and triggers the action.
    void addHint(QAction *action, const QString &words);
    [[nodiscard]] QString liveStateText() const;

Q_SIGNALS:
    void liveStateActivated();
    /// A job's words were pressed: show what runs.
    void jobActivated(const QString &id);
    void jobStopRequested(const QString &id);
    void messagesActivated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusButton *m_live;
    Label *m_roundTrip;
    Label *m_version;
    Label *m_isolation;
    Label *m_zone;
    JobStrip *m_jobs;
    StatusButton *m_messages;
    QHBoxLayout *m_row;
};

} // namespace nest::widgets
