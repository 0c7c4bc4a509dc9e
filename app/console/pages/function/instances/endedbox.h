// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Why the chosen instance ended, and the last lines that it wrote. Hidden while it runs.
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

    /// Null, or one that runs: hides the box.
    void setInstance(const wire::Instance *instance);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    widgets::Label *m_fact;
    widgets::Label *m_lines;
};

} // namespace nest::console
