// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One quiet line: how much of the machine's memory is promised to instances; per group in its tool tip. Amber
// when a version wishes for more instances than fit.
//
// Asks every ten seconds while it is seen. Thread: UI. Owner: the page; the session outlives it.

#include "api/wire/platform.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace nest::models {
class Session;
}
namespace nest::widgets {
class Label;
}

namespace nest::console {

class CapacityLine final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CapacityLine)

public:
    explicit CapacityLine(models::Session &session, QWidget *parent = nullptr);

    void ask();
    void setStale(bool isStale);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void showCapacity();

    models::Session &m_session;
    std::optional<wire::Capacity> m_capacity;
    bool m_isStale = false;
    QTimer m_again;
    widgets::Label *m_text;
};

} // namespace nest::console
