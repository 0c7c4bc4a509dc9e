// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/hostaddresses.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace nest::keeper {
namespace {

constexpr std::size_t answerBytes = 32 * 1024; // the kernel's own parts are no larger

std::unexpected<Error> addressFailure(int error)
{
    return failure("keeper/egress", std::string("This machine's own addresses could not be listed: ") +
                                        std::strerror(error) + ".");
}

bool isOfThisMachine(const rtmsg &route)
{
    return route.rtm_family == AF_INET && route.rtm_table == RT_TABLE_LOCAL &&
           (route.rtm_type == RTN_LOCAL || route.rtm_type == RTN_BROADCAST || route.rtm_type == RTN_ANYCAST);
}

Prefix prefixOf(const nlmsghdr *message, const rtmsg *route)
{
    Prefix prefix{.address = 0, .length = route->rtm_dst_len};
    auto left = static_cast<int>(RTM_PAYLOAD(message));
    for (auto *part = RTM_RTA(route); RTA_OK(part, left); part = RTA_NEXT(part, left)) {
        if (part->rta_type == RTA_DST && RTA_PAYLOAD(part) == sizeof prefix.address) {
            std::memcpy(&prefix.address, RTA_DATA(part), sizeof prefix.address);
        }
    }
    return prefix;
}

} // namespace

Result<std::vector<Prefix>> hostAddresses()
{
    const FileDescriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    struct
    {
        nlmsghdr head;
        rtmsg route;
    } question{};
    question.head.nlmsg_len = sizeof question;
    question.head.nlmsg_type = RTM_GETROUTE;
    question.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    question.route.rtm_family = AF_INET;
    question.route.rtm_table = RT_TABLE_LOCAL;
    const int strictly = 1; // so that the kernel leaves other tables out, which may be long
    if (!socket.isOpen() ||
        ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &strictly, sizeof strictly) != 0 ||
        ::send(socket.get(), &question, sizeof question, 0) != sizeof question) {
        return addressFailure(errno);
    }
    std::vector<Prefix> prefixes;
    alignas(nlmsghdr) std::array<char, answerBytes> answer; // filled by recv
    while (true) {
        const auto got = ::recv(socket.get(), answer.data(), answer.size(), 0);
        if (got <= 0 && errno != EINTR) {
            return addressFailure(got == 0 ? EPIPE : errno);
        }
        auto left = static_cast<unsigned>(got > 0 ? got : 0);
        for (auto *message = reinterpret_cast<nlmsghdr *>(answer.data()); NLMSG_OK(message, left);
             message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_type == NLMSG_DONE) {
                return prefixes;
            }
            if (message->nlmsg_type == NLMSG_ERROR) {
                return addressFailure(-static_cast<const nlmsgerr *>(NLMSG_DATA(message))->error);
            }
            if ((message->nlmsg_flags & NLM_F_DUMP_INTR) != 0) {
                return addressFailure(EAGAIN); // they changed meanwhile
            }
            const auto *route = static_cast<const rtmsg *>(NLMSG_DATA(message));
            if (message->nlmsg_type == RTM_NEWROUTE && isOfThisMachine(*route)) {
                prefixes.push_back(prefixOf(message, route));
            }
        }
    }
}

Result<FileDescriptor> watchHostAddresses()
{
    FileDescriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_IPV4_ROUTE;
    if (!socket.isOpen() ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        return addressFailure(errno);
    }
    return socket;
}

void noteRead(const FileDescriptor &watch)
{
    std::array<char, answerBytes> news; // not looked at
    while (::recv(watch.get(), news.data(), news.size(), 0) > 0 || errno == ENOBUFS || errno == EINTR) {
    }
}

} // namespace nest::keeper
