// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Platform does each second.
#include "platform/control/platform.h"

#include <algorithm>
#include <format>
#include <map>
#include <utility>

namespace nest::control {

namespace {

constexpr std::int64_t openChunksInterval = 10; // seconds

wire::Time systemNow()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

} // namespace

void Platform::onSecond(const gateway::SecondBatch &batch)
{
    m_metrics.add(batch);
    m_fleet.noteSecond(batch);
    m_deploymentsApi.noteSecond(batch);
    m_autoscaler.onSecond(batch.second);
    if (std::exchange(m_pooledChange, m_hub.lastId()) != m_hub.lastId()) {
        sizePools(); // something deployed may have changed
    }
    const auto now = systemNow();
    if (m_hub.streams() > 0) {
        m_hub.publishStats(m_stats.stats(batch, now));
    }
    auto chunks = m_metrics.takeClosedChunks(batch.second);
    if (batch.second % openChunksInterval == 0 && !m_isStopping) {
        // A crash then costs the charts some seconds, not the ten minutes of a chunk.
        std::ranges::move(m_metrics.openChunks(), std::back_inserter(chunks));
    }
    saveSeries(std::move(chunks));
    const bool hasTraffic = std::ranges::any_of(batch.revisions, [](const auto &revision) {
        return revision.arrivals > 0 || revision.inFlight > 0 || revision.queued > 0;
    });
    bool isReserved = false;
    for (const auto &[name, function] : m_catalogue.functions) {
        for (const auto &[group, deployment] : function.deployments) {
            isReserved = isReserved || deployment.document.scaling.reserved > 0;
        }
    }
    const auto steadyNow = std::chrono::steady_clock::now();
    if (hasTraffic || isReserved || m_hub.streams() > 0 || !m_invokeApi.isIdle()) {
        m_lastActivity = steadyNow;
    }
    if (m_config.exitWhenIdle && steadyNow - m_lastActivity > *m_config.exitWhenIdle && !m_isStopping) {
        m_stopReason = QStringLiteral("nobody has used it for a while");
        stop(std::chrono::seconds(1));
    }
}

/// A warm pool for each runtime and memory that something deployed has; nothing is kept ready for nobody.
void Platform::sizePools()
{
    if (m_isStopping || m_config.poolIdle <= 0) {
        return;
    }
    constexpr std::size_t mostPools = 6;
    std::map<std::string, pools::PoolSpec> wanted;
    for (const auto &[name, function] : m_catalogue.functions) {
        for (const auto &[group, deployment] : function.deployments) {
            for (const auto &weight : deployment.document.weights) {
                const auto version = function.versions.find(weight.version);
                if (version == function.versions.end() || wanted.size() >= mostPools) {
                    continue;
                }
                const auto &document = version->second;
                auto pool = std::format("{}-{}", document.runtime, document.memoryMegabytes);
                wanted[pool] = {.name = pool,
                                .runtime = document.runtime,
                                .memoryMegabytes = document.memoryMegabytes,
                                .idle = m_config.poolIdle};
            }
        }
    }
    for (const auto &present : m_pools.specs()) {
        if (!wanted.contains(present.name)) {
            m_pools.removePool(present.name);
        } else if (wanted[present.name] == present) {
            wanted.erase(present.name);
        }
    }
    for (const auto &[name, spec] : wanted) {
        m_pools.setPool(spec);
    }
}

} // namespace nest::control
