// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// nest-console: builds the objects of the console and hands them down.
#include "app/console/options.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/state/emptystate.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QLocale>
#include <QSettings>
#include <QTimer>
#include <QTranslator>

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
} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"nest-console"_s);
    QApplication::setOrganizationName(u"nest"_s);
    QApplication::setApplicationVersion(QStringLiteral(NEST_VERSION));
    const nest::console::Options options = nest::console::readOptions(application);

    QTranslator translator;
    setLanguage(translator, options.language);
    auto tokens = nest::widgets::loadTokens();
    if (!tokens) {
        qCritical("%s", tokens.error().detail.c_str());
        return 1;
    }
    QSettings settings;
    ThemeController theme(*std::move(tokens), options.theme.value_or(storedTheme(settings)));
    nest::widgets::MainWindow window(theme, settings);

    // Pages are added here, in the order of the rail:
    //     window.addPage(new nest::console::FunctionsPage(session));
    window.setConnectionStatus({.state = nest::widgets::ConnectionStatus::State::Failed});
    window.setCover(new nest::widgets::EmptyState(
        u"offline"_s, QCoreApplication::translate("main", "Not connected to a platform"),
        QCoreApplication::translate("main",
                                    "Functions and their scaling are shown here once a platform answers.")));
    window.show();

    if (!options.screenshot.isEmpty()) {
        QTimer::singleShot(0, &window, [&] {
            const bool isSaved = window.grab().save(options.screenshot);
            QCoreApplication::exit(isSaved ? 0 : 1);
        });
    }
    return QApplication::exec();
}
