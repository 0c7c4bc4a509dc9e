// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the shell with a table and every state into PNG files in build/<folder>/gallery, dark and light, for
// looking.
#include "samplemodel.h"

#include "widgets/shell/mainwindow.h"
#include "widgets/shell/rail.h"
#include "widgets/state/banner.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/state/loadingbar.h"
#include "widgets/state/noresult.h"
#include "widgets/table/cellpainter.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"
#include "widgets/theme/themecontroller.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace nest::widgets;

namespace {
class Frame final : public QWidget
{
public:
    explicit Frame(QWidget *content)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(1, 1, 1, 1);
        column->addWidget(content);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintBox(painter, rect(), themeOf(this).size.radiusPanel, {}, themeOf(this).border.subtle);
    }
};

class TablePage final : public Page
{
public:
    explicit TablePage(QAbstractItemModel &model)
        : Page({u"functions"_s, u"Functions"_s, u"function"_s, QKeySequence(u"G, F"_s)})
        , m_table(new TableView)
    {
        auto *head = new QHBoxLayout;
        head->setContentsMargins(space::page, 0, space::page, 0);
        head->setSpacing(space::panel);
        head->addWidget(new Label(u"Functions"_s, TextStyle::Title));
        head->addWidget(new Label(u"8 shown of 8"_s, TextStyle::Body, Ink::Dim), 1);
        auto *primary = new QPushButton(u"New function"_s);
        primary->setIcon(themedIcon(u"plus"_s));
        setButtonKind(primary, ButtonKind::Primary);
        setSmall(primary);
        head->addWidget(primary);
        auto *tools = new QHBoxLayout;
        tools->setContentsMargins(space::page, 0, space::page, space::panel);
        tools->setSpacing(space::control);
        auto *filter = new QLineEdit;
        filter->setPlaceholderText(u"success<99.9, runtime:java, lane:lane-42 …"_s);
        tools->addWidget(filter, 1);
        auto *groups = new SegmentedControl;
        for (const QString &name : {u"Service"_s, u"Group"_s, u"Runtime"_s, u"None"_s}) {
            groups->addSegment(name, name);
        }
        tools->addWidget(groups);
        auto *columns = new QPushButton(u"Columns"_s);
        columns->setIcon(themedIcon(u"columns"_s));
        tools->addWidget(columns);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins({});
        column->setSpacing(0);
        column->addSpacing(12);
        column->addLayout(head);
        column->addSpacing(12);
        column->addLayout(tools);
        column->addWidget(m_banner);
        column->addWidget(makeLine(Qt::Horizontal));
        column->addWidget(m_table, 1);
        m_table->setSource(&model);
        m_table->setColumnWidths({180, 36, 220, 150, 96, 80, 90, 90, 90});
        m_table->sortBy({test::SampleModel::Success, Qt::AscendingOrder});
        m_table->setCurrentSource(model.index(0, 0));
    }

    void setConnectionStatus(const ConnectionStatus &status) override
    {
        const bool isOff = status.state == ConnectionStatus::State::Offline;
        m_table->setStale(isOff);
        if (isOff) {
            m_banner->setBanner({Tone::Warn, u"offline"_s, u"Offline 2 min 14 s"_s,
                                 u"Values are from 03:12:02 and shown dim. Actions are off."_s,
                                 u"try 6, next in 8 s"_s, u"Retry now"_s});
        }
    }

    TableView *m_table;
    Banner *m_banner = new Banner;
};

class StatesPage final : public Page
{
public:
    explicit StatesPage(QAbstractItemModel &model)
        : Page({u"states"_s, u"States"_s, u"scaling"_s, QKeySequence(u"G, S"_s)})
    {
        auto *grid = new QGridLayout(this);
        grid->setContentsMargins(space::page, space::page, space::page, space::page);
        grid->setSpacing(space::panel);
        auto *empty = new EmptyState(u"http"_s, u"No trigger routes to this function"_s,
                                     u"It runs only when another function or a test calls it."_s);
        empty->addButton(u"HTTP trigger"_s, u"plus"_s);
        empty->addButton(u"Schedule"_s);
        empty->addButton(u"Queue"_s);
        empty->setCommand(u"nest create hello --from ."_s);
        grid->addWidget(new Frame(empty), 0, 0);
        auto *none = new NoResult;
        none->setSentence(u"1,287 functions are hidden by region:tokyo. Known: shanghai, beijing."_s);
        grid->addWidget(new Frame(none), 0, 1);
        m_loading->setSource(&model);
        m_loading->setColumnWidths({140, 36, 100, 100});
        m_loading->setLoading(true);
        auto *loading = new QWidget;
        auto *column = new QVBoxLayout(loading);
        column->setContentsMargins({});
        column->setSpacing(0);
        column->addWidget(m_loading);
        m_bar->setProgress(u"Loading functions, 840 of 1,287"_s, 840, 1287);
        m_bar->show();
        column->addWidget(m_bar);
        grid->addWidget(new Frame(loading), 0, 2);
        auto *error = new ErrorState;
        error->setError(
            {u"Metrics could not be read"_s,
             u"The metrics store answered 503 three times in 12 s. Scaling goes on: the scaler reads from "
             "the gateway, not from this store."_s,
             {u"Check the store in Cluster, pod prom-0"_s, u"Retry, or read the last 15 min kept here"_s},
             u"req 7c01f2"_s});
        error->addButton(u"Show kept data"_s);
        grid->addWidget(new Frame(error), 1, 0);
        grid->addWidget(new Frame(controls()), 1, 1);
        auto *menu = new QMenu;
        for (const QString &text : {u"All"_s, u"default"_s, u"set-a\tAlt+S"_s}) {
            menu->addAction(text)->setCheckable(true);
        }
        menu->actions().at(1)->setChecked(true);
        menu->addSeparator();
        menu->addAction(themedIcon(u"copy"_s), u"Copy as text"_s)->setEnabled(false);
        menu->setActiveAction(menu->actions().at(2));
        menu->setParent(this, Qt::Widget);
        grid->addWidget(menu, 1, 2, Qt::AlignCenter);
    }

