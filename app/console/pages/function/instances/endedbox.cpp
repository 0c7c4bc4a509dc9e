// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/instances/endedbox.h"

#include "app/console/look.h"
#include "app/console/pages/function/instances/instancesmodel.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::TextStyle;

namespace {
constexpr std::size_t shownLines = 5; // the end says most; the whole is in the log
}

EndedBox::EndedBox(QWidget *parent)
    : QWidget(parent)
    , m_fact(new widgets::Label({}, TextStyle::BodyMedium))
    , m_lines(new widgets::Label({}, TextStyle::Log, Ink::Secondary))
    , m_network(new widgets::Label({}, TextStyle::Body, Ink::Secondary))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::space::page, widgets::space::control, widgets::space::page,
                               widgets::space::control);
    column->setSpacing(widgets::space::chip);
    for (widgets::Label *label : {m_network, m_fact, m_lines}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    m_fact->setObjectName("endedFact"_L1);
    m_lines->setObjectName("endedLines"_L1);
    m_network->setObjectName("instanceNetwork"_L1);
    hide();
}

void EndedBox::setInstance(const wire::Instance *instance)
{
    const bool hasNetwork = instance != nullptr && instance->network;
    const bool isOver = instance != nullptr && hasEnded(*instance);
    m_network->setText(hasNetwork
                           ? tr("Network of %1: %2")
                                 .arg(shortInstance(toText(instance->id)), networkText(*instance->network))
                           : QString());
    m_network->setVisible(hasNetwork);
    m_fact->setVisible(isOver);
    m_lines->setVisible(isOver);
    setVisible(hasNetwork || isOver);
    if (!isOver) {
        return;
    }
    const bool hasFailed = instance->state == wire::InstanceState::Failed;
    const QString reason =
        instance->reason.empty() ? tr("the platform gives no reason") : toText(instance->reason);
    m_fact->setInk(hasFailed ? Ink::Bad : Ink::Secondary);
    m_fact->setText((hasFailed ? tr("%1 failed: %2") : tr("%1 stopped: %2"))
                        .arg(shortInstance(toText(instance->id)), reason));
    QStringList lines;
    const std::size_t from = instance->lastLines.size() - std::min(instance->lastLines.size(), shownLines);
    for (std::size_t i = from; i < instance->lastLines.size(); ++i) {
        lines.append(toText(instance->lastLines[i]));
    }
    m_lines->setText(lines.join(u'\n'));
    m_lines->setVisible(!lines.isEmpty());
}

void EndedBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    painter.fillRect(rect(), theme.surface.panel);
    painter.fillRect(QRect(0, 0, width(), 1), theme.border.subtle);
}

} // namespace nest::console
