// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One build on its way: preparing -> parsing scripts -> bringing packages -> running tests -> packing ->
// ended; where a compiler reads the packages, they come before it.
//
// A cancel or the end of the time takes effect at the next step's border, and ends the box that runs now.
// Thread: the control thread. Owner: the builder, until ended().

#include "platform/builds/artefact.h"
#include "platform/builds/builder.h"
#include "platform/builds/packages.h"
#include "platform/builds/preparation.h"
#include "platform/builds/syntaxcheck.h"
#include "platform/builds/testoutput.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace nest::builds {

class BuildRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BuildRun)

public:
    BuildRun(BuildRequest request, const BuilderConfig &config, engines::LocalEngine &engine,
             QThreadPool &workers);
    ~BuildRun() override;

    [[nodiscard]] const std::string &function() const { return m_request->function; }
    [[nodiscard]] int number() const { return m_request->number; }

    void start();
    void cancel();

Q_SIGNALS:
    void said(std::string line);
    void ended(nest::builds::BuildResult result);

private:
    struct PackagesFound
    {
        PackageWish wish;
        std::string modules; // what is kept; empty: the tool has to make it
        std::string trouble; // a sentence
    };

    void onPrepared(Preparation preparation);
    /// A compiler reads the packages; whoever only parses has its complaints sooner without them.
    [[nodiscard]] bool needsPackagesFirst() const;
    void check();
    void bringPackages();
    [[nodiscard]] std::string packagesFolder() const; // in which the tool works
    void onPackagesFound(PackagesFound found);
    void watchSize();
    void onMeasured(bool isTooLarge);
    void afterNpm(int exitCode, const std::string &reason);
    void onPackagesKept(const Result<std::string> &modules);
    /// The files that the check made for the artefact, read before the tests can change them.
    void takeMade();
    void onMadeTaken(Result<BuildFiles> made);
    void afterMade();
    void afterPackages();
    /// The build's time stands still while npm has its own.
    void pauseLimit();
    void resumeLimit();
    void parseScripts();
    void test();
    void runTests();
    void pack();
    void onPacked(const Result<Artefact> &artefact);
    void onTimeOver();

    void runJob(const char *stage, const char *name, std::vector<std::string> arguments);
    void onJobOutput(const std::string &id, const std::string &stream, const std::string &text);
    void onJobExited(const std::string &id, int exitCode, const std::string &reason);
    void afterParsing(int exitCode, const std::string &reason);
    void afterTests(int exitCode, const std::string &reason);

    /// Ends the build when it was stopped; asked at each border.
    bool isStopped();
    void sayOutput(const std::string &line);
    void fail(std::string reason);
    void end(BuildResult result);
    [[nodiscard]] int secondsLeft() const;
    template <typename Work, typename Done>
    void inWorker(Work work, Done done);

    std::shared_ptr<const BuildRequest> m_request; // shared with the worker that packs it
    BuilderConfig m_config;
    engines::LocalEngine &m_engine;
    QThreadPool &m_workers;
    QElapsedTimer m_clock;
    QTimer m_limit;
    Preparation m_preparation;
    BuildFiles m_made;
    PackagesFound m_packages;
    std::vector<std::string> m_npmErrors; // the last lines
    QElapsedTimer m_npmClock;
    QTimer m_sizeWatch;
    std::chrono::milliseconds m_limitLeft{};
    qint64 m_pausedMs = 0;
    int m_npmLimitSeconds = 0;
    bool m_isMeasuring = false;
    BuildResult m_result;
    SyntaxCheckOutput m_syntax;
    TestOutput m_tests;
    std::string m_jobId; // of the box that runs now
    std::string m_stage = "preparing";
    std::size_t m_outputBytes = 0;
    bool m_isCancelled = false;
    bool m_isTimeOver = false;
};

template <typename Work, typename Done>
void BuildRun::inWorker(Work work, Done done)
{
    m_workers.start([this, work = std::move(work), done]() mutable {
        // The builder waits for its workers before it drops a run, so `this` is there; the call itself is
        // dropped by Qt when the run is gone by then.
        QMetaObject::invokeMethod(
            this, [this, done, value = work()]() mutable { (this->*done)(std::move(value)); },
            Qt::QueuedConnection);
    });
}

} // namespace nest::builds
