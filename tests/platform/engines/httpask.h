// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks an instance over its Unix socket, as the gateway does: one request a connection.

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QLocalSocket>
#include <QObject>
#include <QString>

#include <string>
#include <utility>

namespace nest::tests {

struct Question
{
    QByteArray method = "GET";
    QByteArray target = "/";
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
};

/// A request under way; what has come of the answer can be looked at any time.
class Asking final : public QObject
{
    Q_OBJECT

public:
    Asking(const std::string &socketPath, const Question &question);

    /// Writes only the head, with a chunked body that is sent by sendChunk() and ended by an empty chunk.
    static std::unique_ptr<Asking> streaming(const std::string &socketPath, const Question &question);
    void sendChunk(const QByteArray &bytes);

    bool isOver() const { return m_isOver; }
    int status() const;
    QByteArray header(const QByteArray &name) const;
    QByteArray body() const; // chunks joined
    QJsonObject json() const { return QJsonDocument::fromJson(body()).object(); }
    QByteArray raw() const { return m_bytes; }

private:
    explicit Asking(const std::string &socketPath);

    QLocalSocket m_socket;
    QByteArray m_bytes;
    bool m_isOver = false;
};

} // namespace nest::tests
