// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/functionpage.h"

#include "app/console/look.h"
#include "app/console/pages/function/functionhead.h"
#include "models/session.h"
#include "widgets/shell/tabstrip.h"
#include "widgets/state/banner.h"
#include "widgets/theme/controls.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QStackedWidget>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using widgets::ConnectionStatus;

FunctionPage::FunctionPage(models::Session &session, QWidget *parent)
    : Page({.id = u"function"_s, .title = tr("Function"), .icon = u"function"_s, .under = u"functions"_s},
           parent)
    , m_session(session)
    , m_head(new FunctionHead(session, this))
    , m_banner(new widgets::Banner(this))
    , m_strip(new widgets::TabStrip(this))
    , m_stack(new QStackedWidget(this))
{
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    tabs->setSpacing(widgets::space::page);
    tabs->addWidget(m_strip);
    tabs->addWidget(m_banner,
                    1); // in a line that is there anyway: nothing below moves when it comes and goes
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(tabs);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_stack, 1);
    m_banner->hide();
    connect(m_strip, &widgets::TabStrip::currentChanged, this, &FunctionPage::tabChosen);
    connect(m_head, &FunctionHead::targetChosen, this,
            [this](const FunctionTarget &target) { showFunction(target); });
    connect(m_banner, &widgets::Banner::linkActivated, this,
            [this] { m_asOf.isEmpty() ? Q_EMIT pageRequested(u"functions"_s) : m_session.retry(); });
    for (CollectionBase *collection : {static_cast<CollectionBase *>(&session.functions()),
                                       static_cast<CollectionBase *>(&session.deployments())}) {
        connect(collection, &CollectionBase::changed, this, [this] {
            m_head->show();
            showGone();
        });
    }
    connect(&session.stats(), &models::LiveStats::updated, this, [this] {
        if (isVisible()) {
            m_head->show();
        }
    });
}

FunctionPage::~FunctionPage() = default;

void FunctionPage::addTab(FunctionTab *tab)
{
    m_tabs.append(tab);
    m_tools.append(tab->headTools());
    m_stack->addWidget(tab);
    const QString id = tab->info().id;
    m_strip->addTab(id, tab->info().title);
    connect(tab, &FunctionTab::badgeChanged, this,
            [this, id](const QString &text) { m_strip->setBadge(id, text); });
    connect(tab, &FunctionTab::tabRequested, this, &FunctionPage::showTab);
    connect(tab, &FunctionTab::deployRequested, this, &FunctionPage::deployRequested);
    connect(tab, &FunctionTab::jobChanged, this, &FunctionPage::jobChanged);
    if (m_tabs.size() == 1) {
        tabChosen(id);
    }
}

void FunctionPage::showFunction(const FunctionTarget &target, const QString &tab)
{
    const bool isChange = target != m_target;
    m_target = target;
    m_lastGroups.insert(target.function, target.group);
    if (isChange) {
        m_head->setTarget(target);
        for (FunctionTab *each : std::as_const(m_tabs)) {
            each->setTarget(target);
        }
        Q_EMIT targetChanged(target);
        showGone();
    }
    if (!tab.isEmpty()) {
        m_strip->setCurrent(tab);
    }
    if (isChange) {
        Q_EMIT placeChanged();
    }
}

std::optional<wire::GroupName> FunctionPage::lastGroup(const QString &function) const
{
    const auto found = m_lastGroups.constFind(function);
    return found == m_lastGroups.cend() ? std::nullopt : std::optional(*found);
}

void FunctionPage::showNew(const FunctionTarget &target)
{
    m_isNew = true;
    showFunction(target, u"summary"_s);
}

void FunctionPage::showTab(const QString &id)
{
    if (tab(id) != nullptr) {
        m_strip->setCurrent(id);
    } else {
        Q_EMIT tabRequested(id);
    }
}

