// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page Scaling in its window, driven by clicks and keys, over a real nestd that scales a real function
// under real load. One platform for all: the load runs once, and what it left behind is read.

#include "api/client/loadgenerator.h"
#include "app/console/pages/scaling/scalingpage.h"
#include "app/console/sessionbinding.h"
#include "models/session.h"
#include "tests/support/testplatform.h"
#include "widgets/chart/chartstack.h"
#include "widgets/chart/markgroups.h"
#include "widgets/explain/sentenceview.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest;
using testsupport::TestPlatform;

namespace {

constexpr auto policy =
    R"({"scaling":{"threshold":20,"maximum":6,"stableWindowSeconds":6,"panicWindowSeconds":2,
    "scaleDownDelaySeconds":0,"scaleToZeroAfterSeconds":5}})";

/// "1 / 2": the first figure.
int firstFigure(const QString &text)
{
    return text.section(u'/', 0, 0).trimmed().toInt();
}

} // namespace

class ScalingPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhatAFunctionWithoutTrafficWaitsFor();
    void showsTheRiseUnderLoad();
    void choosingARowMovesCrosshairAndExplains();
    void explanationHasTheNumbersOfTheDecision();
    void clickOnAMarkSelectsItsRow();
    void keysGoThroughTheDecisions();
    void filtersByDirection();
    void presetChangesTheRangeOfTheWholeConsole();
    void readsWhyItWentToZero();
    void keepsTheChoiceThroughACrash();

private:
    template <typename T>
    T *part(const QString &name) const
    {
        return m_page->findChild<T *>(name);
    }
    QString text(const QString &name) const { return part<QLabel>(name)->text(); }
    chart::ChartStack &charts() const { return *part<chart::ChartStack>(u"charts"_s); }
    widgets::TableView &table() const { return *part<widgets::TableView>(u"decisions"_s); }
    QString chosen() const;
    void clickRow(int row);
    void clickSegment(const QString &control, const QString &words);
    QJsonObject decision(const QString &id) const;
    void save(const QString &name);

    TestPlatform m_platform;
    QTemporaryDir m_home;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<widgets::ThemeController> m_theme;
    std::unique_ptr<models::Session> m_session;
    std::unique_ptr<widgets::MainWindow> m_window;
    std::unique_ptr<console::SessionBinding> m_binding;
    console::ScalingPage *m_page = nullptr;
};

void ScalingPageTest::initTestCase()
{
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(m_platform.deploy("hello", TestPlatform::helloFiles("hello"), policy), QString());

    auto tokens = widgets::loadTokens();
    QVERIFY(tokens);
    m_settings = std::make_unique<QSettings>(m_home.filePath(u"console.ini"_s), QSettings::IniFormat);
    m_theme = std::make_unique<widgets::ThemeController>(*std::move(tokens),
                                                         widgets::ThemeController::Choice::Dark);
    models::SessionOptions options;
    options.connection = client::Connection{};
    options.connection->name = u"local"_s;
    options.connection->socketPath = m_platform.socket();
    options.startsLocalPlatform = false;
    options.lateAfter = std::chrono::milliseconds(2000);
    options.offlineAfter = std::chrono::milliseconds(4000);
    m_session = std::make_unique<models::Session>(options);
    m_window = std::make_unique<widgets::MainWindow>(*m_theme, *m_settings);
    m_binding = std::make_unique<console::SessionBinding>(*m_session, *m_window);
    m_page = new console::ScalingPage(*m_session);
    m_window->addPage(m_page);
    m_page->keepIn(*m_settings);
    connect(m_page, &console::ScalingPage::timeRangeRequested, m_window.get(),
            &widgets::MainWindow::setTimeRange);
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    m_session->start();
    // Nothing was chosen: the only function is shown.
    QTRY_COMPARE_WITH_TIMEOUT(part<QAbstractButton>(u"function"_s)->text(), u"hello"_s, 10'000);
}

QString ScalingPageTest::chosen() const
{
    const auto rows = table().selectedSources();
    return rows.isEmpty() ? QString() : rows.first().siblingAtColumn(0).data(models::KeyRole).toString();
}

void ScalingPageTest::clickRow(int row)
{
    const QModelIndex index = table().proxy().index(row, 1);
    table().scrollTo(index);
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(index).center());
}

