// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table/tableview.h"

#include "widgets/table/celldelegate.h"
#include "widgets/table/cells.h"
#include "widgets/table/sorthint.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace nest::widgets {

namespace {
constexpr int skeletonAfterMilliseconds = 150; // a quick answer shows no placeholder at all
constexpr int saveAfterMilliseconds = 500;     // one write for a whole drag of a column's edge
} // namespace

TableView::TableView(QWidget *parent)
    : QTableView(parent), m_proxy(new TableProxy(this)), m_hint(new SortHint(viewport()))
{
    const Theme &theme = themeOf(this);
    setItemDelegate(new CellDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setProperty("nestPaintsRows", true); // NestStyle leaves selection and hover to paintRows
    viewport()->setBackgroundRole(QPalette::Window);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(theme.size.rowCompact);
    verticalHeader()->setDefaultSectionSize(theme.size.rowNormal);
    QHeaderView *head = horizontalHeader();
    head->setFixedHeight(theme.size.tableHead);
    head->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    head->setMinimumSectionSize(32);
    head->setSectionsMovable(true);
    head->setSectionsClickable(true);
    head->setHighlightSections(false);
    head->setContextMenuPolicy(Qt::CustomContextMenu);
    setModel(m_proxy);

    m_skeletonDelay.setSingleShot(true);
    m_skeletonDelay.setInterval(skeletonAfterMilliseconds);
    m_flashEnd.setSingleShot(true);
    m_saveDelay.setSingleShot(true);
    m_saveDelay.setInterval(saveAfterMilliseconds);
    m_clock.start();
    connect(&m_skeletonDelay, &QTimer::timeout, this, [this] {
        m_showsSkeleton = m_isLoading;
        viewport()->update();
    });
    connect(&m_flashEnd, &QTimer::timeout, this, &TableView::endFlashes);
    connect(&m_saveDelay, &QTimer::timeout, this, &TableView::saveColumns);
    connect(head, &QHeaderView::sectionClicked, this, &TableView::clickHead);
    connect(head, &QHeaderView::sectionMoved, &m_saveDelay, qOverload<>(&QTimer::start));
    connect(head, &QHeaderView::sectionResized, &m_saveDelay, qOverload<>(&QTimer::start));
    connect(head, &QWidget::customContextMenuRequested, this, [this, head](const QPoint &at) {
        QMenu *menu = makeColumnsMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(head->mapToGlobal(at));
    });
    connect(m_proxy, &TableProxy::pendingChangesChanged, this, &TableView::showPending);
    connect(m_proxy, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                if (roles.contains(FlashRole)) {
                    noteFlash(first, last);
                }
            });
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_proxy, change, this, &TableView::showPlaceholder);
    }
    connect(m_proxy, &QAbstractItemModel::modelReset, this, &TableView::showPlaceholder);
    connect(m_proxy, &QAbstractItemModel::layoutChanged, this, &TableView::showPlaceholder);
}

TableView::~TableView() = default;

void TableView::setSource(QAbstractItemModel *model)
{
    m_proxy->setSourceModel(model);
    showPlaceholder();
}

void TableView::sortBy(SortKey first, SortKey second)
{
    m_proxy->setSortKeys(first, second);
    showSortMark();
}

void TableView::sortNow()
{
    m_proxy->sortNow();
}

QModelIndex TableView::currentSource() const
{
    return m_proxy->mapToSource(currentIndex());
}

void TableView::setCurrentSource(const QModelIndex &source)
{
    const QModelIndex shown = m_proxy->mapFromSource(source);
    if (shown.isValid()) {
        selectionModel()->setCurrentIndex(shown,
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        scrollTo(shown);
    }
}

QList<QModelIndex> TableView::selectedSources() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    for (QModelIndex &row : rows) {
        row = m_proxy->mapToSource(row);
    }
    return rows;
}

QString TableView::selectionAsText() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (!isColumnHidden(column)) {
                cells.append(row.siblingAtColumn(column).data().toString());
            }
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

void TableView::copySelection() const
{
    if (selectionModel()->hasSelection()) {
        QGuiApplication::clipboard()->setText(selectionAsText());
    }
}

void TableView::setLoading(bool isLoading)
{
    if (isLoading == m_isLoading) {
        return;
    }
    m_isLoading = isLoading;
    m_showsSkeleton = false;
    isLoading ? m_skeletonDelay.start() : m_skeletonDelay.stop();
    showPlaceholder();
    viewport()->update();
}

void TableView::setStale(bool isStale)
{
    m_isStale = isStale;
    viewport()->update();
}

