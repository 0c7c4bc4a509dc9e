// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadview.h"

#include "app/console/pages/function/test/loadcontrols.h"
#include "app/console/pages/function/test/loadresults.h"
#include "app/console/pages/function/test/requesttext.h"
#include "app/console/pages/function/test/targetbutton.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/state/emptystate.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int wideFrom = 560; // two columns of controls, all columns of the table
}

LoadView::LoadView(models::Session &session, EventStore &store, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_jobs(LoadJobs::of(session))
    , m_controls(new LoadControls(session, store, settings))
    , m_startAction(
          new QAction(widgets::themedIcon(u"play"_s), tr("Start load as the Test panel says"), this))
    , m_note(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_error(new Label({}, TextStyle::Body, Ink::Bad))
    , m_empty(new widgets::EmptyState(
          u"scaling"_s, tr("No load was sent yet"),
          tr("Choose rate and duration, then start. The run goes on when you leave this page.")))
    , m_results(new LoadResults)
    , m_escape(new QShortcut(Qt::Key_Escape, this))
{
    m_note->setObjectName("loadNote"_L1);
    m_error->setObjectName("loadError"_L1);
    for (Label *label : {m_note, m_error}) {
        label->setWordWrap(true);
        label->setContentsMargins(widgets::space::panel, 0, widgets::space::panel, widgets::space::control);
        label->hide();
    }
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_controls);
    column->addWidget(m_note);
    column->addWidget(m_error);
    column->addWidget(widgets::makeLine(Qt::Horizontal));
    column->addWidget(m_empty, 1);
    column->addWidget(m_results, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(body);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(scroll);

    m_escape->setContext(Qt::WidgetWithChildrenShortcut);
    m_escape->setEnabled(false);
    connect(m_escape, &QShortcut::activated, this, &LoadView::stop);
    connect(m_controls, &LoadControls::startRequested, this, &LoadView::start);
    connect(m_controls->targetButton(), &TargetButton::targetChosen, this, [this](const TestTarget &target) {
        m_chosen.insert(m_function, target.group);
        showControls();
    });
    connect(m_results, &LoadResults::stopRequested, this, &LoadView::stop);
    connect(m_results, &LoadResults::scalingRequested, this, [this] {
        const LoadJob *job = m_jobs.job(m_function);
        Q_EMIT scalingRequested(m_function, job != nullptr && job->answering() ? *job->answering() : m_group);
    });
    connect(&m_jobs, &LoadJobs::jobChanged, this, [this](const QString &function) {
        if (function == m_function) {
            show();
        }
    });
    connect(&session.deployments(), &models::CollectionBase::changed, this, &LoadView::showControls);
    connect(&session, &models::Session::meChanged, this, &LoadView::showControls);
    show();
}

TargetButton *LoadView::targetButton() const
{
    return m_controls->targetButton();
}

void LoadView::setFunction(const QString &function, const wire::GroupName &group)
{
    const bool isOther = function != m_function;
    m_function = function;
    m_group = group;
    if (isOther) {
        m_controls->setFunction(function);
        m_error->hide();
    }
    show();
}

void LoadView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isWide = width() >= wideFrom;
    m_controls->setWide(isWide);
    m_results->setWide(isWide);
}

void LoadView::setConnected(bool)
{
    showControls(); // the session knows
}

void LoadView::setWritten(const wire::TestEvent &event)
{
    m_controls->setWritten(event);
}

void LoadView::showControls()
{
    const auto allowed = m_jobs.defaultGroup(m_function, m_group);
    const wire::GroupName group = m_chosen.value(m_function, allowed.value_or(m_group));
    m_controls->targetButton()->setTarget({.kind = TestTarget::Kind::Group, .number = 0, .group = group});
    const LoadJob *job = m_jobs.job(m_function);
    m_controls->follow(job != nullptr && job->isRunning() ? &job->request() : nullptr);
    QString reason;
    if (m_function.isEmpty()) {
        reason = tr("No function is shown.");
    } else if (m_jobs.isRunning(m_function)) {
        reason = tr("Load runs on %1 already. Stop it first.").arg(m_function);
    } else if (!allowed && !m_chosen.contains(m_function)) {
        reason =
            tr("Load goes to a lane here. Deploy %1 to a lane, or choose another target.").arg(m_function);
    } else {
        reason = m_jobs.offReason(m_function, group);
    }
    m_controls->setStart(reason);
    widgets::ActionRegistry::setDisabledReason(m_startAction, reason);
    // While it runs the strip says so.
    m_note->setText(reason);
    m_note->setVisible(!reason.isEmpty() && !m_jobs.isRunning(m_function) && !m_function.isEmpty());
}

void LoadView::show()
{
    const LoadJob *job = m_jobs.job(m_function);
    const bool hasRun = job != nullptr && job->hasRun();
    m_empty->setVisible(!hasRun);
    m_results->setVisible(hasRun);
    m_escape->setEnabled(hasRun && job->isRunning());
    if (hasRun) {
        m_results->show(*job);
    }
    showControls();
}

void LoadView::start()
{
    const wire::GroupName group = m_controls->targetButton()->target().group;
    const auto &me = m_session.me();
    LoadRequest request{.function = m_function, .group = group, .event = m_controls->eventName(), .plan = {}};
    request.plan = planOf(m_controls->event(), m_function, group, me ? me->gatewayUrl : std::string());
    m_controls->fillPlan(request.plan);
    const auto started = m_jobs.start(request);
    showError(started ? QString() : QString::fromStdString(started.error().detail));
    show();
}

void LoadView::stop()
{
    if (LoadJob *job = m_jobs.job(m_function)) {
        job->stop();
    }
}

void LoadView::showError(const QString &text)
{
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
}

} // namespace nest::console
