// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/palettemodel.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <KFuzzyMatcher>

#include <QPainter>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr int entryHeight = 35;
constexpr int headHeight = 32;
constexpr int edge = 16;
constexpr int iconSize = 15;
constexpr int textLeft = 42;
constexpr int between = 10;

/// One key cap, right-aligned at the right; the new right edge.
int paintKey(QPainter &painter, const Theme &theme, const QRect &row, int right, const QString &key)
{
    painter.setFont(theme.font(TextStyle::Caption));
    const int width = std::max(18, painter.fontMetrics().horizontalAdvance(key) + 10);
    const QRect cap(right - width, row.center().y() - 8, width, 18);
    paintBox(painter, cap, theme.size.radiusSmall, theme.surface.control, theme.border.control);
    painter.setPen(theme.text.secondary);
    painter.drawText(cap, Qt::AlignCenter, key);
    return cap.left() - 4;
}

/// The title with the found letters in accent; how wide it is.
int paintTitle(QPainter &painter, const Theme &theme, const QRect &in, const PaletteEntry &entry,
               const QString &query)
{
    painter.setFont(theme.font(TextStyle::Strong));
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shown = metrics.elidedText(entry.title, Qt::ElideRight, in.width());
    painter.setPen(entry.reason.isEmpty() ? theme.text.primary : theme.text.dim);
    painter.drawText(in, Qt::AlignVCenter, shown);
    if (!query.isEmpty() && entry.reason.isEmpty()) {
        painter.setPen(theme.accent.text);
        for (const auto &range : KFuzzyMatcher::matchedRanges(query, entry.title)) {
            if (range.start + range.length > shown.size()) {
                break;
            }
            QRect part = in;
            part.setLeft(in.left() + metrics.horizontalAdvance(shown, range.start));
            painter.drawText(part, Qt::AlignVCenter, shown.mid(range.start, range.length));
        }
    }
    return metrics.horizontalAdvance(shown);
}
} // namespace

void PaletteModel::setEntries(const QList<PaletteEntry> &entries, const QString &query)
{
    beginResetModel();
    m_entries = entries;
    m_query = query;
    m_rows.clear();
    QString section;
    for (int i = 0; i < m_entries.size(); ++i) {
        if (m_entries.at(i).section != section) {
            section = m_entries.at(i).section;
            m_rows.append({section, -1});
        }
        m_rows.append({{}, i});
    }
    endResetModel();
}

const PaletteEntry *PaletteModel::entry(int row) const
{
    const int at = row >= 0 && row < m_rows.size() ? m_rows.at(row).entry : -1;
    return at < 0 ? nullptr : &m_entries.at(at);
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteEntry *shown = entry(index.row());
    if (role == Qt::DisplayRole) {
        return shown != nullptr ? shown->title : head(index.row());
    }
    if (role == Qt::AccessibleDescriptionRole && shown != nullptr) {
        return QStringList{shown->detail, shown->note, shown->keys.join(u'+'), shown->reason}.join(u' ');
    }
    if (role == Qt::ToolTipRole && shown != nullptr && !shown->reason.isEmpty()) {
        return shown->reason;
    }
    return {};
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    return entry(index.row()) != nullptr ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const auto *model = static_cast<const PaletteModel *>(index.model());
    const Theme &theme = themeOf(option.widget);
    const QRect row = option.rect;
    const PaletteEntry *entry = model->entry(index.row());
    painter->save();
    if (entry == nullptr) {
        painter->setFont(theme.font(TextStyle::Body));
        painter->setPen(theme.text.dim);
        painter->drawText(row.adjusted(edge, 6, -edge, 0), Qt::AlignVCenter, model->head(index.row()));
        painter->restore();
        return;
    }
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(row, theme.surface.rowSelected);
        painter->fillRect(QRect(row.left(), row.top(), 2, row.height()), theme.accent.text);
    }
    paintIcon(*painter, QRect(row.left() + edge, row.top(), iconSize, row.height()), entry->icon, iconSize,
              entry->reason.isEmpty() ? theme.text.secondary : theme.text.disabled);
    int right = row.right() - edge;
    for (auto key = entry->keys.crbegin(); key != entry->keys.crend(); ++key) {
        right = paintKey(*painter, theme, row, right, *key);
    }
    if (!entry->note.isEmpty()) {
        painter->setFont(theme.font(TextStyle::Body));
        painter->setPen(entry->noteTone == Tone::Neutral ? theme.text.dim : theme.tone(entry->noteTone).text);
        const int width = painter->fontMetrics().horizontalAdvance(entry->note);
        painter->drawText(QRect(right - width, row.top(), width, row.height()), Qt::AlignVCenter,
                          entry->note);
        right -= width + between;
    }
    const QRect title(row.left() + textLeft, row.top(), right - row.left() - textLeft, row.height());
    const int width = paintTitle(*painter, theme, title, *entry, model->query());
    const bool isOff = !entry->reason.isEmpty();
    painter->setFont(theme.font(TextStyle::Body));
    painter->setPen(isOff ? theme.warn.text : theme.text.secondary);
    const QRect detail = title.adjusted(width + between, 0, 0, 0);
    painter->drawText(detail, Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(isOff ? entry->reason : entry->detail, Qt::ElideRight,
                                                        detail.width()));
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const auto *model = static_cast<const PaletteModel *>(index.model());
    return {200, model->entry(index.row()) != nullptr ? entryHeight : headHeight};
}

} // namespace nest::widgets
