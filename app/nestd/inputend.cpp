// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nestd/inputend.h"

#include <array>
#include <cerrno>

#include <unistd.h>

namespace nest::nestd {

InputEnd::InputEnd(QObject *parent) : QObject(parent), m_notifier(STDIN_FILENO, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &InputEnd::read);
}

void InputEnd::read()
{
    std::array<char, 256> bytes; // filled by read; nobody says anything there
    const auto got = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN))) {
        return;
    }
    m_notifier.setEnabled(false);
    Q_EMIT closed();
}

} // namespace nest::nestd
