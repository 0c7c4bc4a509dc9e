// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/fencedprocess.h"

#include "platform/keeper/boxtree.h"
#include "platform/keeper/fencedconnect.h"
#include "platform/keeper/landlock.h"
#include "platform/keeper/temporaryfolder.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

namespace nest::keeper {
namespace {

constexpr int listenerNumber = 3;
constexpr int firstSpareNumber = 64;
constexpr int signalBase = 128;
constexpr rlim_t megabyte = 1024 * 1024;
// A net under the keeper's watching, which ends a box with too many processes: the kernel counts all of this
// user here, so the box is allowed what there is and this many more.
constexpr rlim_t spareProcesses = 1024;

[[noreturn]] void giveUp(const FencedProcess &process, Step step)
{
    const StepFailure failed{step, errno};
    [[maybe_unused]] const auto written = ::write(process.report.get(), &failed, sizeof failed);
    ::_exit(signalBase - 1);
}

bool limit(__rlimit_resource resource, rlim_t value)
{
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

/// How many processes this user has can only be found by trying: a container does not see them all. Root's
/// are never counted.
void limitProcesses(int own)
{
    if (::geteuid() == 0) {
        return;
    }
    rlimit allowed{};
    ::getrlimit(RLIMIT_NPROC, &allowed);
    for (rlim_t count = spareProcesses + static_cast<rlim_t>(own); count < allowed.rlim_max; count *= 2) {
        const rlimit tried{count, allowed.rlim_max};
        ::setrlimit(RLIMIT_NPROC, &tried);
        const pid_t child = ::fork();
        if (child == 0) {
            ::_exit(0);
        }
        if (child > 0) {
            ::waitpid(child, nullptr, 0);
            limit(RLIMIT_NPROC, std::min(count + spareProcesses, allowed.rlim_max));
            return;
        }
    }
    ::setrlimit(RLIMIT_NPROC, &allowed);
}

bool putOnLimits(const BoxSpec &box)
{
    const int score = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0) {
        [[maybe_unused]] const auto written = ::write(score, "500", 3); // functions go before nestd
        ::close(score);
    }
    if (box.niceness != 0) {
        ::setpriority(PRIO_PROCESS, 0, box.niceness);
    }
    const auto &limits = box.limits;
    limitProcesses(limits.processes);
    return limit(RLIMIT_CORE, 0) &&
           limit(RLIMIT_DATA, 2 * static_cast<rlim_t>(limits.memoryMegabytes) * megabyte) &&
           limit(RLIMIT_FSIZE, static_cast<rlim_t>(limits.fileMegabytes) * megabyte) &&
           limit(RLIMIT_NOFILE, static_cast<rlim_t>(limits.openFiles));
}

bool dropPrivileges()
{
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return false;
    }
    ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); // who may not has none to lose, and gets none by exec
    }
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> none{};
    return ::syscall(SYS_capset, &header, none.data()) == 0;
}

bool putOnFilter(const std::string &program)
{
    std::vector<sock_filter> instructions(program.size() / sizeof(sock_filter));
    program.copy(reinterpret_cast<char *>(instructions.data()), instructions.size() * sizeof(sock_filter));
    const sock_fprog filter{.len = static_cast<unsigned short>(instructions.size()),
                            .filter = instructions.data()};
    return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}

/// 0 to 3 as in every box, and the report. Sources first go above the fixed numbers.
bool arrangeDescriptors(FencedProcess &process)
{
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    std::array sources{nothing, process.output.get(), process.errors.get(), process.listener};
    const std::size_t count = process.listener < 0 ? sources.size() - 1 : sources.size();
    for (std::size_t i = 0; i < count; ++i) {
        sources[i] = ::fcntl(sources[i], F_DUPFD_CLOEXEC, firstSpareNumber);
    }
    for (auto *kept : {&process.report, &process.rules}) {
        if (kept->isOpen()) {
            *kept = FileDescriptor(::fcntl(kept->get(), F_DUPFD_CLOEXEC, firstSpareNumber));
        }
    }
    process.output.release(); // closed below
    process.errors.release();
    for (std::size_t i = 0; i < count; ++i) {
        if (sources[i] < 0 || ::dup2(sources[i], static_cast<int>(i)) < 0) {
            return false;
        }
    }
    const auto beyond = static_cast<unsigned>(process.listener < 0 ? listenerNumber : listenerNumber + 1);
    std::array kept{static_cast<unsigned>(process.report.get()),
                    process.rules.isOpen() ? static_cast<unsigned>(process.rules.get()) : beyond - 1};
    std::ranges::sort(kept);
    unsigned first = beyond;
    for (const auto number : kept) {
        if (number > first) {
            ::close_range(first, number - 1, 0);
        }
        first = std::max(first, number + 1);
    }
    ::close_range(first, ~0U, 0);
    return true;
}

constexpr char passedMark = 'q';

/// The watcher has the other end.
bool passOn(int end, const FileDescriptor &questions)
{
    char mark = passedMark;
    iovec part{&mark, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (questions.isOpen()) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        auto *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        const int number = questions.get();
        std::memcpy(CMSG_DATA(header), &number, sizeof number);
    }
    return ::sendmsg(end, &message, MSG_NOSIGNAL) == 1;
}

