// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A label, a slider that grows by factors, and a field with the exact value. Either moves the other; what
// cannot be read in the field goes back to the last value when it is left.
//
// Thread: UI.

#include <QWidget>

#include <functional>
#include <optional>

class QLineEdit;
class QSlider;

namespace nest::console {

struct ValueScale
{
    double least = 1;
    double most = 100;
    std::function<double(double)> round;                        // to a value a person would choose
    std::function<QString(double)> text;                        // as in the field
    std::function<std::optional<double>(const QString &)> read; // nothing: not understood
};

class ValueSlider final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ValueSlider)

public:
    ValueSlider(const QString &label, const QString &unit, ValueScale scale, QWidget *parent = nullptr);

    void setValue(double value);
    /// Into the exact value, all of it chosen.
    void focusField();
    [[nodiscard]] double value() const { return m_value; }

Q_SIGNALS:
    void valueChanged(double value);

private:
    void take(double value);
    void showValue();

    ValueScale m_scale;
    double m_value;
    QSlider *m_slider;
    QLineEdit *m_field;
};

/// "2:00", "90 s", "5 min" or "90" as seconds.
[[nodiscard]] std::optional<double> readDuration(const QString &text);
/// "2:00"
[[nodiscard]] QString minutesText(qint64 seconds);

} // namespace nest::console
