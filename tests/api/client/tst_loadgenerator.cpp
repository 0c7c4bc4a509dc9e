// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/loadgenerator.h"
#include "api/client/loadhistogram.h"

#include <QSignalSpy>
#include <QTest>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <thread>

using namespace nest;
using namespace nest::client;

namespace {

/// A test server on 127.0.0.1 that answers each request with `answer` as soon as its head is complete.
class TestServer
{
public:
    explicit TestServer(std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        : m_answer(std::move(answer)), m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        (void)::bind(m_listener, reinterpret_cast<sockaddr *>(&address), length);
        ::listen(m_listener, 1024);
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &length);
        m_port = ntohs(address.sin_port);
        m_thread = std::jthread([this](const std::stop_token &stop) { serve(stop); });
    }
    ~TestServer()
    {
        m_thread.request_stop();
        m_thread.join();
        ::close(m_listener);
    }

    [[nodiscard]] std::string url() const
    {
        return "http://127.0.0.1:" + std::to_string(m_port) + "/fn/hello/";
    }
    [[nodiscard]] int served() const { return m_served; }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] std::string lastHead() const { return m_lastHead; } // after the run only

private:
    void serve(const std::stop_token &stop)
    {
        std::vector<pollfd> sockets{{m_listener, POLLIN, 0}};
        while (!stop.stop_requested()) {
            ::poll(sockets.data(), sockets.size(), 20);
            if ((sockets[0].revents & POLLIN) != 0) {
                for (int one = ::accept(m_listener, nullptr, nullptr); one >= 0;
                     one = ::accept(m_listener, nullptr, nullptr)) {
                    sockets.push_back({one, POLLIN, 0});
                    ++m_connections;
                }
            }
            for (std::size_t i = 1; i < sockets.size(); ++i) {
                if (sockets[i].revents != 0 && !answerOne(sockets[i].fd)) {
                    ::close(sockets[i].fd);
                    sockets.erase(sockets.begin() + static_cast<std::ptrdiff_t>(i));
                    --i;
                }
            }
        }
        for (std::size_t i = 1; i < sockets.size(); ++i) {
            ::close(sockets[i].fd);
        }
    }
    bool answerOne(int socket)
    {
        std::array<char, 4096> buffer{};
        const ssize_t count = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (count <= 0) {
            return false;
        }
        m_lastHead.assign(buffer.data(), static_cast<std::size_t>(count));
        ++m_served;
        return m_answer.empty() || ::send(socket, m_answer.data(), m_answer.size(), MSG_NOSIGNAL) > 0;
    }

    std::string m_answer;
    int m_listener;
    int m_port = 0;
    std::atomic<int> m_served = 0;
    std::atomic<int> m_connections = 0;
    std::string m_lastHead;
    std::jthread m_thread;
};

} // namespace

class LoadGeneratorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatWasPlanned();
    void givesTheFiguresOfAFewAsTheyWere();
    void countsFailuresByStatus();
    void countsWhatCannotBeSentInTime();
    void stopsPromptly();
    void refusesWhatItMust_data();
    void refusesWhatItMust();
    void spreadsTheShapes_data();
    void spreadsTheShapes();
    void rampsInItsOwnTime();
    void countsWhoAnswered();
    void reachesThreeThousandASecond();
};

