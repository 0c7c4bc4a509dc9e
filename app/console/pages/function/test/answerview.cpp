// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/answerview.h"

#include "app/console/pages/function/test/answertabs.h"
#include "app/console/pages/function/test/testtarget.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QClipboard>
#include <QDateTime>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;
using widgets::Tone;
using Phase = widgets::PhaseTime::Phase;

namespace {

constexpr int shownOfId = 6; // enough to tell two apart
constexpr double leastRestMs = 0.05;

QString millisecondsText(double value)
{
    return QLocale().toString(value, 'f', value < 10 ? 1 : 0);
}

widgets::PillCell statusPill(int status)
{
    if (status == 0) {
        return {.text = AnswerView::tr("No answer"), .icon = u"reject"_s, .tone = Tone::Bad};
    }
    const QString text = QString::number(status);
    if (status < 300) {
        return {.text = text, .icon = u"check"_s, .tone = Tone::Ok};
    }
    if (status < 400) {
        return {.text = text, .icon = u"info"_s, .tone = Tone::Info};
    }
    return {.text = text,
            .icon = status < 500 ? u"alert"_s : u"reject"_s,
            .tone = status < 500 ? Tone::Warn : Tone::Bad};
}

QString shortId(const std::string &id)
{
    const QString text = QString::fromStdString(id);
    return text.size() > shownOfId + 2 ? u"…"_s + text.right(shownOfId).toLower() : text;
}

} // namespace

QList<widgets::PhaseTime> phasesOf(const wire::Invocation &answer)
{
    QList<widgets::PhaseTime> phases;
    double starting = 0;
    const auto &cold = answer.coldStart;
    for (const auto &[phase, value] :
         {std::pair(Phase::Schedule, cold.scheduleMs), std::pair(Phase::Fetch, cold.fetchMs),
          std::pair(Phase::Start, cold.startMs), std::pair(Phase::RuntimeInit, cold.runtimeInitMs),
          std::pair(Phase::UserInit, cold.userInitMs)}) {
        if (value) {
            phases.append({phase, *value});
            starting += *value;
        }
    }
    // A cold start lies within the wait for an instance; what is longer was waiting.
    const double waited = answer.queueWaitMs.value_or(0) - starting;
    if (answer.queueWaitMs && waited > leastRestMs) {
        phases.append({Phase::Waiting, waited});
    }
    if (answer.handlerMs) {
        phases.append({Phase::Handler, *answer.handlerMs});
    }
    // The rest is the way through the gateway, if all the others were measured.
    if (answer.handlerMs && answer.queueWaitMs) {
        const double rest = answer.durationMs - std::max(*answer.queueWaitMs, starting) - *answer.handlerMs;
        if (rest > leastRestMs) {
            phases.append({Phase::Gateway, rest});
        }
    }
    return phases;
}

AnswerView::AnswerView(QWidget *parent)
    : QStackedWidget(parent)
    , m_nothing(new widgets::EmptyState(u"play"_s, tr("Nothing sent yet"),
                                        tr("Choose an event, then Invoke (F5). The answer appears here.")))
    , m_error(new widgets::ErrorState)
{
    m_running = makeRunning();
    m_errorBox = new QWidget;
    auto *errorColumn = new QVBoxLayout(m_errorBox);
    errorColumn->setContentsMargins({});
    errorColumn->addWidget(m_error);
    errorColumn->addStretch(1);
    m_answer = makeAnswer();
    for (QWidget *widget : {static_cast<QWidget *>(m_nothing), m_errorBox, m_running, m_answer}) {
        addWidget(widget);
    }
    connect(m_error, &widgets::ErrorState::retryRequested, this, &AnswerView::retryRequested);
}

QWidget *AnswerView::makeRunning()
{
    auto *box = new QWidget;
    m_runningText = new Label;
    m_elapsed = new Label({}, TextStyle::Strong);
    m_elapsed->setObjectName("elapsed"_L1);
    m_runningText->setWordWrap(true);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName("cancel"_L1);
    widgets::setSmall(cancel);
    connect(cancel, &QPushButton::clicked, this, &AnswerView::cancelRequested);
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::control);
    row->addWidget(m_runningText, 1);
    row->addWidget(m_elapsed);
    row->addWidget(cancel);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel,
                               widgets::space::control);
    column->addLayout(row);
    column->addStretch();
    return box;
}

