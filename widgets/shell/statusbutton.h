// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Icon and words in the status bar that can be pressed.
//
// Words that find no room are cut with an ellipsis; the accessible name has them whole. Thread: GUI. Owner:
// the parent.

#include "widgets/theme/stylepaint.h"

#include <QAbstractButton>

namespace nest::widgets {

class StatusButton final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusButton)

public:
    StatusButton(const QString &name, QWidget *parent);

    /// Without an icon the words begin at the left edge.
    void set(const QString &icon, Ink iconInk, const QString &words, Ink ink = Ink::Secondary);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int textLeft() const { return m_icon.isEmpty() ? 2 : 20; }
    [[nodiscard]] QFont wordsFont() const;

    QString m_icon;
    Ink m_iconInk = Ink::Dim;
    Ink m_ink = Ink::Secondary;
};

} // namespace nest::widgets
