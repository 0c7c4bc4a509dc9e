// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/platform/engines/httpask.h"

#include <memory>

namespace nest::tests {
namespace {

QByteArray headOf(const Question &question)
{
    QByteArray head =
        question.method + ' ' + question.target + " HTTP/1.1\r\nhost: fn\r\nconnection: close\r\n";
    for (const auto &[name, value] : question.headers) {
        head += name + ": " + value + "\r\n";
    }
    return head;
}

QByteArray joinChunks(const QByteArray &bytes)
{
    QByteArray body;
    qsizetype at = 0;
    while (true) {
        const auto lineEnd = bytes.indexOf("\r\n", at);
        bool ok = false;
        const auto length = lineEnd < 0 ? 0 : bytes.mid(at, lineEnd - at).toLongLong(&ok, 16);
        if (!ok || length == 0) {
            return body;
        }
        body += bytes.mid(lineEnd + 2, length);
        at = lineEnd + 2 + length + 2;
    }
}

} // namespace

Asking::Asking(const std::string &socketPath)
{
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] { m_bytes += m_socket.readAll(); });
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        m_bytes += m_socket.readAll();
        m_isOver = true;
    });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] { m_isOver = true; });
    m_socket.connectToServer(QString::fromStdString(socketPath));
}

Asking::Asking(const std::string &socketPath, const Question &question) : Asking(socketPath)
{
    auto bytes = headOf(question);
    if (!question.body.isEmpty() || question.method == "POST") {
        bytes += "content-length: " + QByteArray::number(question.body.size()) + "\r\n";
    }
    m_socket.write(bytes + "\r\n" + question.body);
}

std::unique_ptr<Asking> Asking::streaming(const std::string &socketPath, const Question &question)
{
    std::unique_ptr<Asking> asking(new Asking(socketPath));
    asking->m_socket.write(headOf(question) + "transfer-encoding: chunked\r\n\r\n");
    return asking;
}

void Asking::sendChunk(const QByteArray &bytes)
{
    m_socket.write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}

int Asking::status() const
{
    return m_bytes.startsWith("HTTP/1.1 ") ? m_bytes.mid(9, 3).toInt() : 0;
}

QByteArray Asking::header(const QByteArray &name) const
{
    const auto head = m_bytes.left(m_bytes.indexOf("\r\n\r\n"));
    for (const auto &line : head.split('\n')) {
        const auto colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).toLower() == name) {
            return line.mid(colon + 1).trimmed();
        }
    }
    return {};
}

QByteArray Asking::body() const
{
    const auto end = m_bytes.indexOf("\r\n\r\n");
    const auto rest = end < 0 ? QByteArray() : m_bytes.mid(end + 4);
    return header("transfer-encoding") == "chunked" ? joinChunks(rest) : rest;
}

} // namespace nest::tests