    QWidget *controls()
    {
        auto *box = new QWidget;
        auto *grid = new QGridLayout(box);
        int row = 0;
        for (const auto &[kind, name] :
             {std::pair{ButtonKind::Normal, u"Normal"_s}, std::pair{ButtonKind::Primary, u"Primary"_s},
              std::pair{ButtonKind::Ghost, u"Ghost"_s}, std::pair{ButtonKind::Danger, u"Kill 3"_s},
              std::pair{ButtonKind::DangerOutline, u"Drain"_s}}) {
            auto *button = new QPushButton(name);
            setButtonKind(button, kind);
            auto *off = new QPushButton(name);
            setButtonKind(off, kind);
            off->setEnabled(false);
            off->setIcon(themedIcon(u"stop"_s));
            grid->addWidget(button, row, 0);
            grid->addWidget(off, row++, 1);
        }
        auto *check = new QCheckBox(u"Read-only until unlocked"_s);
        check->setChecked(true);
        auto *combo = new QComboBox;
        combo->addItems({u"node20"_s, u"java17"_s});
        auto *slider = new QSlider(Qt::Horizontal);
        slider->setValue(40);
        grid->addWidget(check, row, 0);
        grid->addWidget(combo, row++, 1);
        grid->addWidget(slider, row, 0, 1, 2);
        return box;
    }

    TableView *m_loading = new TableView;
    LoadingBar *m_bar = new LoadingBar;
};
} // namespace

class Gallery final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drawsEveryComponent_data();
    void drawsEveryComponent();
};

void Gallery::drawsEveryComponent_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("isOffline");
    QTest::newRow("functions-dark") << true << u"functions"_s << false;
    QTest::newRow("functions-light") << false << u"functions"_s << false;
    QTest::newRow("offline-dark") << true << u"functions"_s << true;
    QTest::newRow("states-dark") << true << u"states"_s << false;
    QTest::newRow("states-light") << false << u"states"_s << false;
}

void Gallery::drawsEveryComponent()
{
    QFETCH(bool, isDark);
    QFETCH(QString, page);
    QFETCH(bool, isOffline);
    using State = ConnectionStatus::State;
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"gallery.ini"_s), QSettings::IniFormat);
    ThemeController theme(loadTokens().value(),
                          isDark ? ThemeController::Choice::Dark : ThemeController::Choice::Light);
    test::SampleModel model(test::designRows());
    test::SampleModel nothing;
    MainWindow window(theme, settings);
    auto *states = new StatesPage(nothing);
    window.addPage(new TablePage(model));
    window.addPage(states);
    window.rail().setBadge(u"states"_s, 4, Tone::Bad);
    window.setConnection({.name = u"local"_s, .environment = Environment::Local});
    window.setConnectionStatus({.state = isOffline ? State::Offline : State::Live,
                                .age = isOffline ? 134s : 400ms,
                                .retryIn = 8s,
                                .roundTripMs = 1.2,
                                .version = u"0.1.0"_s,
                                .isolationLevel = 4,
                                .isolationSentence = u"Isolation 4 of 4"_s,
                                .timeZone = u"UTC+8"_s});
    window.setScope({.set = {}, .lane = u"main"_s, .region = {}});
    window.showPage(page);
    window.resize(1440, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QImage before = states->m_loading->viewport()->grab().toImage();
    QTRY_VERIFY(states->m_loading->viewport()->grab().toImage() != before || page != "states"_L1);
    const QDir out(QStringLiteral(NEST_BINARY_DIR "/gallery"));
    QVERIFY(out.mkpath(u"."_s));
    const QImage image = window.grab().toImage();
    QCOMPARE(image.size(), QSize(1440, 900));
    const Theme &look = theme.theme();
    QCOMPARE(image.pixelColor(700, 1), look.environment.local);
    QCOMPARE(image.pixelColor(20, 600), look.surface.window);
    QVERIFY(image.save(out.filePath(QLatin1StringView(QTest::currentDataTag()) + u".png"_s)));
}

QTEST_MAIN(Gallery)
#include "tst_gallery.moc"
