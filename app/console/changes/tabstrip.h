// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A row of tabs with a line under the current one and a small count behind a name.
//
// Thread: UI.

#include <QList>
#include <QString>
#include <QWidget>

namespace nest::console {

class TabStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TabStrip)

public:
    explicit TabStrip(QWidget *parent = nullptr);

    /// The first one added is the current one.
    void addTab(const QString &id, const QString &title);
    /// Empty takes it away.
    void setBadge(const QString &id, const QString &badge);
    [[nodiscard]] QString badge(const QString &id) const;
    void setCurrent(const QString &id);
    [[nodiscard]] QString current() const;

Q_SIGNALS:
    void currentChanged(const QString &id);

private:
    class Tab;
    QList<Tab *> m_tabs;
};

} // namespace nest::console
