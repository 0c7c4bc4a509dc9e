// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps booted runtimes ready and hands them to starting instances.
//
// Invariants: a slot is handed out once; while the platform closes no slot is booted; of all pools together
// one slot boots at a time, and none within `settle` after a claim, so that filling up takes no processor
// from the instance that has just been asked for. A pool whose slots keep ending backs off and says why. A
// custom pool serves only the deployments that name it, and of these only versions with its packages.
// Thread: control.

#include "platform/engines/local/localengine.h"

#include <QByteArray>
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
    int idle = 1;     // slots to keep ready
    int mostIdle = 1; // that demand may ask for; less than `idle` is `idle`
    bool isCustom = false;
    std::string packagesDir = {}; // unpacked artefact whose packages lie ready; empty: none
    std::vector<std::string> preload = {};
    std::map<std::string, std::string> environment = {};
    bool operator==(const PoolSpec &) const = default;
};

/// Since the pool was made, or the platform started, where no time is named.
struct PoolFigures
{
    int idle = 0;
    int warming = 0;
    int wanted = 0; // slots to keep ready at present
    int peak = 0;   // most starts at once in the last ten minutes
    std::int64_t claimedLastHour = 0;
    std::int64_t missedLastHour = 0;
    std::optional<double> specialiseMs; // median of the last claims: to link and load the code
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
    /// Each second: demand is looked at again.
    void tick();
    /// Boots nothing any more and ends what waits.
    void close();

    [[nodiscard]] std::vector<PoolSpec> specs() const;
    [[nodiscard]] PoolFigures figures(const std::string &name) const;

    static constexpr std::chrono::milliseconds settle{300};
    /// Starts within `together` count as at once; the most of `remembered` is what demand asks to keep ready.
    static constexpr std::chrono::seconds together{2};
    static constexpr std::chrono::minutes remembered{10};

Q_SIGNALS:
    void changed(std::string pool);

private:
    struct Start
    {
        std::chrono::steady_clock::time_point at;
        bool isClaim = false; // else the pool was empty
    };
    struct Pool
    {
        PoolSpec spec;
        std::deque<std::string> idle; // oldest first
        std::string warming;          // the one that boots
        PoolFigures figures;
        int failuresInRow = 0;
        std::chrono::steady_clock::time_point notBefore{};
        std::map<std::string, double> memory;
        std::deque<Start> starts;           // of the last hour
        std::deque<double> specialiseTimes; // of the last claims, milliseconds
    };

    Pool *customFor(const engines::InstanceSpec &instance);
    Pool *warmFor(const engines::InstanceSpec &instance);
    bool hasPackagesOf(const Pool &pool, const engines::InstanceSpec &instance);
    std::optional<engines::SlotSpec> take(Pool &pool, const std::string &instance);
    void note(Pool &pool, bool isClaim);
    void onInstanceReady(const std::string &instance, const engines::ColdStart &phases);
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
    std::map<std::string, std::string> m_loading; // instances that were claimed for, and their pool
    std::map<std::string, QByteArray> m_locks;    // digest of the lock file in a folder
    QTimer m_filling;
    std::chrono::steady_clock::time_point m_quietUntil; // after a claim
    bool m_isOpen = false;                              // the engine has said what runs already
    bool m_isClosed = false;
};

} // namespace nest::pools
