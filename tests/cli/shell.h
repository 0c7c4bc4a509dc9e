// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One `nest` as a process, and what came of it. Waits block, which only tests may do; each has a limit.

#include "tests/support/testplatform.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <chrono>
#include <csignal>

namespace nest::clitest {

struct Outcome
{
    int code = -1; // -1: did not end
    QString output;
    QString errors;
    [[nodiscard]] QByteArray said() const { return (output + QStringLiteral("\n--\n") + errors).toUtf8(); }
    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(output.toUtf8()); }
    [[nodiscard]] QList<QJsonObject> jsonLines() const
    {
        QList<QJsonObject> lines;
        for (const auto &line : output.split(u'\n', Qt::SkipEmptyParts)) {
            lines.append(QJsonDocument::fromJson(line.toUtf8()).object());
        }
        return lines;
    }
};

/// A `nest` that runs; ended at the latest with this object.
class Shell final
{
public:
    Shell(const QStringList &arguments, const QProcessEnvironment &environment)
    {
        m_process.setProgram(testsupport::TestPlatform::program(QStringLiteral("nest")));
        m_process.setArguments(arguments);
        m_process.setProcessEnvironment(environment);
        m_process.start();
    }
    ~Shell()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished(5'000);
        }
    }
    Q_DISABLE_COPY_MOVE(Shell)

    [[nodiscard]] QString output()
    {
        m_output += QString::fromUtf8(m_process.readAllStandardOutput());
        return m_output;
    }
    [[nodiscard]] QString errors()
    {
        m_errors += QString::fromUtf8(m_process.readAllStandardError());
        return m_errors;
    }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    bool complains(const QString &text, std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        return testsupport::waitUntil([&] { return errors().contains(text); }, limit);
    }
    bool says(const QString &text, std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        return testsupport::waitUntil([&] { return output().contains(text); }, limit);
    }
    void kill() { ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL); }
    void terminate() { ::kill(static_cast<pid_t>(m_process.processId()), SIGTERM); }
    void interrupt() { ::kill(static_cast<pid_t>(m_process.processId()), SIGINT); }
    Outcome finish(std::chrono::milliseconds limit = std::chrono::seconds(60))
    {
        const bool ended =
            testsupport::waitUntil([&] { return m_process.state() == QProcess::NotRunning; }, limit);
        const bool hasCode = ended && m_process.exitStatus() == QProcess::NormalExit;
        return {hasCode ? m_process.exitCode() : -1, output(), errors()};
    }

private:
    QProcess m_process;
    QString m_output;
    QString m_errors;
};

} // namespace nest::clitest
