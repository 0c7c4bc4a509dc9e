// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The last messages of a window, newest first, each with its time: what a toast said can be read again and
// copied after it is gone.
//
// Thread: GUI. Owner: the window it covers; it deletes itself when closed.

#include "widgets/state/modallayer.h"

class QVBoxLayout;

namespace nest::widgets {

class ToastArea;

class MessageList final : public ModalLayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageList)

public:
    /// The toasts outlive it.
    MessageList(const ToastArea &toasts, QWidget *window);

private:
    void fill();

    const ToastArea &m_toasts;
    QVBoxLayout *m_rows;
};

} // namespace nest::widgets
