// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The console at the page Pools of a real platform, and what a person does there. Owner: the test. Thread:
// UI.

#include "tests/console/firstpath/console.h"
#include "tests/support/testplatform.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>

#include <memory>

namespace nest::testsupport {

inline constexpr int answerLimit = 20'000;

struct PoolsConsole : Console
{
    using Console::Console;

    [[nodiscard]] QTableView *table() const { return find<QTableView>(u"poolsTable"_s); }
    [[nodiscard]] int rowOf(const QString &name) const
    {
        const auto *rows = table() != nullptr ? table()->model() : nullptr;
        for (int row = 0; rows != nullptr && row < rows->rowCount(); ++row) {
            if (rows->index(row, 0).data().toString().contains(name)) {
                return row;
            }
        }
        return -1;
    }
    [[nodiscard]] QString cell(const QString &name, int column) const
    {
        const int row = rowOf(name);
        return row < 0 ? QString() : table()->model()->index(row, column).data().toString();
    }
    void clickRow(const QString &name) const
    {
        const QModelIndex index = table()->model()->index(rowOf(name), 1);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(index).center());
    }
    /// The page, and the editor of this pool on it; false: there is none in time.
    [[nodiscard]] bool open(const QString &name)
    {
        if (!window.showPage(u"pools"_s) ||
            !QTest::qWaitFor([&] { return rowOf(name) >= 0; }, QDeadlineTimer(answerLimit))) {
            return false;
        }
        clickRow(name);
        return QTest::qWaitFor([&] { return text(u"poolTitle"_s) == name; }, QDeadlineTimer(answerLimit));
    }
    [[nodiscard]] int numberIn(const QString &name) const { return find<QSpinBox>(name)->value(); }
    void setNumber(const QString &name, const QString &value) const
    {
        auto *box = find<QSpinBox>(name);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, value);
        QTest::keyClick(box, Qt::Key_Tab);
    }
    [[nodiscard]] QString typedIn(const QString &name) const { return find<QLineEdit>(name)->text(); }
    [[nodiscard]] bool canReview() const { return find<QPushButton>(u"reviewPool"_s)->isEnabled(); }
    /// Review and yes; false: it could not be asked.
    bool confirm() const
    {
        if (!QTest::qWaitFor([this] { return canReview(); }, QDeadlineTimer(answerLimit))) {
            return false; // the lists may be there before the session is connected
        }
        click(u"reviewPool"_s);
        if (find<QPushButton>(u"guardConfirm"_s) == nullptr) {
            return false;
        }
        click(u"guardConfirm"_s);
        return true;
    }
};

/// One for each test function.
class PoolsPlatform
{
public:
    PoolsPlatform() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    TestPlatform *operator->() { return &m_platform; }
    [[nodiscard]] QString settingsFile() const { return m_folder.filePath(u"console.ini"_s); }
    [[nodiscard]] QString otherSettingsFile() const { return m_folder.filePath(u"other.ini"_s); }
    [[nodiscard]] QJsonObject pool(const QByteArray &name) const
    {
        return QJsonDocument::fromJson(m_platform.get("/v1/pools/" + name).body).object();
    }
    [[nodiscard]] bool put(const QByteArray &name, const QByteArray &body) const
    {
        return m_platform.api({"PUT", "/v1/pools/" + name, body, {{"If-Match", "*"}}}).status < 300;
    }

private:
    QTemporaryDir m_folder;
    TestPlatform m_platform;
};

} // namespace nest::testsupport
