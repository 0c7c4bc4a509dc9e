// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/jobstrip.h"

#include "widgets/shell/statusbutton.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int between = space::panel;
constexpr int leastWords = 48;

} // namespace

JobStrip::JobStrip(QWidget *parent) : QWidget(parent), m_more(new QToolButton(this))
{
    setObjectName("jobs"_L1);
    setAccessibleName(tr("What runs"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_more->setObjectName("moreJobs"_L1);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setAccessibleName(tr("More jobs"));
    m_more->hide();
    connect(m_more, &QToolButton::clicked, this, &JobStrip::openMenu);
    hide();
}

void JobStrip::set(const Job &job)
{
    const auto known = std::ranges::find(m_jobs, job.id, [](const Shown &shown) { return shown.job.id; });
    const auto at = known - m_jobs.begin();
    if (job.text.isEmpty()) {
        if (known != m_jobs.end()) {
            remove(at);
        }
    } else if (known == m_jobs.end()) {
        m_jobs.append(make(job));
    } else if (known->job != job) {
        known->job = job;
        known->words->set(u"spin"_s, Ink::Info, job.text);
    } else {
        return;
    }
    setVisible(!m_jobs.isEmpty());
    updateGeometry();
    place();
}

JobStrip::Shown JobStrip::make(const Job &job)
{
    auto *words = new StatusButton(u"job."_s + job.id, this);
    words->set(u"spin"_s, Ink::Info, job.text);
    words->setToolTip(tr("Show what runs"));
    connect(words, &QAbstractButton::clicked, this, [this, id = job.id] { Q_EMIT activated(id); });
    QToolButton *stop = nullptr;
    if (!job.stop.isEmpty()) {
        stop = new QToolButton(this);
        stop->setObjectName(u"stop."_s + job.id);
        stop->setFocusPolicy(Qt::TabFocus);
        stop->setIcon(themedIcon(u"stop"_s));
        stop->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        stop->setText(job.stop);
        stop->setFont(themeOf(this).font(TextStyle::Caption));
        stop->setToolTip(tr("%1: %2", "what the button does: which job").arg(job.stop, job.text));
        stop->setAccessibleName(stop->toolTip());
        connect(stop, &QToolButton::clicked, this, [this, id = job.id] { Q_EMIT stopRequested(id); });
    }
    return {job, words, stop};
}

void JobStrip::remove(qsizetype at)
{
    const Shown gone = m_jobs.takeAt(at);
    // One of them may be what was pressed.
    for (QWidget *part : {static_cast<QWidget *>(gone.words), static_cast<QWidget *>(gone.stop)}) {
        if (part != nullptr) {
            part->setObjectName(QString());
            part->hide();
            part->deleteLater();
        }
    }
}

int JobStrip::widthOf(const Shown &shown)
{
    return shown.words->sizeHint().width() +
           (shown.stop != nullptr ? space::chip + shown.stop->sizeHint().width() : 0);
}

QSize JobStrip::sizeHint() const
{
    int width = 0;
    for (const Shown &shown : m_jobs) {
        width += widthOf(shown) + between;
    }
    return {std::max(0, width - between), themeOf(this).size.statusBar - 1};
}

QSize JobStrip::minimumSizeHint() const
{
    if (m_jobs.isEmpty()) {
        return {0, sizeHint().height()};
    }
    const Shown &newest = m_jobs.last();
    const int stop = newest.stop != nullptr ? space::chip + newest.stop->sizeHint().width() : 0;
    const int more = m_jobs.size() > 1 ? m_more->sizeHint().width() + space::chip : 0;
    return {std::min(sizeHint().width(), more + leastWords + stop), sizeHint().height()};
}

void JobStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

/// From the right, the newest first; what does not fit is behind "+n".
void JobStrip::place()
{
    m_hidden = 0;
    if (sizeHint().width() > width() && m_jobs.size() > 1) {
        m_hidden = m_jobs.size() - 1;
        m_more->setText(u"+%1"_s.arg(m_hidden)); // its width is about the same for fewer
        int rest = width() - m_more->sizeHint().width() - space::chip - widthOf(m_jobs.last());
        while (m_hidden > 0 && rest >= widthOf(m_jobs.at(m_hidden - 1)) + between) {
            --m_hidden;
            rest -= widthOf(m_jobs.at(m_hidden)) + between;
        }
    }
    m_more->setVisible(m_hidden > 0);
    int left = width();
    if (m_hidden > 0) {
        m_more->setText(u"+%1"_s.arg(m_hidden));
        m_more->setToolTip(tr("%n more jobs run", nullptr, static_cast<int>(m_hidden)));
        m_more->setAccessibleName(m_more->toolTip());
    }
    const int least = m_hidden > 0 ? m_more->sizeHint().width() + space::chip : 0;
    for (qsizetype i = m_jobs.size() - 1; i >= 0; --i) {
        const Shown &shown = m_jobs.at(i);
        const bool isSeen = i >= m_hidden;
        shown.words->setVisible(isSeen);
        if (shown.stop != nullptr) {
            shown.stop->setVisible(isSeen);
        }
        if (!isSeen) {
            continue;
        }
        if (shown.stop != nullptr) {
            const int stopWidth = shown.stop->sizeHint().width();
            left -= stopWidth;
            shown.stop->setGeometry(left, 1, stopWidth, height() - 2);
            left -= space::chip;
        }
        const int wordsWidth = std::clamp(left - least, 0, shown.words->sizeHint().width());
        left -= wordsWidth;
        shown.words->setGeometry(left, 0, wordsWidth, height());
        left -= between;
    }
    if (m_hidden > 0) { // beside the oldest that is seen
        const QSize size = m_more->sizeHint().boundedTo({width(), height()});
        m_more->setGeometry(std::max(0, left + between - space::chip - size.width()),
                            (height() - size.height()) / 2, size.width(), size.height());
    }
}

void JobStrip::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName("jobsMenu"_L1);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (qsizetype i = m_hidden - 1; i >= 0; --i) {
        const Job &job = m_jobs.at(i).job;
        QAction *go = menu->addAction(themedIcon(u"spin"_s), job.text);
        connect(go, &QAction::triggered, this, [this, id = job.id] { Q_EMIT activated(id); });
        if (!job.stop.isEmpty()) {
            QAction *stop = menu->addAction(themedIcon(u"stop"_s), job.stop);
            connect(stop, &QAction::triggered, this, [this, id = job.id] { Q_EMIT stopRequested(id); });
        }
        if (i > 0) {
            menu->addSeparator();
        }
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

} // namespace nest::widgets
