// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The foot of something that loads longer than a second: what, how far, Cancel. Under a second nothing is
// shown (the table's placeholder rows suffice), so a quick answer does not flicker.
//
// Thread: GUI.

#include <QTimer>
#include <QWidget>

class QProgressBar;
class QPushButton;

namespace nest::widgets {

class Label;

class LoadingBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadingBar)

public:
    explicit LoadingBar(QWidget *parent = nullptr);

    /// Begins to wait; the bar appears after a second unless finish() comes first.
    void start(const QString &text);
    /// "Loading functions, 840 of 1,287"; a total of 0 means it is not known.
    void setProgress(const QString &text, int done, int total);
    void finish();

Q_SIGNALS:
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QTimer m_delay;
    Label *m_text;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
};

} // namespace nest::widgets
