// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The name of what a page shows, as its title and as a menu to show another. Not a framed button: it reads as
// a title until the pointer or the focus is on it.
//
// Thread: UI.

#include <QAbstractButton>

class QMenu;

namespace nest::widgets {

class TitleButton final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TitleButton)

public:
    /// The menu is not owned.
    explicit TitleButton(QMenu *menu, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void openMenu();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QMenu *m_menu;
};

} // namespace nest::widgets
