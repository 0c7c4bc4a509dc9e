// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadcontrols.h"

#include "app/console/pages/function/test/eventstore.h"
#include "app/console/pages/function/test/requesttext.h"
#include "app/console/pages/function/test/targetbutton.h"
#include "app/console/pages/function/test/valueslider.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSettings>

#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto rampTime = 30s;
constexpr double mostPerSecond = 2'000;
constexpr double leastSeconds = 10;
constexpr double mostSeconds = 600;
constexpr auto getKey = "get"_L1;
constexpr auto writtenKey = "written"_L1;
constexpr auto eventPrefix = "event:"_L1;

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

} // namespace

LoadControls::LoadControls(models::Session &session, EventStore &store, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_settings(settings)
    , m_written(eventTemplates().first().event)
    , m_rate(new ValueSlider(tr("Rate"), tr("req/s"), rateScale(), this))
    , m_duration(new ValueSlider(tr("Duration"), tr("min"), durationScale(), this))
    , m_shape(new widgets::SegmentedControl)
    , m_events(new QComboBox)
    , m_target(new TargetButton(session, TargetButton::Offers::Groups, this))
    , m_start(new QPushButton(tr("Start load"), this))
    , m_shapeRow(nullptr)
    , m_eventRow(nullptr)
    , m_grid(new QGridLayout(this))
{
    m_shape->addSegment(tr("Steady"), u"steady"_s);
    m_shape->addSegment(tr("Ramp 30 s"), u"ramp"_s);
    m_shape->addSegment(tr("Steps"), u"steps"_s);
    auto *shapeBox = new QWidget;
    auto *shapeLayout = new QHBoxLayout(shapeBox);
    shapeLayout->setContentsMargins({});
    shapeLayout->addWidget(m_shape);
    shapeLayout->addStretch();
    m_events->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_events->setAccessibleName(tr("Event that is sent"));
    widgets::setSmall(m_events);
    m_shapeRow = labelled(tr("Shape"), shapeBox);
    m_eventRow = labelled(tr("Event"), m_events);
    widgets::setButtonKind(m_start, widgets::ButtonKind::Primary);
    m_start->setIcon(widgets::themedIcon(u"play"_s));
    m_rate->setObjectName("loadRate"_L1);
    m_duration->setObjectName("loadDuration"_L1);
    m_shape->setObjectName("loadShape"_L1);
    m_events->setObjectName("loadEvent"_L1);
    m_target->setObjectName("loadTarget"_L1);
    m_start->setObjectName("loadStart"_L1);

    m_rate->setValue(m_settings.value("test/rate"_L1, 100).toDouble());
    m_duration->setValue(m_settings.value("test/duration"_L1, 60).toDouble());
    m_shape->setCurrent(m_settings.value("test/shape"_L1, u"steady"_s).toString());
    m_grid->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel,
                               widgets::space::control);
    m_grid->setHorizontalSpacing(widgets::space::page);
    m_grid->setVerticalSpacing(widgets::space::chip);
    arrange(false);
    fillEvents();
    connect(m_rate, &ValueSlider::valueChanged, this, &LoadControls::keep);
    connect(m_duration, &ValueSlider::valueChanged, this, &LoadControls::keep);
    connect(m_shape, &widgets::SegmentedControl::currentChanged, this, &LoadControls::keep);
    connect(&m_store, &EventStore::listed, this, &LoadControls::fillEvents);
    connect(m_start, &QPushButton::clicked, this, &LoadControls::startRequested);
}

void LoadControls::arrange(bool isWide)
{
    m_isWide = isWide;
    for (QWidget *widget : {static_cast<QWidget *>(m_rate), static_cast<QWidget *>(m_duration), m_shapeRow,
                            m_eventRow, static_cast<QWidget *>(m_start)}) {
        m_grid->removeWidget(widget);
    }
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, isWide ? 1 : 0);
    m_grid->addWidget(m_rate, 0, 0);
    m_grid->addWidget(m_duration, 1, 0);
    m_grid->addWidget(m_shapeRow, isWide ? 0 : 2, isWide ? 1 : 0);
    m_grid->addWidget(m_eventRow, isWide ? 1 : 3, isWide ? 1 : 0);
    m_grid->addWidget(m_start, isWide ? 2 : 4, isWide ? 1 : 0, Qt::AlignRight);
}

void LoadControls::setWide(bool isWide)
{
    if (isWide != m_isWide) {
        arrange(isWide);
    }
}

void LoadControls::keep()
{
    m_settings.setValue("test/rate"_L1, m_rate->value());
    m_settings.setValue("test/duration"_L1, m_duration->value());
    m_settings.setValue("test/shape"_L1, m_shape->current());
}

void LoadControls::setFunction(const QString &function)
{
    m_target->setFunction(function);
    m_events->setCurrentIndex(0);
}

void LoadControls::fillEvents()
{
    const QString chosen = m_events->currentData().toString();
    m_events->clear();
    m_events->addItem(u"GET /"_s, QString(getKey));
    m_events->addItem(tr("As in One request"), QString(writtenKey));
    for (const wire::TestEvent &event : m_store.events()) {
        const QString name = QString::fromStdString(event.name);
        m_events->addItem(name, eventPrefix + name);
    }
    m_events->setCurrentIndex(std::max(0, m_events->findData(chosen)));
}

wire::TestEvent LoadControls::event() const
{
    const QString key = m_events->currentData().toString();
    if (const auto *saved = m_store.find(key.mid(eventPrefix.size())); key.startsWith(eventPrefix) && saved) {
        return *saved;
    }
    return key == writtenKey ? m_written : eventTemplates().first().event;
}

QString LoadControls::eventName() const
{
    return m_events->currentText();
}

void LoadControls::fillPlan(client::LoadPlan &plan) const
{
    plan.requestsPerSecond = m_rate->value();
    plan.duration = std::chrono::seconds(std::llround(m_duration->value()));
    plan.rampTime = rampTime;
    plan.shape = m_shape->current() == "ramp"_L1    ? client::LoadShape::Ramp
                 : m_shape->current() == "steps"_L1 ? client::LoadShape::Steps
                                                    : client::LoadShape::Steady;
}

void LoadControls::setStart(const QString &offReason)
{
    m_start->setEnabled(offReason.isEmpty());
    m_start->setToolTip(offReason);
}

} // namespace nest::console
