// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A group as a chip of its own beside text and fields.
//
// Thread: UI.

#include "api/wire/common.h"

#include <QWidget>

namespace nest::console {

class GroupChip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GroupChip)

public:
    explicit GroupChip(const wire::GroupName &group, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    wire::GroupName m_group;
};

} // namespace nest::console
