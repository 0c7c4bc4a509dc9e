// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The console's table: 28 px rows painted by one delegate, quiet order, whole-row selection that survives
// every update, columns a person may move, size and hide.
//
// The view owns a TableProxy between itself and the model; indexes it gives out with "source" in the name are
// the model's. While the pointer is over the rows their order is frozen. Thread: GUI.

#include "widgets/table/tableproxy.h"

#include <QElapsedTimer>
#include <QList>
#include <QTableView>
#include <QTimer>

class QMenu;
class QSettings;

namespace nest::widgets {

class TableView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableView)

public:
    explicit TableView(QWidget *parent = nullptr);
    ~TableView() override;

    /// The model outlives the view or is destroyed with it; not owned.
    void setSource(QAbstractItemModel *model);
    [[nodiscard]] TableProxy &proxy() { return *m_proxy; }
    [[nodiscard]] const TableProxy &proxy() const { return *m_proxy; }

    /// Widths of the columns in the model's order; also what "Reset columns" goes back to. Call after
    /// setSource.
    void setColumnWidths(const QList<int> &widths);
    /// The names in this column are links: a click on one is linkActivated, the rest of the row selects.
    void setLinkColumn(int column) { m_linkColumn = column; }
    /// The pointer is over its name.
    [[nodiscard]] bool isLinkHovered(const QModelIndex &proxyIndex) const { return m_link == proxyIndex; }
    /// This column takes what is left of the width.
    void setStretchColumn(int column);
    /// Restores order, widths and hidden columns and keeps them there from now on. The settings outlive the
    /// view.
    void keepColumnsIn(QSettings &settings, const QString &key);
    /// A menu to show and hide columns, also below the heads. Owned by the caller's widget.
    [[nodiscard]] QMenu *makeColumnsMenu(QWidget *parent);

    /// Sorts; with Shift on a head the clicked column becomes the second key.
    void sortBy(SortKey first, SortKey second = {});
    void sortNow();

    [[nodiscard]] QModelIndex currentSource() const;
    void setCurrentSource(const QModelIndex &source);
    [[nodiscard]] QList<QModelIndex> selectedSources() const;
    /// The selected rows as lines of tab-separated columns, in the order seen.
    [[nodiscard]] QString selectionAsText() const;

    /// Placeholder rows after 150 ms while there is no row yet; a refresh keeps the old rows.
    void setLoading(bool isLoading);
    /// Values are old: dim and without colour.
    void setStale(bool isStale);
    [[nodiscard]] bool isStale() const { return m_isStale; }
    /// Shown in the place of the rows while no row is shown and nothing loads. Takes ownership; ends the one
    /// before.
    void setPlaceholder(QWidget *placeholder);

    [[nodiscard]] bool isFlashing(const QModelIndex &proxyIndex) const;

public Q_SLOTS:
    void copySelection() const;

Q_SIGNALS:
    void currentSourceChanged(const QModelIndex &source);
    /// A click on the name of a row, without a key.
    void linkActivated(const QModelIndex &source);
    /// Space on a row.
    void inspectorRequested();
    /// Shown rows came or went, also through the filter.
    void shownRowsChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

private:
    class SortHint;

    struct Flash
    {
        QPersistentModelIndex cell;
        qint64 until = 0;
    };

    void clickHead(int column);
    void showSortMark();
    void setHoverRow(int row);
    [[nodiscard]] QModelIndex linkAt(const QPoint &position) const;
    void setLink(const QModelIndex &link);
    void noteLinkClick(const QMouseEvent &event);
    void noteFlash(const QModelIndex &first, const QModelIndex &last);
    void endFlashes();
    void showPending();
    void showPlaceholder();
    void paintRows(QPainter &painter);
    void paintSkeleton(QPainter &painter);
    void fillColumnsMenu(QMenu *menu);
    void resetColumns();
    void saveColumns();

    TableProxy *m_proxy;
    SortHint *m_hint;
    QWidget *m_placeholder = nullptr;
    QList<int> m_widths;
    int m_hoverRow = -1;
    int m_linkColumn = -1;
    QPersistentModelIndex m_link;    // whose name the pointer is over
    QPersistentModelIndex m_pressed; // whose name was pressed
    bool m_isStale = false;
    bool m_isLoading = false;
    bool m_showsSkeleton = false;
    QTimer m_skeletonDelay;
    QTimer m_flashEnd;
    QTimer m_saveDelay;
    QElapsedTimer m_clock;
    QList<Flash> m_flashes;
    QSettings *m_settings = nullptr;
    QString m_settingsKey;
};

} // namespace nest::widgets
