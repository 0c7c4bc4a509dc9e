// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nest-console: builds the objects of the console and hands them down.
#include "app/console/consolepages.h"
#include "app/console/options.h"
#include "app/console/pages/functions/functionspage.h"
#include "app/console/screenshot.h"
#include "app/console/sessionbinding.h"
#include "app/console/startmeasure.h"
#include "app/console/tour.h"
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

int console(const nest::console::Options &options)
{
    auto tokens = nest::widgets::loadTokens();
    if (!tokens) {
        qCritical("%s", tokens.error().detail.c_str());
        return 1;
    }
    QSettings settings;
    ThemeController theme(*std::move(tokens), options.theme.value_or(storedTheme(settings)));
    nest::models::Session session(sessionOptions(options));
    nest::widgets::MainWindow window(theme, settings);
    nest::console::SessionBinding binding(session, window);

    nest::console::ConsolePages pages(session, window, settings);
    if (!options.function.isEmpty()) {
        pages.openWhenListed(options.function, options.tab, options.open);
    } else if (!options.page.isEmpty() && !window.showPage(options.page)) {
        qWarning("There is no page \"%s\".", qUtf8Printable(options.page));
    }
    std::unique_ptr<nest::console::StartMeasure> measure;
    if (options.measuresStart) {
        measure = std::make_unique<nest::console::StartMeasure>(session, window);
    }
    window.show();
    session.start();

    std::unique_ptr<nest::console::Screenshot> screenshot;
    if (!options.screenshot.isEmpty()) {
        screenshot = std::make_unique<nest::console::Screenshot>(session, window, options.screenshot);
    }
    return QApplication::exec();
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

    QTranslator translator;
    setLanguage(translator, options.language);
    if (!options.tour.isEmpty()) {
        return tour(options.tour);
    }
    return console(options);
}
