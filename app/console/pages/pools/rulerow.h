// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One reservation in the list below the chart: its colour, name, when it holds, zone, when it comes next,
// floor, and a switch. A press on it opens its editor. What has no room is cut and told by the tool tip.
//
// Thread: UI. Owner: the panel.

#include <QAbstractButton>
#include <QColor>

class QCheckBox;

namespace nest::console {

struct RuleRowText
{
    QColor colour;
    QString name;
    QString holds; // "11:30 to 14:00, every day"
    QString zone{};
    QString next{}; // "next 11:30", "holds now"
    QString floor;
    bool isEnabled = true;
    bool isBase = false; // the number that always holds: no switch, not changed here
    bool operator==(const RuleRowText &) const = default;
};

class RuleRow final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RuleRow)

public:
    explicit RuleRow(QWidget *parent = nullptr);

    void setText(const RuleRowText &text);
    /// Why it cannot be switched now; empty: it can.
    void setDisabledReason(const QString &reason);
    void setChosen(bool isChosen);

    QSize sizeHint() const override;

Q_SIGNALS:
    void switched(bool isOn);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    RuleRowText m_text;
    bool m_isChosen = false;
    QCheckBox *m_switch;
};

} // namespace nest::console
