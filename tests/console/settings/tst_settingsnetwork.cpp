// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The network of a group in the tab Settings, in the real window against a real nestd: addresses are added,
// checked while they are typed, changed, removed, refused by the operator, and changed by somebody else.
#include "tests/console/firstpath/console.h"

#include "tests/platform/nestd/tcppeer.h"
#include "tests/support/testplatform.h"
#include "widgets/table/tableview.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::tests::TcpPeer;
using nest::testsupport::Console;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 20'000;
const QByteArray place = "/v1/functions/talker/deployments/default/main/local";

/// Connects to what it was granted as "peer".
constexpr auto code = R"(import net from 'node:net';
export const handler = () => new Promise((done) => {
    const { PEER_HOST: host, PEER_PORT: port } = process.env;
    if (!host) { done('no peer'); return; }
    net.connect({ host, port }, () => done('reached')).on('error', (error) => done(error.code));
});
)";

QJsonObject grant(const QString &name, const QString &host, int port)
{
    return {{u"name"_s, name}, {u"host"_s, host}, {u"port"_s, port}};
}

} // namespace

class TestSettingsNetwork final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void addsAnAddressThatTheFunctionReaches();
    void checksWhileItIsTyped();
    void changesAndRemoves();
    void saysARefusalAtItsField();
    void opensTheNetwork();
    void tellsWhatTheFileAsksFor();
    void putsMineOnTopOfTheirs();
    void hasRoomForTwentyAndLongOnes();
    void staysReadableWhileLockedAndAway();
    void showsTheNetworkOfAnInstance();

private:
    void open(Console &console);
    static void reveal(const Console &console, const QString &name);
    static void addRow(const Console &console, const QString &name, const QString &host, const QString &port);
    /// The fields of that name from top to bottom.
    [[nodiscard]] static QList<QLineEdit *> fields(const Console &console, const QString &name);
    static void typeInto(QLineEdit *field, const QString &text);
    void apply(Console &console, const QString &reason);
    [[nodiscard]] QJsonObject deployment() const
    {
        return QJsonDocument::fromJson(m_platform->get(place).body).object();
    }
    [[nodiscard]] QJsonArray grants() const { return deployment()[u"network"][u"grants"].toArray(); }
    void putNetwork(const QJsonArray &grants) const;
    [[nodiscard]] QByteArray told() const { return m_platform->gateway({.path = "/fn/talker/"}).body; }
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestSettingsNetwork::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start({u"--grants"_s, u"127.0.0.1:*,*.example.com:*,10.0.0.*:*"_s}),
             qPrintable(m_platform->error()));
    QCOMPARE(m_platform->deploy(
                 "talker",
                 {{"function.yaml", "name: talker\nruntime: node20\nhandler: src/handler.js#handler\n"},
                  {"src/handler.js", code}},
                 R"({"environment":{"COLOUR_HOST":"red"}})"),
             QString());
}

void TestSettingsNetwork::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestSettingsNetwork::open(Console &console)
{
    QTRY_VERIFY_WITH_TIMEOUT(console.session.deployments().find("talker/default/main/local"), answerLimit);
    console.pages.openFunction({u"talker"_s, {}}, u"settings"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"addGrant"_s), answerLimit);
}

void TestSettingsNetwork::reveal(const Console &console, const QString &name)
{
    QCoreApplication::sendPostedEvents(); // rows that were just added have their places then
    console.find<QScrollArea>({})->ensureWidgetVisible(console.find<QWidget>(name), 50, 150);
}

QList<QLineEdit *> TestSettingsNetwork::fields(const Console &console, const QString &name)
{
    QList<QLineEdit *> found;
    for (auto *field : console.window.findChildren<QLineEdit *>(name)) {
        if (field->isVisible()) {
            found.append(field);
        }
    }
    std::ranges::sort(found, {},
                      [&](QLineEdit *field) { return field->mapTo(&console.window, QPoint()).y(); });
    return found;
}

void TestSettingsNetwork::typeInto(QLineEdit *field, const QString &text)
{
    QTest::mouseClick(field, Qt::LeftButton);
    field->selectAll();
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
}