void AnswerView::addFact(QGridLayout *grid, int row, const QString &name, QWidget *value)
{
    grid->addWidget(new Label(name, TextStyle::Body, Ink::Dim), row, 0, Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(value, row, 1, Qt::AlignRight | Qt::AlignVCenter);
    grid->setRowMinimumHeight(row, 22);
}

QWidget *AnswerView::makeAnswer()
{
    auto *box = new QWidget;
    m_status = new widgets::CellWidget;
    m_duration = new Label({}, TextStyle::Title);
    m_cold = new widgets::CellWidget;
    m_time = new Label({}, TextStyle::Body, Ink::Dim);
    m_reason = new Label({}, TextStyle::Body, Ink::Secondary);
    m_reason->setWordWrap(true);
    m_phases = new widgets::PhasesBar;
    m_version = new Label;
    m_instance = new Label({}, TextStyle::Log);
    m_group = new widgets::CellWidget;
    m_noGroup = new Label;
    m_fallback = new Label({}, TextStyle::Caption, Ink::Warn);
    m_fallback->setWordWrap(true);
    m_memory = new Label;
    m_trace = new Label({}, TextStyle::Log);
    m_copyTrace = new QPushButton(widgets::themedIcon(u"copy"_s), {});
    m_copyTrace->setAccessibleName(tr("Copy the trace id"));
    m_copyTrace->setToolTip(m_copyTrace->accessibleName());
    widgets::setButtonKind(m_copyTrace, widgets::ButtonKind::Ghost);
    widgets::setSmall(m_copyTrace);
    m_tabs = new AnswerTabs;
    m_status->setObjectName("status"_L1);
    m_duration->setObjectName("duration"_L1);
    m_cold->setObjectName("cold"_L1);
    m_time->setObjectName("answerTime"_L1);
    m_reason->setObjectName("reason"_L1);
    m_phases->setObjectName("phases"_L1);
    m_version->setObjectName("answeredVersion"_L1);
    m_instance->setObjectName("answeredInstance"_L1);
    m_group->setObjectName("answeredGroup"_L1);
    m_noGroup->setObjectName("noGroup"_L1);
    m_fallback->setObjectName("fallback"_L1);
    m_memory->setObjectName("memory"_L1);
    m_trace->setObjectName("trace"_L1);
    m_copyTrace->setObjectName("copyTrace"_L1);
    connect(m_copyTrace, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_traceId); });

    auto *head = new QHBoxLayout;
    head->setSpacing(widgets::space::control);
    head->addWidget(m_status);
    head->addWidget(m_duration);
    head->addWidget(m_cold);
    head->addStretch();
    head->addWidget(m_time);
    auto *groupBox = new QWidget;
    auto *groupRow = new QHBoxLayout(groupBox);
    groupRow->setContentsMargins({});
    groupRow->addWidget(m_group);
    groupRow->addWidget(m_noGroup);
    auto *facts = new QGridLayout;
    facts->setVerticalSpacing(0);
    facts->setColumnStretch(1, 1);
    addFact(facts, 0, tr("Version"), m_version);
    addFact(facts, 1, tr("Instance"), m_instance);
    addFact(facts, 2, tr("Group"), groupBox);
    facts->addWidget(m_fallback, 3, 0, 1, 2);
    addFact(facts, 4, tr("Memory"), m_memory);
    auto *traceBox = new QWidget;
    auto *traceRow = new QHBoxLayout(traceBox);
    traceRow->setContentsMargins({});
    traceRow->setSpacing(widgets::space::chip);
    traceRow->addWidget(m_trace);
    traceRow->addWidget(m_copyTrace);
    addFact(facts, 5, tr("Trace"), traceBox);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel,
                              widgets::space::control);
    upper->setSpacing(widgets::space::control);
    upper->addLayout(head);
    upper->addWidget(m_reason);
    upper->addWidget(m_phases);
    auto *middle = new QVBoxLayout;
    middle->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel,
                               widgets::space::chip);
    middle->addLayout(facts);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(upper);
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addLayout(middle);
    column->addWidget(m_tabs, 1);
    return box;
}

void AnswerView::showNothing()
{
    ++m_generation;
    setCurrentWidget(m_nothing);
}

void AnswerView::showRunning(const QString &target)
{
    ++m_generation;
    m_runningText->setText(tr("Sent to %1, waiting for the answer").arg(target));
    setElapsed(0);
    setCurrentWidget(m_running);
}

