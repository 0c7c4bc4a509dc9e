// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Unsaved text on this computer: what a person typed and has not saved survives a crash of the console.
//
// One folder a connection and function, one file a text. Each store marks its files with an id of its own and
// holds a lock for as long as it lives, so that two windows on the same file never overwrite each other's
// text, and only the texts of stores that are gone are adopted. Thread: UI; a text is written whole or not at
// all. Owner: Draft.

#include "api/wire/result.h"

#include <QDateTime>
#include <QLockFile>
#include <QString>

#include <memory>
#include <vector>

namespace nest::models {

struct UnsavedText
{
    QString path;
    std::string etag; // of the platform's file that was changed; empty: the file was new
    QString text;
    QDateTime keptAt;
};

class UnsavedStore final
{
public:
    /// `folder` is made when the first text is kept.
    explicit UnsavedStore(QString folder);
    ~UnsavedStore();
    Q_DISABLE_COPY_MOVE(UnsavedStore)

    /// "<root>/<connection>/<function>" with every name fit for a file system.
    [[nodiscard]] static QString folderFor(const QString &root, const QString &connection,
                                           const QString &function);

    Result<> keep(const UnsavedText &text);
    void forget(const QString &path);
    /// Texts whose store is gone, the newest of each path; they belong to this store from now on. An older
    /// one of the same path stays where it is, for a later time.
    [[nodiscard]] std::vector<UnsavedText> adopt();
    [[nodiscard]] const QString &folder() const { return m_folder; }

private:
    [[nodiscard]] QString fileFor(const QString &path) const;
    Result<> lock();

    QString m_folder;
    QString m_id;
    std::unique_ptr<QLockFile> m_lock; // from the first text on
};

} // namespace nest::models
