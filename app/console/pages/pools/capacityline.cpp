// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/capacityline.h"

#include "app/console/look.h"
#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QCoroTask>

#include <QHBoxLayout>
#include <QLocale>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;

CapacityLine::CapacityLine(models::Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_text(new widgets::Label({}, widgets::TextStyle::Caption, Ink::Dim))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(widgets::space::page, widgets::space::chip, widgets::space::page,
                             widgets::space::chip);
    m_text->setObjectName("capacityLine"_L1);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(m_text, 1);
    m_again.setInterval(std::chrono::seconds(10));
    connect(&m_again, &QTimer::timeout, this, &CapacityLine::ask);
    showCapacity();
}

void CapacityLine::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_again.start();
    ask();
}

void CapacityLine::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

void CapacityLine::setStale(bool isStale)
{
    const bool isBack = m_isStale && !isStale;
    m_isStale = isStale;
    showCapacity();
    if (isBack || (!isStale && !m_capacity)) {
        ask();
    }
}

void CapacityLine::ask()
{
    if (!isVisible() || !m_session.isConnected()) {
        return;
    }
    QCoro::connect(m_session.client().capacity(), this, [this](Result<wire::Capacity> &&capacity) {
        if (capacity) { // else the old one stays; the connection says what is wrong
            m_capacity = std::move(*capacity);
            showCapacity();
        }
    });
}

void CapacityLine::showCapacity()
{
    const QLocale locale;
    if (!m_capacity) {
        m_text->setText(tr("Memory promised: –"));
        return;
    }
    int limited = 0;
    QStringList groups;
    for (const wire::GroupCapacity &group : m_capacity->groups) {
        limited += group.limited;
        QString text = tr("%1: %2 MB promised, %n instances", nullptr, group.instances)
                           .arg(toText(group.set + '/' + group.lane + '/' + group.region),
                                locale.toString(group.promisedMegabytes));
        if (group.limited > 0) {
            text += u", "_s + tr("%n versions wish for more than fit", nullptr, group.limited);
        }
        groups.append(text);
    }
    QString text = tr("Memory promised: %1 of %2 MB")
                       .arg(locale.toString(m_capacity->promisedMegabytes),
                            locale.toString(m_capacity->memoryMegabytes));
    if (limited > 0) {
        text += u" · "_s + tr("%n versions wish for more than fit", nullptr, limited);
    }
    m_text->setText(m_isStale ? tr("Was: %1", "state before the connection broke").arg(text) : text);
    m_text->setInk(m_isStale ? Ink::Dim : limited > 0 ? Ink::Warn : Ink::Dim);
    m_text->setToolTip(groups.isEmpty() ? tr("No instances.") : groups.join(u'\n'));
    m_text->setAccessibleDescription(groups.join(u"; "_s));
}

} // namespace nest::console
