// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/newfunction.h"

#include <QCoreApplication>

#include <algorithm>
#include <cctype>

namespace nest::models {

namespace {

struct NewFunctionTexts
{
    Q_DECLARE_TR_FUNCTIONS(NewFunctionTexts)
};

constexpr std::size_t shortestName = 3;
constexpr std::size_t longestName = 40;
constexpr std::string_view placeholder = "@NAME@";
constexpr std::string_view manifestPath = "function.yaml";

bool isSmall(char letter)
{
    return letter >= 'a' && letter <= 'z';
}

bool isAllowed(char letter)
{
    return isSmall(letter) || (letter >= '0' && letter <= '9') || letter == '-';
}

/// Small letters, a dash for what is no letter, nothing before the first letter.
std::string mendedName(const std::string &name)
{
    std::string mended;
    for (const char letter : name) {
        const auto small = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        if (mended.empty() && !isSmall(small)) {
            continue;
        }
        if (isAllowed(small)) {
            mended += small;
        } else if (mended.back() != '-') {
            mended += '-';
        }
    }
    while (!mended.empty() && mended.back() == '-') {
        mended.pop_back();
    }
    mended.resize(std::min(mended.size(), longestName));
    return mended;
}

void replaceAll(std::string &text, std::string_view what, const std::string &by)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

/// Takes the block of a top-level key out of a manifest: its line and the indented ones below it.
void removeKey(std::string &yaml, const std::string &key)
{
    std::string kept;
    bool isInside = false;
    for (std::size_t at = 0; at < yaml.size();) {
        const auto end = std::min(yaml.find('\n', at), yaml.size() - 1) + 1;
        const auto line = yaml.substr(at, end - at);
        at = end;
        if (line.starts_with(key + ':')) {
            isInside = true;
            continue;
        }
        isInside = isInside && (line.starts_with(' ') || line.starts_with('\t'));
        if (!isInside) {
            kept += line;
        }
    }
    yaml = std::move(kept);
}

std::string manifestWith(std::string yaml, const NewFunction &function)
{
    for (const char *key : {"memory", "timeout", "scaling"}) {
        removeKey(yaml, key);
    }
    if (!yaml.empty() && yaml.back() != '\n') {
        yaml += '\n';
    }
    return yaml + "memory: " + std::to_string(function.memoryMegabytes) +
           "\ntimeout: " + std::to_string(function.timeoutSeconds) +
           "\nscaling:\n  reserved: " + std::to_string(function.reserved) +
           "\n  maximum: " + std::to_string(function.maximum) + '\n';
}

} // namespace

NameCheck checkName(const std::string &name, bool isTaken)
{
    NameCheck check;
    check.hasGoodLetters = !name.empty() && isSmall(name.front()) && std::ranges::all_of(name, isAllowed);
    check.hasGoodLength = name.size() >= shortestName && name.size() <= longestName;
    check.isFree = !name.empty() && !isTaken;
    if (!check.hasGoodLetters || name.size() > longestName) {
        check.mended = mendedName(name);
    }
    return check;
}

std::string numbersProblem(const NewFunction &function)
{
    if (function.reserved > function.maximum) {
        return NewFunctionTexts::tr(
                   "%1 reserved are more than the maximum of %2. Raise the maximum or reserve fewer.")
            .arg(function.reserved)
            .arg(function.maximum)
            .toStdString();
    }
    return {};
}

std::vector<wire::File> filesOf(const wire::Template &from, const NewFunction &function)
{
    std::vector<wire::File> files = from.contents;
    for (wire::File &file : files) {
        file.etag.reset();
        file.status.reset();
        if (file.encoding != wire::FileEncoding::Utf8) {
            continue;
        }
        replaceAll(file.content, placeholder, function.name);
        if (file.path == manifestPath) {
            file.content = manifestWith(std::move(file.content), function);
        }
    }
    return files;
}

} // namespace nest::models
