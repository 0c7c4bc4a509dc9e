// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client/loadgenerator.h"

#include "api/client/loadrun.h"

namespace nest::client {

LoadGenerator::LoadGenerator(QObject *parent) : QObject(parent) {}

LoadGenerator::~LoadGenerator()
{
    m_thread.request_stop(); // the run looks at it at least every 50 ms
}

Result<void> LoadGenerator::start(const LoadPlan &plan)
{
    if (m_isRunning) {
        return failure("client/load-running", "A load run is going on. Stop it first.");
    }
    auto target = checkPlan(plan);
    if (!target) {
        return std::unexpected(std::move(target.error()));
    }
    auto run = LoadRun::create(plan, std::move(*target));
    if (!run) {
        return std::unexpected(std::move(run.error()));
    }
    m_isRunning = true;
    m_lastReport = {};
    const int generation = ++m_generation;
    m_thread = std::jthread([this, generation, work = std::move(*run)](const std::stop_token &stop) {
        work->run(stop, [this, generation](const LoadReport &report) {
            // The destructor joins this thread, so `this` is there; what is posted goes with the object.
            QMetaObject::invokeMethod(
                this, [this, generation, report] { take(generation, report); }, Qt::QueuedConnection);
        });
    });
    return {};
}

void LoadGenerator::stop()
{
    m_thread.request_stop();
}

void LoadGenerator::take(int generation, const LoadReport &report)
{
    if (generation != m_generation) {
        return;
    }
    m_lastReport = report;
    m_isRunning = !report.isFinished;
    Q_EMIT reported(report);
    if (report.isFinished) {
        Q_EMIT finished(report);
    }
}

} // namespace nest::client
