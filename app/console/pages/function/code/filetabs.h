// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Two rows of tabs of the Code tab: open files (a dot for what is not saved, a cross) and the plain one of
// the panel below (a count behind the name).
//
// Both are QTabBars, so keys and screen readers find what they know. Thread: UI.

#include <QTabBar>

namespace nest::console {

class FileTabs final : public QTabBar
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FileTabs)

public:
    explicit FileTabs(QWidget *parent = nullptr);

    int addFile(const QString &path);
    void setPath(int index, const QString &path);
    [[nodiscard]] QString path(int index) const { return tabData(index).toString(); }
    [[nodiscard]] int indexOf(const QString &path) const;
    void setModified(const QString &path, bool isModified);
    [[nodiscard]] bool isModified(int index) const;

Q_SIGNALS:
    void closeRequested(const QString &path);

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    class CloseButton;
};

} // namespace nest::console
