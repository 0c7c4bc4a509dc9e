// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/themecontroller.h"

#include "widgets/theme/neststyle.h"
#include "widgets/theme/palette.h"

#include <QApplication>
#include <QStyleHints>

namespace nest::widgets {

void prepareFonts()
{
    constexpr auto variable = "FREETYPE_PROPERTIES";
    if (!qEnvironmentVariableIsSet(variable)) {
        qputenv(variable, "cff:darkening-parameters=500,0,1000,0,1667,0,2333,0");
    }
}

ThemeController::ThemeController(ThemeTokens tokens, Choice choice, QObject *parent)
    : QObject(parent), m_tokens(std::move(tokens)), m_choice(choice)
{
    apply();
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_choice == Choice::System) {
            apply();
        }
    });
}

const Theme &ThemeController::theme() const
{
    return m_isDark ? m_tokens.dark : m_tokens.light;
}

void ThemeController::setChoice(Choice choice)
{
    if (choice != m_choice) {
        m_choice = choice;
        apply();
    }
}

void ThemeController::toggle()
{
    setChoice(m_isDark ? Choice::Light : Choice::Dark);
}

void ThemeController::apply()
{
    const bool wasDark = m_isDark;
    m_isDark = m_choice == Choice::System
                   ? QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark
                   : m_choice == Choice::Dark;
    if (m_style && wasDark == m_isDark) {
        return;
    }
    if (!m_style) {
        m_style = new NestStyle(theme());
        QApplication::setStyle(m_style);
        QApplication::setFont(theme().font(TextStyle::Body));
    } else {
        m_style->setTheme(theme());
    }
    QApplication::setPalette(paletteFor(theme()));
    // Qt tells the widgets with a posted event; deliver it now, so that changed() finds the new palette
    // everywhere.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::ApplicationPaletteChange);
    Q_EMIT changed();
}

} // namespace nest::widgets
