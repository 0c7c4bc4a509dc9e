// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/noticebar.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace widgets;

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_fact(new Label({}, TextStyle::BodyMedium))
    , m_detail(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_choices(new QHBoxLayout)
    , m_close(new QToolButton)
{
    setFixedHeight(themeOf(this).size.banner);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::page + 18, 0, space::control, 1);
    row->setSpacing(space::control);
    m_choices->setSpacing(space::control);
    row->addWidget(m_fact);
    row->addWidget(m_detail, 1);
    row->addLayout(m_choices);
    row->addWidget(m_close);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_close->setIcon(themedIcon(u"close"_s));
    m_close->setAccessibleName(tr("Close this line"));
    m_close->setToolTip(tr("Close this line"));
    setSmall(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] { Q_EMIT chosen(m_notice.id, u"close"_s); });
    hide();
}

void NoticeBar::show(const Notice &notice)
{
    if (notice == m_notice && isVisibleTo(parentWidget())) {
        return;
    }
    m_notice = notice;
    m_fact->setText(notice.fact);
    m_detail->setText(notice.detail);
    m_detail->setToolTip(notice.detail);
    m_close->setVisible(notice.canClose);
    setAccessibleName(notice.fact);
    setAccessibleDescription(notice.detail);
    while (QLayoutItem *item = m_choices->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was clicked
        delete item;
    }
    for (const NoticeChoice &choice : notice.choices) {
        auto *button = new QPushButton(choice.text, this);
        button->setObjectName(choice.id);
        setButtonKind(button, ButtonKind::Link);
        setSmall(button);
        connect(button, &QPushButton::clicked, this,
                [this, id = notice.id, choice = choice.id] { Q_EMIT chosen(id, choice); });
        m_choices->addWidget(button);
        button->show();
    }
    update();
    setVisible(true);
}

void NoticeBar::clear()
{
    m_notice = {};
    hide();
}

void NoticeBar::clear(const QString &id)
{
    if (m_notice.id == id) {
        clear();
    }
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ToneColors &tone = themeOf(this).tone(m_notice.tone);
    painter.fillRect(rect(), tone.fill);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tone.border);
    paintIcon(painter, QRect(space::page - 4, 0, 16, height() - 1),
              m_notice.tone == Tone::Info ? u"info"_s : u"alert"_s, 14, tone.text);
}

} // namespace nest::console
