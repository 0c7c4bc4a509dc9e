// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where on this machine a text can be found that should be nowhere: in files, in what processes show.

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStringList>

namespace nest::testsupport {

inline QStringList filesWith(const QByteArray &value, const QStringList &folders)
{
    QStringList found;
    for (const auto &folder : folders) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (QFileInfo(file).isFile() && file.open(QIODevice::ReadOnly) &&
                file.readAll().contains(value)) {
                found << file.fileName();
            }
        }
    }
    return found;
}

inline QStringList processesWith(const QByteArray &value)
{
    QStringList found;
    const auto own = QString::number(QCoreApplication::applicationPid());
    for (const auto &id : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        for (const auto &name : {QStringLiteral("/cmdline"), QStringLiteral("/environ")}) {
            QFile file(QStringLiteral("/proc/") + id + name);
            if (id != own && file.open(QIODevice::ReadOnly) && file.readAll().contains(value)) {
                found << file.fileName();
            }
        }
    }
    return found;
}

} // namespace nest::testsupport
