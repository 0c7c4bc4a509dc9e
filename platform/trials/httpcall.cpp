// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/trials/httpcall.h"

#include <QHostAddress>
#include <QLocalSocket>
#include <QTcpSocket>

namespace nest::trials {

namespace {

constexpr std::size_t headerBytes = 64 * 1024;
constexpr std::size_t headerCount = 200;
constexpr std::size_t mostRead = 64UL * 1024 * 1024; // of a body whose end is not kept
constexpr qsizetype pieceBytes = 64 * 1024;

} // namespace

HttpCall::HttpCall(QObject *parent)
    : QObject(parent), m_parser(http::MessageParser::Kind::Response, headerBytes, headerCount, *this)
{
    m_phase.setSingleShot(true);
    m_whole.setSingleShot(true);
    connect(&m_phase, &QTimer::timeout, this, [this] {
        const auto seconds = std::to_string(m_phase.interval() / 1000);
        finish(HttpCallAnswer::End::TimedOut, m_answer.status == 0
                                                  ? "no answer began within " + seconds + " s"
                                                  : "nothing of the answer moved for " + seconds + " s");
    });
    connect(&m_whole, &QTimer::timeout, this, [this] {
        finish(HttpCallAnswer::End::TimedOut,
               "the answer was not complete after " + std::to_string(m_whole.interval() / 1000) + " s");
    });
}

HttpCall::~HttpCall()
{
    if (m_socket) {
        disconnect(m_socket.get(), nullptr, this, nullptr);
    }
}

void HttpCall::start(HttpCallRequest request)
{
    m_request = std::move(request);
    if (m_request.isHead) {
        m_parser.expectNoBody();
    }
    m_whole.start(m_request.wholeLimit);
    // Later, so that nobody hears of the end before start() has returned.
    QMetaObject::invokeMethod(this, &HttpCall::connectOver, Qt::QueuedConnection);
}

void HttpCall::connectOver()
{
    if (m_isOver) {
        return;
    }
    m_clock.start();
    if (m_request.socketPath.empty()) {
        auto socket = std::make_unique<QTcpSocket>();
        connect(socket.get(), &QTcpSocket::connected, this, &HttpCall::send);
        connect(socket.get(), &QTcpSocket::disconnected, this, &HttpCall::closed);
        connect(socket.get(), &QTcpSocket::errorOccurred, this, &HttpCall::closed);
        connect(socket.get(), &QTcpSocket::readyRead, this, &HttpCall::read);
        auto *raw = socket.get();
        m_socket = std::move(socket);
        raw->connectToHost(QHostAddress(QHostAddress::LocalHost), m_request.port);
        return;
    }
    auto socket = std::make_unique<QLocalSocket>();
    connect(socket.get(), &QLocalSocket::connected, this, &HttpCall::send);
    connect(socket.get(), &QLocalSocket::disconnected, this, &HttpCall::closed);
    connect(socket.get(), &QLocalSocket::errorOccurred, this, &HttpCall::closed);
    connect(socket.get(), &QLocalSocket::readyRead, this, &HttpCall::read);
    auto *raw = socket.get();
    m_socket = std::move(socket);
    raw->connectToServer(QString::fromStdString(m_request.socketPath));
}

void HttpCall::send()
{
    if (m_isOver || std::exchange(m_isSent, true)) {
        return;
    }
    m_clock.restart();
    if (m_request.headLimit.count() > 0) {
        m_phase.start(m_request.headLimit);
    }
    m_socket->write(m_request.bytes.data(), static_cast<qint64>(m_request.bytes.size()));
    m_request.bytes = {};
}

void HttpCall::read()
{
    while (!m_isOver && m_socket->bytesAvailable() > 0) {
        const auto bytes = m_socket->read(pieceBytes);
        if (bytes.isEmpty() || !feed({bytes.data(), static_cast<std::size_t>(bytes.size())})) {
            return;
        }
    }
}

bool HttpCall::feed(std::string_view bytes)
{
    if (m_answer.status != 0) {
        m_phase.start(m_request.quietLimit);
    }
    for (;;) {
        const auto step = m_parser.advance(bytes);
        bytes.remove_prefix(step.consumed);
        switch (step.event) {
        case http::MessageParser::Event::NeedMore:
            return true;
        case http::MessageParser::Event::Head: {
            const auto &head = m_parser.head();
            if (head.status == 101) {
                finish(HttpCallAnswer::End::Malformed,
                       "it answered 101 although nobody asked for another protocol");
                return false;
            }
            if (head.status < 200) {
                break;
            }
            m_answer.status = head.status;
            m_answer.headMs = elapsedMs();
            for (std::size_t i = 0; i < head.size(); ++i) {
                const auto field = head.field(i);
                m_answer.fields.emplace_back(field.name, field.value);
            }
            m_phase.start(m_request.quietLimit);
            break;
        }
        case http::MessageParser::Event::End:
            if (m_answer.status != 0) {
                finish(HttpCallAnswer::End::Complete, {});
                return false;
            }
            if (m_request.isHead) {
                m_parser.expectNoBody();
            }
            if (bytes.empty()) {
                return true;
            }
            break;
        case http::MessageParser::Event::Failed:
            finish(HttpCallAnswer::End::Malformed, m_parser.failure().detail);
            return false;
        }
        if (m_isOver) {
            return false;
        }
    }
}

void HttpCall::onBody(std::string_view bytes)
{
    const auto room = m_request.keptBytes - m_answer.body.size();
    m_answer.body += bytes.substr(0, room);
    m_answer.isTruncated = m_answer.isTruncated || bytes.size() > room;
    m_bodyBytes += bytes.size();
    if (m_bodyBytes > mostRead) {
        // The parser is in the middle of its work: its answer is thrown away, and we leave afterwards.
        QMetaObject::invokeMethod(
            this, [this] { finish(HttpCallAnswer::End::Complete, {}); }, Qt::QueuedConnection);
    }
}

void HttpCall::closed()
{
    if (m_isOver) {
        return;
    }
    read(); // what came before the end
    if (m_isOver) {
        return;
    }
    if (!m_isSent) {
        finish(HttpCallAnswer::End::NoConnection, m_socket->errorString().toStdString());
    } else if (m_parser.finish() == http::MessageParser::Event::End && m_answer.status != 0) {
        finish(HttpCallAnswer::End::Complete, {});
    } else {
        finish(HttpCallAnswer::End::BrokenOff, "the connection was closed");
    }
}

void HttpCall::abort(const std::string &trouble)
{
    finish(HttpCallAnswer::End::BrokenOff, trouble);
}

void HttpCall::finish(HttpCallAnswer::End end, std::string trouble)
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    m_phase.stop();
    m_whole.stop();
    m_answer.end = end;
    m_answer.trouble = std::move(trouble);
    m_answer.wholeMs = m_isSent ? elapsedMs() : 0;
    if (auto *socket = m_socket.release()) {
        disconnect(socket, nullptr, this, nullptr);
        socket->close(); // what was not written yet is thrown away
        socket->deleteLater();
    }
    Q_EMIT finished(std::move(m_answer));
}

double HttpCall::elapsedMs() const
{
    return static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
}

} // namespace nest::trials
