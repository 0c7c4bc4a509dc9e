// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/cellpainter.h"

#include "widgets/table/cellmetrics.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int moreWidth = 26; // "+2"
constexpr int leastPart = 16; // of a group's name that gives way

class CellPainter final
{
public:
    CellPainter(QPainter &painter, const Theme &theme, const QRect &in, CellLook look)
        : m_painter(painter), m_theme(theme), m_in(in), m_look(look)
    {}

    void operator()(std::monostate) {}

    void operator()(const TextCell &cell)
    {
        m_painter.setFont(m_theme.font(cell.isMono     ? TextStyle::Log
                                       : cell.isStrong ? TextStyle::BodyMedium
                                                       : TextStyle::Body));
        m_painter.setPen(ink(cell.ink));
        const Qt::Alignment side = cell.isRight ? Qt::AlignRight : Qt::AlignLeft;
        m_painter.drawText(m_in, (Qt::AlignVCenter | side).toInt(),
                           m_painter.fontMetrics().elidedText(cell.text, cell.cut, m_in.width()));
    }

    void operator()(const NameCell &cell)
    {
        const int icon = m_theme.size.iconTable;
        const bool isSmall = cell.icon == "dot"_L1 || cell.icon == "ring"_L1;
        paintIcon(m_painter, QRect(m_in.left(), m_in.top(), icon, m_in.height()), cell.icon,
                  isSmall ? 10 : icon, tone(cell.tone));
        QRect rest =
            m_in.adjusted(cellmetrics::nameIndent, 0, cell.drift.isEmpty() ? 0 : -cellmetrics::driftWidth, 0);
        QFont font = m_theme.font(TextStyle::BodyMedium);
        font.setUnderline(m_look.isLink);
        m_painter.setFont(font);
        m_painter.setPen(ink(Ink::Primary));
        const QString name = m_painter.fontMetrics().elidedText(cell.name, Qt::ElideRight, rest.width());
        m_painter.drawText(rest, Qt::AlignVCenter, name);
        if (!cell.drift.isEmpty()) {
            rest.setLeft(rest.left() + m_painter.fontMetrics().horizontalAdvance(name) + 8);
            rest.setWidth(cellmetrics::driftWidth);
            m_painter.setPen(cell.isDriftMeant ? m_theme.text.dim : tone(Tone::Warn));
            m_painter.drawText(rest, Qt::AlignVCenter, u"±"_s);
        }
    }

    void operator()(const PillCell &cell)
    {
        QFont font = m_theme.font(TextStyle::Caption);
        font.setWeight(QFont::Medium);
        m_painter.setFont(font);
        const int height = m_theme.size.pill;
        const int side = cell.isFilled ? cellmetrics::pillSide : 0;
        const int lead = cell.icon.isEmpty() ? 0 : cellmetrics::pillIcon;
        const int width =
            std::min(m_painter.fontMetrics().horizontalAdvance(cell.text) + lead + 2 * side, m_in.width());
        const QRect box(m_in.left(), m_in.top() + (m_in.height() - height) / 2, width, height);
        const Tone shown = m_look.isStale ? Tone::Neutral : cell.tone;
        if (cell.isFilled) {
            paintBox(m_painter, box, m_theme.size.radiusPill, m_theme.tone(shown).fill, {});
        }
        if (lead) {
            paintIcon(m_painter, QRect(box.left() + side, box.top(), m_theme.size.iconSmall, height),
                      cell.icon, m_theme.size.iconSmall, m_theme.tone(shown).text);
        }
        m_painter.setPen(m_theme.tone(shown).text);
        m_painter.drawText(box.adjusted(side + lead, 0, 2, 0), Qt::AlignVCenter, cell.text);
    }

