// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/devsession.h"

#include "app/nest/dev/debugdoor.h"
#include "app/nest/dev/folderwatch.h"
#include "app/nest/dev/startstate.h"

#include <QCoroTimer>

#include <QDeadlineTimer>
#include <QFileInfo>

#include <algorithm>
#include <format>

namespace nest::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto askEvery = 30ms;
constexpr auto logsEvery = 150ms;
constexpr auto startLimit = 40s; // the engine's own limit is 20 s
constexpr int pageLines = 1'000;

/// What the parts of one run share.
struct Session
{
    Context &context;
    DevOptions options;
    wire::Environment environment;
    DevEvents events;
    PrivatePlatform &platform;
    DevFunction function;
    DebugDoor *door = nullptr; // of `nest debug`
    FolderWatch *watch = nullptr;
    std::optional<int> serving = {};
    int servingGeneration = 0; // of the function that was announced
    bool wasAnnounced = false;
    bool isOver = false;

    [[nodiscard]] bool goesOn() const { return !context.interrupt.isRequested() && platform.isRunning(); }
};

QCoro::Task<> followLogs(Session &session)
{
    int generation = 0;
    client::LogQuery query;
    std::int64_t dropped = 0;
    while (!session.isOver) {
        if (generation != session.function.generation()) {
            generation = session.function.generation();
            dropped = 0;
            query = {};
            query.function = session.function.name();
            query.after = 0;
            query.limit = pageLines;
        }
        bool isFull = false;
        if (generation != 0) {
            const auto page =
                co_await session.platform.client().logs(query, session.context.interrupt.token());
            if (page && generation == session.function.generation()) {
                for (const auto &line : page->items) {
                    session.events.log(line);
                }
                if (page->dropped > dropped) {
                    session.events.linesLost(page->dropped - dropped);
                }
                dropped = page->dropped;
                query.after = std::max(page->nextSequence - 1, query.after.value_or(0));
                isFull = static_cast<int>(page->items.size()) == query.limit;
            }
        }
        if (!isFull) {
            co_await QCoro::sleepFor(logsEvery);
        }
    }
}

wire::GroupName groupOf(const Session &session)
{
    return {.region = session.platform.me().region};
}

QCoro::Task<Result<wire::Deployment>> put(Session &session, int version)
{
    auto &client = session.platform.client();
    const auto group = groupOf(session);
    auto deployment = co_await client.deployment(session.function.name(), group);
    if (deployment) {
        auto asked = co_await client.version(session.function.name(), version);
        if (!asked) {
            co_return std::unexpected(std::move(asked.error()));
        }
        deployment->network = std::move(asked->network); // as of a first one: it was just written there
        deployment->weights = {{.version = version, .weight = 100}};
        deployment->status.reset();
        auto written = co_await client.putDeployment(std::move(*deployment));
        co_return written;
    }
    if (deployment.error().type != "control/unknown-deployment") {
        co_return deployment;
    }
    wire::Deployment first;
    first.function = session.function.name();
    first.region = group.region;
    first.weights = {{.version = version, .weight = 100}};
    first.scaling.reserved = 1; // one, and no more: its log and its state can be followed
    first.scaling.maximum = 1;
    first.scaling.reservations.emplace();
    first.environment = session.environment;
    auto written = co_await client.startDeployment(std::move(first), {"reserved", "maximum", "reservations"});
    co_return written;
}

/// A refused network: the operator who could allow it is who started this.
Error withRemedy(Error error)
{
    const auto isRefused = [&](std::string_view begin) {
        return std::ranges::any_of(error.fields, [&](const FieldError &field) {
            return field.pointer.starts_with(begin) && field.detail.contains("operator");
        });
    };
    if (isRefused("/network/egress")) {
        error.detail += " Start it with --egress open to allow that here.";
    }
    if (isRefused("/network/grants")) {
        error.detail += " --grants says what is allowed here.";
    }
    return error;
}

QCoro::Task<Result<>> withdraw(Session &session)
{
    auto &client = session.platform.client();
    const auto group = groupOf(session);
    const auto deployment = co_await client.deployment(session.function.name(), group);
    if (!deployment) {
        co_return std::unexpected(deployment.error());
    }
    auto gone =
        co_await client.deleteDeployment(session.function.name(), group, deployment->etag.value_or(""));
    co_return gone;
}

