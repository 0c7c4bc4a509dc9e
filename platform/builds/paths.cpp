// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/paths.h"

#include <QString>
#include <QStringDecoder>

#include <algorithm>
#include <format>
#include <set>

namespace nest::builds {

namespace {

constexpr std::size_t minNameLength = 3;
constexpr std::size_t maxNameLength = 40;

/// For a message: what cannot be printed as '?', not longer than a line.
std::string shown(std::string_view path)
{
    auto text = QString::fromUtf8(QByteArrayView(path.substr(0, 120)));
    for (auto &c : text) {
        if (!c.isPrint()) {
            c = QLatin1Char('?');
        }
    }
    return text.toStdString() + (path.size() > 120 ? "…" : "");
}

std::unexpected<Error> badPath(std::string_view path, std::string_view why)
{
    return failure("builds/bad-path", std::format("The path '{}' cannot be used: {}.", shown(path), why));
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm.
bool turnsTheText(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x061c || u == 0x200e || u == 0x200f || (u >= 0x202a && u <= 0x202e) ||
           (u >= 0x2066 && u <= 0x2069);
}

Result<> checkText(std::string_view path)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(QByteArrayView(path.data(), static_cast<qsizetype>(path.size())));
    if (decoder.hasError()) {
        return badPath(path, "it is not valid UTF-8");
    }
    if (std::ranges::any_of(text, [](QChar c) { return c.category() == QChar::Other_Control; })) {
        return badPath(path, "it holds a control character");
    }
    if (std::ranges::any_of(text, turnsTheText)) {
        return badPath(path,
                       "it holds a character that changes the direction of the text and hides its real name");
    }
    if (text.normalized(QString::NormalizationForm_C) != text) {
        return badPath(path, "write it in Unicode normal form C (composed letters)");
    }
    return {};
}

Result<> checkSegment(std::string_view path, std::string_view segment)
{
    if (segment.empty()) {
        return badPath(path, "it has an empty part between slashes");
    }
    if (segment == "." || segment == "..") {
        return badPath(path, "'.' and '..' are not allowed");
    }
    if (segment == ".nest") {
        return badPath(path, "'.nest' is reserved for the platform");
    }
    if (segment.size() > maxSegmentBytes) {
        return badPath(path, std::format("a part of it is longer than {} bytes", maxSegmentBytes));
    }
    return {};
}

} // namespace

Result<> checkFunctionName(std::string_view name)
{
    const auto isLower = [](char c) {
        return c >= 'a' && c <= 'z';
    };
    const auto isAllowed = [&](char c) {
        return isLower(c) || (c >= '0' && c <= '9') || c == '-';
    };
    if (name.size() < minNameLength || name.size() > maxNameLength || !isLower(name.front()) ||
        !std::ranges::all_of(name, isAllowed)) {
        return failure(
            "builds/bad-name",
            std::format("'{}' is no name for a function: take 3 to 40 of a-z, 0-9 and '-', beginning "
                        "with a letter.",
                        shown(name)));
    }
    return {};
}

Result<> checkPath(std::string_view path)
{
    if (path.empty()) {
        return badPath(path, "it is empty");
    }
    if (path.size() > maxPathBytes) {
        return badPath(path, std::format("it is longer than {} bytes", maxPathBytes));
    }
    if (path.front() == '/') {
        return badPath(path, "it must be relative to the function's folder, without a leading '/'");
    }
    if (path.contains('\\')) {
        return badPath(path, "separate folders with '/', not with '\\'");
    }
    if (auto text = checkText(path); !text) {
        return text;
    }
    for (std::size_t begin = 0; begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        if (auto segment = checkSegment(path, path.substr(begin, end - begin)); !segment) {
            return segment;
        }
        begin = end + 1;
    }
    return {};
}

Result<> checkDraftPath(std::string_view path, const std::vector<std::string> &others)
{
    if (auto checked = checkPath(path); !checked) {
        return checked;
    }
    if (path.front() == '.' || path.contains("/.")) {
        return badPath(path, "parts that begin with '.' are hidden files, which a draft does not have");
    }
    const auto isBelow = [](std::string_view lower, std::string_view upper) {
        return lower.size() > upper.size() && lower.starts_with(upper) && lower[upper.size()] == '/';
    };
    const auto folded =
        QString::fromUtf8(QByteArrayView(path.data(), static_cast<qsizetype>(path.size()))).toCaseFolded();
    for (const auto &other : others) {
        if (other != path && QString::fromStdString(other).toCaseFolded() == folded) {
            return badPath(path,
                           std::format("'{}' differs from it in upper and lower case alone, and would be "
                                       "the same file on many machines",
                                       shown(other)));
        }
        if (isBelow(path, other) || isBelow(other, path)) {
            return badPath(path, std::format("'{}' would be a file and a folder at once",
                                             shown(isBelow(path, other) ? std::string_view(other) : path)));
        }
    }
    return {};
}

Result<> checkFiles(const BuildFiles &files, const FileLimits &limits)
{
    if (files.size() > limits.files) {
        return failure("builds/too-large", std::format("The draft has {} files; at most {} are allowed.",
                                                       files.size(), limits.files));
    }
    std::size_t bytes = 0;
    std::set<std::string_view> paths;
    for (const auto &file : files) {
        if (auto checked = checkPath(file.path); !checked) {
            return checked;
        }
        if (!paths.insert(file.path).second) {
            return badPath(file.path, "there are two files of that name");
        }
        if (file.content.size() > limits.fileBytes) {
            return failure("builds/too-large",
                           std::format("'{}' has {} bytes; a file may have at most {}.", shown(file.path),
                                       file.content.size(), limits.fileBytes));
        }
        bytes += file.content.size();
    }
    if (bytes > limits.bytes) {
        return failure("builds/too-large",
                       std::format("The draft has {} bytes; at most {} are allowed.", bytes, limits.bytes));
    }
    for (const auto path : paths) {
        for (auto slash = path.find('/'); slash != std::string_view::npos;
             slash = path.find('/', slash + 1)) {
            if (paths.contains(path.substr(0, slash))) {
                return badPath(path.substr(0, slash), "it is a file and a folder at once");
            }
        }
    }
    return {};
}

} // namespace nest::builds
