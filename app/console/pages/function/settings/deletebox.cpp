// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/deletebox.h"

#include "app/console/guard/guarddialog.h"
#include "app/console/look.h"
#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int nameWidth = 260;

std::vector<wire::Deployment> deploymentsOf(models::Session &session, const QString &function)
{
    std::vector<wire::Deployment> found;
    auto &all = session.deployments();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (toText(all.at(i).function) == function) {
            found.push_back(all.at(i));
        }
    }
    return found;
}

/// A free function, as a widget may close meanwhile; the client ends what runs when it goes.
client::Answer<> removeAll(client::PlatformClient &client, std::vector<wire::Deployment> deployments,
                           std::string function)
{
    for (const wire::Deployment &each : deployments) {
        auto gone = co_await client.deleteDeployment(function, groupOf(each), each.etag.value_or(""));
        if (!gone && gone.error().type != "control/unknown-deployment") {
            co_return gone;
        }
    }
    auto present = co_await client.function(function);
    if (!present) {
        co_return std::unexpected(present.error());
    }
    co_return co_await client.deleteFunction(function, present->etag.value_or(""));
}
} // namespace

DeleteBox::DeleteBox(models::Session &session, const models::Guard &guard, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_guard(guard)
    , m_what(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_name(new QLineEdit)
    , m_delete(new QPushButton(tr("Delete function")))
    , m_problem(new Label({}, TextStyle::Body, Ink::Bad))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    m_what->setObjectName("deleteWhat"_L1);
    m_problem->setObjectName("deleteProblem"_L1);
    m_what->setWordWrap(true);
    m_problem->setWordWrap(true);
    column->addWidget(m_what);
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::panel);
    m_name->setObjectName("deleteName"_L1);
    m_name->setFixedWidth(nameWidth);
    m_delete->setObjectName("deleteFunction"_L1);
    widgets::setButtonKind(m_delete, widgets::ButtonKind::Danger);
    row->addWidget(m_name);
    row->addWidget(m_delete);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_name, &QLineEdit::textChanged, this, &DeleteBox::showState);
    connect(m_delete, &QPushButton::clicked, this, &DeleteBox::ask);
    connect(&session.deployments(), &models::CollectionBase::changed, this, &DeleteBox::showState);
    connect(&session.functions(), &models::CollectionBase::changed, this, &DeleteBox::showState);
}

void DeleteBox::setFunction(const QString &function)
{
    if (function == m_function) {
        return;
    }
    m_function = function;
    ++m_generation;
    m_isRunning = false;
    m_name->clear();
    m_problem->clear();
    showState();
}

void DeleteBox::setDisabledReason(const QString &reason)
{
    m_disabled = reason;
    showState();
}

void DeleteBox::showState()
{
    QStringList groups;
    for (const wire::Deployment &each : deploymentsOf(m_session, m_function)) {
        groups.append(toText(toString(groupOf(each))));
    }
    groups.sort();
    m_what->setText((groups.isEmpty()
                         ? tr("It is not deployed.")
                         : tr("Its deployments go first, and its instances finish what they do: %1.")
                               .arg(groups.join(u", "_s))) +
                    u' ' +
                    tr("With it go its draft, builds, versions, secrets, test events and logs. This cannot "
                       "be taken back."));
    m_name->setPlaceholderText(tr("Type %1 to delete it").arg(m_function));
    m_name->setAccessibleName(m_name->placeholderText());
    const bool isThere = m_session.functions().find(m_function.toStdString()) != nullptr;
    const QString reason = !m_disabled.isEmpty()          ? m_disabled
                           : m_isRunning                  ? tr("It is being deleted.")
                           : !isThere                     ? tr("There is no such function any more.")
                           : m_name->text() != m_function ? tr("Type its name first.")
                                                          : QString();
    m_delete->setEnabled(reason.isEmpty());
    m_delete->setToolTip(reason);
}

/// Its name was typed here already, whatever the guard; the guard asks once more before it goes.
void DeleteBox::ask()
{
    askGuard(m_guard, this,
             {.title = tr("Delete %1").arg(m_function),
              .effects = {m_what->text()},
              .name = m_function,
              .button = tr("Delete function"),
              .reason = {},
              .isDestroying = true},
             [this, generation = m_generation](const QString &) {
                 if (generation == m_generation && !m_isRunning) {
                     remove();
                 }
             });
}

void DeleteBox::remove()
{
    m_isRunning = true;
    m_problem->clear();
    showState();
    QCoro::connect(
        removeAll(m_session.client(), deploymentsOf(m_session, m_function), m_function.toStdString()), this,
        [this, generation = m_generation](Result<> &&done) {
            if (generation != m_generation) {
                return;
            }
            m_isRunning = false;
            if (done) {
                m_name->clear();
            } else {
                m_problem->setText(
                    done.error().type == "store/stale"
                        ? tr("Somebody changed a deployment meanwhile. Look at it, then delete again.")
                        : tr("It was not deleted: %1").arg(toText(done.error().detail)));
            }
            showState();
        });
}

} // namespace nest::console
