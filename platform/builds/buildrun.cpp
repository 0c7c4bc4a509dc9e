// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/buildrun.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/language.h"
#include "platform/builds/maven.h"
#include "platform/engines/local/localengine.h"

#include <algorithm>
#include <format>

namespace nest::builds {

namespace {

constexpr std::size_t maxOutputBytes = 256 * 1024; // kept of what the tests print; a log page, not a file

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::format("{} {}", count, count == 1 ? one : many);
}

void append(std::vector<wire::BuildProblem> &to, const std::vector<wire::BuildProblem> &more)
{
    to.insert(to.end(), more.begin(), more.end());
}

std::string placeOf(const wire::BuildProblem &problem)
{
    auto place = problem.path;
    if (problem.line > 0) {
        place += ':' + std::to_string(problem.line);
    }
    if (problem.column > 0) {
        place += ':' + std::to_string(problem.column);
    }
    return place.empty() ? std::string() : place + ": ";
}

} // namespace

BuildRun::BuildRun(BuildRequest request, const BuilderConfig &config, engines::LocalEngine &engine,
                   QThreadPool &workers)
    : m_request(std::make_shared<BuildRequest>(std::move(request)))
    , m_config(config)
    , m_engine(engine)
    , m_workers(workers)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &BuildRun::onTimeOver);
    connect(&m_sizeWatch, &QTimer::timeout, this, &BuildRun::watchSize);
    connect(&m_engine, &engines::LocalEngine::jobOutput, this, &BuildRun::onJobOutput);
    connect(&m_engine, &engines::LocalEngine::jobExited, this, &BuildRun::onJobExited);
}

BuildRun::~BuildRun()
{
    if (!m_jobId.empty()) {
        m_engine.cancelJob(m_jobId);
    }
}

void BuildRun::start()
{
    m_clock.start();
    m_limit.setTimerType(Qt::PreciseTimer); // a coarse one may fire a twentieth early
    m_limit.start(std::chrono::seconds(m_config.timeLimitSeconds));
    Q_EMIT said(std::format("Build #{} of {}: checking {}", m_request->number, m_request->function,
                            counted(m_request->files.size(), "file", "files")));
    inWorker(
        [request = m_request, directory = m_config.dataDirectory] { return prepare(*request, directory); },
        &BuildRun::onPrepared);
}

void BuildRun::cancel()
{
    m_isCancelled = true;
    if (!m_jobId.empty()) {
        m_engine.cancelJob(m_jobId);
    }
}

void BuildRun::onTimeOver()
{
    m_isTimeOver = true;
    if (!m_jobId.empty()) {
        m_engine.cancelJob(m_jobId);
    }
}

void BuildRun::onPrepared(Preparation preparation)
{
    m_preparation = std::move(preparation);
    m_result.problems = m_preparation.problems;
    m_result.manifest = m_preparation.manifest;
    if (isStopped()) {
        return;
    }
    for (const auto &note : m_preparation.notes) {
        Q_EMIT said(note);
    }
    if (m_preparation.folder.empty()) {
        fail(m_result.problems.front().message);
    } else if (!needsPackagesFirst()) {
        check();
    } else if (m_result.problems.empty()) {
        bringPackages();
    } else {
        afterParsing(0, {}); // without its packages the compiler would complain of every import
    }
}

bool BuildRun::needsPackagesFirst() const
{
    return m_preparation.packages && !languageOf(m_preparation.manifest.runtime).made.empty();
}

void BuildRun::check()
{
    if (m_preparation.hasScripts) {
        parseScripts();
    } else {
        afterParsing(0, {});
    }
}

void BuildRun::parseScripts()
{
    const auto &language = languageOf(m_preparation.manifest.runtime);
    if (!language.made.empty()) {
        Q_EMIT said("Compiling");
    }
    runJob(language.made.empty() ? "parsing the scripts" : "compiling", "check", language.checkCommand);
}

