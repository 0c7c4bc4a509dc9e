// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/opennetwork.h"

#include "platform/keeper/box.h"
#include "platform/keeper/processtable.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace nest::keeper {
namespace {

constexpr const char *program = "/usr/bin/pasta";
constexpr int noProgram = 127;
constexpr int listTries = 5; // while addresses change

Prefix prefix(unsigned first, unsigned second, unsigned char length)
{
    return {htonl((first << 24U) | (second << 16U)), length};
}

// Beside this machine's own: "this network", loopback, link-local with the data services of clouds, and
// multicast with all that lies behind it.
const std::array neverOpen{prefix(0, 0, 8), prefix(127, 0, 8), prefix(169, 254, 16), prefix(224, 0, 3)};

std::unexpected<Error> openFailure(const std::string &what)
{
    return failure("keeper/egress", "The function's network could not be opened: " + what);
}

// What follows up to closeTo runs in a forked child: system calls only, nothing that allocates.

struct PolicyMessage
{
    nlmsghdr head;
    xfrm_userpolicy_info policy;
};

struct PolicyAnswer
{
    nlmsghdr head;
    nlmsgerr error;
    std::array<char, sizeof(PolicyMessage)> echo; // the kernel may send the message back
};

/// The number of an error, or 0.
int block(int socket, const Prefix &destination)
{
    PolicyMessage message{};
    message.head.nlmsg_len = sizeof message;
    message.head.nlmsg_type = XFRM_MSG_UPDPOLICY; // also where there is none yet
    message.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
    auto &policy = message.policy;
    policy.sel.family = AF_INET;
    policy.sel.daddr.a4 = destination.address;
    policy.sel.prefixlen_d = destination.length;
    policy.lft.soft_byte_limit = policy.lft.hard_byte_limit = XFRM_INF;
    policy.lft.soft_packet_limit = policy.lft.hard_packet_limit = XFRM_INF;
    policy.dir = XFRM_POLICY_OUT;
    policy.action = XFRM_POLICY_BLOCK;
    PolicyAnswer answer{};
    if (::send(socket, &message, sizeof message, 0) != sizeof message ||
        ::recv(socket, &answer, sizeof answer, 0) < static_cast<ssize_t>(NLMSG_LENGTH(sizeof(int)))) {
        return errno != 0 ? errno : EIO;
    }
    return answer.head.nlmsg_type == NLMSG_ERROR ? -answer.error.error : EPROTO;
}

int blockAll(const BoxNamespaces &namespaces, const std::vector<Prefix> &prefixes)
{
    if (!enter(namespaces)) {
        return errno;
    }
    const int socket = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_XFRM);
    int error = socket < 0 ? errno : 0;
    for (std::size_t i = 0; error == 0 && i < prefixes.size(); ++i) {
        error = block(socket, prefixes[i]);
    }
    return error;
}

/// A child in the box's namespaces that has closed them to the prefixes. It stays until it is dismissed.
class Envoy final
{
public:
    Envoy(const BoxNamespaces &namespaces, const std::vector<Prefix> &prefixes)
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            m_error = errno;
            return;
        }
        FileDescriptor reader(ends[0]);
        FileDescriptor writer(ends[1]);
        const pid_t parent = ::getpid();
        m_pid = ::fork();
        if (m_pid == 0) {
            const int error = blockAll(namespaces, prefixes);
            ::prctl(PR_SET_PDEATHSIG, SIGKILL); // entering may have taken an earlier one away
            if (::write(writer.get(), &error, sizeof error) == sizeof error && ::getppid() == parent) {
                ::pause();
            }
            ::_exit(EXIT_SUCCESS);
        }
        m_error = m_pid < 0 ? errno : 0;
        writer.reset();
        ssize_t got = 0;
        int said = ECHILD;
        while (m_error == 0 && (got = ::read(reader.get(), &said, sizeof said)) < 0 && errno == EINTR) {
        }
        m_error = m_error != 0 ? m_error : got == sizeof said ? said : ECHILD;
    }
    ~Envoy()
    {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
    }
    Envoy(const Envoy &) = delete;
    Envoy &operator=(const Envoy &) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    [[nodiscard]] Result<> result() const
    {
        if (m_error == 0) {
            return {};
        }
        return openFailure(std::string("the kernel took no policy that keeps it from this machine: ") +
                           std::strerror(m_error) + ". It needs CONFIG_XFRM_USER.");
    }

