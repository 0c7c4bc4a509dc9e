// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/answertext.h"

#include "api/client/onworker.h"
#include "app/console/pages/function/test/jsontext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringDecoder>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLine = 4'000; // characters; a text field lays out a longer one for seconds

struct Answers
{
    Q_DECLARE_TR_FUNCTIONS(Answers)
};

QString contentType(const wire::Invocation &answer)
{
    for (const auto &header : answer.headers) {
        if (QString::fromStdString(header.name).compare("content-type"_L1, Qt::CaseInsensitive) == 0) {
            return QString::fromStdString(header.value);
        }
    }
    return {};
}

/// Bytes at the end that begin a letter whose rest was cut off.
qsizetype cutLetter(const QByteArray &text)
{
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0) == 0xC0) {
            const qsizetype length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return length > back ? back : 0;
        }
        if ((byte & 0x80) == 0) {
            break;
        }
    }
    return 0;
}

/// Cuts what a text field cannot lay out; true when something was cut.
bool cutLongLines(QString &text)
{
    bool wasCut = false;
    QStringList lines = text.split(u'\n');
    for (QString &line : lines) {
        if (line.size() > longestLine) {
            line = line.left(longestLine) + u" …"_s;
            wasCut = true;
        }
    }
    if (wasCut) {
        text = lines.join(u'\n');
    }
    return wasCut;
}

} // namespace

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

AnswerText readableAnswer(const wire::Invocation &answer)
{
    AnswerText text;
    text.raw = QByteArray::fromStdString(answer.body);
    if (answer.bodyEncoding == wire::FileEncoding::Base64) {
        text.raw = QByteArray::fromBase64(text.raw);
    }
    QStringList notes;
    if (answer.isTruncated) {
        text.raw.chop(cutLetter(text.raw));
        notes.append(Answers::tr("The body was longer; its first 1 MiB is here."));
    }
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString decoded = decode(text.raw);
    const QString type = contentType(answer);
    if (decode.hasError() || text.raw.contains('\0')) {
        text.body = type.isEmpty() ? Answers::tr("%1 of binary data").arg(sizeText(text.raw.size()))
                                   : Answers::tr("%1 of %2").arg(sizeText(text.raw.size()), type);
    } else {
        const std::string_view raw(text.raw.constData(), static_cast<std::size_t>(text.raw.size()));
        const bool isMeant = type.contains("json"_L1) || looksLikeJson(raw);
        const auto pretty = isMeant ? prettyJson(raw) : std::nullopt;
        text.isJson = pretty.has_value();
        text.body = pretty ? QString::fromStdString(*pretty) : decoded;
        if (isMeant && !pretty && type.contains("json"_L1) && !answer.isTruncated && !raw.empty()) {
            notes.append(Answers::tr("The type says JSON, but the body is none."));
        }
        if (cutLongLines(text.body)) {
            notes.append(Answers::tr("Long lines are cut here; Copy takes them whole."));
        }
    }
    text.note = notes.join(u' ');
    return text;
}

QCoro::Task<AnswerText> readableLater(wire::Invocation answer)
{
    co_return co_await client::OnWorker([answer = std::move(answer)] { return readableAnswer(answer); });
}

} // namespace nest::console
