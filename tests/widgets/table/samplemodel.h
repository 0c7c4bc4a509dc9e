// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A table of functions held in memory, with one column of each kind of cell. For tests and the gallery.

#include "widgets/table/cells.h"

#include <QAbstractTableModel>

#include <optional>

namespace nest::widgets::test {

struct SampleRow
{
    QString name;
    std::optional<double> requests = 0;
    double success = 100;
    int ready = 1;
    int desired = 1;
    Tone tone = Tone::Ok;
    bool hasCanary = false;
};

class SampleModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Runtime, Group, Weights, Sparkline, Requests, Success, Ready, Release, ColumnCount };

    explicit SampleModel(std::vector<SampleRow> rows = {}, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setRequests(int row, std::optional<double> requests);
    void insert(int at, const SampleRow &row);
    void remove(int at);

private:
    [[nodiscard]] Cell cell(const SampleRow &row, int column) const;

    std::vector<SampleRow> m_rows;
    std::shared_ptr<const std::vector<float>> m_line;
};

/// The functions of the design's table.
[[nodiscard]] std::vector<SampleRow> designRows();

} // namespace nest::widgets::test
