// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab Versions in the real window against a real nestd, by keys and clicks.
#include "app/console/pages/function/versions/versionstab.h"
#include "app/console/sessionbinding.h"
#include "models/session.h"
#include "tests/console/seen.h"
#include "tests/support/testplatform.h"
#include "widgets/diff/diffview.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/page.h"
#include "widgets/state/emptystate.h"
#include "widgets/table/filterfield.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListView>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::console::VersionRows;
using nest::console::VersionsTab;
using nest::models::Session;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 20'000;

/// A page that holds the tab, as the page of a function does.
class TabPage final : public nest::widgets::Page
{
public:
    explicit TabPage(VersionsTab *tab)
        : Page({.id = u"function"_s, .title = u"hello"_s, .icon = u"function"_s}), m_tab(tab)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins({});
        column->addWidget(tab);
    }
    void setConnectionStatus(const nest::widgets::ConnectionStatus &status) override
    {
        m_tab->setConnectionStatus(status);
    }

private:
    VersionsTab *m_tab;
};

/// Before the window, whose settings lie there.
struct Home
{
    QTemporaryDir home;
};

struct Console : private Home, public nest::testsupport::WindowOn
{
    explicit Console(const QString &socket)
        : WindowOn(socket, home.filePath(u"console.ini"_s)), tab(new VersionsTab(session))
    {
        window.addPage(new TabPage(tab));
        begin();
        tab->setTarget({.function = u"hello"_s, .group = {}});
        table = tab->findChild<nest::widgets::TableView *>(u"versions"_s);
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table->model()->index(row, column).data().toString();
    }
    void clickRow(int row) const
    {
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(row, VersionRows::What)).center());
    }
    [[nodiscard]] QString text(const QString &name) const
    {
        const auto *label = tab->findChild<QLabel *>(name);
        return label != nullptr ? label->text() : u"(none)"_s;
    }
    [[nodiscard]] nest::widgets::DiffView &diff() const
    {
        return *tab->findChild<nest::widgets::DiffView *>(u"diff"_s);
    }
    void save(const QString &name)
    {
        const QString folder = qEnvironmentVariable("NEST_PICTURES");
        if (!folder.isEmpty()) {
            QTest::qWait(50);
            QVERIFY(window.grab().save(folder + u'/' + name + u".png"_s));
        }
    }

    VersionsTab *tab;
    nest::widgets::TableView *table;
};

QMap<QByteArray, QByteArray> filesOf(int revision)
{
    auto files = TestPlatform::helloFiles("hello");
    if (revision > 1) {
        files["src/handler.js"].replace("'world'", "'version " + QByteArray::number(revision) + "'");
    }
    if (revision > 2) {
        files["src/rules.js"] = "export const cap = 3;\n";
        files["function.yaml"].append("memory: 512\nenvironment:\n  RULES_KEY: rules/2281\n");
    }
    return files;
}

} // namespace

class TestVersionsTab final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_console.reset(); }
    void saysHowToBegin();
    void showsWhatIsKnownOfEachVersion();
    void comparesTwoVersions();
    void choosesByKeyAndClick();
    void filters();
    void keepsEverythingWhileThePlatformIsAway();

private:
    QString publish(int revision, const QByteArray &description);

    std::unique_ptr<TestPlatform> m_platform;
    std::unique_ptr<Console> m_console;
};

void TestVersionsTab::initTestCase()
{
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QCOMPARE(m_platform->api({"POST", "/v1/functions", R"({"name":"hello"})"}).status, 201);
}

void TestVersionsTab::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_console = std::make_unique<Console>(m_platform->socket());
    QVERIFY(QTest::qWaitForWindowExposed(&m_console->window));
}

QString TestVersionsTab::publish(int revision, const QByteArray &description)
{
    const QByteArray base = "/v1/functions/hello";
    const auto files = filesOf(revision);
    for (auto file = files.begin(); file != files.end(); ++file) {
        const auto body =
            QJsonDocument(QJsonObject{{u"content"_s, QString::fromUtf8(file.value())}}).toJson();
        (void)m_platform->api({"PUT", base + "/files/" + file.key(), body, {{"If-Match", "*"}}});
    }
    const auto number = QByteArray::number(
        QJsonDocument::fromJson(m_platform->api({"POST", base + "/builds"}).body)[u"number"].toInt());
    const bool isBuilt = nest::testsupport::waitUntil(
        [&] {
            return QJsonDocument::fromJson(m_platform->get(base + "/builds/" + number).body)[u"state"]
                       .toString() == u"succeeded"_s;
        },
        60s);
    const auto version =
        m_platform->api({"POST", base + "/versions",
                         R"({"build":)" + number + R"(,"description":")" + description + R"("})"});
    return isBuilt && version.status == 201 ? QString() : QString::fromUtf8(version.body);
}

