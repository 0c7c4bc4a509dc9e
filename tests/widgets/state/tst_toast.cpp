// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Toasts: how long they stay, how many there are, and Undo.
#include "widgets/state/toast.h"
#include "widgets/theme/themecontroller.h"

#include <QAbstractButton>
#include <QLineEdit>
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
    void goesByItselfAndAnErrorStays();
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

void TestToast::goesByItselfAndAnErrorStays()
{
    m_area->show({.sentence = u"Done"_s, .time = 200ms});
    Toast *error = m_area->show({.tone = Tone::Bad, .sentence = u"Failed"_s, .time = 200ms});
    QVERIFY(m_area->toasts().first()->isRunning());
    QVERIFY(!error->isRunning());
    QTRY_COMPARE(m_area->toasts().size(), 1);
    QCOMPARE(m_area->toasts().first(), error);
    QTest::mouseClick(error->findChild<QAbstractButton *>(u"toastClose"_s), Qt::LeftButton);
    QTRY_VERIFY(m_area->isHidden());
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
