// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "samplemodel.h"

#include "widgets/table/cellpainter.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::widgets;
using namespace nest::widgets::test;

class TableTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void sortsByAClickOnTheHead();
    void sortsTiesInTheOrderOfTheModel();
    void putsTheUnknownLastInBothDirections();
    void sortsByASecondKeyWithShift();
    void keepsTheSelectionWhenRowsMove();
    void freezesTheOrderUnderThePointer();
    void countsOnlyRowsThatWouldMove();
    void sortsByItselfWhenThePointerIsAway();
    void filtersAndSaysHowManyAreHidden();
    void copiesTheSelectionAsText();
    void movesWithTheKeys();
    void keepsColumnsInTheSettings();
    void flashesOnlyWhatTheModelNames();
    void showsThePlaceholderOnlyWithoutRows();
    void showsPlaceholderRowsWhileLoading();
    void saysEachCellInWords_data();
    void saysEachCellInWords();
    void paintsNoColourWhenStale();
    void staysQuickWithFiftyThousandRows();

private:
    [[nodiscard]] QStringList names(const TableView &view) const
    {
        QStringList names;
        for (int row = 0; row < view.model()->rowCount(); ++row) {
            names.append(view.model()->index(row, SampleModel::Name).data(SortRole).toString());
        }
        return names;
    }

    static void clickHead(TableView &view, int column, Qt::KeyboardModifiers keys = {})
    {
        QHeaderView *head = view.horizontalHeader();
        const QPoint at(head->sectionViewportPosition(column) + head->sectionSize(column) / 2,
                        head->height() / 2);
        QTest::mouseClick(head->viewport(), Qt::LeftButton, keys, at);
    }

    static void setPointer(TableView &view, bool isOver)
    {
        if (isOver) {
            QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
            QCoreApplication::sendEvent(view.viewport(), &enter);
        } else {
            QEvent leave(QEvent::Leave);
            QCoreApplication::sendEvent(view.viewport(), &leave);
        }
    }

    static void show(TableView &view, SampleModel &model)
    {
        view.setSource(&model);
        view.setColumnWidths({160, 36, 200, 150, 90, 90, 90, 90, 90});
        view.resize(1100, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }

    ThemeController m_theme{loadTokens().value(), ThemeController::Choice::Dark};
};

void TableTest::init()
{
    QTest::failOnWarning();
}

