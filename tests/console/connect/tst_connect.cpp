// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Connect and the switching between connections: real clicks and keys against real platforms, one over its
// socket and one over TCP with its token, and the real libsecret with a keyring in a file.
#include "app/console/connect/connectpage.h"
#include "app/console/consolepages.h"
#include "app/console/consolewindow.h"
#include "app/console/workspace.h"
#include "tests/console/seen.h"
#include "tests/support/testplatform.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/shell/chip.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::console::ConsoleWindow;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 15'000;

/// The console as main() builds it, with the platform of a test as the one of this computer.
struct Desk : nest::testsupport::Seen
{
    Desk(const QString &socket, const QString &settingsFile)
        : Seen(window)
        , settings(settingsFile, QSettings::IniFormat)
        , theme(*nest::widgets::loadTokens(), nest::widgets::ThemeController::Choice::Dark)
        , saved(settings)
        , window(nest::testsupport::optionsOn(socket), theme, settings, saved, tokens)
    {
        window.resize(1440, 900);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window)) {
            qWarning("The window did not become active.");
        }
        window.openLast();
    }
    [[nodiscard]] bool isAtConnect() const { return window.current() == nullptr; }
    [[nodiscard]] QString connectionName() const
    {
        return window.current() != nullptr ? window.current()->session().connection().name : QString();
    }
    [[nodiscard]] bool isLive() const
    {
        return window.current() != nullptr &&
               window.current()->session().state() == nest::models::Session::State::Live;
    }
    /// A button in the row of that connection.
    void clickInRow(const QString &connection, const QString &button) const
    {
        const auto *row = find<QWidget>(u"connection."_s + connection);
        QTest::mouseClick(row->findChild<QPushButton *>(button), Qt::LeftButton);
    }
    [[nodiscard]] QString note(const QString &connection) const
    {
        const auto *row = find<QWidget>(u"connection."_s + connection);
        return row != nullptr ? row->findChild<QLabel *>(u"note"_s)->text() : QString();
    }
    void picture(const QString &name) const
    {
        if (const QString folder = qEnvironmentVariable("NEST_PICTURES"); !folder.isEmpty()) {
            window.grab().save(folder + u'/' + name + u".png"_s);
        }
    }

    QSettings settings;
    nest::widgets::ThemeController theme;
    nest::models::SavedConnections saved;
    nest::models::TokenStore tokens;
    mutable ConsoleWindow window;
};

/// With the keys, as far down as it takes.
bool choose(QMenu *menu, const QAction *action)
{
    for (qsizetype i = 0; menu != nullptr && i <= menu->actions().size(); ++i) {
        if (menu->activeAction() == action) {
            QTest::keyClick(menu, Qt::Key_Return);
            return true;
        }
        QTest::keyClick(menu, Qt::Key_Down);
    }
    return false;
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

} // namespace

class TestConnect final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void opensTheLocalPlatformWithOneKey();
    void looksAtAddressAndTokenWhileTheyAreTyped();
    void keepsATokenInTheKeyringAndComesBackAfterARestart();
    void locksProductionUntilItIsUnlocked();
    void guardsAsThePlatformSays();
    void switchesWithKeysAndKeepsWhatIsOpen();
    void namesWhatIsWrongWithAName();
    void removesWithUndo();
    void asksForAnotherTokenWhenItIsRefused();
    void saysWhenThereIsNoKeyring();

private:
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }
    [[nodiscard]] QString keyringFile() const { return m_keyring.filePath(u"keyring"_s); }
    [[nodiscard]] std::unique_ptr<Desk> desk() const
    {
        return std::make_unique<Desk>(m_local->socket(), settingsFile());
    }
    bool startRemote(const QString &environment = {});
    [[nodiscard]] QString address() const { return u"127.0.0.1:%1"_s.arg(m_port); }
    [[nodiscard]] QString token() const { return contentOf(m_remote->dataDirectory() + u"/token"_s); }
    void addRemote(const Desk &desk, const QString &name, const QString &environment) const;

    QTemporaryDir m_keyring;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_local;
    std::unique_ptr<TestPlatform> m_remote;
    quint16 m_port = 0;
};

