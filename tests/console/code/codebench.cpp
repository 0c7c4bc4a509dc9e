// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/console/code/codebench.h"

#include "app/console/pages/function/code/filetreemodel.h"
#include "app/console/pages/function/code/noticebar.h"
#include "widgets/editor/texteditor.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QWindow>

namespace nest::testsupport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using console::FileTreeModel;

CodeBench::CodeBench(const QString &socket, const QString &folder, const QString &function,
                     const QStringList &libraryFolders)
    : settings(folder + u"/console.ini"_s, QSettings::IniFormat)
    , theme(*widgets::loadTokens(), widgets::ThemeController::Choice::Dark)
    , session({.connection = client::Connection{.name = u"local"_s,
                                                .environment = u"LOCAL"_s,
                                                .socketPath = socket,
                                                .url = {},
                                                .token = {}},
               .startsLocalPlatform = false,
               .watch = {.firstDelay = 100ms, .longestDelay = 500ms},
               .lateAfter = 3s,
               .offlineAfter = 5s})
    , tab(new console::CodeTab(
          session, settings,
          {.unsavedFolder = console::CodeTab::unsavedFolder(settings), .libraryFolders = libraryFolders}))
{
    auto *column = new QVBoxLayout(&window);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 16, 8);
    head->addStretch();
    head->addWidget(tab->headTools());
    column->addLayout(head);
    column->addWidget(tab, 1);
    window.resize(1440, 900);
    tab->setTarget({.function = function, .group = {}});
    window.show();
    session.start();
    window.activateWindow();
}

CodeBench::~CodeBench()
{
    delete tab; // before the session that it uses
}

QStringList CodeBench::defaultLibrary()
{
    return {QStringLiteral(NEST_BINARY_DIR "/lib/nest")};
}

QWidget *CodeBench::keys() const
{
    auto *editor = tab->currentEditor();
    if (!editor) {
        return nullptr;
    }
    QWidget *proxy = editor;
    while (proxy->focusProxy()) {
        proxy = proxy->focusProxy();
    }
    return proxy;
}

QString CodeBench::text() const
{
    const auto *editor = tab->currentEditor();
    return editor ? editor->text() : QString();
}

void CodeBench::type(const QString &text) const
{
    for (const QChar key : text) {
        key == u'\n' ? QTest::keyClick(keys(), Qt::Key_Return) : QTest::keyClicks(keys(), QString(key));
    }
}

void CodeBench::goTo(int line) const
{
    // The editor's keys are shortcuts, which only the active window has.
    window.windowHandle()->requestActivate();
    QVERIFY(QTest::qWaitForWindowActive(const_cast<QWidget *>(&window)));
    QTest::keyClick(keys(), Qt::Key_Home, Qt::ControlModifier);
    for (int i = 1; i < line; ++i) {
        QTest::keyClick(keys(), Qt::Key_Down);
    }
    QTest::keyClick(keys(), Qt::Key_End);
}

void CodeBench::click(const QString &objectName) const
{
    for (auto *button : window.findChildren<QAbstractButton *>(objectName)) {
        if (button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable(u"no visible button "_s + objectName));
}

QTreeView *CodeBench::tree() const
{
    for (auto *tree : tab->findChildren<QTreeView *>()) {
        if (qobject_cast<FileTreeModel *>(tree->model())) {
            return tree;
        }
    }
    return nullptr;
}

void CodeBench::clickFile(const QString &path) const
{
    const QModelIndex index = qobject_cast<FileTreeModel *>(tree()->model())->indexOf(path);
    QVERIFY(index.isValid());
    tree()->scrollTo(index);
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, tree()->visualRect(index).center());
}

bool CodeBench::has(const QString &path) const
{
    return qobject_cast<FileTreeModel *>(tree()->model())->indexOf(path).isValid();
}

QString CodeBench::letter(const QString &path) const
{
    return qobject_cast<FileTreeModel *>(tree()->model())
        ->indexOf(path)
        .data(FileTreeModel::LetterRole)
        .toString();
}

