// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sends load to a function through the gateway and reports once a second. Open loop: requests are sent when
// they are due whatever the answers do; what is sent late is counted, and latency counts from the due time.
//
// The work is a thread of its own (loadrun.h); this face belongs to the thread that made it, and its signals
// come there. Destroying it ends the run.

#include "api/client/loadplan.h"

#include <QObject>

#include <memory>
#include <thread>

namespace nest::client {

class LoadGenerator final : public QObject
{
    Q_OBJECT

public:
    explicit LoadGenerator(QObject *parent = nullptr);
    ~LoadGenerator() override;
    Q_DISABLE_COPY_MOVE(LoadGenerator)

    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] const LoadReport &lastReport() const { return m_lastReport; }

    /// Errors: those of checkPlan(), `client/load-running`, `client/no-descriptors`.
    Result<void> start(const LoadPlan &plan);
    /// No further request is sent; finished() follows within a fraction of a second.
    void stop();

Q_SIGNALS:
    void reported(const nest::client::LoadReport &report);
    void finished(const nest::client::LoadReport &report);

private:
    void take(int generation, const LoadReport &report);

    bool m_isRunning = false;
    int m_generation = 0;
    LoadReport m_lastReport;
    std::jthread m_thread;
};

} // namespace nest::client
