// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/actionregistry.h"

#include "widgets/theme/icons.h"

#include <QPointer>
#include <QWidget>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr auto reasonProperty = "nestDisabledReason";
constexpr auto scopeProperty = "nestScope";
} // namespace

ActionRegistry::ActionRegistry(QWidget *window) : QObject(window), m_window(window) {}

QAction *ActionRegistry::add(const ActionInfo &info, QWidget *scope)
{
    Q_ASSERT(!action(info.id)); // two actions of one id: our own mistake
    auto *action = new QAction(info.text, this);
    action->setObjectName(info.id);
    action->setShortcut(info.shortcut);
    if (!info.icon.isEmpty()) {
        action->setIcon(themedIcon(info.icon));
    }
    describe(action);
    if (scope != nullptr) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setProperty(scopeProperty, QVariant::fromValue(QPointer<QWidget>(scope)));
        scope->addAction(action);
    } else {
        m_window->addAction(action);
    }
    m_actions.append(action);
    return action;
}

QAction *ActionRegistry::action(const QString &id) const
{
    for (QAction *action : m_actions) {
        if (action->objectName() == id) {
            return action;
        }
    }
    return nullptr;
}

void ActionRegistry::adopt(QAction *action, const QString &id, QWidget *scope)
{
    Q_ASSERT(!this->action(id)); // two actions of one id: our own mistake
    action->setObjectName(id);
    action->setProperty(scopeProperty, QVariant::fromValue(QPointer<QWidget>(scope)));
    m_actions.append(action);
    connect(action, &QObject::destroyed, this, [this, action] { m_actions.removeOne(action); });
}

QList<QAction *> ActionRegistry::present() const
{
    QList<QAction *> found;
    for (QAction *action : m_actions) {
        const bool isOfAPart = action->property(scopeProperty).isValid();
        const QWidget *scope = scopeOf(action);
        if (action->isVisible() && (!isOfAPart || (scope != nullptr && scope->isVisible()))) {
            found.append(action);
        }
    }
    return found;
}

QWidget *ActionRegistry::scopeOf(const QAction *action)
{
    return action->property(scopeProperty).value<QPointer<QWidget>>();
}

void ActionRegistry::setDisabledReason(QAction *action, const QString &reason)
{
    action->setProperty(reasonProperty, reason);
    action->setEnabled(reason.isEmpty());
    describe(action);
}

QString ActionRegistry::disabledReason(const QAction *action)
{
    return action->property(reasonProperty).toString();
}

void ActionRegistry::describe(QAction *action)
{
    QString tip = action->text();
    if (!action->shortcut().isEmpty()) {
        tip += u"  "_s + action->shortcut().toString(QKeySequence::NativeText);
    }
    if (const QString reason = disabledReason(action); !reason.isEmpty()) {
        tip += u'\n' + reason;
    }
    action->setToolTip(tip);
}

} // namespace nest::widgets
