// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of BuildRun that brings the packages of a lock file: from the kept results, or with npm in a box
// that has the host's network. npm has a time of its own, so the build's stands still meanwhile.
#include "platform/builds/buildrun.h"

#include "platform/engines/local/localengine.h"

#include <format>

namespace nest::builds {

namespace {

constexpr std::chrono::seconds sizeInterval{1};

std::string packagesIn(std::size_t count)
{
    return std::format("{} {} from the lock file", count, count == 1 ? "package" : "packages");
}

} // namespace

void BuildRun::bringPackages()
{
    m_stage = "bringing the packages";
    inWorker(
        [request = m_request, config = m_config, folder = m_preparation.folder]() -> PackagesFound {
            PackagesFound found;
            found.wish = packageWish(request->files, nodeVersion()).value_or(PackageWish{});
            if (const auto kept = PackageStore(config.dataDirectory).find(found.wish.key)) {
                found.modules = *kept;
            } else if (auto written = writeNpmFolder(folder + "/npm", found.wish); !written) {
                found.trouble = written.error().detail;
            }
            return found;
        },
        &BuildRun::onPackagesFound);
}

void BuildRun::onPackagesFound(PackagesFound found)
{
    if (isStopped()) {
        return;
    }
    m_packages = std::move(found);
    if (!m_packages.trouble.empty()) {
        fail(m_packages.trouble);
        return;
    }
    if (!m_packages.modules.empty()) {
        Q_EMIT said("Packages: " + packagesIn(m_packages.wish.count) + ", cached");
        afterPackages();
        return;
    }
    Q_EMIT said("Packages: npm ci, " + packagesIn(m_packages.wish.count));
    m_stage = "npm ci fetched the packages";
    pauseLimit();
    m_jobId = std::format("b-{}-{}-npm", m_request->function, m_request->number);
    auto job = npmJob(m_jobId, m_preparation.folder + "/npm", m_config.npmRegistry);
    m_npmLimitSeconds = job.timeoutSeconds;
    m_sizeWatch.start(sizeInterval);
    m_engine.runJob(std::move(job));
}

void BuildRun::watchSize()
{
    if (m_isMeasuring || m_jobId.empty()) {
        return;
    }
    m_isMeasuring = true;
    inWorker([folder = m_preparation.folder + "/npm"] { return PackageStore::isTooLarge(folder); },
             &BuildRun::onMeasured);
}

void BuildRun::onMeasured(bool isTooLarge)
{
    m_isMeasuring = false;
    if (isTooLarge && m_sizeWatch.isActive()) {
        m_packages.trouble = "npm ci was ended: what it wrote is more than a function may have (256 MiB and "
                             "50,000 files of packages). Ask for fewer packages.";
        m_engine.cancelJob(m_jobId);
    }
}

void BuildRun::afterNpm(int exitCode, const std::string &reason)
{
    m_sizeWatch.stop();
    resumeLimit();
    if (!m_packages.trouble.empty()) {
        fail(m_packages.trouble);
        return;
    }
    if (exitCode != 0) {
        const auto said = npmReason(m_npmErrors);
        const bool isLate = m_npmClock.elapsed() >= m_npmLimitSeconds * 1000LL;
        const auto why = isLate         ? std::format("it took longer than {} s", m_npmLimitSeconds)
                         : said.empty() ? reason
                                        : said;
        m_result.problems.push_back({.severity = wire::ProblemSeverity::Error,
                                     .path = "package-lock.json",
                                     .line = 0,
                                     .column = 0,
                                     .message = "npm ci failed: " + why});
        fail("npm ci failed: " + why + ".");
        return;
    }
    m_stage = "keeping the packages";
    inWorker([config = m_config, folder = m_preparation.folder + "/npm",
              key = m_packages.wish.key] { return PackageStore(config.dataDirectory).keep(folder, key); },
             &BuildRun::onPackagesKept);
}

void BuildRun::onPackagesKept(const Result<std::string> &modules)
{
    if (isStopped()) {
        return;
    }
    if (!modules) {
        m_result.problems.push_back({.severity = wire::ProblemSeverity::Error,
                                     .path = "package-lock.json",
                                     .line = 0,
                                     .column = 0,
                                     .message = modules.error().detail});
        fail(modules.error().detail);
        return;
    }
    m_packages.modules = *modules;
    afterPackages();
}

void BuildRun::pauseLimit()
{
    m_limitLeft = m_limit.remainingTimeAsDuration();
    m_limit.stop();
    m_npmClock.start();
}

void BuildRun::resumeLimit()
{
    m_pausedMs += m_npmClock.elapsed();
    m_limit.start(std::max(m_limitLeft, std::chrono::milliseconds(1)));
}

} // namespace nest::builds
