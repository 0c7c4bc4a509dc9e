// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets in the tab Settings, in the real window against a real nestd: set, handed over, replaced, removed,
// and what is shown while nothing can be done.
#include "tests/console/firstpath/console.h"

#include "app/console/pages/function/functionpage.h"
#include "tests/support/testplatform.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using nest::testsupport::Console;
using nest::testsupport::HttpAnswer;
using nest::testsupport::TestPlatform;

namespace {

constexpr int answerLimit = 20'000;

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

} // namespace

class TestSettingsSecrets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void setsOneAndHandsItOver();
    void keepsTheLinesOfAPastedKey();
    void removesAfterASecondClick();
    void saysWhatIsRefused();
    void writesNothingOverThatIsNewer();
    void showsWhoUsesIt();
    void takesNoNameThatIsTaken();
    void showsTheSecretsOfThisFunctionAlone();
    void staysReadableWhileLockedAndAway();

private:
    void open(Console &console);
    static void reveal(const Console &console, const QString &name);
    [[nodiscard]] int handOver(const QByteArray &group, const QJsonObject &secrets) const;
    void set(const QByteArray &name, const QByteArray &value) const;
    [[nodiscard]] QJsonObject handed() const { return json(m_platform->gateway({.path = "/fn/reader/"})); }
    [[nodiscard]] QString settingsFile() const { return m_folder->filePath(u"console.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestPlatform> m_platform;
};

void TestSettingsSecrets::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_platform = std::make_unique<TestPlatform>();
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QCOMPARE(
        m_platform->deploy(
            "reader",
            {{"function.yaml", "name: reader\nruntime: node20\nhandler: src/handler.js#handler\n"},
             {"src/handler.js", "export const handler = (event, context) => ({ ...context.secrets });\n"}},
            "{}"),
        QString());
}

void TestSettingsSecrets::cleanup()
{
    m_platform.reset();
    m_folder.reset();
}

