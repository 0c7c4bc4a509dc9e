// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The whole console as main() builds it, on one socket, with times that a test can wait for, and ways to find
// what a person sees by its name. Owner: the test. Thread: UI.

#include "app/console/consolepages.h"
#include "app/console/sessionbinding.h"
#include "models/session.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QLabel>
#include <QSettings>
#include <QTest>

namespace nest::testsupport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::Session;

struct Console
{
    Console(const QString &socket, const QString &settingsFile)
        : settings(settingsFile, QSettings::IniFormat)
        , theme(*nest::widgets::loadTokens(), nest::widgets::ThemeController::Choice::Dark)
        , session({.connection = nest::client::Connection{.name = u"local"_s,
                                                          .environment = u"LOCAL"_s,
                                                          .socketPath = socket,
                                                          .url = {},
                                                          .token = {}},
                   .startsLocalPlatform = false,
                   .watch = {.firstDelay = 100ms, .longestDelay = 500ms},
                   .lateAfter = 3s,
                   .offlineAfter = 5s})
        , window(theme, settings)
        , binding(session, window)
        , pages(session, window, settings)
    {
        window.resize(1440, 900);
        window.show();
        session.start();
    }

    template <typename T>
    [[nodiscard]] T *find(const QString &name) const
    {
        for (T *found : window.findChildren<T *>(name)) {
            if (found->isVisible()) {
                return found;
            }
        }
        return nullptr;
    }
    [[nodiscard]] QString text(const QString &name) const
    {
        const auto *label = find<QLabel>(name);
        return label != nullptr ? label->text() : QString();
    }
    void click(const QString &name) const { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    [[nodiscard]] bool showsText(const QString &text) const
    {
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text)) {
                return true;
            }
        }
        return false;
    }
    /// For a person who wants to look: pictures in $NEST_PICTURES.
    void picture(const QString &name)
    {
        const QString folder = qEnvironmentVariable("NEST_PICTURES");
        if (folder.isEmpty()) {
            return;
        }
        QCoreApplication::processEvents(); // what was laid out anew
        QCoreApplication::processEvents();
        window.grab().save(folder + u'/' + name + u"-dark.png"_s);
        theme.setChoice(nest::widgets::ThemeController::Choice::Light);
        window.grab().save(folder + u'/' + name + u"-light.png"_s);
        theme.setChoice(nest::widgets::ThemeController::Choice::Dark);
    }
    [[nodiscard]] QString page() const { return window.currentPage()->info().id; }

    QSettings settings;
    nest::widgets::ThemeController theme;
    Session session;
    nest::widgets::MainWindow window;
    nest::console::SessionBinding binding;
    nest::console::ConsolePages pages;
};

} // namespace nest::testsupport
