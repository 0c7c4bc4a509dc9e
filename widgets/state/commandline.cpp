// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/commandline.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QToolButton>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int doneMilliseconds = 1500; // long enough to see the tick, short enough to copy again
} // namespace

CommandLine::CommandLine(QWidget *parent, Frame frame)
    : QWidget(parent)
    , m_frame(frame)
    , m_text(new Label({}, TextStyle::Log, frame == Frame::Box ? Ink::Primary : Ink::Dim))
    , m_copy(new QToolButton(this))
{
    auto *row = new QHBoxLayout(this);
    frame == Frame::Box ? row->setContentsMargins(10, 0, 2, 0) : row->setContentsMargins({});
    row->setSpacing(space::chip);
    row->addWidget(m_text);
    row->addWidget(m_copy);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy->setIcon(themedIcon(u"copy"_s));
    m_copy->setToolTip(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy"));
    setSmall(m_copy);
    setFixedHeight(28);
    connect(m_copy, &QToolButton::clicked, this, &CommandLine::copy);
}

void CommandLine::setCommand(const QString &command)
{
    m_command = command;
    m_text->setText(command);
    m_copy->setAccessibleDescription(command);
}

void CommandLine::paintEvent(QPaintEvent *)
{
    if (m_frame == Frame::Box) {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        paintBox(painter, rect(), theme.size.radiusControl, theme.surface.panel, theme.border.subtle);
    }
}

void CommandLine::copy()
{
    QGuiApplication::clipboard()->setText(m_command);
    m_copy->setIcon(themedIcon(u"check"_s));
    m_copy->setToolTip(tr("Copied"));
    QTimer::singleShot(doneMilliseconds, m_copy, [this] {
        m_copy->setIcon(themedIcon(u"copy"_s));
        m_copy->setToolTip(tr("Copy"));
    });
}

} // namespace nest::widgets
