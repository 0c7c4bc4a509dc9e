// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/controls.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr auto kindProperty = "nestButtonKind";
constexpr auto smallProperty = "nestSmall";
constexpr int swatchSize = 8;
constexpr int swatchPlace = 14; // as an icon has
constexpr int swatchRadius = 2;

class Line final : public QWidget
{
public:
    Line(Qt::Orientation orientation, QWidget *parent) : QWidget(parent)
    {
        orientation == Qt::Horizontal ? setFixedHeight(1) : setFixedWidth(1);
    }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), themeOf(this).border.subtle); }
};
} // namespace

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    button->setProperty(kindProperty, static_cast<int>(kind));
    button->update();
}

ButtonKind buttonKind(const QWidget *button)
{
    return button ? static_cast<ButtonKind>(button->property(kindProperty).toInt()) : ButtonKind::Normal;
}

void setSmall(QWidget *control, bool isSmall)
{
    control->setProperty(smallProperty, isSmall);
    QEvent changed(QEvent::StyleChange); // controls keep their size hint until then
    QCoreApplication::sendEvent(control, &changed);
    control->updateGeometry();
}

bool isSmall(const QWidget *control)
{
    return control && control->property(smallProperty).toBool();
}

Label::Label(const QString &text, TextStyle style, Ink ink, QWidget *parent)
    : QLabel(text, parent), m_style(style), m_ink(ink)
{
    setForegroundRole(QPalette::WindowText); // inside a field it would take the field's
    apply();
}

void Label::setInk(Ink ink)
{
    m_ink = ink;
    apply();
}

void Label::setTextStyle(TextStyle style)
{
    m_style = style;
    apply();
}

void Label::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        apply();
    }
}

void Label::apply()
{
    if (m_isApplying) {
        return; // our own setPalette comes back as a PaletteChange
    }
    m_isApplying = true;
    const Theme &theme = themeOf(this);
    QPalette own; // only what is set here is resolved: the rest keeps following the application
    own.setColor(QPalette::WindowText, theme.ink(m_ink));
    own.setColor(QPalette::Disabled, QPalette::WindowText, theme.text.disabled);
    setPalette(own);
    setFont(theme.font(m_style));
    m_isApplying = false;
}

SegmentedControl::SegmentedControl(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton *button, bool isOn) {
        if (isOn) {
            Q_EMIT currentChanged(button->objectName());
        }
    });
}

void SegmentedControl::addSegment(const QString &text, const QString &id)
{
    auto *segment = new QToolButton(this);
    segment->setText(text);
    segment->setObjectName(id);
    segment->setAccessibleName(text);
    segment->setCheckable(true);
    const QList<QAbstractButton *> before = m_group->buttons();
    segment->setProperty("nestSegment", before.isEmpty() ? u"only"_s : u"last"_s);
    if (!before.isEmpty()) {
        before.last()->setProperty("nestSegment", before.size() == 1 ? u"first"_s : u"middle"_s);
    }
    const QSignalBlocker quiet(m_group);
    m_group->addButton(segment);
    segment->setChecked(before.isEmpty());
    layout()->addWidget(segment);
}

void SegmentedControl::setSwatch(const QString &id, Environment environment)
{
    for (QAbstractButton *segment : m_group->buttons()) {
        if (segment->objectName() == id) {
            segment->setProperty("nestSwatch", static_cast<int>(environment));
            static_cast<QToolButton *>(segment)->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        }
    }
    paintSwatches();
}

/// In the colours of the theme as it is now.
void SegmentedControl::paintSwatches()
{
    for (QAbstractButton *segment : m_group->buttons()) {
        const QVariant environment = segment->property("nestSwatch");
        if (!environment.isValid()) {
            continue;
        }
        const qreal ratio = devicePixelRatioF();
        QPixmap swatch(QSize(swatchPlace, swatchPlace) * ratio);
        swatch.setDevicePixelRatio(ratio);
        swatch.fill(Qt::transparent);
        QPainter painter(&swatch);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(themeOf(this).environmentColor(static_cast<Environment>(environment.toInt())));
        const int edge = (swatchPlace - swatchSize) / 2;
        painter.drawRoundedRect(QRectF(edge, edge, swatchSize, swatchSize), swatchRadius, swatchRadius);
        painter.end();
        segment->setIconSize({swatchPlace, swatchPlace});
        segment->setIcon(swatch);
    }
}

void SegmentedControl::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        paintSwatches();
    }
}

void SegmentedControl::setCurrent(const QString &id)
{
    for (QAbstractButton *segment : m_group->buttons()) {
        if (segment->objectName() == id) {
            segment->setChecked(true);
        }
    }
}

QString SegmentedControl::current() const
{
    const QAbstractButton *on = m_group->checkedButton();
    return on ? on->objectName() : QString();
}

QWidget *makeLine(Qt::Orientation orientation, QWidget *parent)
{
    return new Line(orientation, parent);
}

} // namespace nest::widgets
