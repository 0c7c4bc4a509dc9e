// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The list of decisions, newest first, with its filter.
//
// Invariants: the chosen decision stays chosen through new rows, a break of the connection and filters that
// hide it for a while. Only a person, or choose(), chooses. Thread: UI. Owner: the page.

#include <QWidget>

#include <string>

namespace nest::models {
class ScalingModel;
}
namespace nest::widgets {
class Label;
class SegmentedControl;
class TableView;
} // namespace nest::widgets

namespace nest::console {

class DecisionCells;

class DecisionsPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DecisionsPanel)

public:
    explicit DecisionsPanel(models::ScalingModel &model, QWidget *parent = nullptr);

    /// Selects its row and brings it into view; one that the filter hides is chosen without a row.
    void choose(const std::string &id);
    void clear();
    /// Down the list (older) or up; with nothing chosen the newest.
    void step(int rows);
    [[nodiscard]] const std::string &chosen() const { return m_chosen; }

    void setRangeName(const QString &name);
    void setStale(bool isStale);
    /// The list has not come yet, or there is none.
    void showState();

Q_SIGNALS:
    void decisionChosen(const QString &id);

private:
    enum class Filter { All, Up, Down, Limited };

    void setFilter(Filter filter);
    void showCount();
    void showRow();
    void rowChosen(const QModelIndex &source);

    models::ScalingModel &m_model;
    DecisionCells *m_cells;
    widgets::Label *m_count;
    widgets::SegmentedControl *m_filters;
    widgets::TableView *m_table;
    Filter m_filter = Filter::All;
    std::string m_chosen;
    QString m_rangeName;
    QString m_placeholderText;
    bool m_isShowing = false; // a selection of ours, not of a person
};

} // namespace nest::console
