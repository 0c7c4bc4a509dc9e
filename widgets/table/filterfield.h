// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The filter above a table: one line in the code font, with the key that leads there shown at the right.
//
// Esc empties it and, when it is empty, hands the keys back to the table; Down and Enter hand them over and
// keep the words. Thread: GUI.

#include <QLineEdit>

namespace nest::widgets {

class FilterField final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterField)

public:
    explicit FilterField(QWidget *parent = nullptr);

Q_SIGNALS:
    /// The keys should go to the table.
    void leaveRequested();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isApplying = false;
};

} // namespace nest::widgets