private:
    pid_t m_pid = -1;
    int m_error = 0;
};

Result<std::vector<Prefix>> settledHostAddresses()
{
    auto found = hostAddresses();
    for (int i = 1; !found && i < listTries; ++i) {
        found = hostAddresses();
    }
    return found;
}

/// Its status, once it serves the box or has failed and has said why.
int startPasta(pid_t process, pid_t envoy)
{
    // Of what AppArmor lets pasta open, paths of this form alone.
    const auto user = "/proc/" + std::to_string(envoy) + "/ns/user";
    const auto network = "/proc/" + std::to_string(process) + "/ns/net";
    std::vector<std::string> words{program, "--quiet", "--ipv4-only", "--config-net", "--ns-ifname", "eth0",
                                   // Nothing into the box, nothing of it to this machine's loopback.
                                   "-t", "none", "-u", "none", "-T", "none", "-U", "none", "--no-map-gw",
                                   "--no-icmp", "--no-dhcp", "--no-dhcpv6", "--no-ndp", "--no-ra",
                                   "--dns-forward", nameServerInBox, "--userns", user, "--netns", network};
    if (::geteuid() == 0) { // it would become "nobody", who may not enter what root's box is in
        words.insert(words.begin() + 1, {"--runas", "0:0"});
    }
    std::vector<char *> argv;
    for (auto &word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0) {
        const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(nothing, STDOUT_FILENO);
        std::array<char *, 1> environment{nullptr};
        ::execve(program, argv.data(), environment.data());
        ::_exit(noProgram);
    }
    int status = -1;
    while (pid > 0 && ::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

} // namespace

Result<OpenNetwork> OpenNetwork::open(pid_t process, const BoxNamespaces &namespaces)
{
    OpenNetwork network;
    auto watch = watchHostAddresses(); // before they are listed, so that no change is missed
    auto addresses = settledHostAddresses();
    if (!watch || !addresses) {
        return std::unexpected(!watch ? watch.error() : addresses.error());
    }
    network.m_watch = std::move(*watch);
    network.m_closed = std::move(*addresses);
    network.m_closed.insert(network.m_closed.end(), neverOpen.begin(), neverOpen.end());
    const Envoy envoy(namespaces, network.m_closed);
    if (auto closed = envoy.result(); !closed) {
        return std::unexpected(closed.error());
    }
    const int status = startPasta(process, envoy.pid());
    if (WIFEXITED(status) && WEXITSTATUS(status) == noProgram) {
        return openFailure(std::string(program) + " could not be started. Install the package passt.");
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return openFailure("pasta, of the package passt, ended at once; what it said stands before this.");
    }
    const auto children = childrenOf(::getpid()); // the one we waited for has left its work to one of ours
    const auto pasta = std::ranges::find_if(children, [&](pid_t child) { return child != envoy.pid(); });
    network.m_pasta =
        FileDescriptor(pasta == children.end() ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, *pasta, 0)));
    if (!network.m_pasta.isOpen()) {
        return openFailure("pasta, of the package passt, ended at once.");
    }
    return network;
}

Result<> OpenNetwork::follow(const BoxNamespaces &namespaces)
{
    noteRead(m_watch);
    auto addresses = settledHostAddresses();
    if (!addresses) {
        return std::unexpected(addresses.error());
    }
    std::erase_if(*addresses,
                  [this](const Prefix &address) { return std::ranges::contains(m_closed, address); });
    if (addresses->empty()) {
        return {};
    }
    m_closed.insert(m_closed.end(), addresses->begin(), addresses->end());
    return Envoy(namespaces, *addresses).result();
}

} // namespace nest::keeper