void FunctionPage::tabChosen(const QString &id)
{
    FunctionTab *chosen = tab(id);
    m_stack->setCurrentWidget(chosen);
    m_head->showTools(m_tools.at(m_tabs.indexOf(chosen)));
    Q_EMIT placeChanged();
}

FunctionTab *FunctionPage::tab(const QString &id) const
{
    for (FunctionTab *each : m_tabs) {
        if (each->info().id == id) {
            return each;
        }
    }
    return nullptr;
}

FunctionTab *FunctionPage::currentTab() const
{
    return tab(m_strip->current());
}

void FunctionPage::setConnectionStatus(const ConnectionStatus &status)
{
    const bool wasChanged = status.state != m_status.state;
    m_status = status;
    if (wasChanged) {
        const bool isOld = status.state == ConnectionStatus::State::Offline ||
                           status.state == ConnectionStatus::State::Failed;
        m_asOf = isOld ? QDateTime::currentDateTime().addMSecs(-status.age.count()).toString(u"HH:mm:ss"_s)
                       : QString();
        m_head->setStale(isOld);
    }
    for (FunctionTab *each : std::as_const(m_tabs)) {
        each->setConnectionStatus(status);
    }
    Q_EMIT connectionChanged(status);
    showBanner();
}

void FunctionPage::setTimeRange(widgets::TimeRange range)
{
    for (FunctionTab *each : std::as_const(m_tabs)) {
        each->setTimeRange(range);
    }
}

void FunctionPage::refresh()
{
    if (FunctionTab *current = currentTab()) {
        current->refresh();
    }
}

void FunctionPage::focusFilter()
{
    if (FunctionTab *current = currentTab()) {
        current->focusFilter();
    }
}

QString FunctionPage::place() const
{
    return u"%1/%2/%3"_s.arg(m_target.function, toText(toString(m_target.group)), m_strip->current());
}

void FunctionPage::goTo(const QString &place)
{
    const QStringList parts = place.split(u'/');
    if (parts.size() != 5) {
        return;
    }
    const auto group = wire::parseGroupName(parts.mid(1, 3).join(u'/').toStdString());
    if (group && !parts.front().isEmpty()) {
        showFunction({parts.front(), *group}, parts.back());
    }
}

QString FunctionPage::windowTitle() const
{
    return m_target.function.isEmpty() ? info().title : m_target.function;
}

void FunctionPage::showBanner()
{
    if (m_asOf.isEmpty()) {
        showGone();
        return;
    }
    const bool hasFailed = m_status.state == ConnectionStatus::State::Failed;
    widgets::BannerText text{.tone = hasFailed ? widgets::Tone::Bad : widgets::Tone::Warn,
                             .icon = u"offline"_s,
                             .fact = hasFailed ? tr("The platform does not come back")
                                               : tr("Offline %1").arg(widgets::ageText(m_status.age)),
                             .detail =
                                 tr("Values are from %1 and shown dim. What you type stays.").arg(m_asOf),
                             .note = {},
                             .link = tr("Retry now")};
    if (m_status.retryIn) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*m_status.retryIn).count();
        text.note = tr("next try in %1 s").arg(seconds);
    }
    m_banner->setBanner(text);
}

/// The function was deleted while its page is open.
void FunctionPage::showGone()
{
    if (!m_asOf.isEmpty()) {
        return;
    }
    const auto &functions = m_session.functions();
    const bool isGone = functions.isListed() && !m_target.function.isEmpty() &&
                        functions.find(m_target.function.toStdString()) == nullptr;
    m_isNew = m_isNew && isGone;
    if (!isGone || m_isNew) {
        m_banner->hide();
        return;
    }
    m_banner->setBanner({.tone = widgets::Tone::Warn,
                         .icon = u"alert"_s,
                         .fact = tr("There is no function %1").arg(m_target.function),
                         .detail = tr("It was deleted, or it is not made yet."),
                         .note = {},
                         .link = tr("Go to Functions")});
}

} // namespace nest::console
