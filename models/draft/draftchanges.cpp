// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Adding, renaming and deleting files of the draft. The platform knows no rename: the file is written under
// its new name, then the old one goes; what is left when the second half fails is said.
#include "models/draft/draft.h"
#include "models/session.h"

#include <QCoroTask>

namespace nest::models {

using namespace Qt::StringLiterals;

Result<> Draft::checkName(const QString &path) const
{
    const auto wrong = [](const QString &sentence) {
        return failure("draft/bad-name", sentence.toStdString());
    };
    if (path.isEmpty() || path.endsWith(u'/')) {
        return wrong(tr("A file needs a name."));
    }
    const QStringList parts = path.split(u'/');
    if (parts.contains(QString()) || parts.contains(u"."_s) || parts.contains(u".."_s)) {
        return wrong(tr("A path has names between its slashes, and neither “.” nor “..”."));
    }
    if (file(path)) {
        return wrong(tr("There is a file %1 already.").arg(path));
    }
    for (const auto &[other, known] : m_files) {
        if (other.startsWith(path + u'/') || path.startsWith(other + u'/')) {
            return wrong(
                tr("%1 cannot be a file and a folder.").arg(other.size() < path.size() ? other : path));
        }
    }
    return {};
}

Result<> Draft::add(const QString &path, const QString &text)
{
    if (auto checked = checkName(path); !checked) {
        return checked;
    }
    auto &one = entry(path);
    one.kept = text;
    one.isModified = true;
    one.isOpen = true;
    m_toKeep.insert(path);
    keepNow();
    Q_EMIT filesChanged();
    return {};
}

Result<> Draft::rename(const QString &from, const QString &to)
{
    const auto *known = file(from);
    if (!known || from == to) {
        return {};
    }
    if (auto checked = checkName(to); !checked) {
        return checked;
    }
    if (known->isNew()) { // only here
        renamed(from, to, {}, true);
        return {};
    }
    if (!m_session.isConnected()) {
        return failure("draft/offline",
                       tr("Offline: a saved file is renamed when the platform answers again.").toStdString());
    }
    QCoro::connect(
        m_session.client().file(m_function.toStdString(), from.toStdString()), this,
        [this, from, to](Result<wire::File> &&content) {
            if (content) {
                copyTo(from, to, std::move(*content));
            } else {
                Q_EMIT noticed(
                    tr("%1 was not renamed. %2").arg(from, QString::fromStdString(content.error().detail)),
                    true);
            }
        });
    return {};
}

void Draft::copyTo(const QString &from, const QString &to, wire::File content)
{
    const std::string oldEtag = content.etag.value_or("");
    content.path = to.toStdString();
    content.etag.reset();
    content.status.reset();
    QCoro::connect(
        m_session.client().putFile(m_function.toStdString(), std::move(content)), this,
        [this, from, to, oldEtag](Result<wire::File> &&made) {
            ++m_writes;
            if (!made) {
                Q_EMIT noticed(
                    tr("%1 was not renamed. %2").arg(from, QString::fromStdString(made.error().detail)),
                    true);
                refresh();
                return;
            }
            QCoro::connect(
                m_session.client().deleteFile(m_function.toStdString(), from.toStdString(), oldEtag), this,
                [this, from, to, made = *made](Result<> &&deleted) {
                    ++m_writes;
                    renamed(from, to, made, deleted.has_value());
                    if (!deleted) {
                        Q_EMIT noticed(tr("%1 was copied to %2, but the old file is still there. %3")
                                           .arg(from, to, QString::fromStdString(deleted.error().detail)),
                                       true);
                    }
                });
        });
}

/// The text that is open here goes along, saved or not.
void Draft::renamed(const QString &from, const QString &to, const wire::File &made, bool oldIsGone)
{
    const auto *known = file(from);
    if (!known) {
        refresh();
        return;
    }
    DraftFile moved = *known;
    if (!m_textSource || !m_textSource(from)) {
        moved.kept = moved.isModified ? std::optional(textOf(from)) : std::nullopt;
    }
    moved.path = to;
    if (made.etag) {
        moved.etag = *made.etag;
    }
    m_store.forget(from);
    m_toKeep.erase(from);
    m_files.erase(from);
    m_files[to] = std::move(moved);
    Q_EMIT fileRenamed(from, to);
    if (m_files[to].isModified) {
        m_toKeep.insert(to);
        keepNow();
    }
    if (!oldIsGone) {
        refresh();
    }
    Q_EMIT filesChanged();
}

void Draft::remove(const QString &path)
{
    const auto *known = file(path);
    if (!known) {
        return;
    }
    std::optional<QString> unsaved;
    if (known->isModified) {
        unsaved = textOf(path);
    }
    const auto gone = [this, path, unsaved](wire::File content) {
        m_deleted = DeletedFile{std::move(content), unsaved};
        m_toKeep.erase(path);
        m_store.forget(path);
        m_files.erase(path);
        Q_EMIT fileGone(path);
        Q_EMIT filesChanged();
    };
    if (known->isNew()) {
        wire::File content;
        content.path = path.toStdString();
        gone(std::move(content));
        return;
    }
    const auto failed = [this, path](const Error &error) {
        Q_EMIT noticed(tr("%1 was not deleted. %2").arg(path, QString::fromStdString(error.detail)), true);
        refresh();
    };
    // Read first, so that it can come back.
    QCoro::connect(m_session.client().file(m_function.toStdString(), path.toStdString()), this,
                   [this, path, gone, failed](Result<wire::File> &&content) {
                       if (!content) {
                           failed(content.error());
                           return;
                       }
                       const std::string etag = content->etag.value_or("");
                       QCoro::connect(
                           m_session.client().deleteFile(m_function.toStdString(), path.toStdString(), etag),
                           this, [this, gone, failed, content = *content](Result<> &&deleted) {
                               ++m_writes;
                               deleted ? gone(content) : failed(deleted.error());
                           });
                   });
}

void Draft::undoRemove()
{
    if (!m_deleted) {
        return;
    }
    DeletedFile deleted = *std::exchange(m_deleted, std::nullopt);
    const QString path = QString::fromStdString(deleted.file.path);
    if (!deleted.file.etag) { // it was only here
        if (const auto added = add(path, deleted.unsaved.value_or(QString())); !added) {
            Q_EMIT noticed(QString::fromStdString(added.error().detail), true);
        } else {
            open(path);
        }
        return;
    }
    wire::File again = deleted.file;
    again.etag.reset();
    again.status.reset();
    QCoro::connect(
        m_session.client().putFile(m_function.toStdString(), std::move(again)), this,
        [this, path, deleted](Result<wire::File> &&made) {
            ++m_writes;
            if (!made) {
                m_deleted = deleted;
                Q_EMIT noticed(
                    tr("%1 did not come back. %2").arg(path, QString::fromStdString(made.error().detail)),
                    true);
                return;
            }
            auto &one = entry(path);
            one.kept = deleted.unsaved;
            one.isModified = deleted.unsaved.has_value();
            one.etag = made->etag.value_or("");
            m_toKeep.insert(path);
            keepNow();
            Q_EMIT filesChanged();
            open(path);
        });
}

} // namespace nest::models
