// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The left rail: one entry a page, icon over label, a 2 px accent bar on the current one. Up and Down move
// between entries, Space or Enter opens.
//
// Thread: GUI.

#include "widgets/theme/theme.h"

#include <QHash>
#include <QWidget>

class QAction;
class QVBoxLayout;

namespace nest::widgets {

class RailEntry;

class Rail final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Rail)

public:
    explicit Rail(QWidget *parent = nullptr);

    /// The action gives the tool tip with the shortcut and is triggered by a click.
    void addEntry(const QString &id, const QString &title, const QString &icon, QAction *action);
    void setCurrent(const QString &id);
    [[nodiscard]] QString current() const { return m_current; }
    /// A count at the icon: accent for what waits for me, bad for what burns. 0 takes it away.
    void setBadge(const QString &id, int count, Tone tone);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column;
    QHash<QString, RailEntry *> m_entries;
    QString m_current;
};

} // namespace nest::widgets
