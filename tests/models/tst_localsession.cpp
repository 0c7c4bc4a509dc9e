// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The local platform as the console meets it: missing, failing to start, started once for two clients,
// crashed.
#include "api/wire/codec.h"
#include "models/session.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace nest;
using namespace nest::models;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
Result<T> outcome(QCoro::Task<Result<T>> task)
{
    std::optional<Result<T>> result;
    QObject context;
    QCoro::connect(std::move(task), &context, [&result](Result<T> &&value) { result = std::move(value); });
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 40'000)) {
        return failure("test/no-answer", "The task did not end.");
    }
    return std::move(*result);
}

client::LocalPlatformOptions shell(const QString &script)
{
    client::LocalPlatformOptions options;
    options.program = u"/bin/sh"_s;
    options.arguments = {u"-c"_s, script};
    options.limit = std::chrono::milliseconds(800);
    return options;
}

} // namespace

class LocalSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatTheProgramIsMissing();
    void showsTheLogOfAPlatformThatEnds();
    void showsTheLogOfAPlatformThatKeepsSilent();
    void failsTheSessionWithTheReason();
    void startsOneForTwoAndAgainAfterACrash();

private:
    [[nodiscard]] wire::Endpoint endpoint() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void LocalSessionTest::init()
{
    QTest::failOnWarning();
    m_folder = std::make_unique<QTemporaryDir>(u"/tmp/nest-test-XXXXXX"_s); // socket paths are short
    for (const char *name : {"XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"}) {
        qputenv(name, QFile::encodeName(m_folder->path()));
    }
}

void LocalSessionTest::cleanup()
{
    if (const int processId = endpoint().processId; processId > 0) {
        ::kill(processId, SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(processId, 0) != 0, 10'000);
    }
    m_folder.reset();
}

wire::Endpoint LocalSessionTest::endpoint() const
{
    QFile file(m_folder->path() + "/nest/local/endpoint.json"_L1);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return wire::read<wire::Endpoint>(file.readAll().toStdString(), wire::UnknownFields::Ignore)
        .value_or(wire::Endpoint{});
}

void LocalSessionTest::saysThatTheProgramIsMissing()
{
    client::LocalPlatformOptions options;
    options.program = m_folder->filePath(u"nestd"_s);
    const auto started = outcome(client::ensureLocalPlatform(options));
    QVERIFY(!started);
    QCOMPARE(started.error().type, "client/no-program");
}

void LocalSessionTest::showsTheLogOfAPlatformThatEnds()
{
    const auto started = outcome(client::ensureLocalPlatform(shell(u"echo the disk is full >&2; exit 3"_s)));
    QVERIFY(!started);
    QCOMPARE(started.error().type, "client/platform-ended");
    QVERIFY2(started.error().detail.find("the disk is full") != std::string::npos,
             started.error().detail.c_str());
}

void LocalSessionTest::showsTheLogOfAPlatformThatKeepsSilent()
{
    const auto started = outcome(client::ensureLocalPlatform(shell(u"echo thinking; exec sleep 2"_s)));
    QVERIFY(!started);
    QCOMPARE(started.error().type, "client/platform-silent");
    QVERIFY(started.error().detail.find("thinking") != std::string::npos);
}

void LocalSessionTest::failsTheSessionWithTheReason()
{
    SessionOptions options;
    options.local = shell(u"exit 1"_s);
    Session session(options);
    session.start();
    QCOMPARE(session.state(), Session::State::Starting);
    QTRY_COMPARE(session.state(), Session::State::Failed);
    QCOMPARE(session.error().type, "client/platform-ended");
    session.retry();
    QCOMPARE(session.state(), Session::State::Starting);
    QTRY_COMPARE(session.state(), Session::State::Failed);
}

void LocalSessionTest::startsOneForTwoAndAgainAfterACrash()
{
    SessionOptions options;
    options.local.program =
        qEnvironmentVariable("NEST_TEST_NESTD", QStringLiteral(NEST_BINARY_DIR "/bin/nestd"));
    if (!QFileInfo(options.local.program).isExecutable()) {
        QSKIP("nestd is not built in this build folder");
    }
    Session first(options);
    Session second(options);
    QSignalSpy often(&first, &Session::restartedOften);
    QElapsedTimer clock;
    clock.start();
    first.start();
    second.start();
    QTRY_COMPARE_WITH_TIMEOUT(first.state(), Session::State::Live, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(second.state(), Session::State::Live, 30'000);
    qInfo("two sessions live after %lld ms", clock.elapsed());
    QTRY_VERIFY(first.me().has_value());
    QVERIFY(!first.me()->gatewayUrl.empty());
    QTRY_COMPARE_WITH_TIMEOUT(first.groups().size(), 1U, 10'000); // default/main/local

    wire::CreateFunction request;
    request.name = "hello";
    const auto created = outcome(first.client().createFunction(request));
    QVERIFY2(created.has_value(), created ? "" : created.error().detail.c_str());
    QTRY_VERIFY_WITH_TIMEOUT(second.functions().find("hello") != nullptr, 10'000); // by the watch

    for (int crash = 1; crash <= 3; ++crash) {
        const int before = endpoint().processId;
        QVERIFY(before > 0);
        ::kill(before, SIGKILL);
        clock.restart();
        QTRY_VERIFY_WITH_TIMEOUT(first.functions().isStale(), 10'000);
        QVERIFY(first.functions().find("hello") != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(!first.functions().isStale() && !second.functions().isStale(), 30'000);
        qInfo("crash %d: live again after %lld ms", crash, clock.elapsed());
        QTRY_COMPARE_WITH_TIMEOUT(first.state(), Session::State::Live, 10'000);
        QVERIFY(first.functions().find("hello") != nullptr);
        QVERIFY(endpoint().processId != before);
    }
    QVERIFY(first.restarts() >= 1 && first.restarts() <= 3);
    QCOMPARE(often.size(), first.restarts() == 3 ? 1 : 0);
}

QTEST_GUILESS_MAIN(LocalSessionTest)
#include "tst_localsession.moc"
