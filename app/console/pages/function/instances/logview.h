// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The list of log lines: virtual, each line painted. Follows the newest line until a person scrolls away.
//
// Keys: Space holds or follows, End follows, Ctrl+C copies the chosen lines whole. Thread: UI. Owner: the log
// panel; the model outlives it.

#include <QListView>

namespace nest::console {

class LogDelegate;
class LogModel;

class LogView final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogView)

public:
    explicit LogView(LogModel &model, QWidget *parent = nullptr);

    void setSearch(const QString &text, int currentRow);
    void setStale(bool isStale);
    /// Shown in place of lines; empty while there are some.
    void setNote(const QString &note);

Q_SIGNALS:
    void followRequested();
    void holdRequested();
    void toggleRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void copySelection() const;

    LogModel &m_model;
    LogDelegate *m_delegate;
    QString m_note;
};

} // namespace nest::console
