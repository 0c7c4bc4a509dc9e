// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Two network namespaces of a test's own: "here", in which its thread, nestd and all that these start live,
// and "outside", joined by a pair of interfaces. So an open network can be tried without the real one.
// Needs root and the program ip. Here is 10.77.0.1, outside 10.77.0.2; here has 10.88.0.1 besides.

#include <QFile>
#include <QProcess>
#include <QString>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace nest::tests {

class OuterNetwork final
{
public:
    /// The calling thread leaves the network that it was in. Empty, or why it cannot be.
    QString make()
    {
        using namespace Qt::StringLiterals;
        if (::geteuid() != 0) {
            return u"This test makes network namespaces, which takes root."_s;
        }
        if (!QFile::exists(u"/usr/sbin/ip"_s) || !QFile::exists(u"/dev/net/tun"_s)) {
            return u"This test needs /usr/sbin/ip (package iproute2) and /dev/net/tun."_s;
        }
        if (::unshare(CLONE_NEWNET) != 0) {
            return u"This test may make no network namespace."_s;
        }
        m_outside.start(u"/usr/bin/unshare"_s, {u"-n"_s, u"/usr/bin/sleep"_s, u"900"_s});
        m_outside.waitForStarted();
        const auto path = u"/proc/%1/ns/net"_s.arg(m_outside.processId());
        const auto mine = namespaceOf(u"thread-self"_s);
        for (int i = 0; i < 500 && namespaceOf(QString::number(m_outside.processId())) == mine; ++i) {
            ::usleep(5'000);
        }
        const auto made = run(QStringLiteral(R"(set -e
PATH=/usr/sbin:/usr/bin
ip link set lo up
ip link add h0 type veth peer name o0
ip link set o0 netns %1
ip addr add 10.77.0.1/24 dev h0
ip link set h0 up
ip link add d0 type veth peer name d1
ip link set d1 up
ip link set d0 up
ip addr add 10.88.0.1/24 dev d0
nsenter -t %1 -n sh -c 'ip link set lo up && ip addr add 10.77.0.2/24 dev o0 && ip link set o0 up'
nsenter -t %1 -n ip addr add 169.254.169.254/32 dev lo
ip route add default via 10.77.0.2)")
                                  .arg(m_outside.processId()));
        if (made && !run(QStringLiteral("/usr/sbin/ip xfrm policy add src 0.0.0.0/0 dst 192.0.2.1/32 dir out "
                                        "action block"))) {
            return u"This kernel has no policies (XFRM), without which nestd opens no network."_s;
        }
        m_namespace = ::open(path.toUtf8().constData(), O_RDONLY | O_CLOEXEC);
        return made && m_namespace >= 0 ? QString() : u"The test's network could not be made."_s;
    }
    OuterNetwork() = default;
    ~OuterNetwork()
    {
        m_outside.kill();
        m_outside.waitForFinished();
        if (m_namespace >= 0) {
            ::close(m_namespace);
        }
    }
    OuterNetwork(const OuterNetwork &) = delete;
    OuterNetwork &operator=(const OuterNetwork &) = delete;

    /// Of a process: "net:[4026532645]".
    static QString namespaceOf(const QString &process)
    {
        return QFile::symLinkTarget(QStringLiteral("/proc/%1/ns/net").arg(process))
            .section(QLatin1Char('/'), -1);
    }
    static bool run(const QString &script)
    {
        return QProcess::execute(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script}) == 0;
    }
    /// In a thread that is outside; sockets and threads that it makes stay there.
    void outside(const std::function<void()> &deed) const
    {
        std::thread([&] {
            if (::setns(m_namespace, CLONE_NEWNET) == 0) {
                deed();
            }
        }).join();
    }

private:
    QProcess m_outside;
    int m_namespace = -1;
};

/// Answers datagrams in a thread of its own; an empty answer is none.
class UdpPeer final
{
public:
    UdpPeer(std::function<std::string(const std::string &)> answer, const char *address, int port = 0)
        : m_answer(std::move(answer)), m_socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, address, &own.sin_addr);
        socklen_t length = sizeof own;
        m_isOpen = ::bind(m_socket, reinterpret_cast<const sockaddr *>(&own), sizeof own) == 0 &&
                   ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&own), &length) == 0;
        m_port = ntohs(own.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~UdpPeer()
    {
        ::shutdown(m_socket, SHUT_RDWR);
        m_thread.join();
        ::close(m_socket);
    }
    UdpPeer(const UdpPeer &) = delete;
    UdpPeer &operator=(const UdpPeer &) = delete;

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] int port() const { return m_port; }

    /// A name server that knows outside.example alone.
    static std::string nameServer(const std::string &question)
    {
        if (question.size() < 17) {
            return {};
        }
        const std::string known("\7outside\7example\0", 17);
        const bool isKnown = question.compare(12, known.size(), known) == 0;
        const bool isAddress = isKnown && question.compare(12 + known.size(), 2, std::string("\0\1", 2)) == 0;
        const auto end = question.find('\0', 12) + 5;
        auto answer = question.substr(0, end);
        answer[2] = static_cast<char>(0x81);
        answer[3] = static_cast<char>(isKnown ? 0x80 : 0x83);
        answer[7] = isAddress ? 1 : 0;
        answer[11] = 0; // no further records
        return isAddress ? answer + std::string("\xc0\x0c\0\1\0\1\0\0\0\1\0\4\x0a\x4d\0\2", 16) : answer;
    }

private:
    void serve()
    {
        char bytes[2048];
        sockaddr_in from{};
        socklen_t length = sizeof from;
        ssize_t got = 0;
        while ((got = ::recvfrom(m_socket, bytes, sizeof bytes, 0, reinterpret_cast<sockaddr *>(&from),
                                 &length)) > 0) {
            const auto answer = m_answer(std::string(bytes, static_cast<std::size_t>(got)));
            if (!answer.empty()) {
                ::sendto(m_socket, answer.data(), answer.size(), 0, reinterpret_cast<sockaddr *>(&from),
                         length);
            }
            length = sizeof from;
        }
    }

    std::function<std::string(const std::string &)> m_answer;
    int m_socket;
    int m_port = 0;
    bool m_isOpen = false;
    std::thread m_thread;
};

} // namespace nest::tests
