// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/spawn.h"

#include "platform/keeper/timeslice.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace nest::keeper {
namespace {

constexpr int listenerNumber = 3;
constexpr int argumentsNumber = 8;
constexpr int seccompNumber = 9;
constexpr int firstSpareNumber = 64; // sources are moved up here before the fixed numbers are filled
constexpr rlim_t megabyte = 1024 * 1024;

std::unexpected<Error> spawnFailure(const std::string &what, int error)
{
    return failure("keeper/spawn", what + ": " + std::strerror(error) + ".");
}

struct Pipe
{
    FileDescriptor reader;
    FileDescriptor writer;
};

Result<Pipe> makePipe()
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return spawnFailure("No pipe could be made", errno);
    }
    return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

Result<FileDescriptor> memoryFile(const char *name, const std::string &content)
{
    FileDescriptor file(::memfd_create(name, MFD_CLOEXEC));
    if (!file.isOpen()) {
        return spawnFailure("No memory file could be made", errno);
    }
    if (::write(file.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()) ||
        ::lseek(file.get(), 0, SEEK_SET) != 0) {
        return spawnFailure("A memory file could not be written", errno);
    }
    return file;
}

struct ChildSetup
{
    int nothing, output, errors, listener, arguments, seccomp, report;
    int information, gate; // -1: neither
    BoxLimits limits;
    int niceness;
    const char *program;
    char *const *argv;
};

bool moveTo(int source, int number)
{
    return ::dup2(source, number) == number;
}

bool limit(__rlimit_resource resource, rlim_t value)
{
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

// Between fork and exec: system calls only, nothing that allocates.
bool prepareChild(const ChildSetup &setup)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::umask(022);

    const int score = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0) {
        [[maybe_unused]] const auto written = ::write(score, "500", 3); // functions go before nestd
        ::close(score);
    }
    if (setup.niceness != 0) {
        ::setpriority(PRIO_PROCESS, 0, setup.niceness);
    }
    setOwnSlice(servingSlice);
    const auto &limits = setup.limits;
    const bool limited = limit(RLIMIT_CORE, 0) &&
                         limit(RLIMIT_DATA, 2 * static_cast<rlim_t>(limits.memoryMegabytes) * megabyte) &&
                         limit(RLIMIT_FSIZE, static_cast<rlim_t>(limits.fileMegabytes) * megabyte) &&
                         limit(RLIMIT_NOFILE, static_cast<rlim_t>(limits.openFiles));
    const bool moved = moveTo(setup.nothing, 0) && moveTo(setup.output, 1) && moveTo(setup.errors, 2) &&
                       moveTo(setup.arguments, argumentsNumber) && moveTo(setup.seccomp, seccompNumber) &&
                       (setup.listener < 0 || moveTo(setup.listener, listenerNumber)) &&
                       (setup.gate < 0 || (moveTo(setup.information, informationDescriptor) &&
                                           moveTo(setup.gate, gateDescriptor)));
    if (!limited || !moved) {
        return false;
    }
    const unsigned firstUnused = setup.listener < 0 ? listenerNumber : listenerNumber + 1;
    ::close_range(firstUnused, setup.gate < 0 ? argumentsNumber - 1 : informationDescriptor - 1, 0);
    // The report pipe closes itself when exec succeeds.
    ::close_range(seccompNumber + 1, static_cast<unsigned>(setup.report) - 1, 0);
    ::close_range(static_cast<unsigned>(setup.report) + 1, ~0U, 0);
    return true;
}

// As fork. Moving a process later would cost a grace period of the kernel, tens of milliseconds a start.
pid_t forkInto(const FileDescriptor &group)
{
    if (!group.isOpen()) {
        return ::fork();
    }
    clone_args arguments{};
    arguments.flags = CLONE_INTO_CGROUP;
    arguments.exit_signal = SIGCHLD;
    arguments.cgroup = static_cast<__u64>(group.get());
    return static_cast<pid_t>(::syscall(SYS_clone3, &arguments, sizeof arguments));
}

[[noreturn]] void runChild(const ChildSetup &setup)
{
    if (prepareChild(setup)) {
        char *const environment[] = {nullptr};
        ::execve(setup.program, setup.argv, environment);
    }
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(setup.report, &error, sizeof error);
    ::_exit(127);
}