void TestSettingsNetwork::addRow(const Console &console, const QString &name, const QString &host,
                                 const QString &port)
{
    reveal(console, u"addGrant"_s);
    console.click(u"addGrant"_s);
    reveal(console, u"addGrant"_s);
    QCoreApplication::sendPostedEvents();
    const auto names = fields(console, u"grantName"_s);
    QVERIFY(names.last()->hasFocus()); // type on at once
    QTest::keyClicks(names.last(), name);
    QTest::keyClick(names.last(), Qt::Key_Tab);
    QTest::keyClicks(fields(console, u"grantHost"_s).last(), host);
    QTest::keyClick(fields(console, u"grantHost"_s).last(), Qt::Key_Tab);
    QVERIFY(fields(console, u"grantPort"_s).last()->hasFocus());
    QTest::keyClicks(fields(console, u"grantPort"_s).last(), port);
}

void TestSettingsNetwork::apply(Console &console, const QString &reason)
{
    reveal(console, u"changeReason"_s);
    console.type(u"changeReason"_s, reason);
    QVERIFY2(console.find<QPushButton>(u"apply"_s)->isEnabled(),
             qPrintable(console.find<QPushButton>(u"apply"_s)->toolTip()));
    reveal(console, u"apply"_s);
    console.click(u"apply"_s);
}

void TestSettingsNetwork::putNetwork(const QJsonArray &grants) const
{
    QJsonObject now = deployment();
    now.remove(u"status"_s);
    now[u"network"_s] = QJsonObject{{u"grants"_s, grants}};
    const auto answer = m_platform->api(
        {"PUT", place, QJsonDocument(now).toJson(QJsonDocument::Compact), {{"If-Match", "*"}}});
    QVERIFY2(answer.status == 200, answer.body.constData());
}

void TestSettingsNetwork::addsAnAddressThatTheFunctionReaches()
{
    const TcpPeer peer([](int) {});
    const QString port = QString::number(peer.port());
    QCOMPARE(told(), QByteArray("no peer"));
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QCOMPARE(console.text(u"noGrant"_s), u"No address is granted."_s);
    QCOMPARE(console.text(u"egressMeaning"_s), u"It reaches the gateway and nothing else."_s);
    reveal(console, u"egress"_s);
    console.picture(u"network-none"_s);
    addRow(console, u"peer"_s, u"127.0.0.1"_s, port);
    QCOMPARE(console.text(u"grantNote"_s), u"new · found by PEER_HOST and PEER_PORT"_s);
    QCOMPARE(console.text(u"summary"_s), u"The function may reach peer, 127.0.0.1:%1."_s.arg(port));
    QCOMPARE(console.text(u"egressMeaning"_s),
             u"It reaches the gateway and these addresses over TCP, and nothing else."_s);
    QCOMPARE(grants().size(), 0); // not before it is applied
    console.picture(u"network-typed"_s);
    apply(console, u"the new database"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(grants(), QJsonArray{grant(u"peer"_s, u"127.0.0.1"_s, peer.port())});
    QCOMPARE(console.text(u"grantNote"_s), u"found by PEER_HOST and PEER_PORT"_s);
    QTRY_COMPARE_WITH_TIMEOUT(told(), QByteArray("reached"), answerLimit);
    reveal(console, u"undo"_s);
    console.click(u"undo"_s);
    QTRY_COMPARE_WITH_TIMEOUT(told(), QByteArray("no peer"), answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"noGrant"_s), u"No address is granted."_s, answerLimit);
}

void TestSettingsNetwork::checksWhileItIsTyped()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    addRow(console, u"Orders"_s, u"10.0.0.7:5432"_s, u"99999"_s);
    auto *apply = console.find<QPushButton>(u"apply"_s);
    QCOMPARE(console.text(u"grantNote"_s),
             u"A name has lower-case letters, figures and -, and begins with a letter."_s);
    QCOMPARE(apply->toolTip(), u"Mend the marked rows of the network first."_s);
    typeInto(fields(console, u"grantName"_s).last(), u"colour"_s);
    QCOMPARE(console.text(u"grantNote"_s), u"The port has a field of its own."_s);
    console.picture(u"network-wrong"_s);
    typeInto(fields(console, u"grantHost"_s).last(), u"10.0.0.7"_s);
    QCOMPARE(console.text(u"grantNote"_s), u"A port is a number from 1 to 65535."_s);
    typeInto(fields(console, u"grantPort"_s).last(), u"5432"_s);
    QCOMPARE(console.text(u"grantNote"_s),
             u"It gives the function COLOUR_HOST, which the environment above sets too."_s);
    reveal(console, u"variableAct"_s);
    console.click(u"variableAct"_s); // taken out there
    QCOMPARE(console.text(u"grantNote"_s), u"new · found by COLOUR_HOST and COLOUR_PORT"_s);
    addRow(console, u"colour"_s, u"10.0.0.8"_s, u"5432"_s);
    QVERIFY(console.showsText(u"This name is here twice; keep one."_s));
    QVERIFY(!apply->isEnabled());
    reveal(console, u"resetAll"_s);
    console.click(u"resetAll"_s);
    QCOMPARE(console.text(u"noGrant"_s), u"No address is granted."_s);
    QCOMPARE(console.text(u"summary"_s), u"Nothing is changed."_s);
}

