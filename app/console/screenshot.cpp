// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/screenshot.h"

#include "models/session.h"

#include <QCoreApplication>
#include <QWidget>

namespace nest::console {

using models::Session;
using namespace std::chrono_literals;

namespace {
constexpr auto lookEvery = 100ms;
constexpr int looksAtMost = 600;
constexpr int quietLooks = 25;
} // namespace

Screenshot::Screenshot(Session &session, QWidget &window, QString file)
    : m_session(session)
    , m_window(window)
    , m_file(std::move(file))
    , m_looksLeft(looksAtMost)
    , m_quietLooksLeft(quietLooks)
{
    connect(&m_look, &QTimer::timeout, this, &Screenshot::look);
    m_look.start(lookEvery);
}

void Screenshot::look()
{
    const auto state = m_session.state();
    const bool hasData = state == Session::State::Live && m_session.deployments().isListed() &&
                         m_session.stats().time().has_value();
    const bool hasEnded = state == Session::State::Failed || state == Session::State::Offline;
    if (hasData || hasEnded) {
        --m_quietLooksLeft;
    }
    if (m_quietLooksLeft <= 0 || --m_looksLeft <= 0) {
        save();
    }
}

void Screenshot::save()
{
    m_look.stop();
    QCoreApplication::exit(m_window.grab().save(m_file) ? 0 : 1);
}

} // namespace nest::console
