// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/statusbar.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

/// Icon and words; a button, as a click asks for the list of streams.
class LiveState final : public QAbstractButton
{
public:
    explicit LiveState(QWidget *parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    void setState(ConnectionStatus::State state, const QString &words)
    {
        m_state = state;
        setText(words);
        setAccessibleName(words);
        updateGeometry();
        update();
    }

    QSize sizeHint() const override
    {
        return {20 + QFontMetrics(themeOf(this).font(TextStyle::Caption)).horizontalAdvance(text()) + 4,
                themeOf(this).size.statusBar - 1};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        const bool isOff =
            m_state == ConnectionStatus::State::Offline || m_state == ConnectionStatus::State::Failed;
        const Ink icon = m_state == ConnectionStatus::State::Live       ? Ink::Ok
                         : m_state == ConnectionStatus::State::Starting ? Ink::Dim
                         : m_state == ConnectionStatus::State::Failed   ? Ink::Bad
                                                                        : Ink::Warn;
        const Ink words = icon == Ink::Ok || icon == Ink::Dim ? Ink::Secondary : icon;
        paintIcon(painter, QRect(0, 0, 14, height()), isOff ? u"offline"_s : u"live"_s, 12, theme.ink(icon));
        QFont font = theme.font(TextStyle::Caption);
        font.setWeight(words == Ink::Secondary ? QFont::Normal : QFont::Medium);
        painter.setFont(font);
        painter.setPen(underMouse() ? theme.text.primary : theme.ink(words));
        painter.drawText(rect().adjusted(20, 0, 4, 0), Qt::AlignVCenter, text());
        if (hasFocus()) {
            paintFocusRing(painter, theme, rect(), theme.size.radiusSmall);
        }
    }

private:
    ConnectionStatus::State m_state = ConnectionStatus::State::Starting;
};

StatusBar::StatusBar(QWidget *parent) : QWidget(parent), m_live(new LiveState(this))
{
    setFixedHeight(themeOf(this).size.statusBar);
    setAccessibleName(tr("State of the connection"));
    auto *row = new QHBoxLayout(this);
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
    m_job = add();
    connect(m_live, &QAbstractButton::clicked, this, &StatusBar::liveStateActivated);
    setStatus({});
}

void StatusBar::setStatus(const ConnectionStatus &status)
{
    m_live->setState(status.state, liveText(status));
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
    m_isolation->setToolTip(status.isolationDetail);
    m_isolation->setAccessibleDescription(status.isolationDetail);
    show(m_zone, status.timeZone);
}

void StatusBar::setJob(const QString &text)
{
    m_job->setText(text);
    m_job->setVisible(!text.isEmpty());
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
