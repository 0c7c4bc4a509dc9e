// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/guard.h"

#include "models/session.h"

namespace nest::models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Guard::Guard(Level level, QObject *parent) : QObject(parent), m_level(level), m_tick(this)
{
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &Guard::tick);
}

Guard::Guard(const Session &session, QObject *parent)
    : Guard(levelOf(session.connection().environment), parent)
{
    connect(&session, &Session::meChanged, this, [this, &session] {
        // The stricter of what the connection was set up as and what the platform says of itself.
        const Level said = levelOf(QString::fromStdString(session.me()->environment));
        setLevel(std::max(said, levelOf(session.connection().environment)));
    });
}

Guard::Level Guard::levelOf(const QString &environment)
{
    const QString name = environment.toUpper();
    if (name == "LOCAL"_L1 || name == "TEST"_L1) {
        return Level::Open;
    }
    return name == "STAGING"_L1 ? Level::Confirm : Level::TypeName;
}

std::chrono::seconds Guard::timeLeft() const
{
    return isUnlocked() ? std::chrono::ceil<std::chrono::seconds>(m_until.remainingTimeAsDuration()) : 0s;
}

QString Guard::chipText() const
{
    if (m_level != Level::TypeName) {
        return {};
    }
    if (isLocked()) {
        return tr("Production is read-only");
    }
    const auto left = timeLeft().count();
    return tr("Unlocked %1", "time left, minutes and seconds")
        .arg(u"%1:%2"_s.arg(left / 60, 2, 10, QLatin1Char('0')).arg(left % 60, 2, 10, QLatin1Char('0')));
}

QString Guard::lockedSentence() const
{
    return isLocked() ? tr("Production is read-only. Unlock it for 15 minutes with a reason.") : QString();
}

void Guard::setLevel(Level level)
{
    if (level != m_level) {
        m_level = level;
        Q_EMIT changed();
    }
}

bool Guard::unlock(const QString &reason, std::chrono::seconds time)
{
    if (m_level != Level::TypeName || reason.trimmed().isEmpty() || time <= 0s) {
        return false;
    }
    m_reason = reason.trimmed();
    m_until.setRemainingTime(time);
    m_tick.start();
    Q_EMIT changed();
    return true;
}

void Guard::lock()
{
    if (isUnlocked()) {
        m_until = QDeadlineTimer(0);
        tick();
    }
}

void Guard::tick()
{
    if (isUnlocked()) {
        Q_EMIT timeLeftChanged();
        return;
    }
    m_tick.stop();
    m_reason.clear();
    Q_EMIT changed();
}

} // namespace nest::models
