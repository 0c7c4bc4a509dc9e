// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Makes a function that answers, step by step: its files are written, built with its tests, published,
// deployed, and asked once through the gateway. Each step is a call of the API and is timed.
//
// A failed step stops the way there; retry() goes on from it and what was made before stays. cancel() ends a
// running build and drops a question; a write that is on its way is waited for, so that it is never unknown
// whether it was done. Thread: UI. Owner: whoever shows it; the session outlives it.

#include "api/wire/types.h"
#include "models/session.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <optional>
#include <string>

namespace nest::models {

struct CreationPlan
{
    wire::CreateFunction function; // with its files
    wire::Deployment deployment;   // group and policy; its weights are filled in
    std::string probePath = "/";   // asked at the end
};

class FunctionCreator final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionCreator)

public:
    enum class Step { Files, Build, Publish, Deploy, Answer };
    Q_ENUM(Step)
    static constexpr std::array steps{Step::Files, Step::Build, Step::Publish, Step::Deploy, Step::Answer};
    enum class State { Waiting, Running, Done, Failed };
    Q_ENUM(State)

    struct StepRecord
    {
        State state = State::Waiting;
        std::chrono::milliseconds took{0};
    };

    FunctionCreator(Session &session, CreationPlan plan, QObject *parent = nullptr);
    ~FunctionCreator() override;

    void start();
    void retry();
    void cancel();

    [[nodiscard]] const CreationPlan &plan() const { return m_plan; }
    [[nodiscard]] const std::string &name() const { return m_plan.function.name; }
    [[nodiscard]] const StepRecord &step(Step step) const { return m_steps[static_cast<std::size_t>(step)]; }
    [[nodiscard]] bool isDone() const { return step(Step::Answer).state == State::Done; }
    [[nodiscard]] bool isRunning() const;
    /// Of the step that failed; type empty otherwise.
    [[nodiscard]] const Error &error() const { return m_error; }
    /// The build as it was heard of last: its log while it runs, its problems when it failed.
    [[nodiscard]] const std::optional<wire::Build> &build() const { return m_build; }
    [[nodiscard]] const std::optional<wire::Version> &version() const { return m_version; }
    /// From the press of the button to the first answer.
    [[nodiscard]] std::chrono::milliseconds total() const;
    [[nodiscard]] const std::optional<wire::Invocation> &answer() const { return m_answer; }

Q_SIGNALS:
    void changed();

private:
    void run(Step step);
    void done(Step step);
    void failed(Error error);
    void cancelBuild();
    void stopCancelled();
    void writeFiles();
    void startBuild();
    void followBuild();
    void publish();
    void deploy();
    void ask();

    Session &m_session;
    CreationPlan m_plan;
    std::array<StepRecord, steps.size()> m_steps;
    Step m_current = Step::Files;
    QElapsedTimer m_sinceStep;
    Error m_error;
    std::optional<wire::Build> m_build;
    std::optional<wire::Version> m_version;
    std::optional<wire::Invocation> m_answer;
    QTimer m_look; // at the running build
    bool m_isCancelled = false;
    int m_generation = 0; // answers of what was dropped are not heard
};

} // namespace nest::models
