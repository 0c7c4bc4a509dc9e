// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/control/poolsapi.h"

#include "api/wire/codec.h"
#include "platform/builds/artefact.h"
#include "platform/control/fields.h"
#include "platform/control/poolcheck.h"
#include "platform/control/worker.h"
#include "platform/policy/policy.h"

#include <algorithm>
#include <filesystem>
#include <format>

namespace nest::control {

namespace {

constexpr std::size_t mostPools = 50;    // documents
constexpr std::size_t mostAutomatic = 6; // pools that the platform makes by itself

/// Its instances boot on their own.
bool hasNetwork(const wire::Deployment &deployment)
{
    return deployment.network.value_or(wire::Network{}) != wire::Network{};
}

/// Runtime and memory of every version that a deployment leads requests to.
template <typename Use>
void eachDeployed(const Catalogue &catalogue, Use use)
{
    for (const auto &[name, function] : catalogue.functions) {
        for (const auto &[group, deployment] : function.deployments) {
            for (const auto &weight : deployment.document.weights) {
                const auto version = function.versions.find(weight.version);
                if (version != function.versions.end()) {
                    use(deployment.document, version->second);
                }
            }
        }
    }
}

} // namespace

PoolsApi::PoolsApi(Context &context, pools::Pools &pools, Outbox &outbox, int warmIdle, QObject *parent)
    : QObject(parent), m_context(context), m_pools(pools), m_outbox(outbox), m_warmIdle(warmIdle)
{
    connect(&pools, &pools::Pools::changed, this,
            [this](const std::string &name) { m_changed.insert(name); });
}

Error PoolsApi::unknownPool(const std::string &name)
{
    return {"control/unknown-pool", "There is no pool '" + name + "'. GET /v1/pools lists them.", {}};
}

void PoolsApi::addRoutes(Router &router)
{
    const auto add = [&](const char *method, const char *pattern, Task (PoolsApi::*handler)(CallPtr)) {
        router.add(method, pattern,
                   [this, handler](CallPtr call) { return (this->*handler)(std::move(call)); });
    };
    add("GET", "/v1/pools", &PoolsApi::list);
    add("GET", "/v1/pools/{pool}", &PoolsApi::get);
    add("GET", "/v1/pools/{pool}/history", &PoolsApi::history);
    add("PUT", "/v1/pools/{pool}", &PoolsApi::put);
    add("DELETE", "/v1/pools/{pool}", &PoolsApi::remove);
}

/// A warm pool for each runtime and memory that something deployed has; nothing is kept ready for nobody.
std::map<std::string, wire::Pool> PoolsApi::automatic() const
{
    std::map<std::string, wire::Pool> found;
    if (m_warmIdle <= 0) {
        return found;
    }
    eachDeployed(m_context.catalogue, [&](const wire::Deployment &deployment, const wire::Version &version) {
        if (hasNetwork(deployment)) {
            return;
        }
        auto name = warmPoolName(version.runtime, version.memoryMegabytes);
        if (found.size() < mostAutomatic && !m_context.catalogue.pools.contains(name)) {
            wire::Pool pool;
            pool.name = name;
            pool.kind = wire::PoolKind::Warm;
            pool.runtime = version.runtime;
            pool.memoryMegabytes = version.memoryMegabytes;
            pool.idle = m_warmIdle;
            pool.mostIdle = m_warmIdle;
            found.try_emplace(std::move(name), std::move(pool));
        }
    });
    return found;
}

/// What `idle` and the schedule come to now.
scaling::FloorStep PoolsApi::scheduledFor(const wire::Pool &pool) const
{
    const auto found = m_schedules.find(pool.name);
    return found == m_schedules.end()
               ? scaling::FloorStep{.from = {}, .to = {}, .floor = pool.idle, .rule = -1}
               : found->second.step;
}

/// Before specs are made: rules are read where the documents have changed, their numbers where time has gone
/// on.
bool PoolsApi::followSchedules()
{
    const auto now = m_context.now();
    bool hasChanged = false;
    const auto hasNone = [](const wire::Pool &pool) {
        return !pool.schedule || pool.schedule->empty();
    };
    std::erase_if(m_schedules, [&](const auto &each) {
        const auto kept = m_context.catalogue.pools.find(each.first);
        return kept == m_context.catalogue.pools.end() || hasNone(kept->second.document);
    });
    for (const auto &[name, entry] : m_context.catalogue.pools) {
        const auto &pool = entry.document;
        if (hasNone(pool)) {
            continue;
        }
        auto &schedule = m_schedules[name];
        if (schedule.etag != entry.etag) {
            schedule = {.etag = entry.etag, .rules = policy::floorsOf(*pool.schedule), .step = {}};
        }
        const auto step = scaling::floorAt(
            schedule.rules.all(), pool.idle, now,
            schedule.step.to > schedule.step.from ? std::optional(schedule.step) : std::nullopt);
        if (step.floor != schedule.step.floor || step.rule != schedule.step.rule) {
            hasChanged = true;
            m_changed.insert(name);
        }
        schedule.step = step;
    }
    return hasChanged;
}

pools::PoolSpec PoolsApi::specOf(const wire::Pool &pool)
{
    pools::PoolSpec spec{.name = pool.name,
                         .runtime = pool.runtime,
                         .memoryMegabytes = pool.memoryMegabytes,
                         .idle = pool.idle,
                         .mostIdle = pool.mostIdle,
                         .isCustom = pool.kind == wire::PoolKind::Custom,
                         .preload = pool.preload,
                         .environment = pool.environment};
    const auto scheduled = scheduledFor(pool).floor;
    spec.idle = scheduled;
    spec.mostIdle = std::max(spec.mostIdle, scheduled);
    m_broken.erase(pool.name);
    if (!pool.packages) {
        return spec;
    }
    const auto *function = m_context.catalogue.function(pool.packages->function);
    const auto version = function != nullptr ? function->versions.find(pool.packages->version)
                                             : std::map<int, wire::Version>::iterator();
    if (function == nullptr || version == function->versions.end()) {
        m_broken[pool.name] = std::format("v{} of {}, whose packages it has, is gone. Name another version.",
                                          pool.packages->version, pool.packages->function);
        spec.idle = 0;
        spec.mostIdle = 0;
        return spec;
    }
    const auto &digest = version->second.artefactDigest;
    const auto folder = builds::ArtefactStore(m_context.dataDirectory).folderPath(digest);
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) { // it appears there whole
        spec.packagesDir = folder;
        return spec;
    }
    const auto [known, isNew] = m_unpacking.try_emplace(digest);
    if (isNew) {
        QCoro::connect(unpack(digest), this, [this] { apply(); });
    }
    m_broken[pool.name] = known->second.empty() ? "Its packages are being unpacked." : known->second;
    spec.idle = 0;
    spec.mostIdle = 0;
    return spec;
}

