// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadfields.h"

#include "app/console/pages/function/test/valueslider.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QScopedValueRollback>

#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto rampTime = 30s;
constexpr double mostPerSecond = 2'000;
constexpr double leastSeconds = 10;
constexpr double mostSeconds = 600;

/// To two figures: 87, 420, 1,300.
double roundToTwo(double value)
{
    const double unit = std::max(1.0, std::pow(10.0, std::floor(std::log10(value)) - 1));
    return std::round(value / unit) * unit;
}

ValueScale rateScale()
{
    return {.least = 1,
            .most = mostPerSecond,
            .round = roundToTwo,
            .text = [](double value) { return QLocale().toString(value, 'f', 0); },
            .read = [](const QString &text) -> std::optional<double> {
                bool isNumber = false;
                const double value = QLocale().toDouble(text.trimmed(), &isNumber);
                return isNumber ? std::optional(std::round(value)) : std::nullopt;
            }};
}

ValueScale durationScale()
{
    return {.least = leastSeconds,
            .most = mostSeconds,
            .round = [](double value) { return std::round(value / 10) * 10; },
            .text = [](double value) { return minutesText(std::llround(value)); },
            .read = readDuration};
}

} // namespace

QWidget *labelled(const QString &label, QWidget *control)
{
    auto *box = new QWidget;
    auto *name = new widgets::Label(label, widgets::TextStyle::Body, widgets::Ink::Dim);
    name->setMinimumWidth(56);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(widgets::space::control);
    row->addWidget(name);
    row->addWidget(control, 1);
    return box;
}

LoadFields::LoadFields(QWidget *parent)
    : QObject(parent)
    , m_rate(new ValueSlider(tr("Rate"), tr("req/s"), rateScale(), parent))
    , m_duration(new ValueSlider(tr("Duration"), tr("min"), durationScale(), parent))
    , m_shape(new widgets::SegmentedControl(parent))
{
    m_shape->addSegment(tr("Steady"), u"steady"_s);
    m_shape->addSegment(tr("Ramp 30 s"), u"ramp"_s);
    m_shape->addSegment(tr("Steps"), u"steps"_s);
    m_rate->setObjectName("loadRate"_L1);
    m_duration->setObjectName("loadDuration"_L1);
    m_shape->setObjectName("loadShape"_L1);
    const auto tell = [this] {
        if (!m_isShowing) {
            Q_EMIT edited();
        }
    };
    connect(m_rate, &ValueSlider::valueChanged, this, tell);
    connect(m_duration, &ValueSlider::valueChanged, this, tell);
    connect(m_shape, &widgets::SegmentedControl::currentChanged, this, tell);
}

void LoadFields::show(const client::LoadPlan &plan)
{
    const QScopedValueRollback quiet(m_isShowing, true);
    m_rate->setValue(plan.requestsPerSecond);
    m_duration->setValue(static_cast<double>(plan.duration.count()));
    m_shape->setCurrent(plan.shape == client::LoadShape::Ramp    ? u"ramp"_s
                        : plan.shape == client::LoadShape::Steps ? u"steps"_s
                                                                 : u"steady"_s);
}

void LoadFields::fill(client::LoadPlan &plan) const
{
    plan.requestsPerSecond = m_rate->value();
    plan.duration = std::chrono::seconds(std::llround(m_duration->value()));
    plan.rampTime = rampTime;
    plan.shape = m_shape->current() == "ramp"_L1    ? client::LoadShape::Ramp
                 : m_shape->current() == "steps"_L1 ? client::LoadShape::Steps
                                                    : client::LoadShape::Steady;
}

void LoadFields::setReadOnly(bool isReadOnly)
{
    for (QWidget *field : {static_cast<QWidget *>(m_rate), static_cast<QWidget *>(m_duration),
                           static_cast<QWidget *>(m_shape)}) {
        field->setEnabled(!isReadOnly);
    }
}

} // namespace nest::console
