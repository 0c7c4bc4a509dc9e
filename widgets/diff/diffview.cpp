// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diff/diffview.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;
using Kind = models::DiffLine::Kind;

namespace {
constexpr int longestLine =
    2'000;                      // characters that are shown of a line; a minified file has one of a million
constexpr int linesBefore = 40; // coloured ahead of a jump, so that the colours are likely right
} // namespace

DiffView::DiffView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Differences"));
    viewport()->setCursor(Qt::IBeamCursor);
}

DiffView::~DiffView() = default;

void DiffView::setDiff(std::optional<models::FileDiff> diff)
{
    m_diff = std::move(diff);
    m_current = -1;
    m_anchor = -1;
    m_longest = 0;
    m_rows = m_diff ? rowsOf(*m_diff, m_mode) : DiffRows();
    for (Side &side : m_sides) {
        side.spans.clear();
        side.next = -1;
        side.colours.setFile(m_diff ? QString::fromStdString(m_diff->path) : QString());
    }
    if (m_diff) {
        for (const models::DiffHunk &hunk : m_diff->hunks) {
            for (const models::DiffLine &line : hunk.lines) {
                m_longest = std::max(m_longest,
                                     static_cast<int>(std::min<std::size_t>(line.text.size(), longestLine)));
            }
        }
        setAccessibleDescription(QString::fromStdString(m_diff->path));
    }
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    updateBars();
    viewport()->update();
}

void DiffView::setMode(DiffMode mode)
{
    if (mode == m_mode) {
        return;
    }
    m_mode = mode;
    setDiff(std::move(m_diff));
}

QString DiffView::sentence() const
{
    if (!m_diff) {
        return {};
    }
    if (m_diff->isBinary) {
        return m_diff->status == models::FileDiff::Status::Added     ? tr("A binary file that is new.")
               : m_diff->status == models::FileDiff::Status::Removed ? tr("A binary file that is gone.")
                                                                     : tr("A binary file; it differs.");
    }
    if (m_diff->isTooLarge) {
        return tr("The file is too large to be compared here.");
    }
    if (m_rows.rows.empty()) {
        return m_diff->status == models::FileDiff::Status::Equal ? tr("No difference.")
                                                                 : tr("The file is empty.");
    }
    return {};
}

int DiffView::firstVisibleRow() const
{
    return verticalScrollBar()->value();
}

const models::DiffLine *DiffView::line(int row, bool isRight) const
{
    const DiffRow &at = m_rows.rows[static_cast<std::size_t>(row)];
    const int index = isRight ? at.right : at.left;
    return index < 0
               ? nullptr
               : &m_diff->hunks[static_cast<std::size_t>(at.hunk)].lines[static_cast<std::size_t>(index)];
}

/// Colours follow each other from line to line within a hunk; a jump begins a little before.
const std::vector<LineSpan> &DiffView::spansOf(int row, bool isRight)
{
    Side &side = m_sides[isRight ? 1 : 0];
    if (const auto known = side.spans.find(row); known != side.spans.end()) {
        return known->second;
    }
    int from = side.next;
    if (from < 0 || from > row || row - from > linesBefore) {
        from = std::max(0, row - linesBefore);
        side.colours.beginRun();
    }
    for (; from <= row; ++from) {
        if (m_rows.rows[static_cast<std::size_t>(from)].isHead()) {
            side.colours.beginRun(); // lines are left out between hunks
        }
        const models::DiffLine *at = line(from, isRight);
        // In one column the removed lines and the added ones are two texts, of which the second goes on.
        std::vector<LineSpan> spans;
        if (at != nullptr) {
            spans = side.colours.next(QString::fromStdString(at->text).left(longestLine));
        }
        side.spans.insert_or_assign(from, std::move(spans));
    }
    side.next = row + 1;
    return side.spans[row];
}

int DiffView::rowAt(int y) const
{
    const int row = firstVisibleRow() + y / rowHeight();
    return row >= 0 && row < static_cast<int>(m_rows.rows.size()) ? row : -1;
}

