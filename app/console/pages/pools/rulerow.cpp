// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/rulerow.h"

#include "app/console/pages/pools/rowpaint.h"
#include "widgets/theme/theme.h"

#include <QCheckBox>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::TextStyle;

namespace {
constexpr int swatch = 8;
constexpr int floorWidth = 40;
constexpr int switchWidth = 60;
} // namespace

RuleRow::RuleRow(QWidget *parent) : QAbstractButton(parent), m_switch(new QCheckBox(tr("On"), this))
{
    setObjectName("ruleRow"_L1);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    m_switch->setObjectName("ruleSwitch"_L1);
    connect(m_switch, &QCheckBox::clicked, this, [this](bool isOn) {
        m_switch->setChecked(m_text.isEnabled); // until the platform has it
        Q_EMIT switched(isOn);
    });
}

void RuleRow::setText(const RuleRowText &text)
{
    m_text = text;
    m_switch->setVisible(!text.isBase);
    m_switch->setChecked(text.isEnabled);
    m_switch->setAccessibleName(tr("%1 is on").arg(text.name));
    setFocusPolicy(text.isBase ? Qt::NoFocus : Qt::StrongFocus);
    QStringList said{text.name, text.holds, text.zone, text.next, tr("floor %1").arg(text.floor)};
    said.removeAll(QString());
    setAccessibleName(said.join(u", "_s));
    setToolTip(said.join(u'\n'));
    update();
}

void RuleRow::setDisabledReason(const QString &reason)
{
    m_switch->setEnabled(reason.isEmpty());
    m_switch->setToolTip(reason);
}

void RuleRow::setChosen(bool isChosen)
{
    m_isChosen = isChosen;
    update();
}

QSize RuleRow::sizeHint() const
{
    return {480, widgets::themeOf(this).size.rowCompact};
}

void RuleRow::resizeEvent(QResizeEvent *)
{
    m_switch->setGeometry(width() - switchWidth - widgets::space::control, 0, switchWidth, height());
}

void RuleRow::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRowGround(painter, *this, m_isChosen, !m_text.isBase);
    const bool isOff = !m_text.isEnabled;
    painter.setPen(isOff ? QPen(m_text.colour) : QPen(Qt::NoPen));
    painter.setBrush(isOff ? QBrush(Qt::NoBrush) : QBrush(m_text.colour));
    painter.drawRoundedRect(QRectF(widgets::space::page, (height() - swatch) / 2.0, swatch, swatch), 2, 2);

    const int left = widgets::space::page + swatch + widgets::space::control;
    const int right = width() - switchWidth - 2 * widgets::space::control - floorWidth;
    const int room = std::max(0, right - left);
    int at = left;
    const auto write = [&](const QString &text, double share, TextStyle style, const QColor &colour) {
        const int wide = static_cast<int>(room * share);
        paintRowText(painter, QRect(at, 0, wide - widgets::space::control, height()), text, theme.font(style),
                     colour);
        at += wide;
    };
    write(m_text.name, 0.24, TextStyle::BodyMedium, isOff ? theme.text.dim : theme.text.primary);
    write(m_text.holds, 0.34, TextStyle::Body, isOff ? theme.text.dim : theme.text.secondary);
    write(m_text.zone, 0.17, TextStyle::Body, theme.text.dim);
    write(m_text.next, 0.25, TextStyle::Body, isOff ? theme.text.dim : theme.text.secondary);
    paintRowText(painter, QRect(right, 0, floorWidth, height()), m_text.floor,
                 theme.font(TextStyle::BodyMedium), isOff ? theme.text.dim : theme.text.primary,
                 Qt::AlignRight);
    paintRowFocus(painter, *this);
}

} // namespace nest::console
