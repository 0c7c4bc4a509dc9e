// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/actionregistry.h"
#include "widgets/shell/chip.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/rail.h"
#include "widgets/shell/statusbar.h"
#include "widgets/state/banner.h"
#include "widgets/state/commandline.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/state/loadingbar.h"
#include "widgets/state/noresult.h"
#include "widgets/theme/themecontroller.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace nest::widgets;

namespace {
class NotePage final : public Page
{
public:
    explicit NotePage(PageInfo info) : Page(std::move(info)), m_edit(new QLineEdit(this)) {}

    void setScope(const Scope &scope) override { m_scope = scope; }
    void setTimeRange(TimeRange range) override { m_range = range; }
    void setConnectionStatus(const ConnectionStatus &status) override { m_status = status; }
    void refresh() override { ++m_refreshes; }
    void focusFilter() override { m_edit->setFocus(); }

    QLineEdit *m_edit;
    Scope m_scope;
    TimeRange m_range = TimeRange::OneHour;
    ConnectionStatus m_status;
    int m_refreshes = 0;
};
} // namespace

class ShellTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void railChangesThePage();
    void railMovesWithTheKeys();
    void goesToAPageByTwoKeys();
    void scopeChipNarrowsEveryPage();
    void scopeChipWidensAgain();
    void rangeMenuSetsTheRangeOfEveryPage();
    void lettersAreTypedInAFieldAndActElsewhere();
    void switchesTheThemeByKey();
    void anActionSaysWhyItIsOff();
    void remembersPageAndRange();
    void coverHidesThePagesUntilItIsTakenAway();
    void movesThroughTheRegionsOfTheWindow();
    void saysHowAliveTheConnectionIs_data();
    void saysHowAliveTheConnectionIs();
    void saysAges_data();
    void saysAges();
    void everyControlHasAName();
    void errorCanBeRetriedAndItsIdCopied();
    void noResultClearsTheFilter();
    void loadingAppearsOnlyAfterASecond();
    void bannerLinkActs();
    void emptyStateOffersCommands();

private:
    static void choose(QMenu *menu, const QString &text)
    {
        QVERIFY(menu->isVisible());
        for (QAction *action : menu->actions()) {
            if (action->text() == text) {
                menu->setActiveAction(action);
                QTest::keyClick(menu, Qt::Key_Return);
                QVERIFY(!menu->isVisible());
                return;
            }
        }
        QFAIL(qPrintable(u"no entry "_s + text));
    }

    [[nodiscard]] Chip *chip(const QString &id) const { return m_window->findChild<Chip *>(id); }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ThemeController> m_theme;
    std::unique_ptr<MainWindow> m_window;
    NotePage *m_functions = nullptr;
    NotePage *m_scaling = nullptr;
};

void ShellTest::initTestCase()
{
    m_theme = std::make_unique<ThemeController>(loadTokens().value(), ThemeController::Choice::Dark);
}

void ShellTest::init()
{
    // The offscreen platform has no window manager and says so for each window and menu.
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_settings = std::make_unique<QSettings>(
        m_folder.filePath(u"%1.ini"_s.arg(QLatin1StringView(QTest::currentTestFunction()))),
        QSettings::IniFormat);
    m_window = std::make_unique<MainWindow>(*m_theme, *m_settings);
    m_functions = new NotePage({u"functions"_s, u"Functions"_s, u"function"_s, QKeySequence(u"G, F"_s)});
    m_scaling = new NotePage({u"scaling"_s, u"Scaling"_s, u"scaling"_s, QKeySequence(u"G, S"_s)});
    m_window->addPage(m_functions);
    m_window->addPage(m_scaling);
    m_window->setScopeChoices(
        {{u"default"_s, u"set-a"_s}, {u"main"_s, u"lane-42"_s}, {u"local"_s, u"beijing"_s}});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ShellTest::cleanup()
{
    m_window.reset();
    m_settings.reset();
    m_theme->setChoice(ThemeController::Choice::Dark);
}

void ShellTest::railChangesThePage()
{
    QSignalSpy changed(m_window.get(), &MainWindow::currentPageChanged);
    QCOMPARE(m_window->currentPage(), m_functions);
    QTest::mouseClick(m_window->rail().findChild<QWidget *>(u"scaling"_s), Qt::LeftButton);
    QCOMPARE(m_window->currentPage(), m_scaling);
    QVERIFY(m_scaling->isVisible() && !m_functions->isVisible());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_window->windowTitle(), u"Scaling · Nest Console"_s);
    QVERIFY(!m_window->showPage(u"pools"_s));
}