struct Start
{
    StartState state;
    bool isSuperseded = false; // something was saved meanwhile
    std::string url = {};
};

/// Until an instance of the version is ready, or the platform has given up.
QCoro::Task<Result<Start>> awaitStart(Session &session, int version)
{
    auto &client = session.platform.client();
    client::InstanceQuery query;
    query.function = session.function.name();
    QDeadlineTimer deadline(startLimit);
    while (session.goesOn()) {
        const auto instances = co_await client.instances(query);
        if (!instances) {
            co_return std::unexpected(instances.error());
        }
        const auto deployment = co_await client.deployment(query.function, groupOf(session));
        if (!deployment) {
            co_return std::unexpected(deployment.error());
        }
        auto state = startState(instances->items, *deployment, version);
        if (state.phase != StartState::Phase::Starting) {
            co_return Start{.state = std::move(state),
                            .url = deployment->status ? deployment->status->url : std::string()};
        }
        if (session.door != nullptr) { // who debugs has time, and may mend it before it has started
            if (session.options.watches && session.watch->isChanged()) {
                co_return Start{.state = std::move(state), .isSuperseded = true};
            }
        } else if (deadline.hasExpired()) {
            if (state.reason.empty()) {
                state.reason = "No instance started within 40 s.";
            }
            co_return Start{.state = std::move(state)};
        }
        co_await QCoro::sleepFor(askEvery);
    }
    co_return failure("client/cancelled", "It was ended.");
}

/// What served before serves again; else nothing does.
QCoro::Task<Result<>> takeBack(Session &session)
{
    if (session.serving) {
        auto back = co_await put(session, *session.serving);
        co_return back ? Result<>{} : std::unexpected(back.error());
    }
    auto gone = co_await withdraw(session); // else it would be tried again and again
    co_return gone;
}

/// The version serves, or the one before goes on and why was said.
QCoro::Task<Result<>> serve(Session &session, wire::Build build, wire::Time began)
{
    auto &client = session.platform.client();
    if (session.door != nullptr) {
        if (auto there = debuggerIsThere(session.function.runtime()); !there) {
            co_return there;
        }
        session.door->detachAll(); // what served before ends, and it does not while somebody debugs it
    }
    const auto version = co_await client.publish(build.function, build.number);
    if (!version) {
        co_return std::unexpected(version.error());
    }
    if (auto written = co_await put(session, version->number); !written) {
        co_return std::unexpected(withRemedy(std::move(written.error())));
    }
    if (session.door != nullptr) {
        session.events.debugger(session.function.runtime(), session.door->port(),
                                session.options.debug->waits, !session.serving);
    }
    auto start = co_await awaitStart(session, version->number);
    if (!start) {
        co_return std::unexpected(std::move(start.error()));
    }
    if (start->isSuperseded) {
        session.door->detachAll(); // it ends, as what serves does
        auto done = co_await takeBack(session);
        co_return done;
    }
    const auto &state = start->state;
    const bool isReady = state.phase == StartState::Phase::Ready;
    if (!isReady && !session.options.watches) {
        session.events.failed(state.reason, state.lines, {}, false);
        co_return failure("cli/build-failed", "v" + std::to_string(version->number) + " does not start.");
    }
    if (!isReady) {
        session.events.failed(state.reason, state.lines, session.serving);
        auto done = co_await takeBack(session);
        co_return done;
    }
    session.serving = version->number;
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    session.events.serving({.function = build.function,
                            .version = version->number,
                            .url = start->url,
                            .took = now - began,
                            .tests = build.tests,
                            .isFirst = session.servingGeneration != session.function.generation()});
    session.servingGeneration = session.function.generation();
    co_return Result<>{};
}

QCoro::Task<Result<>> buildAndServe(Session &session, std::vector<std::string> changed)
{
    const auto began = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const auto before = session.function.generation();
    session.events.building(session.function.name(), changed);
    auto build = co_await DevFunction::build(session.function, session.context.interrupt.token());
    if (session.function.generation() != before) {
        session.serving.reset(); // it went with the function that it was of
    }
    if (!session.goesOn()) {
        co_return Result<>{};
    }
    if (!build) {
        co_return std::unexpected(std::move(build.error()));
    }
    for (const auto &problem : build->problems) {
        session.events.problem(problem);
    }
    if (build->state != wire::BuildState::Succeeded && !session.options.watches) {
        co_return failure("cli/build-failed", build->reason);
    }
    if (build->state != wire::BuildState::Succeeded) {
        session.events.failed(build->reason, {}, session.serving);
        co_return Result<>{};
    }
    auto served = co_await serve(session, std::move(*build), began);
    co_return served;
}

