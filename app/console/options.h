// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The command line of nest-console as a value.

#include "widgets/theme/themecontroller.h"

#include <QString>

#include <optional>

class QCoreApplication;

namespace nest::console {

struct Options
{
    std::optional<widgets::ThemeController::Choice> theme; // unset: as at the last run
    QString language;                                      // "en", "zh_CN"; empty: as the system says
    QString socket;     // of a running platform; empty: the local one, started when needed
    QString connection; // the name of a saved one, opened first
    QString screenshot; // save the window there once it shows data or why it has none, then end
    QString page;       // shown first
    QString function;   // shown first
    QString tab;        // of its page: "code"; "scaling" is the page of that name
    QString open;       // then: "palette", "deploy", "groups", "request", "load"
    QString tour;       // take the pictures of each page into this folder, then end
    bool measuresStart = false;
};

/// Ends the program with a message for --help, --version and a wrong option, as QCommandLineParser does.
[[nodiscard]] Options readOptions(const QCoreApplication &application);

} // namespace nest::console
