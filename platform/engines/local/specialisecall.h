// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One POST /_nest/specialise, or one GET /_nest/health, on an instance's socket. It may be sent before the
// process has booted: it waits in the socket's backlog.
//
// The answer comes from a process that runs foreign code, so it is read with limits and believed in
// nothing but what is shown. Thread: the control thread. Owner: the engine; of use once.

#include "api/wire/result.h"

#include <QByteArray>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <string>

namespace nest::engines {

struct SpecialiseAnswer
{
    double processStartUnixMs = 0;
    double listeningUnixMs = 0;
    double loadMs = 0;
};

class SpecialiseCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SpecialiseCall)

public:
    explicit SpecialiseCall(QObject *parent = nullptr);
    ~SpecialiseCall() override;

    struct Request
    {
        std::string body;
        std::string codeDir; // as the process knows it; what it answers is told as of /code
        int timeoutSeconds = 0;
    };
    void start(const std::string &socketPath, Request request);
    /// Ends with loaded() when the runtime has booted.
    void askHealth(const std::string &socketPath, int timeoutSeconds);

Q_SIGNALS:
    void loaded(nest::engines::SpecialiseAnswer answer);
    /// The module could not be loaded, or there was no answer in time.
    void refused(nest::Error error);
    /// The process ended the connection without an answer: its end says why.
    void cut();

private:
    void send(const std::string &socketPath, const std::string &request, int timeoutSeconds);
    void read();
    void judge();
    void finish();

    QLocalSocket m_socket;
    QTimer m_timer;
    QByteArray m_bytes;
    std::string m_codeDir;
    bool m_isOver = false;
};

} // namespace nest::engines
