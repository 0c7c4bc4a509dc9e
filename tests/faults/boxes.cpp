// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/boxes.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <signal.h>

using namespace Qt::StringLiterals;

namespace nest::faults {

namespace {

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<pid_t> childrenOf(pid_t parent)
{
    std::vector<pid_t> children;
    const auto tasks = u"/proc/%1/task/"_s.arg(parent);
    for (const auto &task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const auto &word : readAll(tasks + task + u"/children"_s).split(' ')) {
            if (const auto pid = word.toInt(); pid > 0) {
                children.push_back(pid);
            }
        }
    }
    return children;
}

} // namespace

pid_t keeperOf(const QString &runtimeDirectory)
{
    const auto pid = readAll(runtimeDirectory + u"/keeper.lock"_s).trimmed().toInt();
    const bool isIt = pid > 0 && readAll(u"/proc/%1/cmdline"_s.arg(pid)).contains(runtimeDirectory.toUtf8());
    return isIt ? pid : -1;
}

std::vector<pid_t> boxesOf(pid_t keeper)
{
    return childrenOf(keeper);
}

std::vector<pid_t> descendantsOf(pid_t root)
{
    auto all = childrenOf(root);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const auto child : childrenOf(all[i])) {
            all.push_back(child);
        }
    }
    return all;
}

bool isAlive(pid_t pid)
{
    const auto status = readAll(u"/proc/%1/stat"_s.arg(pid));
    const auto state = status.mid(status.lastIndexOf(')') + 2, 1);
    return !status.isEmpty() && state != "Z" && state != "X";
}

bool runsBelow(pid_t root, const QByteArray &words)
{
    return std::ranges::any_of(descendantsOf(root), [&](pid_t pid) {
        return readAll(u"/proc/%1/cmdline"_s.arg(pid)).contains(words);
    });
}

std::vector<pid_t> processesWith(const QByteArray &word)
{
    std::vector<pid_t> found;
    const auto names = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const auto &name : names) {
        if (name.toInt() > 0 && readAll(u"/proc/%1/cmdline"_s.arg(name)).contains(word)) {
            found.push_back(name.toInt());
        }
    }
    return found;
}

double memoryOf(pid_t pid)
{
    constexpr double pagesPerMegabyte = 256;
    return readAll(u"/proc/%1/statm"_s.arg(pid)).split(' ').value(1).toDouble() / pagesPerMegabyte;
}

} // namespace nest::faults
