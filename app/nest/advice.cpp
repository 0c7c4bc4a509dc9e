// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/advice.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <array>

namespace nest::cli {

using namespace Qt::StringLiterals;

namespace {

struct Equivalent
{
    QStringView verb;
    QStringView address;
    QStringView command;
};

constexpr std::array equivalents{
    Equivalent{u"GET", u"/v1/functions", u"nest functions"},
    Equivalent{u"POST", u"/v1/functions", u"nest create NAME"},
    Equivalent{u"GET", u"/v1/instances", u"nest instances"},
    Equivalent{u"GET", u"/v1/pools", u"nest pools"},
    Equivalent{u"GET", u"/v1/me", u"nest status"},
};

/// A word of a shell's line.
QString quoted(QString text)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_@%+=:,./-]+$"_s);
    return text.contains(plain) ? text : u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString commandFor(const QString &verb, const QString &address, const QString &socket)
{
    const auto found = std::ranges::find_if(
        equivalents, [&](const Equivalent &one) { return one.verb == verb && one.address == address; });
    if (found != equivalents.end()) {
        return found->command.toString();
    }
    static const QRegularExpression secrets(u"^/v1/functions/([^/]+)/secrets$"_s);
    if (const auto match = secrets.match(address); verb == u"GET" && match.hasMatch()) {
        return u"nest secrets list "_s + match.captured(1);
    }
    QString line = u"curl --unix-socket "_s + quoted(socket);
    if (verb != u"GET") {
        line += u" -X "_s + verb;
    }
    if (verb == u"PUT") { // of something that is not there yet, and whose fields all have defaults
        line += u" -H 'If-None-Match: *' -H 'Content-Type: application/json' -d '{}'"_s;
    }
    return line + u" "_s + quoted(u"http://localhost"_s + address);
}

std::string translated(const std::string &sentence, const QString &socket)
{
    static const QRegularExpression address(u"\\b(GET|PUT|POST|DELETE) (/v1/\\S*?)(?=[.,;:]?(?:\\s|$))"_s);
    const auto text = QString::fromStdString(sentence);
    QString out;
    qsizetype done = 0;
    for (auto found = address.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const auto command = commandFor(match.captured(1), match.captured(2), socket);
        out += text.sliced(done, match.capturedStart() - done) + u'`' + command + u'`';
        done = match.capturedEnd();
    }
    return (out + text.sliced(done)).toStdString();
}

} // namespace

Error forShell(Error error, const std::string &socket)
{
    if (socket.empty()) {
        return error;
    }
    const auto path = QString::fromStdString(socket);
    error.detail = translated(error.detail, path);
    for (auto &field : error.fields) {
        field.detail = translated(field.detail, path);
    }
    return error;
}

} // namespace nest::cli
