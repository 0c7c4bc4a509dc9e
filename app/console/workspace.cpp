// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/workspace.h"

#include "app/console/consolepages.h"
#include "app/console/sessionbinding.h"
#include "widgets/shell/mainwindow.h"

namespace nest::console {

using namespace Qt::StringLiterals;

Workspace::Workspace(models::SessionOptions options, models::Guard::Level least,
                     widgets::ThemeController &theme, QSettings &settings)
    : m_session(std::move(options)), m_least(least), m_theme(theme), m_settings(settings)
{}

Workspace::~Workspace()
{
    if (m_window) {
        m_window->save();
    }
}

widgets::MainWindow &Workspace::build(QWidget *parent)
{
    if (!m_window) {
        const client::Connection &connection = m_session.connection();
        const QString group =
            connection.id.isEmpty() ? u"window"_s : u"connection-"_s + connection.id; // pages of each apart
        m_window = std::make_unique<widgets::MainWindow>(m_theme, m_settings, parent, group);
        m_binding = std::make_unique<SessionBinding>(m_session, *m_window);
        m_pages = std::make_unique<ConsolePages>(m_session, *m_window, m_settings, m_least);
        m_binding->offerConnections();
        connect(m_binding.get(), &SessionBinding::connectionsRequested, this,
                &Workspace::connectionsRequested);
    }
    return *m_window;
}

} // namespace nest::console