/// Thousands of files: not on this thread. What went wrong is not tried again before a pool is written.
QCoro::Task<> PoolsApi::unpack(std::string digest)
{
    auto unpacked = co_await inWorker(
        [digest, data = m_context.dataDirectory] { return builds::ArtefactStore(data).unpack(digest); });
    if (unpacked) {
        m_unpacking.erase(digest);
    } else {
        m_unpacking[digest] = unpacked.error().detail;
    }
}

void PoolsApi::apply()
{
    followSchedules();
    std::map<std::string, pools::PoolSpec> wanted;
    std::map<std::string, int> serves;
    const auto want = [&](const wire::Pool &pool) {
        wanted[pool.name] = specOf(pool);
        serves[pool.name] = deploymentsOf(pool);
        const auto told = m_serves.find(pool.name);
        if (told == m_serves.end() || told->second != serves[pool.name]) {
            m_changed.insert(pool.name); // though nothing of the pool itself may have changed
        }
    };
    for (const auto &[name, pool] : automatic()) {
        want(pool);
    }
    for (const auto &[name, entry] : m_context.catalogue.pools) {
        want(entry.document);
    }
    m_serves = std::move(serves);
    for (const auto &present : m_pools.specs()) {
        if (!wanted.contains(present.name)) {
            m_pools.removePool(present.name);
            m_history.forget(present.name);
        } else if (wanted[present.name] == present) {
            wanted.erase(present.name);
        }
    }
    for (const auto &[name, spec] : wanted) {
        m_pools.setPool(spec);
    }
}

void PoolsApi::tick()
{
    if (followSchedules()) {
        apply();
    }
    m_pools.tick();
    noteHistory();
    for (const auto &name : std::exchange(m_changed, {})) {
        auto pool = find(name);
        if (!pool) {
            m_outbox.add(PendingChange{"pools", name, {}});
            continue;
        }
        pool->etag.reset();
        const auto kept = m_context.catalogue.pools.find(name);
        auto text = wire::write(*pool);
        m_outbox.add(PendingChange{"pools", name,
                                   kept != m_context.catalogue.pools.end() ? withEtag(text, kept->second.etag)
                                                                           : std::move(text)});
    }
}

