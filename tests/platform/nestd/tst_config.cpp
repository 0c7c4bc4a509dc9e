// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What `nestd --check-config` finds before a start does, and how nestd.toml is read: which source of a
// setting wins, and that what is wrong is said with its place.

#include "tests/support/testplatform.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nest::testsupport;

namespace {

struct Check
{
    int code = -1; // -1: did not end
    QString errors;
    QString output;
    [[nodiscard]] QByteArray said() const { return (output + u"\n--\n"_s + errors).toUtf8(); }
};

} // namespace

#define VERIFY_SAID(check, text)                                                                             \
    QVERIFY2((check).errors.contains(text) || (check).output.contains(text), (check).said().constData())

class ConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aGoodConfigurationChangesNothing();
    void foldersThatCannotBeMadeAreFound();
    void portsThatAreTakenAreFound();
    void onePortForTwoListenersIsFound();
    void aRunningPlatformHoldsItsOwnPorts();
    void missingProgramsAndFoldersAreFound();
    void everyFindingIsSaid();
    void fileErrorsNameFileLineAndKey();
    void fileErrorsKeepThePlatformFromStarting();
    void theFileIsRead();
    void theEnvironmentWinsOverTheFile();
    void variablesThatAreRefusedAreSaid();
    void aFileThatWasNamedMustBeThere();
    void theRegistryOfBuildsIsASettingOfASection();
    void thePriceHasACurrency();

private:
    /// nestd --check-config in folders of its own, with the file of the test when there is one.
    Check check(const QStringList &arguments = {},
                const QList<std::pair<QString, QString>> &variables = {}) const
    {
        return run(QStringList{u"--check-config"_s} + arguments, variables);
    }
    Check run(const QStringList &arguments, const QList<std::pair<QString, QString>> &variables = {}) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const auto &name : environment.keys()) {
            if (name.startsWith(u"NEST_"_s)) {
                environment.remove(name);
            }
        }
        environment.insert(u"XDG_CONFIG_HOME"_s, m_folder->filePath(u"config"_s));
        environment.insert(u"XDG_DATA_HOME"_s, m_folder->filePath(u"data"_s));
        environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder->path());
        for (const auto &[name, value] : variables) {
            environment.insert(name, value);
        }
        QProcess nestd;
        nestd.setProcessEnvironment(environment);
        nestd.start(TestPlatform::program(u"nestd"_s), arguments);
        if (!nestd.waitForFinished(15'000)) {
            nestd.kill();
            nestd.waitForFinished();
            return {};
        }
        return {nestd.exitCode(), QString::fromUtf8(nestd.readAllStandardError()),
                QString::fromUtf8(nestd.readAllStandardOutput())};
    }
    void writeFile(const QByteArray &content) const
    {
        QVERIFY(QDir().mkpath(m_folder->filePath(u"config/nest"_s)));
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    [[nodiscard]] QString path() const { return m_folder->filePath(u"config/nest/nestd.toml"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void ConfigTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>(u"/tmp/nest-k-XXXXXX"_s); // short: socket names are limited
    QVERIFY(m_folder->isValid());
}

void ConfigTest::aGoodConfigurationChangesNothing()
{
    const auto good = check();
    QVERIFY2(good.code == 0, good.said().constData());
    VERIFY_SAID(good, u"The configuration is good"_s);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void ConfigTest::foldersThatCannotBeMadeAreFound()
{
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const auto &folder : {u"/proc/self/nest"_s, file.fileName(), file.fileName() + u"/below/it"_s}) {
        const auto data = check({u"--data-dir"_s, folder});
        QVERIFY2(data.code == 69, data.said().constData());
        VERIFY_SAID(data, u"The folder %1 cannot be written"_s.arg(folder));
        VERIFY_SAID(data, u"--data-dir"_s);
        QVERIFY2(!data.output.contains(u"good"_s), data.said().constData());
        const auto runtime = check({u"--runtime-dir"_s, folder});
        QVERIFY2(runtime.code == 69, runtime.said().constData());
        VERIFY_SAID(runtime, u"--runtime-dir"_s);
    }
}

void ConfigTest::portsThatAreTakenAreFound()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const auto port = QString::number(taken.serverPort());
    for (const auto &option : {u"--gateway-port"_s, u"--api-port"_s}) {
        const auto found = check({option, port});
        QVERIFY2(found.code == 69, found.said().constData());
        VERIFY_SAID(found, u"nestd: %1: Port %2"_s.arg(option, port));
    }
    taken.close();
    const auto free = check({u"--gateway-port"_s, port}); // looked at, not kept
    QVERIFY2(free.code == 0, free.said().constData());
}

void ConfigTest::onePortForTwoListenersIsFound()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const auto port = QString::number(probe.serverPort());
    probe.close();
    const auto found = check({u"--gateway-port"_s, port, u"--api-port"_s, port});
    QVERIFY2(found.code == 69, found.said().constData());
    VERIFY_SAID(found, u"are both "_s + port);
}

