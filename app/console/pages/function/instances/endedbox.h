// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the row of the chosen instance has no room for: where its network leads; why it ended, and the last
// lines that it wrote. Hidden without either.
//
// Thread: UI. Owner: the tab.

#include "api/wire/deployment.h"

#include <QWidget>

namespace nest::widgets {
class Label;
}

namespace nest::console {

class EndedBox final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndedBox)

public:
    explicit EndedBox(QWidget *parent = nullptr);

    /// Null: hides the box.
    void setInstance(const wire::Instance *instance);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Label *m_fact;
    widgets::Label *m_lines;
    widgets::Label *m_network;
};

} // namespace nest::console
