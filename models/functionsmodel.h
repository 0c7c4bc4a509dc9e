// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The table of functions: one row a function, sorted by name, its cells made of the function, its deployments
// in scope and the live figures.
//
// Rates and counts are summed over the groups in scope; success is weighted by requests; p99 is that of the
// worst group. What is unknown is nullopt. Rows appear and vanish by insert and remove, an update is
// dataChanged: the model is reset only when a filter or scope turns over most of a large table. UI thread;
// the session outlives it.

#include "models/roles.h"
#include "models/session.h"
#include "models/sparkhistory.h"

#include <QAbstractTableModel>

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace nest::models {

class FunctionsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Name,
        Runtime,
        Groups,
        Weights,
        Requests, // sparkline
        RequestsPerSecond,
        Success,
        P99,
        ReadyDesired,
        ColumnCount,
    };
    Q_ENUM(Column)

    explicit FunctionsModel(Session &session, QObject *parent = nullptr);
    ~FunctionsModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const Scope &scope() const { return m_scope; }
    [[nodiscard]] QString filter() const { return m_filter; }
    /// Functions that the filter and the scope keep from view.
    [[nodiscard]] std::size_t hiddenRows() const { return m_session.functions().size() - m_rows.size(); }
    /// -1 when it is not shown.
    [[nodiscard]] int rowOf(const std::string &function) const;

    /// With a scope, only functions with a deployment in it are shown.
    void setScope(const Scope &scope);
    /// Words that must all be found in name, runtime, owner, service or description; "runtime:java" looks in
    /// one.
    void setFilter(const QString &filter);
    /// What runs where: in short, and a line for each group.
    [[nodiscard]] static QString weightsText(const WeightsCell &cell);
    [[nodiscard]] static QString weightsDetail(const WeightsCell &cell);
    /// Of the sparklines.
    void setRange(std::chrono::seconds range);

private:
    struct Row
    {
        std::string name;
        std::vector<wire::GroupName> groups; // in scope, sorted
        WeightsCell weights;
        ReadyCell ready;
        std::optional<wire::DeploymentState> state;
        std::string reason;
        std::optional<double> requestsPerSecond;
        std::optional<double> successPercent;
        std::optional<double> p99Ms;
        bool operator==(const Row &) const = default;
    };
    using Rows = std::vector<std::unique_ptr<Row>>;

    [[nodiscard]] QVariant cell(const Row &row, int column) const;
    [[nodiscard]] QVariant sortValue(const Row &row, int column) const;
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] bool isShown(const wire::Function &function) const;
    [[nodiscard]] std::unique_ptr<Row> makeRow(const std::string &name) const;
    void functionsChanged(const CollectionDelta &delta);
    void deploymentsChanged(const CollectionDelta &delta);
    void statsUpdated();
    /// Inserts and removes rows so that exactly what is shown is there.
    void syncRows(bool mayReset);
    void refresh(const std::set<std::string> &names, int firstColumn, int lastColumn);

    Session &m_session;
    mutable SparkHistory m_sparks; // asked by data(): only cells that are looked at cost a query
    Scope m_scope;
    QString m_filter;
    Rows m_rows;
    std::unordered_map<std::string, std::set<std::string>> m_deploymentsOf; // function to keys
    std::set<std::string> m_withStats;
};

} // namespace nest::models