    void operator()(const GroupCell &cell)
    {
        m_painter.setFont(m_theme.font(TextStyle::Caption));
        const int height = m_theme.size.groupChip;
        const int top = m_in.top() + (m_in.height() - height) / 2;
        const std::array parts{cell.set, cell.lane, cell.region};
        std::array shown = parts;
        constexpr int around = 2 * cellmetrics::groupSide + 1;
        std::array<int, 3> widths{};
        int all = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            widths[i] = m_painter.fontMetrics().horizontalAdvance(parts[i]) + around;
            all += widths[i];
        }
        if (const int over = all - m_in.width(); over > 0 && cell.more == 0) { // the longest gives way
            const auto widest = static_cast<std::size_t>(std::ranges::max_element(widths) - widths.begin());
            const int cut = std::clamp(widths[widest] - leastPart - around, 0, over);
            widths[widest] -= cut;
            all -= cut;
            shown[widest] =
                m_painter.fontMetrics().elidedText(parts[widest], Qt::ElideRight, widths[widest] - around);
        }
        const QRect chip(m_in.left(), top, all, height);
        int left = m_in.left();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const QRect part(left, top, widths[i], height);
            const bool isUsual = parts[i] == "default"_L1 || parts[i] == "main"_L1;
            if (i == 1 && !isUsual) {
                m_painter.fillRect(part.adjusted(1, 1, 0, -1), m_theme.surface.control);
            }
            if (i > 0) {
                m_painter.fillRect(QRect(left, top + 1, 1, height - 2), m_theme.border.control);
            }
            m_painter.setPen(ink(isUsual ? Ink::Dim : i == 1 ? Ink::Primary : Ink::Secondary));
            m_painter.drawText(part, Qt::AlignCenter, shown[i]);
            left += widths[i];
        }
        paintBox(m_painter, chip, m_theme.size.radiusSmall, {}, m_theme.border.control);
        if (cell.more > 0) {
            const QString text = u"+%1"_s.arg(cell.more);
            const QRect box(left + 6, top, m_painter.fontMetrics().horizontalAdvance(text) + 10, height);
            paintBox(m_painter, box, m_theme.size.radiusSmall, {}, m_theme.border.control);
            m_painter.setPen(ink(Ink::Dim));
            m_painter.drawText(box, Qt::AlignCenter, text);
        }
    }

    void operator()(const GroupSharesCell &cell)
    {
        const QRect all = m_in;
        const QFontMetrics metrics(m_theme.font(TextStyle::Body));
        std::size_t done = 0;
        for (const GroupShare &share : cell.groups) {
            const QString percent = tr(share.percent);
            const int chip = widthOf(share.group, m_theme);
            const int width = chip + cellmetrics::shareGap + metrics.horizontalAdvance(percent);
            const int more = done + 1 < cell.groups.size() ? moreWidth : 0;
            if (done > 0 && m_in.left() + width + more > all.right()) {
                break;
            }
            (*this)(share.group);
            m_painter.setFont(m_theme.font(TextStyle::Body));
            m_painter.setPen(ink(Ink::Secondary));
            m_painter.drawText(m_in.adjusted(chip + cellmetrics::shareGap, 0, 0, 0), Qt::AlignVCenter,
                               percent);
            m_in.setLeft(m_in.left() + width + cellmetrics::sharesGap);
            ++done;
        }
        if (done < cell.groups.size()) {
            m_painter.setPen(ink(Ink::Dim));
            m_painter.drawText(m_in, Qt::AlignVCenter, u"+%1"_s.arg(cell.groups.size() - done));
        }
        m_in = all;
    }

    void operator()(const PickCell &cell)
    {
        const int size = cellmetrics::pickBox;
        const QRect box(m_in.left(), m_in.top() + (m_in.height() - size) / 2, size, size);
        if (cell.letter.isEmpty()) {
            paintBox(m_painter, box.adjusted(1, 1, -1, -1), m_theme.size.radiusSmall, m_theme.surface.control,
                     m_theme.border.strong);
            return;
        }
        const bool isNew = cell.isNew && !m_look.isStale;
        paintBox(m_painter, box, m_theme.size.radiusSmall,
                 isNew ? m_theme.accent.fill : m_theme.chartRole.oldVersion, {});
        m_painter.setFont(m_theme.font(TextStyle::Micro));
        m_painter.setPen(isNew ? m_theme.accent.onFill : m_theme.surface.page);
        m_painter.drawText(box, Qt::AlignCenter, cell.letter);
    }

    void operator()(const WeightCell &cell)
    {
        const QRectF bar(m_in.left(), m_in.center().y() - 1, cellmetrics::weightBar, 4);
        const auto color = [this](bool isNew) {
            return m_look.isStale ? m_theme.border.strong
                   : isNew        ? m_theme.chartRole.newVersion
                                  : m_theme.chartRole.oldVersion;
        };
        m_painter.save();
        QPainterPath round;
        round.addRoundedRect(bar, 2, 2);
        m_painter.setClipPath(round);
        qreal left = bar.left();
        for (const VersionWeight &weight : cell.versions) {
            const qreal width = bar.width() * weight.percent / 100;
            m_painter.fillRect(
                QRectF(left, bar.top(), std::max(0.0, width - (cell.versions.size() > 1 ? 1 : 0)), 4),
                color(weight.isNew));
            left += width;
        }
        m_painter.restore();
        QRect rest = m_in.adjusted(cellmetrics::weightBar + cellmetrics::weightGap, 0, 0, 0);
        const auto word = [&](const QString &text, TextStyle style, const QColor &pen) {
            m_painter.setFont(m_theme.font(style));
            m_painter.setPen(pen);
            m_painter.drawText(rest, Qt::AlignVCenter, text);
            rest.setLeft(rest.left() + m_painter.fontMetrics().horizontalAdvance(text) + 5);
        };
        for (const VersionWeight &weight : cell.versions) {
            word(weight.version, TextStyle::Log, weight.isNew ? ink(Ink::Accent) : ink(Ink::Secondary));
            if (weight.isNew && cell.versions.size() > 1) {
                word(tr(weight.percent), TextStyle::Caption, ink(Ink::Dim));
            }
        }
    }

    void operator()(const SparklineCell &cell)
    {
        if (!cell.state.isEmpty() || !cell.values || cell.values->size() < 2) {
            m_painter.setFont(m_theme.font(TextStyle::Caption));
            m_painter.setPen(ink(Ink::Dim));
            m_painter.drawText(m_in, Qt::AlignVCenter, cell.state.isEmpty() ? unknownText() : cell.state);
            return;
        }
        const std::vector<float> &values = *cell.values;
        float high = 0;
        float low = std::numeric_limits<float>::max();
        for (const float value : values) {
            high = std::isnan(value) ? high : std::max(high, value);
            low = std::isnan(value) ? low : std::min(low, value);
        }
        low = std::min(low, high);
        const QRectF area(m_in.left(), m_in.center().y() - 6, std::min(cellmetrics::sparkline, m_in.width()),
                          12);
        const float range = std::max(high - low, high * 0.25F); // noise of a steady line stays small
        QPainterPath line;
        bool isBroken = true;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (std::isnan(values[i])) {
                isBroken = true; // gaps stay gaps
                continue;
            }
            const qreal x =
                area.left() + area.width() * static_cast<qreal>(i) / static_cast<qreal>(values.size() - 1);
            const qreal part = range > 0 ? static_cast<qreal>((values[i] - low) / range) : 0.0;
            const QPointF point(x, area.bottom() - area.height() * part);
            isBroken ? line.moveTo(point) : line.lineTo(point);
            isBroken = false;
        }
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(
            QPen(m_look.isStale ? m_theme.border.strong : m_theme.series[0], m_theme.size.chartThin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(line);
        m_painter.restore();
    }

    void operator()(const NumberCell &cell)
    {
        if (cell.figure.isEmpty()) {
            right(unknownText(), m_theme.font(TextStyle::Body), m_theme.text.disabled, m_in);
            return;
        }
        QRect rest = m_in;
        if (!cell.unit.isEmpty()) {
            right(cell.unit, m_theme.font(TextStyle::Body), m_theme.text.dim, rest);
            rest.setRight(rest.right() - m_painter.fontMetrics().horizontalAdvance(cell.unit) - 2);
        }
        right(cell.figure, figureFont(cell.emphasis), emphasis(cell.emphasis), rest);
    }

    void operator()(const RatioCell &cell)
    {
        QRect rest = m_in;
        const QString tail = u" / "_s + cell.desired;
        right(tail, m_theme.font(TextStyle::Body), m_theme.text.dim, rest);
        rest.setRight(rest.right() - m_painter.fontMetrics().horizontalAdvance(tail));
        right(cell.ready, figureFont(cell.emphasis), emphasis(cell.emphasis), rest);
    }

    void operator()(const IconCell &cell)
    {
        paintIcon(m_painter, QRect(m_in.left(), m_in.top(), m_theme.size.iconTable, m_in.height()), cell.icon,
                  m_theme.size.iconTable, ink(cell.ink));
    }

    void operator()(const BarCell &cell)
    {
        constexpr int height = 6;
        const QRectF track(m_in.left(), m_in.top() + (m_in.height() - height) / 2.0, m_in.width(), height);
        QRectF bar = track;
        bar.setWidth(track.width() * std::clamp(cell.share, 0.0, 1.0));
        paintBox(m_painter, track, 1, m_theme.surface.control, {});
        paintBox(m_painter, bar, 1, m_look.isStale ? m_theme.border.strong : m_theme.series[7], {});
    }

    void operator()(const PhasesCell &cell)
    {
        const auto colors = phaseColors(m_theme);
        const double scale = std::max(cell.scale, 1.0);
        const int most = std::min(cellmetrics::phasesBar, m_in.width());
        double at = 0;
        for (std::size_t i = 0; i < colors.size(); ++i) {
            const double length = cell.milliseconds[i].value_or(0) / scale * most;
            if (length > 0) {
                // A gap of a pixel between phases, but the shortest one can still be seen.
                m_painter.fillRect(
                    QRectF(m_in.left() + at, m_in.center().y() - 3, std::max(length - 1, 1.0), 7),
                    m_look.isStale || cell.isDim ? m_theme.border.strong : colors[i]);
                at += std::max(length, 2.0);
            }
        }
        const auto sum = sumOf(cell);
        right(textOf(cell), m_theme.font(TextStyle::Body),
              !sum             ? m_theme.text.disabled
              : cell.isRunning ? tone(Tone::Info)
              : cell.isDim     ? ink(Ink::Dim)
                               : ink(Ink::Primary),
              m_in);
    }

private:
    static QString tr(double percent) { return QLocale().toString(percent, 'g', 4) + u" %"_s; }

    [[nodiscard]] QColor tone(Tone of) const
    {
        return m_look.isStale ? m_theme.neutral.text : m_theme.tone(of).text;
    }

    [[nodiscard]] QColor ink(Ink of) const
    {
        if (!m_look.isStale || of == Ink::Dim || of == Ink::Disabled) {
            return m_theme.ink(of);
        }
        return of == Ink::Primary ? m_theme.text.secondary : m_theme.text.dim;
    }

    [[nodiscard]] QColor emphasis(Emphasis of) const
    {
        switch (of) {
        case Emphasis::Dim:
            return m_theme.text.dim;
        case Emphasis::Zero:
            return m_theme.text.disabled;
        case Emphasis::Warn:
            return m_look.isStale ? ink(Ink::Primary) : m_theme.warn.text;
        case Emphasis::Bad:
            return m_look.isStale ? ink(Ink::Primary) : m_theme.bad.text;
        case Emphasis::Normal:
            break;
        }
        return ink(Ink::Primary);
    }

    [[nodiscard]] QFont figureFont(Emphasis of) const
    {
        QFont font = m_theme.font(TextStyle::Body);
        if (of == Emphasis::Warn || of == Emphasis::Bad) {
            font.setWeight(QFont::DemiBold);
        }
        return font;
    }

    void right(const QString &text, const QFont &font, const QColor &color, const QRect &in)
    {
        m_painter.setFont(font);
        m_painter.setPen(color);
        m_painter.drawText(in, Qt::AlignVCenter | Qt::AlignRight, text);
    }

    QPainter &m_painter;
    const Theme &m_theme;
    QRect m_in;
    CellLook m_look;
};
} // namespace

void paintCell(QPainter &painter, const Theme &theme, const QRect &in, const Cell &cell, CellLook look)
{
    painter.save();
    painter.setClipRect(in.adjusted(0, 0, 1, 0), Qt::IntersectClip);
    std::visit(CellPainter(painter, theme, in, look), cell);
    painter.restore();
}

} // namespace nest::widgets
