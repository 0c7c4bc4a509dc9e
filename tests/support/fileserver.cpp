// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fileserver.h"

#include <QTcpSocket>

namespace nest::testsupport {

FileServer::FileServer()
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (auto *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

bool FileServer::listen()
{
    const bool isListening = m_server.listen(QHostAddress::LocalHost, m_port);
    m_port = m_server.serverPort();
    return isListening;
}

void FileServer::answer(QTcpSocket &socket)
{
    if (!socket.peek(64 * 1024).contains("\r\n\r\n")) {
        return; // the rest comes
    }
    const auto words = socket.readAll().split(' ');
    ++requests;
    if (isHanging || words.size() < 2) {
        return;
    }
    const auto file = files.constFind(words[1]);
    const bool isThere = file != files.constEnd();
    const auto body = isThere ? *file : QByteArray();
    socket.write("HTTP/1.1 " + QByteArray(isThere ? "200 OK" : "404 Not Found") + "\r\ncontent-type: " +
                 QByteArray(words[1].endsWith('/') ? "text/html" : "application/octet-stream") +
                 "\r\nconnection: close\r\ncontent-length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
                 (words[0] == "HEAD" ? QByteArray() : body));
    socket.disconnectFromHost();
}

} // namespace nest::testsupport
