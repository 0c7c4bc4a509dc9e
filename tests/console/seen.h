// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// For tests that look and press as a person does: what is seen below a widget, found by its name; and the
// window of the console on one socket, with times that a test can wait for.
//
// Owner: the test. Thread: UI.

#include "app/console/sessionbinding.h"
#include "models/session.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTest>

namespace nest::testsupport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is seen below `root`, which outlives it.
struct Seen
{
    explicit Seen(QWidget &root) : m_root(root) {}

    template <typename T>
    [[nodiscard]] T *find(const QString &name) const
    {
        for (T *found : m_root.findChildren<T *>(name)) {
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
    /// In place of what stood there.
    void type(const QString &name, const QString &text) const
    {
        auto *edit = find<QLineEdit>(name);
        QTest::mouseClick(edit, Qt::LeftButton);
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, text);
    }
    [[nodiscard]] bool showsText(const QString &text) const
    {
        for (const QLabel *label : m_root.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text)) {
                return true;
            }
        }
        return false;
    }

private:
    QWidget &m_root;
};

/// A platform on its socket, by the name of this computer's.
inline models::SessionOptions optionsOn(const QString &socket)
{
    return {
        .connection =
            client::Connection{
                .name = u"local"_s, .environment = u"LOCAL"_s, .socketPath = socket, .url = {}, .token = {}},
        .startsLocalPlatform = false,
        .watch = {.firstDelay = 100ms, .longestDelay = 500ms},
        .lateAfter = 3s,
        .offlineAfter = 5s};
}

/// The window without pages: whoever takes it adds them, then begins.
struct WindowOn : Seen
{
    WindowOn(const QString &socket, const QString &settingsFile)
        : Seen(window)
        , settings(settingsFile, QSettings::IniFormat)
        , theme(*widgets::loadTokens(), widgets::ThemeController::Choice::Dark)
        , session(optionsOn(socket))
        , window(theme, settings)
        , binding(session, window)
    {}
    void begin(const QSize &size = {1440, 900})
    {
        window.resize(size);
        window.show();
        session.start();
    }

    QSettings settings;
    widgets::ThemeController theme;
    models::Session session;
    widgets::MainWindow window;
    console::SessionBinding binding;
};

} // namespace nest::testsupport
