// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connections/tokenstore.h"

#include <qt6keychain/keychain.h>

#include <QPointer>

namespace nest::models {

using namespace Qt::StringLiterals;

TokenStore::TokenStore(QString service, QObject *parent) : QObject(parent), m_service(std::move(service)) {}

void TokenStore::read(const QString &id, QObject *context, std::function<void(Result<QString>)> done)
{
    if (const auto kept = m_inMemory.constFind(id); kept != m_inMemory.cend()) {
        QMetaObject::invokeMethod(
            context, [done = std::move(done), token = *kept] { done(token); }, Qt::QueuedConnection);
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(m_service); // deletes itself when the keyring has answered
    job->setKey(id);
    connect(job, &QKeychain::Job::finished, context, [job, done = std::move(done)] {
        if (job->error() == QKeychain::NoError) {
            done(job->textData());
        } else if (job->error() == QKeychain::EntryNotFound) {
            done(failure("client/no-token", "No token is kept for this connection. Type it again."));
        } else {
            done(failure("client/keyring", "The keyring of this desktop does not give the token (" +
                                               job->errorString().toStdString() + "). Type it again."));
        }
    });
    job->start();
}

void TokenStore::write(const QString &id, const QString &token, QObject *context,
                       std::function<void(Kept, const QString &)> done)
{
    m_inMemory.insert(id, token);                           // until the keyring has it
    auto *job = new QKeychain::WritePasswordJob(m_service); // deletes itself
    job->setKey(id);
    job->setTextData(token);
    connect(job, &QKeychain::Job::finished, this,
            [this, job, id, context = QPointer(context), done = std::move(done)] {
                const bool isKept = job->error() == QKeychain::NoError;
                if (isKept) {
                    m_inMemory.remove(id);
                }
                if (context) {
                    done(isKept ? Kept::Keyring : Kept::Memory, isKept ? QString() : job->errorString());
                }
            });
    job->start();
}

void TokenStore::remove(const QString &id, QObject *context, std::function<void()> done)
{
    m_inMemory.remove(id);
    auto *job = new QKeychain::DeletePasswordJob(m_service); // deletes itself
    job->setKey(id);
    connect(job, &QKeychain::Job::finished, context, [job, done = std::move(done)] {
        if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound) {
            done();
        }
    });
    job->start();
}

} // namespace nest::models