void TestSettingsSecrets::open(Console &console)
{
    QTRY_VERIFY_WITH_TIMEOUT(console.session.deployments().find("reader/default/main/local"), answerLimit);
    console.pages.openFunction({u"reader"_s, {}}, u"settings"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QLineEdit>(u"secretName"_s), answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(!console.text(u"secretsNote"_s).startsWith(u"Asking"_s), answerLimit);
}

void TestSettingsSecrets::reveal(const Console &console, const QString &name)
{
    QCoreApplication::sendPostedEvents(); // rows that were just added have their places then
    console.find<QScrollArea>({})->ensureWidgetVisible(console.find<QWidget>(name));
}

void TestSettingsSecrets::set(const QByteArray &name, const QByteArray &value) const
{
    const auto answer = m_platform->api({"PUT",
                                         "/v1/functions/reader/secrets/" + name,
                                         R"({"value":")" + value + R"("})",
                                         {{"If-Match", "*"}}});
    QVERIFY2(answer.status == 200 || answer.status == 201, answer.body.constData());
}

int TestSettingsSecrets::handOver(const QByteArray &group, const QJsonObject &secrets) const
{
    const QByteArray path = "/v1/functions/reader/deployments/" + group;
    QJsonObject document = json(m_platform->get("/v1/functions/reader/deployments/default/main/local"));
    for (const auto &name : {u"etag"_s, u"status"_s, u"set"_s, u"lane"_s, u"region"_s}) {
        document.remove(name);
    }
    document[u"secrets"_s] = secrets;
    const bool isThere = m_platform->get(path).status == 200;
    const auto answer = m_platform->api(
        {"PUT", path, QJsonDocument(document).toJson(), {{isThere ? "If-Match" : "If-None-Match", "*"}}});
    if (answer.status >= 300) {
        qWarning("%s", answer.body.constData());
    }
    return answer.status;
}

void TestSettingsSecrets::setsOneAndHandsItOver()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QCOMPARE(console.text(u"secretsNote"_s),
             u"No secrets yet. The function reads one as context.secrets.NAME."_s);
    QVERIFY(console.showsText(u"The function has no secrets. They are set below, then chosen here."_s));
    reveal(console, u"setSecret"_s);
    console.picture(u"secrets-none"_s);
    auto *setting = console.find<QPushButton>(u"setSecret"_s);
    QVERIFY(!setting->isEnabled());
    console.type(u"secretName"_s, u"token"_s);
    QCOMPARE(setting->toolTip(), u"A name has capital letters, figures and _, and begins with a letter."_s);
    console.type(u"secretName"_s, u"TOKEN"_s);
    QCOMPARE(setting->toolTip(), u"Give it a value."_s);
    console.type(u"secretValue"_s, u"Zq7-first"_s);
    auto *value = console.find<QLineEdit>(u"secretValue"_s);
    QVERIFY(!value->displayText().contains(u"Zq7"_s));
    console.picture(u"secrets-typed"_s);
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretDone"_s), u"TOKEN is set."_s, answerLimit);
    QCOMPARE(value->text(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secret"_s), u"TOKEN"_s, answerLimit);
    QVERIFY2(console.text(u"secretFacts"_s).contains(u"used by no group"_s),
             qPrintable(console.text(u"secretFacts"_s)));

    // In the group: drafted, summed up, applied with a reason.
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QCheckBox>(u"hand.TOKEN"_s), answerLimit);
    reveal(console, u"hand.TOKEN"_s);
    QTest::mouseClick(console.find<QCheckBox>(u"hand.TOKEN"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(console.text(u"summary"_s), u"The secret TOKEN is handed over."_s);
    QCOMPARE(handed(), QJsonObject()); // not before it is applied
    reveal(console, u"changeReason"_s);
    console.type(u"changeReason"_s, u"the new service"_s);
    console.picture(u"secrets-review"_s);
    console.click(u"apply"_s);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"applied"_s).startsWith(u"Applied"_s), answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(handed()[u"TOKEN"].toString(), u"Zq7-first"_s, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"secretFacts"_s).contains(u"used by default/main/local"_s),
                             answerLimit);

    // Another value.
    reveal(console, u"replaceSecret"_s);
    QVERIFY(!console.find<QPushButton>(u"removeSecret"_s)->isEnabled());
    QCOMPARE(console.find<QPushButton>(u"removeSecret"_s)->toolTip(),
             u"default/main/local hands it over. Take it out there first."_s);
    console.click(u"replaceSecret"_s);
    QCOMPARE(console.find<QLineEdit>(u"secretName"_s)->text(), u"TOKEN"_s);
    QTRY_COMPARE(console.window.focusWidget(), value);
    QTest::keyClicks(value, u"Zq7-second"_s);
    QCOMPARE(setting->text(), u"Replace"_s);
    reveal(console, u"setSecret"_s);
    console.picture(u"secrets-used"_s);
    console.click(u"setSecret"_s);
    QTRY_COMPARE_WITH_TIMEOUT(handed()[u"TOKEN"].toString(), u"Zq7-second"_s, answerLimit);
    console.click(u"undo"_s); // of what was applied before
    QTRY_COMPARE_WITH_TIMEOUT(handed(), QJsonObject(), answerLimit);
}

void TestSettingsSecrets::keepsTheLinesOfAPastedKey()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    reveal(console, u"setSecret"_s);
    console.type(u"secretName"_s, u"KEY"_s);
    const auto key = u"-----BEGIN KEY-----\nZq7abcdef\n-----END KEY-----\n"_s;
    QGuiApplication::clipboard()->setText(key);
    auto *value = console.find<QLineEdit>(u"secretValue"_s);
    QTest::mouseClick(value, Qt::LeftButton);
    QTest::keySequence(value, QKeySequence(QKeySequence::Paste));
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretDone"_s), u"KEY is set."_s, answerLimit);
    auto deployment = json(m_platform->get("/v1/functions/reader/deployments/default/main/local"));
    deployment[u"secrets"] = QJsonObject{{u"KEY"_s, u"KEY"_s}};
    QCOMPARE(m_platform
                 ->api({"PUT",
                        "/v1/functions/reader/deployments/default/main/local",
                        QJsonDocument(deployment).toJson(QJsonDocument::Compact),
                        {{"If-Match", "*"}}})
                 .status,
             200);
    QTRY_COMPARE_WITH_TIMEOUT(handed()[u"KEY"].toString(), key, answerLimit);
}

void TestSettingsSecrets::removesAfterASecondClick()
{
    set("TOKEN", "Zq7");
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secret"_s), u"TOKEN"_s, answerLimit);
    reveal(console, u"removeSecret"_s);
    console.click(u"removeSecret"_s);
    QVERIFY(!console.find<QPushButton>(u"removeSecret"_s));
    console.picture(u"secrets-remove"_s);
    console.click(u"keepSecret"_s);
    QVERIFY(!console.find<QPushButton>(u"reallyRemoveSecret"_s));
    console.click(u"removeSecret"_s);
    console.click(u"reallyRemoveSecret"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretDone"_s), u"TOKEN is removed."_s, answerLimit);
    QCOMPARE(m_platform->get("/v1/functions/reader/secrets/TOKEN").status, 404);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"secretsNote"_s).startsWith(u"No secrets yet."_s), answerLimit);
}

