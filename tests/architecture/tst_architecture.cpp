// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the house's rules: who includes whom, the heads and lengths of files, words that are not used.

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class ArchitectureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data();
    void holds();
    void knowsTheArrows_data();
    void knowsTheArrows();
    void findsWhatIsForbidden();

private:
    static QString offences(const QString &rule, const QString &source);
};

QString ArchitectureTest::offences(const QString &rule, const QString &source)
{
    QProcess check;
    check.setProcessChannelMode(QProcess::MergedChannels);
    check.start(u"python3"_s, {QString::fromUtf8(NEST_SOURCE_DIR) + u"/tests/architecture/check.py"_s, rule,
                               source, QString::fromUtf8(NEST_BINARY_DIR)});
    check.waitForFinished(60'000);
    const auto said = QString::fromUtf8(check.readAll()).trimmed();
    return check.exitStatus() == QProcess::NormalExit && (check.exitCode() == 0 || !said.isEmpty())
               ? said
               : u"the check itself failed: "_s + said;
}

void ArchitectureTest::holds_data()
{
    QTest::addColumn<QString>("rule");
    for (const auto *rule : {"arrows", "heads", "lengths", "readmes", "words", "translations"}) {
        QTest::newRow(rule) << QString::fromLatin1(rule);
    }
}

void ArchitectureTest::holds()
{
    QFETCH(QString, rule);
    const auto found = offences(rule, QString::fromUtf8(NEST_SOURCE_DIR));
    QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found));
}

void ArchitectureTest::knowsTheArrows_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("itself") << u"scaling"_s << u"scaling"_s << true;
    QTest::newRow("scaling knows nobody") << u"scaling"_s << u"api/wire"_s << false;
    QTest::newRow("platform, not models") << u"platform/control"_s << u"models"_s << false;
    QTest::newRow("control, all of platform") << u"platform/control"_s << u"platform/store"_s << true;
    QTest::newRow("console, not platform") << u"app/console"_s << u"platform/http"_s << false;
    QTest::newRow("models, scaling") << u"models"_s << u"scaling"_s << true;
}

void ArchitectureTest::knowsTheArrows()
{
    QFETCH(QString, room);
    QFETCH(QString, other);
    QFETCH(bool, isAllowed);
    const int code = QProcess::execute(
        u"python3"_s, {QString::fromUtf8(NEST_SOURCE_DIR) + u"/tests/architecture/check.py"_s,
                       u"may-include"_s, room, other});
    QCOMPARE(code, isAllowed ? 0 : 1);
}

void ArchitectureTest::findsWhatIsForbidden()
{
    // The checks must be able to fail: a small tree with one offence of each kind.
    QTemporaryDir tree;
    QDir(tree.path()).mkpath(u"widgets/table"_s);
    QFile bad(tree.filePath(u"widgets/table/bad.h"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("using namespace std;\nauto c = QColor(0x123456);\n" + QByteArray(600, '\n'));
    bad.close();
    QCOMPARE(QProcess::execute(u"git"_s, {u"init"_s, u"-q"_s, tree.path()}), 0);
    QVERIFY(offences(u"heads"_s, tree.path()).contains(u"no SPDX line"));
    QVERIFY(offences(u"heads"_s, tree.path()).contains(u"no #pragma once"));
    QVERIFY(offences(u"lengths"_s, tree.path()).contains(u"602 lines"));
    QVERIFY(offences(u"readmes"_s, tree.path()).contains(u"widgets/table: no README.md"));
    QVERIFY(offences(u"words"_s, tree.path()).contains(u"colour literal"));
    QVERIFY(offences(u"words"_s, tree.path()).contains(u"using namespace in a header"));
}

QTEST_GUILESS_MAIN(ArchitectureTest)
#include "tst_architecture.moc"
