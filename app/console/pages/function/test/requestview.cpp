// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/requestview.h"

#include "app/console/pages/function/test/answerview.h"
#include "app/console/pages/function/test/requestedit.h"
#include "app/console/pages/function/test/requesttext.h"
#include "app/console/pages/function/test/targetbutton.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QCoroTask>

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr int tickMs = 100;
}

/// What one function was asked and answered last.
struct RequestView::Trial
{
    EventEdits edits;
    std::optional<TestTarget> chosen; // by the person
    std::optional<TestTarget> asked;  // of the last request
    std::optional<wire::Invocation> answer;
    std::optional<Error> error;
    bool isRunning = false;
    int generation = 0; // of the request
    std::stop_source stop;
    QElapsedTimer since;
};

RequestView::RequestView(models::Session &session, EventStore &store, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_target(new TargetButton(session, TargetButton::Offers::Everything, this))
    , m_events(new EventBar(store, this))
    , m_invoke(new QPushButton(tr("Invoke"), this))
    , m_sendAction(new QAction(widgets::themedIcon(u"play"_s), tr("Send the request"), this))
    , m_cancelAction(new QAction(widgets::themedIcon(u"stop"_s), tr("Cancel the request"), this))
    , m_edit(new RequestEdit(this))
    , m_answer(new AnswerView(this))
{
    m_target->setObjectName("target"_L1);
    m_invoke->setObjectName("invoke"_L1);
    m_sendAction->setShortcut(Qt::Key_F5);
    connect(m_cancelAction, &QAction::triggered, this, &RequestView::cancel);
    m_invoke->setIcon(widgets::themedIcon(u"play"_s));
    widgets::setButtonKind(m_invoke, widgets::ButtonKind::Primary);

    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::control);
    row->addWidget(m_events, 1);
    row->addWidget(m_invoke);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(widgets::space::panel, widgets::space::control, widgets::space::panel,
                              widgets::space::control);
    upper->setSpacing(widgets::space::control);
    upper->addLayout(row);
    upper->addWidget(m_edit, 1);
    upper->addWidget(m_events->foot());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(upper, 1);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_answer, 4);

    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, &RequestView::tick);
    connect(m_invoke, &QPushButton::clicked, this, &RequestView::send);
    connect(m_events, &EventBar::eventChosen, m_edit, &RequestEdit::setEvent);
    connect(m_events, &EventBar::eventChosen, this, &RequestView::edited);
    connect(m_edit, &RequestEdit::edited, this, [this] {
        m_events->noteEdit(m_edit->event());
        showInvoke();
        Q_EMIT edited();
    });
    connect(&session.deployments(), &models::CollectionBase::changed, this, &RequestView::showTarget);
    connect(m_target, &TargetButton::targetChosen, this, &RequestView::choose);
    connect(m_answer, &AnswerView::cancelRequested, this, &RequestView::cancel);
    connect(m_answer, &AnswerView::retryRequested, this, &RequestView::send);
    show();
}

QAction *RequestView::saveAction() const
{
    return m_events->saveAction();
}

RequestView::~RequestView()
{
    for (const auto &trial : std::as_const(m_trials)) {
        trial->stop.request_stop();
    }
}

RequestView::Trial &RequestView::trial(const QString &function)
{
    auto &found = m_trials[function];
    if (!found) {
        found = std::make_shared<Trial>();
    }
    return *found;
}

void RequestView::setFunction(const QString &function, const wire::GroupName &group)
{
    m_group = group;
    if (function != m_function) {
        if (!m_function.isEmpty()) {
            trial(m_function).edits = m_events->edits();
        }
        m_function = function;
        m_target->setFunction(function);
        m_events->setEdits(trial(function).edits);
        show();
    }
    showTarget();
}

void RequestView::setDraftBuild(std::optional<int> build)
{
    m_draftBuild = build;
    m_target->setDraftBuild(build);
    // The draft means its latest build: who chose it before goes on with the new one.
    if (auto &chosen = trial(m_function).chosen; chosen && chosen->kind == TestTarget::Kind::Draft) {
        chosen =
            build ? std::optional(TestTarget{.kind = TestTarget::Kind::Draft, .number = *build, .group = {}})
                  : std::nullopt;
    }
    showTarget();
}

void RequestView::setConnected(bool isConnected)
{
    m_isConnected = isConnected;
    showInvoke();
}

wire::TestEvent RequestView::event() const
{
    return m_edit->event();
}

