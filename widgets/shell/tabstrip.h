// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A row of tabs: titles with a small badge, a 2 px accent line under the current one. Shows and asks; who
// owns the contents switches them on currentChanged().
//
// Left and Right move, Home and End go to the ends. Thread: GUI.

#include <QList>
#include <QWidget>

namespace nest::widgets {

class TabStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TabStrip)

public:
    explicit TabStrip(QWidget *parent = nullptr);

    /// Adds at the right; the first one is current.
    void addTab(const QString &id, const QString &title);
    void setBadge(const QString &id, const QString &text);
    /// No signal when nothing changes or there is no such tab.
    void setCurrent(const QString &id);
    [[nodiscard]] QString current() const { return m_current; }
    /// Where a tab is, for tests and tool tips; empty when there is none.
    [[nodiscard]] QRect tabRect(const QString &id) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(const QString &id);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Tab
    {
        QString id, title, badge;
    };
    [[nodiscard]] int widthOf(const Tab &tab) const;
    [[nodiscard]] int indexAt(const QPoint &at) const;
    [[nodiscard]] int indexOf(const QString &id) const;
    void describe();

    QList<Tab> m_tabs;
    QString m_current;
    int m_hovered = -1;
};

} // namespace nest::widgets
