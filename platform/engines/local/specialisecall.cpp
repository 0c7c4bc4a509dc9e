// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/engines/local/specialisecall.h"

#include "platform/engines/local/enginetypes.h"

#include <boost/json.hpp>

#include <QString>

namespace nest::engines {
namespace {

constexpr qsizetype maxAnswerBytes = 256 * 1024;

struct HttpAnswer
{
    int status = 0;
    std::string body;
};

// Enough of HTTP for the guest's own answers, which are never chunked and end with the connection.
HttpAnswer parseAnswer(const QByteArray &bytes)
{
    const auto headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0 || !bytes.startsWith("HTTP/1.1 ")) {
        return {};
    }
    return {bytes.mid(9, 3).toInt(), bytes.mid(headEnd + 4).toStdString()};
}

double numberAt(const boost::json::object &object, const char *name)
{
    const auto *value = object.if_contains(name);
    return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

std::string textAt(const boost::json::object &object, const char *name)
{
    const auto *value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The first line, with paths as the developer knows them: relative to the function's folder.
std::string sentence(const std::string &text)
{
    auto line = QString::fromStdString(text.substr(0, text.find('\n')));
    line.remove(QStringLiteral("file:///code/")).remove(QStringLiteral("/code/"));
    while (line.endsWith(QLatin1Char('.')) || line.endsWith(QLatin1Char(' '))) {
        line.chop(1);
    }
    return line.toStdString();
}

Error loadError(const boost::json::object &problem)
{
    Error error{
        "engines/load-error", "The function could not be loaded: " + sentence(textAt(problem, "detail")), {}};
    if (const auto file = textAt(problem, "file"); !file.empty()) {
        error.detail += " (" + file + ":" + std::to_string(static_cast<int>(numberAt(problem, "line"))) + ")";
    }
    error.detail += ".";
    const auto stack = QString::fromStdString(textAt(problem, "stack"));
    for (const auto &line : stack.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        error.fields.push_back({"", line.toStdString()});
    }
    return error;
}

} // namespace

SpecialiseCall::SpecialiseCall(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const auto seconds = std::to_string(m_timer.interval() / 1000);
        finish();
        Q_EMIT refused({"engines/load-timeout", "The function was not loaded within " + seconds +
                                                    " s. Do less work when the module loads."});
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &SpecialiseCall::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, &SpecialiseCall::judge);
    connect(&m_socket, &QLocalSocket::errorOccurred, this,
            [this](QLocalSocket::LocalSocketError) { judge(); });
}

SpecialiseCall::~SpecialiseCall()
{
    disconnect(&m_socket, nullptr, this, nullptr); // it tells of its end while it goes
}

void SpecialiseCall::start(const std::string &socketPath, Request request)
{
    const auto &body = request.body;
    m_codeDir = std::move(request.codeDir);
    send(socketPath,
         "POST /_nest/specialise HTTP/1.1\r\nhost: nest\r\nconnection: close\r\n"
         "content-type: application/json\r\ncontent-length: " +
             std::to_string(body.size()) + "\r\n\r\n" + body,
         request.timeoutSeconds);
}

void SpecialiseCall::askHealth(const std::string &socketPath, int timeoutSeconds)
{
    send(socketPath, "GET /_nest/health HTTP/1.1\r\nhost: nest\r\nconnection: close\r\n\r\n", timeoutSeconds);
}

void SpecialiseCall::send(const std::string &socketPath, const std::string &request, int timeoutSeconds)
{
    m_timer.start(timeoutSeconds * 1000);
    m_socket.connectToServer(QString::fromStdString(socketPath));
    if (m_isOver || m_socket.state() == QLocalSocket::UnconnectedState) {
        return; // refused at once: the process has ended, and the keeper tells it
    }
    m_socket.write(QByteArray::fromStdString(request));
}

void SpecialiseCall::read()
{
    if (m_isOver) {
        return;
    }
    m_bytes += m_socket.read(maxAnswerBytes + 1 - m_bytes.size());
    if (m_bytes.size() > maxAnswerBytes) {
        judge();
    }
}

void SpecialiseCall::judge()
{
    if (m_isOver) {
        return;
    }
    if (m_socket.bytesAvailable() > 0) {
        m_bytes += m_socket.readAll().left(maxAnswerBytes);
    }
    finish();
    if (!m_codeDir.empty() && m_codeDir != codeInBox) { // what follows the head has no length of its own
        m_bytes.replace(QByteArray::fromStdString(m_codeDir), QByteArray(codeInBox));
    }
    const auto answer = parseAnswer(m_bytes);
    boost::system::error_code error;
    const auto value = boost::json::parse(answer.body, error);
    if (answer.status == 0 || error || !value.is_object()) {
        Q_EMIT cut();
        return;
    }
    const auto &object = value.get_object();
    if (answer.status != 200) {
        Q_EMIT refused(loadError(object));
        return;
    }
    Q_EMIT loaded({.processStartUnixMs = numberAt(object, "processStartUnixMs"),
                   .listeningUnixMs = numberAt(object, "listeningUnixMs"),
                   .loadMs = numberAt(object, "loadMs")});
}

void SpecialiseCall::finish()
{
    m_isOver = true;
    m_timer.stop();
    m_socket.abort();
}

} // namespace nest::engines