void TestVersionsTab::saysHowToBegin()
{
    QSignalSpy tabs(m_console->tab, &nest::console::FunctionTab::tabRequested);
    QTRY_VERIFY_WITH_TIMEOUT(m_console->tab->findChild<nest::widgets::EmptyState *>() != nullptr,
                             answerLimit);
    m_console->save(u"versions-empty-dark"_s);
    auto *button = m_console->tab->findChild<nest::widgets::EmptyState *>()->findChild<QAbstractButton *>();
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(tabs.value(0).value(0).toString(), u"code"_s);
    // The first one that is published is there at once.
    QSignalSpy badges(m_console->tab, &nest::console::FunctionTab::badgeChanged);
    QCOMPARE(publish(1, "first"), QString());
    QTRY_COMPARE_WITH_TIMEOUT(m_console->table->model()->rowCount(), 1, answerLimit);
    QCOMPARE(badges.last().value(0).toString(), u"1"_s);
    QCOMPARE(publish(2, "names itself"), QString());
    QCOMPARE(publish(3, "rules of their own"), QString());
    const auto put = m_platform->api({"PUT",
                                      "/v1/functions/hello/deployments/default/main/local",
                                      R"({"weights":[{"version":2,"weight":80},{"version":3,"weight":20}]})",
                                      {{"If-None-Match", "*"}}});
    QVERIFY2(put.status == 201, put.body);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->table->model()->rowCount(), 3, answerLimit);
}

void TestVersionsTab::showsWhatIsKnownOfEachVersion()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_console->table->model()->rowCount(), 3, answerLimit);
    QCOMPARE(m_console->cell(0, VersionRows::Number), u"v3"_s);
    QCOMPARE(m_console->cell(0, VersionRows::What), u"rules of their own"_s);
    QCOMPARE(m_console->cell(0, VersionRows::Build), u"#3"_s);
    QTRY_VERIFY(m_console->cell(0, VersionRows::Size).endsWith(u"B"_s));
    QTRY_COMPARE(m_console->cell(0, VersionRows::LiveIn), u"default/main/local 20 %"_s);
    QCOMPARE(m_console->cell(1, VersionRows::LiveIn), u"default/main/local 80 %"_s);
    QCOMPARE(m_console->cell(2, VersionRows::LiveIn), u"–"_s);
    QVERIFY(m_console->cell(0, VersionRows::Published).contains(u"today"_s));
}

void TestVersionsTab::comparesTwoVersions()
{
    // The two newest are chosen at first.
    QTRY_COMPARE_WITH_TIMEOUT(m_console->text(u"selectedCount"_s), u"2 selected"_s, answerLimit);
    QCOMPARE(m_console->cell(0, VersionRows::Pick), u"B"_s);
    QCOMPARE(m_console->cell(1, VersionRows::Pick), u"A"_s);
    auto *files = m_console->tab->findChild<QListView *>(u"changedFiles"_s);
    QTRY_COMPARE_WITH_TIMEOUT(files->model()->rowCount(), 3, answerLimit);
    QCOMPARE(files->model()->index(0, 0).data().toString(), u"function.yaml"_s);
    QCOMPARE(m_console->text(u"diffSum"_s), u"5 lines added, 1 removed"_s);
    QTRY_VERIFY(m_console->diff().diff().has_value());
    QCOMPARE(m_console->diff().diff()->added, 3);
    m_console->save(u"versions-dark"_s);
    m_console->window.activateWindow();
    m_console->table->setFocus();
    QTRY_VERIFY(m_console->table->hasFocus());
    QTest::keyClick(m_console->table, Qt::Key_D);
    QVERIFY(m_console->diff().currentRow() >= 0);
    QTest::keyClick(m_console->table, Qt::Key_D); // one change in this file: the next file follows
    QCOMPARE(files->currentIndex().row(), 1);
    m_console->save(u"versions-next-dark"_s);
    m_console->theme.setChoice(nest::widgets::ThemeController::Choice::Light);
    m_console->save(u"versions-light"_s);
    const auto segments =
        m_console->tab->findChild<QWidget *>(u"diffMode"_s)->findChildren<QAbstractButton *>();
    QTest::mouseClick(segments.last(), Qt::LeftButton);
    QCOMPARE(m_console->diff().mode(), nest::widgets::DiffMode::OneColumn);
    m_console->save(u"versions-one-light"_s);
}

