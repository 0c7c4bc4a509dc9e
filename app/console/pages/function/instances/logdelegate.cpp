// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/instances/logdelegate.h"

#include "app/console/look.h"
#include "app/console/pages/function/instances/instancesmodel.h"
#include "app/console/pages/function/instances/logmodel.h"
#include "widgets/theme/theme.h"

#include <QDateTime>
#include <QPainter>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr int tickWidth = 3;

/// Behind each place in `text` (elided to what is painted) that has the search.
void paintHits(QPainter &painter, const widgets::Theme &theme, const QRect &in, const QString &text,
               const QString &search, bool isCurrent)
{
    const QFontMetrics metrics = painter.fontMetrics();
    for (qsizetype at = text.indexOf(search, 0, Qt::CaseInsensitive); at >= 0 && !search.isEmpty();
         at = text.indexOf(search, at + search.size(), Qt::CaseInsensitive)) {
        const int left = in.left() + metrics.horizontalAdvance(text.left(at));
        const int width = metrics.horizontalAdvance(text.mid(at, search.size()));
        painter.fillRect(QRect(left, in.top() + 2, width, in.height() - 4),
                         isCurrent ? theme.accent.tintBorder : theme.accent.tint);
    }
}
} // namespace

LogDelegate::LogDelegate(const LogModel &model, QObject *parent) : QStyledItemDelegate(parent), m_model(model)
{}

void LogDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const widgets::Theme &theme = widgets::themeOf(option.widget);
    const wire::LogLine &line = m_model.line(index.row());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, isSelected ? theme.surface.rowSelected : theme.surface.rowHover);
    }
    painter->setFont(theme.font(widgets::TextStyle::Log));
    const int letter = painter->fontMetrics().horizontalAdvance(u'0');
    QRect rest = option.rect.adjusted(widgets::space::page, 0, -widgets::space::page, 0);
    const auto word = [&](const QString &text, int letters, const QColor &ink) {
        painter->setPen(ink);
        painter->drawText(rest, Qt::AlignVCenter, text);
        rest.setLeft(rest.left() + (letters + 2) * letter);
    };
    word(QDateTime::fromMSecsSinceEpoch(line.time.time_since_epoch().count()).toString(u"HH:mm:ss.zzz"_s), 12,
         theme.text.dim);
    const QColor tick =
        m_isStale
            ? theme.border.strong
            : theme.series[static_cast<std::size_t>(m_model.colourOf(line.instance)) % theme.series.size()];
    painter->fillRect(QRect(rest.left(), rest.top() + 2, tickWidth, rest.height() - 4), tick);
    rest.setLeft(rest.left() + tickWidth + letter);
    word(shortInstance(toText(line.instance)), 6, theme.text.secondary);
    const QColor &level = theme.ink(severityInk(line.severity));
    word(severityWord(line.severity), 5, m_isStale ? theme.text.dim : level);
    // A stack stands in one row with its message; the tool tip has it line by line.
    const QString text = toText(line.message).replace(u"\n"_s, u" ↵ "_s);
    const QString message = painter->fontMetrics().elidedText(text, Qt::ElideRight, rest.width());
    paintHits(*painter, theme, rest, message, m_search, index.row() == m_currentRow);
    const bool isLoud = line.severity >= wire::Severity::Warn;
    painter->setPen(m_isStale ? theme.text.dim : isLoud ? level : theme.text.primary);
    painter->drawText(rest, Qt::AlignVCenter, message);
    painter->restore();
}

QSize LogDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, widgets::themeOf(option.widget).size.rowLog};
}

} // namespace nest::console
