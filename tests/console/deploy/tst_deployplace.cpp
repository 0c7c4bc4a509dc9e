// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog Deploy as a thing one aims at: its size and its buttons stay from the beginning to the end, and
// what it says of ages goes on.
#include "tests/console/deploy/deploybench.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/state/toast.h"

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

class TestDeployPlace final : public QObject, private DeployBench
{
    Q_OBJECT

private Q_SLOTS:
    void init() { startPlatform(); }
    void cleanup() { stop(); }
    void staysWhereItIsFromBeginningToEnd_data();
    void staysWhereItIsFromBeginningToEnd();
    void countsTheAgeOn();
};

void TestDeployPlace::staysWhereItIsFromBeginningToEnd_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1440x900") << QSize(1440, 900);
    QTest::newRow("1024x700") << QSize(1024, 700);
}

void TestDeployPlace::staysWhereItIsFromBeginningToEnd()
{
    QFETCH(const QSize, size);
    begin();
    m_console->window.resize(size);
    QTRY_COMPARE(m_console->dialog->size(), m_console->window.size());
    const QRect place = m_console->dialog->panel()->geometry();
    QVERIFY(m_console->dialog->rect().contains(place));
    const auto *cancel = m_console->part<QWidget>(u"cancel"_s);
    const auto at = [&] {
        return cancel->mapTo(&m_console->window, QPoint(0, cancel->height()));
    };
    const QPoint button = at();
    auto *tabs = m_console->part<nest::widgets::TabStrip>(u"deployTabs"_s);
    for (const QString &tab : {u"code"_s, u"config"_s, u"summary"_s}) {
        tabs->setCurrent(tab);
        QTest::qWait(0); // laid out
        QCOMPARE(m_console->dialog->panel()->geometry(), place);
        QCOMPARE(at(), button);
    }
    m_console->tick(local);
    m_console->tick(second);
    m_console->type(u"reserved:default/main/local"_s, u"2"_s);
    QCOMPARE(m_console->dialog->panel()->geometry(), place);
    QCOMPARE(at(), button);
    m_console->save(u"deploy-%1"_s.arg(size.width()));
    m_console->click(u"deploy"_s);
    QCOMPARE(m_console->text(u"summaryHeading"_s), u"What happens now"_s);
    QCOMPARE(m_console->part<QWidget>(u"deployOutcome"_s)->accessibleName(), u"Running"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_console->toasts->toasts().size(), 1, answerLimit);
    QCOMPARE(m_console->dialog->panel()->geometry(), place);
    QTest::qWait(0);
    // Close stands where Cancel stood and no toast covers it.
    QCOMPARE(at().y(), button.y());
    const QWidget *toast = m_console->toasts->toasts().last();
    QVERIFY(!QRect(toast->mapTo(&m_console->window, QPoint()), toast->size())
                 .intersects(QRect(at() - QPoint(0, cancel->height()), cancel->size())));
    QTRY_COMPARE_WITH_TIMEOUT(m_console->text(u"summaryHeading"_s), u"What happened"_s, 40'000);
    QVERIFY(sentences().contains(u"Reserved went from 0 to 2 in default/main/local"_s));
    QCOMPARE(m_console->dialog->panel()->geometry(), place);
    m_console->save(u"deploy-over-%1"_s.arg(size.width()));
}

void TestDeployPlace::countsTheAgeOn()
{
    begin();
    const QString before = m_console->text(u"evidence"_s);
    QVERIFY2(before.startsWith(u"build 3, "_s), qPrintable(before));
    QTRY_VERIFY_WITH_TIMEOUT(m_console->text(u"evidence"_s) != before, answerLimit);
}

QTEST_MAIN(TestDeployPlace)
#include "tst_deployplace.moc"