void TestSettingsNetwork::changesAndRemoves()
{
    putNetwork({grant(u"orders-db"_s, u"10.0.0.7"_s, 5432), grant(u"cache"_s, u"cache.example.com"_s, 6379)});
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(fields(console, u"grantName"_s).size(), 2, answerLimit);
    auto *name = fields(console, u"grantName"_s).first();
    QCOMPARE(name->text(), u"orders-db"_s);
    QVERIFY(name->isReadOnly()); // another name is another address
    reveal(console, u"addGrant"_s);
    typeInto(fields(console, u"grantPort"_s).first(), u"5433"_s);
    QCOMPARE(console.text(u"grantNote"_s),
             u"was 10.0.0.7:5432 · found by ORDERS_DB_HOST and ORDERS_DB_PORT"_s);
    QCOMPARE(console.text(u"summary"_s), u"orders-db leads to 10.0.0.7:5433, not to 10.0.0.7:5432."_s);
    QList<QPushButton *> acts = console.window.findChildren<QPushButton *>(u"grantAct"_s);
    QCOMPARE(acts.size(), 2);
    QTest::mouseClick(acts.last(), Qt::LeftButton); // cache goes
    QVERIFY(console.showsText(u"will be removed"_s));
    console.picture(u"network-changed"_s);
    QTest::mouseClick(acts.first(), Qt::LeftButton); // what was typed is taken back
    QCOMPARE(fields(console, u"grantPort"_s).first()->text(), u"5432"_s);
    QCOMPARE(console.text(u"summary"_s),
             u"The function may not reach cache any more; it was cache.example.com:6379."_s);
    apply(console, u"no cache any more"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(grants(), QJsonArray{grant(u"orders-db"_s, u"10.0.0.7"_s, 5432)});
    QCOMPARE(fields(console, u"grantName"_s).size(), 1);
}

void TestSettingsNetwork::saysARefusalAtItsField()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    addRow(console, u"fine"_s, u"10.0.0.7"_s, u"5432"_s);
    addRow(console, u"other"_s, u"192.0.2.1"_s, u"5432"_s);
    apply(console, u"two databases"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"problem"_s),
                              u"It was not applied: the platform refuses the network that is marked above."_s,
                              answerLimit);
    const auto notes = console.window.findChildren<QLabel *>(u"grantNote"_s);
    QCOMPARE(notes.first()->text(), u"new · found by FINE_HOST and FINE_PORT"_s);
    QVERIFY2(notes.last()->text().startsWith(
                 u"It is refused by this platform's operator: allowed is 127.0.0.1:*"_s),
             qPrintable(notes.last()->text()));
    reveal(console, u"addGrant"_s);
    console.picture(u"network-refused"_s);
    QCOMPARE(grants().size(), 0);
    typeInto(fields(console, u"grantHost"_s).last(), u"10.0.0.8"_s); // with the next key it is gone
    QCOMPARE(notes.last()->text(), u"new · found by OTHER_HOST and OTHER_PORT"_s);
    QCOMPARE(fields(console, u"grantHost"_s).first()->text(), u"10.0.0.7"_s); // nothing is lost
    reveal(console, u"apply"_s);
    console.click(u"apply"_s); // the reason is still there
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(grants().size(), 2);
}

