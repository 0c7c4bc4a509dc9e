// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/scalingtab.h"

#include "app/console/pages/scaling/scalingpage.h"

#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;

ScalingTab::ScalingTab(models::Session &session, QWidget *parent)
    : FunctionTab({.id = u"scaling"_s, .title = tr("Scaling")}, parent)
    , m_page(new ScalingPage(session, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_page);
    m_page->setEmbedded();
}

void ScalingTab::setTarget(const FunctionTarget &target)
{
    m_page->showFunction(target.function, target.group);
}

void ScalingTab::setConnectionStatus(const widgets::ConnectionStatus &status)
{
    m_page->setConnectionStatus(status);
}

void ScalingTab::setTimeRange(widgets::TimeRange range)
{
    m_page->setTimeRange(range);
}

void ScalingTab::refresh()
{
    m_page->refresh();
}

} // namespace nest::console
