// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/pools/pools.h"

#include "platform/runtimes/catalogue.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>

namespace nest::pools {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr auto firstBackOff = 250ms;
constexpr auto longestBackOff = 60s;
constexpr auto busyRetry = 50ms;

constexpr std::size_t mostStarts = 20'000; // kept of an hour
constexpr std::size_t mostSpecialiseTimes = 50;

bool fits(const PoolSpec &pool, const std::string &runtime, int memoryMegabytes)
{
    // Equal, not larger: the limits of the box and the heap were set when the slot was booted.
    return pool.runtime == runtime && pool.memoryMegabytes == memoryMegabytes;
}

/// What a slot of it has loaded ahead, so that an adopted one is known again. Empty: a plain runtime.
std::string contentOf(const PoolSpec &pool)
{
    if (pool.packagesDir.empty() && pool.preload.empty() && pool.environment.empty()) {
        return {};
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const std::string &text) {
        hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size() + 1))); // with its end
    };
    add(pool.packagesDir);
    for (const auto &module : pool.preload) {
        add(module);
    }
    for (const auto &[name, value] : pool.environment) {
        add(name);
        add(value);
    }
    return hash.result().toHex().first(16).toStdString();
}

/// Of a file's content; empty when it cannot be read.
QByteArray digestOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

/// The most starts that began within `together` of one another.
template <typename Start>
int peakOf(const std::deque<Start> &starts, steady_clock::time_point from)
{
    std::size_t most = 0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        while (starts[i].at - starts[first].at > Pools::together) {
            ++first;
        }
        if (starts[i].at >= from) {
            most = std::max(most, i - first + 1);
        }
    }
    return static_cast<int>(most);
}

} // namespace

Pools::Pools(engines::LocalEngine &engine, Ports ports, QObject *parent)
    : QObject(parent), m_engine(engine), m_ports(std::move(ports))
{
    m_filling.setSingleShot(true);
    connect(&m_filling, &QTimer::timeout, this, &Pools::fill);
    connect(&engine, &engines::LocalEngine::slotReady, this, &Pools::onReady);
    connect(&engine, &engines::LocalEngine::slotEnded, this, &Pools::onEnded);
    connect(&engine, &engines::LocalEngine::instanceReady, this,
            [this](const std::string &id, const std::string &, const engines::ColdStart &phases) {
                onInstanceReady(id, phases);
            });
    connect(&engine, &engines::LocalEngine::instanceFailed, this,
            [this](const std::string &id, const Error &) { m_loading.erase(id); });
    connect(&engine, &engines::LocalEngine::slotStats, this,
            [this](const std::string &slot, double memoryMegabytes) {
                if (auto *pool = ownerOf(slot)) {
                    pool->memory[slot] = memoryMegabytes;
                }
            });
}

Pools::~Pools() = default;

void Pools::setPool(const PoolSpec &spec)
{
    auto &pool = m_pools[spec.name];
    const bool isOther =
        !fits(pool.spec, spec.runtime, spec.memoryMegabytes) || contentOf(pool.spec) != contentOf(spec);
    pool.spec = spec;
    pool.figures.wanted = std::max(spec.idle, std::min(pool.figures.peak, spec.mostIdle));
    if (isOther) {
        end(pool);
    }
    pool.failuresInRow = 0;
    pool.notBefore = {};
    pool.figures.trouble.clear();
    trim(pool);
    fillAfter(0ms);
    Q_EMIT changed(spec.name);
}

void Pools::removePool(const std::string &name)
{
    if (auto pool = m_pools.extract(name)) {
        end(pool.mapped());
        fillAfter(0ms);
        Q_EMIT changed(name);
    }
}

void Pools::adopt(const std::vector<engines::SlotSpec> &slots)
{
    m_isOpen = true;
    for (const auto &slot : slots) {
        const auto pool = m_pools.find(slot.pool);
        if (pool != m_pools.end() && fits(pool->second.spec, slot.runtime, slot.memoryMegabytes) &&
            contentOf(pool->second.spec) == slot.content && !m_isClosed) {
            pool->second.idle.push_back(slot.id);
        } else {
            m_engine.endSlot(slot.id);
        }
    }
    for (auto &[name, pool] : m_pools) {
        trim(pool);
    }
    fillAfter(0ms);
}

std::optional<engines::SlotSpec> Pools::claim(const engines::InstanceSpec &instance)
{
    // What is granted is fixed when a box is made: no slot fits.
    if (m_isClosed || !instance.grants.empty() || instance.hasOpenNetwork) {
        return std::nullopt;
    }
    auto *custom = customFor(instance);
    auto *warm = warmFor(instance);
    if (custom == nullptr && warm == nullptr) {
        return std::nullopt;
    }
    m_quietUntil = steady_clock::now() + settle;
    fillAfter(settle);
    if (custom != nullptr) {
        note(*custom, !custom->idle.empty());
        if (!custom->idle.empty()) {
            return take(*custom, instance.id);
        }
        if (warm == nullptr || warm->idle.empty()) {
            return std::nullopt; // it was asked of the custom one alone
        }
        return take(*warm, instance.id); // second best: a plain runtime, but booted
    }
    note(*warm, !warm->idle.empty());
    return warm->idle.empty() ? std::nullopt : take(*warm, instance.id);
}