void TestSettingsSecrets::saysWhatIsRefused()
{
    set("TOKEN", "Zq7");
    Console console(m_platform->socket(), settingsFile());
    open(console);
    reveal(console, u"setSecret"_s);
    console.type(u"secretName"_s, u"LONG"_s);
    auto *value = console.find<QLineEdit>(u"secretValue"_s);
    QGuiApplication::clipboard()->setText(QString(33 * 1024, u'v'));
    QTest::mouseClick(value, Qt::LeftButton);
    QTest::keySequence(value, QKeySequence(QKeySequence::Paste));
    console.click(u"setSecret"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretProblem"_s),
                              u"It was not done: value has more than 32 KiB."_s, answerLimit);
    QCOMPARE(value->text().size(), 33 * 1024); // nothing is lost
    console.picture(u"secrets-refused"_s);
}

/// Two people at the same secret.
void TestSettingsSecrets::writesNothingOverThatIsNewer()
{
    Console console(m_platform->socket(), settingsFile());
    open(console);
    reveal(console, u"setSecret"_s);
    console.type(u"secretName"_s, u"TOKEN"_s);
    console.type(u"secretValue"_s, u"Zq7-mine"_s);
    set("TOKEN", "Zq7-theirs");
    QCOMPARE(handOver("default/main/local", {{u"TOKEN"_s, u"TOKEN"_s}}), 200);
    QTRY_COMPARE_WITH_TIMEOUT(handed()[u"TOKEN"].toString(), u"Zq7-theirs"_s, answerLimit);
    // Told by the deployment; but who replaces what is shown means that.
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secret"_s), u"TOKEN"_s, answerLimit);
    set("TOKEN", "Zq7-newer");
    auto *setting = console.find<QPushButton>(u"setSecret"_s);
    QCOMPARE(setting->text(), u"Replace"_s);
    console.click(u"setSecret"_s);
    const auto said = u"Somebody else set %1 meanwhile. Look at it and do it again."_s;
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretProblem"_s), said.arg(u"TOKEN"_s), answerLimit);
    QCOMPARE(console.find<QLineEdit>(u"secretValue"_s)->text(), u"Zq7-mine"_s);
    QTRY_COMPARE_WITH_TIMEOUT(handed()[u"TOKEN"].toString(), u"Zq7-newer"_s, answerLimit);
    QTRY_VERIFY_WITH_TIMEOUT(setting->isEnabled(), answerLimit);
    console.click(u"setSecret"_s); // looked at it
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretDone"_s), u"TOKEN is set."_s, answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(handed()[u"TOKEN"].toString(), u"Zq7-mine"_s, answerLimit);

    // A new one that somebody made a moment before.
    console.type(u"secretName"_s, u"OTHER"_s);
    console.type(u"secretValue"_s, u"Zq7-mine"_s);
    set("OTHER", "Zq7-theirs");
    console.click(u"setSecret"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretProblem"_s), said.arg(u"OTHER"_s), answerLimit);
    QTRY_COMPARE_WITH_TIMEOUT(setting->text(), u"Replace"_s, answerLimit);

    // And one that is removed.
    set("OTHER", "Zq7-again");
    QTRY_COMPARE_WITH_TIMEOUT(console.find<QLabel>(u"secret"_s)->text(), u"OTHER"_s, answerLimit);
    reveal(console, u"reallyRemoveSecret"_s);
    console.click(u"removeSecret"_s); // the first row
    console.click(u"reallyRemoveSecret"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretProblem"_s), said.arg(u"OTHER"_s), answerLimit);
    QCOMPARE(m_platform->get("/v1/functions/reader/secrets/OTHER").status, 200);
}

/// Groups come and go.
void TestSettingsSecrets::showsWhoUsesIt()
{
    set("TOKEN", "Zq7");
    const auto group =
        m_platform->api({"PUT", "/v1/groups/default/other/local", "{}", {{"If-None-Match", "*"}}});
    QVERIFY2(group.status == 201, group.body.constData());
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"secretFacts"_s).contains(u"used by no group"_s), answerLimit);
    QCOMPARE(handOver("default/other/local", {{u"TOKEN"_s, u"TOKEN"_s}}), 201);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"secretFacts"_s).contains(u"used by default/other/local"_s),
                             answerLimit);
    QVERIFY(
        m_platform
            ->api({"DELETE", "/v1/functions/reader/deployments/default/other/local", {}, {{"If-Match", "*"}}})
            .status < 300);
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"secretFacts"_s).contains(u"used by no group"_s), answerLimit);
}

