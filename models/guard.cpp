// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/guard.h"

#include "models/session.h"

#include <utility>

namespace nest::models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Guard::Guard(Level level, QObject *parent) : QObject(parent), m_level(level), m_tick(this)
{
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &Guard::tick);
}

Guard::Guard(const Session &session, Level least, QObject *parent)
    : Guard(std::max(least, levelOf(session.connection().environment)), parent)
{
    const auto follow = [this, &session, least] {
        // The stricter of what the connection was set up as and what the platform says of itself.
        const QString set = session.connection().environment;
        const QString environment =
            session.me() ? stricter(set, QString::fromStdString(session.me()->environment)) : set;
        if (std::exchange(m_environment, environment) != environment) { // told again by each connection
            m_isProduction = levelOf(environment) == Level::TypeName;
            setLevel(std::max(least, levelOf(environment)));
        }
    };
    connect(&session, &Session::meChanged, this, follow);
    follow();
}

QString Guard::stricter(const QString &one, const QString &other)
{
    static const QStringList rising{u"LOCAL"_s, u"TEST"_s, u"STAGING"_s, u"PROD"_s};
    const auto rank = [](const QString &name) {
        const qsizetype at = rising.indexOf(name.toUpper());
        return at < 0 ? rising.size() - 1 : at; // what is not known is guarded as production
    };
    return rising.at(std::max(rank(one), rank(other)));
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
        return m_isProduction ? tr("Production is read-only") : tr("Read-only");
    }
    const auto left = timeLeft().count();
    return tr("Unlocked %1", "time left, minutes and seconds")
        .arg(u"%1:%2"_s.arg(left / 60, 2, 10, QLatin1Char('0')).arg(left % 60, 2, 10, QLatin1Char('0')));
}

QString Guard::lockedSentence() const
{
    return !isLocked()      ? QString()
           : m_isProduction ? tr("Production is read-only. Unlock it for 15 minutes with a reason.")
                            : tr("This connection is read-only. Unlock it for 15 minutes with a reason.");
}

std::optional<Error> Guard::refusal() const
{
    return isLocked() ? std::optional(Error{"client/locked", lockedSentence().toStdString()}) : std::nullopt;
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
