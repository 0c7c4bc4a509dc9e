// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The instances of one function as rows of cells, of one group or of all: what the platform lists, and the
// live figures beside it. Trials are of no group and shown with each.
//
// Invariants: rows come and go one by one, so that selection and order survive; an ended instance stays as
// long as the platform lists it, dim. Thread: UI. Owner: the tab; the figures outlive it.

#include "models/collection.h"
#include "models/livestats.h"
#include "widgets/table/cells.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace nest::console {

/// "K3F9QA" of "i-01J...K3F9QA".
[[nodiscard]] QString shortInstance(const QString &id);
/// It neither runs nor will.
[[nodiscard]] bool hasEnded(const wire::Instance &instance);
/// Of a build or a version, outside any deployment.
[[nodiscard]] bool isTrial(const wire::Instance &instance);
[[nodiscard]] widgets::PillCell statePill(wire::InstanceState state);

class InstancesModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstancesModel)

public:
    enum Column {
        State,
        Id,
        Version,
        Group,
        ColdStart,
        InFlight,
        Requests,
        Memory,
        Cpu,
        Since,
        Reason,
        Columns
    };

    explicit InstancesModel(models::LiveStats &stats, QObject *parent = nullptr);

    /// Shows these and no others; null shows none. Not owned.
    void follow(models::Collection<wire::Instance> *collection);
    /// Only those of the group, and trials; nothing: of all groups.
    void setGroup(const std::optional<wire::GroupName> &group);
    [[nodiscard]] int trials() const;
    [[nodiscard]] const wire::Instance *find(const std::string &id) const;
    [[nodiscard]] int rowOf(const std::string &id) const;
    /// Those that have not ended, trials among them.
    [[nodiscard]] int running() const;
    [[nodiscard]] int count(wire::InstanceState state) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void take(const models::CollectionDelta &delta);
    void fill();
    [[nodiscard]] bool accepts(const wire::Instance &instance) const;
    void noteScale();
    [[nodiscard]] widgets::Cell cell(const wire::Instance &instance, int column) const;
    [[nodiscard]] QVariant sortValue(const wire::Instance &instance, int column) const;
    [[nodiscard]] QString toolTip(const wire::Instance &instance, int column) const;
    [[nodiscard]] widgets::PhasesCell phases(const wire::Instance &instance) const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> age(const wire::Instance &instance) const;

    models::LiveStats &m_stats;
    QPointer<models::CollectionBase> m_base;
    models::Collection<wire::Instance> *m_collection = nullptr;
    std::optional<wire::GroupName> m_group;
    std::vector<wire::Instance> m_rows;
    double m_scale = 0; // milliseconds of the longest start of all rows
};

} // namespace nest::console
