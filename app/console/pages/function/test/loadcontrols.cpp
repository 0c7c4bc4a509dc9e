// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadcontrols.h"

#include "app/console/pages/function/test/eventstore.h"
#include "app/console/pages/function/test/loadfields.h"
#include "app/console/pages/function/test/loadjob.h"
#include "app/console/pages/function/test/requesttext.h"
#include "app/console/pages/function/test/targetbutton.h"
#include "app/console/pages/function/test/valueslider.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

constexpr auto getKey = "get"_L1;
constexpr auto writtenKey = "written"_L1;
constexpr auto eventPrefix = "event:"_L1;

} // namespace

LoadControls::LoadControls(models::Session &session, EventStore &store, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_settings(settings)
    , m_written(eventTemplates().first().event)
    , m_fields(new LoadFields(this))
    , m_events(new QComboBox)
    , m_target(new TargetButton(session, TargetButton::Offers::Groups, this))
    , m_start(new QPushButton(tr("Start load"), this))
    , m_shapeRow(nullptr)
    , m_eventRow(nullptr)
    , m_grid(new QGridLayout(this))
{
    auto *shapeBox = new QWidget;
    auto *shapeLayout = new QHBoxLayout(shapeBox);
    shapeLayout->setContentsMargins({});
    shapeLayout->addWidget(m_fields->shape());
    shapeLayout->addStretch();
    m_events->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_events->setAccessibleName(tr("Event that is sent"));
    widgets::setSmall(m_events);
    m_shapeRow = labelled(tr("Shape"), shapeBox);
    m_eventRow = labelled(tr("Event"), m_events);
    widgets::setButtonKind(m_start, widgets::ButtonKind::Primary);
    m_start->setIcon(widgets::themedIcon(u"play"_s));
    m_events->setObjectName("loadEvent"_L1);
    m_target->setObjectName("loadTarget"_L1);
    m_start->setObjectName("loadStart"_L1);

    showKept();
    m_grid->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel,
                               widgets::space::control);
    m_grid->setHorizontalSpacing(widgets::space::page);
    m_grid->setVerticalSpacing(widgets::space::chip);
    arrange(false);
    fillEvents();
    connect(m_fields, &LoadFields::edited, this, &LoadControls::keep);
    connect(&m_store, &EventStore::listed, this, &LoadControls::fillEvents);
    connect(m_start, &QPushButton::clicked, this, &LoadControls::startRequested);
}

void LoadControls::arrange(bool isWide)
{
    m_isWide = isWide;
    for (QWidget *widget :
         {static_cast<QWidget *>(m_fields->rate()), static_cast<QWidget *>(m_fields->duration()), m_shapeRow,
          m_eventRow, static_cast<QWidget *>(m_start)}) {
        m_grid->removeWidget(widget);
    }
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, isWide ? 1 : 0);
    m_grid->addWidget(m_fields->rate(), 0, 0);
    m_grid->addWidget(m_fields->duration(), 1, 0);
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
    client::LoadPlan plan;
    m_fields->fill(plan);
    m_settings.setValue("test/rate"_L1, plan.requestsPerSecond);
    m_settings.setValue("test/duration"_L1, static_cast<int>(plan.duration.count()));
    m_settings.setValue("test/shape"_L1, m_fields->shape()->current());
}

void LoadControls::showKept()
{
    client::LoadPlan plan;
    plan.requestsPerSecond = m_settings.value("test/rate"_L1, 100).toDouble();
    plan.duration = std::chrono::seconds(m_settings.value("test/duration"_L1, 60).toInt());
    const QString shape = m_settings.value("test/shape"_L1, u"steady"_s).toString();
    plan.shape = shape == "ramp"_L1    ? client::LoadShape::Ramp
                 : shape == "steps"_L1 ? client::LoadShape::Steps
                                       : client::LoadShape::Steady;
    m_fields->show(plan);
}

void LoadControls::follow(const LoadRequest *running)
{
    m_fields->setReadOnly(running != nullptr);
    m_events->setEnabled(running == nullptr);
    m_target->setEnabled(running == nullptr);
    if (running == nullptr) {
        return; // what ran stays in the fields: Start sends the same again
    }
    m_fields->show(running->plan);
    m_events->setCurrentIndex(std::max(0, m_events->findText(running->event)));
    m_target->setTarget({.kind = TestTarget::Kind::Group, .number = 0, .group = running->group});
}

void LoadControls::setFunction(const QString &function)
{
    m_target->setFunction(function);
    showKept();
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
    m_fields->fill(plan);
}

void LoadControls::setStart(const QString &offReason)
{
    m_start->setEnabled(offReason.isEmpty());
    m_start->setToolTip(offReason);
}

} // namespace nest::console
