// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The versions of one function as rows of the table, newest first: what the version says of itself, the size
// of its build, and in which groups it is live with which share.
//
// Invariants: versions never change, so a row changes only with its build, its deployments and its mark A or
// B. Rows come and go by insert and remove. Thread: UI. Owner: the tab; the session outlives it.

#include "models/session.h"
#include "widgets/table/cells.h"

#include <QAbstractTableModel>

#include <map>
#include <memory>
#include <vector>

namespace nest::console {

class VersionRows final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VersionRows)

public:
    enum Column { Pick, Number, What, By, Published, Build, Size, Tests, LiveIn, ColumnCount };

    explicit VersionRows(models::Session &session, QObject *parent = nullptr);
    ~VersionRows() override;

    void setFunction(const QString &function);
    [[nodiscard]] const models::Collection<wire::Version> *versions() const { return m_versions.get(); }
    void list();
    /// Null when there is none of this number.
    [[nodiscard]] const wire::Version *find(int number) const;
    [[nodiscard]] int numberAt(int row) const { return m_numbers[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(int number) const;
    [[nodiscard]] bool isLive(int number) const;

    /// Chooses or leaves a version; a third one takes the place of the older of the two.
    void toggle(int number);
    void choose(int before, int after);
    /// The older of the two, grey; 0: none.
    [[nodiscard]] int before() const { return m_picked.size() == 2 ? m_picked.front() : 0; }
    /// The newer one, accent; 0: none.
    [[nodiscard]] int after() const { return m_picked.empty() ? 0 : m_picked.back(); }
    [[nodiscard]] int pickedCount() const { return static_cast<int>(m_picked.size()); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void pickedChanged();
    /// Listed, failed, another count.
    void stateChanged();

private:
    struct Live
    {
        wire::GroupName group;
        int share = 0;
    };

    void sync();
    void buildsChanged();
    void refresh(int firstColumn, int lastColumn);
    [[nodiscard]] widgets::Cell cell(const wire::Version &version, int column) const;
    [[nodiscard]] QVariant sortValue(const wire::Version &version, int column) const;
    [[nodiscard]] const std::vector<Live> &liveIn(int number) const;
    void countLive();
    [[nodiscard]] std::optional<std::int64_t> bytesOf(const wire::Version &version) const;

    models::Session &m_session;
    std::string m_function;
    std::unique_ptr<models::Collection<wire::Version>> m_versions;
    std::unique_ptr<models::Collection<wire::Build>> m_builds;
    std::map<int, std::vector<Live>> m_live; // by version: looked at by each painted cell
    std::vector<int> m_numbers;              // newest first
    std::vector<int> m_picked;               // at most two, the older first
};

} // namespace nest::console
