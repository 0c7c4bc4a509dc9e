// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A window with the Code tab as the console shows it, for tests that type and click.
//
// Several benches on one platform are several consoles. Owner: the test.

#include "app/console/pages/function/code/codetab.h"
#include "models/session.h"
#include "tests/support/testplatform.h"
#include "widgets/theme/themecontroller.h"

#include <QSettings>
#include <QTest>
#include <QTreeView>
#include <QVBoxLayout>

namespace nest::testsupport {

inline constexpr int answerLimit = 20'000;

struct CodeBench
{
    /// `folder` holds settings and unsaved text.
    CodeBench(const QString &socket, const QString &folder, const QString &function = QStringLiteral("hello"),
              const QStringList &libraryFolders = defaultLibrary());
    ~CodeBench();
    Q_DISABLE_COPY_MOVE(CodeBench)

    [[nodiscard]] static QStringList defaultLibrary();

    /// The place that takes keys in the shown file.
    [[nodiscard]] QWidget *keys() const;
    [[nodiscard]] QString text() const;
    void type(const QString &text) const;
    /// To a line's end, by keys.
    void goTo(int line) const;
    void click(const QString &objectName) const;
    void clickFile(const QString &path) const;
    [[nodiscard]] bool has(const QString &path) const;
    [[nodiscard]] QString letter(const QString &path) const;
    [[nodiscard]] QStringList paths() const;
    [[nodiscard]] QTreeView *tree() const;
    [[nodiscard]] QString result() const;
    [[nodiscard]] QString fileNotice() const;
    [[nodiscard]] QString pageNotice() const;
    [[nodiscard]] bool isOn(const QString &button) const;
    void savePicture(const QString &name) const;

    QSettings settings;
    widgets::ThemeController theme;
    models::Session session;
    QWidget window;
    console::CodeTab *tab;
};

/// A function with files, by the API.
QString makeFunction(const TestPlatform &platform, const QMap<QByteArray, QByteArray> &files,
                     const QByteArray &name = "hello");
QByteArray readFile(const TestPlatform &platform, const QByteArray &path,
                    const QByteArray &function = "hello");
/// As somebody else does it.
bool writeFile(const TestPlatform &platform, const QByteArray &path, const QByteArray &content,
               const QByteArray &function = "hello");
bool deleteFile(const TestPlatform &platform, const QByteArray &path, const QByteArray &function = "hello");

} // namespace nest::testsupport