int PoolsApi::deploymentsOf(const wire::Pool &pool) const
{
    std::set<std::string> served;
    eachDeployed(m_context.catalogue, [&](const wire::Deployment &deployment, const wire::Version &version) {
        const bool isNamed = pool.kind == wire::PoolKind::Warm ? !deployment.pool && !hasNetwork(deployment)
                                                               : deployment.pool == pool.name;
        if (isNamed && version.runtime == pool.runtime && version.memoryMegabytes == pool.memoryMegabytes) {
            served.insert(deploymentKey(deployment.function, groupOf(deployment)));
        }
    });
    return static_cast<int>(served.size());
}

wire::Pool PoolsApi::rendered(wire::Pool document, std::optional<std::int64_t> etag) const
{
    auto status = document.status.value_or(wire::PoolStatus{});
    const auto figures = m_pools.figures(document.name);
    status.isAutomatic = !etag;
    status.idle = figures.idle;
    status.warming = figures.warming;
    status.wanted = figures.wanted;
    const auto scheduled = scheduledFor(document);
    status.scheduled = scheduled.floor;
    if (scheduled.rule >= 0) {
        status.rule =
            m_schedules.at(document.name).rules.all().at(static_cast<std::size_t>(scheduled.rule)).name;
    }
    status.peak = figures.peak;
    status.claimed = figures.claimed;
    status.missed = figures.missed;
    status.claimedLastHour = figures.claimedLastHour;
    status.missedLastHour = figures.missedLastHour;
    if (const auto starts = figures.claimedLastHour + figures.missedLastHour; starts > 0) {
        status.hitPercent =
            100.0 * static_cast<double>(figures.claimedLastHour) / static_cast<double>(starts);
    }
    status.specialiseMs = figures.specialiseMs;
    status.bootMs = figures.bootMs;
    status.memoryMegabytes = figures.memoryMegabytes;
    status.deployments = deploymentsOf(document);
    const auto broken = m_broken.find(document.name);
    status.trouble = broken != m_broken.end() ? broken->second : figures.trouble;
    document.status = std::move(status);
    document.etag = etag ? std::optional(etagText(*etag)) : std::nullopt;
    return document;
}

std::optional<wire::Pool> PoolsApi::find(const std::string &name) const
{
    if (const auto kept = m_context.catalogue.pools.find(name); kept != m_context.catalogue.pools.end()) {
        return rendered(kept->second.document, kept->second.etag);
    }
    auto made = automatic();
    const auto found = made.find(name);
    return found == made.end() ? std::nullopt
                               : std::optional(rendered(std::move(found->second), std::nullopt));
}

PoolsApi::Task PoolsApi::list(CallPtr call)
{
    const auto page = paging(*call);
    if (!page) {
        co_return std::unexpected(page.error());
    }
    std::vector<wire::Pool> all;
    for (auto &[name, pool] : automatic()) {
        all.push_back(rendered(std::move(pool), std::nullopt));
    }
    for (const auto &[name, entry] : m_context.catalogue.pools) {
        all.push_back(rendered(entry.document, entry.etag));
    }
    std::ranges::sort(all, {}, &wire::Pool::name);
    const auto answer = pageOf(std::move(all), *page, [](const wire::Pool &pool) { return pool.name; });
    co_return listAnswer(m_context, wire::write(answer));
}

PoolsApi::Task PoolsApi::get(CallPtr call)
{
    const auto &name = call->parameter("pool");
    auto found = find(name);
    if (!found) {
        co_return std::unexpected(unknownPool(name));
    }
    const auto kept = m_context.catalogue.pools.find(name);
    co_return jsonAnswer(200, wire::write(*found),
                         kept != m_context.catalogue.pools.end() ? std::optional(kept->second.etag)
                                                                 : std::nullopt);
}

/// Deployments that name the pool would be left with one that does not fit, or with none.
std::optional<Error> PoolsApi::refusalWhileUsed(const std::string &name) const
{
    std::int64_t users = 0;
    for (const auto &[functionName, function] : m_context.catalogue.functions) {
        users += std::ranges::count_if(function.deployments,
                                       [&](const auto &each) { return each.second.document.pool == name; });
    }
    if (users == 0) {
        return std::nullopt;
    }
    const bool isOne = users == 1;
    return Error{"control/in-use",
                 std::format("{} from the pool '{}'. Let {} start from another one first.",
                             isOne ? "One deployment starts" : std::format("{} deployments start", users),
                             name, isOne ? "it" : "them"),
                 {}};
}

