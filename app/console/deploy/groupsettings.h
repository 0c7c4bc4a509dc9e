// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the chosen groups get: the share of requests of the new version and the instances, a line a group,
// checked while it is typed. Values that stay as they are stay dim.
//
// Invariants: a field that is being typed in is never rewritten. Thread: UI. Owner: the dialog.

#include "models/deploy/deployplan.h"

#include <QWidget>

#include <map>

class QVBoxLayout;

namespace nest::widgets {
class Label;
} // namespace nest::widgets

namespace nest::console {

class GroupSettings final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GroupSettings)

public:
    explicit GroupSettings(QWidget *parent = nullptr);
    ~GroupSettings() override;

    void show(const models::DeployPlan &plan);
    /// A field holds something that is no number.
    [[nodiscard]] bool hasUnreadable() const;

Q_SIGNALS:
    void scalingChanged(const nest::wire::GroupName &group, nest::models::ScalingField field, double value);
    /// Emptied, where function.yaml has a value for it.
    void scalingLeftOut(const nest::wire::GroupName &group, nest::models::ScalingField field);
    void shareChanged(const nest::wire::GroupName &group, int share);
    /// A field came to hold no number, or one again.
    void readableChanged();

private:
    class Line;
    class Share;
    class Field;

    QVBoxLayout *m_shares;
    QVBoxLayout *m_lines;
    widgets::Label *m_problem;
    std::map<wire::GroupName, Line *> m_lineOf;
    std::map<wire::GroupName, Share *> m_shareOf;
};

} // namespace nest::console
