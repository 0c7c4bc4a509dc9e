// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page Functions in the real window against a real nestd, by keys and clicks.
#include "app/console/pages/functions/functionspage.h"
#include "app/console/sessionbinding.h"
#include "models/session.h"
#include "tests/console/seen.h"
#include "tests/support/testplatform.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/statusbar.h"
#include "widgets/state/banner.h"
#include "widgets/state/commandline.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/state/noresult.h"
#include "widgets/table/filterfield.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::console::FunctionsPage;
using nest::models::FunctionsModel;
using nest::models::Session;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 20'000;

/// The window with this page.
struct Console : nest::testsupport::WindowOn
{
    explicit Console(const QString &socket, const QString &settingsFile)
        : WindowOn(socket, settingsFile), page(new FunctionsPage(session, settings))
    {
        window.addPage(page);
        begin({1280, 720});
        table = page->findChild<nest::widgets::TableView *>();
        filter = page->findChild<nest::widgets::FilterField *>();
        banner = page->findChild<nest::widgets::Banner *>();
    }

    [[nodiscard]] QStringList names() const
    {
        QStringList list;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            list.append(table->model()->index(row, FunctionsModel::Name).data().toString());
        }
        return list;
    }
    [[nodiscard]] QString count() const { return page->findChild<QLabel *>("count"_L1)->text(); }
    void clickHead(int column)
    {
        const QHeaderView *head = table->horizontalHeader();
        QTest::mouseClick(
            head->viewport(), Qt::LeftButton, {},
            {head->sectionViewportPosition(column) + head->sectionSize(column) / 2, head->height() / 2});
    }
    void clickRow(const QString &name)
    {
        const QModelIndex index =
            table->model()->index(static_cast<int>(names().indexOf(name)), FunctionsModel::Groups);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    }
    FunctionsPage *page;
    nest::widgets::TableView *table;
    nest::widgets::FilterField *filter;
    nest::widgets::Banner *banner;
};

} // namespace

class TestFunctionsPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysHowToBeginAndShowsAFunctionOnceItIsDeployed();
    void sortsFiltersAndKeepsTheSelection();
    void keepsEverythingWhileThePlatformIsAwayAndCatchesUp();
    void opensAFunctionByKeyAndDoubleClick();
    void opensAFunctionByAClickOnItsName();
    void saysWhichVersionRunsInWhichGroup();
    void saysWhyNothingIsShownWhenNoPlatformAnswers();
    void switchesTheThemeByShortcut();
    void keepsColumnWidthsInTheSettings();

private:
    void deployTwo();
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestFunctionsPage::init()
{
    QTest::failOnWarning(
        QRegularExpression(u"^(?!This plugin does not support)"_s)); // offscreen says that of itself
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
}

void TestFunctionsPage::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestFunctionsPage::deployTwo()
{
    QCOMPARE(m_platform->deploy("alpha", TestPlatform::helloFiles("alpha"), "{}"), QString());
    const QByteArray oneKept = R"({"scaling":{"reserved":1}})";
    QCOMPARE(m_platform->deploy("beta", TestPlatform::helloFiles("beta"), oneKept), QString());
}

