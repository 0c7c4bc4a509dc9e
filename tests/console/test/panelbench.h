// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the tests of the Test panel stand on: a real nestd with two functions and a lane, a session with it,
// and a panel that is used by clicks and keys.
//
// With NEST_TEST_PICTURES=DIR each save() writes a picture there, NEST_TEST_THEME=light makes them light.

#include "app/console/pages/function/test/testpanel.h"
#include "models/session.h"
#include "tests/support/testplatform.h"
#include "widgets/figures/figurerow.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/themecontroller.h"
#include "widgets/theme/tokens.h"

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace nest::testsupport {

using namespace Qt::StringLiterals;
using console::TestPanel;

inline constexpr int answerLimit = 30'000;
inline const wire::GroupName mainGroup{};

/// For one test function: any warning but those about what the offscreen platform cannot do.
inline void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

/// Platform, theme and session for all tests of one program.
struct PanelPlatform
{
    /// Empty when all is there; what is wrong otherwise.
    QString start()
    {
        if (!platform.start()) {
            return platform.error();
        }
        const QString hello =
            platform.deploy("hello", TestPlatform::helloFiles("hello"),
                            R"({"scaling":{"threshold":40,"maximum":4,"panicWindowSeconds":2,
            "stableWindowSeconds":6,"scaleDownDelaySeconds":0,"scaleToZeroAfterSeconds":600}})");
        const QString other =
            platform.deploy("other", TestPlatform::helloFiles("other"), R"({"scaling":{"maximum":1}})");
        const auto lane =
            platform.api({"PUT", "/v1/groups/default/lane-42/local", "{}", {{"If-None-Match", "*"}}});
        auto tokens = widgets::loadTokens();
        if (!hello.isEmpty() || !other.isEmpty() || (lane.status != 200 && lane.status != 201) || !tokens) {
            return hello + other + QString::fromUtf8(lane.body);
        }
        using Choice = widgets::ThemeController::Choice;
        const bool isLight = qEnvironmentVariable("NEST_TEST_THEME") == u"light"_s;
        theme = std::make_unique<widgets::ThemeController>(*std::move(tokens),
                                                           isLight ? Choice::Light : Choice::Dark);
        settings = std::make_unique<QSettings>(home.filePath(u"console.ini"_s), QSettings::IniFormat);
        models::SessionOptions options;
        options.connection = client::Connection{};
        options.connection->name = u"local"_s;
        options.connection->environment = u"LOCAL"_s;
        options.connection->socketPath = platform.socket();
        options.startsLocalPlatform = false;
        session = std::make_unique<models::Session>(options);
        session->start();
        const bool isThere = waitUntil(
            [this] {
                return session->me() && session->deployments().size() == 2 && session->groups().size() >= 2;
            },
            std::chrono::seconds(10));
        return isThere ? QString() : u"the session does not list what was made"_s;
    }

    TestPlatform platform;
    QTemporaryDir home;
    std::unique_ptr<QSettings> settings;
    std::unique_ptr<widgets::ThemeController> theme;
    std::unique_ptr<models::Session> session;
};

/// One panel in a window of its own.
struct PanelBench
{
    explicit PanelBench(PanelPlatform &on, int width = 380) : panel(*on.session, *on.settings)
    {
        panel.resize(width, 860);
        panel.show();
        panel.activateWindow();
        wasActivated = QTest::qWaitForWindowActive(&panel);
    }

    template <typename T>
    T *part(const QString &name) const
    {
        T *found = panel.findChild<T *>(name);
        Q_ASSERT(found != nullptr);
        return found;
    }
    QString text(const QString &name) const { return part<QLabel>(name)->text(); }
    bool isSeen(const QString &name) const { return part<QWidget>(name)->isVisible(); }
    void click(const QString &name) const { QTest::mouseClick(part<QWidget>(name), Qt::LeftButton); }
    void clickSegment(const QString &control, const QString &id) const
    {
        QTest::mouseClick(part<QWidget>(control)->findChild<QToolButton *>(id), Qt::LeftButton);
    }
    void clickTab(const QString &id) const
    {
        auto *tabs = part<widgets::TabStrip>(u"answerTabs"_s);
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(id).center());
    }
    /// Opens the menu of a button, as a click does, and clicks the entry that begins so; false: none, or off.
    bool choose(const QString &button, const QString &begin) const
    {
        QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton);
        auto *menu = part<QPushButton>(button)->menu();
        const auto actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text().startsWith(begin) && action->isEnabled()) {
                menu->setActiveAction(action);
                QTest::keyClick(menu, Qt::Key_Return);
                return !menu->isVisible();
            }
        }
        QTest::keyClick(menu, Qt::Key_Escape);
        return false;
    }
    void chooseEvent(const QString &begin) const
    {
        auto *combo = part<QComboBox>(u"eventCombo"_s);
        combo->setFocus();
        for (int i = 0; i < combo->count(); ++i) {
            if (combo->itemText(i).startsWith(begin)) {
                QTest::keyClick(combo, Qt::Key_Home);
                for (int tries = 0; tries < 20 && !combo->currentText().startsWith(begin); ++tries) {
                    QTest::keyClick(combo, Qt::Key_Down);
                }
                return;
            }
        }
    }
    void type(const QString &field, const QString &text) const
    {
        auto *widget = part<QWidget>(field);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(widget, text);
    }
    QString figure(const QString &label) const
    {
        return part<widgets::FigureRow>(u"loadFigures"_s)->value(label);
    }
    QString cell(const QString &name) const { return part<widgets::CellWidget>(name)->accessibleName(); }
    void save(const QString &name) const
    {
        const QString folder = qEnvironmentVariable("NEST_TEST_PICTURES");
        if (!folder.isEmpty()) {
            QTest::qWait(100); // for the layout
            panel.grab().save(folder + u'/' + name + u".png"_s);
        }
    }
    mutable TestPanel panel;
    bool wasActivated = false;
};

} // namespace nest::testsupport
