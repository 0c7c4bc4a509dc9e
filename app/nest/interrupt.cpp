// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/interrupt.h"

#include <QSocketNotifier>

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace nest::cli {

namespace {

// A signal handler reaches nothing else. A pipe and not signalfd: a blocked signal would stay blocked in the
// nestd that this program may start.
int s_writeEnd = -1;

void note(int /*signal*/)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(s_writeEnd, &byte, 1);
}

} // namespace

Interrupt::Interrupt(QObject *parent) : QObject(parent) {}

Interrupt::~Interrupt()
{
    if (m_notifier) {
        ::signal(SIGINT, SIG_DFL);
        ::signal(SIGTERM, SIG_DFL);
        ::close(static_cast<int>(m_notifier->socket()));
        ::close(s_writeEnd);
        s_writeEnd = -1;
    }
}

void Interrupt::listen()
{
    int ends[2] = {-1, -1};
    if (m_notifier || ::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // without it Ctrl+C ends the program, as it did before
    }
    s_writeEnd = ends[1];
    m_notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Interrupt::take);
    struct sigaction action = {};
    action.sa_handler = note;
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

void Interrupt::take()
{
    m_notifier->setEnabled(false);
    m_source.request_stop();
    Q_EMIT requested();
}

} // namespace nest::cli