/// Closed when the command's connects are refused without being asked about, or it has ended.
FileDescriptor takeOver(int end)
{
    char mark = 0;
    iovec part{&mark, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t got = 0;
    do {
        got = ::recvmsg(end, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    const auto *header = got == 1 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS) {
        return {};
    }
    int number = -1;
    std::memcpy(&number, CMSG_DATA(header), sizeof number);
    return FileDescriptor(number);
}

[[noreturn]] void runCommand(FencedProcess &process, pid_t watcher, int toWatcher)
{
    // Both before anything else, and after that the look whether it was too late.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != watcher) {
        ::_exit(signalBase + SIGKILL);
    }
    ::setsid();
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGPIPE, SIGHUP}) {
        ::signal(number, SIG_DFL);
    }
    ::umask(022);
    if (!putOnLimits(process.box)) {
        giveUp(process, Step::Limits);
    }
    if (::chdir(process.box.workingDirectory.c_str()) != 0) {
        giveUp(process, Step::Folder);
    }
    if (!dropPrivileges()) {
        giveUp(process, Step::Privileges);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // a change of capabilities takes it away
    std::vector<std::string> settings;
    for (const auto &[name, value] : process.box.environment) {
        settings.push_back(name + '=' + value);
    }
    std::vector<char *> environment;
    for (auto &setting : settings) {
        environment.push_back(setting.data());
    }
    environment.push_back(nullptr);
    std::vector<char *> arguments;
    for (auto &word : process.box.command) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    if (process.rules.isOpen() && !restrictSelf(process.rules)) {
        giveUp(process, Step::Landlock);
    }
    for (const auto &program : process.programs) {
        if (!putOnFilter(program)) {
            giveUp(process, Step::Seccomp);
        }
    }
    FileDescriptor questions; // closes when the command begins; the watcher has its own
    if (process.connects != Connects::Freely &&
        !watchConnects(process.connects == Connects::ToBinds, questions)) {
        giveUp(process, Step::Seccomp);
    }
    if (!passOn(toWatcher, questions)) {
        giveUp(process, Step::Descriptors);
    }
    ::execve(arguments.front(), arguments.data(), environment.data());
    giveUp(process, Step::Command);
}

int exitCodeOf(int status)
{
    return WIFSIGNALED(status) ? signalBase + WTERMSIG(status) : WEXITSTATUS(status);
}

/// Until no child is left: what loses its parent while it is killed becomes ours.
void endAll()
{
    constexpr timespec pause{0, 2'000'000};
    while (true) {
        killAllBelow(::getpid());
        pid_t ended = 0;
        while ((ended = ::waitpid(-1, nullptr, WNOHANG)) > 0) {
        }
        if (ended < 0) {
            return;
        }
        ::nanosleep(&pause, nullptr);
    }
}

/// Answers what the box asks, until the command has ended, or the keeper; the exit code of the box.
int waitForTheEnd(const sigset_t &handled, pid_t command, const FileDescriptor &questions,
                  const ConnectAnswers &answers)
{
    const FileDescriptor signals(::signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK));
    std::array<pollfd, 2> waits{pollfd{signals.get(), POLLIN, 0}, pollfd{questions.get(), POLLIN, 0}};
    while (true) {
        ::poll(waits.data(), waits.size(), -1);
        signalfd_siginfo info{};
        bool isAsked = false;
        while (::read(signals.get(), &info, sizeof info) == sizeof info) {
            isAsked = isAsked || info.ssi_signo != SIGCHLD;
        }
        int status = 0;
        for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;) {
            if (ended == command) {
                return exitCodeOf(status);
            }
        }
        if (isAsked) { // the keeper has ended
            return signalBase + SIGTERM;
        }
        if ((waits[1].revents & POLLIN) != 0) {
            answers.answer(questions.get());
        } else if (waits[1].revents != 0) {
            waits[1].fd = -1; // nobody is left who could ask
        }
    }
}

} // namespace

std::string wordsOf(Step step)
{
    switch (step) {
    case Step::Fork:
        return "No process could be started for";
    case Step::Descriptors:
        return "Too many files are open to start";
    case Step::Limits:
        return "The limits could not be put on";
    case Step::Folder:
        return "The folder could not be entered of";
    case Step::Privileges:
        return "Privileges could not be taken from";
    case Step::Landlock:
        return "The rules for files could not be put on";
    case Step::Seccomp:
        return "The system call filter could not be put on";
    case Step::Command:
        break;
    }
    return "The box could not start";
}

void watchOver(FencedProcess process)
{
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != process.keeper) {
        ::_exit(signalBase + SIGTERM);
    }
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::prctl(PR_SET_NAME, "nest-fence");
    sigset_t handled;
    ::sigemptyset(&handled);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT}) {
        ::sigaddset(&handled, number);
    }
    ::sigprocmask(SIG_SETMASK, &handled, nullptr);
    std::array<int, 2> ends{};
    if (!arrangeDescriptors(process) ||
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        giveUp(process, Step::Descriptors);
    }
    const pid_t self = ::getpid();
    const pid_t command = ::fork();
    if (command < 0) {
        giveUp(process, Step::Fork);
    }
    if (command == 0) {
        ::close(ends[0]);
        runCommand(process, self, ends[1]);
    }
    ::prctl(PR_SET_DUMPABLE, 0); // the box's processes are this user's too
    ::close(ends[1]);
    auto questions = takeOver(ends[0]);
    // What is left of the box's is the command's alone: its socket refuses as soon as it has gone.
    if (questions.isOpen()) {
        questions = FileDescriptor(::fcntl(questions.get(), F_DUPFD_CLOEXEC, firstSpareNumber));
    }
    process.report.release();
    process.rules.release();
    const auto kept = questions.isOpen() ? static_cast<unsigned>(questions.get()) : ~0U;
    ::close_range(0, kept - 1, 0);
    if (questions.isOpen()) {
        ::close_range(kept + 1, ~0U, 0);
    }
    const int code = waitForTheEnd(handled, command, questions, ConnectAnswers(process.box.binds));
    questions.reset();
    endAll();
    removeFolder(process.temporaryFolder);
    ::_exit(code);
}

} // namespace nest::keeper