void TestSettingsSecrets::takesNoNameThatIsTaken()
{
    set("LIVE", "Zq7-live");
    set("KEY", "Zq7-key");
    QCOMPARE(handOver("default/main/local", {{u"KEY"_s, u"LIVE"_s}}), 200);
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QCheckBox>(u"hand.KEY"_s), answerLimit);
    auto *live = console.find<QCheckBox>(u"hand.LIVE"_s);
    auto *key = console.find<QCheckBox>(u"hand.KEY"_s);
    QCOMPARE(live->text(), u"LIVE, read as KEY"_s);
    QVERIFY(!key->isEnabled());
    QCOMPARE(key->toolTip(), u"The function reads LIVE as KEY. Take that out first."_s);
    reveal(console, u"hand.KEY"_s);
    QTest::mouseClick(live, Qt::LeftButton, {}, {8, 8});
    QCOMPARE(console.text(u"summary"_s), u"The secret LIVE (read as KEY) is not handed over any more."_s);
    QVERIFY(key->isEnabled());
    QTest::mouseClick(key, Qt::LeftButton, {}, {8, 8});
    QCOMPARE(console.text(u"summary"_s), u"KEY is the secret KEY, not LIVE."_s);
    QVERIFY(!live->isEnabled()); // it was read by that name
    QCOMPARE(live->toolTip(), u"The function reads KEY as KEY. Take that out first."_s);
}

void TestSettingsSecrets::showsTheSecretsOfThisFunctionAlone()
{
    set("TOKEN", "Zq7");
    QCOMPARE(m_platform->deploy("plain", TestPlatform::helloFiles("plain"), "{}"), QString());
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QCheckBox>(u"hand.TOKEN"_s), answerLimit);
    console.pages.openFunction({u"plain"_s, {}}, u"settings"_s);
    QVERIFY(!console.find<QCheckBox>(u"hand.TOKEN"_s)); // not even until its own are read
    QTRY_VERIFY_WITH_TIMEOUT(console.text(u"secretsNote"_s).startsWith(u"No secrets yet."_s), answerLimit);
}

void TestSettingsSecrets::staysReadableWhileLockedAndAway()
{
    using nest::models::Guard;
    set("TOKEN", "Zq7");
    Console console(m_platform->socket(), settingsFile());
    open(console);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secret"_s), u"TOKEN"_s, answerLimit);
    Guard &guard = console.pages.guard();
    guard.setLevel(Guard::Level::TypeName);
    QVERIFY(!console.find<QPushButton>(u"replaceSecret"_s)->isEnabled()); // locked
    console.type(u"secretName"_s, u"TOKEN"_s);
    console.type(u"secretValue"_s, u"Zq7-locked"_s);
    QVERIFY(!console.find<QPushButton>(u"setSecret"_s)->isEnabled());
    QVERIFY(guard.unlock(u"incident 12"_s));
    reveal(console, u"setSecret"_s);
    console.click(u"setSecret"_s);
    QTRY_VERIFY(console.find<QWidget>(u"guardDialog"_s));
    QCOMPARE(console.text(u"guardEffects"_s),
             u"TOKEN gets another value. The instances that have it are replaced."_s);
    QVERIFY(!console.showsText(u"Zq7"_s));
    QTest::keyClicks(console.find<QLineEdit>(u"guardName"_s), u"reader"_s);
    console.click(u"guardConfirm"_s);
    QTRY_COMPARE_WITH_TIMEOUT(console.text(u"secretDone"_s), u"TOKEN is set."_s, answerLimit);
    guard.setLevel(Guard::Level::Open);

    m_platform->kill();
    QTRY_VERIFY_WITH_TIMEOUT(!console.find<QPushButton>(u"replaceSecret"_s)->isEnabled(), answerLimit);
    QVERIFY(console.find<QPushButton>(u"replaceSecret"_s)->toolTip().startsWith(u"Offline"_s));
    QCOMPARE(console.text(u"secret"_s), u"TOKEN"_s);
    console.picture(u"secrets-offline"_s);
    QVERIFY2(m_platform->start(), qPrintable(m_platform->error()));
    QTRY_VERIFY_WITH_TIMEOUT(console.find<QPushButton>(u"replaceSecret"_s)->isEnabled(), answerLimit);
}

QTEST_MAIN(TestSettingsSecrets)
#include "tst_settingssecrets.moc"
