// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/settingstab.h"

#include "app/console/look.h"
#include "app/console/pages/function/settings/codesettings.h"
#include "app/console/pages/function/settings/deletebox.h"
#include "app/console/pages/function/settings/deploymentform.h"
#include "app/console/pages/function/settings/environmenteditor.h"
#include "app/console/pages/function/settings/functionfields.h"
#include "app/console/pages/function/settings/networkeditor.h"
#include "app/console/pages/function/settings/secretchoice.h"
#include "app/console/pages/function/settings/secretsbox.h"
#include "models/guard.h"
#include "models/session.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"

#include <QCoroTask>

#include <QHBoxLayout>
#include <QScrollArea>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::ConnectionStatus;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

SettingsTab::SettingsTab(models::Session &session, const models::Guard &guard, QWidget *parent)
    : FunctionTab({.id = u"settings"_s, .title = tr("Settings")}, parent)
    , m_session(session)
    , m_guard(guard)
    , m_groupChip(new widgets::CellWidget)
    , m_group(new DeploymentForm(session, guard))
    , m_secrets(new SecretsBox(session, guard))
    , m_code(new CodeSettings(session))
    , m_fields(new FunctionFields(session, guard))
    , m_delete(new DeleteBox(session, guard))
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(widgets::space::page, widgets::space::page, widgets::space::page,
                               2 * widgets::space::page);
    column->setSpacing(widgets::space::control);
    addSection(column, tr("In this group"),
               tr("These belong to the deployment. They take effect at once and need no new version."),
               m_group, m_groupChip);
    addSection(
        column, tr("Secrets"),
        tr("The function reads them; nobody else does, and nobody here again. A new value takes effect at "
           "once."),
        m_secrets);
    addSection(column, tr("In the code"),
               tr("These stand in function.yaml and belong to a version: build and deploy to change them."),
               m_code);
    addSection(column, tr("The function"), tr("For people: how it is found and who looks after it."),
               m_fields);
    addSection(column, tr("Delete the function"), {}, m_delete);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(scroll);
    connect(m_secrets, &SecretsBox::namesRead, &m_group->secrets(), &SecretChoice::setKnown);
    connect(m_code, &CodeSettings::changeRequested, this, [this] { Q_EMIT tabRequested(u"code"_s); });
    connect(&guard, &models::Guard::changed, this, &SettingsTab::showDisabled);
    connect(m_group, &DeploymentForm::deployRequested, this,
            [this] { Q_EMIT deployRequested({m_target.function, {}, {}}); });
    showDisabled();
    connect(&session.deployments(), &models::CollectionBase::changed, this, &SettingsTab::readDefaults);
    connect(&session.deployments(), &models::CollectionBase::changed, this, &SettingsTab::deploymentsChanged);
    connect(&session.functions(), &models::CollectionBase::changed, this,
            [this](const models::CollectionDelta &delta) {
                if (isVisible() && std::ranges::contains(delta.updated, m_target.function.toStdString())) {
                    m_code->read(); // a new draft or version
                }
            });
}

void SettingsTab::addSection(QVBoxLayout *to, const QString &title, const QString &sentence, QWidget *content,
                             QWidget *beside)
{
    if (to->count() > 0) {
        to->addSpacing(widgets::space::control);
        to->addWidget(widgets::makeLine(Qt::Horizontal, this));
        to->addSpacing(widgets::space::control);
    }
    auto *head = new QHBoxLayout;
    head->setSpacing(widgets::space::panel);
    head->addWidget(new Label(title, TextStyle::Strong));
    if (beside != nullptr) {
        head->addWidget(beside);
    }
    head->addWidget(new Label(sentence, TextStyle::Body, Ink::Dim), 1);
    to->addLayout(head);
    to->addWidget(content);
}

