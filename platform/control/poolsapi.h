// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pools as documents: what the API says of them, which of them there are, and how large each is to be.
//
// Invariants: a warm pool without a document is there exactly while a deployment of its runtime and memory
// is; a schedule is followed to the second; what is said of a pool's state is told to the watch at most once
// a second; the last hour is known as far as this platform ran. Thread: control. Owner: Platform.

#include "platform/control/context.h"
#include "platform/control/outbox.h"
#include "platform/control/router.h"
#include "platform/pools/poolhistory.h"
#include "platform/pools/pools.h"
#include "scaling/floor.h"

#include <QObject>

#include <map>
#include <set>
#include <string>

namespace nest::control {

class PoolsApi final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PoolsApi)

public:
    /// `warmIdle`: size of the pools that the platform makes by itself; 0: it makes none.
    PoolsApi(Context &context, pools::Pools &pools, Outbox &outbox, int warmIdle, QObject *parent = nullptr);

    void addRoutes(Router &router);
    /// The pools follow documents and deployments; after a change of either.
    void apply();
    /// Each second.
    void tick();

private:
    struct Schedule
    {
        std::int64_t etag = 0; // of the document that the rules are of
        scaling::FloorRules rules;
        scaling::FloorStep step;
    };
    using Task = QCoro::Task<Result<Answer>>;

    Task list(CallPtr call);
    Task get(CallPtr call);
    Task history(CallPtr call);
    Task put(CallPtr call);
    Task remove(CallPtr call);

    [[nodiscard]] static Error unknownPool(const std::string &name);
    void noteHistory();
    [[nodiscard]] std::map<std::string, wire::Pool> automatic() const;
    [[nodiscard]] std::optional<wire::Pool> find(const std::string &name) const;
    [[nodiscard]] wire::Pool rendered(wire::Pool document, std::optional<std::int64_t> etag) const;
    [[nodiscard]] scaling::FloorStep scheduledFor(const wire::Pool &pool) const;
    bool followSchedules();
    [[nodiscard]] pools::PoolSpec specOf(const wire::Pool &pool);
    QCoro::Task<> unpack(std::string digest);
    [[nodiscard]] std::optional<Error> refusalWhileUsed(const std::string &name) const;
    [[nodiscard]] int deploymentsOf(const wire::Pool &pool) const;

    Context &m_context;
    pools::Pools &m_pools;
    Outbox &m_outbox;
    int m_warmIdle;
    pools::PoolHistory m_history;
    std::set<std::string> m_changed;                // since the last tick
    std::map<std::string, std::string> m_unpacking; // by digest, what went wrong; empty: it is under way
    std::map<std::string, int> m_serves;            // deployments, as the watch was told last
    std::map<std::string, Schedule> m_schedules;    // of pools with one
    std::map<std::string, std::string> m_broken;    // pools whose packages could not be brought, and why
};

} // namespace nest::control