void ShellTest::railMovesWithTheKeys()
{
    auto *entry = m_window->rail().findChild<QWidget *>(u"functions"_s);
    entry->setFocus(Qt::TabFocusReason);
    QTest::keyClick(entry, Qt::Key_Down);
    auto *next = m_window->rail().findChild<QWidget *>(u"scaling"_s);
    QVERIFY(next->hasFocus());
    QTest::keyClick(next, Qt::Key_Return);
    QCOMPARE(m_window->currentPage(), m_scaling);
}

void ShellTest::goesToAPageByTwoKeys()
{
    m_window->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_G);
    QTest::keyClick(m_window.get(), Qt::Key_S);
    QCOMPARE(m_window->currentPage(), m_scaling);
    QTest::keyClick(m_window.get(), Qt::Key_G);
    QTest::keyClick(m_window.get(), Qt::Key_F);
    QCOMPARE(m_window->currentPage(), m_functions);
}

void ShellTest::scopeChipNarrowsEveryPage()
{
    QSignalSpy changed(m_window.get(), &MainWindow::scopeChanged);
    Chip *lane = chip(u"scope.lane"_s);
    QVERIFY(!lane->isNarrowed());
    QTest::mouseClick(lane, Qt::LeftButton);
    choose(lane->menu(), u"lane-42"_s);
    QCOMPARE(m_window->scope(), (Scope{.set = {}, .lane = u"lane-42"_s, .region = {}}));
    QCOMPARE(m_functions->m_scope, m_window->scope());
    QCOMPARE(m_scaling->m_scope, m_window->scope());
    QCOMPARE(changed.size(), 1);
    QVERIFY(lane->isNarrowed());
    QCOMPARE(lane->value(), u"lane-42"_s);
}

void ShellTest::scopeChipWidensAgain()
{
    m_window->setScope({u"set-a"_s, u"main"_s, {}});
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::AltModifier);
    choose(chip(u"scope.set"_s)->menu(), u"All"_s);
    QCOMPARE(m_window->scope(), (Scope{.set = {}, .lane = u"main"_s, .region = {}}));
    QCOMPARE(chip(u"scope.set"_s)->value(), u"all"_s);
}

void ShellTest::rangeMenuSetsTheRangeOfEveryPage()
{
    QCOMPARE(m_functions->m_range, TimeRange::FiveMinutes);
    Chip *range = chip(u"range"_s);
    range->setFocus(Qt::TabFocusReason);
    QTest::keyClick(range, Qt::Key_Down);
    choose(range->menu(), u"Last 6 h"_s);
    QCOMPARE(m_window->timeRange(), TimeRange::SixHours);
    QCOMPARE(m_functions->m_range, TimeRange::SixHours);
    QCOMPARE(m_scaling->m_range, TimeRange::SixHours);
    QCOMPARE(range->value(), u"Last 6 h"_s);
    QCOMPARE(durationOf(TimeRange::SixHours), 6h);
}

void ShellTest::lettersAreTypedInAFieldAndActElsewhere()
{
    m_window->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QCOMPARE(m_functions->m_refreshes, 1);
    QTest::keyClick(m_window.get(), Qt::Key_Slash);
    QVERIFY(m_functions->m_edit->hasFocus());
    QTest::keyClicks(m_functions->m_edit, u"gfr/"_s);
    QCOMPARE(m_functions->m_edit->text(), u"gfr/"_s);
    QCOMPARE(m_functions->m_refreshes, 1);
}

