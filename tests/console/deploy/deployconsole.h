// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window with the dialog Deploy over it, on one socket, and ways to press and read what a person sees by
// its name. Owner: the test. Thread: UI.

#include "app/console/deploy/deploydialog.h"
#include "app/console/sessionbinding.h"
#include "models/guard.h"
#include "models/session.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/page.h"
#include "widgets/state/toast.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace nest::testsupport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using console::DeployDialog;
using console::DeployRequest;
using models::Guard;
using models::Session;

/// The window with the dialog, on one socket.
struct DeployConsole
{
    explicit DeployConsole(const QString &socket, Guard::Level level = Guard::Level::Open)
        : settings(home.filePath(u"console.ini"_s), QSettings::IniFormat)
        , theme(*nest::widgets::loadTokens(), nest::widgets::ThemeController::Choice::Dark)
        , session({.connection = nest::client::Connection{.name = u"local"_s,
                                                          .environment = u"LOCAL"_s,
                                                          .socketPath = socket,
                                                          .url = {},
                                                          .token = {}},
                   .startsLocalPlatform = false,
                   .watch = {.firstDelay = 100ms, .longestDelay = 500ms},
                   .lateAfter = 2s,
                   .offlineAfter = 4s})
        , guard(level)
        , window(theme, settings)
        , binding(session, window)
        , toasts(new nest::widgets::ToastArea(&window))
    {
        window.addPage(
            new nest::widgets::Page({.id = u"functions"_s, .title = u"Functions"_s, .icon = u"function"_s}));
        toasts->setFoot(24);
        window.resize(1440, 900);
        window.show();
        session.start();
    }
    void open(const DeployRequest &request)
    {
        dialog = new DeployDialog(session, guard, *toasts, request, &window);
        dialog->open();
    }
    template <typename T>
    T *part(const QString &name) const
    {
        return window.findChild<T *>(name);
    }
    [[nodiscard]] QString text(const QString &name) const
    {
        const auto *label = part<QLabel>(name);
        return label != nullptr ? label->text() : u"(none)"_s;
    }
    void click(const QString &name) const
    {
        auto *button = part<QAbstractButton>(name);
        QVERIFY2(button != nullptr, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void tick(const char *group) const { click(u"cell:"_s + QString::fromLatin1(group)); }
    void type(const QString &name, const QString &text) const
    {
        auto *edit = part<QLineEdit>(name);
        QVERIFY2(edit != nullptr, qPrintable(name));
        QTest::mouseClick(edit, Qt::LeftButton);
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, text);
    }
    [[nodiscard]] bool canDeploy() const { return part<QAbstractButton>(u"deploy"_s)->isEnabled(); }
    [[nodiscard]] QString state(const char *group) const
    {
        return text(u"state:"_s + QString::fromLatin1(group));
    }
    /// Pictures for a person who looks, where NEST_PICTURES names a folder.
    void save(const QString &name)
    {
        const QString folder = qEnvironmentVariable("NEST_PICTURES");
        if (!folder.isEmpty()) {
            QTest::qWait(30); // new rows get their place
            QVERIFY(window.grab().save(folder + u'/' + name + u".png"_s));
        }
    }

    QTemporaryDir home;
    QSettings settings;
    nest::widgets::ThemeController theme;
    Session session;
    Guard guard;
    nest::widgets::MainWindow window;
    nest::console::SessionBinding binding;
    nest::widgets::ToastArea *toasts;
    QPointer<DeployDialog> dialog;
};

} // namespace nest::testsupport
