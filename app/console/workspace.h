// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One connection as a person works with it: its session, and its window with every page. The session exists
// from the beginning; the pages are built when they are first asked for.
//
// Invariants: what is open stays as it is while another connection is looked at: its load runs on, its text
// stays. Thread: UI. Owner: ConsoleWindow; settings and theme outlive it.

#include "models/guard.h"
#include "models/session.h"

#include <QObject>

#include <memory>

class QSettings;

namespace nest::widgets {
class MainWindow;
class ThemeController;
} // namespace nest::widgets

namespace nest::console {

class ConsolePages;
class SessionBinding;

class Workspace final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Workspace)

public:
    Workspace(models::SessionOptions options, models::Guard::Level least, widgets::ThemeController &theme,
              QSettings &settings);
    ~Workspace() override;

    [[nodiscard]] models::Session &session() { return m_session; }
    [[nodiscard]] bool isBuilt() const { return m_window != nullptr; }
    /// Builds them on the first call, as a part of `parent`.
    widgets::MainWindow &build(QWidget *parent);
    [[nodiscard]] widgets::MainWindow *window() const { return m_window.get(); }
    [[nodiscard]] ConsolePages *pages() const { return m_pages.get(); }

Q_SIGNALS:
    void connectionsRequested();

private:
    models::Session m_session;
    models::Guard::Level m_least;
    widgets::ThemeController &m_theme;
    QSettings &m_settings;
    std::unique_ptr<widgets::MainWindow> m_window;
    std::unique_ptr<SessionBinding> m_binding;
    std::unique_ptr<ConsolePages> m_pages;
};

} // namespace nest::console