void ShellTest::switchesTheThemeByKey()
{
    const QImage dark = m_window->grab().toImage();
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!m_theme->theme().isDark);
    const QImage light = m_window->grab().toImage();
    QCOMPARE(dark.pixelColor(700, 400), loadTokens()->dark.surface.page);
    QCOMPARE(light.pixelColor(700, 400), loadTokens()->light.surface.page);
    QCOMPARE(light.pixelColor(20, 400), loadTokens()->light.surface.window);
}

void ShellTest::anActionSaysWhyItIsOff()
{
    QAction *refresh = m_window->actions().action(u"page.refresh"_s);
    QVERIFY(refresh && refresh->isEnabled());
    m_window->actions().setDisabledReason(refresh, u"There is no connection."_s);
    QVERIFY(!refresh->isEnabled());
    QVERIFY(refresh->toolTip().contains(u"There is no connection."_s));
    QVERIFY(refresh->toolTip().contains(u"R"_s));
    m_window->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QCOMPARE(m_functions->m_refreshes, 0);
    m_window->actions().setDisabledReason(refresh, {});
    QTest::keyClick(m_window.get(), Qt::Key_R);
    QCOMPARE(m_functions->m_refreshes, 1);
}

void ShellTest::remembersPageAndRange()
{
    m_window->showPage(u"scaling"_s);
    m_window->setTimeRange(TimeRange::OneHour);
    m_window->close();
    MainWindow again(*m_theme, *m_settings);
    again.addPage(new NotePage({u"functions"_s, u"Functions"_s, u"function"_s}));
    again.addPage(new NotePage({u"scaling"_s, u"Scaling"_s, u"scaling"_s}));
    QCOMPARE(again.currentPage()->info().id, u"scaling"_s);
    QCOMPARE(again.timeRange(), TimeRange::OneHour);
}

void ShellTest::coverHidesThePagesUntilItIsTakenAway()
{
    auto *cover = new EmptyState(u"live"_s, u"Starting the local platform"_s, u"It takes about a second."_s);
    m_window->setCover(cover);
    QVERIFY(cover->isVisible() && !m_functions->isVisible());
    m_window->showPage(u"scaling"_s);
    QVERIFY(cover->isVisible());
    m_window->setCover(nullptr);
    QVERIFY(m_scaling->isVisible());
}

void ShellTest::movesThroughTheRegionsOfTheWindow()
{
    m_window->setFocus();
    QStringList regions;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(QApplication::focusWidget());
        regions.append(
            QLatin1StringView(QApplication::focusWidget()->parentWidget()->metaObject()->className()));
    }
    QCOMPARE(regions[0], u"nest::widgets::TopBar"_s);
    QCOMPARE(regions[1], u"nest::widgets::Rail"_s);
    QVERIFY(m_functions->m_edit != nullptr);
    QCOMPARE(regions[3], u"nest::widgets::StatusBar"_s);
}

void ShellTest::saysHowAliveTheConnectionIs_data()
{
    using State = ConnectionStatus::State;
    QTest::addColumn<ConnectionStatus>("status");
    QTest::addColumn<QString>("words");
    QTest::newRow("starting") << ConnectionStatus{} << u"Starting"_s;
    QTest::newRow("live") << ConnectionStatus{.state = State::Live, .age = 400ms} << u"Live · 0.4 s behind"_s;
    QTest::newRow("late") << ConnectionStatus{.state = State::Late, .age = 7s} << u"Late · 7 s"_s;
    QTest::newRow("offline") << ConnectionStatus{.state = State::Offline, .age = 134s, .retryIn = 8s}
                             << u"Offline 2 min 14 s, reconnecting in 8 s"_s;
    QTest::newRow("failed") << ConnectionStatus{.state = State::Failed, .failure = u"Wrong token"_s}
                            << u"Wrong token"_s;
}