void TableTest::sortsByAClickOnTheHead()
{
    SampleModel model({{u"b"_s, 2}, {u"c"_s, 3}, {u"a"_s, 1}});
    TableView view;
    show(view, model);
    QAbstractItemModelTester tester(&view.proxy(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(names(view), (QStringList{u"b"_s, u"c"_s, u"a"_s}));
    clickHead(view, SampleModel::Requests);
    QCOMPARE(names(view), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    clickHead(view, SampleModel::Requests);
    QCOMPARE(names(view), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(view.horizontalHeader()->sortIndicatorSection(), int(SampleModel::Requests));
    QCOMPARE(view.horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
}

void TableTest::sortsTiesInTheOrderOfTheModel()
{
    SampleModel model({{u"z"_s, 5}, {u"m"_s, 5}, {u"a"_s, 5}, {u"q"_s, 1}});
    TableView view;
    show(view, model);
    view.sortBy({SampleModel::Requests, Qt::AscendingOrder});
    QCOMPARE(names(view), (QStringList{u"q"_s, u"z"_s, u"m"_s, u"a"_s}));
    view.sortBy({SampleModel::Requests, Qt::DescendingOrder});
    QCOMPARE(names(view), (QStringList{u"z"_s, u"m"_s, u"a"_s, u"q"_s}));
}

void TableTest::putsTheUnknownLastInBothDirections()
{
    SampleModel model({{u"unknown"_s, std::nullopt}, {u"zero"_s, 0}, {u"some"_s, 7}});
    TableView view;
    show(view, model);
    view.sortBy({SampleModel::Requests, Qt::AscendingOrder});
    QCOMPARE(names(view), (QStringList{u"zero"_s, u"some"_s, u"unknown"_s}));
    view.sortBy({SampleModel::Requests, Qt::DescendingOrder});
    QCOMPARE(names(view), (QStringList{u"some"_s, u"zero"_s, u"unknown"_s}));
}

void TableTest::sortsByASecondKeyWithShift()
{
    SampleModel model({{u"b"_s, 1, 90}, {u"a"_s, 2, 90}, {u"c"_s, 3, 80}});
    TableView view;
    show(view, model);
    clickHead(view, SampleModel::Success);
    clickHead(view, SampleModel::Success); // descending
    clickHead(view, SampleModel::Name, Qt::ShiftModifier);
    QCOMPARE(names(view), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    clickHead(view, SampleModel::Name, Qt::ShiftModifier);
    QCOMPARE(names(view), (QStringList{u"b"_s, u"a"_s, u"c"_s}));
}

void TableTest::keepsTheSelectionWhenRowsMove()
{
    SampleModel model({{u"a"_s, 1}, {u"b"_s, 2}, {u"c"_s, 3}});
    TableView view;
    show(view, model);
    view.sortBy({SampleModel::Requests, Qt::DescendingOrder});
    view.setCurrentSource(model.index(0, 0));
    QCOMPARE(view.currentIndex().row(), 2);
    model.setRequests(0, 50);
    view.sortNow();
    QCOMPARE(view.currentIndex().row(), 0);
    QCOMPARE(view.currentSource().row(), 0);
    model.insert(0, {u"new"_s, 99});
    view.sortNow();
    QCOMPARE(view.currentSource().row(), 1);
    QCOMPARE(view.selectedSources(), QList<QModelIndex>{model.index(1, 0)});
    model.remove(0);
    QCOMPARE(view.currentSource().row(), 0);
}

void TableTest::freezesTheOrderUnderThePointer()
{
    SampleModel model({{u"a"_s, 1}, {u"b"_s, 2}, {u"c"_s, 3}});
    TableView view;
    show(view, model);
    auto *hint = view.viewport()->findChild<QWidget *>(u"sortHint"_s);
    view.sortBy({SampleModel::Requests, Qt::AscendingOrder});
    setPointer(view, true);
    model.setRequests(0, 10);
    model.insert(3, {u"d"_s, 0});
    // A flash lasts longer than changes take to settle: had they been about to move, they would have by then.
    QVERIFY(view.isFlashing(view.model()->index(0, SampleModel::Requests)));
    QTRY_VERIFY(!view.isFlashing(view.model()->index(0, SampleModel::Requests)));
    QCOMPARE(names(view).first(3), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    QCOMPARE(view.proxy().pendingChanges(), 2);
    QVERIFY(hint->isVisible());
    QCOMPARE(hint->accessibleName(), u"2 changes, press R to sort"_s);
    QTest::keyClick(&view, Qt::Key_R);
    QCOMPARE(names(view), (QStringList{u"d"_s, u"b"_s, u"c"_s, u"a"_s}));
    QVERIFY(!hint->isVisible());
    model.setRequests(3, 5);
    QCOMPARE(view.proxy().pendingChanges(), 1);
    setPointer(view, false);
    QTRY_COMPARE(names(view), (QStringList{u"b"_s, u"c"_s, u"d"_s, u"a"_s}));
}

void TableTest::countsOnlyRowsThatWouldMove()
{
    SampleModel model({{u"a"_s, 1}, {u"b"_s, 5}, {u"c"_s, 9}});
    TableView view;
    show(view, model);
    view.sortBy({SampleModel::Requests, Qt::AscendingOrder});
    setPointer(view, true);
    model.setRequests(1, 6);
    QCOMPARE(view.proxy().pendingChanges(), 0);
    model.setRequests(1, 10);
    QCOMPARE(view.proxy().pendingChanges(), 1);
    model.setRequests(1, 11);
    QCOMPARE(view.proxy().pendingChanges(), 1);
}

void TableTest::sortsByItselfWhenThePointerIsAway()
{
    SampleModel model({{u"a"_s, 1}, {u"b"_s, 2}});
    TableView view;
    show(view, model);
    setPointer(view, false);
    view.sortBy({SampleModel::Requests, Qt::AscendingOrder});
    model.setRequests(0, 3);
    QTRY_COMPARE(names(view), (QStringList{u"b"_s, u"a"_s}));
}

void TableTest::filtersAndSaysHowManyAreHidden()
{
    SampleModel model(designRows());
    TableView view;
    show(view, model);
    view.proxy().setRowFilter([](const QAbstractItemModel &rows, int row) {
        return rows.index(row, SampleModel::Name).data(SortRole).toString().startsWith(u"order"_s);
    });
    QCOMPARE(names(view), (QStringList{u"order-price"_s, u"order-create"_s}));
    QCOMPARE(view.proxy().hiddenRows(), 6);
    view.proxy().setRowFilter({});
    QCOMPARE(view.proxy().hiddenRows(), 0);
    QCOMPARE(view.model()->rowCount(), 8);
}

void TableTest::copiesTheSelectionAsText()
{
    SampleModel model(designRows());
    TableView view;
    show(view, model);
    for (const int column : {1, 3, 4, 8}) {
        view.setColumnHidden(column, true);
    }
    view.horizontalHeader()->moveSection(view.horizontalHeader()->visualIndex(SampleModel::Requests), 1);
    view.setCurrentSource(model.index(1, 0));
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"coupon-issue, Healthy\t410\tdefault/main/shanghai\t99.95 %\t6 / 6\n"
             "order-price, Healthy\t294\tdefault/main/shanghai\t100.00 %\t5 / 5"_s);
}

void TableTest::movesWithTheKeys()
{
    SampleModel model(designRows());
    TableView view;
    show(view, model);
    QSignalSpy current(&view, &TableView::currentSourceChanged);
    QSignalSpy inspector(&view, &TableView::inspectorRequested);
    view.setCurrentSource(model.index(2, 0));
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(view.currentSource().row(), 0);
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(view.currentSource().row(), 7);
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(view.currentSource().row(), 6);
    QCOMPARE(current.size(), 4);
    QTest::keyClick(&view, Qt::Key_Space);
    QCOMPARE(inspector.size(), 1);
}

void TableTest::keepsColumnsInTheSettings()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    SampleModel model(designRows());
    {
        TableView view;
        show(view, model);
        view.keepColumnsIn(settings, u"functions/columns"_s);
        QMenu *menu = view.makeColumnsMenu(&view);
        for (QAction *action : menu->actions()) {
            if (action->text() == "Success"_L1) {
                action->trigger();
            }
        }
        QVERIFY(view.isColumnHidden(SampleModel::Success));
        view.setColumnWidth(SampleModel::Requests, 123);
        QTRY_VERIFY(settings.contains(u"functions/columns"_s));
    }
    TableView again;
    show(again, model);
    again.keepColumnsIn(settings, u"functions/columns"_s);
    QVERIFY(again.isColumnHidden(SampleModel::Success));
    QCOMPARE(again.columnWidth(SampleModel::Requests), 123);
}

void TableTest::flashesOnlyWhatTheModelNames()
{
    SampleModel model(designRows());
    TableView view;
    show(view, model);
    const QModelIndex cell = view.model()->index(1, SampleModel::Requests);
    model.setRequests(1, 411);
    QVERIFY(view.isFlashing(cell));
    QVERIFY(!view.isFlashing(view.model()->index(1, SampleModel::Success)));
    QTRY_VERIFY_WITH_TIMEOUT(!view.isFlashing(cell), 2000);
}

void TableTest::showsThePlaceholderOnlyWithoutRows()
{
    SampleModel model;
    TableView view;
    show(view, model);
    auto *empty = new QLabel(u"Nothing here"_s);
    view.setPlaceholder(empty);
    QVERIFY(empty->isVisible());
    model.insert(0, {u"a"_s});
    QVERIFY(!empty->isVisible());
    view.proxy().setRowFilter([](const QAbstractItemModel &, int) { return false; });
    QVERIFY(empty->isVisible());
    view.setLoading(true);
    QVERIFY(!empty->isVisible());
}

void TableTest::showsPlaceholderRowsWhileLoading()
{
    SampleModel model;
    TableView view;
    show(view, model);
    const QImage blank = view.viewport()->grab().toImage();
    view.setLoading(true);
    QCOMPARE(view.viewport()->grab().toImage(), blank); // a quick answer does not flicker
    QTRY_VERIFY(view.viewport()->grab().toImage() != blank);
    view.setLoading(false);
    QCOMPARE(view.viewport()->grab().toImage(), blank);
}

void TableTest::saysEachCellInWords_data()
{
    QTest::addColumn<Cell>("cell");
    QTest::addColumn<QString>("words");
    QTest::newRow("text") << Cell(TextCell{u"i-7f31c2"_s}) << u"i-7f31c2"_s;
    QTest::newRow("name") << Cell(NameCell{u"a"_s, Tone::Bad, u"reject"_s, u"Failing"_s}) << u"a, Failing"_s;
    QTest::newRow("pill") << Cell(PillCell{u"panic"_s, u"panic"_s, Tone::Warn}) << u"panic"_s;
    QTest::newRow("group") << Cell(GroupCell{u"default"_s, u"main"_s, u"local"_s, 2})
                           << u"default/main/local +2"_s;
    QTest::newRow("weights") << Cell(WeightCell{{{u"v64"_s, 80, false}, {u"v65"_s, 20, true}}})
                             << u"v64 80 %, v65 20 %"_s;
    QTest::newRow("at zero") << Cell(SparklineCell{{}, u"at zero"_s}) << u"at zero"_s;
    QTest::newRow("number") << Cell(NumberCell{u"48"_s, u"ms"_s}) << u"48 ms"_s;
    QTest::newRow("unknown") << Cell(NumberCell{}) << u"–"_s;
    QTest::newRow("ratio") << Cell(RatioCell{u"52"_s, u"60"_s}) << u"52 / 60"_s;
    QTest::newRow("icon") << Cell(IconCell{u"java"_s, u"Java 17"_s}) << u"Java 17"_s;
}

void TableTest::saysEachCellInWords()
{
    QFETCH(Cell, cell);
    QFETCH(QString, words);
    QCOMPARE(textOf(cell), words);
}

void TableTest::paintsNoColourWhenStale()
{
    const Theme theme = loadTokens()->dark;
    const auto paints = [&](CellLook look, const QColor &color) {
        QImage image(120, 28, QImage::Format_ARGB32_Premultiplied);
        image.fill(theme.surface.page);
        QPainter painter(&image);
        paintCell(painter, theme, image.rect(), NameCell{u"a"_s, Tone::Bad, u"dot"_s, u"Failing"_s}, look);
        painter.end();
        return image.pixelColor(7, 13) == color;
    };
    QVERIFY(paints({.isStale = false}, theme.bad.text));
    QVERIFY(paints({.isStale = true}, theme.neutral.text));
}

void TableTest::staysQuickWithFiftyThousandRows()
{
    std::vector<SampleRow> rows;
    for (int i = 0; i < 50'000; ++i) {
        rows.push_back({u"function-%1"_s.arg(i), static_cast<double>((i * 7919) % 50'000)});
    }
    SampleModel model(std::move(rows));
    TableView view;
    show(view, model);
    QElapsedTimer clock;
    clock.start();
    view.sortBy({SampleModel::Requests, Qt::DescendingOrder});
    const qint64 sortMs = clock.restart();
    for (int i = 0; i < 500; ++i) {
        model.setRequests(i * 97, i);
    }
    const qint64 changeMs = clock.restart();
    view.viewport()->grab();
    qInfo("sort of 50,000 rows %lld ms, 500 changes %lld ms, one paint %lld ms", sortMs, changeMs,
          clock.elapsed());
    QCOMPARE(view.model()->rowCount(), 50'000);
}

QTEST_MAIN(TableTest)
#include "tst_table.moc"
