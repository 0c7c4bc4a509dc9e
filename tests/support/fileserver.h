// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A package index of a test's own: files at paths, by HTTP on loopback. It can hang, and it can be closed and
// opened again at the same port.
//
// Thread and owner: the test's, whose waits must let events run (waitUntil does).

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QTcpServer>

namespace nest::testsupport {

class FileServer final : public QObject
{
    Q_OBJECT

public:
    FileServer();

    bool listen();
    void close() { m_server.close(); }
    [[nodiscard]] quint16 port() const { return m_port; }

    QMap<QByteArray, QByteArray> files; // by path with its leading slash; one that ends with a slash is HTML
    bool isHanging = false;             // takes requests and never answers
    int requests = 0;

private:
    void answer(QTcpSocket &socket);

    QTcpServer m_server;
    quint16 m_port = 0;
};

} // namespace nest::testsupport