void TestFunctionsPage::saysHowToBeginAndShowsAFunctionOnceItIsDeployed()
{
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.page->findChild<nest::widgets::EmptyState *>(), answerLimit);
    QTRY_VERIFY(console.showsText(u"No functions yet"_s));
    QVERIFY(!console.table->horizontalHeader()->isVisible());
    QStringList commands;
    for (const auto *line : console.page->findChildren<nest::widgets::CommandLine *>()) {
        commands.append(line->command());
    }
    QCOMPARE(commands, (QStringList{u"nest create hello"_s, u"nest deploy hello"_s}));
    auto *copy =
        console.page->findChildren<nest::widgets::CommandLine *>().last()->findChild<QToolButton *>();
    QTest::mouseClick(copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"nest deploy hello"_s);

    QCOMPARE(m_platform->deploy("hello", TestPlatform::helloFiles("hello"), "{}"), QString());
    QTRY_COMPARE_WITH_TIMEOUT(console.names(), QStringList{u"hello"_s}, 3'000); // live: nobody asked again
    QTRY_VERIFY(!console.page->findChild<nest::widgets::EmptyState *>());
    QCOMPARE(console.count(), u"1 shown of 1"_s);
    const auto text = [&](int column) {
        return console.table->model()->index(0, column).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(text(FunctionsModel::Groups), u"default/main/local"_s, 3'000);
    QTRY_COMPARE_WITH_TIMEOUT(text(FunctionsModel::Weights), u"v1"_s, 3'000);
    QTRY_COMPARE_WITH_TIMEOUT(text(FunctionsModel::ReadyDesired), u"0 / 0"_s, 5'000);
    QTRY_COMPARE_WITH_TIMEOUT(text(FunctionsModel::Requests), u"at zero"_s, 5'000);
    QCOMPARE(text(FunctionsModel::P99), nest::models::dash());
    QVERIFY(console.window.statusBar().liveStateText().startsWith(u"Live"_s));
}

void TestFunctionsPage::sortsFiltersAndKeepsTheSelection()
{
    deployTwo();
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.names(), (QStringList{u"alpha"_s, u"beta"_s}), answerLimit);
    console.clickHead(FunctionsModel::Name);
    QCOMPARE(console.names(), (QStringList{u"beta"_s, u"alpha"_s}));
    console.clickRow(u"alpha"_s);
    QCOMPARE(console.page->selectedFunction(), u"alpha"_s);

    QTest::keyClick(console.table, Qt::Key_Slash);
    QTRY_VERIFY(console.filter->hasFocus());
    QTest::keyClicks(console.filter, u"bet"_s);
    QCOMPARE(console.names(), QStringList{u"beta"_s});
    QCOMPARE(console.count(), u"1 shown of 2"_s);
    QCOMPARE(console.page->selectedFunction(), QString()); // the neighbour was never chosen
    QTest::keyClicks(console.filter, u"x"_s);
    QTRY_VERIFY(console.page->findChild<nest::widgets::NoResult *>());
    QVERIFY(console.showsText(u"2 functions are hidden by “betx”."_s));
    QTest::mouseClick(console.page->findChild<nest::widgets::NoResult *>()->findChild<QPushButton *>(),
                      Qt::LeftButton);
    QCOMPARE(console.names(), (QStringList{u"beta"_s, u"alpha"_s}));
    QCOMPARE(console.page->selectedFunction(), u"alpha"_s);
    QVERIFY(console.table->hasFocus());

    QTest::keyClick(console.table, Qt::Key_Slash);
    QTest::keyClicks(console.filter, u"alp"_s);
    QTest::keyClick(console.filter, Qt::Key_Escape);
    QCOMPARE(console.filter->text(), QString());
    QTest::keyClick(console.filter, Qt::Key_Escape);
    QVERIFY(console.table->hasFocus());

    // A new function comes into its place, and the chosen row stays chosen.
    QCOMPARE(m_platform->deploy("aleph", TestPlatform::helloFiles("aleph"), "{}"), QString());
    QTRY_COMPARE_WITH_TIMEOUT(console.names().size(), 3, 3'000);
    QCOMPARE(console.page->selectedFunction(), u"alpha"_s);
}

void TestFunctionsPage::keepsEverythingWhileThePlatformIsAwayAndCatchesUp()
{
    deployTwo();
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.names().size(), 2, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.session.state() == Session::State::Live, answerLimit);
    console.clickHead(FunctionsModel::Name);
    console.clickRow(u"beta"_s);
    QTest::keyClick(console.table, Qt::Key_Slash);
    QTest::keyClicks(console.filter, u"a"_s);
    const QStringList before = console.names();
    QCOMPARE(before, (QStringList{u"beta"_s, u"alpha"_s}));
    QVERIFY(!console.banner->isVisible());

    m_platform->kill();
    QTRY_VERIFY_WITH_TIMEOUT(console.window.statusBar().liveStateText().startsWith(u"Late"_s), 10'000);
    QVERIFY(!console.table->isStale());
    QTRY_VERIFY_WITH_TIMEOUT(console.banner->isVisible(), 10'000);
    QVERIFY(console.banner->banner().fact.startsWith(u"Offline "_s));
    QVERIFY(console.banner->banner().detail.startsWith(u"Values are from "_s));
    QVERIFY(console.window.statusBar().liveStateText().startsWith(u"Offline"_s));
    QVERIFY(console.table->isStale());
    QVERIFY(console.count().startsWith(u"2 kept of 2, from "_s));
    const QModelIndex first = console.table->model()->index(0, FunctionsModel::Name);
    QVERIFY(first.data(Qt::AccessibleTextRole).toString().contains(u"was "_s));
    const QString fact = console.banner->banner().fact;
    QTRY_VERIFY_WITH_TIMEOUT(console.banner->banner().fact != fact, 5'000); // the age goes on
    QCOMPARE(console.names(), before);
    QCOMPARE(console.page->selectedFunction(), u"beta"_s);
    console.clickHead(FunctionsModel::Name); // sort and filter work on what is kept
    QCOMPARE(console.names(), (QStringList{u"alpha"_s, u"beta"_s}));
    console.clickHead(FunctionsModel::Name);

    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTest::mouseClick(console.banner->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(console.session.state() == Session::State::Live, answerLimit);
    QTRY_VERIFY(!console.banner->isVisible());
    QVERIFY(!console.table->isStale());
    QCOMPARE(console.filter->text(), u"a"_s);
    QCOMPARE(console.names(), before);
    QCOMPARE(console.page->selectedFunction(), u"beta"_s);
    QCOMPARE(console.count(), u"2 shown of 2"_s);
    QCOMPARE(m_platform->deploy("gamma", TestPlatform::helloFiles("gamma"), "{}"), QString());
    QTRY_COMPARE_WITH_TIMEOUT(console.names().size(), 3, 5'000); // the watch goes on
    QCOMPARE(console.page->selectedFunction(), u"beta"_s);
}

void TestFunctionsPage::opensAFunctionByKeyAndDoubleClick()
{
    deployTwo();
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.names().size(), 2, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 2, answerLimit);
    QSignalSpy opened(console.page, &FunctionsPage::openRequested);
    console.clickRow(u"alpha"_s);
    QTest::keyClick(console.table, Qt::Key_Down);
    QTest::keyClick(console.table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), u"beta"_s);
    QVERIFY(opened.first().last().value<nest::wire::GroupName>() == nest::wire::GroupName{});
    const QRect row = console.table->visualRect(console.table->model()->index(0, FunctionsModel::Name));
    QTest::mouseClick(console.table->viewport(), Qt::LeftButton, {}, row.center()); // the first of the two
    QTest::mouseDClick(console.table->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(opened.size(), 2);
    QCOMPARE(opened.last().first().toString(), u"alpha"_s);
}

void TestFunctionsPage::opensAFunctionByAClickOnItsName()
{
    deployTwo();
    Console console(m_platform->socket(), settingsFile());
    QTRY_COMPARE_WITH_TIMEOUT(console.names().size(), 2, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 2, answerLimit);
    QSignalSpy opened(console.page, &FunctionsPage::openRequested);
    QWidget *rows = console.table->viewport();
    const QRect cell = console.table->visualRect(console.table->model()->index(1, FunctionsModel::Name));
    const QPoint name(cell.left() + 40, cell.center().y()); // behind the icon of its state
    const auto move = [&](const QPoint &at) {
        QTest::mouseMove(console.window.windowHandle(), rows->mapTo(&console.window, at));
    };
    move(cell.center()); // wherever the pointer was before
    move(name);
    QTRY_COMPARE(rows->cursor().shape(), Qt::PointingHandCursor);
    move(cell.center()); // the same row beside the name
    QTRY_COMPARE(rows->cursor().shape(), Qt::ArrowCursor);
    QTest::mouseClick(rows, Qt::LeftButton, {}, cell.center());
    QCOMPARE(opened.size(), 0);
    QCOMPARE(console.page->selectedFunction(), u"beta"_s);
    QTest::mouseClick(rows, Qt::LeftButton, Qt::ControlModifier, name); // more is selected, nothing opens
    QCOMPARE(opened.size(), 0);
    QTest::mouseClick(rows, Qt::LeftButton, {}, name);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.last().first().toString(), u"beta"_s);
    QTest::mouseDClick(rows, Qt::LeftButton, {}, name); // the second click of who is used to two
    QCOMPARE(opened.size(), 1);
}

void TestFunctionsPage::saysWhichVersionRunsInWhichGroup()
{
    const auto files = TestPlatform::helloFiles("alpha");
    QCOMPARE(m_platform->deploy("alpha", files, "{}", "default/main/local"), QString());
    for (const char *group : {"default/pr-7/local", "default/pr-8/local"}) {
        const auto made =
            m_platform->api({"PUT", "/v1/groups/" + QByteArray(group), "{}", {{"If-None-Match", "*"}}});
        QVERIFY2(made.status == 201, made.body);
        const auto put = m_platform->api({"PUT",
                                          "/v1/functions/alpha/deployments/" + QByteArray(group),
                                          R"({"weights":[{"version":1,"weight":100}]})",
                                          {{"If-None-Match", "*"}}});
        QVERIFY2(put.status < 300, put.body);
    }
    Console console(m_platform->socket(), settingsFile());
    const auto cell = [&](int role) {
        return console.table->model()->index(0, FunctionsModel::Weights).data(role).toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(console.session.deployments().size(), 3, answerLimit);
    QTRY_COMPARE(cell(Qt::DisplayRole), u"v1"_s);
    QCOMPARE(m_platform->deploy("alpha", files, "{}", "default/pr-8/local"), QString()); // v2
    QTRY_COMPARE_WITH_TIMEOUT(cell(Qt::DisplayRole), u"v1 · v2 in 1 of 3 groups"_s, 3'000);
    QCOMPARE(cell(Qt::ToolTipRole),
             u"default/main/local  v1\ndefault/pr-7/local  v1\ndefault/pr-8/local  v2"_s);
    console.window.setScope({.set = {}, .lane = u"pr-8"_s, .region = {}});
    QTRY_COMPARE(cell(Qt::DisplayRole), u"v2"_s);
}

void TestFunctionsPage::saysWhyNothingIsShownWhenNoPlatformAnswers()
{
    const QString nowhere = m_folder->filePath(u"nobody.sock"_s);
    Console console(nowhere, settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.window.findChild<nest::widgets::ErrorState *>(), 15'000);
    const auto error = console.window.findChild<nest::widgets::ErrorState *>()->error();
    QCOMPARE(error.title, u"No platform answers"_s);
    QVERIFY(!error.sentence.isEmpty());
    QVERIFY(error.steps.first().contains(nowhere));
    QVERIFY(error.canRetry);
}

void TestFunctionsPage::switchesTheThemeByShortcut()
{
    Console console(m_platform->socket(), settingsFile());
    QVERIFY(console.theme.theme().isDark);
    QVERIFY(QTest::qWaitForWindowActive(&console.window));
    QTest::keyClick(&console.window, Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!console.theme.theme().isDark);
    QVERIFY(!nest::widgets::themeOf(console.table).isDark);
    QTest::keyClick(&console.window, Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(console.theme.theme().isDark);
}

void TestFunctionsPage::keepsColumnWidthsInTheSettings()
{
    {
        Console console(m_platform->socket(), settingsFile());
        console.table->horizontalHeader()->resizeSection(FunctionsModel::Weights, 201);
        QTRY_VERIFY(console.settings.contains("functions/columns"));
    }
    Console again(m_platform->socket(), settingsFile());
    QCOMPARE(again.table->horizontalHeader()->sectionSize(FunctionsModel::Weights), 201);
}

QTEST_MAIN(TestFunctionsPage)
#include "tst_functionspage.moc"
