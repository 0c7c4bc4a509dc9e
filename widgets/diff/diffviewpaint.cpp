// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of DiffView that paints.
#include "widgets/diff/diffview.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;
using Kind = models::DiffLine::Kind;

namespace {
constexpr int lineHeight = 18; // closer than the editor's: more of a change at once
constexpr int markWidth = 24;
constexpr int shown = 2'000; // characters of a line
} // namespace

int DiffView::rowHeight() const
{
    return lineHeight;
}

int DiffView::numberWidth() const
{
    int largest = 99;
    if (m_diff && !m_diff->hunks.empty()) {
        const models::DiffHunk &last = m_diff->hunks.back();
        largest = std::max({largest, last.oldStart + last.oldLines, last.newStart + last.newLines});
    }
    return QFontMetrics(themeOf(this).font(TextStyle::Log)).horizontalAdvance(QString::number(largest)) + 16;
}

void DiffView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Theme &theme = themeOf(this);
    painter.fillRect(viewport()->rect(), theme.surface.page);
    if (const QString sentence = this->sentence(); !sentence.isEmpty()) {
        painter.setFont(theme.font(TextStyle::Body));
        painter.setPen(theme.text.secondary);
        painter.drawText(viewport()->rect().adjusted(space::page, space::page, -space::page, 0),
                         Qt::TextWordWrap, sentence);
        return;
    }
    const int width = viewport()->width();
    const int half = m_mode == DiffMode::SideBySide ? width / 2 : width;
    const auto count = static_cast<int>(m_rows.rows.size());
    int y = 0;
    int row = firstVisibleRow();
    for (; row < count && y < viewport()->height(); ++row, y += lineHeight) {
        if (m_mode == DiffMode::SideBySide) {
            paintHalf(painter, theme, row, QRect(0, y, half, lineHeight), false);
            paintHalf(painter, theme, row, QRect(half, y, width - half, lineHeight), true);
        } else {
            paintHalf(painter, theme, row, QRect(0, y, width, lineHeight), true);
        }
    }
    if (row == count && m_diff && m_diff->isCut && y < viewport()->height()) {
        painter.setFont(theme.font(TextStyle::Body));
        painter.setPen(theme.warn.text);
        painter.drawText(QRect(space::page, y, width, lineHeight), Qt::AlignVCenter,
                         tr("The rest is left out: the difference is too long to be shown whole."));
    }
    if (m_mode == DiffMode::SideBySide) {
        painter.fillRect(QRect(half, 0, 1, viewport()->height()), theme.border.subtle);
    }
}

void DiffView::paintHalf(QPainter &painter, const Theme &theme, int row, const QRect &in, bool isRight)
{
    const DiffRow &at = m_rows.rows[static_cast<std::size_t>(row)];
    const bool isOne = m_mode == DiffMode::OneColumn;
    const int numbers = numberWidth();
    const int textLeft = in.left() + numbers * (isOne ? 2 : 1) + markWidth;
    painter.setClipRect(in);
    const bool isSelected =
        m_current >= 0 && row >= std::min(m_anchor, m_current) && row <= std::max(m_anchor, m_current);
    if (at.isHead()) {
        const models::DiffHunk &hunk = m_diff->hunks[static_cast<std::size_t>(at.hunk)];
        painter.fillRect(in, theme.surface.control);
        painter.setFont(theme.font(TextStyle::Log));
        painter.setPen(theme.text.dim);
        const QString where = isOne ? u"@@ -%1 +%2"_s.arg(hunk.oldStart).arg(hunk.newStart)
                                    : u"@@ %1"_s.arg(isRight ? hunk.newStart : hunk.oldStart);
        painter.drawText(in.adjusted(textLeft - in.left(), 0, -8, 0), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(where + u' ' + QString::fromStdString(hunk.heading),
                                                          Qt::ElideRight, in.right() - textLeft - 8));
        painter.setClipping(false);
        return;
    }
    const models::DiffLine *line = this->line(row, isRight);
    if (line == nullptr) {
        painter.fillRect(in, theme.surface.control);
        painter.setClipping(false);
        return;
    }
    const bool isChange = line->kind != Kind::Context;
    const bool isAdded = line->kind == Kind::Added;
    if (isChange) {
        painter.fillRect(in, isAdded ? theme.diff.addFill : theme.diff.removeFill);
    }
    if (isSelected) {
        QColor tint = theme.accent.tint;
        tint.setAlphaF(isChange ? 0.5F : 1.0F); // what it is, added or removed, stays in view
        painter.fillRect(in, tint);
        if (row == m_current) {
            painter.fillRect(QRect(in.left(), in.top(), 2, in.height()), theme.accent.fill);
        }
    }
    painter.setFont(theme.font(TextStyle::Log));
    painter.setPen(theme.text.disabled);
    const auto number = [&](int value, int left) {
        if (value > 0) {
            painter.drawText(QRect(left, in.top(), numbers - 8, in.height()),
                             Qt::AlignVCenter | Qt::AlignRight, QString::number(value));
        }
    };
    if (isOne) {
        number(line->oldLine, in.left());
        number(line->newLine, in.left() + numbers);
    } else {
        number(isRight ? line->newLine : line->oldLine, in.left());
    }
    if (isChange) {
        painter.setPen(isAdded ? theme.diff.addText : theme.diff.removeText);
        painter.drawText(QRect(textLeft - markWidth, in.top(), markWidth, in.height()), Qt::AlignCenter,
                         isAdded ? u"+"_s : u"−"_s);
    }
    const QRect text(textLeft, in.top(), in.right() - textLeft, in.height());
    painter.setClipRect(text);
    paintText(painter, theme, text, *line, spansOf(row, isRight));
    painter.setClipping(false);
}

void DiffView::paintText(QPainter &painter, const Theme &theme, const QRect &in, const models::DiffLine &line,
                         const std::vector<LineSpan> &spans)
{
    const QString text = QString::fromStdString(line.text).left(shown);
    painter.setFont(theme.font(TextStyle::Code));
    // A tab is shown as four spaces; `at` says where each letter went.
    std::vector<int> at(static_cast<std::size_t>(text.size()) + 1);
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        at[static_cast<std::size_t>(i)] = static_cast<int>(plain.size());
        plain.append(text.at(i) == u'\t' ? u"    "_s : QString(text.at(i)));
    }
    at[static_cast<std::size_t>(text.size())] = static_cast<int>(plain.size());
    const QFontMetricsF metrics(painter.font());
    const double left = in.left() - horizontalScrollBar()->value();
    const double base = in.top() + (in.height() + metrics.ascent() - metrics.descent()) / 2;
    int done = 0;
    const auto draw = [&](int to, const QColor &pen) {
        if (to > done) {
            painter.setPen(pen);
            painter.drawText(QPointF(left + metrics.horizontalAdvance(plain.left(done)), base),
                             plain.mid(done, to - done));
            done = to;
        }
    };
    const auto place = [&](int index) {
        return at[static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(text.size())))];
    };
    for (const LineSpan &span : spans) {
        draw(place(span.start), theme.text.primary);
        draw(place(span.start + span.length), syntaxColour(theme, span.colour));
    }
    draw(static_cast<int>(plain.size()), theme.text.primary);
}

} // namespace nest::widgets
