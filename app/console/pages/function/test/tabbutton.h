// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One tab of a row of tabs: its title, a count behind it, a line under the one that is on. Tabs of a row
// share a QButtonGroup.
//
// Thread: UI.

#include <QAbstractButton>

namespace nest::console {

class TabButton final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TabButton)

public:
    explicit TabButton(const QString &title, QWidget *parent = nullptr);

    /// Empty takes it away.
    void setBadge(const QString &badge);
    [[nodiscard]] QString badge() const { return m_badge; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_badge;
};

} // namespace nest::console