// Duplicates above the fixed numbers, so that filling those overwrites no source.
FileDescriptor lifted(int source)
{
    return FileDescriptor(::fcntl(source, F_DUPFD_CLOEXEC, firstSpareNumber));
}

} // namespace

Result<BoxProcess> startBox(const std::string &bwrapProgram, const BoxSpec &spec,
                            const FileDescriptor &listener, const std::string &seccomp,
                            const FileDescriptor &group)
{
    const auto argumentFile = memoryFile("arguments", boxArguments(spec, seccompNumber));
    const auto seccompFile = memoryFile("seccomp", seccomp);
    auto output = makePipe();
    auto errors = makePipe();
    auto report = makePipe();
    auto information = hasEntry(spec) ? makePipe() : Result<Pipe>(Pipe{});
    auto gate = hasEntry(spec) ? makePipe() : Result<Pipe>(Pipe{});
    const FileDescriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!argumentFile || !seccompFile) {
        return std::unexpected(!argumentFile ? argumentFile.error() : seccompFile.error());
    }
    if (!output || !errors || !report) {
        return std::unexpected(!output ? output.error() : !errors ? errors.error() : report.error());
    }

    if (!information || !gate) {
        return std::unexpected(!information ? information.error() : gate.error());
    }

    std::vector<std::string> words{"bwrap", "--args", std::to_string(argumentsNumber), "--"};
    for (auto &word : boxCommand(spec)) {
        words.push_back(std::move(word));
    }
    std::vector<char *> argv;
    for (auto &word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);

    std::array sources{lifted(nothing.get()),        lifted(output->writer.get()),
                       lifted(errors->writer.get()), lifted(argumentFile->get()),
                       lifted(seccompFile->get()),   lifted(report->writer.get())};
    const FileDescriptor liftedListener = listener.isOpen() ? lifted(listener.get()) : FileDescriptor();
    const FileDescriptor liftedInformation =
        hasEntry(spec) ? lifted(information->writer.get()) : FileDescriptor();
    const FileDescriptor liftedGate = hasEntry(spec) ? lifted(gate->reader.get()) : FileDescriptor();
    const auto isMissing = [](const FileDescriptor &source) {
        return !source.isOpen();
    };
    if (std::ranges::any_of(sources, isMissing) || (listener.isOpen() && isMissing(liftedListener)) ||
        (hasEntry(spec) && (isMissing(liftedInformation) || isMissing(liftedGate)))) {
        return spawnFailure("Too many open files to start another box", errno);
    }
    const ChildSetup setup{.nothing = sources[0].get(),
                           .output = sources[1].get(),
                           .errors = sources[2].get(),
                           .listener = liftedListener.get(),
                           .arguments = sources[3].get(),
                           .seccomp = sources[4].get(),
                           .report = sources[5].get(),
                           .information = liftedInformation.get(),
                           .gate = liftedGate.get(),
                           .limits = spec.limits,
                           .niceness = spec.niceness,
                           .program = bwrapProgram.c_str(),
                           .argv = argv.data()};

    const pid_t pid = forkInto(group);
    if (pid < 0) {
        return spawnFailure("No process could be started", errno);
    }
    if (pid == 0) {
        runChild(setup);
    }
    // Our writing ends must be gone before the report is read, or its end would never come.
    report->writer.reset();
    sources.back().reset();
    int childError = 0;
    ssize_t got = 0;
    do {
        got = ::read(report->reader.get(), &childError, sizeof childError);
    } while (got < 0 && errno == EINTR);
    if (got == sizeof childError) {
        ::waitpid(pid, nullptr, 0);
        return spawnFailure("'" + bwrapProgram + "' could not be started", childError);
    }
    for (const int reader : {output->reader.get(), errors->reader.get()}) {
        ::fcntl(reader, F_SETFL, O_NONBLOCK);
    }
    BoxEntry entry;
    if (hasEntry(spec)) {
        entry = {std::move(information->reader), std::move(gate->writer), std::move(errors->writer)};
    }
    return BoxProcess{pid, std::move(output->reader), std::move(errors->reader), std::move(entry), {}};
}

} // namespace nest::keeper