void TableView::setPlaceholder(QWidget *placeholder)
{
    delete m_placeholder;
    m_placeholder = placeholder;
    if (placeholder) {
        placeholder->setParent(viewport());
    }
    showPlaceholder();
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_placeholder) {
        m_placeholder->setGeometry(viewport()->rect());
    }
    m_hint->place();
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        return;
    }
    const bool isPlain = event->modifiers() == Qt::NoModifier;
    if (isPlain && event->key() == Qt::Key_R && m_proxy->pendingChanges() > 0) {
        sortNow();
    } else if (isPlain && event->key() == Qt::Key_Space) {
        Q_EMIT inspectorRequested();
    } else if (isPlain && (event->key() == Qt::Key_Home || event->key() == Qt::Key_End)) {
        const int row = event->key() == Qt::Key_Home ? 0 : m_proxy->rowCount() - 1;
        setCurrentSource(m_proxy->mapToSource(m_proxy->index(row, std::max(0, currentIndex().column()))));
    } else {
        QTableView::keyPressEvent(event);
    }
}

bool TableView::event(QEvent *event)
{
    // The window has R for "refresh"; with the keys in the table and changes waiting it means "sort".
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = key->modifiers() == Qt::NoModifier;
        const bool isSort = key->key() == Qt::Key_R && m_proxy->pendingChanges() > 0;
        if (isPlain && (isSort || key->key() == Qt::Key_Space)) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

bool TableView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Enter:
        m_proxy->setFrozen(true);
        break;
    case QEvent::Leave:
        m_proxy->setFrozen(false);
        setHoverRow(-1);
        setLink({});
        showPending();
        break;
    case QEvent::MouseMove: {
        const QPoint at = static_cast<QMouseEvent *>(event)->position().toPoint();
        setHoverRow(rowAt(at.y()));
        setLink(linkAt(at));
        break;
    }
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease: {
        const bool isDone = QTableView::viewportEvent(event); // the row is selected first
        noteLinkClick(*static_cast<QMouseEvent *>(event));
        return isDone;
    }
    default:
        break;
    }
    return QTableView::viewportEvent(event);
}

void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row() || !previous.isValid()) {
        viewport()->update(); // the frame of the row that had the focus
        Q_EMIT currentSourceChanged(m_proxy->mapToSource(current));
    }
}

void TableView::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    // Qt would select a neighbour: a thing that nobody chose, and that Enter would open.
    if (currentIndex().row() >= first && currentIndex().row() <= last) {
        selectionModel()->clearCurrentIndex();
    }
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void TableView::clickHead(int column)
{
    const auto turned = [](SortKey key) {
        return SortKey{key.column,
                       key.order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder};
    };
    const SortKey first = m_proxy->firstKey();
    const bool isSecond = QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier) &&
                          first.column >= 0 && first.column != column;
    if (isSecond) {
        const SortKey second = m_proxy->secondKey();
        sortBy(first, second.column == column ? turned(second) : SortKey{column});
    } else {
        sortBy(first.column == column ? turned(first) : SortKey{column});
    }
}

void TableView::showSortMark()
{
    const SortKey key = m_proxy->firstKey();
    QHeaderView *head = horizontalHeader();
    head->setSortIndicatorShown(key.column >= 0);
    head->setSortIndicator(key.column, key.order);
}

void TableView::setHoverRow(int row)
{
    if (row != m_hoverRow) {
        m_hoverRow = row;
        viewport()->update();
    }
}

void TableView::noteFlash(const QModelIndex &first, const QModelIndex &last)
{
    const int top = std::max(first.row(), rowAt(0));
    const int seenLast = rowAt(viewport()->height() - 1);
    const int bottom = seenLast < 0 ? last.row() : std::min(last.row(), seenLast);
    const qint64 until = m_clock.elapsed() + themeOf(this).size.valueFlashMilliseconds;
    for (int row = top; row <= bottom; ++row) {
        for (int column = first.column(); column <= last.column(); ++column) {
            m_flashes.append({m_proxy->index(row, column), until});
        }
    }
    if (!m_flashes.isEmpty() && !m_flashEnd.isActive()) {
        m_flashEnd.start(themeOf(this).size.valueFlashMilliseconds);
    }
}

bool TableView::isFlashing(const QModelIndex &proxyIndex) const
{
    return std::ranges::any_of(m_flashes, [&](const Flash &flash) { return flash.cell == proxyIndex; });
}

void TableView::endFlashes()
{
    const qint64 now = m_clock.elapsed();
    m_flashes.removeIf([now](const Flash &flash) { return flash.until <= now || !flash.cell.isValid(); });
    viewport()->update();
    if (!m_flashes.isEmpty()) {
        m_flashEnd.start(static_cast<int>(m_flashes.first().until - now) + 1);
    }
}

void TableView::showPending()
{
    m_hint->setCount(m_proxy->isFrozen() ? m_proxy->pendingChanges() : 0);
}

void TableView::showPlaceholder()
{
    if (m_placeholder) {
        m_placeholder->setGeometry(viewport()->rect());
        m_placeholder->setVisible(m_proxy->rowCount() == 0 && !m_isLoading);
    }
    Q_EMIT shownRowsChanged();
}

} // namespace nest::widgets
