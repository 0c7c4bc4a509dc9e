// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/fencedconnect.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>

namespace nest::keeper {
namespace {

// The architecture is looked at by the filter of every box, which is put on too.
std::array<sock_filter, 4> connectFilter(unsigned action)
{
    return {{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
             BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 0, 1), BPF_STMT(BPF_RET | BPF_K, action),
             BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)}};
}

long putOn(unsigned action, unsigned flags)
{
    auto instructions = connectFilter(action);
    const sock_fprog program{.len = instructions.size(), .filter = instructions.data()};
    return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

/// The address that a thread gave; empty when it is none of a Unix socket with a path, or cannot be read.
std::string pathAt(unsigned thread, unsigned long long address, unsigned long long length)
{
    sockaddr_un name{};
    if (length <= offsetof(sockaddr_un, sun_path) || length > sizeof name) {
        return {};
    }
    const FileDescriptor memory(
        ::open(("/proc/" + std::to_string(thread) + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
    if (!memory.isOpen() ||
        ::pread(memory.get(), &name, length, static_cast<off_t>(address)) != static_cast<ssize_t>(length)) {
        return {};
    }
    const auto most = length - offsetof(sockaddr_un, sun_path);
    return name.sun_family == AF_UNIX ? std::string(name.sun_path, ::strnlen(name.sun_path, most))
                                      : std::string();
}

/// O_NONBLOCK and O_CLOEXEC of a descriptor of another process; -1 when it has none.
int flagsOf(unsigned thread, int descriptor)
{
    std::ifstream about("/proc/" + std::to_string(thread) + "/fdinfo/" + std::to_string(descriptor));
    std::string word;
    while (about >> word) {
        int flags = 0;
        if (word == "flags:" && about >> std::oct >> flags) {
            return flags;
        }
    }
    return -1;
}

} // namespace

bool watchConnects(bool isAsked, FileDescriptor &questions)
{
    if (isAsked) {
        questions =
            FileDescriptor(static_cast<int>(putOn(SECCOMP_RET_USER_NOTIF, SECCOMP_FILTER_FLAG_NEW_LISTENER)));
        if (questions.isOpen()) {
            return true;
        }
    }
    return putOn(SECCOMP_RET_ERRNO | EACCES, 0) == 0;
}

ConnectAnswers::ConnectAnswers(const std::vector<Bind> &binds)
{
    for (const auto &bind : binds) {
        if (!bind.isWritable) { // in the others the box could make a link that leads elsewhere
            m_folders.push_back(bind.host);
        }
    }
}

void ConnectAnswers::answer(int questions) const
{
    seccomp_notif question{};
    if (::ioctl(questions, SECCOMP_IOCTL_NOTIF_RECV, &question) != 0) {
        return; // who asked has ended
    }
    const auto &arguments = question.data.args;
    const auto path = pathAt(question.pid, arguments[1], arguments[2]);
    seccomp_notif_resp answer{};
    answer.id = question.id;
    // Nobody else may have come by this number since.
    answer.error =
        ::ioctl(questions, SECCOMP_IOCTL_NOTIF_ID_VALID, &question.id) == 0
            ? -connectFor(questions, question.id, question.pid, static_cast<int>(arguments[0]), path)
            : -EACCES;
    ::ioctl(questions, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

int ConnectAnswers::connectFor(int questions, unsigned long long id, unsigned thread, int socket,
                               const std::string &path) const
{
    const auto slash = path.rfind('/');
    struct stat status{};
    if (slash == std::string::npos || !std::ranges::contains(m_folders, path.substr(0, slash)) ||
        ::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) {
        return EACCES;
    }
    const int flags = flagsOf(thread, socket);
    // Not to be held up where nobody accepts: then the box is told to try again.
    const FileDescriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (flags < 0 || !made.isOpen() || path.size() >= sizeof address.sun_path) {
        return EACCES;
    }
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(made.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        return errno;
    }
    if ((flags & O_NONBLOCK) == 0) {
        ::fcntl(made.get(), F_SETFL, 0);
    }
    seccomp_notif_addfd replacement{};
    replacement.id = id;
    replacement.flags = SECCOMP_ADDFD_FLAG_SETFD;
    replacement.srcfd = static_cast<unsigned>(made.get());
    replacement.newfd = static_cast<unsigned>(socket);
    replacement.newfd_flags = (flags & O_CLOEXEC) != 0 ? O_CLOEXEC : 0;
    return ::ioctl(questions, SECCOMP_IOCTL_NOTIF_ADDFD, &replacement) < 0 ? EACCES : 0;
}

} // namespace nest::keeper
