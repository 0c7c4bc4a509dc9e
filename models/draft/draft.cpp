// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/draft/draft.h"

#include "models/session.h"

#include <QCoroTask>

namespace nest::models {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto keepAfter = 1s; // after the last key

std::optional<std::string> condition(const std::string &etag)
{
    return etag.empty() ? std::nullopt : std::optional(etag);
}

bool isStale(const Error &error)
{
    return error.type == "store/stale" || error.type == "store/exists" ||
           error.type == "control/unknown-file";
}

} // namespace

Draft::Draft(Session &session, QString function, const QString &unsavedRoot, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_function(std::move(function))
    , m_store(UnsavedStore::folderFor(unsavedRoot, session.connection().key(), m_function))
{
    m_keep.setSingleShot(true);
    m_keep.setInterval(keepAfter);
    connect(&m_keep, &QTimer::timeout, this, &Draft::keepNow);
    connect(&session.functions(), &CollectionBase::changed, this, &Draft::lookAtFunction);
    connect(&session, &Session::stateChanged, this, [this] {
        if (m_session.isConnected() && !m_isListed) {
            refresh();
        }
    });
    // After a break the list of functions comes again; a draft that changed meanwhile is told by its time.
    connect(&session.functions(), &CollectionBase::listed, this, &Draft::lookAtFunction);
    restore();
    lookAtFunction();
    refresh();
}

Draft::~Draft()
{
    if (m_keep.isActive()) {
        keepNow();
    }
}

const DraftFile *Draft::file(const QString &path) const
{
    const auto found = m_files.find(path);
    return found == m_files.end() ? nullptr : &found->second;
}

DraftFile &Draft::entry(const QString &path)
{
    auto &file = m_files[path];
    file.path = path;
    return file;
}

QString Draft::textOf(const QString &path) const
{
    if (m_textSource) {
        if (auto text = m_textSource(path)) {
            return std::move(*text);
        }
    }
    const auto *known = file(path);
    return !known ? QString() : known->kept.value_or(known->base);
}

QStringList Draft::modified() const
{
    QStringList paths;
    for (const auto &[path, file] : m_files) {
        if (file.isModified) {
            paths.append(path);
        }
    }
    return paths;
}

bool Draft::isSaving() const
{
    return std::ranges::any_of(m_files, [](const auto &one) { return one.second.isSaving; });
}

void Draft::setState(State state, Error error)
{
    if (m_state != state || m_error != error) {
        m_state = state;
        m_error = std::move(error);
        Q_EMIT stateChanged();
    }
}

/// What an earlier run left behind.
void Draft::restore()
{
    for (auto &text : m_store.adopt()) {
        auto &file = entry(text.path);
        file.etag = text.etag;
        file.kept = std::move(text.text);
        file.restoredAt = text.keptAt;
        file.isModified = true;
    }
}

void Draft::lookAtFunction()
{
    const auto *function = m_session.functions().find(m_function.toStdString());
    if (!function) {
        if (m_session.functions().isListed() && m_isListed) {
            setState(State::Gone);
        }
        return;
    }
    const auto changedAt = function->status ? function->status->draftChangedAt : std::nullopt;
    if (changedAt != m_changedAt) {
        m_changedAt = changedAt;
        if (m_isListed) {
            refresh();
        }
    }
}

void Draft::open(const QString &path)
{
    const auto *known = file(path);
    if (!known) {
        Q_EMIT fileFailed(path,
                          {"control/unknown-file", "The draft has no file " + path.toStdString() + '.'});
        return;
    }
    if (known->isOpen || known->isNew()) {
        entry(path).isOpen = true;
        Q_EMIT fileOpened(path);
        return;
    }
    QCoro::connect(m_session.client().file(m_function.toStdString(), path.toStdString()), this,
                   [this, path](Result<wire::File> &&answer) {
                       if (answer && file(path)) {
                           takeBase(path, *answer);
                           Q_EMIT fileOpened(path);
                           return;
                       }
                       if (const auto *now = file(path); now && now->kept) {
                           Q_EMIT fileOpened(path); // offline: what was kept is there all the same
                           return;
                       }
                       Q_EMIT fileFailed(path, answer ? Error{} : answer.error());
                   });
}

bool Draft::differs(const DraftFile &file) const
{
    return file.isNew() || file.conflict || !file.isOpen || textOf(file.path) != file.base;
}

void Draft::edited(const QString &path)
{
    if (!file(path)) {
        return;
    }
    auto &one = entry(path);
    one.kept.reset(); // the editor has it
    const bool isModified = differs(one);
    if (isModified) {
        m_toKeep.insert(path);
        m_keep.start();
    } else {
        m_toKeep.erase(path);
        m_store.forget(path);
        one.restoredAt.reset();
    }
    if (one.isModified != isModified) {
        one.isModified = isModified;
        Q_EMIT filesChanged();
    }
}

void Draft::keepNow()
{
    m_keep.stop();
    for (const QString &path : std::exchange(m_toKeep, {})) {
        keepOne(path);
    }
}

void Draft::keepOne(const QString &path)
{
    const auto *one = file(path);
    if (!one || !one->isModified) {
        return;
    }
    const auto kept = m_store.keep({path, one->etag, textOf(path), QDateTime::currentDateTimeUtc()});
    if (!kept && !std::exchange(m_saidNotKept, true)) {
        Q_EMIT noticed(
            tr("Unsaved text cannot be kept on this computer. %1 Save before you close the window.")
                .arg(QString::fromStdString(kept.error().detail)),
            true);
    }
}

void Draft::save(const QString &path)
{
    const auto *known = file(path);
    if (!known || known->isSaving || known->conflict || known->isBinary) {
        return;
    }
    auto &one = entry(path);
    one.isSaving = true;
    Q_EMIT filesChanged();
    const QString text = textOf(path);
    wire::File sent;
    sent.path = path.toStdString();
    sent.content = text.toStdString();
    sent.etag = condition(one.etag);
    QCoro::connect(m_session.client().putFile(m_function.toStdString(), std::move(sent)), this,
                   [this, path, text](Result<wire::File> &&answer) { saved(path, text, std::move(answer)); });
}

void Draft::saved(const QString &path, const QString &text, Result<wire::File> answer)
{
    ++m_writes;
    if (!file(path)) {
        settle();
        return;
    }
    auto &one = entry(path);
    one.isSaving = false;
    if (answer) {
        one.etag = answer->etag.value_or("");
        one.base = text;
        one.isOpen = true;
        one.sizeBytes = answer->status ? answer->status->sizeBytes : one.sizeBytes;
        one.restoredAt.reset();
        one.isModified = differs(one);
        if (one.isModified) { // typed on meanwhile
            m_toKeep.insert(path);
            keepNow();
        } else {
            one.kept.reset();
            m_toKeep.erase(path);
            m_store.forget(path);
        }
        Q_EMIT fileSaved(path);
    } else if (isStale(answer.error())) {
        fetchTheirs(path);
    } else {
        keepOne(path);
        Q_EMIT noticed(tr("%1 was not saved and is kept on this computer. %2")
                           .arg(path, QString::fromStdString(answer.error().detail)),
                       true);
    }
    Q_EMIT filesChanged();
    settle();
}

/// Everything that was to be saved has an answer.
void Draft::settle()
{
    if (isSaving()) {
        return;
    }
    if (std::exchange(m_listsAfterSave, false)) {
        refresh();
    }
    if (std::exchange(m_isSavingAll, false)) {
        Q_EMIT allSaved(modified().isEmpty());
    }
}

void Draft::saveAll()
{
    m_isSavingAll = true;
    const QStringList paths = modified();
    for (const QString &path : paths) {
        save(path);
    }
    settle();
}

void Draft::detach()
{
    keepNow();
    for (auto &[path, file] : m_files) {
        if (file.isModified) {
            file.kept = textOf(path);
        }
    }
    m_textSource = {};
}

void Draft::discard(const QString &path)
{
    const auto *known = file(path);
    if (!known) {
        return;
    }
    m_toKeep.erase(path);
    m_store.forget(path);
    auto &one = entry(path);
    const bool isDeleted = one.conflict && one.conflict->isDeleted;
    if (one.isNew() || isDeleted) {
        m_files.erase(path);
        Q_EMIT filesChanged();
        Q_EMIT fileGone(path);
        return;
    }
    if (one.conflict) {
        takeTheirs(path);
        return;
    }
    one.kept.reset();
    one.restoredAt.reset();
    one.isModified = false;
    Q_EMIT filesChanged();
    if (one.isOpen) {
        Q_EMIT fileReloaded(path);
    } else {
        changedElsewhere(path); // restored while offline: what is thrown away for was never read
    }
}

void Draft::acknowledge(const QString &path)
{
    if (file(path)) {
        entry(path).restoredAt.reset();
    }
}

void Draft::close(const QString &path)
{
    if (const auto *known = file(path); known && !known->isModified) {
        auto &one = entry(path);
        one.isOpen = false;
        one.base.clear();
    }
}

} // namespace nest::models
