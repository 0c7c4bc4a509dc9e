// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Toasts: how long they stay, how many there are, and Undo.
#include "widgets/state/messagelist.h"
#include "widgets/state/toast.h"
#include "widgets/state/toastplace.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace nest::widgets;

class TestToast final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void standsAtTheBottomRight();
    void goesByItselfUnlessItIsLookedAt();
    void closesByMouseAndKey();
    void coversNothingThatCanBeClicked();
    void keepsWhatWasSaid();
    void undoesOnceByClickOrKey();
    void threeAtMost();

private:
    std::unique_ptr<QWidget> m_window;
    ToastArea *m_area = nullptr;
    ThemeController m_theme{*loadTokens(), ThemeController::Choice::Dark};
};

void TestToast::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_window = std::make_unique<QWidget>();
    m_window->resize(800, 600);
    m_area = new ToastArea(m_window.get());
    m_area->setFoot(24);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
}

void TestToast::standsAtTheBottomRight()
{
    QVERIFY(m_area->isHidden());
    m_area->show({.sentence = u"Done"_s});
    QCOMPARE(m_area->geometry().right(), 799 - space::page);
    QCOMPARE(m_area->geometry().bottom(), 599 - 24 - space::page);
    m_window->resize(1000, 700);
    QTRY_COMPARE(m_area->geometry().right(), 999 - space::page);
}

