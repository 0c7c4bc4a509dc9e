// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr auto namePrefix = "nest:"_L1;

class ThemedIconEngine final : public QIconEngine
{
public:
    explicit ThemedIconEngine(QString name) : m_name(std::move(name)) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, rect, m_name, std::min(rect.width(), rect.height()), color(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return iconPixmap(m_name, std::min(size.width(), size.height()), color(mode), 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        return iconPixmap(m_name, std::min(size.width(), size.height()), color(mode), scale);
    }

    QString iconName() override { return namePrefix + m_name; }
    QString key() const override { return u"nest"_s; }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_name); }

private:
    static QColor color(QIcon::Mode mode)
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QGuiApplication::palette().color(group, QPalette::ButtonText);
    }

    QString m_name;
};
} // namespace

QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal devicePixelRatio)
{
    const QString key =
        u"nest/%1/%2/%3/%4"_s.arg(name).arg(size).arg(color.rgba(), 8, 16).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    QFile file(u":/nest/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
    const int pixels = static_cast<int>(std::ceil(size * devicePixelRatio));
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter &painter, const QRectF &in, const QString &name, int size, const QColor &color)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QPixmap pixmap = iconPixmap(name, size, color, ratio);
    const auto snapped = [ratio](qreal at) {
        return std::round(at * ratio) / ratio;
    };
    painter.drawPixmap(QPointF(snapped(in.center().x() - size / 2.0), snapped(in.center().y() - size / 2.0)),
                       pixmap);
}

QIcon themedIcon(const QString &name)
{
    return QIcon(new ThemedIconEngine(name));
}

QString themedIconName(const QIcon &icon)
{
    const QString name = icon.name();
    return name.startsWith(namePrefix) ? name.sliced(namePrefix.size()) : QString();
}

} // namespace nest::widgets
