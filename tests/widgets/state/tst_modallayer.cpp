// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A dialog inside the window: what is below gets nothing, the focus stays within, Esc and Ctrl+Enter.
#include "widgets/state/modallayer.h"
#include "widgets/theme/themecontroller.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace nest::widgets;

namespace {

class Dialog final : public ModalLayer
{
public:
    explicit Dialog(QWidget *window) : ModalLayer(window)
    {
        auto *column = new QVBoxLayout(panel());
        column->addWidget(edit);
        column->addWidget(button);
        setPanelSize({300, 200});
    }
    QLineEdit *edit = new QLineEdit;
    QPushButton *button = new QPushButton(u"Go"_s);
    int accepted = 0;

protected:
    void accept() override { ++accepted; }
};

} // namespace

class TestModalLayer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void coversTheWindow();
    void keepsKeysAndFocusWithin();
    void givesTheFocusBack();

private:
    std::unique_ptr<QWidget> m_window;
    QPushButton *m_below = nullptr;
    QPointer<Dialog> m_dialog;
    ThemeController m_theme{*loadTokens(), ThemeController::Choice::Dark};
};

void TestModalLayer::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_window = std::make_unique<QWidget>();
    m_window->resize(800, 600);
    m_below = new QPushButton(u"below"_s, m_window.get());
    m_below->setFocusPolicy(Qt::StrongFocus);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    m_below->setFocus();
    QTRY_VERIFY(m_below->hasFocus());
    m_dialog = new Dialog(m_window.get());
    m_dialog->open();
}

void TestModalLayer::coversTheWindow()
{
    QCOMPARE(m_dialog->geometry(), m_window->rect());
    QCOMPARE(m_dialog->panel()->size(), QSize(300, 200));
    QSignalSpy clicks(m_below, &QPushButton::clicked);
    QVERIFY(m_window->childAt(m_below->geometry().center()) != m_below);
    QCOMPARE(clicks.count(), 0);
    m_window->resize(260, 180); // smaller than the panel
    QTRY_VERIFY(m_dialog->panel()->width() < 260);
}

void TestModalLayer::keepsKeysAndFocusWithin()
{
    QShortcut shortcut(Qt::Key_G, m_window.get());
    QSignalSpy fired(&shortcut, &QShortcut::activated);
    QTRY_VERIFY(m_dialog->edit->hasFocus());
    QTest::keyClick(m_dialog->edit, Qt::Key_Tab);
    QVERIFY(m_dialog->button->hasFocus());
    QTest::keyClick(m_dialog->button, Qt::Key_G);
    QCOMPARE(fired.count(), 0);
    QTest::keyClick(m_dialog->button, Qt::Key_Tab);
    QVERIFY(!m_below->hasFocus());
    QTest::keyClick(m_dialog->edit, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_dialog->accepted, 1);
}

void TestModalLayer::givesTheFocusBack()
{
    QSignalSpy finished(m_dialog, &ModalLayer::finished);
    QTest::keyClick(m_dialog->edit, Qt::Key_Escape);
    QCOMPARE(finished.count(), 1);
    QVERIFY(m_below->hasFocus());
    QTRY_VERIFY(m_dialog.isNull());
}

QTEST_MAIN(TestModalLayer)
#include "tst_modallayer.moc"
