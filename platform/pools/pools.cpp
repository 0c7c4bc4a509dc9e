// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/pools/pools.h"

#include <algorithm>

namespace nest::pools {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

constexpr auto firstBackOff = 250ms;
constexpr auto longestBackOff = 60s;
constexpr auto busyRetry = 50ms;

bool fits(const PoolSpec &pool, const std::string &runtime, int memoryMegabytes)
{
    // Equal, not larger: the limits of the box and the heap were set when the slot was booted.
    return pool.runtime == runtime && pool.memoryMegabytes == memoryMegabytes;
}

} // namespace

Pools::Pools(engines::LocalEngine &engine, Ports ports, QObject *parent)
    : QObject(parent), m_engine(engine), m_ports(std::move(ports))
{
    m_filling.setSingleShot(true);
    connect(&m_filling, &QTimer::timeout, this, &Pools::fill);
    connect(&engine, &engines::LocalEngine::slotReady, this, &Pools::onReady);
    connect(&engine, &engines::LocalEngine::slotEnded, this, &Pools::onEnded);
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
    const bool isOther = !fits(pool.spec, spec.runtime, spec.memoryMegabytes);
    pool.spec = spec;
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
            !m_isClosed) {
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
    auto *pool = poolFor(instance);
    if (pool == nullptr || m_isClosed) {
        return std::nullopt;
    }
    fillAfter(settle);
    if (pool->idle.empty()) {
        ++pool->figures.missed;
        Q_EMIT changed(pool->spec.name);
        return std::nullopt;
    }
    engines::SlotSpec slot{.id = std::move(pool->idle.front()),
                           .pool = pool->spec.name,
                           .runtime = pool->spec.runtime,
                           .memoryMegabytes = pool->spec.memoryMegabytes};
    pool->idle.pop_front();
    pool->memory.erase(slot.id);
    ++pool->figures.claimed;
    Q_EMIT changed(pool->spec.name);
    return slot;
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
    for (const auto &[slot, memory] : found->second.memory) {
        figures.memoryMegabytes = std::max(figures.memoryMegabytes.value_or(0), memory);
    }
    return figures;
}

Pools::Pool *Pools::poolFor(const engines::InstanceSpec &instance)
{
    for (auto &[name, pool] : m_pools) {
        if (fits(pool.spec, instance.runtime, instance.memoryMegabytes)) {
            return &pool;
        }
    }
    return nullptr;
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
        return; // its pool was removed or changed meanwhile, and its end was asked for
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
    while (static_cast<int>(pool.idle.size()) > std::max(0, pool.spec.idle)) {
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
    if (m_ports.isBusy()) {
        fillAfter(busyRetry);
        return;
    }
    const auto now = steady_clock::now();
    Pool *neediest = nullptr;
    double most = 0;
    std::optional<steady_clock::time_point> next; // of a pool that backs off
    for (auto &[name, pool] : m_pools) {
        const auto missing = pool.spec.idle - static_cast<int>(pool.idle.size());
        const double share = missing > 0 ? static_cast<double>(missing) / pool.spec.idle : 0;
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
                            .memoryMegabytes = neediest->spec.memoryMegabytes});
        Q_EMIT changed(neediest->spec.name);
    } else if (next) {
        fillAfter(std::chrono::ceil<std::chrono::milliseconds>(*next - now));
    }
}

/// A claim pushes the next boot back; nothing pulls it forward past that.
void Pools::fillAfter(std::chrono::milliseconds wait)
{
    if (!m_isClosed && (!m_filling.isActive() || m_filling.remainingTimeAsDuration() < wait)) {
        m_filling.start(wait);
    }
}

} // namespace nest::pools
