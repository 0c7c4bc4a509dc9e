// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nest-console: builds the objects of the console and hands them down.
#include "app/console/consolepages.h"
#include "app/console/consolewindow.h"
#include "app/console/options.h"
#include "app/console/screenshot.h"
#include "app/console/startmeasure.h"
#include "app/console/tour.h"
#include "app/console/workspace.h"
#include "models/connections/savedconnections.h"
#include "models/connections/tokenstore.h"
#include "models/session.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using nest::widgets::ThemeController;

namespace {
constexpr int startAgain = 1000; // no exit code of a program

/// Sentences of the source are English; other languages come from translations/ when they were built in.
void setLanguage(QTranslator &translator, const QString &language)
{
    // The console speaks two languages and writes figures as they do (1,287), whatever else the system is set
    // to.
    const QString wanted = language.isEmpty() ? QLocale().name() : language;
    const QLocale locale = wanted.startsWith("zh"_L1) ? QLocale(QLocale::Chinese, QLocale::China)
                                                      : QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale);
    if (translator.load(locale, u"nest"_s, u"_"_s, u":/i18n"_s)) {
        QCoreApplication::installTranslator(&translator);
    }
}

ThemeController::Choice storedTheme(const QSettings &settings)
{
    const int stored = settings.value("window/theme").toInt();
    return stored >= 0 && stored <= 2 ? static_cast<ThemeController::Choice>(stored)
                                      : ThemeController::Choice::System;
}

nest::models::SessionOptions sessionOptions(const nest::console::Options &options)
{
    nest::models::SessionOptions session;
    session.local.arguments = {u"--exit-when-idle"_s, u"60"_s}; // what the console started goes after it
    if (!options.socket.isEmpty()) {
        session.connection = nest::client::Connection{.name = u"local"_s,
                                                      .environment = u"LOCAL"_s,
                                                      .socketPath = options.socket,
                                                      .url = {},
                                                      .token = {}};
        session.startsLocalPlatform = false;
    }
    return session;
}

int tour(const QString &directory)
{
    QCoro::connect(nest::console::runTour(directory), qApp, [](const nest::Result<> &done) {
        if (!done) {
            std::fprintf(stderr, "%s\n", done.error().detail.c_str());
        }
        QApplication::exit(done ? 0 : 1);
    });
    return QApplication::exec();
}

/// What the command line asks for, else what was open last.
void openFirst(nest::console::ConsoleWindow &window, const nest::models::SavedConnections &saved,
               const nest::console::Options &options)
{
    if (options.page == "connect"_L1) {
        window.showConnect();
        return;
    }
    if (!options.connection.isEmpty()) {
        if (const auto *named = saved.named(options.connection)) {
            window.showConnect();
            window.open(named->id);
        } else {
            qWarning("There is no connection \"%s\".", qUtf8Printable(options.connection));
            window.showConnect();
        }
        return;
    }
    const bool namesAPlace =
        !options.socket.isEmpty() || !options.function.isEmpty() || !options.page.isEmpty();
    if (!namesAPlace) {
        window.openLast();
        return;
    }
    window.openLocal();
    if (!options.function.isEmpty()) {
        window.local().pages()->openWhenListed(options.function, options.tab, options.open);
    } else if (!options.page.isEmpty() && !window.local().window()->showPage(options.page)) {
        qWarning("There is no page \"%s\".", qUtf8Printable(options.page));
    }
}

int console(const nest::console::Options &options, QSettings &settings)
{
    auto tokens = nest::widgets::loadTokens();
    if (!tokens) {
        qCritical("%s", tokens.error().detail.c_str());
        return 1;
    }
    ThemeController theme(*std::move(tokens), options.theme.value_or(storedTheme(settings)));
    nest::models::SavedConnections saved(settings);
    nest::models::TokenStore keyring;
    nest::console::ConsoleWindow window(sessionOptions(options), theme, settings, saved, keyring);
    QObject::connect(&window, &nest::console::ConsoleWindow::languageRequested, &window,
                     [&settings](const QString &language) {
                         settings.setValue("console/language", language);
                         QApplication::exit(startAgain);
                     });
    openFirst(window, saved, options);
    std::unique_ptr<nest::console::StartMeasure> measure;
    nest::models::Session &session =
        window.current() != nullptr ? window.current()->session() : window.local().session();
    if (options.measuresStart) {
        measure = std::make_unique<nest::console::StartMeasure>(session, window);
    }
    window.show();
    std::unique_ptr<nest::console::Screenshot> screenshot;
    if (!options.screenshot.isEmpty()) {
        screenshot = std::make_unique<nest::console::Screenshot>(session, window, options.screenshot);
    }
    const int code = QApplication::exec();
    if (code == startAgain) {
        window.close(); // keeps what it keeps, as when a person closes it
    }
    return code;
}
} // namespace

int main(int argc, char **argv)
{
    nest::widgets::prepareFonts();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"nest-console"_s);
    QApplication::setOrganizationName(u"nest"_s);
    QApplication::setApplicationVersion(QStringLiteral(NEST_VERSION));
    const nest::console::Options options = nest::console::readOptions(application);

    QSettings settings;
    if (!options.tour.isEmpty()) {
        QTranslator translator;
        setLanguage(translator, options.language);
        return tour(options.tour);
    }
    // A choice of the language builds the window anew: every text is made when its widget is.
    for (QString language = options.language;;) {
        QTranslator translator;
        setLanguage(translator,
                    language.isEmpty() ? settings.value("console/language").toString() : language);
        const int code = console(options, settings);
        if (code != startAgain) {
            return code;
        }
        language.clear();
    }
}