void SettingsTab::setTarget(const FunctionTarget &target)
{
    if (target == m_target) {
        return;
    }
    m_target = target;
    m_groupChip->setCell(groupCell(target.group));
    m_group->setTarget(target);
    m_secrets->setFunction(target.function);
    m_code->setFunction(target.function);
    m_fields->setFunction(target.function);
    m_delete->setFunction(target.function);
    if (isVisible()) {
        readSecrets();
        m_code->read();
    }
    readDefaults();
}

SettingsTab::Handed SettingsTab::handed() const
{
    const auto &deployments = m_session.deployments();
    const std::string function = m_target.function.toStdString();
    Handed all;
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        if (const wire::Deployment &each = deployments.at(i); each.function == function) {
            all[toString(groupOf(each))] = each.secrets;
        }
    }
    return all;
}

/// Another group may hand secrets over now, or none any more.
void SettingsTab::deploymentsChanged(const models::CollectionDelta &delta)
{
    const auto isOurs = [begin = m_target.function.toStdString() + '/'](const std::string &key) {
        return key.starts_with(begin);
    };
    if (isVisible() &&
        (std::ranges::any_of(delta.inserted, isOurs) || std::ranges::any_of(delta.updated, isOurs) ||
         std::ranges::any_of(delta.removed, isOurs)) &&
        handed() != m_handed) {
        readSecrets();
    }
}

void SettingsTab::readSecrets()
{
    m_handed = handed();
    m_secrets->read();
}

/// The variables and the network that the manifest brings: of the version that most requests go to.
void SettingsTab::readDefaults()
{
    const std::string key = m_target.function.toStdString() + '/' + toString(m_target.group);
    const auto *deployment = m_session.deployments().find(key);
    const bool isKnown = deployment != nullptr && !deployment->weights.empty();
    const int version =
        isKnown ? std::ranges::max_element(deployment->weights, {}, &wire::VersionWeight::weight)->version
                : 0;
    if (!isVisible() || std::pair(key, version) == m_defaultsOf) {
        return;
    }
    m_defaultsOf = {key, version};
    m_group->environment().setDefaults({}, 0);
    m_group->network().setAsked({}, 0);
    if (version == 0) {
        return;
    }
    QCoro::connect(m_session.client().version(m_target.function.toStdString(), version), this,
                   [this, asked = m_defaultsOf](Result<wire::Version> &&answer) {
                       if (asked != m_defaultsOf) {
                           return;
                       }
                       if (answer) {
                           m_group->environment().setDefaults(answer->environment, answer->number);
                           m_group->network().setAsked(answer->network.value_or(wire::Network{}),
                                                       answer->number);
                       } else {
                           m_defaultsOf = {}; // asked again with the next change, or when shown again
                       }
                   });
}

void SettingsTab::setConnectionStatus(const ConnectionStatus &status)
{
    m_isAway =
        status.state == ConnectionStatus::State::Offline || status.state == ConnectionStatus::State::Failed;
    const bool isLive = status.state == ConnectionStatus::State::Live;
    if (isLive && !m_isLive && isVisible()) {
        m_code->read(); // the platform came, or came back
        readSecrets();
        readDefaults();
    }
    m_isLive = isLive;
    showDisabled();
}

void SettingsTab::showDisabled()
{
    const QString reason = m_isAway ? tr("Offline: wait until the platform is back. What you typed stays.")
                                    : m_guard.lockedSentence();
    m_group->setDisabledReason(reason);
    m_secrets->setDisabledReason(reason);
    m_fields->setDisabledReason(reason);
    m_delete->setDisabledReason(reason);
}

void SettingsTab::refresh()
{
    if (m_session.isConnected()) {
        m_session.functions().list();
        m_session.deployments().list();
        readSecrets();
        m_code->read();
    } else {
        m_session.retry();
    }
}

void SettingsTab::showEvent(QShowEvent *event)
{
    FunctionTab::showEvent(event);
    readDefaults();
    readSecrets();
    m_code->read();
}

} // namespace nest::console
