// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The end of standard input as a Qt signal: whoever started this program holds the other end, so it closes
// however that one ends. Thread: the one with the event loop.

#include <QObject>
#include <QSocketNotifier>

namespace nest::nestd {

class InputEnd final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InputEnd)

public:
    explicit InputEnd(QObject *parent = nullptr);

Q_SIGNALS:
    /// Once.
    void closed();

private:
    void read();

    QSocketNotifier m_notifier;
};

} // namespace nest::nestd