void AnswerView::setElapsed(qint64 milliseconds)
{
    m_elapsed->setText(tr("%1 s").arg(QLocale().toString(static_cast<double>(milliseconds) / 1000, 'f', 1)));
}

void AnswerView::showError(const QString &title, const Error &error, const QStringList &steps)
{
    ++m_generation;
    QString sentence = QString::fromStdString(error.detail);
    for (const FieldError &field : error.fields) {
        const QString detail = QString::fromStdString(field.detail);
        if (!sentence.contains(detail)) {
            sentence += u' ' + QString::fromStdString(field.pointer) + u": "_s + detail;
        }
    }
    m_error->setError({.title = title, .sentence = sentence, .steps = steps, .requestId = {}});
    setCurrentWidget(m_errorBox);
}

void AnswerView::showAnswer(const wire::Invocation &answer, const AnswerFacts &facts)
{
    m_status->setCell(statusPill(answer.status));
    m_duration->setText(tr("%1 ms").arg(millisecondsText(answer.durationMs)));
    m_cold->setVisible(answer.isCold.has_value());
    if (answer.isCold) {
        m_cold->setCell(*answer.isCold ? widgets::PillCell{.text = tr("Cold start"), .tone = Tone::Info}
                                       : widgets::PillCell{.text = tr("Warm"), .tone = Tone::Neutral});
    }
    m_time->setText(
        QDateTime::fromMSecsSinceEpoch(answer.startedAt.time_since_epoch().count()).toString(u"HH:mm:ss"_s));
    m_reason->setText(QString::fromStdString(answer.reason));
    m_reason->setVisible(!answer.reason.empty());
    m_phases->setPhases(phasesOf(answer), answer.durationMs);
    showFacts(answer, facts);
    m_tabs->setAnswer(answer);
    setCurrentWidget(m_answer);
    QCoro::connect(readableLater(answer), this, [this, generation = ++m_generation](AnswerText &&text) {
        if (generation == m_generation) {
            m_tabs->setBody(text);
        }
    });
}

void AnswerView::showFacts(const wire::Invocation &answer, const AnswerFacts &facts)
{
    const QString dash = widgets::unknownText();
    // The answer has both when the build was published.
    m_version->setText(answer.build && (facts.isDraft || !answer.version)
                           ? (answer.version
                                  ? tr("draft, build %1 = v%2").arg(*answer.build).arg(*answer.version)
                                  : tr("draft, build %1").arg(*answer.build))
                       : answer.version ? u"v%1"_s.arg(*answer.version)
                                        : dash);
    m_instance->setText(answer.instance.empty() ? dash : shortId(answer.instance));
    m_instance->setToolTip(QString::fromStdString(answer.instance));
    m_group->setVisible(answer.group.has_value());
    m_noGroup->setVisible(!answer.group);
    m_noGroup->setText(answer.build || answer.version ? tr("none, outside any deployment") : dash);
    if (answer.group) {
        m_group->setCell(widgets::GroupCell{.set = QString::fromStdString(answer.group->set),
                                            .lane = QString::fromStdString(answer.group->lane),
                                            .region = QString::fromStdString(answer.group->region)});
    }
    if (answer.group) {
        m_noGroup->setVisible(false);
    }
    const bool isFallback = answer.wantedGroup && answer.group && *answer.wantedGroup != *answer.group;
    m_fallback->setVisible(isFallback);
    if (isFallback) {
        m_fallback->setText(
            tr("Answered by %1: %2.").arg(nameOf(*answer.group), notDeployedText(*answer.wantedGroup)));
    }
    const QString used =
        answer.memoryMegabytes ? QLocale().toString(*answer.memoryMegabytes, 'f', 0) : QString();
    m_memory->setText(used.isEmpty() ? dash
                      : facts.memoryLimitMegabytes
                          ? tr("%1 of %2 MB").arg(used).arg(*facts.memoryLimitMegabytes)
                          : tr("%1 MB").arg(used));
    m_traceId = QString::fromStdString(answer.traceId);
    m_copyTrace->setVisible(!m_traceId.isEmpty());
    m_trace->setText(m_traceId.isEmpty() ? dash : m_traceId.left(4) + u'…' + m_traceId.right(4));
    m_trace->setToolTip(m_traceId.isEmpty() ? QString() : m_traceId);
}

} // namespace nest::console