PoolsApi::Task PoolsApi::put(CallPtr call)
{
    const auto &name = call->parameter("pool");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    auto body = wire::read<wire::Pool>(call->request.body);
    if (!body) {
        co_return std::unexpected(body.error());
    }
    if (!body->name.empty() && body->name != name) {
        co_return std::unexpected(invalid({{"/name", "must be '" + name + "', as in the address"}}));
    }
    body->name = name;
    if (auto errors = poolErrors(*body, m_context.catalogue); !errors.empty()) {
        co_return std::unexpected(invalid(std::move(errors)));
    }
    auto &pools = m_context.catalogue.pools;
    const auto found = pools.find(name);
    const bool exists = found != pools.end();
    if (exists && (condition->mustNotExist || !condition->allows(found->second.etag))) {
        co_return staleAnswer(wire::write(rendered(found->second.document, found->second.etag)),
                              found->second.etag, call->requestId);
    }
    if (!exists && !condition->mustNotExist && condition->etag != DocumentWrite::anyEtag) {
        co_return std::unexpected(unknownPool(name));
    }
    if (exists && (found->second.document.runtime != body->runtime ||
                   found->second.document.memoryMegabytes != body->memoryMegabytes)) {
        if (auto used = refusalWhileUsed(name)) {
            co_return std::unexpected(std::move(*used));
        }
    }
    if (!exists && pools.size() >= mostPools) {
        co_return failure("control/invalid", "There are 50 pools, the most. Delete one first.",
                          {{"/name", "would be one too many"}});
    }
    PoolEntry next;
    next.document = std::move(*body);
    next.document.etag.reset();
    auto &status = next.document.status.emplace();
    status.createdAt = exists ? found->second.document.status->createdAt : m_context.now();
    status.changedAt = m_context.now();
    status.changedBy = call->user;
    const auto text = wire::write(next.document);
    Batch batch;
    batch.documents.push_back({"pools", name, "", text, exists ? found->second.etag : 0});
    const auto committed = co_await commitAndPublish(m_context, std::move(batch));
    if (!committed) {
        const auto now = pools.find(name);
        if (now != pools.end() &&
            (committed.error().type == "store/stale" || committed.error().type == "store/exists")) {
            co_return staleAnswer(wire::write(rendered(now->second.document, now->second.etag)),
                                  now->second.etag, call->requestId);
        }
        co_return std::unexpected(committed.error());
    }
    next.etag = committed->documentEtags.front();
    const auto etag = next.etag;
    pools[name] = std::move(next);
    std::erase_if(m_unpacking, [](const auto &each) { return !each.second.empty(); });
    apply();
    m_changed.insert(name);
    auto answer = wire::write(rendered(pools[name].document, etag));
    co_return exists ? jsonAnswer(200, std::move(answer), etag)
                     : createdAnswer(std::move(answer), etag, call->request.path);
}

PoolsApi::Task PoolsApi::remove(CallPtr call)
{
    const auto &name = call->parameter("pool");
    const auto condition = precondition(*call);
    if (!condition) {
        co_return std::unexpected(condition.error());
    }
    auto &pools = m_context.catalogue.pools;
    const auto found = pools.find(name);
    if (found == pools.end()) {
        if (automatic().contains(name)) {
            co_return failure("control/in-use",
                              "The platform made the pool '" + name +
                                  "' for what is deployed. PUT it with idle 0 to have none.");
        }
        co_return std::unexpected(unknownPool(name));
    }
    if (!condition->allows(found->second.etag)) {
        co_return staleAnswer(wire::write(rendered(found->second.document, found->second.etag)),
                              found->second.etag, call->requestId);
    }
    if (auto used = refusalWhileUsed(name)) {
        co_return std::unexpected(std::move(*used));
    }
    Batch batch;
    batch.documents.push_back({"pools", name, "", "", found->second.etag});
    if (auto done = co_await commitAndPublish(m_context, std::move(batch)); !done) {
        co_return std::unexpected(done.error());
    }
    pools.erase(name);
    apply();
    m_changed.insert(name); // a warm one is there again, of the platform's own size
    co_return Answer{204, {}, ""};
}

} // namespace nest::control