void TestToast::goesByItselfUnlessItIsLookedAt()
{
    QCOMPARE((ToastText{.tone = Tone::Bad, .sentence = u"Failed"_s}).shownFor(), 20'000ms);
    QCOMPARE(ToastText{}.shownFor(), 5'000ms);
    Toast *held = m_area->show({.tone = Tone::Bad, .sentence = u"Failed"_s, .time = 300ms});
    m_area->show({.sentence = u"Done"_s, .time = 300ms});
    QTest::mouseMove(held, {20, 20});
    QTRY_VERIFY(!held->isRunning());
    QTRY_COMPARE(m_area->toasts().size(), 1);
    QCOMPARE(m_area->toasts().first(), held); // the pointer is on it
    QTest::mouseMove(m_window.get(), {20, 20});
    QTRY_VERIFY(m_area->isHidden());
    // As is the focus.
    held = m_area->show({.sentence = u"Again"_s, .time = 300ms});
    auto *close = held->findChild<QAbstractButton *>(u"toastClose"_s);
    close->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(!held->isRunning());
    QTest::keyClick(close, Qt::Key_Escape);
    QTRY_VERIFY(m_area->isHidden());
}

void TestToast::closesByMouseAndKey()
{
    Toast *first = m_area->show({.tone = Tone::Bad, .sentence = u"one"_s});
    m_area->show({.tone = Tone::Bad, .sentence = u"two"_s});
    QVERIFY(m_area->closeNewest());
    QCOMPARE(m_area->toasts(), QList<Toast *>{first});
    QTest::mouseClick(first->findChild<QAbstractButton *>(u"toastClose"_s), Qt::LeftButton);
    QTRY_VERIFY(m_area->isHidden());
    QVERIFY(!m_area->closeNewest());
}

void TestToast::coversNothingThatCanBeClicked()
{
    QPushButton low(u"Save"_s, m_window.get());
    low.setGeometry(700, 520, 80, 28);
    low.show();
    m_area->show({.tone = Tone::Bad, .sentence = u"Failed"_s});
    QVERIFY(!m_area->geometry().intersects(low.geometry()));
    QVERIFY(m_area->geometry().bottom() < low.geometry().top());
    // A button that comes while it is shown is not hidden for long.
    QPushButton high(u"Retry"_s, m_window.get());
    high.setGeometry(m_area->geometry().adjusted(40, 4, -200, -4));
    high.show();
    QTRY_VERIFY(!m_area->geometry().intersects(high.geometry()));
    // What is off cannot be clicked.
    low.setEnabled(false);
    high.setEnabled(false);
    QVERIFY(m_area->closeNewest());
    m_area->show({.sentence = u"Done"_s});
    QVERIFY(m_area->geometry().intersects(low.geometry()));
    QVERIFY(m_area->closeNewest());
    // But for what asks to be kept clear: it is about to be on.
    low.setProperty(nest::widgets::toastsKeepClear, true);
    m_area->show({.sentence = u"Done"_s});
    QVERIFY(!m_area->geometry().intersects(low.geometry()));
    QVERIFY(m_area->closeNewest());
    low.hide();
    // The row that has the focus stays in view.
    QListWidget list(m_window.get());
    list.setGeometry(m_window->rect());
    for (int i = 0; i < 40; ++i) {
        list.addItem(QString::number(i));
    }
    list.show();
    list.setFocus();
    list.setCurrentRow(39);
    m_area->show({.sentence = u"Done"_s});
    const QRect row =
        list.visualItemRect(list.item(39)).translated(list.viewport()->mapTo(m_window.get(), QPoint()));
    QVERIFY(!m_area->geometry().intersects(row));
}

void TestToast::keepsWhatWasSaid()
{
    QSignalSpy changed(m_area, &ToastArea::saidChanged);
    m_area->show({.tone = Tone::Bad, .sentence = u"First failed"_s, .detail = u"no room"_s});
    m_area->show({.sentence = u"Second is done"_s});
    while (m_area->closeNewest()) {
    }
    QCOMPARE(changed.size(), 2);
    QPointer<MessageList> list = new MessageList(*m_area, m_window.get());
    list->open();
    QStringList words;
    for (const QLabel *label : list->findChildren<QLabel *>()) {
        words.append(label->text());
    }
    QVERIFY(words.indexOf(u"Second is done"_s) < words.indexOf(u"First failed"_s)); // newest first
    QVERIFY(words.contains(u"no room"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(list.isNull());
    for (int i = 0; i < 60; ++i) {
        m_area->show({.sentence = QString::number(i)});
    }
    QCOMPARE(m_area->said().size(), ToastArea::mostKept);
    QCOMPARE(m_area->said().last().text.sentence, u"59"_s);
}

void TestToast::undoesOnceByClickOrKey()
{
    int undone = 0;
    Toast *toast = m_area->show({.sentence = u"Done"_s, .action = u"Undo"_s}, [&undone] { ++undone; });
    QTest::mouseClick(toast->findChild<QAbstractButton *>(u"toastAction"_s), Qt::LeftButton);
    QCOMPARE(undone, 1);
    QVERIFY(m_area->toasts().isEmpty());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // nothing to undo any more
    QCOMPARE(undone, 1);
    m_area->show({.sentence = u"First"_s, .action = u"Undo"_s}, [&undone] { undone += 10; });
    m_area->show({.sentence = u"Second"_s, .action = u"Undo"_s}, [&undone] { undone += 100; });
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // the newest
    QCOMPARE(undone, 101);
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone, 111);
    m_area->show({.sentence = u"Made"_s, .action = u"Deploy to it"_s, .isUndo = false},
                 [&undone] { undone = 0; });
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // that is no undo
    QCOMPARE(undone, 111);
    // A field with the focus undoes its own text.
    auto *edit = new QLineEdit(m_window.get());
    edit->show();
    edit->setFocus();
    QTRY_VERIFY(edit->hasFocus());
    QTest::keyClicks(edit, u"abc"_s);
    m_area->show({.sentence = u"Third"_s, .action = u"Undo"_s}, [&undone] { undone += 1000; });
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone, 111);
    QVERIFY(edit->text() != u"abc"_s);
}

void TestToast::threeAtMost()
{
    QSignalSpy dropped(m_area, &ToastArea::dropped);
    m_area->show({.tone = Tone::Bad, .sentence = u"error"_s});
    m_area->show({.sentence = u"one"_s});
    m_area->show({.sentence = u"two"_s});
    m_area->show({.sentence = u"three"_s});
    QCOMPARE(m_area->toasts().size(), 3);
    QCOMPARE(m_area->toasts().first()->text().sentence, u"error"_s); // what says an error is kept longest
    QCOMPARE(dropped.value(0).value(0).toString(), u"one"_s);
}

QTEST_MAIN(TestToast)
#include "tst_toast.moc"