void TestVersionsTab::choosesByKeyAndClick()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_console->text(u"selectedCount"_s), u"2 selected"_s, answerLimit);
    m_console->clickRow(2); // a third one takes the place of A
    QCOMPARE(m_console->cell(0, VersionRows::Pick), u"B"_s);
    QCOMPARE(m_console->cell(1, VersionRows::Pick), QString());
    QCOMPARE(m_console->cell(2, VersionRows::Pick), u"A"_s);
    QCOMPARE(m_console->tab->findChild<QAbstractButton *>(u"compare"_s)->text(), u"Compare v1 and v3"_s);
    QTest::keyClick(m_console->table, Qt::Key_Space);
    QCOMPARE(m_console->text(u"selectedCount"_s), u"1 selected"_s);
    QVERIFY(!m_console->tab->findChild<QAbstractButton *>(u"compare"_s)->isEnabled());
    QCOMPARE(m_console->text(u"diffNote"_s), u"Choose two versions to see what differs."_s);
    QSignalSpy deploys(m_console->tab, &nest::console::FunctionTab::deployRequested);
    auto *tools = m_console->tab->headTools();
    tools->setParent(m_console->tab);
    tools->show();
    QTest::mouseClick(tools, Qt::LeftButton);
    const auto request = deploys.value(0).value(0).value<nest::console::DeployRequest>();
    QCOMPARE(request.version.value_or(0), 3);
}

void TestVersionsTab::filters()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_console->table->model()->rowCount(), 3, answerLimit);
    auto *filter = m_console->tab->findChild<nest::widgets::FilterField *>();
    m_console->tab->focusFilter();
    QTest::keyClicks(filter, u"live:yes"_s);
    QTRY_COMPARE(m_console->table->model()->rowCount(), 2);
    filter->selectAll();
    QTest::keyClicks(filter, u"live:no first"_s);
    QTRY_COMPARE(m_console->table->model()->rowCount(), 1);
    QCOMPARE(m_console->cell(0, VersionRows::Number), u"v1"_s);
    QTest::keyClicks(filter, u"xyz"_s);
    QTRY_COMPARE(m_console->table->model()->rowCount(), 0);
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_COMPARE(m_console->table->model()->rowCount(), 3);
}

void TestVersionsTab::keepsEverythingWhileThePlatformIsAway()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_console->table->model()->rowCount(), 3, answerLimit);
    auto *files = m_console->tab->findChild<QListView *>(u"changedFiles"_s);
    QTRY_COMPARE_WITH_TIMEOUT(files->model()->rowCount(), 3, answerLimit);
    m_platform->kill();
    QTRY_VERIFY_WITH_TIMEOUT(m_console->table->isStale(), answerLimit);
    const QWidget *deploy = m_console->tab->headTools();
    QVERIFY(!deploy->isEnabled()); // the page's banner says the rest
    QCOMPARE(deploy->toolTip(), u"Offline: nothing can be deployed."_s);
    QCOMPARE(m_console->table->model()->rowCount(), 3);
    QCOMPARE(files->model()->rowCount(), 3); // what was compared can still be read
    m_console->clickRow(2);                  // what was not cannot, and says so
    QTRY_VERIFY_WITH_TIMEOUT(m_console->text(u"diffNote"_s) != QString(), answerLimit);
    m_console->save(u"versions-offline-dark"_s);
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(!m_console->table->isStale(), answerLimit);
    QCOMPARE(m_console->table->model()->rowCount(), 3);
    QCOMPARE(m_console->cell(2, VersionRows::Pick), u"A"_s);
}

QTEST_MAIN(TestVersionsTab)
#include "tst_versionstab.moc"
