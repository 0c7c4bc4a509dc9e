// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/statusbar.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QAbstractButton>
#include <QAction>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

namespace nest::widgets {

using namespace Qt::StringLiterals;

/// Icon and words in the bar that can be pressed.
class StatusButton final : public QAbstractButton
{
public:
    StatusButton(const QString &name, QWidget *parent) : QAbstractButton(parent)
    {
        setObjectName(name);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::PointingHandCursor);
    }

    /// Without an icon the words begin at the left edge.
    void set(const QString &icon, Ink iconInk, const QString &words, Ink ink = Ink::Secondary)
    {
        m_icon = icon;
        m_iconInk = iconInk;
        m_ink = ink;
        setText(words);
        setAccessibleName(words);
        updateGeometry();
        update();
    }

    QSize sizeHint() const override
    {
        return {textLeft() + QFontMetrics(font()).horizontalAdvance(text()) + 4,
                themeOf(this).size.statusBar - 1};
    }
    QSize minimumSizeHint() const override { return {textLeft() + 24, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        if (!m_icon.isEmpty()) {
            paintIcon(painter, QRect(0, 0, 14, height()), m_icon, 12, theme.ink(m_iconInk));
        }
        painter.setFont(font());
        painter.setPen(underMouse() ? theme.text.primary : theme.ink(m_ink));
        const QRect words = rect().adjusted(textLeft(), 0, 0, 0);
        painter.drawText(words, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
        if (hasFocus()) {
            paintFocusRing(painter, theme, rect(), theme.size.radiusSmall);
        }
    }

private:
    [[nodiscard]] int textLeft() const { return m_icon.isEmpty() ? 2 : 20; }
    [[nodiscard]] QFont font() const
    {
        QFont font = themeOf(this).font(TextStyle::Caption);
        font.setWeight(m_ink == Ink::Secondary || m_ink == Ink::Dim ? QFont::Normal : QFont::Medium);
        return font;
    }

    QString m_icon;
    Ink m_iconInk = Ink::Dim;
    Ink m_ink = Ink::Secondary;
};

StatusBar::StatusBar(QWidget *parent)
    : QWidget(parent)
    , m_live(new StatusButton(u"liveState"_s, this))
    , m_job(new StatusButton(u"job"_s, this))
    , m_stopJob(new QToolButton(this))
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
    auto *job = new QHBoxLayout;
    job->setSpacing(space::chip);
    job->addWidget(m_job);
    job->addWidget(m_stopJob);
    row->addLayout(job);
    row->addWidget(m_messages);
    m_job->setToolTip(tr("Show what runs"));
    m_job->setAccessibleName(m_job->toolTip());
    m_job->hide();
    m_stopJob->setObjectName("stopJob"_L1);
    m_stopJob->setIcon(themedIcon(u"close"_s));
    m_stopJob->setFixedSize(18, 18);
    m_stopJob->setAccessibleName(tr("Stop"));
    m_stopJob->hide();
    m_messages->setToolTip(tr("Read the last messages again"));
    m_messages->setAccessibleName(m_messages->toolTip());
    m_messages->hide();
    connect(m_job, &QAbstractButton::clicked, this, &StatusBar::jobActivated);
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

void StatusBar::setJob(const QString &text)
{
    m_job->set(u"spin"_s, Ink::Info, text);
    m_job->setVisible(!text.isEmpty());
}

void StatusBar::setStopAction(QAction *action)
{
    connect(m_stopJob, &QAbstractButton::clicked, action, &QAction::trigger);
    const auto show = [this, action] {
        m_stopJob->setVisible(action->isEnabled());
        m_stopJob->setToolTip(action->text());
        m_stopJob->setAccessibleName(action->text());
    };
    connect(action, &QAction::changed, m_stopJob, show);
    show();
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
