// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/changes/tabstrip.h"

#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::TextStyle;

namespace {
constexpr int side = 2;
constexpr int badgeSide = 5;
constexpr int badgeHeight = 16;
} // namespace

class TabStrip::Tab final : public QAbstractButton
{
public:
    Tab(const QString &id, const QString &title, QWidget *parent) : QAbstractButton(parent)
    {
        setObjectName(id);
        setText(title);
        setAccessibleName(title);
        setCheckable(true);
        setAutoExclusive(true);
    }
    void setBadge(const QString &badge)
    {
        m_badge = badge;
        setAccessibleDescription(badge);
        updateGeometry();
        update();
    }
    [[nodiscard]] QString badge() const { return m_badge; }
    QSize sizeHint() const override
    {
        const widgets::Theme &theme = widgets::themeOf(this);
        return {QFontMetrics(theme.font(TextStyle::BodyMedium)).horizontalAdvance(text()) + badgeWidth() + 2 * side,
                theme.size.tabs};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        painter.setFont(theme.font(isChecked() ? TextStyle::BodyMedium : TextStyle::Body));
        painter.setPen(isChecked() || underMouse() ? theme.text.primary : theme.text.secondary);
        painter.drawText(rect().adjusted(side, 0, 0, 0), Qt::AlignVCenter, text());
        if (!m_badge.isEmpty()) {
            const QFontMetrics metrics(theme.font(TextStyle::BodyMedium));
            const QRect box(side + metrics.horizontalAdvance(text()) + 6, (height() - badgeHeight) / 2,
                            badgeWidth() - 6, badgeHeight);
            widgets::paintBox(painter, box, theme.size.radiusSmall, theme.surface.control, {});
            painter.setFont(theme.font(TextStyle::Caption));
            painter.setPen(theme.text.secondary);
            painter.drawText(box, Qt::AlignCenter, m_badge);
        }
        if (isChecked()) {
            painter.fillRect(QRect(0, height() - 2, width(), 2), theme.accent.fill);
        }
        if (hasFocus()) {
            widgets::paintFocusRing(painter, theme, rect(), theme.size.radiusSmall);
        }
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }

private:
    [[nodiscard]] int badgeWidth() const
    {
        return m_badge.isEmpty() ? 0
                                 : QFontMetrics(widgets::themeOf(this).font(TextStyle::Caption)).horizontalAdvance(m_badge) +
                                       2 * badgeSide + 6;
    }

    QString m_badge;
};

TabStrip::TabStrip(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(widgets::space::page);
    row->addStretch();
}

void TabStrip::addTab(const QString &id, const QString &title)
{
    auto *tab = new Tab(id, title, this);
    tab->setChecked(m_tabs.isEmpty());
    m_tabs.append(tab);
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->insertWidget(row->count() - 1, tab);
    connect(tab, &QAbstractButton::toggled, this, [this, id](bool isOn) {
        if (isOn) {
            Q_EMIT currentChanged(id);
        }
    });
}

void TabStrip::setBadge(const QString &id, const QString &badge)
{
    for (Tab *tab : m_tabs) {
        if (tab->objectName() == id) {
            tab->setBadge(badge);
        }
    }
}

QString TabStrip::badge(const QString &id) const
{
    for (const Tab *tab : m_tabs) {
        if (tab->objectName() == id) {
            return tab->badge();
        }
    }
    return {};
}

void TabStrip::setCurrent(const QString &id)
{
    for (Tab *tab : m_tabs) {
        if (tab->objectName() == id) {
            tab->setChecked(true);
        }
    }
}

QString TabStrip::current() const
{
    for (const Tab *tab : m_tabs) {
        if (tab->isChecked()) {
            return tab->objectName();
        }
    }
    return {};
}

} // namespace nest::console
