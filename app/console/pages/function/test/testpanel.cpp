// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/testpanel.h"

#include "app/console/pages/function/test/eventstore.h"
#include "app/console/pages/function/test/loadview.h"
#include "app/console/pages/function/test/requestview.h"
#include "app/console/pages/function/test/targetbutton.h"
#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStackedWidget>

namespace nest::console {

using namespace Qt::StringLiterals;

TestPanel::TestPanel(models::Session &session, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_store(new EventStore(session, this))
    , m_segments(new widgets::SegmentedControl(this))
    , m_request(new RequestView(session, *m_store, this))
    , m_load(new LoadView(session, *m_store, settings, this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName("testPanel"_L1);
    m_segments->setObjectName("testSegments"_L1);
    m_segments->addSegment(tr("One request"), u"one"_s);
    m_segments->addSegment(tr("Load"), u"load"_s);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::panel, 0, widgets::space::panel, 0);
    head->setSpacing(widgets::space::control);
    head->addWidget(m_segments);
    head->addStretch();
    for (TargetButton *target : {m_request->targetButton(), m_load->targetButton()}) {
        target->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        head->addWidget(target);
    }
    m_load->targetButton()->hide();
    auto *headBox = new QWidget(this);
    headBox->setLayout(head);
    headBox->setFixedHeight(widgets::themeOf(this).size.panelHead);
    m_stack->addWidget(m_request);
    m_stack->addWidget(m_load);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(headBox);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_stack, 1);
    setMinimumWidth(320);

    addActions();
    connect(m_segments, &widgets::SegmentedControl::currentChanged, this, [this](const QString &id) {
        const bool isLoad = id == "load"_L1;
        m_stack->setCurrentWidget(isLoad ? static_cast<QWidget *>(m_load) : m_request);
        m_request->targetButton()->setVisible(!isLoad);
        m_load->targetButton()->setVisible(isLoad);
    });
    connect(m_request, &RequestView::edited, this, [this] { m_load->setWritten(m_request->event()); });
    connect(m_load, &LoadView::scalingRequested, this, &TestPanel::scalingRequested);
    connect(&session, &models::Session::stateChanged, this, [this] {
        if (m_session.isConnected() && !m_store->isListed()) {
            m_store->list();
        }
    });
}

void TestPanel::addActions()
{
    const auto add = [this](QAction *action, const QString &id, auto act) {
        action->setObjectName(id);
        action->setShortcutContext(Qt::WindowShortcut); // while the panel, or a page that adds it, is seen
        addAction(action);
        connect(action, &QAction::triggered, this, [this, act] {
            Q_EMIT showRequested();
            (this->*act)();
        });
    };
    add(m_request->sendAction(), u"send"_s, &TestPanel::send);
    add(m_request->cancelAction(), u"cancel"_s, &TestPanel::showRequest);
    add(m_request->saveAction(), u"saveEvent"_s, &TestPanel::showRequest);
    add(m_load->startAction(), u"startLoad"_s, &TestPanel::startLoad);
}

void TestPanel::showRequest()
{
    m_segments->setCurrent(u"one"_s);
}

void TestPanel::setTarget(const FunctionTarget &target)
{
    m_store->setFunction(target.function);
    m_request->setFunction(target.function, target.group);
    m_load->setFunction(target.function, target.group);
}

void TestPanel::setDraftBuild(std::optional<int> build)
{
    m_draftBuild = build;
    m_request->setDraftBuild(build);
}

void TestPanel::setConnectionStatus(const widgets::ConnectionStatus &status)
{
    const bool isConnected = status.state == widgets::ConnectionStatus::State::Live ||
                             status.state == widgets::ConnectionStatus::State::Late;
    m_request->setConnected(isConnected);
    m_load->setConnected(isConnected);
}

void TestPanel::refresh()
{
    m_store->list();
}

void TestPanel::send()
{
    m_segments->setCurrent(u"one"_s);
    m_request->send();
}

void TestPanel::sendToDraft()
{
    if (m_draftBuild) {
        m_request->choose({.kind = TestTarget::Kind::Draft, .number = *m_draftBuild, .group = {}});
    }
    send();
}

void TestPanel::showLoad()
{
    m_segments->setCurrent(u"load"_s);
}

void TestPanel::startLoad()
{
    showLoad();
    m_load->start();
}

} // namespace nest::console
