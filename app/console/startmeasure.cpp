// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/startmeasure.h"

#include "models/session.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QRegularExpression>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace nest::console {

using models::Session;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto settled = 1s; // after the first data: rows, charts and fonts are loaded then
constexpr auto atMost = 30s;
constexpr double kibPerMib = 1024;
} // namespace

StartMeasure::StartMeasure(Session &session, QWidget &window) : m_session(session)
{
    window.installEventFilter(this);
    connect(&session, &Session::stateChanged, this, &StartMeasure::awaitData);
    QTimer::singleShot(atMost, this, [] { QCoreApplication::exit(1); });
}

bool StartMeasure::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && !m_wasPainted) {
        m_wasPainted = true;
        // The paint is on its way to the screen when the next turn of the event loop begins.
        QTimer::singleShot(0, this, &StartMeasure::sayPainted);
    }
    return QObject::eventFilter(watched, event);
}

void StartMeasure::sayPainted()
{
    std::puts("painted");
    std::fflush(stdout);
    awaitData();
}

void StartMeasure::awaitData()
{
    if (m_wasPainted && !m_hasData && m_session.state() == Session::State::Live) {
        m_hasData = true;
        QTimer::singleShot(settled, this, &StartMeasure::sayMemory);
    }
}

void StartMeasure::sayMemory()
{
    QFile file(u"/proc/self/smaps_rollup"_s);
    static const QRegularExpression pss(u"^Pss:\\s+(\\d+) kB"_s, QRegularExpression::MultilineOption);
    const auto found = file.open(QIODevice::ReadOnly) ? pss.match(QString::fromLatin1(file.readAll()))
                                                      : QRegularExpressionMatch();
    if (!found.hasMatch()) {
        std::fputs("the memory of this process cannot be read\n", stderr);
        QCoreApplication::exit(1);
        return;
    }
    std::printf("{\"pssMiB\": %.1f}\n", found.captured(1).toDouble() / kibPerMib);
    std::fflush(stdout);
    QCoreApplication::exit(0);
}

} // namespace nest::console