void ShellTest::saysHowAliveTheConnectionIs()
{
    QFETCH(ConnectionStatus, status);
    QFETCH(QString, words);
    m_window->setConnectionStatus(status);
    QCOMPARE(m_window->statusBar().liveStateText(), words);
    QCOMPARE(m_scaling->m_status, status);
}

void ShellTest::saysAges_data()
{
    QTest::addColumn<std::chrono::milliseconds>("age");
    QTest::addColumn<QString>("words");
    QTest::newRow("tenths") << 400ms << u"0.4 s"_s;
    QTest::newRow("seconds") << std::chrono::milliseconds(38s) << u"38 s"_s;
    QTest::newRow("minutes and seconds") << std::chrono::milliseconds(134s) << u"2 min 14 s"_s;
    QTest::newRow("minutes") << std::chrono::milliseconds(21min) << u"21 min"_s;
    QTest::newRow("hours") << std::chrono::milliseconds(3h) << u"3 h"_s;
    QTest::newRow("days") << std::chrono::milliseconds(49h) << u"2 d"_s;
}

void ShellTest::saysAges()
{
    QFETCH(std::chrono::milliseconds, age);
    QTEST(ageText(age), "words");
}

void ShellTest::everyControlHasAName()
{
    int seen = 0;
    for (const QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        QVERIFY2(!button->accessibleName().isEmpty(), button->metaObject()->className());
        QVERIFY2(button->focusPolicy() != Qt::NoFocus, qPrintable(button->accessibleName()));
        ++seen;
    }
    QVERIFY(seen >= 8);
}

void ShellTest::errorCanBeRetriedAndItsIdCopied()
{
    ErrorState state;
    state.setError(
        {u"Metrics could not be read"_s, u"The store answered 503."_s, {u"Check the store."_s}, u"7c01f2"_s});
    QSignalSpy retried(&state, &ErrorState::retryRequested);
    QTest::mouseClick(state.findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(retried.size(), 1);
    QTest::mouseClick(state.findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"7c01f2"_s);
}

void ShellTest::noResultClearsTheFilter()
{
    NoResult state;
    QSignalSpy cleared(&state, &NoResult::clearRequested);
    QTest::mouseClick(state.findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(cleared.size(), 1);
}

void ShellTest::loadingAppearsOnlyAfterASecond()
{
    QWidget window;
    auto *bar = new LoadingBar(&window);
    QSignalSpy cancelled(bar, &LoadingBar::cancelRequested);
    bar->start(u"Loading functions"_s);
    QVERIFY(bar->isHidden());
    QTRY_VERIFY_WITH_TIMEOUT(!bar->isHidden(), 3000);
    bar->setProgress(u"Loading functions, 840 of 1,287"_s, 840, 1287);
    QTest::mouseClick(bar->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 1);
    bar->finish();
    QVERIFY(bar->isHidden());
}

void ShellTest::bannerLinkActs()
{
    QWidget window;
    auto *banner = new Banner(&window);
    QVERIFY(banner->isHidden());
    banner->setBanner({.icon = u"offline"_s,
                       .fact = u"Offline 2 min 14 s"_s,
                       .detail = {},
                       .note = {},
                       .link = u"Retry now"_s});
    QVERIFY(!banner->isHidden());
    QSignalSpy followed(banner, &Banner::linkActivated);
    QTest::mouseClick(banner->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(followed.size(), 1);
}

void ShellTest::emptyStateOffersCommands()
{
    EmptyState state(u"function"_s, u"No function yet"_s, u"Create one from a folder."_s);
    QVERIFY(!state.findChild<CommandLine *>());
    state.setCommands({u"nest create hello"_s, u"nest deploy hello"_s});
    const auto lines = state.findChildren<CommandLine *>();
    QCOMPARE(lines.size(), 2);
    QTest::mouseClick(lines.last()->findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"nest deploy hello"_s);
    state.setCommands({});
    QVERIFY(!state.findChild<CommandLine *>());
}

QTEST_MAIN(ShellTest)
#include "tst_shell.moc"