std::optional<engines::SlotSpec> Pools::take(Pool &pool, const std::string &instance)
{
    engines::SlotSpec slot{.id = std::move(pool.idle.front()),
                           .pool = pool.spec.name,
                           .runtime = pool.spec.runtime,
                           .memoryMegabytes = pool.spec.memoryMegabytes};
    pool.idle.pop_front();
    pool.memory.erase(slot.id);
    m_loading[instance] = pool.spec.name;
    Q_EMIT changed(pool.spec.name);
    return slot;
}

void Pools::note(Pool &pool, bool isClaim)
{
    isClaim ? ++pool.figures.claimed : ++pool.figures.missed;
    pool.starts.push_back({steady_clock::now(), isClaim});
    if (pool.starts.size() > mostStarts) {
        pool.starts.pop_front();
    }
    Q_EMIT changed(pool.spec.name);
}

void Pools::onInstanceReady(const std::string &instance, const engines::ColdStart &phases)
{
    const auto loading = m_loading.extract(instance);
    if (loading.empty()) {
        return;
    }
    const auto pool = m_pools.find(loading.mapped());
    if (pool == m_pools.end()) {
        return;
    }
    auto &times = pool->second.specialiseTimes;
    times.push_back(phases.fetchMs + phases.userInitMs);
    if (times.size() > mostSpecialiseTimes) {
        times.pop_front();
    }
    Q_EMIT changed(pool->first);
}

void Pools::tick()
{
    const auto now = steady_clock::now();
    bool isLarger = false;
    for (auto &[name, pool] : m_pools) {
        while (!pool.starts.empty() && now - pool.starts.front().at > 1h) {
            pool.starts.pop_front();
        }
        pool.figures.peak = peakOf(pool.starts, now - remembered);
        const int before = pool.figures.wanted;
        pool.figures.wanted = std::max(pool.spec.idle, std::min(pool.figures.peak, pool.spec.mostIdle));
        isLarger = isLarger || pool.figures.wanted > before;
        if (pool.figures.wanted != before) {
            trim(pool);
            Q_EMIT changed(name);
        }
    }
    if (isLarger) {
        fillAfter(0ms);
    }
}

void Pools::close()
{
    m_isClosed = true;
    m_filling.stop();
    for (auto &[name, pool] : m_pools) {
        end(pool);
    }
}

std::vector<PoolSpec> Pools::specs() const
{
    std::vector<PoolSpec> found;
    for (const auto &[name, pool] : m_pools) {
        found.push_back(pool.spec);
    }
    return found;
}

PoolFigures Pools::figures(const std::string &name) const
{
    const auto found = m_pools.find(name);
    if (found == m_pools.end()) {
        return {};
    }
    auto figures = found->second.figures;
    figures.idle = static_cast<int>(found->second.idle.size());
    figures.warming = found->second.warming.empty() ? 0 : 1;
    for (const auto &start : found->second.starts) {
        ++(start.isClaim ? figures.claimedLastHour : figures.missedLastHour);
    }
    if (auto times = found->second.specialiseTimes; !times.empty()) {
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::ranges::nth_element(times, middle);
        figures.specialiseMs = *middle;
    }
    for (const auto &[slot, memory] : found->second.memory) {
        figures.memoryMegabytes = std::max(figures.memoryMegabytes.value_or(0), memory);
    }
    return figures;
}

Pools::Pool *Pools::customFor(const engines::InstanceSpec &instance)
{
    const auto named = instance.pool.empty() ? m_pools.end() : m_pools.find(instance.pool);
    const bool does = named != m_pools.end() && named->second.spec.isCustom &&
                      fits(named->second.spec, instance.runtime, instance.memoryMegabytes) &&
                      hasPackagesOf(named->second, instance);
    return does ? &named->second : nullptr;
}

Pools::Pool *Pools::warmFor(const engines::InstanceSpec &instance)
{
    for (auto &[name, pool] : m_pools) {
        if (!pool.spec.isCustom && fits(pool.spec, instance.runtime, instance.memoryMegabytes)) {
            return &pool;
        }
    }
    return nullptr;
}

/// The same lock file: else the function would find other packages than it was built with.
bool Pools::hasPackagesOf(const Pool &pool, const engines::InstanceSpec &instance)
{
    const auto *runtime = runtimes::find(pool.spec.runtime);
    if (pool.spec.packagesDir.empty() || runtime == nullptr) {
        return true;
    }
    const auto lockIn = [&](const std::string &folder) {
        if (const auto known = m_locks.find(folder); known != m_locks.end()) {
            return known->second;
        }
        const auto digest = digestOf(folder + '/' + std::string(runtime->lock));
        if (!digest.isEmpty()) {
            m_locks[folder] = digest; // the folders of artefacts never change
        }
        return digest;
    };
    const auto wanted = lockIn(pool.spec.packagesDir);
    return !wanted.isEmpty() && wanted == lockIn(instance.codeDir);
}

