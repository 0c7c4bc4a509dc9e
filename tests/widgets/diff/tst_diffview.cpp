// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The view of differences: rows of both modes, colours, keys, and that size does not matter.
#include "widgets/diff/diffview.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::models;
using namespace nest::widgets;

namespace {

constexpr auto before = R"(export function price(cart) {
  const cap = cart.cap;
  // the same
  return Math.min(cart.value, cap);
}
)";
constexpr auto after = R"(export function price(cart) {
  const tier = cart.user.tier;
  const cap = cart.caps[tier];
  // the same
  return Math.min(cart.value, cap);
}
)";

std::string numbered(int lines, int changed)
{
    std::string text;
    for (int i = 1; i <= lines; ++i) {
        text += "const value" + std::to_string(i) + " = " + (i == changed ? "'new'" : "1") + ";\n";
    }
    return text;
}

/// How many pixels of the view have this colour.
int pixels(const DiffView &view, const QColor &colour)
{
    const QImage image = view.viewport()->grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += image.pixel(x, y) == colour.rgb() ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class TestDiffView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pairsLinesSideBySide();
    void colours();
    void goesToTheNextChange();
    void copiesWhatIsSelected();
    void saysWhyNothingIsShown();
    void tenThousandLinesScroll();

private:
    std::unique_ptr<DiffView> make(FileDiff diff);
    ThemeController m_theme{*loadTokens(), ThemeController::Choice::Dark};
};

void TestDiffView::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
}

std::unique_ptr<DiffView> TestDiffView::make(FileDiff diff)
{
    auto view = std::make_unique<DiffView>();
    view->resize(900, 300);
    view->setDiff(std::move(diff));
    view->show();
    view->setFocus();
    return QTest::qWaitForWindowExposed(view.get()) ? std::move(view) : nullptr;
}

void TestDiffView::pairsLinesSideBySide()
{
    const FileDiff diff = diffTexts("price.js", before, after);
    const DiffRows both = rowsOf(diff, DiffMode::SideBySide);
    // head, equal, removed beside added, added alone, three equal
    QCOMPARE(both.rows.size(), std::size_t{7});
    QVERIFY(both.rows[0].isHead());
    QVERIFY(both.rows[2].left >= 0 && both.rows[2].right >= 0 && both.rows[2].left != both.rows[2].right);
    QCOMPARE(both.rows[3].left, -1);
    QCOMPARE(both.changes, std::vector<int>{2});
    const DiffRows one = rowsOf(diff, DiffMode::OneColumn);
    QCOMPARE(one.rows.size(), std::size_t{8});
    QCOMPARE(one.changes, std::vector<int>{2});
}

void TestDiffView::colours()
{
    const auto view = make(diffTexts("price.js", before, after));
    QVERIFY(view);
    for (const DiffMode mode : {DiffMode::SideBySide, DiffMode::OneColumn}) {
        view->setMode(mode);
        const Theme &theme = themeOf(view.get());
        QVERIFY(pixels(*view, theme.diff.addFill) > 1000);
        QVERIFY(pixels(*view, theme.diff.removeFill) > 1000);
        QVERIFY2(pixels(*view, theme.syntax.keyword) > 5, "keywords are coloured");
        QVERIFY2(pixels(*view, theme.syntax.comment) > 5, "comments are coloured");
    }
    m_theme.setChoice(ThemeController::Choice::Light);
    QVERIFY(pixels(*view, themeOf(view.get()).diff.addFill) > 1000);
    m_theme.setChoice(ThemeController::Choice::Dark);
}

void TestDiffView::goesToTheNextChange()
{
    std::string now = numbered(400, 20);
    now.replace(now.find("const value300 "), 15, "const VALUE300 ");
    const auto view = make(diffTexts("a.js", numbered(400, 0), now, {.context = 100}));
    QVERIFY(view);
    QSignalSpy ended(view.get(), &DiffView::changesEnded);
    QTest::keyClick(view.get(), Qt::Key_D);
    const int first = view->currentRow();
    QVERIFY(first > 0);
    QTest::keyClick(view.get(), Qt::Key_D);
    QVERIFY(view->currentRow() > first + 50);
    QVERIFY(view->firstVisibleRow() <= view->currentRow());
    QTest::keyClick(view.get(), Qt::Key_D);
    QCOMPARE(ended.count(), 1);
    QTest::keyClick(view.get(), Qt::Key_D, Qt::ShiftModifier);
    QCOMPARE(view->currentRow(), first);
}

void TestDiffView::copiesWhatIsSelected()
{
    const auto view = make(diffTexts("price.js", before, after));
    QVERIFY(view);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, {300, 18 * 2 + 9});
    QCOMPARE(view->currentRow(), 2);
    QTest::keyClick(view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(),
             u"  const tier = cart.user.tier;\n  const cap = cart.caps[tier];"_s);
}

void TestDiffView::saysWhyNothingIsShown()
{
    const auto view = make(diffTexts("p.png", std::string_view("\0a", 2), std::string_view("\0b", 2)));
    QVERIFY(view);
    QCOMPARE(view->sentence(), u"A binary file; it differs."_s);
    view->setDiff(diffTexts("a", "x\n", "x\n"));
    QCOMPARE(view->sentence(), u"No difference."_s);
    view->setDiff(diffTexts("a", std::nullopt, ""));
    QCOMPARE(view->sentence(), u"The file is empty."_s);
    QTest::keyClick(view.get(), Qt::Key_D); // nothing to go to
    QTest::keyClick(view.get(), Qt::Key_Down);
    QCOMPARE(view->currentRow(), -1);
    view->setDiff(std::nullopt);
    QVERIFY(view->selectedText().isEmpty());
}

void TestDiffView::tenThousandLinesScroll()
{
    const auto view = make(diffTexts("a.js", std::nullopt, numbered(10'000, 5), {.lines = 20'000}));
    QVERIFY(view);
    QCOMPARE(view->rows().rows.size(), std::size_t{10'001});
    QElapsedTimer clock;
    clock.start();
    constexpr int steps = 40;
    for (int step = 0; step < steps; ++step) {
        view->verticalScrollBar()->setValue(step * 9'900 / steps);
        (void)view->viewport()->grab();
    }
    qInfo("%lld ms a jump and paint", clock.elapsed() / steps);
    QVERIFY2(clock.elapsed() / steps < 100, "a jump and a paint take too long");
    QTest::keyClick(view.get(), Qt::Key_End);
    QCOMPARE(view->currentRow(), 10'000);
}

QTEST_MAIN(TestDiffView)
#include "tst_diffview.moc"