void BuildRun::afterParsing(int exitCode, const std::string &reason)
{
    append(m_result.problems, m_syntax.problems());
    for (const auto &problem : m_result.problems) {
        Q_EMIT said(placeOf(problem) + problem.message);
    }
    if (!m_result.problems.empty()) {
        const auto &first = m_result.problems.front();
        fail(std::format("{} in the draft; the first: {}{}.",
                         counted(m_result.problems.size(), "problem", "problems"), placeOf(first),
                         first.message));
    } else if (exitCode != 0) {
        fail(std::format("The scripts could not be checked: {}.", reason));
    } else if (!languageOf(m_preparation.manifest.runtime).made.empty()) {
        takeMade();
    } else {
        afterMade();
    }
}

void BuildRun::afterMade()
{
    if (m_preparation.packages && !needsPackagesFirst()) {
        bringPackages();
    } else {
        test();
    }
}

void BuildRun::afterPackages()
{
    if (needsPackagesFirst()) {
        check();
    } else {
        test();
    }
}

void BuildRun::test()
{
    if (m_preparation.testCommand.empty()) {
        Q_EMIT said("No tests");
        pack();
    } else {
        runTests();
    }
}

void BuildRun::runTests()
{
    Q_EMIT said("Tests: " + m_preparation.testCommand);
    runJob("running the tests", "test", {"/usr/bin/sh", "-c", m_preparation.testCommand});
}

void BuildRun::afterTests(int exitCode, const std::string &reason)
{
    m_result.tests = m_tests.counts();
    m_result.testCases = m_tests.cases();
    const auto &failed = m_tests.failedTests();
    if (exitCode == 0 && failed.empty()) {
        pack();
        return;
    }
    append(m_result.problems, m_tests.problems());
    if (failed.empty()) {
        fail(std::format("The tests failed: {}.", reason));
        return;
    }
    std::string names;
    constexpr std::size_t named = 5;
    for (std::size_t i = 0; i < std::min(failed.size(), named); ++i) {
        names += (i == 0 ? "" : ", ") + failed[i];
    }
    if (failed.size() > named) {
        names += std::format(" and {} more", failed.size() - named);
    }
    fail(std::format("{} failed: {}.", counted(failed.size(), "test", "tests"), names));
}

void BuildRun::pack()
{
    m_stage = "packing";
    inWorker(
        [request = m_request, directory = m_config.dataDirectory, modules = m_packages.modules,
         tool = m_packages.wish.tool, made = std::move(m_made)]() mutable -> Result<Artefact> {
            const ArtefactStore store(directory);
            auto files = request->files;
            std::ranges::move(made, std::back_inserter(files));
            if (!modules.empty()) {
                auto packages = PackageStore::read(modules, tool);
                if (!packages) {
                    return std::unexpected(packages.error());
                }
                // What only the compiler and the tests needed stays out of the artefact.
                std::erase_if(*packages, [&](const BuildFile &each) {
                    return tool == PackageTool::Maven && !each.path.starts_with("dependency/runtime/");
                });
                std::ranges::move(*packages, std::back_inserter(files));
            }
            auto artefact = store.pack(files);
            if (artefact) {
                // Now, so that the first deployment need not; and it proves that the artefact is readable.
                if (auto folder = store.unpack(artefact->digest); !folder) {
                    return std::unexpected(folder.error());
                }
            }
            return artefact;
        },
        &BuildRun::onPacked);
}

void BuildRun::onPacked(const Result<Artefact> &artefact)
{
    if (isStopped()) {
        return;
    }
    if (!artefact) {
        fail(artefact.error().detail);
        return;
    }
    auto result = std::exchange(m_result, {});
    result.state = wire::BuildState::Succeeded;
    result.digest = artefact->digest;
    result.bytes = artefact->bytes;
    Q_EMIT said(std::format("Artefact {}: {} bytes", result.digest.substr(0, 12), result.bytes));
    end(std::move(result));
}