Pools::Pool *Pools::ownerOf(const std::string &slot)
{
    for (auto &[name, pool] : m_pools) {
        if (pool.warming == slot || std::ranges::contains(pool.idle, slot)) {
            return &pool;
        }
    }
    return nullptr;
}

void Pools::onReady(const std::string &slot, const engines::ColdStart &phases)
{
    auto *pool = ownerOf(slot);
    if (pool == nullptr) {
        // Its pool was removed or changed meanwhile. Its end was asked for, but while its packages were still
        // linked there was no box to end.
        m_engine.endSlot(slot);
        return;
    }
    pool->warming.clear();
    pool->idle.push_back(slot);
    pool->failuresInRow = 0;
    pool->figures.bootMs = phases.startMs + phases.runtimeInitMs;
    pool->figures.trouble.clear();
    trim(*pool);
    fillAfter(0ms);
    Q_EMIT changed(pool->spec.name);
}

void Pools::onEnded(const std::string &slot, const std::string &reason)
{
    auto *pool = ownerOf(slot);
    if (pool == nullptr) {
        return;
    }
    if (pool->warming == slot) {
        pool->warming.clear();
    }
    std::erase(pool->idle, slot);
    pool->memory.erase(slot);
    const auto wait = firstBackOff * (1 << std::min(pool->failuresInRow, 8));
    ++pool->failuresInRow;
    pool->notBefore = steady_clock::now() + std::min<std::chrono::milliseconds>(longestBackOff, wait);
    pool->figures.trouble = "a waiting runtime ended: " + reason;
    fillAfter(0ms);
    Q_EMIT changed(pool->spec.name);
}

/// All that waits in it; their ends are nobody's concern any more.
void Pools::end(Pool &pool)
{
    for (const auto &slot : std::exchange(pool.idle, {})) {
        m_engine.endSlot(slot);
    }
    if (!pool.warming.empty()) {
        m_engine.endSlot(std::exchange(pool.warming, {}));
    }
    pool.memory.clear();
}

/// Ends what is too many, the youngest first.
void Pools::trim(Pool &pool)
{
    while (static_cast<int>(pool.idle.size()) > pool.figures.wanted) {
        const auto slot = std::move(pool.idle.back());
        pool.idle.pop_back();
        pool.memory.erase(slot);
        m_engine.endSlot(slot);
    }
}

/// Boots one slot where the share that is missing is largest.
void Pools::fill()
{
    if (m_isClosed || !m_isOpen ||
        std::ranges::any_of(m_pools, [](const auto &each) { return !each.second.warming.empty(); })) {
        return; // the end of that boot comes back here
    }
    if (steady_clock::now() < m_quietUntil) {
        fillAfter(0ms);
        return;
    }
    if (m_ports.isBusy()) {
        fillAfter(busyRetry);
        return;
    }
    const auto now = steady_clock::now();
    Pool *neediest = nullptr;
    double most = 0;
    std::optional<steady_clock::time_point> next; // of a pool that backs off
    for (auto &[name, pool] : m_pools) {
        const auto missing = pool.figures.wanted - static_cast<int>(pool.idle.size());
        const double share = missing > 0 ? static_cast<double>(missing) / pool.figures.wanted : 0;
        if (share > most && pool.notBefore <= now) {
            most = share;
            neediest = &pool;
        } else if (missing > 0 && pool.notBefore > now) {
            next = std::min(next.value_or(pool.notBefore), pool.notBefore);
        }
    }
    if (neediest != nullptr) {
        neediest->warming = m_ports.makeSlotId();
        m_engine.startSlot({.id = neediest->warming,
                            .pool = neediest->spec.name,
                            .runtime = neediest->spec.runtime,
                            .memoryMegabytes = neediest->spec.memoryMegabytes,
                            .content = contentOf(neediest->spec),
                            .hasPackages = !neediest->spec.packagesDir.empty(),
                            .packagesDir = neediest->spec.packagesDir,
                            .preload = neediest->spec.preload,
                            .environment = neediest->spec.environment});
        Q_EMIT changed(neediest->spec.name);
    } else if (next) {
        fillAfter(std::chrono::ceil<std::chrono::milliseconds>(*next - now));
    }
}

/// The sooner of this and what is planned: a pool that backs off keeps no other one waiting. A claim pushes
/// all back.
void Pools::fillAfter(std::chrono::milliseconds wait)
{
    const auto quiet = std::chrono::ceil<std::chrono::milliseconds>(m_quietUntil - steady_clock::now());
    wait = std::max(wait, quiet);
    if (!m_isClosed && (!m_filling.isActive() || wait < m_filling.remainingTimeAsDuration())) {
        m_filling.start(wait);
    }
}

} // namespace nest::pools
