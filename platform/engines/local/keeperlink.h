// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The engine's line to nest-keeper: connects, starts a keeper when none answers, and does so again when
// the line breaks.
//
// Invariants: requests sent while there is no line wait and go out after the next Hello, in order; each
// lost() is between two connected(). Thread: the control thread. Owner: the engine.

#include "platform/keeper/protocol.h"

#include <QElapsedTimer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <string>

namespace nest::engines {

struct KeeperPlace
{
    std::string runtimeDirectory;
    std::string keeperProgram;
    std::string bwrapProgram;
    bool allowsWeakIsolation = false;
    bool allowsNoIsolation = false;
};

class KeeperLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeeperLink)

public:
    explicit KeeperLink(KeeperPlace place, QObject *parent = nullptr);
    ~KeeperLink() override;

    void start();
    void send(const keeper::Request &request);

Q_SIGNALS:
    void connected(nest::keeper::Hello hello);
    void received(nest::keeper::Event event); // anything but Hello and Refused
    void lost();
    void failed(nest::Error error);

private:
    void tryToConnect();
    void connectionFailed();
    bool launchKeeper();
    void read();
    void take(const keeper::Event &event);
    void giveUp(Error error);

    KeeperPlace m_place;
    QLocalSocket m_socket;
    QTimer m_retry;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceLaunch;
    keeper::MessageReader m_reader;
    QByteArray m_waiting; // encoded requests from before Hello
    bool m_isGreeted = false;
    bool m_isStopped = true;
};

} // namespace nest::engines
