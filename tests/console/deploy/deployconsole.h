// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The window with the dialog Deploy over it, on one socket, and ways to press and read what a person sees by
// its name. Owner: the test. Thread: UI.

#include "app/console/deploy/deploydialog.h"
#include "models/guard.h"
#include "tests/console/seen.h"
#include "widgets/shell/page.h"
#include "widgets/state/toast.h"

#include <QPointer>
#include <QTemporaryDir>

namespace nest::testsupport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using console::DeployDialog;
using console::DeployRequest;
using models::Guard;
using models::Session;

/// Before the window, whose settings lie there.
struct Home
{
    QTemporaryDir home;
};

/// The window with the dialog, on one socket.
struct DeployConsole : private Home, public WindowOn
{
    explicit DeployConsole(const QString &socket, Guard::Level level = Guard::Level::Open)
        : WindowOn(socket, home.filePath(u"console.ini"_s))
        , guard(level)
        , toasts(new nest::widgets::ToastArea(&window))
    {
        window.addPage(
            new nest::widgets::Page({.id = u"functions"_s, .title = u"Functions"_s, .icon = u"function"_s}));
        toasts->setFoot(24);
        begin();
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

    Guard guard;
    nest::widgets::ToastArea *toasts;
    QPointer<DeployDialog> dialog;
};

} // namespace nest::testsupport
