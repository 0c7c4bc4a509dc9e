// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window around the pages and a session that starts a real local platform by itself.
#include "app/console/sessionbinding.h"
#include "models/session.h"
#include "tests/support/testplatform.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/statusbar.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::models::Session;
using nest::testsupport::TestPlatform;

namespace {

constexpr int startLimit = 30'000;

class PlainPage final : public nest::widgets::Page
{
public:
    PlainPage() : Page({.id = u"plain"_s, .title = u"Plain"_s, .icon = u"function"_s}) {}
};

struct Console
{
    Console(const QString &folder, const QString &program)
        : settings(folder + u"/console.ini"_s, QSettings::IniFormat)
        , theme(*nest::widgets::loadTokens(), nest::widgets::ThemeController::Choice::Dark)
        , session({.local = {.program = program, .arguments = {u"--exit-when-idle"_s, u"60"_s}},
                   .watch = {.firstDelay = 100ms, .longestDelay = 500ms}})
        , window(theme, settings)
        , binding(session, window)
    {
        window.addPage(new PlainPage);
        window.show();
    }

    [[nodiscard]] bool statusShows(const QString &text) const
    {
        for (const QLabel *label : window.statusBar().findChildren<QLabel *>()) {
            if (!label->isHidden() && label->text().contains(text)) {
                return true;
            }
        }
        for (const QAbstractButton *button : window.statusBar().findChildren<QAbstractButton *>()) {
            if (!button->isHidden() && button->text().contains(text)) {
                return true;
            }
        }
        return false;
    }

    QSettings settings;
    nest::widgets::ThemeController theme;
    Session session;
    mutable nest::widgets::MainWindow window;
    nest::console::SessionBinding binding;
};

} // namespace

class TestSessionBinding final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void startsTheLocalPlatformAndShowsItsFacts();
    void saysWhatFailedAndTriesAgain();
    void startsACrashedPlatformAgainAndSaysSoAtTheThirdTime();

private:
    [[nodiscard]] qint64 platformId() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSessionBinding::init()
{
    QTest::failOnWarning(
        QRegularExpression(u"^(?!This plugin does not support)"_s)); // offscreen says that of itself
    m_folder = std::make_unique<QTemporaryDir>(u"/tmp/nest-c-XXXXXX"_s);
    qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
    qputenv("XDG_DATA_HOME", m_folder->filePath(u"data"_s).toUtf8());
    qputenv("XDG_CONFIG_HOME", m_folder->filePath(u"config"_s).toUtf8());
}

void TestSessionBinding::cleanup()
{
    if (const qint64 id = platformId(); id > 0) {
        ::kill(static_cast<pid_t>(id), SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(static_cast<pid_t>(id), 0) != 0, startLimit);
    }
    m_folder.reset();
}

/// Of the platform that the session started; 0 when there is none.
qint64 TestSessionBinding::platformId() const
{
    QFile file(m_folder->filePath(u"nest/local/endpoint.json"_s));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const qint64 id = QJsonDocument::fromJson(file.readAll())[u"processId"].toInteger();
    return id > 0 && ::kill(static_cast<pid_t>(id), 0) == 0 ? id : 0;
}

void TestSessionBinding::startsTheLocalPlatformAndShowsItsFacts()
{
    Console console(m_folder->path(), TestPlatform::program(u"nestd"_s));
    console.session.start();
    QTRY_COMPARE_WITH_TIMEOUT(console.session.state(), Session::State::Live, startLimit);
    QVERIFY(!console.window.findChild<nest::widgets::EmptyState *>()); // no cover any more
    QVERIFY(console.window.statusBar().liveStateText().startsWith(u"Live"_s));
    QTRY_VERIFY(console.statusShows(u"Platform "_s));
    QTRY_VERIFY_WITH_TIMEOUT(console.statusShows(u"Round trip "_s), 10'000);
    QVERIFY(console.statusShows(u"UTC"_s));
    QVERIFY(console.statusShows(u"Isolation "_s) || console.statusShows(u"Functions do not start"_s));
}

void TestSessionBinding::saysWhatFailedAndTriesAgain()
{
    const QString program = m_folder->filePath(u"nestd"_s);
    Console console(m_folder->path(), program);
    console.session.start();
    QTRY_VERIFY_WITH_TIMEOUT(console.window.findChild<nest::widgets::ErrorState *>(), startLimit);
    auto *error = console.window.findChild<nest::widgets::ErrorState *>();
    QCOMPARE(error->error().title, u"The local platform does not start"_s);
    QVERIFY(!error->error().sentence.isEmpty());
    QVERIFY(!error->error().steps.isEmpty());

    QVERIFY(QFile::link(TestPlatform::program(u"nestd"_s), program)); // as the steps say
    QTest::mouseClick(error->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(console.session.state(), Session::State::Live, startLimit);
    QTRY_VERIFY(!console.window.findChild<nest::widgets::ErrorState *>());
}

void TestSessionBinding::startsACrashedPlatformAgainAndSaysSoAtTheThirdTime()
{
    Console console(m_folder->path(), TestPlatform::program(u"nestd"_s));
    console.session.start();
    QTRY_COMPARE_WITH_TIMEOUT(console.session.state(), Session::State::Live, startLimit);
    const QSignalSpy told(&console.session, &Session::restartedOften);
    for (int crash = 1; crash <= 3; ++crash) {
        QCOMPARE(told.count(), 0);
        const qint64 id = platformId();
        QVERIFY(id > 0);
        QCOMPARE(::kill(static_cast<pid_t>(id), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(console.session.restarts(), crash, startLimit);
        QTRY_COMPARE_WITH_TIMEOUT(console.session.state(), Session::State::Live, startLimit);
    }
    QTRY_COMPARE(told.count(), 1); // the window says it, tst_windowjobs
    QCOMPARE(told.first().first().toInt(), 3);
    QVERIFY(!console.window.findChild<nest::widgets::ErrorState *>());
}

QTEST_MAIN(TestSessionBinding)
#include "tst_sessionbinding.moc"
