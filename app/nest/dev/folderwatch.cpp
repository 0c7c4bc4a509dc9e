// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/folderwatch.h"

#include "app/nest/draftfolder.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace nest::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto quietFor = 100ms; // editors write a file in several steps
constexpr auto slowEvery = 1s;
constexpr std::size_t mostFiles = 4'000; // twice what a draft may have: beyond, the draft is refused anyway

} // namespace

FolderWatch::FolderWatch(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietFor);
    const auto wake = [this] {
        m_changed.clear(); // it is quiet no more; look() finds them again
        m_quiet.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, wake);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, wake);
    connect(&m_quiet, &QTimer::timeout, this, &FolderWatch::look);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        if (!m_quiet.isActive()) {
            look();
        }
    });
    m_slow.start(slowEvery);
    m_known = m_now = scan();
}

std::vector<std::string> FolderWatch::take()
{
    m_known = m_now;
    return std::exchange(m_changed, {});
}

void FolderWatch::look()
{
    auto now = scan();
    if (now != m_now) { // still being written, perhaps
        m_now = std::move(now);
        m_changed.clear();
        m_quiet.start();
        return;
    }
    m_changed.clear();
    if (!QFileInfo(m_folder).isDir()) {
        if (!m_known.empty()) {
            m_changed.emplace_back();
        }
        return;
    }
    for (const auto &[path, seen] : m_now) {
        const auto before = m_known.find(path);
        if (before == m_known.end() || before->second != seen) {
            m_changed.push_back(path);
        }
    }
    for (const auto &[path, seen] : m_known) {
        if (!m_now.contains(path)) {
            m_changed.push_back(path);
        }
    }
}

FolderWatch::Files FolderWatch::scan()
{
    Files files;
    QStringList watched{m_folder};
    std::vector<QString> folders{QString()};
    while (!folders.empty() && files.size() < mostFiles) {
        const auto below = std::move(folders.back());
        folders.pop_back();
        const QDir directory(below.isEmpty() ? m_folder : m_folder + u'/' + below);
        const auto entries = directory.entryInfoList(
            QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
        for (const auto &entry : entries) {
            if (isLeftOut(entry)) {
                continue;
            }
            const auto path = below.isEmpty() ? entry.fileName() : below + u'/' + entry.fileName();
            watched.append(entry.filePath());
            if (entry.isDir()) {
                folders.push_back(path);
            } else {
                files[path.toStdString()] = {entry.size(), entry.lastModified().toMSecsSinceEpoch()};
            }
        }
    }
    // A file that was replaced is another one to the kernel: its watch went with the old one.
    const auto have = m_watcher.files() + m_watcher.directories();
    QStringList missing;
    const QSet<QString> known(have.begin(), have.end());
    m_unwatched.intersect(QSet<QString>(watched.begin(), watched.end()));
    for (const auto &path : watched) {
        if (!known.contains(path) && !m_unwatched.contains(path)) {
            missing.append(path);
        }
    }
    if (!missing.isEmpty() && QFileInfo(m_folder).isDir()) {
        const auto refused = m_watcher.addPaths(missing);
        m_unwatched.unite(QSet<QString>(refused.begin(), refused.end()));
    }
    return files;
}

} // namespace nest::cli
