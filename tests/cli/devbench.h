// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A developer's folder and cache for the tests of `nest dev`, `nest test` and `nest debug`, and what is left
// of a run: processes and mounts are told by the cache's path, which nothing else has in its arguments.

#include "tests/cli/shell.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

namespace nest::clitest {

class DevBench final
{
public:
    DevBench() : m_tree(QStringLiteral("/tmp/nest-t-XXXXXX")) { QDir().mkpath(folder()); }
    ~DevBench()
    {
        testsupport::waitUntil([this] { return processes().isEmpty(); }, std::chrono::seconds(8));
        QProcess::execute(QStringLiteral("chmod"),
                          {QStringLiteral("-R"), QStringLiteral("u+w"), m_tree.path()});
    }
    Q_DISABLE_COPY_MOVE(DevBench)

    [[nodiscard]] QString folder() const { return m_tree.filePath(QStringLiteral("f")); }
    [[nodiscard]] QString cache() const { return m_tree.filePath(QStringLiteral("c")); }
    bool write(const QString &path, const QByteArray &bytes) const
    {
        const auto full = folder() + u'/' + path;
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }
    /// A Node function that answers and logs `word`.
    bool writeHandler(const QByteArray &word) const
    {
        return write(QStringLiteral("src/handler.js"), "export function handler(event, context) {\n"
                                                       "    context.log.info('said " +
                                                           word +
                                                           "');\n"
                                                           "    return { status: 200, body: '" +
                                                           word +
                                                           "' + (context.environment?.MARK ?? '') };\n"
                                                           "}\n");
    }
    bool writeManifest(const QByteArray &rest = {}) const
    {
        return write(QStringLiteral("function.yaml"),
                     "name: hello\nruntime: node20\nhandler: src/handler.js#handler\n" + rest);
    }
    [[nodiscard]] QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CACHE_HOME"), cache());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_tree.filePath(QStringLiteral("config")));
        for (const auto &name : {QStringLiteral("NEST_SOCKET"), QStringLiteral("NEST_RUNTIME_DIR")}) {
            environment.remove(name);
        }
        return environment;
    }
    /// The command lines of what runs below the cache's folder, boxes included: their sockets lie there.
    [[nodiscard]] QStringList processes() const
    {
        QStringList found;
        const auto mark = cache().toUtf8();
        const auto numbers = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
        for (const auto &number : numbers) {
            QFile line(QStringLiteral("/proc/%1/cmdline").arg(number));
            QFile mounts(QStringLiteral("/proc/%1/mountinfo").arg(number));
            const auto words = line.open(QIODevice::ReadOnly) ? line.readAll() : QByteArray();
            const bool isBoxed = words.contains("bwrap") || words.contains("/nest/");
            if (words.contains(mark) ||
                (isBoxed && mounts.open(QIODevice::ReadOnly) && mounts.readAll().contains(mark.mid(5)))) {
                found.append(QString::fromUtf8(words).replace(QChar(0), u' '));
            }
        }
        return found;
    }
    [[nodiscard]] bool hasMounts() const
    {
        QFile mounts(QStringLiteral("/proc/self/mounts"));
        return mounts.open(QIODevice::ReadOnly) && mounts.readAll().contains(cache().toUtf8());
    }
    /// The gateway's port, from the address that is said; waits for it, as it may be a line behind what the
    /// test waited for. 0: none came.
    static quint16 portOf(Shell &shell)
    {
        static const QRegularExpression address(QStringLiteral("http://127\\.0\\.0\\.1:(\\d+)/fn/"));
        quint16 port = 0;
        testsupport::waitUntil(
            [&] {
                port = address.match(shell.output()).captured(1).toUShort();
                return port != 0;
            },
            std::chrono::seconds(10));
        return port;
    }

private:
    QTemporaryDir m_tree;
};

} // namespace nest::clitest
