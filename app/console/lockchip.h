// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The lock of a guarded connection in the top bar: read-only until a person unlocks it for 15 minutes with a
// reason; then the time that is left, and a click locks at once. Not seen where nothing is locked.
//
// Thread: UI. Owner: the top bar; the guard outlives it.

#include <QPushButton>

namespace nest::models {
class Guard;
}

namespace nest::console {

class LockChip final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LockChip)

public:
    /// The window is covered by the question for the reason.
    LockChip(models::Guard &guard, QWidget *window);

    void press();

private:
    void show();

    models::Guard &m_guard;
    QWidget *m_window;
};

} // namespace nest::console
