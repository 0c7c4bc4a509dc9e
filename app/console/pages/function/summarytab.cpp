// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/summarytab.h"

#include "app/console/look.h"
#include "app/console/pages/function/answerbox.h"
#include "app/console/pages/function/answerphases.h"
#include "app/console/pages/function/donelist.h"
#include "app/console/pages/function/test/loadjob.h"
#include "app/console/pages/function/test/loadjobs.h"
#include "app/console/pages/scaling/chartspanel.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int sideWidth = 414;
constexpr int chartsHeight = 360;

QWidget *panelHead(const QString &title)
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    row->addWidget(new Label(title, TextStyle::Strong));
    row->addStretch();
    box->setFixedHeight(widgets::themeOf(box).size.panelHead);
    return box;
}

QWidget *padded(QWidget *inside)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(widgets::space::page, widgets::space::panel, widgets::space::page,
                               widgets::space::panel);
    column->addWidget(inside);
    return box;
}

} // namespace

SummaryTab::SummaryTab(models::Session &session, QWidget *parent)
    : FunctionTab({.id = u"summary"_s, .title = tr("Summary")}, parent)
    , m_session(session)
    , m_model(session)
    , m_box(new AnswerBox)
    , m_phases(new AnswerPhases)
    , m_charts(new ChartsPanel(m_model))
    , m_doneBox(new QWidget)
    , m_done(new DoneList)
    , m_groupsText(new Label({}, TextStyle::Body, Ink::Secondary))
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(widgets::space::page, widgets::space::page, widgets::space::page,
                               widgets::space::page);
    column->setSpacing(widgets::space::panel);
    column->addWidget(m_box);
    column->addWidget(m_phases);
    m_charts->setMinimumHeight(chartsHeight);
    column->addWidget(m_charts, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(scroll, 1);
    row->addWidget(widgets::makeLine(Qt::Vertical, this));
    row->addWidget(buildSide());

    connect(m_box, &AnswerBox::askRequested, this, &SummaryTab::ask);
    connect(m_box, &AnswerBox::loadRequested, this, [this] { Q_EMIT loadRequested(m_target); });
    connect(m_box, &AnswerBox::stopLoadRequested, this, [this] {
        if (LoadJob *job = LoadJobs::of(m_session).job(m_target.function)) {
            job->stop();
        }
    });
    connect(&LoadJobs::of(session), &LoadJobs::jobChanged, this, &SummaryTab::showLoad);
    connect(m_box, &AnswerBox::deployRequested, this,
            [this] { Q_EMIT deployRequested({m_target.function, {}, {}}); });
    connect(m_done, &DoneList::cancelRequested, this, [this] {
        if (const auto found = m_creators.find(m_target.function); found != m_creators.end()) {
            found->second->cancel();
        }
    });
    connect(m_done, &DoneList::retryRequested, this, [this] {
        if (const auto found = m_creators.find(m_target.function); found != m_creators.end()) {
            found->second->retry();
        }
    });
    connect(&session.functions(), &models::CollectionBase::changed, this, &SummaryTab::showAll);
    connect(&session.deployments(), &models::CollectionBase::changed, this, &SummaryTab::showAll);
}

SummaryTab::~SummaryTab() = default;

QWidget *SummaryTab::buildSide()
{
    auto *side = new QWidget;
    side->setFixedWidth(sideWidth);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *done = new QVBoxLayout(m_doneBox);
    done->setContentsMargins({});
    done->setSpacing(0);
    done->addWidget(panelHead(tr("What was done")));
    done->addWidget(widgets::makeLine(Qt::Horizontal, m_doneBox));
    done->addWidget(padded(m_done));
    done->addWidget(widgets::makeLine(Qt::Horizontal, m_doneBox));
    column->addWidget(m_doneBox);
    column->addWidget(panelHead(tr("Where it runs")));
    column->addWidget(widgets::makeLine(Qt::Horizontal, side));
    m_groupsText->setWordWrap(true);
    m_groupsText->setObjectName("whereItRuns"_L1);
    column->addWidget(padded(m_groupsText));
    column->addWidget(widgets::makeLine(Qt::Horizontal, side));
    column->addWidget(panelHead(tr("Next")));
    column->addWidget(widgets::makeLine(Qt::Horizontal, side));
    const auto next = [&](const QString &title, const QString &detail, const QString &button,
                          const QString &tab) {
        auto *box = new QWidget;
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(widgets::space::page, 10, widgets::space::page, 10);
        auto *text = new QVBoxLayout;
        text->setSpacing(2);
        text->addWidget(new Label(title, TextStyle::BodyMedium));
        auto *small = new Label(detail, TextStyle::Caption, Ink::Dim);
        small->setWordWrap(true);
        text->addWidget(small);
        row->addLayout(text, 1);
        auto *go = new QPushButton(button);
        go->setObjectName(u"next."_s + tab);
        widgets::setSmall(go);
        connect(go, &QPushButton::clicked, this, [this, tab] { Q_EMIT tabRequested(tab); });
        row->addWidget(go);
        column->addWidget(box);
        column->addWidget(widgets::makeLine(Qt::Horizontal, side));
    };
    next(tr("Change the code"), tr("Edit, build and test it, then deploy the new version to a group."),
         tr("Open code"), u"code"_s);
    next(tr("See it scale"), tr("Load, instances and the reason of each decision."), tr("Open scaling"),
         u"scaling"_s);
    next(tr("Set its environment and limits"), tr("Environment, memory, time limit, instances."),
         tr("Open settings"), u"settings"_s);
    column->addStretch();
    return side;
}

