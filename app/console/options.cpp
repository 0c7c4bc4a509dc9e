// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

namespace nest::console {

using namespace Qt::StringLiterals;
using Choice = widgets::ThemeController::Choice;

Options readOptions(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("Options", "The console of the Nest platform."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption theme(
        u"theme"_s, QCoreApplication::translate("Options", "dark, light or system"), u"name"_s);
    const QCommandLineOption language(u"language"_s, QCoreApplication::translate("Options", "en or zh_CN"),
                                      u"name"_s);
    const QCommandLineOption screenshot(
        u"screenshot"_s,
        QCoreApplication::translate("Options", "save a picture of the window after its first paint and end"),
        u"file"_s);
    parser.addOptions({theme, language, screenshot});
    parser.process(application);

    Options options;
    const QString name = parser.value(theme);
    if (name == "dark"_L1) {
        options.theme = Choice::Dark;
    } else if (name == "light"_L1) {
        options.theme = Choice::Light;
    } else if (name == "system"_L1) {
        options.theme = Choice::System;
    } else if (parser.isSet(theme)) {
        const QString wrong =
            QCoreApplication::translate("Options", "--theme is dark, light or system, not \"%1\".");
        std::fputs(qPrintable(wrong.arg(name) + u'\n'), stderr);
        std::exit(2);
    }
    options.language = parser.value(language);
    options.screenshot = parser.value(screenshot);
    return options;
}

} // namespace nest::console
