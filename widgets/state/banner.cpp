// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/banner.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace nest::widgets {

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_fact(new Label({}, TextStyle::BodyMedium))
    , m_detail(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_note(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_link(new QPushButton(this))
{
    setFixedHeight(themeOf(this).size.banner);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::page + 18, 0, space::control, 1);
    row->setSpacing(space::control);
    row->addWidget(m_fact);
    row->addWidget(m_detail, 1);
    row->addWidget(m_note);
    row->addWidget(m_link);
    m_detail->setMinimumWidth(0);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setButtonKind(m_link, ButtonKind::Link);
    setSmall(m_link);
    connect(m_link, &QPushButton::clicked, this, &Banner::linkActivated);
    hide();
}

void Banner::setBanner(const BannerText &text)
{
    if (text != m_banner) {
        m_banner = text;
        m_fact->setText(text.fact);
        m_detail->setText(text.detail);
        m_detail->setToolTip(text.detail);
        m_note->setText(text.note);
        m_link->setText(text.link);
        m_link->setVisible(!text.link.isEmpty());
        setAccessibleName(text.fact);
        setAccessibleDescription(text.detail);
        update();
    }
    show();
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ToneColors &tone = themeOf(this).tone(m_banner.tone);
    painter.fillRect(rect(), tone.fill);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tone.border);
    paintIcon(painter, QRect(space::page - 4, 0, 16, height() - 1), m_banner.icon, 14, tone.text);
}

} // namespace nest::widgets