/// libsecret looks at these once: all cases share the keyring, and each has connections of its own.
void TestConnect::initTestCase()
{
    QVERIFY(m_keyring.isValid());
    qputenv("SECRET_BACKEND", "file");
    qputenv("SECRET_FILE_TEST_PATH", keyringFile().toUtf8());
    qputenv("SECRET_FILE_TEST_PASSWORD", "of the test");
}

void TestConnect::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_local = std::make_unique<TestPlatform>();
    QVERIFY2(m_local->start(), qPrintable(m_local->error()));
}

void TestConnect::cleanup()
{
    m_remote.reset();
    m_local.reset();
    m_folder.reset();
}

bool TestConnect::startRemote(const QString &environment)
{
    m_port = freePort();
    m_remote = std::make_unique<TestPlatform>();
    QStringList arguments{u"--api-port"_s, QString::number(m_port)};
    if (!environment.isEmpty()) {
        arguments += {u"--environment"_s, environment};
    }
    return m_remote->start(arguments);
}

void TestConnect::addRemote(const Desk &desk, const QString &name, const QString &environment) const
{
    desk.type(u"connectionName"_s, name);
    desk.type(u"address"_s, address());
    desk.type(u"token"_s, token());
    desk.click(environment);
    QTRY_VERIFY_WITH_TIMEOUT(desk.text(u"addressDetail"_s).contains(u"signed in as"_s), answerLimit);
    desk.click(u"connect"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.isLive(), answerLimit);
}

