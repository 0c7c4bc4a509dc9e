// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/statusbar.h"

#include "widgets/shell/jobstrip.h"
#include "widgets/shell/statusbutton.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/stylepaint.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

StatusBar::StatusBar(QWidget *parent)
    : QWidget(parent)
    , m_live(new StatusButton(u"liveState"_s, this))
    , m_jobs(new JobStrip(this))
    , m_messages(new StatusButton(u"messages"_s, this))
    , m_row(new QHBoxLayout(this))
{
    setFixedHeight(themeOf(this).size.statusBar);
    setAccessibleName(tr("State of the connection"));
    auto *row = m_row;
    row->setContentsMargins(space::panel, 1, space::panel, 0);
    row->setSpacing(space::page);
    row->addWidget(m_live);
    const auto add = [row] {
        auto *label = new Label({}, TextStyle::Caption, Ink::Dim);
        label->hide();
        row->addWidget(label);
        return label;
    };
    m_roundTrip = add();
    m_version = add();
    m_isolation = add();
    m_zone = add();
    row->addStretch();
    row->addWidget(m_jobs);
    row->addWidget(m_messages);
    m_messages->setToolTip(tr("Read the last messages again"));
    m_messages->setAccessibleName(m_messages->toolTip());
    m_messages->hide();
    connect(m_jobs, &JobStrip::activated, this, &StatusBar::jobActivated);
    connect(m_jobs, &JobStrip::stopRequested, this, &StatusBar::jobStopRequested);
    connect(m_messages, &QAbstractButton::clicked, this, &StatusBar::messagesActivated);
    connect(m_live, &QAbstractButton::clicked, this, &StatusBar::liveStateActivated);
    setStatus({});
}

void StatusBar::setStatus(const ConnectionStatus &status)
{
    using State = ConnectionStatus::State;
    const bool isOff = status.state == State::Offline || status.state == State::Failed;
    const Ink icon = status.state == State::Live       ? Ink::Ok
                     : status.state == State::Starting ? Ink::Dim
                     : status.state == State::Failed   ? Ink::Bad
                                                       : Ink::Warn;
    m_live->set(isOff ? u"offline"_s : u"live"_s, icon, liveText(status),
                icon == Ink::Ok || icon == Ink::Dim ? Ink::Secondary : icon);
    const auto show = [](Label *label, const QString &text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    const bool isCurrent =
        status.state == ConnectionStatus::State::Live || status.state == ConnectionStatus::State::Late;
    show(m_roundTrip,
         status.roundTripMs && isCurrent
             ? tr("Round trip %1 ms")
                   .arg(QLocale().toString(*status.roundTripMs, 'f', *status.roundTripMs < 10 ? 1 : 0))
             : QString());
    show(m_version, status.version.isEmpty() ? QString() : tr("Platform %1").arg(status.version));
    show(m_isolation, status.isolationSentence);
    m_isolation->setToolTip(wrappedTip(isolationTip(status)));
    m_isolation->setAccessibleDescription(isolationTip(status));
    show(m_zone, status.timeZone);
}

void StatusBar::setJob(const Job &job)
{
    m_jobs->set(job);
}

void StatusBar::setMessages(int count, bool hasError)
{
    m_messages->set(hasError ? u"reject"_s : u"info"_s, hasError ? Ink::Bad : Ink::Dim,
                    tr("%n messages", nullptr, count));
    m_messages->setVisible(count > 0);
}

void StatusBar::addHint(QAction *action, const QString &words)
{
    auto *hint = new StatusButton(u"hint."_s + action->objectName(), this);
    hint->set({}, Ink::Dim, words, Ink::Dim);
    hint->setToolTip(action->text());
    connect(hint, &QAbstractButton::clicked, action, &QAction::trigger);
    m_row->addWidget(hint);
}

QString StatusBar::liveStateText() const
{
    return m_live->text();
}

void StatusBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeOf(this).surface.window);
    painter.fillRect(QRect(0, 0, width(), 1), themeOf(this).border.subtle);
}

} // namespace nest::widgets
