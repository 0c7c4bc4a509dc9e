// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Notices that files of a folder were saved: what the kernel says is only the reason to look; what counts is
// whether the files that a draft would have are others than before.
//
// A burst of saves is one change, told when it has been quiet for a moment. Where the kernel cannot watch all
// of it (its limit on watches, a network file system), the folder is looked at every second. Thread: main's.

#include <QFileSystemWatcher>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nest::cli {

class FolderWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FolderWatch)

public:
    explicit FolderWatch(QString folder, QObject *parent = nullptr);

    /// Something was saved since the last take(), and it is quiet.
    [[nodiscard]] bool isChanged() const { return !m_changed.empty(); }
    /// What is there now is known from here on. The paths that changed, relative, sorted; of a folder that
    /// has gone the empty path.
    std::vector<std::string> take();

private:
    struct Seen
    {
        qint64 size = 0;
        qint64 modifiedMs = 0;
        bool operator==(const Seen &) const = default;
    };
    using Files = std::map<std::string, Seen>;
    void look();
    Files scan();

    QString m_folder;
    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
    QTimer m_slow; // where watching is not possible, and for what no event told
    QSet<QString>
        m_unwatched; // the kernel refused them, and said why; they are not tried again while they stay
    Files m_known;
    Files m_now;
    std::vector<std::string> m_changed;
};

} // namespace nest::cli
