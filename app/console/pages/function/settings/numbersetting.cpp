// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/numbersetting.h"

#include "widgets/theme/controls.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QWheelEvent>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int nameWidth = 160;
constexpr int fieldWidth = 100;
} // namespace

NumberSetting::NumberSetting(const NumberSettingInfo &info, QWidget *parent)
    : QWidget(parent)
    , m_name(new Label(info.name, TextStyle::Body, Ink::Secondary))
    , m_field(new QDoubleSpinBox)
    , m_was(new Label({}, TextStyle::Body, Ink::Dim))
    , m_reset(new QPushButton(tr("Reset")))
{
    const QLocale locale;
    m_field->setObjectName(info.id);
    m_field->setAccessibleName(info.name);
    m_field->setRange(info.least, info.most);
    m_field->setDecimals(info.decimals);
    m_field->setGroupSeparatorShown(true);
    m_field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_field->setFrame(false); // the field inside has one
    m_field->setSpecialValueText(info.zeroWord);
    m_field->setFixedWidth(fieldWidth);
    m_field->setFocusPolicy(Qt::StrongFocus);
    m_field->installEventFilter(this);
    m_was->setObjectName(info.id + u".was"_s);
    m_reset->setObjectName(info.id + u".reset"_s);
    m_reset->setAccessibleName(tr("Reset %1").arg(info.name));
    widgets::setButtonKind(m_reset, widgets::ButtonKind::Link);
    const QString range =
        tr("%1 to %2")
            .arg(locale.toString(info.least, 'f', info.decimals), locale.toString(info.most, 'f', 0));
    auto *sentence = new Label(range + u" · "_s + info.sentence, TextStyle::Caption, Ink::Dim);
    sentence->setToolTip(sentence->text()); // a narrow window cuts it
    sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, widgets::space::chip, 0, widgets::space::chip);
    grid->setHorizontalSpacing(widgets::space::control);
    grid->setVerticalSpacing(2);
    grid->setColumnMinimumWidth(0, nameWidth);
    grid->setColumnStretch(4, 1);
    grid->addWidget(m_name, 0, 0);
    grid->addWidget(m_field, 0, 1);
    grid->addWidget(new Label(info.unit, TextStyle::Body, Ink::Dim), 0, 2);
    grid->addWidget(m_was, 0, 3);
    grid->addWidget(m_reset, 0, 4, Qt::AlignLeft);
    grid->addWidget(sentence, 1, 1, 1, 4);
    connect(m_field, &QDoubleSpinBox::valueChanged, this, [this] {
        showChange();
        Q_EMIT valueChanged();
    });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_field->setFocus();
        setValue(m_base);
    });
    showChange();
}

void NumberSetting::setBase(double value)
{
    m_base = value;
    showChange();
}

void NumberSetting::setValue(double value)
{
    m_field->setValue(value);
}

double NumberSetting::value() const
{
    return m_field->value();
}

/// The wheel scrolls the page; it changes a number only where one works on it.
bool NumberSetting::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::Wheel && !m_field->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void NumberSetting::showChange()
{
    const bool isNew = isChanged();
    m_name->setInk(isNew ? Ink::Accent : Ink::Secondary);
    m_was->setVisible(isNew);
    m_reset->setVisible(isNew);
    m_was->setText(tr("was %1").arg(m_base == 0 && !m_field->specialValueText().isEmpty()
                                        ? m_field->specialValueText()
                                        : QLocale().toString(m_base, 'f', m_field->decimals())));
}

} // namespace nest::console