void ScalingPageTest::clickSegment(const QString &control, const QString &words)
{
    const auto segments = part<QWidget>(control)->findChildren<QAbstractButton *>();
    for (QAbstractButton *segment : segments) {
        if (segment->text() == words) {
            QTest::mouseClick(segment, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable(u"no segment "_s + words));
}

QJsonObject ScalingPageTest::decision(const QString &id) const
{
    const auto answer = m_platform.get("/v1/decisions?function=hello&limit=500");
    const QJsonArray items = QJsonDocument::fromJson(answer.body)[u"items"].toArray();
    for (const QJsonValue &item : items) {
        if (item[u"id"].toString() == id) {
            return item.toObject();
        }
    }
    return {};
}

/// Pictures for a person who looks, where NEST_PICTURES names a folder.
void ScalingPageTest::save(const QString &name)
{
    const QString folder = qEnvironmentVariable("NEST_PICTURES");
    if (!folder.isEmpty()) {
        QVERIFY(m_window->grab().save(folder + u'/' + name + u".png"_s));
    }
}

void ScalingPageTest::saysWhatAFunctionWithoutTrafficWaitsFor()
{
    QTRY_COMPARE_WITH_TIMEOUT(text(u"ready"_s), u"0 / 0"_s, 10'000);
    QCOMPARE(text(u"rule"_s), u"Rule revision 1 · requests/s, 20 × 0.7, 0 to 6"_s);
    QTRY_COMPARE_WITH_TIMEOUT(charts().content().charts.value(1).note, u"at zero until the first request"_s,
                              10'000);
    QCOMPARE(table().proxy().rowCount(), 0);
    save(u"empty"_s);
}

void ScalingPageTest::showsTheRiseUnderLoad()
{
    client::LoadGenerator load;
    client::LoadPlan plan;
    plan.url = u"http://127.0.0.1:%1/fn/hello/"_s.arg(m_platform.gatewayPort()).toStdString();
    plan.requestsPerSecond = 60;
    plan.shape = client::LoadShape::Ramp;
    plan.duration = std::chrono::seconds(14);
    const auto started = load.start(plan);
    QVERIFY2(started, started ? "" : started.error().detail.c_str());
    // From 0 to at least two, on the page.
    QTRY_VERIFY_WITH_TIMEOUT(firstFigure(text(u"ready"_s)) >= 2, 40'000);
    QVERIFY(charts().content().charts.at(1).marks.size() >= 1);
    QTRY_VERIFY_WITH_TIMEOUT(!load.isRunning(), 60'000);
    QVERIFY(load.lastReport().ok > 0);
    QTRY_VERIFY(table().proxy().rowCount() >= 2);
    save(u"rise"_s);
}

void ScalingPageTest::choosingARowMovesCrosshairAndExplains()
{
    // Oldest first in time is last in the list.
    const int row = table().proxy().rowCount() - 1;
    clickRow(row);
    const QString id = chosen();
    QVERIFY(!id.isEmpty());
    const auto &shown =
        m_page->model().decisions().decision(m_page->model().decisions().rowOf(id.toStdString()));
    QCOMPARE(charts().crosshair(), std::optional<qint64>(shown.time.time_since_epoch().count()));
    QCOMPARE(charts().selectedMarks(), QStringList{id});
    QVERIFY(text(u"whyTitle"_s).startsWith(u"Why "_s));
    QCOMPARE(text(u"whyId"_s), u"v1 · dec-…"_s + id.right(6).toLower());
    QVERIFY(charts().tooltipBox().isValid());
}

void ScalingPageTest::explanationHasTheNumbersOfTheDecision()
{
    // Each decision of the list, its words against what the API says of it.
    for (int row = 0; row < std::min(6, table().proxy().rowCount()); ++row) {
        clickRow(row);
        const QJsonObject recorded = decision(chosen());
        QVERIFY2(!recorded.isEmpty(), qPrintable(chosen()));
        const QString words = part<explain::SentenceView>(u"whySentences"_s)->plainText();
        const QString title = text(u"whyTitle"_s);
        const int desired = recorded[u"desired"].toInt();
        QVERIFY2(title.contains(QString::number(desired)), qPrintable(title));
        const QString mode = recorded[u"mode"].toString();
        const QJsonValue average =
            recorded[u"inputs"][mode == u"panic" ? u"panicAverage"_s : u"stableAverage"_s];
        if (recorded[u"cause"].toString() == u"stable" && average.isDouble()) {
            const double load = average.toDouble();
            static const QRegularExpression averaged(u"averaged ([\\d.]+) req/s"_s);
            const double shown = averaged.match(words).captured(1).toDouble();
            QVERIFY2(std::abs(shown - load) <= (load < 9.9 ? 0.0051 : 0.051), qPrintable(words));
            QVERIFY2(words.contains(QString::number(recorded[u"wished"].toInt())), qPrintable(words));
        }
        if (recorded[u"cause"].toString() == u"poke") {
            QVERIFY2(words.contains(QString::number(recorded[u"inputs"][u"queued"].toInt())),
                     qPrintable(words));
        }
    }
}

void ScalingPageTest::clickOnAMarkSelectsItsRow()
{
    clickRow(0);
    const QString before = chosen();
    const auto groups = charts().markGroups(1);
    QVERIFY(!groups.isEmpty());
    const auto &marks = charts().content().charts.at(1).marks;
    const auto other = std::ranges::find_if(
        groups, [&](const chart::MarkGroup &group) { return marks.at(group.members.first()).id != before; });
    QVERIFY(other != groups.end());
    const QString wanted = marks.at(other->members.first()).id;
    QTest::mouseClick(&charts(), Qt::LeftButton, {}, other->box.center().toPoint());
    QCOMPARE(chosen(), wanted);
    QCOMPARE(text(u"whyId"_s), u"v1 · dec-…"_s + wanted.right(6).toLower());
}

void ScalingPageTest::keysGoThroughTheDecisions()
{
    clickRow(0);
    const QString newest = chosen();
    QTest::keyClick(m_window.get(), Qt::Key_J);
    const QString older = chosen();
    QVERIFY(older != newest);
    QCOMPARE(table().proxy().mapFromSource(table().currentSource()).row(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_K);
    QCOMPARE(chosen(), newest);
    QTest::keyClick(m_window.get(), Qt::Key_K); // there is no newer one
    QCOMPARE(chosen(), newest);

    const auto before = charts().crosshair();
    QTest::keyClick(m_window.get(), Qt::Key_BracketLeft);
    QCOMPARE(*charts().crosshair(), *before - charts().crosshairStepMs());
}

void ScalingPageTest::filtersByDirection()
{
    const int all = table().proxy().rowCount();
    clickSegment(u"filters"_s, u"Up"_s);
    const int up = table().proxy().rowCount();
    QVERIFY(up > 0);
    for (int row = 0; row < up; ++row) {
        QVERIFY(table().proxy().index(row, 2).data().toString().startsWith(u'+'));
    }
    clickSegment(u"filters"_s, u"Down"_s);
    for (int row = 0; row < table().proxy().rowCount(); ++row) {
        QVERIFY(table().proxy().index(row, 2).data().toString().startsWith(u'\u2212'));
    }
    QVERIFY(up + table().proxy().rowCount() <= all);
    clickSegment(u"filters"_s, u"All"_s);
    QVERIFY(table().proxy().rowCount() >= all);
}

void ScalingPageTest::presetChangesTheRangeOfTheWholeConsole()
{
    clickSegment(u"presets"_s, u"15 min"_s);
    QCOMPARE(m_window->timeRange(), widgets::TimeRange::FifteenMinutes);
    QCOMPARE(charts().range().spanMs(), 15 * 60 * 1000);
    m_window->setTimeRange(widgets::TimeRange::FiveMinutes);
    QCOMPARE(charts().range().spanMs(), 5 * 60 * 1000);
}

void ScalingPageTest::readsWhyItWentToZero()
{
    QTRY_COMPARE_WITH_TIMEOUT(text(u"ready"_s), u"0 / 0"_s, 40'000);
    const auto &decisions = m_page->model().decisions().decisions();
    QTRY_VERIFY(!decisions.empty() && decisions.front().desired == 0);
    clickRow(0);
    const QString words = part<explain::SentenceView>(u"whySentences"_s)->plainText();
    QVERIFY2(words.contains(u"No request came for"_s), qPrintable(words));
    QVERIFY2(words.contains(u"5 s"_s), qPrintable(words)); // the rule's time
    QTRY_VERIFY(charts().content().charts.at(1).marks.size() >= 2);
    save(u"zero"_s);
    clickRow(table().proxy().rowCount() - 2);
    save(u"chosen-dark"_s);
    m_theme->setChoice(widgets::ThemeController::Choice::Light);
    save(u"chosen-light"_s);
    m_theme->setChoice(widgets::ThemeController::Choice::Dark);
}

void ScalingPageTest::keepsTheChoiceThroughACrash()
{
    clickRow(1);
    const QString before = chosen();
    const QString title = text(u"whyTitle"_s);
    m_platform.kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), models::Session::State::Offline, 20'000);
    QCOMPARE(chosen(), before);
    QVERIFY(table().isStale());
    save(u"offline"_s);
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), models::Session::State::Live, 30'000);
    QTRY_VERIFY(!table().isStale());
    QCOMPARE(chosen(), before);
    QCOMPARE(text(u"whyTitle"_s), title);
    // The time without the platform is a gap that is seen.
    QTRY_VERIFY_WITH_TIMEOUT(!charts().content().bands.isEmpty(), 20'000);
    save(u"back"_s);
}

QTEST_MAIN(ScalingPageTest)
#include "tst_scalingpage.moc"
