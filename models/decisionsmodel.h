// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The list of scaling decisions, newest first: the first page from the API, new ones from the watch, older
// ones when a view scrolls down (canFetchMore). Decisions are never changed, so rows only come.
//
// UI thread; the session outlives it. Sentences come from explain.h, in data(), for visible cells only.

#include "api/client/queries.h"
#include "models/roles.h"
#include "models/session.h"

#include <QAbstractTableModel>

#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

namespace nest::models {

class DecisionsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Instances, Difference, Cause, Reason, ColumnCount };
    Q_ENUM(Column)

    struct Filter
    {
        std::string function; // empty: of all functions
        std::optional<wire::GroupName> group = {};
        std::optional<int> version = {};
        bool operator==(const Filter &) const = default;
    };

    explicit DecisionsModel(Session &session, QObject *parent = nullptr);
    ~DecisionsModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    [[nodiscard]] const wire::Decision &decision(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const std::vector<wire::Decision> &decisions() const { return m_rows; }
    /// -1 when it is not (yet) there.
    [[nodiscard]] int rowOf(const std::string &id) const;
    /// The rows are of versions that share the traffic; the reason then begins with its version.
    [[nodiscard]] bool hasSeveralVersions() const { return m_hasSeveralVersions; }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    [[nodiscard]] bool isListed() const { return m_isListed; }
    [[nodiscard]] const Error &lastError() const { return m_error; }

    /// Another function: the rows are other things, so this resets the model.
    void setFilter(const Filter &filter);

Q_SIGNALS:
    void loadingChanged();

private:
    void reload();
    void ask(std::string cursor);
    void take(Result<client::Page<wire::Decision>> page, bool isFirstPage);
    void takeChanges(const client::WatchChanges &changes);
    void merge(std::vector<wire::Decision> decisions);
    [[nodiscard]] bool accepts(const wire::Decision &decision) const;
    [[nodiscard]] QString text(const wire::Decision &decision, int column) const;

    Session &m_session;
    Filter m_filter;
    std::vector<wire::Decision> m_rows;
    std::unordered_set<std::string> m_ids;
    std::stop_source m_stop;
    std::string m_nextCursor; // empty: there are no older ones
    Error m_error;
    bool m_hasSeveralVersions = false;
    bool m_isLoading = false;
    bool m_isListed = false;
};

} // namespace nest::models