void ConfigTest::aRunningPlatformHoldsItsOwnPorts()
{
    TestPlatform platform;
    QVERIFY2(platform.start(), qPrintable(platform.error()));
    const auto port = QString::number(platform.gatewayPort());
    const auto own = check({u"--gateway-port"_s, port, u"--runtime-dir"_s, platform.runtimeDirectory()});
    QVERIFY2(own.code == 0, own.said().constData());
    const auto other = check({u"--gateway-port"_s, port});
    QVERIFY2(other.code == 69, other.said().constData());
}

void ConfigTest::missingProgramsAndFoldersAreFound()
{
    const auto program = check({u"--bwrap"_s, u"/nowhere/bwrap"_s});
    QVERIFY2(program.code == 69, program.said().constData());
    VERIFY_SAID(program, u"The program /nowhere/bwrap is not there"_s);
    const auto noProgram = check({u"--bwrap"_s, u"/etc/passwd"_s});
    QVERIFY2(noProgram.code == 69, noProgram.said().constData());
    VERIFY_SAID(noProgram, u"/etc/passwd is no program"_s);
    const auto share = check({u"--share-dir"_s, u"/nowhere/share"_s});
    QVERIFY2(share.code == 69, share.said().constData());
    VERIFY_SAID(share, u"/nowhere/share/runtimes is not there"_s);
    VERIFY_SAID(share, u"/nowhere/share/templates is not there"_s);
}

void ConfigTest::everyFindingIsSaid()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const auto port = QString::number(taken.serverPort());
    writeFile("bogus = 1\nbwrap = \"/nowhere/bwrap\"\nregion = \"Shang Hai\"\n");
    const auto found = check({u"--data-dir"_s, u"/proc/self/nest"_s, u"--gateway-port"_s, port});
    QVERIFY2(found.code == 78, found.said().constData());
    for (const auto &text : {u"'bogus'"_s, u"Shang Hai"_s, u"/proc/self/nest"_s, port, u"/nowhere/bwrap"_s}) {
        VERIFY_SAID(found, text);
    }
    QVERIFY2(found.output.isEmpty(), found.said().constData());
}

void ConfigTest::fileErrorsNameFileLineAndKey()
{
    writeFile("# ours\nbogus = 1\ngateway-port = 99999\napi-port = \"many\"\n"
              "region = \"local\"\nregion = \"other\"\nconfig = \"other.toml\"\n\n[gateway]\nport = 80\n");
    const auto found = check();
    QVERIFY2(found.code == 78, found.said().constData());
    VERIFY_SAID(found, u"nestd: %1:2: there is no setting 'bogus'. The settings are: "_s.arg(path()));
    VERIFY_SAID(found, u"data-dir, runtime-dir, region, environment, gateway-port"_s);
    VERIFY_SAID(found, u"nestd: %1:3: 'gateway-port' is not valid: "_s.arg(path()));
    VERIFY_SAID(found, u"99999"_s);
    VERIFY_SAID(found, u"nestd: %1:4: 'api-port' is not valid: "_s.arg(path()));
    VERIFY_SAID(found, u"nestd: %1:5: 'region' has 2 values here"_s.arg(path()));
    VERIFY_SAID(found, u"nestd: %1:7: there is no setting 'config'"_s.arg(path()));
    VERIFY_SAID(found, u"nestd: %1:10: there is no setting 'gateway.port'"_s.arg(path()));
}

void ConfigTest::fileErrorsKeepThePlatformFromStarting()
{
    writeFile("bogus = 1\n");
    const auto started = run({});
    QVERIFY2(started.code == 78, started.said().constData());
    VERIFY_SAID(started, u"%1:1: there is no setting 'bogus'"_s.arg(path()));
}

