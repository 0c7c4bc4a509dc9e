// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A figure in the head of a page: a dim name over the value with its dim unit. Not known is a dash.
//
// Thread: GUI.

#include "widgets/theme/theme.h"

#include <QWidget>

namespace nest::widgets {

class Label;

class Figure final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Figure)

public:
    explicit Figure(const QString &name, QWidget *parent = nullptr);

    void setName(const QString &name);
    void setValue(const QString &value, const QString &unit, Ink ink = Ink::Primary);
    void setStale(bool isStale);
    [[nodiscard]] Label *value() const { return m_value; }

private:
    Label *m_name;
    Label *m_value;
    Label *m_unit;
    Ink m_ink = Ink::Primary;
    bool m_isStale = false;
};

} // namespace nest::widgets
