// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/codeactions.h"

#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::ButtonKind;

namespace {

QAction *make(QWidget *owner, const QString &icon, const QKeySequence &keys)
{
    auto *action = new QAction(owner);
    action->setIcon(widgets::themedIcon(icon));
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WindowShortcut); // only while the owner is shown
    owner->addAction(action);
    return action;
}

/// A button that shows an action: text, icon, on or off with the reason.
QPushButton *button(QAction *action, const QString &name, ButtonKind kind)
{
    auto *made = new QPushButton;
    made->setObjectName(name);
    widgets::setButtonKind(made, kind);
    const auto follow = [made, action] {
        made->setText(action->text());
        made->setIcon(action->icon());
        made->setEnabled(action->isEnabled());
        made->setToolTip(action->toolTip());
        made->setAccessibleDescription(action->toolTip());
    };
    follow();
    QObject::connect(action, &QAction::changed, made, follow);
    QObject::connect(made, &QPushButton::clicked, action, &QAction::trigger);
    return made;
}

} // namespace

CodeActions::CodeActions(models::Session &session, QWidget *owner)
    : QObject(owner)
    , m_session(session)
    , m_save(make(owner, u"save"_s, Qt::CTRL | Qt::Key_S))
    , m_build(make(owner, u"build"_s, Qt::CTRL | Qt::Key_B))
    , m_publish(make(owner, u"version"_s, {}))
    , m_deploy(make(owner, u"deploy"_s, {}))
{
    connect(&session, &models::Session::stateChanged, this, &CodeActions::update);
    update();
}

void CodeActions::setSubjects(models::Draft *draft, models::BuildRun *run)
{
    for (QObject *before : {static_cast<QObject *>(m_draft), static_cast<QObject *>(m_run)}) {
        if (before != nullptr) {
            before->disconnect(this);
        }
    }
    m_draft = draft;
    m_run = run;
    if (draft) {
        connect(draft, &models::Draft::filesChanged, this, &CodeActions::update);
        connect(draft, &models::Draft::stateChanged, this, &CodeActions::update);
    }
    if (run) {
        connect(run, &models::BuildRun::changed, this, &CodeActions::update);
    }
    update();
}

QWidget *CodeActions::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins({});
    row->setSpacing(widgets::space::control);
    m_publishButton = button(m_publish, u"publish"_s, ButtonKind::Normal);
    row->addWidget(button(m_save, u"save"_s, ButtonKind::Ghost));
    row->addWidget(button(m_build, u"build"_s, ButtonKind::Normal));
    auto *line = widgets::makeLine(Qt::Vertical, head);
    line->setFixedHeight(24);
    row->addWidget(line);
    row->addWidget(m_publishButton);
    row->addWidget(button(m_deploy, u"deploy"_s, ButtonKind::Primary));
    return head;
}

std::optional<int> CodeActions::latestBuild() const
{
    return m_run && m_draft && m_draft->modified().isEmpty() ? m_run->greenBuild() : std::nullopt;
}

/// Why there is no build to publish; empty when there is one.
QString CodeActions::whyNotReady() const
{
    if (!m_draft || !m_run) {
        return tr("No function is shown.");
    }
    if (!m_session.isConnected()) {
        return tr("Offline: the platform does not answer.");
    }
    if (m_run->isRunning()) {
        return tr("A build is running.");
    }
    if (!m_draft->modified().isEmpty()) {
        return tr("Build first: there is text that is not saved.");
    }
    if (!m_run->build()) {
        return tr("Build first: no build has passed yet.");
    }
    if (m_run->build()->state != wire::BuildState::Succeeded) {
        return tr("Build %1 did not pass. Mend what it found and build again.").arg(m_run->build()->number);
    }
    if (!m_run->greenBuild()) {
        return tr("The files changed after build %1. Build again.").arg(m_run->build()->number);
    }
    return {};
}

void CodeActions::set(QAction *action, const QString &text, const QString &help, const QString &reason)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setText(text);
    widgets::ActionRegistry::setDisabledReason(action, reason);
    action->setToolTip(!reason.isEmpty() ? reason : keys.isEmpty() ? help : u"%1 (%2)"_s.arg(help, keys));
}

void CodeActions::update()
{
    const bool isOnline = m_session.isConnected();
    const bool hasFiles = m_draft && !m_draft->files().empty();
    const QString offline = isOnline ? QString() : tr("Offline: the text is kept on this computer.");
    const QStringList modified = m_draft ? m_draft->modified() : QStringList();
    const bool isUndecided = std::ranges::all_of(
        modified, [this](const QString &path) { return m_draft->file(path)->conflict.has_value(); });
    set(m_save, tr("Save"), tr("Save every changed file"),
        modified.isEmpty() ? tr("Everything is saved.")
        : isUndecided      ? tr("First choose whose text stays, above the editor.")
                           : offline);
    set(m_build, tr("Build"), tr("Save, then check, test and pack the files"),
        !isOnline                     ? tr("Offline: the platform builds, and it does not answer.")
        : m_run && m_run->isRunning() ? tr("A build is running.")
        : !hasFiles                   ? tr("The draft has no files.")
                                      : QString());
    const QString notReady = whyNotReady();
    const auto *function = m_draft ? m_session.functions().find(m_draft->function().toStdString()) : nullptr;
    const int publishedAs = m_run && m_run->build() ? m_run->build()->version.value_or(0) : 0;
    const QString publish = function && function->status && function->status->latestVersion
                                ? tr("Publish v%1…").arg(*function->status->latestVersion + 1)
                                : tr("Publish version…");
    set(m_publish, publish, tr("Make a version of the newest build"),
        notReady.isEmpty() && publishedAs > 0
            ? tr("v%1 is this build already. Change something and build again, or deploy v%1.")
                  .arg(publishedAs)
            : notReady);
    set(m_deploy, tr("Deploy…"), tr("Bring the newest build to a group"), notReady);
}

} // namespace nest::console