void DiffView::updateBars()
{
    const int visible = viewport()->height() / std::max(1, rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_rows.rows.size()) - visible));
    verticalScrollBar()->setPageStep(std::max(1, visible));
    verticalScrollBar()->setSingleStep(3);
    const int letter = QFontMetrics(themeOf(this).font(TextStyle::Code)).horizontalAdvance(u'x');
    const int half = m_mode == DiffMode::SideBySide ? viewport()->width() / 2 : viewport()->width();
    const int room = half - numberWidth() * (m_mode == DiffMode::SideBySide ? 1 : 2) - 40;
    horizontalScrollBar()->setRange(0, std::max(0, (m_longest + 2) * letter - room));
    horizontalScrollBar()->setPageStep(std::max(1, room));
    horizontalScrollBar()->setSingleStep(letter * 4);
}

void DiffView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateBars();
}

void DiffView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        updateBars();
        viewport()->update();
    }
}

void DiffView::setCurrent(int row, bool extends)
{
    row = std::clamp(row, 0, static_cast<int>(m_rows.rows.size()) - 1);
    m_current = row;
    if (!extends || m_anchor < 0) {
        m_anchor = row;
    }
    QScrollBar *bar = verticalScrollBar();
    if (row < bar->value()) {
        bar->setValue(row);
    } else if (row >= bar->value() + bar->pageStep()) {
        bar->setValue(row - bar->pageStep() + 1);
    }
    viewport()->update();
}

bool DiffView::nextChange()
{
    const auto next = std::ranges::upper_bound(m_rows.changes, m_current);
    if (next == m_rows.changes.end()) {
        Q_EMIT changesEnded();
        return false;
    }
    setCurrent(*next, false);
    verticalScrollBar()->setValue(*next - verticalScrollBar()->pageStep() / 3);
    return true;
}

bool DiffView::previousChange()
{
    const auto at = std::ranges::lower_bound(m_rows.changes, m_current);
    if (at == m_rows.changes.begin()) {
        return false;
    }
    setCurrent(*std::prev(at), false);
    verticalScrollBar()->setValue(m_current - verticalScrollBar()->pageStep() / 3);
    return true;
}

bool DiffView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) ||
            (key->key() == Qt::Key_D && (key->modifiers() & ~Qt::ShiftModifier) == 0)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void DiffView::keyPressEvent(QKeyEvent *event)
{
    const bool extends = (event->modifiers() & Qt::ShiftModifier) != 0;
    const int page = verticalScrollBar()->pageStep();
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    switch (event->key()) {
    case Qt::Key_D:
        extends ? previousChange() : nextChange();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        setCurrent(m_current < 0 ? firstVisibleRow() : m_current + (event->key() == Qt::Key_Up ? -1 : 1),
                   extends);
        return;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        setCurrent(std::max(0, m_current) + (event->key() == Qt::Key_PageUp ? -page : page), extends);
        return;
    case Qt::Key_Home:
        setCurrent(0, extends);
        return;
    case Qt::Key_End:
        setCurrent(static_cast<int>(m_rows.rows.size()) - 1, extends);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void DiffView::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint().y());
    if (event->button() == Qt::LeftButton && row >= 0) {
        setCurrent(row, (event->modifiers() & Qt::ShiftModifier) != 0);
    }
}

void DiffView::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(std::clamp(event->position().toPoint().y(), 0, viewport()->height() - 1));
    if ((event->buttons() & Qt::LeftButton) != 0 && row >= 0 && row != m_current) {
        setCurrent(row, true);
    }
}

QString DiffView::selectedText() const
{
    if (m_current < 0) {
        return {};
    }
    QStringList lines;
    for (int row = std::min(m_anchor, m_current); row <= std::max(m_anchor, m_current); ++row) {
        const models::DiffLine *at = line(row, true);
        at = at == nullptr ? line(row, false) : at;
        if (at != nullptr) {
            lines.append(QString::fromStdString(at->text));
        }
    }
    return lines.join(u'\n');
}

void DiffView::copy() const
{
    if (const QString text = selectedText(); !text.isEmpty()) {
        QApplication::clipboard()->setText(text);
    }
}

} // namespace nest::widgets
