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
        QCoreApplication::translate("Options", "save a picture of the window once it shows data and end"),
        u"file"_s);
    const QCommandLineOption socket(
        u"socket"_s, QCoreApplication::translate("Options", "connect there and start no platform"),
        u"path"_s);
    const QCommandLineOption page(
        u"page"_s,
        QCoreApplication::translate("Options",
                                    "show this page first: functions, functions.new, scaling, connect"),
        u"name"_s);
    const QCommandLineOption function(
        u"function"_s, QCoreApplication::translate("Options", "show this function first"), u"name"_s);
    const QCommandLineOption tour(
        u"tour"_s,
        QCoreApplication::translate(
            "Options", "take pictures of each page, with a platform and load of its own, and end"),
        u"folder"_s);
    const QCommandLineOption measureStart(
        u"measure-start"_s,
        QCoreApplication::translate("Options", "say when the window was painted and its memory, and end"));
    const QCommandLineOption tab(
        u"tab"_s,
        QCoreApplication::translate("Options", "with --function: summary, code, versions, scaling …"),
        u"id"_s);
    const QCommandLineOption open(
        u"open"_s,
        QCoreApplication::translate("Options", "then open palette, deploy, groups, or do a request, load"),
        u"what"_s);
    const QCommandLineOption connection(
        u"connection"_s, QCoreApplication::translate("Options", "open this saved connection first"),
        u"name"_s);
    parser.addOptions(
        {theme, language, socket, connection, page, function, tab, open, screenshot, tour, measureStart});
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
    options.socket = parser.value(socket);
    options.connection = parser.value(connection);
    options.screenshot = parser.value(screenshot);
    options.page = parser.value(page);
    options.function = parser.value(function);
    options.tab = parser.value(tab);
    options.open = parser.value(open);
    options.tour = parser.value(tour);
    options.measuresStart = parser.isSet(measureStart);
    return options;
}

} // namespace nest::console
