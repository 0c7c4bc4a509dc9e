// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The draft follows the platform: what changed elsewhere is shown when nothing was changed here, and is a
// conflict otherwise.
#include "models/draft/draft.h"
#include "models/session.h"

#include <QCoroTask>

namespace nest::models {

void Draft::refresh()
{
    if (m_isListing) {
        m_listsAgain = true;
        return;
    }
    if (!m_session.isConnected()) {
        return; // lists by itself once it is
    }
    m_isListing = true;
    m_listsAgain = false;
    QCoro::connect(m_session.client().files(m_function.toStdString()), this,
                   [this, writes = m_writes](Result<client::Page<wire::File>> &&page) {
                       m_isListing = false;
                       if (page && writes == m_writes && !isSaving()) {
                           takeList(page->items);
                       } else if (page) {
                           m_listsAgain = true; // it may be older than what was written here
                       } else if (page.error().type == "control/unknown-function") {
                           setState(State::Gone);
                       } else if (!m_isListed) {
                           setState(State::Failed, std::move(page.error()));
                       }
                       if (std::exchange(m_listsAgain, false)) {
                           if (isSaving()) {
                               m_listsAfterSave = true;
                           } else {
                               refresh();
                           }
                       }
                   });
}

void Draft::takeList(const std::vector<wire::File> &listed)
{
    m_isListed = true;
    std::set<QString> there;
    QStringList changed;
    for (const auto &listedFile : listed) {
        const QString path = QString::fromStdString(listedFile.path);
        there.insert(path);
        const auto *known = file(path);
        const bool isFirst = !known;
        auto &one = entry(path);
        one.sizeBytes = listedFile.status ? listedFile.status->sizeBytes : 0;
        const std::string etag = listedFile.etag.value_or("");
        if (one.etag == etag) {
            continue;
        }
        if (isFirst || (!one.isOpen && !one.isModified)) {
            one.etag = etag;
        } else {
            changed.append(path);
        }
    }
    QStringList gone;
    for (const auto &[path, one] : m_files) {
        if (!there.contains(path) && !one.isNew() && !(one.conflict && one.conflict->isDeleted)) {
            gone.append(path);
        }
    }
    for (const QString &path : std::as_const(changed)) {
        changedElsewhere(path);
    }
    for (const QString &path : std::as_const(gone)) {
        goneElsewhere(path);
    }
    setState(State::Ready);
    Q_EMIT filesChanged();
}

void Draft::changedElsewhere(const QString &path)
{
    if (file(path)->isModified) {
        fetchTheirs(path);
        return;
    }
    QCoro::connect(m_session.client().file(m_function.toStdString(), path.toStdString()), this,
                   [this, path](Result<wire::File> &&answer) {
                       if (!answer || !file(path)) {
                           return; // the next list tells again
                       }
                       if (file(path)->isModified) { // changed here while it was read
                           fetchTheirs(path);
                           return;
                       }
                       takeBase(path, *answer);
                       Q_EMIT fileReloaded(path);
                   });
}

void Draft::goneElsewhere(const QString &path)
{
    auto &one = entry(path);
    if (one.isModified) {
        DraftConflict conflict;
        conflict.isDeleted = true;
        setConflict(path, std::move(conflict));
        return;
    }
    const bool wasOpen = one.isOpen;
    m_files.erase(path);
    Q_EMIT fileGone(path);
    if (wasOpen) {
        Q_EMIT noticed(tr("%1 was deleted elsewhere.").arg(path), false);
    }
}

void Draft::takeBase(const QString &path, const wire::File &read)
{
    auto &one = entry(path);
    const std::string etag = read.etag.value_or("");
    if (one.kept && one.isModified && one.etag != etag) {
        // The text of an earlier run was written over an older file.
        if (*one.kept != QString::fromStdString(read.content)) {
            setConflict(path, {.isDeleted = false,
                               .etag = etag,
                               .text = QString::fromStdString(read.content),
                               .changedAt = read.status ? read.status->changedAt : std::nullopt});
            one.base = QString::fromStdString(read.content);
            one.isOpen = true;
            return;
        }
    }
    one.etag = etag;
    one.isBinary = read.encoding == wire::FileEncoding::Base64;
    one.base = one.isBinary ? QString() : QString::fromStdString(read.content);
    one.isOpen = true;
    one.sizeBytes = read.status ? read.status->sizeBytes : one.sizeBytes;
    if (one.kept && *one.kept == one.base) { // it had been saved after all
        one.kept.reset();
        one.restoredAt.reset();
        one.isModified = false;
        m_store.forget(path);
    }
    Q_EMIT filesChanged();
}

/// Somebody was faster: what they wrote, so that a person can decide.
void Draft::fetchTheirs(const QString &path)
{
    QCoro::connect(m_session.client().file(m_function.toStdString(), path.toStdString()), this,
                   [this, path](Result<wire::File> &&answer) {
                       if (!file(path)) {
                           return;
                       }
                       if (!answer) {
                           if (answer.error().type == "control/unknown-file") {
                               DraftConflict conflict;
                               conflict.isDeleted = true;
                               setConflict(path, std::move(conflict));
                           }
                           return; // offline: the next list tells again
                       }
                       auto &one = entry(path);
                       const QString theirs = QString::fromStdString(answer->content);
                       if (answer->encoding == wire::FileEncoding::Utf8 && theirs == textOf(path)) {
                           // Our own write whose answer was lost, or the same thought twice.
                           one.etag = answer->etag.value_or("");
                           one.base = theirs;
                           one.isOpen = true;
                           one.isModified = false;
                           one.kept.reset();
                           one.restoredAt.reset();
                           m_toKeep.erase(path);
                           m_store.forget(path);
                           one.conflict.reset();
                           Q_EMIT fileSaved(path);
                           Q_EMIT conflictChanged(path);
                           Q_EMIT filesChanged();
                           return;
                       }
                       if (one.etag == answer->etag.value_or("")) {
                           return; // nobody was; the list was older
                       }
                       setConflict(path,
                                   {.isDeleted = false,
                                    .etag = answer->etag.value_or(""),
                                    .text = theirs,
                                    .changedAt = answer->status ? answer->status->changedAt : std::nullopt});
                   });
}

void Draft::setConflict(const QString &path, DraftConflict conflict)
{
    auto &one = entry(path);
    if (one.conflict && one.conflict->etag == conflict.etag &&
        one.conflict->isDeleted == conflict.isDeleted) {
        return;
    }
    one.conflict = std::move(conflict);
    one.isModified = true;
    m_toKeep.insert(path);
    keepNow();
    Q_EMIT filesChanged();
    Q_EMIT conflictChanged(path);
}

void Draft::keepMine(const QString &path)
{
    const auto *known = file(path);
    if (!known || !known->conflict) {
        return;
    }
    auto &one = entry(path);
    one.etag = one.conflict->isDeleted ? std::string() : one.conflict->etag;
    one.conflict.reset();
    Q_EMIT conflictChanged(path);
    save(path);
}

void Draft::takeTheirs(const QString &path)
{
    const auto *known = file(path);
    if (!known || !known->conflict) {
        return;
    }
    auto &one = entry(path);
    const DraftConflict theirs = *std::exchange(one.conflict, std::nullopt);
    m_toKeep.erase(path);
    m_store.forget(path);
    if (theirs.isDeleted) {
        m_files.erase(path);
        Q_EMIT conflictChanged(path);
        Q_EMIT fileGone(path);
        Q_EMIT filesChanged();
        return;
    }
    one.etag = theirs.etag;
    one.base = theirs.text;
    one.isOpen = true;
    one.isModified = false;
    one.kept.reset();
    one.restoredAt.reset();
    Q_EMIT fileReloaded(path);
    Q_EMIT conflictChanged(path);
    Q_EMIT filesChanged();
}

} // namespace nest::models
