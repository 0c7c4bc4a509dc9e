// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/decisioncells.h"

#include "app/console/pages/scaling/decisionlook.h"

#include <QDateTime>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::DecisionsModel;

DecisionCells::DecisionCells(DecisionsModel &model, QObject *parent)
    : QIdentityProxyModel(parent), m_model(model)
{
    setSourceModel(&model);
}

QVariant DecisionCells::data(const QModelIndex &index, int role) const
{
    switch (role) {
    case widgets::CellDataRole:
        return QVariant::fromValue(cell(index.row(), index.column()));
    case widgets::SortRole:
        return mapToSource(index).data(models::SortRole);
    case Qt::AccessibleTextRole:
        return widgets::textOf(cell(index.row(), index.column()));
    case Qt::ToolTipRole: {
        // Sentences only where words are cut; a time needs none.
        return index.column() == DecisionsModel::Reason ? mapToSource(index).data(Qt::ToolTipRole)
                                                        : QVariant();
    }
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QVariant DecisionCells::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        const bool isRight = section == DecisionsModel::Instances || section == DecisionsModel::Difference;
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter) |
                                   (isRight ? Qt::AlignRight : Qt::AlignLeft));
    }
    return QIdentityProxyModel::headerData(section, orientation, role);
}

widgets::Cell DecisionCells::cell(int row, int column) const
{
    const wire::Decision &decision = m_model.decision(row);
    const QString text = m_model.index(row, column).data().toString();
    switch (column) {
    case DecisionsModel::Time: {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(unixMs(decision));
        const bool isOld = time.secsTo(QDateTime::currentDateTime()) > 24 * 3600;
        return widgets::TextCell{.text = isOld ? time.toString(u"dd.MM. HH:mm"_s) : text};
    }
    case DecisionsModel::Instances:
        return widgets::TextCell{.text = text, .isRight = true, .isStrong = true};
    case DecisionsModel::Difference:
        return widgets::TextCell{.text = text,
                                 .ink = decision.from == decision.desired ? widgets::Ink::Disabled
                                                                          : widgets::Ink::Secondary,
                                 .isRight = true};
    case DecisionsModel::Cause:
        return causePill(decision);
    default:
        return widgets::TextCell{.text = text, .ink = widgets::Ink::Dim};
    }
}

} // namespace nest::console
