// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How much a connection is guarded against changes, and its lock (decision 49): open asks nothing, confirm
// asks for a reason, type the name asks for the name of what is changed as well and is locked until a person
// unlocks it for a while with a reason.
//
// Invariants: only a guard of the level TypeName is ever locked; it locks itself when its time is over. One a
// connection. Thread: the UI thread. Owner: main; the session outlives it.

#include "api/wire/result.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace nest::models {

class Session;

class Guard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Guard)

public:
    enum class Level { Open, Confirm, TypeName };
    Q_ENUM(Level)

    /// Of the two the one that is guarded more: LOCAL, TEST, STAGING, PROD.
    [[nodiscard]] static QString stricter(const QString &one, const QString &other);

    static constexpr std::chrono::minutes unlockTime{15};

    explicit Guard(Level level = Level::Open, QObject *parent = nullptr);
    /// Follows the connection and what the platform says of itself, whichever is stricter, and never less
    /// than `least`, which the person chose.
    explicit Guard(const Session &session, Level least = Level::Open, QObject *parent = nullptr);

    /// LOCAL and TEST are open, STAGING confirms, PROD and what is not known ask for the name.
    [[nodiscard]] static Level levelOf(const QString &environment);

    [[nodiscard]] Level level() const { return m_level; }
    [[nodiscard]] bool isLocked() const { return m_level == Level::TypeName && !isUnlocked(); }
    /// Unlocked by a person, for `timeLeft` more.
    [[nodiscard]] bool isUnlocked() const { return m_level == Level::TypeName && !m_until.hasExpired(); }
    [[nodiscard]] std::chrono::seconds timeLeft() const;
    [[nodiscard]] QString reason() const { return m_reason; }
    [[nodiscard]] bool needsReason() const { return m_level != Level::Open; }
    [[nodiscard]] bool needsName() const { return m_level == Level::TypeName; }

    /// "Production is read-only", "Unlocked 14:59"; empty where there is no lock.
    [[nodiscard]] QString chipText() const;
    /// Why nothing can be changed, and the way out; empty while it can.
    [[nodiscard]] QString lockedSentence() const;

    /// The same as an Error of type `client/locked`, for calls; nothing while it can.
    [[nodiscard]] std::optional<Error> refusal() const;

    void setLevel(Level level);
    /// False, and nothing changes, without a reason or where there is nothing to unlock.
    bool unlock(const QString &reason, std::chrono::seconds time = unlockTime);
    void lock();

Q_SIGNALS:
    /// Level or lock.
    void changed();
    /// Once a second while unlocked.
    void timeLeftChanged();

private:
    void tick();

    Level m_level;
    bool m_isProduction = true;
    QDeadlineTimer m_until{0};
    QTimer m_tick;
    QString m_environment; // as last told
    QString m_reason;
};

} // namespace nest::models
