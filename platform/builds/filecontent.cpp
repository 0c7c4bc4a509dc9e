// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/filecontent.h"

#include <QByteArray>

namespace nest::builds {

wire::File wireFile(std::string path, std::string bytes)
{
    wire::File file;
    file.path = std::move(path);
    file.status = wire::FileStatus{static_cast<std::int64_t>(bytes.size()), std::nullopt};
    const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
    if (view.isValidUtf8() && !view.contains('\0')) {
        file.content = std::move(bytes);
    } else {
        file.encoding = wire::FileEncoding::Base64;
        file.content = view.toByteArray().toBase64().toStdString();
    }
    return file;
}

std::optional<std::string> bytesOf(const wire::File &file)
{
    if (file.encoding == wire::FileEncoding::Utf8) {
        return file.content;
    }
    const auto decoded = QByteArray::fromBase64Encoding(QByteArray::fromStdString(file.content),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded.toStdString()) : std::nullopt;
}

} // namespace nest::builds
