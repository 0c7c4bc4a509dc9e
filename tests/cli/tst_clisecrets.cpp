// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `nest secrets` as somebody uses it: values from a pipe, a file and a terminal, never from an argument, and
// in no output.

#include "tests/cli/shell.h"
#include "tests/support/testplatform.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;
using namespace nest::clitest;
using namespace std::chrono_literals;

#define VERIFY_CODE(outcome, wanted) QVERIFY2((outcome).code == (wanted), (outcome).said().constData())

namespace {

const auto code = QByteArrayLiteral("export const handler = (event, context) => ({ ...context.secrets });\n");

} // namespace

class CliSecretsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void valueComesFromAPipe();
    void valueComesFromAFile();
    void valueIsTypedAndNotShown();
    void moreThanALineIsNobodys();
    void linesThatATerminalCutsAreRefused();
    void endsInTheMiddleOfTypingWithTheTerminalAsItWas();
    void groupsHandThemOver();
    void whatIsUsedStays();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
    void speaksJson();

private:
    QProcessEnvironment environment() const
    {
        auto all = QProcessEnvironment::systemEnvironment();
        all.insert(u"NEST_SOCKET"_s, m_platform.socket());
        return all;
    }
    Outcome nest(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(TestPlatform::program(u"nest"_s), QStringList{u"secrets"_s} + arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(30'000)) {
            return {};
        }
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    QJsonObject handed(const QByteArray &lane = "main") const
    {
        return QJsonDocument::fromJson(
                   m_platform.gateway({.path = "/fn/reader/", .headers = {{"nest-lane", lane}}}).body)
            .object();
    }

    TestPlatform m_platform;
};

/// What a person sees and types: the two ends of a terminal.
struct Terminal
{
    Terminal()
    {
        master = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        ::grantpt(master);
        ::unlockpt(master);
        name = QByteArray(::ptsname(master));
        slave = ::open(name.constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    }
    ~Terminal()
    {
        ::close(slave);
        ::close(master);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    void start(QProcess &process) const
    {
        process.setChildProcessModifier([path = name] {
            ::setsid();
            const int own = ::open(path.constData(), O_RDWR); // becomes its controlling terminal
            ::dup2(own, STDIN_FILENO);
            ::dup2(own, STDERR_FILENO);
        });
        process.start();
    }
    bool shows(const QByteArray &text)
    {
        return waitUntil(
            [&] {
                QByteArray part(4096, '\0');
                const auto size = ::read(master, part.data(), static_cast<std::size_t>(part.size()));
                seen += part.left(std::max<qsizetype>(0, size));
                return seen.contains(text);
            },
            10s);
    }
    bool type(const QByteArray &text) const
    {
        return ::write(master, text.constData(), static_cast<std::size_t>(text.size())) == text.size();
    }
    bool echoes() const
    {
        termios now{};
        ::tcgetattr(slave, &now);
        return (now.c_lflag & ECHO) != 0;
    }

    int master = -1;
    int slave = -1;
    QByteArray name;
    QByteArray seen;
};

void CliSecretsTest::initTestCase()
{
    QTest::failOnWarning();
    QVERIFY2(m_platform.start(), qPrintable(m_platform.error()));
    QCOMPARE(
        m_platform.api({"PUT", "/v1/groups/default/feature-1/local", "{}", {{"If-None-Match", "*"}}}).status,
        201);
    for (const char *group : {"default/main/local", "default/feature-1/local"}) {
        QCOMPARE(m_platform.deploy(
                     "reader",
                     {{"function.yaml", "name: reader\nruntime: node20\nhandler: src/handler.js#handler\n"},
                      {"src/handler.js", code}},
                     "{}", group),
                 QString());
    }
}

void CliSecretsTest::valueComesFromAPipe()
{
    const auto none = nest({u"list"_s, u"reader"_s});
    VERIFY_CODE(none, 0);
    QCOMPARE(none.output, u"reader has no secrets. `nest secrets set reader NAME` makes one.\n"_s);
    const auto set = nest({u"set"_s, u"reader"_s, u"TOKEN"_s}, "Zq7 piped\n"); // as echo writes it
    VERIFY_CODE(set, 0);
    QCOMPARE(set.output, u"Set TOKEN of reader. Nobody gets it yet: `nest secrets use reader TOKEN`.\n"_s);
    const auto used = nest({u"use"_s, u"reader"_s, u"TOKEN"_s});
    VERIFY_CODE(used, 0);
    QCOMPARE(used.output, u"default/main/local hands TOKEN to reader.\n"_s);
    QCOMPARE(handed()[u"TOKEN"].toString(), u"Zq7 piped"_s);
    const auto again = nest({u"set"_s, u"reader"_s, u"TOKEN"_s}, "Zq7 two\nlines\n\n");
    VERIFY_CODE(again, 0);
    QCOMPARE(again.output, u"Set TOKEN of reader. default/main/local gets the new value with new instances, "
                           "which start now.\n"_s);
    QCOMPARE(handed()[u"TOKEN"].toString(), u"Zq7 two\nlines\n"_s);
    const auto list = nest({u"list"_s, u"reader"_s});
    VERIFY_CODE(list, 0);
    QVERIFY2(list.output.contains(u"TOKEN") && list.output.contains(u"default/main/local") &&
                 !list.output.contains(u"Zq7"),
             list.said().constData());
}

void CliSecretsTest::valueComesFromAFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"key.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Zq7 of a file\n");
    file.close();
    VERIFY_CODE(nest({u"set"_s, u"reader"_s, u"TOKEN"_s, u"--from-file"_s, file.fileName()}), 0);
    QCOMPARE(handed()[u"TOKEN"].toString(), u"Zq7 of a file\n"_s); // as it is
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\xff\xfe bytes");
    file.close();
    const auto bytes = nest({u"set"_s, u"reader"_s, u"TOKEN"_s, u"--from-file"_s, file.fileName()});
    VERIFY_CODE(bytes, 2);
    QVERIFY2(bytes.errors.contains(u"base64"), bytes.said().constData());
    const auto gone =
        nest({u"set"_s, u"reader"_s, u"TOKEN"_s, u"--from-file"_s, folder.filePath(u"nothing"_s)});
    VERIFY_CODE(gone, 2);
    QVERIFY2(gone.errors.contains(u"No such file"), gone.said().constData());
}

void CliSecretsTest::valueIsTypedAndNotShown()
{
    Terminal terminal;
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setProgram(TestPlatform::program(u"nest"_s));
    process.setArguments({u"secrets"_s, u"set"_s, u"reader"_s, u"TYPED"_s});
    terminal.start(process);
    QVERIFY2(terminal.shows("Value of TYPED (it is not shown): "), terminal.seen.constData());
    QVERIFY(waitUntil([&] { return !terminal.echoes(); }, 5s));
    QVERIFY(terminal.type("Zq7 typed\n"));
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(terminal.shows("\n"));
    QVERIFY2(!terminal.seen.contains("Zq7"), terminal.seen.constData());
    QVERIFY(terminal.echoes());
    VERIFY_CODE(nest({u"use"_s, u"reader"_s, u"TYPED"_s}), 0);
    QCOMPARE(handed()[u"TYPED"].toString(), u"Zq7 typed"_s);
}

void CliSecretsTest::moreThanALineIsNobodys()
{
    Terminal terminal;
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setProgram(TestPlatform::program(u"nest"_s));
    process.setArguments({u"secrets"_s, u"set"_s, u"reader"_s, u"PASTED"_s});
    terminal.start(process);
    QVERIFY(terminal.shows("not shown"));
    QVERIFY(waitUntil([&] { return !terminal.echoes(); }, 5s));
    QVERIFY(terminal.type("Zq7 first\nZq7 second\n"));
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(terminal.shows("--from-file"));
    QCOMPARE(m_platform.get("/v1/functions/reader/secrets/PASTED").status, 404); // no half of a key
    int left = -1;
    QCOMPARE(::ioctl(terminal.slave, FIONREAD, &left), 0);
    QCOMPARE(left, 0); // else the shell would run it
    QVERIFY2(!terminal.seen.contains("Zq7"), terminal.seen.constData());
}

void CliSecretsTest::linesThatATerminalCutsAreRefused()
{
    for (const auto &[size, code] : {std::pair{4'094, 0}, std::pair{4'095, 2}, std::pair{5'000, 2}}) {
        Terminal terminal;
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setProgram(TestPlatform::program(u"nest"_s));
        process.setArguments({u"secrets"_s, u"set"_s, u"reader"_s, u"LONG%1"_s.arg(size)});
        terminal.start(process);
        QVERIFY(terminal.shows("not shown"));
        QVERIFY(waitUntil([&] { return !terminal.echoes(); }, 5s));
        for (int typed = 0; typed < size; typed += 500) { // what the kernel takes at once is less
            QVERIFY(terminal.type(QByteArray(std::min(500, size - typed), 'z')));
        }
        QVERIFY(terminal.type("\n"));
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitCode(), code);
        QVERIFY(code == 0 || terminal.shows("--from-file"));
        const auto path = "/v1/functions/reader/secrets/LONG" + QByteArray::number(size);
        QCOMPARE(m_platform.get(path).status, code == 0 ? 200 : 404);
    }
}

void CliSecretsTest::endsInTheMiddleOfTypingWithTheTerminalAsItWas()
{
    Terminal terminal;
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setProgram(TestPlatform::program(u"nest"_s));
    process.setArguments({u"secrets"_s, u"set"_s, u"reader"_s, u"HALF"_s});
    terminal.start(process);
    QVERIFY(terminal.shows("not shown"));
    QVERIFY(waitUntil([&] { return !terminal.echoes(); }, 5s));
    QVERIFY(terminal.type("Zq7 ha\x03")); // Ctrl+C
    QVERIFY(process.waitForFinished(10'000));
    QVERIFY(waitUntil([&] { return terminal.echoes(); }, 5s));
    QCOMPARE(m_platform.get("/v1/functions/reader/secrets/HALF").status, 404);
}

void CliSecretsTest::groupsHandThemOver()
{
    VERIFY_CODE(nest({u"set"_s, u"reader"_s, u"OF_LANE"_s}, "Zq7 lane"), 0);
    const auto one = nest({u"use"_s, u"reader"_s, u"OF_LANE"_s, u"--as"_s, u"TOKEN"_s, u"--group"_s,
                           u"default/feature-1/local"_s, u"--reason"_s, u"its own database"_s});
    VERIFY_CODE(one, 0);
    QCOMPARE(one.output, u"default/feature-1/local hands OF_LANE to reader.\n"_s);
    QCOMPARE(handed("feature-1")[u"TOKEN"].toString(), u"Zq7 lane"_s);
    const auto deployment = QJsonDocument::fromJson(
        m_platform.get("/v1/functions/reader/deployments/default/feature-1/local").body);
    QCOMPARE(deployment[u"reason"].toString(), u"its own database"_s);
    const auto all = nest({u"use"_s, u"reader"_s, u"TYPED"_s, u"--all-groups"_s});
    VERIFY_CODE(all, 0);
    QCOMPARE(all.output, u"default/feature-1/local hands TYPED to reader.\n"
                         "default/main/local hands TYPED to reader already.\n"_s);
    VERIFY_CODE(nest({u"unuse"_s, u"reader"_s, u"TYPED"_s, u"--all-groups"_s}), 0);
    QVERIFY(!handed("feature-1").contains(u"TYPED"));
    QVERIFY(!handed().contains(u"TYPED"));
}

void CliSecretsTest::whatIsUsedStays()
{
    const auto kept = nest({u"remove"_s, u"reader"_s, u"TOKEN"_s});
    VERIFY_CODE(kept, 4);
    QVERIFY2(kept.errors.contains(u"The deployment of 'reader' in default/main/local names TOKEN."),
             kept.said().constData());
    VERIFY_CODE(nest({u"unuse"_s, u"reader"_s, u"TOKEN"_s}), 0);
    const auto gone = nest({u"remove"_s, u"reader"_s, u"TOKEN"_s});
    VERIFY_CODE(gone, 0);
    QCOMPARE(gone.output, u"Removed TOKEN of reader.\n"_s);
}

void CliSecretsTest::whatIsWrongIsSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("value in an argument")
        << QStringList{u"set"_s, u"reader"_s, u"A"_s, u"value"_s} << QByteArray("v") << 2 << u"value"_s;
    QTest::newRow("name") << QStringList{u"set"_s, u"reader"_s, u"lower"_s} << QByteArray("v") << 5
                          << u"capital letters"_s;
    QTest::newRow("nothing piped") << QStringList{u"set"_s, u"reader"_s, u"A"_s} << QByteArray() << 2
                                   << u"No value came."_s;
    QTest::newRow("too long") << QStringList{u"set"_s, u"reader"_s, u"A"_s} << QByteArray(40'000, 'v') << 5
                              << u"32 KiB"_s;
    QTest::newRow("far too long") << QStringList{u"set"_s, u"reader"_s, u"A"_s} << QByteArray(2'000'000, 'v')
                                  << 2 << u"32 KiB"_s;
    QTest::newRow("no function") << QStringList{u"list"_s, u"nobody"_s} << QByteArray() << 3 << u"nobody"_s;
    QTest::newRow("no secret") << QStringList{u"remove"_s, u"reader"_s, u"NOPE"_s} << QByteArray() << 3
                               << u"`nest secrets list reader` lists its own"_s;
    QTest::newRow("uses what is not there")
        << QStringList{u"use"_s, u"reader"_s, u"NOPE"_s} << QByteArray() << 5 << u"set it first"_s;
    QTest::newRow("group") << QStringList{u"use"_s, u"reader"_s, u"OF_LANE"_s, u"--group"_s, u"x"_s}
                           << QByteArray() << 2 << u"set/lane/region"_s;
    QTest::newRow("not deployed there")
        << QStringList{u"use"_s, u"reader"_s, u"OF_LANE"_s, u"--group"_s, u"default/x/local"_s}
        << QByteArray() << 3 << u"not deployed"_s;
    QTest::newRow("no verb") << QStringList{} << QByteArray() << 2 << u"subcommand"_s;
}

void CliSecretsTest::whatIsWrongIsSaid()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, input);
    QFETCH(const int, code);
    QFETCH(const QString, says);
    const auto outcome = nest(arguments, input);
    VERIFY_CODE(outcome, code);
    QVERIFY2(outcome.errors.contains(says), outcome.said().constData());
}

void CliSecretsTest::speaksJson()
{
    const auto set = nest({u"set"_s, u"reader"_s, u"JSON"_s, u"--json"_s}, "Zq7");
    VERIFY_CODE(set, 0);
    QCOMPARE(set.json()[u"name"].toString(), u"JSON"_s);
    QVERIFY(!set.output.contains(u"Zq7"));
    const auto list = nest({u"list"_s, u"reader"_s, u"--json"_s}).json()[u"items"].toArray();
    QCOMPARE(list.first()[u"name"].toString(), u"JSON"_s);
    QCOMPARE(nest({u"use"_s, u"reader"_s, u"JSON"_s, u"--json"_s})
                 .json()[u"items"][0][u"secrets"][u"JSON"]
                 .toString(),
             u"JSON"_s);
    const auto refused = nest({u"remove"_s, u"reader"_s, u"JSON"_s, u"--json"_s});
    VERIFY_CODE(refused, 4);
    QCOMPARE(refused.json()[u"type"].toString(), u"/problems/control/in-use"_s);
    VERIFY_CODE(nest({u"unuse"_s, u"reader"_s, u"JSON"_s, u"--json"_s}), 0);
    const auto gone = nest({u"remove"_s, u"reader"_s, u"JSON"_s, u"--json"_s});
    VERIFY_CODE(gone, 0);
    QCOMPARE(gone.output, u"{}\n"_s);
}

QTEST_GUILESS_MAIN(CliSecretsTest)
#include "tst_clisecrets.moc"