void ConfigTest::theFileIsRead()
{
    writeFile("data-dir = \"/proc/self/of-the-file\"\n");
    VERIFY_SAID(check(), u"/proc/self/of-the-file"_s);
    QFile file(m_folder->filePath(u"other.toml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("data-dir = '/proc/self/of-another'\n");
    file.close();
    VERIFY_SAID(check({u"--config"_s, file.fileName()}), u"/proc/self/of-another"_s);
    VERIFY_SAID(check({}, {{u"NEST_CONFIG"_s, file.fileName()}}), u"/proc/self/of-another"_s);
}

void ConfigTest::theEnvironmentWinsOverTheFile()
{
    writeFile("data-dir = \"/proc/self/of-the-file\"\n");
    const auto variable = std::pair(u"NEST_DATA_DIR"_s, u"/proc/self/of-the-variable"_s);
    VERIFY_SAID(check({}, {variable}), u"/proc/self/of-the-variable"_s);
    VERIFY_SAID(check({u"--data-dir"_s, u"/proc/self/of-the-flag"_s}, {variable}),
                u"/proc/self/of-the-flag"_s);
}

void ConfigTest::variablesThatAreRefusedAreSaid()
{
    const auto found = check({}, {{u"NEST_GATEWAY_PORT"_s, u"99999"_s}});
    QVERIFY2(found.code == 78, found.said().constData());
    VERIFY_SAID(found, u"NEST_GATEWAY_PORT is '99999'"_s);
}

void ConfigTest::aFileThatWasNamedMustBeThere()
{
    const auto missing = check({u"--config"_s, u"/nowhere/nestd.toml"_s});
    QVERIFY2(missing.code == 78, missing.said().constData());
    VERIFY_SAID(missing, u"/nowhere/nestd.toml cannot be read"_s);
}

void ConfigTest::theRegistryOfBuildsIsASettingOfASection()
{
    writeFile("[builds]\nnpm_registry = \"https://registry.example.com/\"\n");
    const auto good = check();
    QVERIFY2(good.code == 0, good.said().constData());
    writeFile("[builds]\nnpm_registry = \"registry\"\n");
    const auto wrong = check();
    QCOMPARE(wrong.code, 78);
    VERIFY_SAID(wrong, u"nestd.toml:2: 'npm_registry' is not valid"_s);
    VERIFY_SAID(wrong, u"no address like https://"_s);
    const auto better = check({}, {{u"NEST_NPM_REGISTRY"_s, u"http://127.0.0.1:4873/"_s}});
    QVERIFY2(better.code == 0, better.said().constData()); // the variable wins, the file is not looked at
    writeFile("npm-registry = \"https://registry.example.com/\"\n");
    VERIFY_SAID(check(), u"npm_registry of [builds]"_s);
    QCOMPARE(check({}, {{u"NEST_NPM_REGISTRY"_s, u"https://me:secret@example.com/"_s}}).code, 78);
    writeFile("[builds]\npip_index = \"https://index.example.com/simple/\"\n");
    QCOMPARE(check().code, 0);
    writeFile("[builds]\npip_index = \"index\"\n");
    VERIFY_SAID(check(), u"nestd.toml:2: 'pip_index' is not valid"_s);
    QCOMPARE(check({}, {{u"NEST_PIP_INDEX"_s, u"http://127.0.0.1:3141/simple/"_s}}).code, 0);
    writeFile("[builds]\nmaven_repository = \"https://repository.example.com/maven2\"\n");
    QCOMPARE(check().code, 0);
    writeFile("[builds]\nmaven_repository = \"repository\"\n");
    VERIFY_SAID(check(), u"nestd.toml:2: 'maven_repository' is not valid"_s);
}

void ConfigTest::thePriceHasACurrency()
{
    writeFile("price = \"0.12 CNY\"\n");
    QCOMPARE(check().code, 0);
    for (const auto &price : {u"0.12"_s, u"CNY 1"_s, u"0 CNY"_s, u"-1 CNY"_s, u"nan CNY"_s, u"1 yuan"_s}) {
        VERIFY_SAID(check({u"--price"_s, price}), u"like '0.12 CNY'"_s);
    }
    QCOMPARE(check({u"--price"_s, u"0.12 CNY"_s}).code, 0);
}

QTEST_GUILESS_MAIN(ConfigTest)
#include "tst_config.moc"
