// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Java sources of a test, compiled as a build does: by javac, into classes/ beside src/. Blocks; for tests
// alone.

#include <QByteArray>
#include <QProcess>

#include <string>

namespace nest::tests {

/// What javac said; empty when all is well.
inline QByteArray compileJava(const std::string &folder)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"),
         QStringLiteral("cd \"$1\" && javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -g -parameters "
                        "-cp \"$2\" -d classes $(find src -name '*.java')"),
         QStringLiteral("javac"), QString::fromStdString(folder),
         QStringLiteral(NEST_BINARY_DIR "/share/nest/runtimes/java/nest-functions.jar")});
    constexpr int limitMs = 30'000;
    if (!process.waitForFinished(limitMs)) {
        return "javac did not end";
    }
    return process.exitCode() == 0 ? QByteArray() : process.readAll();
}

} // namespace nest::tests
