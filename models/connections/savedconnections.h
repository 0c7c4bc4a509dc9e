// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The connections that a person has set up, in their order: everything but the tokens, which are in the
// keyring (tokenstore.h). The local platform is none of them: it is always there and called "local".
//
// Invariants: ids are unique and stay through renaming; names are unique without regard to case. Every change
// is written to the settings at once. Thread: the UI thread. Owner: main; the settings outlive it.

#include "api/client/connection.h"
#include "api/wire/result.h"

#include <QDateTime>
#include <QList>
#include <QObject>

class QSettings;

namespace nest::models {

struct SavedConnection
{
    QString id; // made when it is first saved
    QString name;
    QString address;                              // as parseAddress() takes it
    QString environment = QStringLiteral("TEST"); // LOCAL, TEST, STAGING, PROD
    bool isProtected = false; // read-only until unlocked, also where the environment does not ask it
    QDateTime lastSeen;       // of its last answer; invalid: never
    bool operator==(const SavedConnection &) const = default;
};

/// Where an address leads: "https://host", "http://127.0.0.1:7071", "host:7071" (https, but http on this
/// machine) or the path of a Unix socket. Only `url` or `socketPath` of the result is set. Errors:
/// `client/bad-address`, with what to type instead.
Result<client::Connection> parseAddress(const QString &text);
/// Nobody between here and there can read what is sent: https, a socket, or this machine.
[[nodiscard]] bool isPrivate(const client::Connection &connection);

class SavedConnections final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SavedConnections)

public:
    static constexpr qsizetype most = 50;

    explicit SavedConnections(QSettings &settings, QObject *parent = nullptr);

    [[nodiscard]] const QList<SavedConnection> &list() const { return m_list; }
    [[nodiscard]] const SavedConnection *find(const QString &id) const;
    [[nodiscard]] const SavedConnection *named(const QString &name) const;

    /// Adds it (no id: one is made), or replaces the one of that id; its id. Errors: `client/bad-name`,
    /// `client/bad-address`, `client/too-many`.
    Result<QString> save(SavedConnection connection);
    /// What save() would say of that name.
    [[nodiscard]] Result<> checkName(const QString &name, const QString &id) const;
    /// The place it had, for insert(); -1 when there is none. Its token is to be forgotten then: the id
    /// stands in forgotten() until tokenForgotten(), also after a restart.
    qsizetype remove(const QString &id);
    [[nodiscard]] QStringList forgotten() const;
    void tokenForgotten(const QString &id);
    /// Takes a removal back.
    void insert(qsizetype at, const SavedConnection &connection);
    /// Says nothing with changed(): a list that is looked at must not be made anew for it.
    void noteSeen(const QString &id, const QDateTime &when);

    /// The connection that was open last: an id, "local", or nothing on a first start.
    [[nodiscard]] QString last() const;
    void setLast(const QString &id);

Q_SIGNALS:
    void changed();

private:
    void write();
    void store();

    QSettings &m_settings;
    QList<SavedConnection> m_list;
};

} // namespace nest::models
