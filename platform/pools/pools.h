// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps booted runtimes ready and hands them to starting instances.
//
// Invariants: a slot is handed out once; while the platform closes no slot is booted; of all pools together
// one slot boots at a time, and none within `settle` after a claim, so that filling up takes no processor
// from the instance that has just been asked for. A pool whose slots keep ending backs off and says why.
// Thread: control.

#include "platform/engines/local/localengine.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nest::pools {

struct PoolSpec
{
    std::string name; // "node20-256"
    std::string runtime;
    int memoryMegabytes = 256;
    int idle = 1; // slots to keep ready
    bool operator==(const PoolSpec &) const = default;
};

/// Since the pool was made, or the platform started.
struct PoolFigures
{
    int idle = 0;
    int warming = 0;
    std::int64_t claimed = 0;
    std::int64_t missed = 0;               // starts that found the pool empty
    std::optional<double> bootMs;          // of the slot that booted last
    std::optional<double> memoryMegabytes; // of an idle slot, the largest of the last second
    std::string trouble;                   // why it cannot be filled; empty when all is well
    bool operator==(const PoolFigures &) const = default;
};

class Pools final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Pools)

public:
    struct Ports
    {
        std::function<std::string()> makeSlotId;
        std::function<bool()> isBusy; // an instance is starting
    };

    Pools(engines::LocalEngine &engine, Ports ports, QObject *parent = nullptr);
    ~Pools() override;

    /// A pool of that name is changed: slots that no longer fit end, missing ones boot.
    void setPool(const PoolSpec &spec);
    /// Its idle slots end.
    void removePool(const std::string &name);
    /// Slots of an earlier nestd: those that fit a pool are kept.
    void adopt(const std::vector<engines::SlotSpec> &slots);
    /// The slot to start this instance in; nothing when no pool fits or the one that does is empty.
    [[nodiscard]] std::optional<engines::SlotSpec> claim(const engines::InstanceSpec &instance);
    /// Boots nothing any more and ends what waits.
    void close();

    [[nodiscard]] std::vector<PoolSpec> specs() const;
    [[nodiscard]] PoolFigures figures(const std::string &name) const;

    static constexpr std::chrono::milliseconds settle{300};

Q_SIGNALS:
    void changed(std::string pool);

private:
    struct Pool
    {
        PoolSpec spec;
        std::deque<std::string> idle; // oldest first
        std::string warming;          // the one that boots
        PoolFigures figures;
        int failuresInRow = 0;
        std::chrono::steady_clock::time_point notBefore{};
        std::map<std::string, double> memory;
    };

    Pool *poolFor(const engines::InstanceSpec &instance);
    Pool *ownerOf(const std::string &slot);
    void onReady(const std::string &slot, const engines::ColdStart &phases);
    void onEnded(const std::string &slot, const std::string &reason);
    void end(Pool &pool);
    void trim(Pool &pool);
    void fill();
    void fillAfter(std::chrono::milliseconds wait);

    engines::LocalEngine &m_engine;
    Ports m_ports;
    std::map<std::string, Pool> m_pools;
    QTimer m_filling;
    bool m_isOpen = false; // the engine has said what runs already
    bool m_isClosed = false;
};

} // namespace nest::pools
