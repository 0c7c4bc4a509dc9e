// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The whole console of one connection as the program builds it, on one socket. Owner: the test. Thread: UI.

#include "app/console/consolepages.h"
#include "tests/console/seen.h"

#include <QCoreApplication>

namespace nest::testsupport {

using namespace Qt::StringLiterals;
using models::Session;

struct Console : WindowOn
{
    Console(const QString &socket, const QString &settingsFile)
        : WindowOn(socket, settingsFile), pages(session, window, settings)
    {
        begin();
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

    nest::console::ConsolePages pages;
};

} // namespace nest::testsupport