void TestSettingsNetwork::opensTheNetwork()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    reveal(console, u"egress"_s);
    const auto choose = [&](const QString &text) {
        for (auto *button : console.find<QWidget>(u"egress"_s)->findChildren<QAbstractButton *>()) {
            if (button->text() == text) {
                QTest::mouseClick(button, Qt::LeftButton);
            }
        }
    };
    choose(u"Open, but not to this machine"_s);
    QVERIFY(console.text(u"egressMeaning"_s).startsWith(u"It reaches everything by TCP and UDP"_s));
    QCOMPARE(console.text(u"summary"_s), u"The network is opened: the function may reach everything but the "
                                         "machine that it runs on."_s);
    console.picture(u"network-open"_s);
    apply(console, u"calls partners"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"networkRefused"_s)
                                 .startsWith(u"An open network is refused by this platform's operator"_s),
                             answerLimit);
    reveal(console, u"egress"_s);
    console.picture(u"network-open-refused"_s);
    choose(u"Only what is granted"_s);
    QCOMPARE(console.text(u"networkRefused"_s), QString());
    QCOMPARE(console.text(u"summary"_s), u"Nothing is changed."_s);
    QVERIFY(!deployment().contains(u"network"_s));

    // And where the operator allows it.
    QCOMPARE(m_platform->stop(), 0);
    QVERIFY2(m_platform->start({u"--egress"_s, u"open"_s}), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"addGrant"_s)->isEnabled(), answerLimit);
    choose(u"Open, but not to this machine"_s);
    apply(console, u"calls partners"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(deployment()[u"network"][u"egress"].toString(), u"open"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"egressMeaning"_s).startsWith(u"It reaches everything"_s),
                             answerLimit);
}