void BuildRun::runJob(const char *stage, const char *name, std::vector<std::string> arguments)
{
    m_stage = stage;
    m_jobId = std::format("b-{}-{}-{}", m_request->function, m_request->number, name);
    engines::JobSpec job{.id = m_jobId,
                         .arguments = std::move(arguments),
                         .workDirectory = m_preparation.workFolder,
                         .readOnly = {{m_preparation.scriptsFolder, "/nest"}},
                         .environment = languageOf(m_preparation.manifest.runtime).environment,
                         .memoryMegabytes = m_config.memoryMegabytes,
                         .timeoutSeconds = secondsLeft() + 1}; // the run's own limit comes first and says why
    if (const auto runtime = languageOf(m_preparation.manifest.runtime).runtimeFolder; !runtime.empty()) {
        job.readOnly.emplace_back(m_engine.config().runtimesDirectory + '/' + std::string(runtime),
                                  "/runtime");
    }
    if (!m_packages.modules.empty()) {
        job.readOnly.emplace_back(m_packages.modules,
                                  "/work/" + std::string(wordsOf(m_packages.wish.tool).result));
    }
    m_engine.runJob(std::move(job));
}

void BuildRun::onJobOutput(const std::string &id, const std::string &stream, const std::string &text)
{
    if (id != m_jobId) {
        return;
    }
    std::string_view rest(text);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const bool isTest = id.ends_with("-test");
        if (id.ends_with("-packages")) {
            constexpr std::size_t mostErrors = 200;
            if ((line.starts_with("npm ERR!") || line.starts_with("ERROR: ") ||
                 line.starts_with("[ERROR] ")) &&
                m_npmErrors.size() < mostErrors) {
                m_npmErrors.emplace_back(line);
            }
            if (m_packages.wish.tool != PackageTool::Maven || isSaidOfMaven(line)) {
                sayOutput(std::string(line));
            }
            continue;
        }
        if (isTest && stream == "stdout") {
            m_tests.addLine(line);
        } else if (stream == "stdout") {
            m_syntax.addLine(line);
        }
        if (isTest || stream != "stdout") {
            sayOutput(std::string(line));
        }
    }
}

void BuildRun::sayOutput(const std::string &line)
{
    const bool wasOpen = m_outputBytes <= maxOutputBytes;
    m_outputBytes += line.size() + 1;
    if (m_outputBytes <= maxOutputBytes) {
        Q_EMIT said(line);
    } else if (wasOpen) {
        Q_EMIT said(
            std::format("… the output is longer than {} KiB: the rest is left out", maxOutputBytes / 1024));
    }
}

void BuildRun::onJobExited(const std::string &id, int exitCode, const std::string &reason)
{
    if (id != m_jobId) {
        return;
    }
    m_jobId.clear();
    if (isStopped()) {
        return;
    }
    if (id.ends_with("-packages")) {
        afterNpm(exitCode, reason);
    } else if (id.ends_with("-test")) {
        afterTests(exitCode, reason);
    } else {
        afterParsing(exitCode, reason);
    }
}

bool BuildRun::isStopped()
{
    if (m_isCancelled) {
        auto result = std::exchange(m_result, {});
        result.state = wire::BuildState::Cancelled;
        result.reason = std::format("Cancelled while {}.", m_stage);
        end(std::move(result));
    } else if (m_isTimeOver) {
        fail(std::format("The build took longer than {} s and was ended while {}.", m_config.timeLimitSeconds,
                         m_stage));
    }
    return m_isCancelled || m_isTimeOver;
}

void BuildRun::fail(std::string reason)
{
    auto result = std::exchange(m_result, {});
    result.state = wire::BuildState::Failed;
    result.reason = std::move(reason);
    end(std::move(result));
}

void BuildRun::end(BuildResult result)
{
    m_limit.stop();
    m_sizeWatch.stop();
    if (!m_preparation.folder.empty()) {
        m_workers.start([folder = m_preparation.folder] { removeTree(folder); });
    }
    const auto seconds = static_cast<double>(m_clock.elapsed()) / 1000;
    Q_EMIT said(result.state == wire::BuildState::Succeeded ? std::format("Succeeded after {:.1f} s", seconds)
                                                            : result.reason);
    Q_EMIT ended(std::move(result));
}

int BuildRun::secondsLeft() const
{
    const auto left = m_config.timeLimitSeconds - static_cast<int>((m_clock.elapsed() - m_pausedMs) / 1000);
    return std::max(1, left);
}

} // namespace nest::builds
