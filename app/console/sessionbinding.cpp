// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/sessionbinding.h"

#include "app/console/sessionstatus.h"
#include "models/session.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/state/emptystate.h"

#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::CollectionBase;
using models::Session;

namespace {
constexpr auto coverAfter = 150ms;
} // namespace

SessionBinding::SessionBinding(Session &session, widgets::MainWindow &window, QObject *parent)
    : QObject(parent), m_session(session), m_window(window)
{
    connect(&session, &Session::stateChanged, this, &SessionBinding::showStatus);
    connect(&session, &Session::ageChanged, this, &SessionBinding::showStatus);
    connect(&session, &Session::meChanged, this, &SessionBinding::showStatus);
    for (CollectionBase *collection : {static_cast<CollectionBase *>(&session.groups()),
                                       static_cast<CollectionBase *>(&session.deployments())}) {
        connect(collection, &CollectionBase::changed, this, &SessionBinding::showScopes);
    }
    connect(&session.functions(), &CollectionBase::listed, this, &SessionBinding::showCover);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &SessionBinding::showCover);
    m_patience.start(coverAfter);
    showStatus();
    showScopes();
}

void SessionBinding::showStatus()
{
    m_window.setConnection(connectionInfo(m_session));
    m_window.setConnectionStatus(connectionStatus(m_session));
    showCover();
}

void SessionBinding::showScopes()
{
    m_window.setScopeChoices(scopeChoices(m_session));
}

void SessionBinding::showCover()
{
    const auto state = m_session.state();
    const bool isBroken = state == Session::State::Failed || state == Session::State::Offline;
    const bool isRefused = state == Session::State::Failed && m_session.error().type == "access/wrong-token";
    const Cover wanted = isRefused                          ? Cover::Error
                         : m_session.functions().isListed() ? Cover::None
                         : isBroken                         ? Cover::Error
                         : m_patience.isActive()            ? Cover::None
                                                            : Cover::Starting;
    if (wanted == Cover::Error && m_error) {
        m_error->setError(connectionError(m_session));
    }
    if (wanted == m_cover) {
        return;
    }
    m_cover = wanted;
    switch (wanted) {
    case Cover::None:
        m_window.setCover(nullptr);
        break;
    case Cover::Starting: {
        const auto &connection = m_session.connection();
        const bool isLocal = connection.name == "local"_L1;
        m_window.setCover(new widgets::EmptyState(
            u"spin"_s, isLocal ? tr("Starting the local platform") : tr("Connecting"),
            isLocal
                ? tr("It needs no account, no network and no set-up. The first start takes a few seconds.")
                : tr("Waiting for an answer from %1.").arg(connection.address())));
        break;
    }
    case Cover::Error:
        m_error = new widgets::ErrorState;
        m_error->setError(connectionError(m_session));
        if (m_hasConnections) {
            QPushButton *others = m_error->addButton(tr("Connections…"));
            others->setObjectName("connections"_L1);
            connect(others, &QPushButton::clicked, this, &SessionBinding::connectionsRequested,
                    Qt::QueuedConnection);
        }
        connect(m_error, &widgets::ErrorState::retryRequested, &m_session, &Session::retry);
        m_window.setCover(m_error);
        break;
    }
}

} // namespace nest::console