void TestConnect::opensTheLocalPlatformWithOneKey()
{
    auto first = desk();
    QVERIFY(first->isAtConnect());
    QTRY_COMPARE_WITH_TIMEOUT(first->text(u"localState"_s), u"running, 0 functions"_s, answerLimit);
    QCOMPARE(first->text(u"localFunctions"_s), u"0"_s);
    QVERIFY(!first->text(u"noConnections"_s).isEmpty());
    first->picture(u"connect-first"_s);
    QTRY_COMPARE(QApplication::focusWidget(), first->find<QWidget>(u"openLocal"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(first->isLive(), answerLimit);
    QCOMPARE(first->connectionName(), u"local"_s);
    QCOMPARE(first->window.current()->window()->currentPage()->info().id, u"functions"_s);
    first->window.close();
    first.reset();

    const auto second = desk(); // it is there at once from then on
    QVERIFY(!second->isAtConnect());
    QTRY_VERIFY_WITH_TIMEOUT(second->isLive(), answerLimit);
}

void TestConnect::looksAtAddressAndTokenWhileTheyAreTyped()
{
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    const auto console = desk();
    console->type(u"connectionName"_s, u"nest-test"_s);
    console->type(u"address"_s, u"ftp://127.0.0.1"_s);
    QCOMPARE(console->text(u"addressState"_s), u"no address"_s);
    QVERIFY(console->text(u"addressDetail"_s).contains(u"https://"_s));
    QVERIFY(!console->find<QPushButton>(u"connect"_s)->isEnabled());

    console->type(u"address"_s, u"127.0.0.1:%1"_s.arg(freePort()));
    QTRY_COMPARE_WITH_TIMEOUT(console->text(u"addressState"_s), u"not reachable"_s, answerLimit);
    QVERIFY(console->text(u"addressDetail"_s).contains(u"No platform answers"_s));

    console->type(u"address"_s, u"127.0.0.1:%1"_s.arg(m_remote->gatewayPort()));
    QTRY_COMPARE_WITH_TIMEOUT(console->text(u"addressState"_s), u"not the API"_s, answerLimit);
    QVERIFY(!console->find<QPushButton>(u"connect"_s)->isEnabled());

    console->type(u"address"_s, address());
    QTRY_VERIFY_WITH_TIMEOUT(console->text(u"addressState"_s).startsWith(u"reachable, "_s), answerLimit);
    QCOMPARE(console->text(u"addressDetail"_s), u"It asks for a token."_s);
    QVERIFY(!console->find<QPushButton>(u"connect"_s)->isEnabled());
    QCOMPARE(console->find<QPushButton>(u"connect"_s)->toolTip(), u"Type the access token."_s);

    console->type(u"token"_s, u"not-the-token"_s);
    QCOMPARE(console->find<QLineEdit>(u"token"_s)->echoMode(), QLineEdit::Password);
    QTRY_COMPARE_WITH_TIMEOUT(console->text(u"addressState"_s), u"token refused"_s, answerLimit);
    QVERIFY(!console->find<QPushButton>(u"connect"_s)->isEnabled());
    console->picture(u"connect-refused"_s);

    console->type(u"token"_s, token());
    QTRY_VERIFY_WITH_TIMEOUT(console->text(u"addressDetail"_s).contains(u"signed in as"_s), answerLimit);
    QVERIFY(console->find<QPushButton>(u"connect"_s)->isEnabled());
    console->picture(u"connect-good"_s);
}

void TestConnect::keepsATokenInTheKeyringAndComesBackAfterARestart()
{
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    auto first = desk();
    addRemote(*first, u"nest-test"_s, u"TEST"_s);
    QCOMPARE(first->connectionName(), u"nest-test"_s);
    QVERIFY2(QFile::exists(keyringFile()), "the keyring has it");
    first->window.close();
    first.reset();
    QVERIFY(!contentOf(settingsFile()).contains(token()));
    QVERIFY(!contentOf(keyringFile()).contains(token())); // encrypted

    const auto second = desk();
    QTRY_COMPARE_WITH_TIMEOUT(second->connectionName(), u"nest-test"_s, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(second->isLive(), answerLimit);
}

void TestConnect::locksProductionUntilItIsUnlocked()
{
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    const auto console = desk();
    console->click(u"PROD"_s);
    QVERIFY(console->find<QCheckBox>(u"protected"_s)->isChecked());
    QVERIFY(!console->find<QCheckBox>(u"protected"_s)->isEnabled());
    console->click(u"STAGING"_s);
    QVERIFY(!console->find<QCheckBox>(u"protected"_s)->isChecked());
    addRemote(*console, u"nest-prod"_s, u"PROD"_s);
    const auto *chip = console->find<QPushButton>(u"lock"_s);
    QVERIFY(chip != nullptr);
    QVERIFY(chip->text().contains(u"Production is read-only"_s));
    console->picture(u"connect-production"_s);
    // No page can change anything, New function says why, and nothing is sent.
    auto *pages = console->window.current()->pages();
    QTest::keyClick(&console->window, Qt::Key_N, Qt::ControlModifier);
    console->type(u"name"_s, u"hello-price"_s);
    QVERIFY(!console->find<QPushButton>(u"create"_s)->isEnabled());
    QVERIFY(console->text(u"hint"_s).contains(u"Production is read-only"_s));
    std::optional<nest::Error> refused;
    QCoro::connect(console->window.current()->session().client().createFunction({}), pages,
                   [&refused](nest::Result<nest::wire::Function> &&made) { refused = made.error(); });
    QTRY_VERIFY(refused.has_value());
    QCOMPARE(refused->type, std::string("client/locked"));
    console->click(u"lock"_s);
    QTest::keyClicks(console->find<QLineEdit>(u"unlockReason"_s), u"incident 7"_s);
    console->click(u"unlock"_s);
    QVERIFY(pages->guard().isUnlocked());
    QTRY_VERIFY2(console->find<QPushButton>(u"create"_s)->isEnabled(), qPrintable(console->text(u"hint"_s)));
    QTRY_VERIFY(console->find<QWidget>(u"unlockDialog"_s) == nullptr);
    QTest::keyClick(&console->window, Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(console->window.current()->pages()->guard().isLocked());
}

void TestConnect::guardsAsThePlatformSays()
{
    QVERIFY2(startRemote(u"PROD"_s), qPrintable(m_remote->error()));
    const auto console = desk();
    addRemote(*console, u"nest-test"_s, u"TEST"_s);
    QVERIFY(console->window.current()->pages()->guard().isLocked());
    QVERIFY(console->find<QPushButton>(u"lock"_s)->text().contains(u"Production"_s));
}

void TestConnect::switchesWithKeysAndKeepsWhatIsOpen()
{
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    const auto console = desk();
    addRemote(*console, u"nest-test"_s, u"TEST"_s);
    auto *remote = console->window.current();
    QVERIFY(remote->window()->showPage(u"scaling"_s));
    QTest::keyClick(&console->window, Qt::Key_1, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(console->connectionName(), u"local"_s, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console->isLive(), answerLimit);
    QTest::keyClick(&console->window, Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(console->connectionName(), u"nest-test"_s);
    QCOMPARE(console->window.current(), remote);
    QCOMPARE(remote->window()->currentPage()->info().id, u"scaling"_s);
    QTest::keyClick(&console->window, Qt::Key_3, Qt::ControlModifier); // there is no third
    QCOMPARE(console->connectionName(), u"nest-test"_s);

    // The menu of the chip: both, with their state, and the way to others.
    QTest::mouseClick(console->find<nest::widgets::Chip>(u"connection"_s), Qt::LeftButton);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QStringList lines;
    for (const QAction *action : menu->actions()) {
        lines.append(action->text());
    }
    QVERIFY2(lines.at(0).startsWith(u"LOCAL · local   Live"_s), qPrintable(lines.at(0)));
    QVERIFY2(lines.at(1).startsWith(u"TEST · nest-test   Live"_s), qPrintable(lines.at(1)));
    QVERIFY(menu->actions().at(1)->isChecked());
    const QList<QAction *> entries = menu->actions();
    const auto others = std::ranges::find_if(
        entries, [](const QAction *each) { return each->text().contains(u"another platform"_s); });
    QVERIFY(others != entries.end());
    QVERIFY(choose(menu, *others));
    QTRY_VERIFY(console->isAtConnect());
    QCOMPARE(console->find<QPushButton>(u"back"_s)->text(), u"Back to nest-test"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_COMPARE(console->window.current(), remote);
}

void TestConnect::namesWhatIsWrongWithAName()
{
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    const auto console = desk();
    addRemote(*console, u"nest-test"_s, u"TEST"_s);
    console->window.showConnect();
    console->type(u"address"_s, address());
    console->type(u"token"_s, token());
    for (const auto &[name, reason] : {std::pair{u""_s, u"Give the connection a name."_s},
                                       {u"Local"_s, u"called local"_s},
                                       {u"NEST-TEST"_s, u"There is a connection of this name"_s},
                                       {QString(41, u'x'), u"at most 40"_s}}) {
        console->type(u"connectionName"_s, name);
        QVERIFY(!console->find<QPushButton>(u"connect"_s)->isEnabled());
        QVERIFY2(console->text(u"formHint"_s).contains(reason), qPrintable(console->text(u"formHint"_s)));
    }
    console->type(u"connectionName"_s, u"second"_s);
    QVERIFY(console->find<QPushButton>(u"save"_s)->isEnabled());
    console->click(u"save"_s);
    QTRY_VERIFY(console->find<QWidget>(u"connection.second"_s) != nullptr);
    QVERIFY(console->isAtConnect());
    QVERIFY(console->find<QLineEdit>(u"token"_s)->text().isEmpty());
}

void TestConnect::removesWithUndo()
{
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    auto console = desk();
    addRemote(*console, u"nest-test"_s, u"TEST"_s);
    console->window.showConnect();
    console->clickInRow(u"nest-test"_s, u"more"_s);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QVERIFY(choose(menu, menu->actions().last()));
    QTRY_VERIFY(console->find<QWidget>(u"connection.nest-test"_s) == nullptr);
    QVERIFY(console->find<QPushButton>(u"back"_s) == nullptr);
    console->window.activateWindow(); // the offscreen platform does not do it when a menu ends
    QVERIFY(QTest::qWaitForWindowActive(&console->window));
    QTest::keyClick(&console->window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(console->find<QWidget>(u"connection.nest-test"_s) != nullptr);
    console->clickInRow(u"nest-test"_s, u"open"_s); // its token is still there
    QTRY_VERIFY_WITH_TIMEOUT(console->isLive(), answerLimit);

    // The console ends while Undo is still offered: the token leaves the keyring at the next start.
    const QString id = console->saved.list().first().id;
    console->window.showConnect();
    console->clickInRow(u"nest-test"_s, u"more"_s);
    menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(choose(menu, menu->actions().last()));
    QTRY_VERIFY(console->find<QWidget>(u"connection.nest-test"_s) == nullptr);
    console->window.close();
    console.reset();
    console = desk();
    QTRY_VERIFY_WITH_TIMEOUT(console->saved.forgotten().isEmpty(), answerLimit);
    std::optional<std::string> read;
    console->tokens.read(id, &console->window, [&read](const nest::Result<QString> &token) {
        read = token ? "still there" : token.error().type;
    });
    QTRY_COMPARE_WITH_TIMEOUT(read, std::optional<std::string>("client/no-token"), answerLimit);
}

void TestConnect::asksForAnotherTokenWhenItIsRefused()
{
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    auto first = desk();
    addRemote(*first, u"nest-test"_s, u"TEST"_s);
    const QString id = first->saved.list().first().id;
    first->window.close();
    first.reset();
    // The operator made a new token.
    QCOMPARE(m_remote->stop(), 0);
    QVERIFY(QFile::remove(m_remote->dataDirectory() + u"/token"_s));
    QVERIFY2(m_remote->start({u"--api-port"_s, QString::number(m_port)}), qPrintable(m_remote->error()));

    const auto console = desk();
    QTRY_VERIFY_WITH_TIMEOUT(console->find<QPushButton>(u"connections"_s) != nullptr, answerLimit);
    console->picture(u"connect-token-refused"_s);
    console->click(u"connections"_s);
    QTRY_VERIFY(console->isAtConnect());
    QVERIFY2(!console->note(u"nest-test"_s).isEmpty(), "the row says why");
    console->clickInRow(u"nest-test"_s, u"more"_s);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QVERIFY(choose(menu, menu->actions().first()));
    QTRY_COMPARE(console->find<QLineEdit>(u"connectionName"_s)->text(), u"nest-test"_s);
    console->type(u"token"_s, token());
    QTRY_VERIFY_WITH_TIMEOUT(console->text(u"addressDetail"_s).contains(u"signed in as"_s), answerLimit);
    console->click(u"connect"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console->isLive(), answerLimit);
    QCOMPARE(console->saved.list().first().id, id);
}

void TestConnect::saysWhenThereIsNoKeyring()
{
    // Its folder is gone: no keyring can be written.
    QVERIFY(QDir(m_keyring.path()).removeRecursively());
    QVERIFY2(startRemote(), qPrintable(m_remote->error()));
    const auto console = desk();
    addRemote(*console, u"nest-test"_s, u"TEST"_s);
    QVERIFY(console->showsText(u"until the console ends"_s));
    console->picture(u"connect-no-keyring"_s);
    console->window.showConnect();
    QTRY_VERIFY(console->find<QWidget>(u"connection.nest-test"_s) != nullptr);
    QVERIFY(console->text(u"formHint"_s).contains(u"No keyring runs here"_s));
    console->clickInRow(u"nest-test"_s, u"open"_s); // in memory for this run
    QTRY_VERIFY_WITH_TIMEOUT(console->isLive(), answerLimit);
    QVERIFY(QDir().mkpath(m_keyring.path()));
}

QTEST_MAIN(TestConnect)
#include "tst_connect.moc"