QStringList CodeBench::paths() const
{
    QStringList found;
    const auto walk = [&](const auto &self, const QModelIndex &parent) -> void {
        for (int row = 0; row < tree()->model()->rowCount(parent); ++row) {
            const QModelIndex index = tree()->model()->index(row, 0, parent);
            found.append(index.data(FileTreeModel::PathRole).toString());
            self(self, index);
        }
    };
    walk(walk, {});
    return found;
}

QString CodeBench::result() const
{
    return tab->findChild<QLabel *>("buildResult"_L1)->text();
}

QString CodeBench::fileNotice() const
{
    const auto *bar = tab->findChild<console::NoticeBar *>("fileNotice"_L1);
    return bar->isVisible() ? bar->notice().fact : QString();
}

QString CodeBench::pageNotice() const
{
    const auto *bar = tab->findChild<console::NoticeBar *>("codeNotice"_L1);
    return bar->isVisible() ? bar->notice().fact : QString();
}

bool CodeBench::isOn(const QString &button) const
{
    return window.findChild<QPushButton *>(button)->isEnabled();
}

void CodeBench::savePicture(const QString &name) const
{
    if (const QString folder = qEnvironmentVariable("NEST_TEST_PICTURES"); !folder.isEmpty()) {
        QDir().mkpath(folder);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        const_cast<QWidget &>(window).grab().save(folder + u'/' + name + u".png"_s);
    }
}

namespace {
QByteArray document(const QByteArray &path, const QByteArray &content)
{
    return QJsonDocument(
               QJsonObject{{u"path"_s, QString::fromUtf8(path)}, {u"content"_s, QString::fromUtf8(content)}})
        .toJson(QJsonDocument::Compact);
}
} // namespace

QString makeFunction(const TestPlatform &platform, const QMap<QByteArray, QByteArray> &files,
                     const QByteArray &name)
{
    const auto made = platform.api(
        {.method = "POST",
         .path = "/v1/functions",
         .body = "{\"name\":\"" + name + "\"}",
         .headers = {{"content-type", "application/json"}, {"idempotency-key", "make-" + name}}});
    if (made.status != 201) {
        return QString::fromUtf8(made.body);
    }
    for (auto it = files.begin(); it != files.end(); ++it) {
        if (!writeFile(platform, it.key(), it.value(), name)) {
            return QString::fromUtf8(it.key());
        }
    }
    return {};
}

QByteArray readFile(const TestPlatform &platform, const QByteArray &path, const QByteArray &function)
{
    const auto answer = platform.get("/v1/functions/" + function + "/files/" + path);
    return answer.status == 200
               ? QJsonDocument::fromJson(answer.body).object().value("content"_L1).toString().toUtf8()
               : "<" + QByteArray::number(answer.status) + ">";
}

bool writeFile(const TestPlatform &platform, const QByteArray &path, const QByteArray &content,
               const QByteArray &function)
{
    const auto now = platform.get("/v1/functions/" + function + "/files/" + path);
    const auto answer = platform.api(
        {.method = "PUT",
         .path = "/v1/functions/" + function + "/files/" + path,
         .body = document(path, content),
         .headers = {{"content-type", "application/json"},
                     now.status == 200
                         ? std::pair<QByteArray, QByteArray>{"if-match", now.headers.value("etag")}
                         : std::pair<QByteArray, QByteArray>{"if-none-match", "*"}}});
    return answer.status == 200 || answer.status == 201;
}

bool deleteFile(const TestPlatform &platform, const QByteArray &path, const QByteArray &function)
{
    const auto now = platform.get("/v1/functions/" + function + "/files/" + path);
    return platform
               .api({.method = "DELETE",
                     .path = "/v1/functions/" + function + "/files/" + path,
                     .headers = {{"if-match", now.headers.value("etag")}}})
               .status == 204;
}

} // namespace nest::testsupport
