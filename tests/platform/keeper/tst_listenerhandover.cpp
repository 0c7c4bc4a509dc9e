// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The keeper's door: what it takes, from whom, and when it gives it away.
#include "platform/keeper/listenerhandover.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>

#include <thread>

using namespace nest::keeper;

class TestListenerHandover final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }
    void givesToTheNextWhatTheLastOneLeft();
    void keepsNothingFromAnybodyElse();
    void isQuickWithoutAKeeper();

private:
    static ino_t inodeOf(int descriptor)
    {
        struct stat about{};
        return ::fstat(descriptor, &about) == 0 ? about.st_ino : 0;
    }
    /// What somebody gets who asks while `nestd` is connected to the keeper.
    static FileDescriptor askWhile(ListenerHolder &holder, const std::string &folder, pid_t nestd)
    {
        FileDescriptor got;
        std::thread next([&] { got = takeListener(folder); });
        holder.serve(nestd);
        for (int i = 0; i < 200 && !got.isOpen(); ++i) { // its message may not have come yet
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            holder.serve(nestd);
        }
        next.join();
        return got;
    }
};

void TestListenerHandover::givesToTheNextWhatTheLastOneLeft()
{
    const QTemporaryDir tree;
    const auto folder = tree.path().toStdString();
    auto holder = ListenerHolder::open(folder);
    QVERIFY(holder);
    const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    QVERIFY(keepListener(folder, socket.get()));
    holder->serve(::getpid());
    QVERIFY(!askWhile(*holder, folder, ::getpid()).isOpen()); // it lives: the socket is its own
    const auto taken = askWhile(*holder, folder, -1);
    QVERIFY(taken.isOpen());
    QCOMPARE(inodeOf(taken.get()), inodeOf(socket.get()));
    QVERIFY(askWhile(*holder, folder, -1).isOpen()); // should the next one die before it could give it back
    holder->close();
    QVERIFY(!takeListener(folder).isOpen());
}

void TestListenerHandover::keepsNothingFromAnybodyElse()
{
    const QTemporaryDir tree;
    const auto folder = tree.path().toStdString();
    auto holder = ListenerHolder::open(folder);
    QVERIFY(holder);
    const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    for (const pid_t nestd : {pid_t{-1}, ::getppid()}) { // none is connected, or another process is
        QVERIFY(keepListener(folder, socket.get()));
        holder->serve(nestd);
        QVERIFY(!askWhile(*holder, folder, -1).isOpen());
    }
}

void TestListenerHandover::isQuickWithoutAKeeper()
{
    const QTemporaryDir tree;
    QVERIFY(!takeListener(tree.path().toStdString()).isOpen());
    const auto kept = keepListener(tree.path().toStdString(), 0);
    QVERIFY(!kept);
    QVERIFY2(kept.error().detail.find("cannot be reached") != std::string::npos, kept.error().detail.c_str());
}

QTEST_GUILESS_MAIN(TestListenerHandover)
#include "tst_listenerhandover.moc"
