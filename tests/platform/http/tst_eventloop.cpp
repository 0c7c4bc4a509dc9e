// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Timers, posted work and events that come too late.

#include "platform/http/eventloop.h"

#include <QTest>

#include <sys/epoll.h>
#include <sys/socket.h>

#include <memory>
#include <thread>
#include <vector>

using namespace nest::http;
using namespace std::chrono_literals;

class TestEventLoop final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(); }

    void timersFireInTheirTickNeverBefore()
    {
        const TimerWheel::Clock::time_point start{};
        for (const auto delay : {0ms, 1ms, 10ms, 95ms, 1000ms, 40'950ms, 41'000ms, 100'000ms}) {
            TimerWheel wheel(start);
            bool fired = false;
            Timer timer(wheel, [&] { fired = true; });
            timer.arm(delay);
            auto now = start;
            while (!fired) {
                const auto next = wheel.next();
                QVERIFY(next);
                QVERIFY(*next > now);
                now = *next;
                wheel.advance(now);
                QVERIFY2(now - start <= delay + 2 * TimerWheel::tick || !fired, "too late");
            }
            QVERIFY2(now - start >= delay, "too early");
            QVERIFY(!wheel.next());
        }
    }

    void aTimerMayCancelAndDestroyOthersWhenItFires()
    {
        TimerWheel wheel(TimerWheel::Clock::time_point{});
        int fired = 0;
        std::vector<std::unique_ptr<Timer>> timers;
        for (int i = 0; i < 10; ++i) {
            timers.push_back(std::make_unique<Timer>(wheel, [&, i] {
                ++fired;
                timers[static_cast<std::size_t>(9 - i)].reset(); // the opposite one, or itself in the middle
            }));
            timers.back()->arm(50ms);
        }
        wheel.advance(TimerWheel::Clock::time_point{} + 100ms);
        QCOMPARE(fired, 5);
    }

    void aTimerThatIsMovedFiresOnce()
    {
        TimerWheel wheel(TimerWheel::Clock::time_point{});
        int fired = 0;
        Timer timer(wheel, [&] { ++fired; });
        timer.arm(20ms);
        timer.arm(500ms);
        wheel.advance(TimerWheel::Clock::time_point{} + 100ms);
        QCOMPARE(fired, 0);
        wheel.advance(TimerWheel::Clock::time_point{} + 1h); // suspended for longer than one turn
        QCOMPARE(fired, 1);
    }

    void postedWorkRunsInOrderOnTheLoopsThread()
    {
        EventLoop loop;
        std::vector<int> order;
        std::thread::id ranOn;
        std::thread thread([&] { loop.run(); });
        for (int i = 0; i < 100; ++i) {
            loop.post([&, i] {
                order.push_back(i);
                ranOn = std::this_thread::get_id();
            });
        }
        const auto id = thread.get_id();
        loop.stop();
        thread.join();
        QCOMPARE(order.size(), std::size_t(100));
        QVERIFY(std::ranges::is_sorted(order));
        QVERIFY(ranOn == id);
    }

    void workForALoopThatHasGoneIsDropped()
    {
        auto loop = std::make_unique<EventLoop>();
        const auto mailbox = loop->mailbox();
        const auto token = std::make_shared<int>(1);
        QVERIFY(mailbox->post([token] {}));
        loop.reset();
        QCOMPARE(token.use_count(), 1L);
        QVERIFY(!mailbox->post([token] {}));
        QCOMPARE(token.use_count(), 1L);
    }

    void aRemovedWatcherGetsNoEventOfTheSameRound()
    {
        struct Watcher final : EventLoop::Watcher
        {
            void onIo(std::uint32_t) override
            {
                ++events;
                loop->remove(otherFd, *other);
                loop->stop();
            }
            EventLoop *loop = nullptr;
            Watcher *other = nullptr;
            int otherFd = -1;
            int events = 0;
        };
        EventLoop loop;
        int a[2];
        int b[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, a), 0);
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, b), 0);
        const Descriptor owners[] = {Descriptor(a[0]), Descriptor(a[1]), Descriptor(b[0]), Descriptor(b[1])};
        Watcher first{};
        Watcher second{};
        first.loop = second.loop = &loop;
        first.other = &second;
        second.other = &first;
        first.otherFd = b[0];
        second.otherFd = a[0];
        QVERIFY(loop.add(a[0], EPOLLIN, first));
        QVERIFY(loop.add(b[0], EPOLLIN, second));
        QCOMPARE(::write(a[1], "x", 1), 1);
        QCOMPARE(::write(b[1], "x", 1), 1);
        loop.run();
        QCOMPARE(first.events + second.events, 1);
    }
};

QTEST_GUILESS_MAIN(TestEventLoop)
#include "tst_eventloop.moc"