/// What a correction of the folder may mend; anything else ends the command.
bool mayPass(const Error &error)
{
    return error.type == "cli/bad-folder" || error.type.starts_with("builds/") ||
           error.type == "control/invalid" || error.type == "wire/bad-fields" || error.type == "store/stale";
}

Error gone(const Session &session)
{
    const auto serving =
        session.serving ? std::format(" v{} goes on serving.", *session.serving) : std::string();
    return {"cli/bad-folder", std::format("The folder {} has gone.{} It is built again when it is back.",
                                          session.options.folder, serving)};
}

QCoro::Task<Result<>> workOn(Session &session)
{
    FolderWatch watch(QFileInfo(QString::fromStdString(session.options.folder)).absoluteFilePath());
    session.watch = &watch;
    std::vector<std::string> changed;
    for (bool isDue = true; session.goesOn();) {
        if (isDue && std::ranges::contains(changed, std::string())) {
            changed.clear();
            session.events.trouble(gone(session));
        } else if (isDue) {
            auto done = co_await buildAndServe(session, std::exchange(changed, {}));
            if (!session.goesOn()) {
                break;
            }
            if (!done) {
                if (!session.options.watches || !mayPass(done.error())) {
                    co_return done;
                }
                session.events.trouble(done.error());
            }
        }
        co_await QCoro::sleepFor(askEvery);
        isDue = session.options.watches && watch.isChanged();
        if (isDue) {
            changed = watch.take();
        }
    }
    co_return session.platform.isRunning() || session.context.interrupt.isRequested()
        ? Result<>{}
        : std::unexpected(session.platform.whyEnded());
}

} // namespace

Outcome runDev(Context &context, DevOptions options)
{
    auto environment = environmentOf(options.environment);
    if (!environment) {
        co_return std::unexpected(std::move(environment.error()));
    }
    if (auto checked = checkFolder(options.folder); !checked) {
        co_return std::unexpected(std::move(checked.error()));
    }
    context.interrupt.listen();
    PrivateOptions place;
    place.folder = QString::fromStdString(options.folder);
    place.program = QString::fromStdString(context.program);
    place.arguments = {u"--gateway-port"_s, QString::number(options.port), u"--pool-idle"_s, u"1"_s};
    for (const auto &[option, value] :
         {std::pair(u"--grants"_s, options.grants), std::pair(u"--egress"_s, options.egress)}) {
        if (!value.empty()) {
            place.arguments += {option, QString::fromStdString(value)};
        }
    }
    if (options.debug) {
        place.arguments += {u"--debug"_s, options.debug->waits ? u"wait"_s : u"attach"_s};
    }
    auto platform = co_await PrivatePlatform::start(std::move(place), context.interrupt.token());
    if (!platform) {
        if (context.interrupt.isRequested()) {
            co_return ExitCode::Ok;
        }
        co_return std::unexpected(std::move(platform.error()));
    }
    Session session{.context = context,
                    .options = options,
                    .environment = std::move(*environment),
                    .events = DevEvents(context.output),
                    .platform = **platform,
                    .function = DevFunction(**platform, options.folder)};
    std::optional<DebugDoor> door;
    Result<> done;
    if (options.debug) {
        door.emplace((*platform)->runtimeFolder() + u"/debug/debug.sock"_s);
        session.door = &*door;
        done = door->listen(options.debug->port != 0 ? options.debug->port : debugPort(options.folder));
    }
    auto logs = followLogs(session);
    if (done) {
        done = co_await workOn(session);
    }
    door.reset(); // a runtime with a debugger does not end
    session.isOver = true;
    co_await std::move(logs);
    co_await PrivatePlatform::end(**platform);
    if (!done) {
        co_return std::unexpected(std::move(done.error()));
    }
    session.events.ended();
    co_return ExitCode::Ok;
}

} // namespace nest::cli
