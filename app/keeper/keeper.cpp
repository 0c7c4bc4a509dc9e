// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/keeper.h"

#include "app/keeper/relay.h"
#include "platform/keeper/boxtree.h"
#include "platform/keeper/processtable.h"
#include "platform/keeper/seccompfilter.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <ranges>

namespace nest::keeper {
namespace {

constexpr std::chrono::milliseconds statsInterval{1000};
constexpr std::chrono::milliseconds memoryInterval{250}; // of looks at one number a box
constexpr std::chrono::milliseconds quickInterval{100};  // of looks at one number of the machine
constexpr std::chrono::milliseconds tightInterval{1000}; // of whole looks while the processors are all taken
constexpr int lookShare = 20;                            // at most a 20th of one processor is for looking
constexpr std::size_t maxUnheardExits = 10'000;

bool isSameUser(int socket)
{
    ucred peer{};
    socklen_t length = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == ::geteuid();
}

/// What this thread has computed. Not by the clock: while the processors are taken, it waits too.
std::chrono::nanoseconds ownTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

bool isGoodId(const std::string &id)
{
    return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

template <typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};

} // namespace

Keeper::Keeper(KeeperSettings settings, RuntimeFolder folder, FileDescriptor listener, ListenerHolder door,
               FileDescriptor signals)
    : m_settings(std::move(settings))
    , m_folder(std::move(folder))
    , m_listener(std::move(listener))
    , m_door(std::move(door))
    , m_signals(std::move(signals))
    , m_aloneUntil(Clock::now() + m_settings.firstPatience)
{}

void Keeper::run()
{
    reap(); // what the probe of isolation left
    while (!isOver()) {
        waitForEvents();
        tick(Clock::now());
    }
    m_folder.removeControl();
    m_control.flush();
    if (m_settings.groups) {
        m_settings.groups->clear();
    }
}

bool Keeper::isOver() const
{
    return m_isEnding && m_children.empty();
}

int Keeper::waitMilliseconds(Clock::time_point now) const
{
    auto next = m_control.isOpen() ? m_nextLook : m_aloneUntil;
    if (m_isEnding && !m_control.isOpen()) {
        next = now + statsInterval;
    }
    for (const auto &child : m_children) {
        next = std::min(next, child->deadline().value_or(next));
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - now).count();
    return static_cast<int>(std::clamp<long long>(wait, 0, 60'000));
}

void Keeper::waitForEvents()
{
    std::vector<pollfd> waits{{m_signals.get(), POLLIN, 0}, {m_listener.get(), POLLIN, 0}};
    const short controlEvents = m_control.hasUnsent() ? POLLIN | POLLOUT : POLLIN;
    waits.push_back({m_control.descriptor(), controlEvents, 0}); // -1 is skipped by poll
    waits.push_back({m_door.descriptor(), POLLIN, 0});
    const auto firstChild = waits.size();
    for (const auto &child : m_children) {
        waits.push_back({child->outputDescriptor(), POLLIN, 0});
        waits.push_back({child->errorsDescriptor(), POLLIN, 0});
    }
    if (::poll(waits.data(), waits.size(), waitMilliseconds(Clock::now())) <= 0) {
        return;
    }
    // What boxes printed first, so that it is in the queue before their end is noticed.
    for (std::size_t i = 0; i < m_children.size(); ++i) {
        if (waits[firstChild + 2 * i].revents != 0) {
            m_children[i]->readOutput();
        }
        if (waits[firstChild + 1 + 2 * i].revents != 0) {
            m_children[i]->readErrors();
        }
    }
    if (waits[2].revents != 0) {
        for (const auto &request : m_control.receive()) {
            handle(request);
        }
    }
    if (waits[0].revents != 0) {
        readSignals();
    }
    if (waits[3].revents != 0) {
        m_door.serve(m_control.peer());
    }
    if (waits[1].revents != 0) {
        acceptControl();
    }
}

void Keeper::tick(Clock::time_point now)
{
    if (m_wasConnected && !m_control.isOpen()) {
        m_wasConnected = false;
        m_aloneUntil = now + m_settings.patience;
    }
    if (!m_isEnding && !m_control.isOpen() && now >= m_aloneUntil) {
        beginEnding(std::chrono::milliseconds::zero());
    }
    for (const auto &child : m_children) {
        child->tick(now);
    }
    sendLines();
    removeFinished();
    std::erase_if(m_lateGroups, [](const BoxGroup &group) { return group.remove(); });
    lookQuickly(now);
    m_control.flush();
}

void Keeper::acceptControl()
{
    FileDescriptor socket(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket.isOpen() || !isSameUser(socket.get())) {
        return;
    }
    if (m_control.isOpen() && !m_control.isDead()) {
        const auto refusal = encode(Event(Refused{"Another nestd uses this runtime folder. Stop it first."}));
        [[maybe_unused]] const auto sent = ::send(socket.get(), refusal.data(), refusal.size(), MSG_NOSIGNAL);
        return;
    }
    m_control.open(std::move(socket));
    m_wasConnected = true;
    m_nextStats = Clock::now() + statsInterval;
    m_nextLook = Clock::now();
    greet();
}

void Keeper::greet()
{
    Hello hello{.isolation = m_settings.isolation, .keeperPid = ::getpid(), .instances = {}, .jobs = {}};
    for (const auto &child : m_children) {
        if (child->kind() == ChildKind::Instance) {
            hello.instances.push_back({child->id(), m_folder.instancePath(child->id()), child->label});
        } else {
            hello.jobs.push_back(child->id());
        }
    }
    m_control.send(hello);
    for (auto &exit : m_unheardExits) {
        m_control.send(std::move(exit));
    }
    m_unheardExits.clear();
}

void Keeper::handle(const Request &request)
{
    std::visit(Overloaded{[this](const StartInstance &start) { startInstance(start); },
                          [this](const StartJob &start) { startJob(start); },
                          [this](const SetLabel &set) {
                              if (auto *child = find(set.id)) {
                                  child->label = set.label;
                              }
                          },
                          [this](const Foreground &foreground) {
                              if (auto *child = find(foreground.id)) {
                                  child->setShare(Share::Full);
                              }
                          },
                          [this](const Drain &drain) {
                              if (auto *child = find(drain.id)) {
                                  child->drain(std::chrono::milliseconds(drain.killAfterMs));
                              }
                          },
                          [this](const Kill &kill) {
                              if (auto *child = find(kill.id)) {
                                  child->kill(AskedToEnd::Killed);
                              }
                          }},
               request);
}

Result<> Keeper::checkStart(const std::string &id) const
{
    if (m_isEnding) {
        return failure("keeper/ending", "The keeper is ending and starts nothing new.");
    }
    if (!functionsCanStart(m_settings.isolation)) {
        return failure("keeper/isolation", m_settings.isolation.sentence + " " + m_settings.isolation.remedy);
    }
    if (!isGoodId(id)) {
        return failure("keeper/id", "'" + id + "' is no id: letters, digits, '-' and '_', up to 64.");
    }
    if (find(id) != nullptr) {
        return failure("keeper/duplicate", "'" + id + "' runs already.");
    }
    return {};
}

Result<BoxProcess> Keeper::start(const std::string &id, const BoxSpec &box, const FileDescriptor &listener,
                                 const std::string &seccomp, std::optional<BoxGroup> &group) const
{
    if (!hasOwnFiles(m_settings.isolation)) {
        return startFenced(
            box, listener,
            {m_settings.fences,
             m_folder.temporaryPath(id),
             {seccomp, box.hasHostNetwork ? m_settings.fetchingFence : m_settings.functionFence}});
    }
    if (m_settings.groups) {
        auto made = m_settings.groups->make(id, box.limits);
        if (!made) { // never without the limits that we say there are
            return std::unexpected(made.error());
        }
        group = std::move(*made);
    }
    const auto folder = group ? group->folder().open() : FileDescriptor();
    auto process = group && !folder.isOpen()
                       ? failure("keeper/groups", "The control group of the box could not be opened.")
                       : startBox(m_settings.bwrapProgram, box, listener, seccomp, folder);
    if (!process && group) {
        group->kill();
        [[maybe_unused]] const bool isGone = group->remove(); // else at our end
        group.reset();
    }
    return process;
}

void Keeper::startInstance(const StartInstance &request)
{
    std::optional<BoxGroup> group;
    const auto begin = [this, &request, &group]() -> Result<BoxProcess> {
        if (auto checked = checkStart(request.id); !checked) {
            return std::unexpected(checked.error());
        }
        auto listener = m_folder.listenForInstance(request.id);
        if (!listener) {
            return std::unexpected(listener.error());
        }
        auto seccomp = request.box.hasLoopback
                           ? seccompProgram(SocketFamilies::Loopback)
                           : Result<std::string>(request.box.hasOpenNetwork   ? m_settings.openSeccomp
                                                 : request.box.grants.empty() ? m_settings.seccomp
                                                                              : m_settings.grantsSeccomp);
        if (!seccomp) {
            return std::unexpected(seccomp.error());
        }
        // Our copy of the listener closes here: when the box dies, its socket refuses at once.
        auto process = start(request.id, request.box, *listener, *seccomp, group);
        if (!process) {
            m_folder.removeInstance(request.id);
        }
        return process;
    };
    auto process = begin();
    if (!process) {
        m_control.send(NotStarted{request.id, process.error()});
        return;
    }
    m_children.push_back(std::make_unique<Child>(ChildKind::Instance, request.id, std::move(*process),
                                                 request.box, std::move(group)));
    m_children.back()->label = request.label;
    if (request.isInBackground) {
        m_children.back()->setShare(Share::Background);
    }
    if (auto &child = *m_children.back(); hasEntry(request.box)) {
        // It is there before the box is, so that its end cannot be missed.
        auto relay = startRelay(request.box, child.pid(), child.takeEntry());
        relay ? child.setRelay(*relay) : child.endForExcess(relay.error().detail);
    }
    m_control.send(Started{request.id, m_folder.instancePath(request.id)});
}

void Keeper::startJob(const StartJob &request)
{
    auto checked = checkStart(request.id);
    const auto &seccomp = request.box.hasHostNetwork ? m_settings.networkSeccomp : m_settings.seccomp;
    std::optional<BoxGroup> group;
    auto process = checked ? start(request.id, request.box, FileDescriptor(), seccomp, group)
                           : Result<BoxProcess>(std::unexpected(checked.error()));
    if (!process) {
        m_control.send(NotStarted{request.id, process.error()});
        return;
    }
    m_children.push_back(std::make_unique<Child>(ChildKind::Job, request.id, std::move(*process), request.box,
                                                 std::move(group)));
    m_children.back()->setTimeLimit(request.timeoutSeconds);
    m_control.send(Started{request.id, {}});
}

Child *Keeper::find(const std::string &id) const
{
    const auto found =
        std::ranges::find(m_children, id, [](const ChildPointer &child) { return child->id(); });
    return found == m_children.end() ? nullptr : found->get();
}

void Keeper::readSignals()
{
    signalfd_siginfo info{};
    while (::read(m_signals.get(), &info, sizeof info) == sizeof info) {
        if (info.ssi_signo != SIGCHLD && !m_isEnding) {
            beginEnding(m_settings.drainLimit);
        }
    }
    reap(); // several SIGCHLD may have become one
}

void Keeper::reap()
{
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        const auto found =
            std::ranges::find(m_children, pid, [](const ChildPointer &child) { return child->pid(); });
        if (found != m_children.end()) { // else process 1 of a box that was killed, handed to us
            (*found)->reaped(status);
        } else if (const auto owner = std::ranges::find(
                       m_children, pid, [](const ChildPointer &child) { return child->relay(); });
                   owner != m_children.end()) {
            (*owner)->relayEnded();
        }
    }
    // A bwrap that is killed while it makes its box has not yet tied process 1 to its own life, and a fenced
    // box has nothing that the kernel ends with it. We are the subreaper, so such a process is ours now and
    // none of our children: it ends here, with all below it, and what that leaves comes to us in its turn.
    std::vector<pid_t> strangers = childrenOf(::getpid());
    std::erase_if(strangers, [this](pid_t pid) {
        return std::ranges::any_of(m_children, [pid](const ChildPointer &child) {
            return child->pid() == pid || child->relay() == pid;
        });
    });
    killTrees(strangers);
}

void Keeper::beginEnding(std::chrono::milliseconds limit)
{
    m_isEnding = true;
    // No other nestd may come now; the next keeper makes its own socket when our lock is free.
    m_listener.reset();
    m_door.close();
    m_folder.removeControl();
    for (const auto &child : m_children) {
        if (limit.count() > 0 && child->kind() == ChildKind::Instance) {
            child->drain(limit);
        } else {
            child->kill(AskedToEnd::Killed);
        }
    }
}

void Keeper::sendLines()
{
    for (const auto &child : m_children) {
        auto &lines = child->lines();
        while (m_control.hasRoom() && !lines.isEmpty()) {
            auto line = lines.pop();
            m_control.send(OutputLine{child->id(), line.stream, std::move(line.text), line.unixMs});
        }
        if (m_control.hasRoom()) {
            if (const int dropped = lines.takeDropped(); dropped > 0) {
                m_control.send(LinesDropped{child->id(), dropped});
            }
        }
        m_control.flush();
    }
}

void Keeper::lookQuickly(Clock::time_point now)
{
    if (!m_control.isOpen() || now < m_nextLook) {
        return;
    }
    m_nextLook = now + (m_children.empty() ? statsInterval : quickInterval);
    if (m_children.empty()) {
        return;
    }
    const bool isTight = m_processors.areNone();
    bool isDue = (isTight && now >= m_nextTight) || now >= m_nextStats;
    if (now >= m_nextMemory) {
        m_nextMemory = now + memoryInterval;
        for (const auto &child : m_children) {
            isDue = child->isNearItsMemory() || isDue;
        }
    }
    if (isDue) {
        const auto before = ownTime();
        lookAtBoxes(isTight, now);
        const Clock::duration cost = ownTime() - before;
        // The second one comes soon: the first had to compare with what was long ago.
        m_nextTight =
            now + std::max<Clock::duration>(m_wasTight ? tightInterval : quickInterval, lookShare * cost);
    }
    m_wasTight = isTight;
}

void Keeper::lookAtBoxes(bool isTight, Clock::time_point now)
{
    const bool isStatsTime = now >= m_nextStats;
    if (isStatsTime) {
        m_nextStats = now + statsInterval;
    }
    const auto table = m_settings.groups ? ProcessTable() : ProcessTable::read();
    std::vector<ProcessUse> uses;
    double mostWanted = 0;
    for (const auto &child : m_children) {
        uses.push_back(child->use(table));
        mostWanted = std::max(mostWanted, child->wantedProcessors(uses.back(), now));
    }
    const auto greedyFrom = isTight ? std::optional(Restraint::greedyFrom(mostWanted)) : std::nullopt;
    for (const auto &[child, use] : std::views::zip(m_children, uses)) {
        child->look(use, greedyFrom, now);
        if (isStatsTime && child->kind() == ChildKind::Instance) {
            m_control.send(Stats{child->id(), use.memoryMegabytes, use.cpuMilliseconds});
        }
    }
}

void Keeper::removeFinished()
{
    std::erase_if(m_children, [this](const ChildPointer &child) {
        // While nestd is slow, the end waits behind the last lines; without a nestd it does not.
        if (!child->isOver() || (m_control.isOpen() && !child->lines().isEmpty())) {
            return false;
        }
        if (child->kind() == ChildKind::Instance) {
            m_folder.removeInstance(child->id());
        }
        if (auto group = child->takeGroup()) {
            m_lateGroups.push_back(std::move(*group));
        }
        child->removePlaces(); // before somebody hears of its end and looks
        const auto reason = child->reason();
        Exited exited{child->id(), reason.words, reason.exitCode};
        if (m_control.isOpen()) {
            m_control.send(std::move(exited));
        } else if (m_unheardExits.size() < maxUnheardExits) {
            m_unheardExits.push_back(std::move(exited));
        }
        return true;
    });
}

} // namespace nest::keeper
