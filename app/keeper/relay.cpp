// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/relay.h"

#include "app/keeper/boxlisteners.h"
#include "app/keeper/opennetwork.h"
#include "app/keeper/passage.h"

#include <boost/json.hpp>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <format>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <tuple>

namespace nest::keeper {
namespace {

constexpr int informationNumber = 3;
constexpr int gateNumber = 4;
constexpr int mostConnections = 200; // of one instance
constexpr std::chrono::seconds quietTime{10};
constexpr std::size_t wordsOfGrant = 4;
constexpr int firstSpareNumber = 64;
constexpr const char *openWord = "open";

/// Into the function's log, which reads such lines; each reason of a grant once in ten seconds.
void complain(const Grant &grant, const std::string &reason)
{
    static std::mutex mutex;
    static std::map<std::string, std::chrono::steady_clock::time_point> said;
    const auto text = std::format("The grant '{}' leads nowhere: {} port {}: {}.", grant.name, grant.host,
                                  grant.port, reason);
    const std::scoped_lock lock(mutex);
    const auto now = std::chrono::steady_clock::now();
    const auto [last, isFirst] = said.try_emplace(text, now);
    if (!isFirst && now - last->second < quietTime) {
        return;
    }
    last->second = now;
    const auto line =
        boost::json::serialize(boost::json::object{{"severity", "warn"}, {"message", text}}) + '\n';
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

/// bwrap's JSON comes in pieces and ends with a brace. 0: bwrap has ended before, and has said why.
Result<pid_t> readProcess()
{
    std::string text;
    std::array<char, 512> bytes{};
    while (text.find('}') == std::string::npos) {
        const auto got = ::read(informationNumber, bytes.data(), bytes.size());
        if (got == 0 && text.empty()) {
            return 0;
        }
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return failure("keeper/grants",
                           std::string("What bwrap says about its process could not be read: ") +
                               (got == 0 ? "it breaks off" : std::strerror(errno)) + ".");
        }
        text.append(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    boost::system::error_code error;
    const auto value = boost::json::parse(text, error);
    const auto *object = error ? nullptr : value.if_object();
    const auto *process = object != nullptr ? object->if_contains("child-pid") : nullptr;
    if (process == nullptr || !process->is_int64() || process->as_int64() <= 0) {
        return failure("keeper/grants", "bwrap names no process: " + text);
    }
    return static_cast<pid_t>(process->as_int64());
}

std::vector<Grant> readGrants(std::span<char *const> words)
{
    std::vector<Grant> grants;
    for (std::size_t i = 0; i + wordsOfGrant <= words.size(); i += wordsOfGrant) {
        Grant grant{.name = words[i], .host = words[i + 1], .isAllowed = std::strcmp(words[i + 3], "1") == 0};
        std::from_chars(words[i + 2], words[i + 2] + std::strlen(words[i + 2]), grant.port);
        grants.push_back(std::move(grant));
    }
    return grants;
}

void serve(const Grant &grant, FileDescriptor inside)
{
    std::string reason;
    if (!grant.isAllowed) {
        complain(grant, "this platform's operator does not allow it");
        resetConnection(inside);
        return;
    }
    auto outside = connectTo(grant, reason);
    if (!outside.isOpen()) {
        complain(grant, reason);
        resetConnection(inside);
        return;
    }
    passOn(std::move(inside), std::move(outside));
}

void say(const Error &error)
{
    const auto line = error.detail + '\n';
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

/// A connection that came in the box for one of its grants.
void acceptOne(const Grant &grant, int listener)
{
    static std::atomic<int> open = 0;
    FileDescriptor inside(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!inside.isOpen()) {
        return;
    }
    if (open >= mostConnections) {
        complain(grant,
                 std::format("the instance has {} connections open, and may have no more", mostConnections));
        resetConnection(inside);
        return;
    }
    ++open;
    try { // the process ends with its box: there is nothing to join
        std::thread([&grant, socket = inside.get()] {
            serve(grant, FileDescriptor(socket));
            --open;
        }).detach();
        std::ignore = inside.release();
    } catch (const std::system_error &error) {
        --open;
        complain(grant,
                 std::string("no thread could be started for the connection: ") + error.code().message());
        resetConnection(inside);
    }
}

/// Returns when it cannot go on: the box must end then.
void serveAll(const std::vector<Grant> &grants, const std::vector<FileDescriptor> &listeners,
              const BoxNamespaces &namespaces, std::optional<OpenNetwork> network)
{
    std::vector<pollfd> waits;
    for (const auto &listener : listeners) {
        waits.push_back({listener.get(), POLLIN, 0});
    }
    if (network) {
        waits.push_back({network->changes(), POLLIN, 0});
        waits.push_back({network->end(), POLLIN, 0});
    }
    while (true) {
        if (::poll(waits.data(), waits.size(), -1) < 0) {
            continue;
        }
        for (std::size_t i = 0; i < listeners.size(); ++i) {
            if (waits[i].revents != 0) {
                acceptOne(grants[i], listeners[i].get());
            }
        }
        if (network && waits.back().revents != 0) {
            say({"keeper/egress", "pasta, which serves the function's network, has ended.", {}});
            return;
        }
        if (network && waits[listeners.size()].revents != 0) {
            if (const auto followed = network->follow(namespaces); !followed) {
                say(followed.error());
                return;
            }
        }
    }
}

/// What a spawned process has open; the first failure is kept until the end.
class SpawnFiles final
{
public:
    SpawnFiles() : m_error(::posix_spawn_file_actions_init(&m_actions)), m_isMade(m_error == 0) {}
    ~SpawnFiles()
    {
        if (m_isMade) {
            ::posix_spawn_file_actions_destroy(&m_actions);
        }
    }
    SpawnFiles(const SpawnFiles &) = delete;
    SpawnFiles &operator=(const SpawnFiles &) = delete;

    void open(int number, const char *path, int flags)
    {
        keep(m_error != 0 ? 0 : ::posix_spawn_file_actions_addopen(&m_actions, number, path, flags, 0));
    }
    /// First up, so that none is overwritten before it is moved.
    void move(const FileDescriptor &source, int number)
    {
        auto &lifted = m_lifted.emplace_back(::fcntl(source.get(), F_DUPFD_CLOEXEC, firstSpareNumber));
        keep(!lifted.isOpen() ? errno
             : m_error != 0   ? 0
                              : ::posix_spawn_file_actions_adddup2(&m_actions, lifted.get(), number));
    }
    [[nodiscard]] int error() const { return m_error; }
    [[nodiscard]] const posix_spawn_file_actions_t *actions() const { return &m_actions; }

private:
    void keep(int error) { m_error = m_error != 0 ? m_error : error; }

    posix_spawn_file_actions_t m_actions{};
    int m_error;
    bool m_isMade;
    std::vector<FileDescriptor> m_lifted;
};

} // namespace

Result<pid_t> startRelay(const BoxSpec &spec, pid_t box, BoxEntry entry)
{
    std::vector<std::string> words{"nest-keeper", "relay", std::to_string(box),
                                   spec.hasOpenNetwork ? openWord : "granted"};
    for (const auto &grant : spec.grants) {
        words.insert(words.end(),
                     {grant.name, grant.host, std::to_string(grant.port), grant.isAllowed ? "1" : "0"});
    }
    std::vector<char *> argv;
    for (auto &word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    SpawnFiles files;
    files.open(STDIN_FILENO, "/dev/null", O_RDONLY);
    files.open(STDOUT_FILENO, "/dev/null", O_WRONLY);
    files.move(entry.errors, STDERR_FILENO);
    files.move(entry.information, informationNumber);
    files.move(entry.gate, gateNumber);
    pid_t pid = -1;
    std::array<char *, 1> environment{nullptr};
    const int error = files.error() != 0 ? files.error()
                                         : ::posix_spawn(&pid, "/proc/self/exe", files.actions(), nullptr,
                                                         argv.data(), environment.data());
    if (error != 0) {
        return failure("keeper/grants", std::string("The relay of its network could not be started: ") +
                                            std::strerror(error) + ".");
    }
    return pid;
}

int runRelay(std::span<char *const> words)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NAME, "nest-relay");
    ::close_range(gateNumber + 1, ~0U, 0);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) { // two a connection
        files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
    FileDescriptor gate(gateNumber);
    ::fcntl(gate.get(), F_SETFD, FD_CLOEXEC);
    pid_t box = 0;
    if (!words.empty()) {
        std::from_chars(words[0], words[0] + std::strlen(words[0]), box);
        words = words.subspan(1);
    }
    const bool isOpen = !words.empty() && std::strcmp(words[0], openWord) == 0;
    words = words.subspan(words.empty() ? 0 : 1);
    const auto grants = readGrants(words);
    const auto process = readProcess();
    if (!process) {
        say(process.error());
        if (box > 0) {
            ::kill(box, SIGKILL);
        }
    }
    if (!process || *process == 0) {
        // Its end is the one to be told; the keeper ends us with it, and the gate stays shut until then.
        ::pause();
        return EXIT_FAILURE;
    }
    ::close(informationNumber);
    const auto fail = [&process](const Error &error) {
        say(error);
        ::kill(*process, SIGKILL); // before the gate closes, which would let the function begin
        return EXIT_FAILURE;
    };
    const auto namespaces = namespacesOf(*process);
    if (!namespaces) {
        return fail(namespaces.error());
    }
    std::optional<OpenNetwork> network;
    if (isOpen) {
        ::prctl(PR_SET_CHILD_SUBREAPER, 1); // pasta leaves the process that we start
        auto opened = OpenNetwork::open(*process, *namespaces);
        if (!opened) {
            return fail(opened.error());
        }
        network = std::move(*opened);
    }
    const auto listeners = listenInBox(*namespaces, grants);
    if (!listeners) {
        return fail(listeners.error());
    }
    const char begin = 1;
    [[maybe_unused]] const auto written = ::write(gate.get(), &begin, 1);
    gate.reset();
    serveAll(grants, *listeners, *namespaces, std::move(network));
    return EXIT_FAILURE; // the keeper ends the box with us
}

} // namespace nest::keeper