void RequestView::choose(const TestTarget &target)
{
    trial(m_function).chosen = target;
    showTarget();
}

/// Without a choice: the group of the page if somebody answers there, else the draft.
void RequestView::showTarget()
{
    const auto &chosen = trial(m_function).chosen;
    const TestTarget group{.kind = TestTarget::Kind::Group, .number = 0, .group = m_group};
    const bool isDraft = m_draftBuild && !answeringGroup(m_session, m_function, m_group);
    m_target->setTarget(
        chosen    ? *chosen
        : isDraft ? TestTarget{.kind = TestTarget::Kind::Draft, .number = *m_draftBuild, .group = {}}
                  : group);
}

QString RequestView::offReason() const
{
    if (m_function.isEmpty()) {
        return tr("No function is shown.");
    }
    if (!m_isConnected) {
        return tr("The platform is offline. The request can be sent when it is back.");
    }
    return m_edit->problem();
}

void RequestView::send()
{
    Trial &now = trial(m_function);
    if (now.isRunning || !offReason().isEmpty()) {
        return;
    }
    if (!now.chosen) {
        showTarget(); // the deployments may have come since
    }
    now.asked = m_target->target();
    now.answer.reset();
    now.error.reset();
    now.isRunning = true;
    now.stop = {};
    now.since.start();
    const int generation = ++now.generation;
    wire::InvokeRequest request = requestOf(m_edit->event(), *now.asked);
    if (!request.group && m_session.deployments().find(m_function.toStdString() + '/' + toString(m_group))) {
        request.secretsOf = m_group; // code is tried with the secrets that it will get in the page's group
    }
    QCoro::connect(
        m_session.client().invoke(m_function.toStdString(), std::move(request), now.stop.get_token()), this,
        [this, function = m_function, generation](Result<wire::Invocation> &&answer) {
            take(function, generation, std::move(answer));
        });
    show();
}

void RequestView::cancel()
{
    trial(m_function).stop.request_stop();
}

void RequestView::take(const QString &function, int generation, Result<wire::Invocation> answer)
{
    Trial &asked = trial(function);
    if (generation != asked.generation) {
        return;
    }
    asked.isRunning = false;
    if (answer) {
        asked.answer = std::move(*answer);
    } else {
        asked.error = std::move(answer.error());
        if (asked.error->type == "client/cancelled") {
            const double seconds = static_cast<double>(asked.since.elapsed()) / 1000;
            asked.error->detail = tr("Cancelled after %1 s. The function may still finish by itself.")
                                      .arg(QLocale().toString(seconds, 'f', 1))
                                      .toStdString();
        }
    }
    if (function == m_function) {
        show();
    }
}

void RequestView::tick()
{
    m_answer->setElapsed(trial(m_function).since.elapsed());
}

void RequestView::showInvoke()
{
    const bool isRunning = trial(m_function).isRunning;
    const QString reason = offReason();
    m_invoke->setEnabled(reason.isEmpty() && !isRunning);
    widgets::ActionRegistry::setDisabledReason(
        m_sendAction, isRunning ? tr("A request is running. Cancel it or wait for its answer.") : reason);
    widgets::ActionRegistry::setDisabledReason(m_cancelAction,
                                               isRunning ? QString() : tr("No request is running."));
    m_invoke->setToolTip(isRunning          ? tr("A request is running. Cancel it or wait for its answer.")
                         : reason.isEmpty() ? tr("Send the request (F5)")
                                            : reason);
}

void RequestView::show()
{
    showInvoke();
    const Trial &now = trial(m_function);
    if (now.isRunning) {
        m_answer->showRunning(nameOf(*now.asked, m_target->publishedAs(*now.asked)));
        tick();
        m_tick.start();
        return;
    }
    m_tick.stop();
    if (now.answer) {
        AnswerFacts facts;
        facts.isDraft = now.asked && now.asked->kind == TestTarget::Kind::Draft;
        const auto *versions = m_target->versions();
        for (std::size_t i = 0; versions != nullptr && i < versions->size(); ++i) {
            if (now.answer->version == versions->at(i).number) {
                facts.memoryLimitMegabytes = versions->at(i).memoryMegabytes;
            }
        }
        m_answer->showAnswer(*now.answer, facts);
    } else if (now.error) {
        const bool isCancelled = now.error->type == "client/cancelled";
        m_answer->showError(isCancelled ? tr("Cancelled") : tr("The request was not answered"), *now.error,
                            {});
    } else {
        m_answer->showNothing();
    }
}

} // namespace nest::console
