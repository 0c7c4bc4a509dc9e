// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A chip of the top bar: badge or icon, dim label, value, and a menu below it. Accent-tinted while it
// narrows.
//
// Thread: GUI.

#include "widgets/theme/theme.h"

#include <QAbstractButton>

class QMenu;

namespace nest::widgets {

class Chip final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Chip)

public:
    explicit Chip(QWidget *parent = nullptr);

    void setLabel(const QString &label);
    void setValue(const QString &value);
    [[nodiscard]] QString value() const { return m_value; }
    void setIcon(const QString &name, Ink ink);
    void setBadge(const QString &text, Environment environment);
    void setNarrowed(bool isNarrowed);
    [[nodiscard]] bool isNarrowed() const { return m_isNarrowed; }
    void setTall(bool isTall);
    /// The menu opens below on a click, Space, Enter or Down. Not owned.
    void setMenu(QMenu *menu);
    [[nodiscard]] QMenu *menu() const { return m_menu; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

public Q_SLOTS:
    void openMenu();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();

    QString m_label, m_value, m_icon, m_badge;
    Ink m_ink = Ink::Dim;
    Environment m_environment = Environment::Local;
    bool m_isNarrowed = false;
    bool m_isTall = false;
    QMenu *m_menu = nullptr;
};

} // namespace nest::widgets
