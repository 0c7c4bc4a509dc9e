// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A server of the machine (PostgreSQL, Redis) that a test runs for itself: on a free port of 127.0.0.1, of an
// ordinary user, in a folder of its own. Owner: the test; the destructor ends it.

#include "tests/platform/nestd/tcppeer.h"
#include "tests/support/testplatform.h"

#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace nest::tests {

using namespace Qt::StringLiterals;

class PeerProgram final
{
public:
    PeerProgram()
    {
        if (::geteuid() == 0) {         // which PostgreSQL refuses
            const auto id = u"65534"_s; // nobody: PostgreSQL wants a user with a name
            m_prefix = {u"/usr/bin/setpriv"_s, u"--reuid"_s, id, u"--regid"_s, id,
                        u"--clear-groups"_s,   u"--"_s};
            QProcess::execute(u"chown"_s, {id, m_folder.path()});
        }
        const TcpPeer free(TcpPeer::echo);
        m_port = free.port();
    }
    ~PeerProgram()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(10'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    Q_DISABLE_COPY_MOVE(PeerProgram)

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] int port() const { return m_port; }
    /// Its end; what it said otherwise.
    QString run(const QStringList &words)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        const auto all = m_prefix + words;
        process.start(all.first(), all.mid(1));
        const bool isDone = process.waitForFinished(60'000) && process.exitCode() == 0;
        return isDone ? QString() : QString::fromUtf8(process.readAll());
    }
    /// Until it takes connections.
    bool start(const QStringList &words)
    {
        const auto all = m_prefix + words;
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.setWorkingDirectory(m_folder.path());
        m_process.start(all.first(), all.mid(1));
        return testsupport::waitUntil(
            [&] {
                QTcpSocket probe;
                probe.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(m_port));
                return probe.waitForConnected(200);
            },
            std::chrono::seconds(20));
    }

private:
    QTemporaryDir m_folder;
    QStringList m_prefix;
    QProcess m_process;
    int m_port = 0;
};

} // namespace nest::tests
