// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The relay of a box when what it is told at its start cannot be read: the box must not begin without it.
#include <QTest>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

namespace {

constexpr int limitMilliseconds = 10'000;

/// `nest-keeper relay` for the box `box`, with this as what bwrap says.
pid_t startRelay(pid_t box, int information, int gate, int errors)
{
    const auto number = std::to_string(box);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(information, 100); // first up, so that none is overwritten
        ::dup2(gate, 101);
        ::dup2(errors, STDERR_FILENO);
        ::dup2(100, 3);
        ::dup2(101, 4);
        ::close_range(5, ~0U, 0);
        ::execl(NEST_BINARY_DIR "/bin/nest-keeper", "nest-keeper", "relay", number.c_str(), "granted", "db",
                "127.0.0.1", "1", "1", nullptr);
        ::_exit(EXIT_FAILURE);
    }
    return pid;
}

pid_t startBox()
{
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::close_range(3, ~0U, 0);
        ::pause();
        ::_exit(EXIT_SUCCESS);
    }
    return pid;
}

} // namespace

class RelayTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void endsTheBoxAndKeepsItsGateShut_data();
    void endsTheBoxAndKeepsItsGateShut();
};

void RelayTest::endsTheBoxAndKeepsItsGateShut_data()
{
    QTest::addColumn<QByteArray>("said"); // nothing: a descriptor that cannot be read
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("unreadable") << QByteArray() << QByteArray("could not be read: Is a directory.");
    QTest::newRow("breaks off") << QByteArray("{\"child-pid\": 12") << QByteArray("it breaks off.");
    QTest::newRow("no process") << QByteArray("{\"other\": 12}") << QByteArray("bwrap names no process");
    QTest::newRow("all processes") << QByteArray("{\"child-pid\": -1}")
                                   << QByteArray("bwrap names no process");
}

void RelayTest::endsTheBoxAndKeepsItsGateShut()
{
    QFETCH(const QByteArray, said);
    QFETCH(const QByteArray, sentence);
    std::array<int, 2> information{}, gate{}, errors{};
    QVERIFY(::pipe2(information.data(), O_CLOEXEC) == 0 && ::pipe2(gate.data(), O_CLOEXEC) == 0 &&
            ::pipe2(errors.data(), O_CLOEXEC) == 0);
    if (said.isEmpty()) {
        ::close(information[0]);
        information[0] = ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    QCOMPARE(::write(information[1], said.data(), static_cast<std::size_t>(said.size())), said.size());
    const auto box = startBox();
    const auto relay = startRelay(box, information[0], gate[1], errors[1]);
    for (const int each : {information[0], information[1], gate[1], errors[1]}) {
        ::close(each);
    }

    QByteArray line;
    std::array<char, 512> bytes{};
    for (pollfd wait{errors[0], POLLIN, 0};
         !line.contains('\n') && ::poll(&wait, 1, limitMilliseconds) == 1;) {
        const auto got = ::read(errors[0], bytes.data(), bytes.size());
        if (got <= 0) {
            break;
        }
        line.append(bytes.data(), static_cast<qsizetype>(got));
    }
    QVERIFY2(line.contains(sentence), line.constData());
    int status = 0;
    pid_t ended = 0;
    QTRY_VERIFY_WITH_TIMEOUT((ended = ended != 0 ? ended : ::waitpid(box, &status, WNOHANG)) == box,
                             limitMilliseconds);
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    // Neither a byte nor an end, either of which lets the function begin; the keeper ends the relay later.
    pollfd wait{gate[0], POLLIN, 0};
    QCOMPARE(::poll(&wait, 1, 100), 0);
    ::kill(relay, SIGKILL);
    QCOMPARE(::waitpid(relay, &status, 0), relay);
    QVERIFY(WIFSIGNALED(status)); // it had not ended by itself
    ::close(gate[0]);
    ::close(errors[0]);
}

QTEST_GUILESS_MAIN(RelayTest)
#include "tst_relay.moc"
