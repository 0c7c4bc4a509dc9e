// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/rail.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QAbstractButton>
#include <QAction>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace nest::widgets {

class RailEntry final : public QAbstractButton
{
public:
    RailEntry(const QString &title, QString icon, QAction *action, QWidget *parent)
        : QAbstractButton(parent), m_icon(std::move(icon))
    {
        setText(title);
        setAccessibleName(title);
        setToolTip(action->toolTip());
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(themeOf(this).size.railItem);
        connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    }

    void setBadge(int count, Tone tone)
    {
        m_count = count;
        m_tone = tone;
        setAccessibleDescription(count > 0 ? QLocale().toString(count) : QString());
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        const bool isHot = isChecked() || underMouse();
        if (isChecked()) {
            painter.fillRect(QRect(0, 0, theme.size.selectionStroke, height()), theme.accent.text);
        }
        const int middle = width() / 2;
        const QRect icon(middle - theme.size.iconRail / 2, 11, theme.size.iconRail, theme.size.iconRail);
        paintIcon(painter, icon, m_icon, theme.size.iconRail,
                  isChecked() ? theme.accent.text
                  : isHot     ? theme.text.primary
                              : theme.text.dim);
        QFont font = theme.font(TextStyle::Micro);
        font.setWeight(isChecked() ? QFont::Medium : QFont::Normal);
        painter.setFont(font);
        painter.setPen(isHot ? theme.text.primary : theme.text.dim);
        painter.drawText(QRect(0, 33, width(), 14), Qt::AlignCenter,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - 2));
        if (m_count > 0) {
            paintBadge(painter, theme, icon);
        }
        if (hasFocus()) {
            paintFocusRing(painter, theme, rect().adjusted(2, 1, -2, -1), theme.size.radiusControl);
        }
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
            moveFocus(event->key() == Qt::Key_Down ? 1 : -1);
        } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            click();
        } else {
            QAbstractButton::keyPressEvent(event);
        }
    }

    void nextCheckState() override {} // Rail says which entry is on, after the page has changed

private:
    void moveFocus(int step)
    {
        const QList<QAbstractButton *> all = parentWidget()->findChildren<QAbstractButton *>();
        const qsizetype to = all.indexOf(this) + step;
        if (to >= 0 && to < all.size()) {
            all.at(to)->setFocus(Qt::TabFocusReason);
        }
    }

    void paintBadge(QPainter &painter, const Theme &theme, const QRect &icon)
    {
        const QString number = QLocale().toString(m_count);
        QFont font = theme.font(TextStyle::Micro);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        const int width = std::max(14, painter.fontMetrics().horizontalAdvance(number) + 8);
        const QRect box(icon.center().x() + 4, icon.top() - 5, width, 14);
        const bool isAccent = m_tone == Tone::Accent;
        paintBox(painter, box, theme.size.radiusSmall, isAccent ? theme.accent.fill : theme.danger.fill, {});
        painter.setPen(isAccent ? theme.accent.onFill : theme.danger.onFill);
        painter.drawText(box, Qt::AlignCenter, number);
    }

    QString m_icon;
    int m_count = 0;
    Tone m_tone = Tone::Accent;
};

Rail::Rail(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setFixedWidth(themeOf(this).size.rail);
    setAccessibleName(tr("Pages"));
    m_column->setContentsMargins(0, 0, 1, 0);
    m_column->setSpacing(0);
    m_column->addStretch();
}

void Rail::addEntry(const QString &id, const QString &title, const QString &icon, QAction *action)
{
    auto *entry = new RailEntry(title, icon, action, this);
    entry->setObjectName(id);
    m_column->insertWidget(m_column->count() - 1, entry);
    m_entries.insert(id, entry);
}

void Rail::setCurrent(const QString &id)
{
    m_current = id;
    for (auto [entryId, entry] : m_entries.asKeyValueRange()) {
        entry->setChecked(entryId == id);
    }
}

void Rail::setBadge(const QString &id, int count, Tone tone)
{
    if (RailEntry *entry = m_entries.value(id)) {
        entry->setBadge(count, tone);
    }
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeOf(this).surface.window);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), themeOf(this).border.subtle);
}

} // namespace nest::widgets
