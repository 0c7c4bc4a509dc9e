// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/valueslider.h"

#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr int sliderSteps = 1'000;
constexpr int labelWidth = 56;
constexpr int fieldWidth = 64;
constexpr int unitWidth = 32;
} // namespace

ValueSlider::ValueSlider(const QString &label, const QString &unit, ValueScale scale, QWidget *parent)
    : QWidget(parent)
    , m_scale(std::move(scale))
    , m_value(m_scale.least)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_field(new QLineEdit(this))
{
    auto *name = new widgets::Label(label, widgets::TextStyle::Body, widgets::Ink::Dim);
    name->setMinimumWidth(labelWidth);
    m_slider->setRange(0, sliderSteps);
    m_slider->setPageStep(sliderSteps / 20);
    m_slider->setAccessibleName(label);
    m_slider->setMinimumWidth(60);
    m_field->setAccessibleName(label);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setFixedWidth(fieldWidth);
    widgets::setSmall(m_field);
    auto *unitLabel = new widgets::Label(unit, widgets::TextStyle::Caption, widgets::Ink::Dim);
    unitLabel->setMinimumWidth(unitWidth); // so that fields below each other line up
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(widgets::space::control);
    row->addWidget(name);
    row->addWidget(m_slider, 1);
    row->addWidget(m_field);
    row->addWidget(unitLabel);
    connect(m_slider, &QSlider::valueChanged, this, [this](int step) {
        const double share = static_cast<double>(step) / sliderSteps;
        take(m_scale.round(m_scale.least * std::pow(m_scale.most / m_scale.least, share)));
    });
    connect(m_field, &QLineEdit::editingFinished, this, [this] {
        const auto read = m_scale.read(m_field->text());
        take(read ? *read : m_value);
    });
    showValue();
}

void ValueSlider::setValue(double value)
{
    m_value = std::clamp(value, m_scale.least, m_scale.most);
    showValue();
}

void ValueSlider::focusField()
{
    m_field->setFocus();
    m_field->selectAll();
}

void ValueSlider::take(double value)
{
    const double before = m_value;
    setValue(value);
    if (m_value != before) {
        Q_EMIT valueChanged(m_value);
    }
}

void ValueSlider::showValue()
{
    const QSignalBlocker quiet(m_slider);
    const double share = std::log(m_value / m_scale.least) / std::log(m_scale.most / m_scale.least);
    m_slider->setValue(static_cast<int>(std::lround(share * sliderSteps)));
    m_field->setText(m_scale.text(m_value));
}

std::optional<double> readDuration(const QString &text)
{
    static const QRegularExpression clock(u"^\\s*(\\d{1,3}):([0-5]?\\d)\\s*$"_s);
    static const QRegularExpression plain(u"^\\s*(\\d{1,4})\\s*(s|m|min)?\\s*$"_s);
    if (const auto match = clock.match(text); match.hasMatch()) {
        return match.captured(1).toInt() * 60.0 + match.captured(2).toInt();
    }
    if (const auto match = plain.match(text); match.hasMatch()) {
        return match.captured(1).toInt() * (match.captured(2).startsWith(u'm') ? 60.0 : 1.0);
    }
    return std::nullopt;
}

QString minutesText(qint64 seconds)
{
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace nest::console