void SummaryTab::setTimeRange(widgets::TimeRange range)
{
    m_model.setRange(widgets::durationOf(range));
    m_charts->setTimeRange(range);
}

void SummaryTab::create(const models::CreationPlan &plan)
{
    const QString name = toText(plan.function.name);
    auto made = std::make_unique<models::FunctionCreator>(m_session, plan);
    connect(made.get(), &models::FunctionCreator::changed, this, [this, name] {
        const auto &creator = *m_creators.at(name);
        Q_EMIT jobChanged(
            {.id = u"make/"_s + name, .text = creator.isRunning() ? tr("Making %1").arg(name) : QString()});
        if (m_target.function == name) {
            showAll();
        }
        if (creator.isDone() && creator.answer()) {
            take(name + u'/' + toText(toString(groupOf(creator.plan().deployment))), *creator.answer());
        }
    });
    m_creators[name] = std::move(made);
    m_creators[name]->start();
}

void SummaryTab::setTarget(const FunctionTarget &target)
{
    if (target == m_target) {
        return;
    }
    m_target = target;
    ++m_generation;
    m_box->setAsking(false);
    showAnswer();
    m_model.setTarget({.function = target.function.toStdString(), .group = target.group});
    showAll();
    showLoad();
}

QString SummaryTab::key() const
{
    return m_target.function + u'/' + toText(toString(m_target.group));
}

void SummaryTab::take(const QString &key, const wire::Invocation &answer)
{
    m_answers[key] = answer;
    if (key == this->key()) {
        showAnswer();
    }
}

/// That of this group; another group's would be a lie.
void SummaryTab::showAnswer()
{
    const auto found = m_answers.find(key());
    if (found == m_answers.end()) {
        m_box->clearAnswer();
        m_phases->hide();
        return;
    }
    m_box->setAnswer(found->second);
    m_phases->setAnswer(found->second);
}

void SummaryTab::showLoad()
{
    m_box->setLoaded(LoadJobs::of(m_session).isRunning(m_target.function));
}

/// What a request from outside has to carry to come to this group.
QStringList SummaryTab::groupHeaders() const
{
    QStringList headers;
    if (m_target.group.set != "default") {
        headers.append(u"nest-set: "_s + toText(m_target.group.set));
    }
    if (m_target.group.lane != "main") {
        headers.append(u"nest-lane: "_s + toText(m_target.group.lane));
    }
    if (m_session.me() && m_session.me()->region != m_target.group.region) {
        headers.append(u"nest-region: "_s + toText(m_target.group.region));
    }
    return headers;
}

void SummaryTab::setConnectionStatus(const widgets::ConnectionStatus &status)
{
    m_status = status;
    const bool isAway = status.state == widgets::ConnectionStatus::State::Offline ||
                        status.state == widgets::ConnectionStatus::State::Failed;
    m_charts->setStale(isAway);
    m_box->setDisabledReason(isAway ? tr("Offline: wait until the platform is back.") : QString());
}

const models::FunctionCreator *SummaryTab::creator() const
{
    const auto found = m_creators.find(m_target.function);
    const bool isOfThisGroup =
        found != m_creators.end() && groupOf(found->second->plan().deployment) == m_target.group;
    return isOfThisGroup ? found->second.get() : nullptr;
}

void SummaryTab::showAll()
{
    const auto *creation = creator();
    const auto *function = m_session.functions().find(m_target.function.toStdString());
    const auto *deployment =
        m_session.deployments().find(m_target.function.toStdString() + '/' + toString(m_target.group));
    m_box->setNotDeployed(deployment == nullptr && (creation == nullptr || creation->isDone()));
    m_box->setUrl(function != nullptr && function->status ? toText(function->status->url) : QString(),
                  groupHeaders());
    m_box->showCreation(creation);
    m_doneBox->setVisible(creation != nullptr);
    if (creation != nullptr) {
        m_done->show(*creation);
    }
    showGroups();
}

void SummaryTab::showGroups()
{
    std::vector<const wire::Deployment *> found;
    auto &deployments = m_session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        if (toText(deployments.at(i).function) == m_target.function) {
            found.push_back(&deployments.at(i));
        }
    }
    std::ranges::sort(found, {}, [](const wire::Deployment *each) { return groupOf(*each); });
    QStringList lines;
    for (const wire::Deployment *each : found) {
        const QString ready = each->status ? tr("%1 of %2 ready")
                                                 .arg(QLocale().toString(each->status->ready),
                                                      QLocale().toString(each->status->desired))
                                           : widgets::unknownText();
        lines.append(u"%1 · %2 · %3"_s.arg(toText(toString(groupOf(*each))), weightsText(*each), ready));
    }
    m_groupsText->setText(lines.isEmpty() ? tr("It is not deployed in any group yet.") : lines.join(u'\n'));
}

void SummaryTab::ask()
{
    wire::InvokeRequest request;
    request.group = m_target.group;
    m_box->setAsking(true);
    QCoro::connect(m_session.client().invoke(m_target.function.toStdString(), std::move(request)), this,
                   [this, key = key(), generation = m_generation](Result<wire::Invocation> &&answer) {
                       if (answer) {
                           take(key, *answer);
                       }
                       if (generation != m_generation) {
                           return; // another function is shown
                       }
                       m_box->setAsking(false);
                       if (!answer) {
                           m_answers.erase(key);
                           m_phases->hide();
                           m_box->setAskError(answer.error());
                       }
                   });
}

} // namespace nest::console
