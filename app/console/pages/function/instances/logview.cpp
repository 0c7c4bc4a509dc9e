// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/instances/logview.h"

#include "app/console/look.h"
#include "app/console/pages/function/instances/logdelegate.h"
#include "app/console/pages/function/instances/logmodel.h"
#include "widgets/theme/theme.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

namespace nest::console {

using namespace Qt::StringLiterals;

LogView::LogView(LogModel &model, QWidget *parent)
    : QListView(parent), m_model(model), m_delegate(new LogDelegate(model, this))
{
    setModel(&model);
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerItem);
    setMouseTracking(true);
    setProperty("nestPaintsRows", true); // the delegate paints selection and hover
    viewport()->setBackgroundRole(QPalette::Window);
    setAccessibleName(tr("Log lines"));
    // The bar moved by hand: away from the end holds, at the end follows.
    connect(verticalScrollBar(), &QScrollBar::sliderMoved, this, [this](int value) {
        value < verticalScrollBar()->maximum() ? Q_EMIT holdRequested() : Q_EMIT followRequested();
    });
}

void LogView::setSearch(const QString &text, int currentRow)
{
    m_delegate->setSearch(text);
    m_delegate->setCurrentRow(currentRow);
    viewport()->update();
}

void LogView::setStale(bool isStale)
{
    m_delegate->setStale(isStale);
    viewport()->update();
}

void LogView::setNote(const QString &note)
{
    if (note != m_note) {
        m_note = note;
        viewport()->update();
    }
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (isPlain && event->key() == Qt::Key_Space) {
        Q_EMIT toggleRequested();
    } else if (isPlain && event->key() == Qt::Key_End) {
        Q_EMIT followRequested();
    } else {
        if (event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp || event->key() == Qt::Key_Home) {
            Q_EMIT holdRequested();
        }
        QListView::keyPressEvent(event);
    }
}

bool LogView::event(QEvent *event)
{
    // The window may have these for itself; with the keys in the log they are the log's.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier &&
            (key->key() == Qt::Key_Space || key->key() == Qt::Key_End)) {
            event->accept();
            return true;
        }
    }
    return QListView::event(event);
}

void LogView::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() > 0 && verticalScrollBar()->maximum() > 0) {
        Q_EMIT holdRequested();
    }
    QListView::wheelEvent(event);
}

void LogView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_model.rowCount() == 0 && !m_note.isEmpty()) {
        QPainter painter(viewport());
        const widgets::Theme &theme = widgets::themeOf(this);
        painter.setFont(theme.font(widgets::TextStyle::Body));
        painter.setPen(theme.text.dim);
        painter.drawText(viewport()->rect().adjusted(widgets::space::page, 0, -widgets::space::page, 0),
                         Qt::AlignCenter | Qt::TextWordWrap, m_note);
    }
}

void LogView::copySelection() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        const wire::LogLine &line = m_model.line(row.row());
        lines.append(toText(wire::toString(line.time)) + u'\t' + toText(line.instance) + u'\t' +
                     toText(line.message));
    }
    if (!lines.isEmpty()) {
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    }
}

} // namespace nest::console
