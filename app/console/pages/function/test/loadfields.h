// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How much load, for how long and in which shape: the three fields, wherever load is started from.
//
// Invariants: what can be read from them is a plan that can be sent. The fields are laid out, and owned, by
// who made them. Thread: UI.

#include "api/client/loadplan.h"

#include <QObject>

namespace nest::widgets {
class SegmentedControl;
}

namespace nest::console {

class ValueSlider;

class LoadFields final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadFields)

public:
    explicit LoadFields(QWidget *parent);

    [[nodiscard]] ValueSlider *rate() const { return m_rate; }
    [[nodiscard]] ValueSlider *duration() const { return m_duration; }
    [[nodiscard]] widgets::SegmentedControl *shape() const { return m_shape; }

    void show(const client::LoadPlan &plan);
    /// Rate, shape and duration; the rest stays.
    void fill(client::LoadPlan &plan) const;
    void setReadOnly(bool isReadOnly);

Q_SIGNALS:
    /// By the person.
    void edited();

private:
    ValueSlider *m_rate;
    ValueSlider *m_duration;
    widgets::SegmentedControl *m_shape;
    bool m_isShowing = false;
};

/// A dim name before a control, as wide as those of the fields.
[[nodiscard]] QWidget *labelled(const QString &label, QWidget *control);

} // namespace nest::console