void LoadGeneratorTest::sendsWhatWasPlanned()
{
    TestServer server;
    LoadGenerator generator;
    QSignalSpy finished(&generator, &LoadGenerator::finished);
    QSignalSpy reported(&generator, &LoadGenerator::reported);
    LoadPlan plan;
    plan.url = server.url();
    plan.headers = {{"nest-lane", "blue"}};
    plan.requestsPerSecond = 100;
    plan.duration = std::chrono::seconds(2);
    QVERIFY(generator.start(plan));
    QCOMPARE(generator.start(plan).error().type, "client/load-running");
    QVERIFY(finished.wait(10'000));
    const LoadReport &report = generator.lastReport();
    QCOMPARE(report.sent, 200);
    QCOMPARE(report.ok, 200);
    QCOMPARE(report.failed, 0);
    QCOMPARE(report.byStatus.at(200), 200);
    QCOMPARE(report.inFlight, 0);
    QCOMPARE(server.served(), 200);
    QVERIFY(server.connections() < 100); // kept alive
    QVERIFY(report.total.p50.has_value());
    QVERIFY(*report.total.p50 <= *report.total.p95 && *report.total.p95 <= *report.total.p99);
    QVERIFY(reported.size() >= 2);
    QVERIFY(server.lastHead().starts_with("GET /fn/hello/ HTTP/1.1\r\n"));
    QVERIFY(server.lastHead().find("nest-lane: blue\r\n") != std::string::npos);
    QVERIFY(!generator.isRunning());
}

void LoadGeneratorTest::givesTheFiguresOfAFewAsTheyWere()
{
    LoadHistogram histogram;
    QVERIFY(!histogram.figures().p99);
    histogram.add(4.0);
    QCOMPARE(histogram.figures().p50.value(), 4.0);
    QCOMPARE(histogram.figures().p99.value(), 4.0);
    for (const double each : {1.0, 3.0, 2.0}) {
        histogram.add(each);
    }
    QCOMPARE(histogram.percentile(0.5).value(), 2.0);
    QCOMPARE(histogram.percentile(0.99).value(), 4.0);
    LoadHistogram many;
    for (int i = 0; i < 5000; ++i) {
        many.add(4.0);
    }
    QCOMPARE(many.percentile(0.5).value(), 4.0); // never outside of what was seen
    QCOMPARE(many.percentile(0.99).value(), 4.0);
    many.clear();
    many.add(7.0);
    QCOMPARE(many.percentile(0.99).value(), 7.0);
}

void LoadGeneratorTest::countsFailuresByStatus()
{
    TestServer server("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    LoadGenerator generator;
    QSignalSpy finished(&generator, &LoadGenerator::finished);
    LoadPlan plan;
    plan.url = server.url();
    plan.requestsPerSecond = 50;
    plan.duration = std::chrono::seconds(1);
    QVERIFY(generator.start(plan));
    QVERIFY(finished.wait(10'000));
    QCOMPARE(generator.lastReport().byStatus.at(503), 50);
    QCOMPARE(generator.lastReport().failed, 50);
    QCOMPARE(generator.lastReport().ok, 0);
}

void LoadGeneratorTest::countsWhatCannotBeSentInTime()
{
    TestServer server(""); // never answers
    LoadGenerator generator;
    QSignalSpy finished(&generator, &LoadGenerator::finished);
    LoadPlan plan;
    plan.url = server.url();
    plan.requestsPerSecond = 40;
    plan.duration = std::chrono::seconds(1);
    plan.connections = 2;
    plan.timeout = std::chrono::milliseconds(200);
    QVERIFY(generator.start(plan));
    QTRY_VERIFY_WITH_TIMEOUT(generator.lastReport().late > 5, 10'000);
    QVERIFY(generator.lastReport().inFlight <= 2);
    QVERIFY(generator.lastReport().byStatus.at(0) > 0);
    generator.stop();
    QVERIFY(finished.wait(2'000));
}

void LoadGeneratorTest::stopsPromptly()
{
    TestServer server("");
    LoadGenerator generator;
    QSignalSpy finished(&generator, &LoadGenerator::finished);
    LoadPlan plan;
    plan.url = server.url();
    plan.duration = std::chrono::seconds(600);
    QVERIFY(generator.start(plan));
    QTRY_VERIFY(server.served() > 0);
    QElapsedTimer clock;
    clock.start();
    generator.stop();
    QVERIFY(finished.wait(5'000));
    QVERIFY2(clock.elapsed() < 1'500, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(generator.lastReport().inFlight, 0);
}

void LoadGeneratorTest::refusesWhatItMust_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("type");
    const QString good = QStringLiteral("http://127.0.0.1:7070/fn/x/");
    QTest::newRow("remote") << QStringLiteral("http://192.0.2.1/") << 1.0 << 1
                            << QStringLiteral("client/remote-target");
    QTest::newRow("no URL") << QStringLiteral("hello") << 1.0 << 1 << QStringLiteral("client/bad-plan");
    QTest::newRow("https") << QStringLiteral("https://127.0.0.1/") << 1.0 << 1
                           << QStringLiteral("client/bad-plan");
    QTest::newRow("too fast") << good << 20'001.0 << 1 << QStringLiteral("client/bad-plan");
    QTest::newRow("no rate") << good << 0.0 << 1 << QStringLiteral("client/bad-plan");
    QTest::newRow("too long") << good << 1.0 << 3'601 << QStringLiteral("client/bad-plan");
}

void LoadGeneratorTest::refusesWhatItMust()
{
    QFETCH(QString, url);
    QFETCH(double, rate);
    QFETCH(int, seconds);
    QFETCH(QString, type);
    LoadPlan plan;
    plan.url = url.toStdString();
    plan.requestsPerSecond = rate;
    plan.duration = std::chrono::seconds(seconds);
    const auto checked = checkPlan(plan);
    QVERIFY(!checked);
    QCOMPARE(QString::fromStdString(checked.error().type), type);
}

void LoadGeneratorTest::spreadsTheShapes_data()
{
    QTest::addColumn<LoadShape>("shape");
    QTest::addColumn<int>("planned");
    QTest::newRow("steady") << LoadShape::Steady << 4'000;
    QTest::newRow("ramp") << LoadShape::Ramp << 2'000;
    QTest::newRow("steps") << LoadShape::Steps << 2'500;
}

void LoadGeneratorTest::spreadsTheShapes()
{
    QFETCH(LoadShape, shape);
    QFETCH(int, planned);
    LoadPlan plan;
    plan.shape = shape;
    plan.requestsPerSecond = 100;
    plan.duration = std::chrono::seconds(40);
    QCOMPARE(plannedRequests(plan), planned);
    double last = -1;
    for (int i = 0; i < planned; ++i) {
        const double due = dueSeconds(plan, i);
        QVERIFY(due >= last && due < 40.0);
        last = due;
    }
    QVERIFY(last > 39.9);
    // Half a second around a time holds as many requests as the rate there says.
    for (const double at : {5.0, 15.0, 25.0, 35.0}) {
        int count = 0;
        for (int i = 0; i < planned; ++i) {
            const double due = dueSeconds(plan, i);
            count += due >= at - 0.5 && due < at + 0.5 ? 1 : 0;
        }
        QVERIFY2(std::abs(count - wantedAt(plan, at)) <= 1.5, qPrintable(QString::number(count)));
    }
}

void LoadGeneratorTest::rampsInItsOwnTime()
{
    LoadPlan plan;
    plan.shape = LoadShape::Ramp;
    plan.requestsPerSecond = 100;
    plan.rampTime = std::chrono::seconds(10);
    plan.duration = std::chrono::seconds(40);
    QCOMPARE(plannedRequests(plan), 3'500); // a triangle of 10 s, then 30 s
    QCOMPARE(dueSeconds(plan, 500), 10.0);
    QCOMPARE(dueSeconds(plan, 600), 11.0);
    QCOMPARE(wantedAt(plan, 5), 50.0);
    QCOMPARE(wantedAt(plan, 25), 100.0);
    plan.rampTime = std::chrono::seconds(90); // longer than the whole
    QCOMPARE(plannedRequests(plan), 2'000);
}

void LoadGeneratorTest::countsWhoAnswered()
{
    TestServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nNest-Instance: i-01A\r\nnest-cold: cold\r\n"
                      "nest-cold-start: start=31\r\n\r\nok");
    LoadGenerator generator;
    QSignalSpy finished(&generator, &LoadGenerator::finished);
    LoadPlan plan;
    plan.url = server.url();
    plan.requestsPerSecond = 50;
    plan.duration = std::chrono::seconds(1);
    plan.countsInstances = true;
    QVERIFY(generator.start(plan));
    QVERIFY(finished.wait(10'000));
    const LoadReport &report = generator.lastReport();
    QVERIFY(server.lastHead().find("nest-debug: timing\r\n") != std::string::npos);
    QCOMPARE(report.instances.size(), 1);
    QCOMPARE(report.instances.front().id, "i-01A");
    QCOMPARE(report.instances.front().answered, 50);
    QCOMPARE(report.instances.front().cold, 50);
    QVERIFY(report.instances.front().latency.p99.has_value());
    QCOMPARE(report.cold, 50);
    std::int64_t inBins = 0;
    for (std::size_t i = 0; i < report.bins.size(); ++i) {
        QCOMPARE(report.bins[i].warm, 0);
        inBins += report.bins[i].cold;
        if (i > 0) {
            QCOMPARE(report.bins[i].fromMs, report.bins[i - 1].toMs);
        }
    }
    QCOMPARE(inBins, 50);
    QVERIFY(report.bins.front().cold > 0 && report.bins.back().cold > 0);
}

void LoadGeneratorTest::reachesThreeThousandASecond()
{
    TestServer server;
    LoadGenerator generator;
    QSignalSpy finished(&generator, &LoadGenerator::finished);
    LoadPlan plan;
    plan.url = server.url();
    plan.requestsPerSecond = 3'000;
    plan.duration = std::chrono::seconds(3);
    plan.connections = 64;
    QVERIFY(generator.start(plan));
    QVERIFY(finished.wait(30'000));
    const LoadReport &report = generator.lastReport();
    qInfo("3,000/s for 3 s: sent %lld, ok %lld, late %lld, in %lld ms, p50 %.2f p95 %.2f p99 %.2f ms, %d "
          "connections",
          static_cast<long long>(report.sent), static_cast<long long>(report.ok),
          static_cast<long long>(report.late), static_cast<long long>(report.elapsed.count()),
          report.total.p50.value_or(-1), report.total.p95.value_or(-1), report.total.p99.value_or(-1),
          server.connections());
    QCOMPARE(report.sent, 9'000);
    QCOMPARE(report.ok, 9'000);
}

QTEST_GUILESS_MAIN(LoadGeneratorTest)
#include "tst_loadgenerator.moc"
