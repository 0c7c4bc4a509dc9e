// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of BuildRun that brings the packages of a lock file: from the kept results, or with npm, pip or
// Maven in a box that has the host's network. These have a time of their own, so the build's stands still
// meanwhile.
#include "platform/builds/buildrun.h"

#include "platform/builds/maven.h"
#include "platform/builds/pip.h"
#include "platform/engines/local/localengine.h"

#include <format>

namespace nest::builds {

namespace {

constexpr std::chrono::seconds sizeInterval{1};

std::string packagesIn(const PackageWish &wish)
{
    return std::format("{} {} from {}", wish.count, wish.count == 1 ? "package" : "packages",
                       wordsOf(wish.tool).lockName);
}

PackageWish wishOf(PackageTool tool, const BuildFiles &files)
{
    auto wish = tool == PackageTool::Pip     ? pipWish(files, pythonVersion())
                : tool == PackageTool::Maven ? mavenWish(files)
                                             : packageWish(files, nodeVersion());
    return std::move(wish).value_or(PackageWish{});
}

Result<> writeFolder(const std::string &folder, const PackageWish &wish, const BuildRequest &request,
                     const BuilderConfig &config)
{
    switch (wish.tool) {
    case PackageTool::Pip:
        return writePipFolder(folder, wish);
    case PackageTool::Maven:
        return writeMavenFolder(folder, request.files, config.mavenRepository);
    case PackageTool::Npm:
        break;
    }
    return writeNpmFolder(folder, wish);
}

engines::JobSpec jobOf(PackageTool tool, const std::string &id, const std::string &folder,
                       const BuilderConfig &config)
{
    switch (tool) {
    case PackageTool::Pip:
        return pipJob(id, folder, config.pipIndex);
    case PackageTool::Maven:
        return mavenJob(id, folder);
    case PackageTool::Npm:
        break;
    }
    return npmJob(id, folder, config.npmRegistry);
}

std::string reasonOf(PackageTool tool, const std::vector<std::string> &errorLines)
{
    switch (tool) {
    case PackageTool::Pip:
        return pipReason(errorLines);
    case PackageTool::Maven:
        return mavenReason(errorLines);
    case PackageTool::Npm:
        break;
    }
    return npmReason(errorLines);
}

} // namespace

void BuildRun::bringPackages()
{
    m_stage = "bringing the packages";
    inWorker(
        [request = m_request, config = m_config, folder = packagesFolder(),
         tool = *m_preparation.packages]() -> PackagesFound {
            PackagesFound found;
            found.wish = wishOf(tool, request->files);
            const PackageStore store(config.dataDirectory, PackageStore::defaultKeptBytes, tool);
            if (const auto kept = store.find(found.wish.key)) {
                found.modules = *kept;
            } else if (auto written = writeFolder(folder, found.wish, *request, config); !written) {
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
        Q_EMIT said("Packages: " + packagesIn(m_packages.wish) + ", cached");
        afterPackages();
        return;
    }
    const auto &words = wordsOf(m_packages.wish.tool);
    Q_EMIT said(std::format("Packages: {}, {}", words.command, packagesIn(m_packages.wish)));
    m_stage = std::format("{} fetched the packages", words.command);
    pauseLimit();
    m_jobId = std::format("b-{}-{}-packages", m_request->function, m_request->number);
    auto job = jobOf(m_packages.wish.tool, m_jobId, packagesFolder(), m_config);
    m_npmLimitSeconds = job.timeoutSeconds;
    m_sizeWatch.start(sizeInterval);
    m_engine.runJob(std::move(job));
}

std::string BuildRun::packagesFolder() const
{
    return m_preparation.folder + "/packages";
}

void BuildRun::watchSize()
{
    if (m_isMeasuring || m_jobId.empty()) {
        return;
    }
    m_isMeasuring = true;
    inWorker([folder = packagesFolder()] { return PackageStore::isTooLarge(folder); }, &BuildRun::onMeasured);
}

void BuildRun::onMeasured(bool isTooLarge)
{
    m_isMeasuring = false;
    if (isTooLarge && m_sizeWatch.isActive()) {
        m_packages.trouble = std::format(
            "{} was ended: what it wrote is more than a function may have (256 MiB and 50,000 files "
            "of packages). Ask for fewer packages.",
            wordsOf(m_packages.wish.tool).command);
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
        const auto &words = wordsOf(m_packages.wish.tool);
        const auto said = reasonOf(m_packages.wish.tool, m_npmErrors);
        const bool isLate = m_npmClock.elapsed() >= m_npmLimitSeconds * 1000LL;
        const auto why = isLate         ? std::format("it took longer than {} s", m_npmLimitSeconds)
                         : said.empty() ? reason
                                        : said;
        m_result.problems.push_back({.severity = wire::ProblemSeverity::Error,
                                     .path = std::string(words.lock),
                                     .line = 0,
                                     .column = 0,
                                     .message = std::format("{} failed: {}", words.command, why)});
        fail(std::format("{} failed: {}.", words.command, why));
        return;
    }
    m_stage = "keeping the packages";
    inWorker(
        [config = m_config, folder = packagesFolder(), wish = m_packages.wish] {
            return PackageStore(config.dataDirectory, PackageStore::defaultKeptBytes, wish.tool)
                .keep(folder, wish.key);
        },
        &BuildRun::onPackagesKept);
}

void BuildRun::onPackagesKept(const Result<std::string> &modules)
{
    if (isStopped()) {
        return;
    }
    if (!modules) {
        m_result.problems.push_back({.severity = wire::ProblemSeverity::Error,
                                     .path = std::string(wordsOf(m_packages.wish.tool).lock),
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
