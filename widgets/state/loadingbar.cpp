// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/loadingbar.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int showAfterMilliseconds = 1000;
} // namespace

LoadingBar::LoadingBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new Label({}, TextStyle::Caption, Ink::Secondary))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setFixedHeight(28);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::panel + 18, 0, space::chip, 0);
    row->setSpacing(space::control);
    row->addWidget(m_text);
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(12);
    setButtonKind(m_cancel, ButtonKind::Link);
    setSmall(m_cancel);
    hide();
    m_delay.setSingleShot(true);
    m_delay.setInterval(showAfterMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &QWidget::show);
    connect(m_cancel, &QPushButton::clicked, this, &LoadingBar::cancelRequested);
}

void LoadingBar::start(const QString &text)
{
    setProgress(text, 0, 0);
    m_delay.start();
}

void LoadingBar::setProgress(const QString &text, int done, int total)
{
    m_text->setText(text);
    m_progress->setVisible(total > 0);
    m_progress->setRange(0, std::max(total, 1));
    m_progress->setValue(done);
    setAccessibleName(text);
}

void LoadingBar::finish()
{
    m_delay.stop();
    hide();
}

void LoadingBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(QRect(0, 0, width(), 1), theme.border.subtle);
    paintIcon(painter, QRect(space::panel, 0, 14, height()), u"spin"_s, 12, theme.text.dim);
}

} // namespace nest::widgets
