// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What came back: status, duration, cold or warm, where the time went, who answered, and the texts; or why
// nothing came back; or that it is awaited.
//
// Shows one answer as it is. What is not known is left out or a dash. Thread: UI. Owner: RequestView.

#include "api/wire/invocation.h"
#include "api/wire/result.h"
#include "widgets/figures/phasesbar.h"

#include <QStackedWidget>

#include <optional>

class QGridLayout;
class QPushButton;

namespace nest::widgets {
class CellWidget;
class EmptyState;
class ErrorState;
class Label;
} // namespace nest::widgets

namespace nest::console {

class AnswerTabs;

/// What the answer alone does not say.
struct AnswerFacts
{
    std::optional<int> memoryLimitMegabytes; // of the version that answered
    bool isDraft = false;                    // a build was asked for, published or not
};

/// The phases that are known, in the order of time.
[[nodiscard]] QList<widgets::PhaseTime> phasesOf(const wire::Invocation &answer);

class AnswerView final : public QStackedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AnswerView)

public:
    explicit AnswerView(QWidget *parent = nullptr);

    void showNothing();
    void showRunning(const QString &target);
    void setElapsed(qint64 milliseconds);
    void showAnswer(const wire::Invocation &answer, const AnswerFacts &facts);
    void showError(const QString &title, const Error &error, const QStringList &steps);

Q_SIGNALS:
    void cancelRequested();
    void retryRequested();

private:
    QWidget *makeRunning();
    QWidget *makeAnswer();
    void addFact(QGridLayout *grid, int row, const QString &name, QWidget *value);
    void showFacts(const wire::Invocation &answer, const AnswerFacts &facts);

    widgets::EmptyState *m_nothing;
    widgets::ErrorState *m_error;
    QWidget *m_errorBox = nullptr; // the error at its top
    QWidget *m_running = nullptr;
    QWidget *m_answer = nullptr;
    widgets::Label *m_runningText = nullptr;
    widgets::Label *m_elapsed = nullptr;
    widgets::CellWidget *m_status = nullptr;
    widgets::Label *m_duration = nullptr;
    widgets::CellWidget *m_cold = nullptr;
    widgets::Label *m_time = nullptr;
    widgets::Label *m_reason = nullptr;
    widgets::PhasesBar *m_phases = nullptr;
    widgets::Label *m_version = nullptr;
    widgets::Label *m_instance = nullptr;
    widgets::CellWidget *m_group = nullptr;
    widgets::Label *m_noGroup = nullptr;
    widgets::Label *m_fallback = nullptr;
    widgets::Label *m_memory = nullptr;
    widgets::Label *m_trace = nullptr;
    QPushButton *m_copyTrace = nullptr;
    AnswerTabs *m_tabs = nullptr;
    QString m_traceId;
    int m_generation = 0; // of the answer whose body is being made readable
};

} // namespace nest::console