/// A later version's wish changes no deployment by itself.
void TestSettingsNetwork::tellsWhatTheFileAsksFor()
{
    auto now = deployment();
    now.remove(u"status"_s);
    QCOMPARE(m_platform->deploy("talker",
                                {{"function.yaml",
                                  "name: talker\nruntime: node20\nhandler: src/handler.js#handler\nnetwork:\n"
                                  "  grants: [{name: asked, host: 10.0.0.7, port: 5432}]\n"},
                                 {"src/handler.js", code}},
                                QJsonDocument(now).toJson(QJsonDocument::Compact)),
             QString());
    QCOMPARE(grants().size(), 0);
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(
        console.text(u"askedNetwork"_s),
        u"function.yaml of v2 asks for another network: asked (10.0.0.7:5432) and nothing else."_s,
        answerLimit);
    reveal(console, u"takeAsked"_s);
    console.picture(u"network-asked"_s);
    console.click(u"takeAsked"_s);
    QVERIFY(!console.find<QPushButton>(u"takeAsked"_s));
    QCOMPARE(console.text(u"summary"_s), u"The function may reach asked, 10.0.0.7:5432."_s);
    apply(console, u"as the code says"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(grants(), QJsonArray{grant(u"asked"_s, u"10.0.0.7"_s, 5432)});
}

void TestSettingsNetwork::putsMineOnTopOfTheirs()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    addRow(console, u"mine"_s, u"10.0.0.7"_s, u"5432"_s);
    putNetwork({grant(u"theirs"_s, u"10.0.0.8"_s, 6379)});
    QTRY_VERIFY_WITH_TIMEOUT(
        console.text(u"conflict"_s).contains(u"The function may reach theirs, 10.0.0.8:6379."_s),
        answerLimit);
    QVERIFY(!console.find<QPushButton>(u"apply"_s)->isEnabled());
    reveal(console, u"mineOnTop"_s);
    console.picture(u"network-conflict"_s);
    console.click(u"mineOnTop"_s);
    QTRY_COMPARE(fields(console, u"grantName"_s).size(), 2);
    apply(console, u"the database too"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    const QJsonArray both{grant(u"theirs"_s, u"10.0.0.8"_s, 6379), grant(u"mine"_s, u"10.0.0.7"_s, 5432)};
    QCOMPARE(grants(), both);
}

void TestSettingsNetwork::hasRoomForTwentyAndLongOnes()
{
    QJsonArray many{
        grant(QString(63, u'a'), QString(60, u'b') + u'.' + QString(60, u'c') + u".example.com"_s, 65'535)};
    for (int i = 1; i < 19; ++i) {
        many.append(grant(u"service-%1"_s.arg(i), u"10.0.0.%1"_s.arg(i), 5432));
    }
    putNetwork(many);
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(fields(console, u"grantName"_s).size(), 19, answerLimit);
    addRow(console, u"twentieth"_s, u"10.0.0.20"_s, u"5432"_s);
    auto *add = console.find<QPushButton>(u"addGrant"_s);
    QVERIFY(!add->isEnabled());
    QCOMPARE(add->toolTip(), u"At most 20 addresses can be granted."_s);
    console.picture(u"network-twenty"_s);
    auto *scroll = console.find<QScrollArea>({});
    QVERIFY2(scroll->widget()->width() <= scroll->viewport()->width(), "something is too wide");
    scroll->ensureWidgetVisible(fields(console, u"grantName"_s).first(), 50, 150);
    console.picture(u"network-long"_s);
    apply(console, u"all of them"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(grants().size(), 20);
}

void TestSettingsNetwork::staysReadableWhileLockedAndAway()
{
    using nest::models::Guard;
    putNetwork({grant(u"orders-db"_s, u"10.0.0.7"_s, 5432)});
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(fields(console, u"grantName"_s).size(), 1, answerLimit);
    Guard &guard = console.pages.guard();
    guard.setLevel(Guard::Level::TypeName);
    auto *add = console.find<QPushButton>(u"addGrant"_s);
    QVERIFY(!add->isEnabled()); // locked
    QVERIFY(!add->toolTip().isEmpty());
    QVERIFY(fields(console, u"grantPort"_s).first()->isReadOnly());
    QVERIFY(!console.find<QPushButton>(u"grantAct"_s)->isEnabled());
    QVERIFY(!console.find<QWidget>(u"egress"_s)->isEnabled());
    reveal(console, u"egress"_s);
    console.picture(u"network-locked"_s);
    QVERIFY(guard.unlock(u"incident 12"_s));
    typeInto(fields(console, u"grantPort"_s).first(), u"5433"_s);
    apply(console, u"moved"_s);
    QTRY_VERIFY(console.find<QWidget>(u"guardDialog"_s));
    QCOMPARE(console.text(u"guardEffects"_s), u"orders-db leads to 10.0.0.7:5433, not to 10.0.0.7:5432."_s);
    QTest::keyClicks(console.find<QLineEdit>(u"guardName"_s), u"talker"_s);
    console.click(u"guardConfirm"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QCOMPARE(grants(), QJsonArray{grant(u"orders-db"_s, u"10.0.0.7"_s, 5433)});
    guard.setLevel(Guard::Level::Open);

    typeInto(fields(console, u"grantPort"_s).first(), u"5434"_s);
    m_platform->kill();
    QTRY_VERIFY_WITH_TIMEOUT(!add->isEnabled(), answerLimit);
    QVERIFY(add->toolTip().startsWith(u"Offline"_s));
    QCOMPARE(fields(console, u"grantPort"_s).first()->text(), u"5434"_s); // what was typed stays
    reveal(console, u"egress"_s);
    console.picture(u"network-offline"_s);
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(add->isEnabled(), answerLimit);
    QCOMPARE(fields(console, u"grantPort"_s).first()->text(), u"5434"_s);
}

void TestSettingsNetwork::showsTheNetworkOfAnInstance()
{
    const TcpPeer peer([](int) {});
    putNetwork(
        {grant(u"peer"_s, u"127.0.0.1"_s, peer.port()), grant(u"cache"_s, u"cache.example.com"_s, 6379)});
    QTRY_COMPARE_WITH_TIMEOUT(told(), QByteArray("reached"), answerLimit);
    Console console(m_platform->socket(), settingsFile());
    QTRY_VERIFY_WITH_TIMEOUT(console.session.deployments().find("talker/default/main/local"), answerLimit);
    console.pages.openFunction({u"talker"_s, {}}, u"instances"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<nest::widgets::TableView>(u"instances"_s), answerLimit);
    auto *table = console.find<nest::widgets::TableView>(u"instances"_s);
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, answerLimit);
    QVERIFY(!console.find<QLabel>(u"instanceNetwork"_s));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
    QTRY_VERIFY(console.text(u"instanceNetwork"_s)
                    .endsWith(u": peer (127.0.0.1:%1), cache (cache.example.com:6379) and nothing else"_s.arg(
                        peer.port())));
    console.picture(u"network-instance"_s);
}

QTEST_MAIN(TestSettingsNetwork)
#include "tst_settingsnetwork.moc"
