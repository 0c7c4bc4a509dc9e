// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loaddialog.h"

#include "app/console/pages/function/test/loadfields.h"
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/function/test/valueslider.h"
#include "models/session.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr QSize dialogSize{480, 332};
constexpr double firstRate = 200; // more than one small instance carries: one sees it scale
constexpr auto firstDuration = 2min;
} // namespace

LoadDialog::LoadDialog(models::Session &session, FunctionTarget target, QWidget *window)
    : ModalLayer(window)
    , m_session(session)
    , m_target(std::move(target))
    , m_fields(new LoadFields(panel()))
    , m_reason(new Label({}, TextStyle::Body, Ink::Warn))
    , m_leave(new QPushButton(tr("Cancel")))
    , m_start(new QPushButton(tr("Start load")))
{
    setObjectName("loadDialog"_L1);
    setPanelSize(dialogSize);
    auto *group = new widgets::CellWidget(panel());
    group->setObjectName("loadGroup"_L1);
    group->setCell(widgets::GroupCell{QString::fromStdString(m_target.group.set),
                                      QString::fromStdString(m_target.group.lane),
                                      QString::fromStdString(m_target.group.region)});
    auto *shapeBox = new QWidget;
    auto *where = new QWidget;
    for (const auto &[box, part] : {std::pair<QWidget *, QWidget *>{shapeBox, m_fields->shape()},
                                    std::pair<QWidget *, QWidget *>{where, group}}) {
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins({});
        row->addWidget(part);
        row->addStretch();
    }
    m_reason->setObjectName("loadReason"_L1);
    m_reason->setWordWrap(true);
    m_start->setObjectName("startLoad"_L1);
    m_start->setIcon(widgets::themedIcon(u"play"_s));
    widgets::setButtonKind(m_start, widgets::ButtonKind::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(new Label(tr("Enter starts, Esc leaves"), TextStyle::Caption, Ink::Dim), 1);
    buttons->addWidget(m_leave);
    buttons->addWidget(m_start);
    auto *what =
        new Label(tr("Sends GET / through the gateway, as callers do."), TextStyle::Body, Ink::Secondary);
    what->setWordWrap(true);
    auto *column = new QVBoxLayout(panel());
    column->setContentsMargins(20, 20, 20, widgets::space::page);
    column->setSpacing(widgets::space::panel);
    column->addWidget(new Label(tr("Put load on %1").arg(m_target.function), TextStyle::Title));
    column->addWidget(what);
    column->addWidget(labelled(tr("Goes to"), where));
    column->addWidget(m_fields->rate());
    column->addWidget(m_fields->duration());
    column->addWidget(labelled(tr("Shape"), shapeBox));
    column->addWidget(m_reason);
    column->addStretch();
    column->addLayout(buttons);
    client::LoadPlan first;
    first.requestsPerSecond = firstRate;
    first.duration = firstDuration;
    first.shape = client::LoadShape::Ramp;
    m_fields->show(first);
    connect(m_leave, &QPushButton::clicked, this, &LoadDialog::finish);
    connect(m_start, &QPushButton::clicked, this, &LoadDialog::accept);
    connect(&session, &models::Session::stateChanged, this, &LoadDialog::showReason);
    connect(&session.deployments(), &models::CollectionBase::changed, this, &LoadDialog::showReason);
    connect(&LoadJobs::of(session), &LoadJobs::jobChanged, this, &LoadDialog::showReason);
    showReason();
}

void LoadDialog::ask()
{
    open();
    m_fields->rate()->focusField();
}

client::LoadPlan LoadDialog::plan() const
{
    client::LoadPlan plan;
    m_fields->fill(plan);
    return plan;
}

void LoadDialog::showReason()
{
    const auto &jobs = LoadJobs::of(m_session);
    const QString reason = jobs.isRunning(m_target.function)
                               ? tr("Load runs on %1 already. Stop it first.").arg(m_target.function)
                               : jobs.offReason(m_target.function, m_target.group);
    m_reason->setText(reason);
    m_start->setEnabled(reason.isEmpty());
    m_start->setToolTip(reason);
}

/// What is being typed counts too: the field is left first.
void LoadDialog::accept()
{
    m_start->setFocus();
    if (m_start->isEnabled()) {
        Q_EMIT chosen(m_target, plan());
        finish();
    }
}

bool LoadDialog::otherKey(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        m_leave->hasFocus() ? finish() : accept();
        return true;
    }
    return false;
}

} // namespace nest::console
