// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The page Functions: every function of the platform in one live table, with filter and sort.
//
// Invariants: the selected function stays selected through updates, filters that hide it for a while and
// reconnects; rows are kept while the platform is away, dim and with their age. Thread: UI. Owner: the
// window; session and settings outlive it.

#include "models/functionsmodel.h"
#include "widgets/shell/page.h"

#include <QPointer>

class QSettings;

namespace nest::widgets {
class Banner;
class FilterField;
class Label;
class NoResult;
class TableView;
} // namespace nest::widgets

namespace nest::console {

class FunctionCells;

class FunctionsPage final : public widgets::Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionsPage)

public:
    FunctionsPage(models::Session &session, QSettings &settings, QWidget *parent = nullptr);
    ~FunctionsPage() override;

    void setScope(const widgets::Scope &scope) override;
    void setTimeRange(widgets::TimeRange range) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void refresh() override;
    void focusFilter() override;

    /// Empty when nothing is selected.
    [[nodiscard]] QString selectedFunction() const;
    /// As Enter on its row, as soon as the platform told of it.
    void openWhenListed(const QString &function);

Q_SIGNALS:
    void newRequested();
    /// A click on the name, Enter or double click on a row: show this function in its first group in scope.
    void openRequested(const QString &function, const nest::wire::GroupName &group);

private:
    enum class Shown { Rows, Loading, Empty, NoResult, Error };

    void buildTable(QSettings &settings);
    void show(Shown what);
    void showState();
    void showCount();
    void showBanner();
    void keepSelection();
    void open(const QModelIndex &source);
    void openWanted();
    [[nodiscard]] QString hiddenSentence() const;
    void clearFilter();

    models::Session &m_session;
    models::FunctionsModel m_model;
    FunctionCells *m_cells;
    widgets::Label *m_count;
    widgets::Banner *m_banner;
    widgets::FilterField *m_filter;
    widgets::TableView *m_table;
    QPointer<widgets::NoResult> m_noResult;
    Shown m_shown = Shown::Rows;
    widgets::ConnectionStatus m_status;
    QString m_asOf;       // when the values are old: from when
    std::string m_chosen; // selected last, also while it is filtered away
    std::string m_wanted; // to be opened once it is there
};

} // namespace nest::console
