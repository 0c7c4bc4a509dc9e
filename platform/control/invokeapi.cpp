// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/invokeapi.h"

#include "api/wire/codec.h"
#include "platform/control/invokerequest.h"
#include "platform/trials/later.h"

#include <QTimer>

#include <charconv>
#include <format>
#include <random>

namespace nest::control {

namespace {

using std::chrono::steady_clock;
using trials::HttpCallAnswer;

// A line comes from the function's output by another way than the answer, mostly within some milliseconds.
constexpr std::chrono::milliseconds longestLogWait{300};
constexpr std::chrono::milliseconds quietLogWait{120};
constexpr std::chrono::milliseconds logStep{30};
constexpr int maxLines = 500;
// The runtime answers 504 itself at its limit; only what does not even do that is broken off.
constexpr std::chrono::milliseconds afterLimit{500};

double milliseconds(steady_clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

std::string sentence(std::string text)
{
    while (text.ends_with('.') || text.ends_with(' ')) {
        text.pop_back();
    }
    return text + ".";
}

std::optional<double> numberIn(const std::string &text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// What an answer without success says of itself.
std::string reasonOf(const HttpCallAnswer &answer)
{
    constexpr int firstFailure = 400;
    return answer.status >= firstFailure ? problemDetail(answer) : std::string();
}

/// What the gateway tells of the way that the request went.
void readTiming(const HttpCallAnswer &answer, wire::Invocation &invocation)
{
    if (const auto id = fieldOf(answer, "nest-request-id"); !id.empty()) {
        invocation.id = id;
    }
    invocation.group = wire::parseGroupName(fieldOf(answer, "nest-group"));
    if (const auto version = numberIn(fieldOf(answer, "nest-version"))) {
        invocation.version = static_cast<int>(*version);
    }
    invocation.instance = fieldOf(answer, "nest-instance");
    if (const auto cold = fieldOf(answer, "nest-cold"); !cold.empty()) {
        invocation.isCold = cold == "cold";
    }
    invocation.queueWaitMs = numberIn(fieldOf(answer, "nest-queue-wait-ms"));
    invocation.handlerMs = numberIn(fieldOf(answer, "nest-handler-ms"));
    if (invocation.isCold.value_or(false)) {
        invocation.coldStart = readColdStart(fieldOf(answer, "nest-cold-start"));
    }
}

/// Which part is refused and why, in words; empty: none.
std::string networkRefused(const wire::Version &version, const GrantPolicy &policy, wire::Egress most)
{
    wire::Deployment asking;
    asking.network = version.network;
    std::vector<FieldError> errors;
    checkNetwork(asking, policy, most, errors);
    std::string words;
    for (const auto &error : errors) {
        std::string what = "egress";
        for (std::size_t i = 0; i < version.network->grants.size(); ++i) {
            if (error.pointer == "/network/grants/" + std::to_string(i)) {
                const auto &grant = version.network->grants[i];
                what = std::format("the grant '{}' ({} port {})", grant.name, grant.host, grant.port);
            }
        }
        words += (words.empty() ? "" : "; ") + what + ' ' + error.detail;
    }
    return words;
}

} // namespace

InvokeApi::InvokeApi(Context &context, trials::Trials &trials, Ports ports, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_trials(trials)
    , m_ports(std::move(ports))
    , m_random((static_cast<std::uint64_t>(std::random_device{}()) << 32) | std::random_device{}())
{}

void InvokeApi::addRoutes(Router &router)
{
    router.add("POST", "/v1/functions/{function}/actions/invoke",
               [this](CallPtr call) { return invoke(std::move(call)); });
}

void InvokeApi::abortAll()
{
    m_isAborting = true;
    for (auto *call : std::set(m_calls)) {
        call->abort("the platform stops");
    }
}

InvokeApi::Task InvokeApi::invoke(CallPtr call)
{
    Way way;
    way.function = call->parameter("function");
    const auto *entry = m_context.catalogue.function(way.function);
    if (entry == nullptr) {
        co_return std::unexpected(unknownFunction(way.function));
    }
    auto request = readInvokeRequest(call->request.body, m_ports.bodyBytes);
    if (!request) {
        co_return std::unexpected(request.error());
    }
    const auto me = m_context.me(call->user);
    if (!me.functionsCanStart) {
        co_return failure("control/cannot-start",
                          "No function can start on this machine: " + sentence(me.isolation.sentence) + " " +
                              me.isolation.remedy);
    }
    way.request = std::move(*request);
    way.traceParent = traceParentOf(way.request);
    if (way.traceParent.empty()) {
        way.traceParent = gateway::traceParent(m_random);
    }
    way.invocation.function = way.function;
    way.invocation.startedAt = m_context.now();
    way.invocation.traceId = way.traceParent.substr(3, 32); // "00-", 32 digits, "-"
    way.invocation.id = gateway::requestId(way.invocation.startedAt.time_since_epoch(), m_random);

    std::optional<trials::TrialSpec> spec;
    if (!way.request.group) {
        auto made = trialSpec(*entry, way.request);
        if (!made) {
            co_return std::unexpected(made.error());
        }
        spec = std::move(*made);
    } else if (!m_context.catalogue.groups.contains(*way.request.group)) {
        co_return failure("control/unknown-group",
                          "There is no group '" + toString(*way.request.group) +
                              "'. GET /v1/groups lists them.",
                          {{"/group", "is not a group of this platform"}});
    }
    ++m_running;
    auto invoked = spec ? onTrial(std::move(way), std::move(*spec)) : throughGateway(std::move(way));
    auto done = co_await invoked;
    if (--m_running == 0) {
        // Later: our answer is on its way before anybody acts on it.
        QMetaObject::invokeMethod(this, &InvokeApi::idle, Qt::QueuedConnection);
    }
    if (!done) {
        co_return std::unexpected(done.error());
    }
    co_return jsonAnswer(200, wire::write(*done));
}

Result<trials::TrialSpec> InvokeApi::trialSpec(const FunctionEntry &entry,
                                               const wire::InvokeRequest &request) const
{
    const auto &name = entry.document.name;
    wire::Version version;
    if (request.version) {
        const auto found = entry.versions.find(*request.version);
        if (found == entry.versions.end()) {
            return failure("control/unknown-version",
                           "'" + name + "' has no version " + std::to_string(*request.version) + ".",
                           {{"/version", "is not a version of this function"}});
        }
        version = found->second;
    } else {
        const auto number = std::to_string(*request.build);
        const auto found = entry.builds.find(*request.build);
        if (found == entry.builds.end()) {
            return failure("control/unknown-build", "'" + name + "' has no build #" + number + ".",
                           {{"/build", "is not a build of this function"}});
        }
        const auto &build = found->second;
        const auto artefact =
            m_context.catalogue.artefacts.find(name + '/' + build.artefactDigest.value_or(""));
        if (build.state != wire::BuildState::Succeeded || artefact == m_context.catalogue.artefacts.end()) {
            return failure("control/build-not-green",
                           "Build #" + number + " is " + wire::enumText(build.state) +
                               ": only one that succeeded can be tried.",
                           {{"/build", "is " + wire::enumText(build.state)}});
        }
        version = artefact->second;
        version.number = build.version.value_or(0);
        version.build = build.number;
    }
    trials::TrialSpec spec;
    spec.artefactDigest = version.artefactDigest;
    spec.build = version.build;
    spec.instance.function = name;
    spec.instance.version = version.number;
    spec.instance.runtime = version.runtime;
    spec.instance.handler = version.handler;
    spec.instance.memoryMegabytes = version.memoryMegabytes;
    spec.instance.timeoutSeconds = version.timeoutSeconds;
    spec.instance.environment = version.environment;
    if (auto refused = networkRefused(version, m_context.grants, m_context.egress); !refused.empty()) {
        // Without it the trial would show what no deployment does.
        const auto what = request.version ? 'v' + std::to_string(version.number)
                                          : "Build #" + std::to_string(version.build);
        return failure("control/network-refused",
                       what + " cannot be tried: its function.yaml asks for a network, of which " + refused +
                           ". Change `network` there, or ask the operator.",
                       {{request.version ? "/version" : "/build", "asks for a network that is refused"}});
    }
    setNetwork(version.network, m_context.grants, m_context.egress, spec.instance);
    const auto group = request.secretsOf.value_or(wire::GroupName{"default", "main", m_ports.region});
    const auto *deployment = m_context.catalogue.deployment(name, group);
    if (deployment == nullptr && request.secretsOf) {
        return failure("control/unknown-deployment",
                       "'" + name + "' is not deployed to " + toString(group) +
                           ", whose secrets were asked for.",
                       {{"/secretsOf", "has no deployment of this function"}});
    }
    if (deployment != nullptr && !deployment->document.secrets.empty()) {
        auto secrets = m_context.secrets.values(name, deployment->document.secrets);
        if (!secrets) {
            return std::unexpected(secrets.error());
        }
        spec.instance.secrets = std::move(*secrets);
        spec.instance.secretsMark = m_context.secrets.mark(name, deployment->document.secrets);
    }
    return spec;
}

InvokeApi::Invoked InvokeApi::throughGateway(Way way)
{
    auto &invocation = way.invocation;
    invocation.wantedGroup = way.request.group;
    trials::HttpCallRequest toGateway;
    toGateway.port = m_ports.gatewayPort();
    toGateway.bytes = gatewayBytes(way.request, way.function, way.traceParent);
    toGateway.isHead = way.request.method == "HEAD";
    const auto answer = co_await send(std::move(toGateway));
    showAnswer(answer, invocation);
    readTiming(answer, invocation);
    const auto type = problemType(answer);
    const bool isLed = invocation.group.has_value();
    if (!isLed && (type == "gateway/no-deployment" || type == "gateway/unknown-function")) {
        co_return failure("control/unknown-deployment",
                          "'" + way.function + "' is deployed neither in " + toString(*way.request.group) +
                              " nor in a group that may stand in for it. Deploy it there, or choose another "
                              "group.",
                          {{"/group", "has no deployment of this function"}});
    }
    invocation.durationMs = answer.wholeMs;
    if (const auto *entry = m_context.catalogue.function(way.function);
        entry != nullptr && invocation.version && entry->versions.contains(*invocation.version)) {
        invocation.build = entry->versions.at(*invocation.version).build;
    }
    invocation.reason = reasonOf(answer);
    if (answer.end != HttpCallAnswer::End::Complete) {
        invocation.reason = answer.status == 0 ? sentence("The gateway gave no answer: " + answer.trouble)
                                               : sentence("The answer broke off: " + answer.trouble);
    }
    invocation.memoryMegabytes = m_ports.memoryMegabytes(invocation.instance);
    const bool isFailed = !invocation.handlerMs || answer.end != HttpCallAnswer::End::Complete;
    co_return co_await withLog(std::move(invocation), isFailed);
}

InvokeApi::Invoked InvokeApi::onTrial(Way way, trials::TrialSpec spec)
{
    auto &invocation = way.invocation;
    invocation.build = spec.build;
    if (spec.instance.version > 0) {
        invocation.version = spec.instance.version;
    }
    const auto began = steady_clock::now();
    const trials::Later<Result<trials::Lease>> later;
    m_trials.take(spec, [later](Result<trials::Lease> taken) { later.give(std::move(taken)); });
    const auto lease = co_await later;
    if (!lease) {
        co_return std::unexpected(lease.error());
    }
    const auto waited = steady_clock::now() - began;
    invocation.instance = lease->id;
    invocation.isCold = lease->isCold;
    invocation.coldStart = lease->coldStart;
    if (lease->trouble) {
        invocation.reason = sentence(lease->trouble->detail);
        invocation.durationMs = milliseconds(waited);
        auto told = co_await withLog(std::move(invocation), true);
        for (const auto &line : lease->trouble->fields) { // a stack, when the function printed nothing itself
            if (told.log.size() < lease->trouble->fields.size() && line.pointer.empty()) {
                wire::LogLine said;
                said.time = told.startedAt;
                said.function = told.function;
                said.instance = told.instance;
                said.version = spec.instance.version;
                said.severity = wire::Severity::Error;
                said.message = line.detail;
                told.log.push_back(std::move(said));
            }
        }
        co_return told;
    }
    invocation.queueWaitMs = milliseconds(waited);
    trials::HttpCallRequest toInstance;
    toInstance.socketPath = lease->socketPath;
    toInstance.bytes =
        instanceBytes(way.request, way.function, way.traceParent, invocation.id, m_ports.region);
    toInstance.isHead = way.request.method == "HEAD";
    toInstance.headLimit = std::chrono::seconds(spec.instance.timeoutSeconds) + afterLimit;
    const auto answer = co_await send(std::move(toInstance));
    showAnswer(answer, invocation);
    if (answer.status != 0) {
        invocation.handlerMs = answer.headMs;
    }
    invocation.durationMs = milliseconds(waited) + answer.wholeMs;
    invocation.memoryMegabytes = m_trials.memoryMegabytes(lease->id);
    invocation.reason = reasonOf(answer);
    using End = HttpCallAnswer::End;
    const bool isFailed = answer.end != End::Complete;
    m_trials.giveBack(lease->id, answer.end == End::TimedOut);
    if (answer.end == End::TimedOut && answer.status == 0) {
        invocation.reason =
            std::format("The function did not answer within its time limit of {} s. Make it faster, or "
                        "raise `timeout` in function.yaml.",
                        spec.instance.timeoutSeconds);
    } else if (answer.end == End::Malformed) {
        invocation.reason = sentence("The function's answer is not valid HTTP: " + answer.trouble);
    } else if (isFailed) {
        invocation.reason =
            sentence((answer.status == 0 ? "No answer came: " : "The answer broke off: ") + answer.trouble);
    }
    auto told = co_await withLog(std::move(invocation), isFailed);
    const auto *instance = m_trials.instance(lease->id);
    if (isFailed && instance != nullptr && instance->state == wire::InstanceState::Failed) {
        told.reason = sentence("The function ended before its answer was complete: " + instance->reason);
    }
    co_return told;
}

QCoro::Task<HttpCallAnswer> InvokeApi::send(trials::HttpCallRequest request)
{
    auto *call = new trials::HttpCall(this);
    const trials::Later<HttpCallAnswer> later;
    connect(call, &trials::HttpCall::finished, this, [this, call, later](const HttpCallAnswer &answer) {
        m_calls.erase(call);
        call->deleteLater();
        later.give(answer);
    });
    m_calls.insert(call);
    call->start(std::move(request));
    if (m_isAborting) {
        call->abort("the platform stops");
    }
    co_return co_await later;
}

QCoro::Task<> InvokeApi::pause(std::chrono::milliseconds time)
{
    const trials::Later<bool> later;
    QTimer::singleShot(time, this, [later] { later.give(true); });
    co_await later;
}

QCoro::Task<wire::Invocation> InvokeApi::withLog(wire::Invocation invocation, bool isFailed)
{
    logs::Query query;
    query.function = invocation.function;
    query.from = invocation.startedAt;
    query.limit = maxLines;
    if (isFailed && !invocation.instance.empty()) {
        query.instance = invocation.instance; // what it printed at its end belongs to no request
    } else {
        query.requestId = invocation.id;
    }
    const auto began = steady_clock::now();
    auto lastChange = began;
    for (;;) {
        co_await pause(logStep);
        auto page = co_await m_context.logs.page(query);
        const auto now = steady_clock::now();
        if (!page) {
            co_return invocation;
        }
        std::erase_if(page->items, [&](const wire::LogLine &line) {
            return !line.requestId.empty() && line.requestId != invocation.id;
        });
        if (page->items.size() != invocation.log.size()) {
            lastChange = now;
        }
        invocation.log = std::move(page->items);
        const auto *instance = m_trials.instance(invocation.instance);
        const bool isEnding =
            isFailed && instance != nullptr && instance->state == wire::InstanceState::Ready;
        if (now - began >= longestLogWait || (now - lastChange >= quietLogWait && !isEnding)) {
            co_return invocation;
        }
    }
}

} // namespace nest::control
