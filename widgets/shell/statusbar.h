// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The foot of the window: how alive the connection is, round trip, platform version, isolation, time zone.
//
// What is not known is not shown. Thread: GUI.

#include "widgets/shell/shellstate.h"

#include <QWidget>

namespace nest::widgets {

class Label;
class LiveState;

class StatusBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusBar)

public:
    explicit StatusBar(QWidget *parent = nullptr);

    void setStatus(const ConnectionStatus &status);
    /// A short fact at the right, "Building coupon-match · 62 %"; empty takes it away.
    void setJob(const QString &text);
    [[nodiscard]] QString liveStateText() const;

Q_SIGNALS:
    void liveStateActivated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    LiveState *m_live;
    Label *m_roundTrip;
    Label *m_version;
    Label *m_isolation;
    Label *m_zone;
    Label *m_job;
};

} // namespace nest::widgets
