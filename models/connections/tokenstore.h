// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tokens of connections, in the keyring of the desktop (the Secret Service or KWallet). Where there is no
// keyring a token is kept in memory until the console ends, and whoever asked is told so; it is never written
// to a plain file.
//
// Thread: the UI thread; a keyring may ask the person something first, so answers come when they come. An
// answer is given only while `context` lives. A keyring that still answers when the store is gone harms
// nobody: its job is its own. Owner: main.

#include "api/wire/result.h"

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

namespace nest::models {

class TokenStore final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokenStore)

public:
    enum class Kept { Keyring, Memory };

    explicit TokenStore(QString service = QStringLiteral("nest-console"), QObject *parent = nullptr);

    /// Errors: `client/no-token` (none is kept), `client/keyring` (it cannot be read now, and why).
    void read(const QString &id, QObject *context, std::function<void(Result<QString>)> done);
    /// Where it is kept now, and why not in the keyring.
    void write(const QString &id, const QString &token, QObject *context,
               std::function<void(Kept, const QString &whyNot)> done);
    /// `done` once none is kept any more; not where the keyring did not answer so.
    void remove(const QString &id, QObject *context, std::function<void()> done);

private:
    QString m_service;
    QHash<QString, QString> m_inMemory; // by id
};

} // namespace nest::models
