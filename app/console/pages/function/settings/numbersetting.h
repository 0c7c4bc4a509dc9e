// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One number of a deployment: name, field, unit and range, what it does, and when it was changed its old
// value with a reset.
//
// Thread: UI. Owner: the section.

#include <QWidget>

class QDoubleSpinBox;
class QPushButton;

namespace nest::widgets {
class Label;
}

namespace nest::console {

struct NumberSettingInfo
{
    QString id; // object name of the field
    QString name;
    QString unit;
    double least = 0;
    double most = 1;
    int decimals = 0;
    QString sentence;   // what it does
    QString zeroWord{}; // shown in the place of 0: "never"
};

class NumberSetting final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NumberSetting)

public:
    explicit NumberSetting(const NumberSettingInfo &info, QWidget *parent = nullptr);

    /// What it is on the platform.
    void setBase(double value);
    void setValue(double value);
    [[nodiscard]] double value() const;
    [[nodiscard]] bool isChanged() const { return value() != m_base; }

Q_SIGNALS:
    void valueChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showChange();

    double m_base = 0;
    widgets::Label *m_name;
    QDoubleSpinBox *m_field;
    widgets::Label *m_was;
    QPushButton *m_reset;
};

} // namespace nest::console
