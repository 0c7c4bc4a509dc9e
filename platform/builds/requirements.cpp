// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/requirements.h"

#include <algorithm>
#include <format>
#include <optional>
#include <regex>
#include <string>

namespace nest::builds {

namespace {

constexpr std::size_t mostProblems = 20;
constexpr std::size_t longestLine = 64UL * 1024; // many hashes
// std::regex goes one call deeper for each byte: a longer text would end the process, not the build.
constexpr std::size_t longestPin = 512;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r";
    const auto first = text.find_first_not_of(space);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(space) - first + 1);
}

bool isControl(char letter)
{
    constexpr unsigned char firstPrinted = 0x20;
    constexpr unsigned char del = 0x7f;
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < firstPrinted && letter != '\t') || byte == del;
}

bool isForeign(char letter)
{
    constexpr unsigned char lastPrinted = 0x7e;
    return isControl(letter) || static_cast<unsigned char>(letter) > lastPrinted;
}

/// Where the options begin; the text's end without any.
std::size_t optionsOf(std::string_view text)
{
    return std::min({text.find(" --"), text.find("\t--"), text.size()});
}

/// The first word, taken from the text.
std::string_view takeWord(std::string_view &text)
{
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    const auto word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

bool isPin(std::string_view text)
{
    static const std::regex pin(R"([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?(\[[A-Za-z0-9._, -]*\])?)"
                                R"(\s*===?\s*[A-Za-z0-9][A-Za-z0-9.+!_-]*)");
    return text.size() <= longestPin && std::regex_match(text.begin(), text.end(), pin);
}

/// pip would read an option, a variable or a line that goes on in any other.
bool isMarker(std::string_view text)
{
    if (text.find_first_of("\\$") != std::string_view::npos) {
        return false;
    }
    while (!text.empty()) {
        if (takeWord(text).starts_with('-')) {
            return false;
        }
    }
    return true;
}

bool isHash(std::string_view word)
{
    constexpr std::string_view option = "--hash=";
    const auto value = word.starts_with(option) ? word.substr(option.size()) : std::string_view();
    const auto colon = std::min(value.find(':'), value.size());
    const auto kind = value.substr(0, colon);
    return (kind == "sha256" || kind == "sha384" || kind == "sha512") && colon < value.size() &&
           value.substr(colon + 1).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// "name[extra]==1.2.3 ; marker --hash=sha256:… --hash=…", as pip gets it; nothing when it says more.
std::optional<std::string> pinOf(std::string_view line)
{
    const auto options = optionsOf(line);
    auto hashes = trimmed(line.substr(options));
    const auto front = line.substr(0, options);
    const auto semicolon = std::min(front.find(';'), front.size());
    const auto pin = trimmed(front.substr(0, semicolon));
    const auto marker = trimmed(front.substr(std::min(semicolon + 1, front.size())));
    if (!isPin(pin) || !isMarker(marker)) {
        return std::nullopt;
    }
    std::string made(pin);
    if (!marker.empty()) {
        made.append(" ; ").append(marker);
    }
    while (!hashes.empty()) {
        const auto word = takeWord(hashes);
        if (!isHash(word)) {
            return std::nullopt;
        }
        made.append(" ").append(word);
    }
    return made;
}

/// Without its comment, which begins the line or follows a space.
std::string_view withoutComment(std::string_view line)
{
    for (auto mark = line.find('#'); mark != std::string_view::npos; mark = line.find('#', mark + 1)) {
        if (mark == 0 || line[mark - 1] == ' ' || line[mark - 1] == '\t') {
            return line.substr(0, mark);
        }
    }
    return line;
}

/// What is wrong with a whole line that is no pin.
std::string complaintOf(std::string_view line)
{
    constexpr std::size_t shown = 60;
    constexpr std::string_view hint =
        "write name==1.2.3, with --hash=sha256:… or without; `pip freeze` and `pip-compile` do";
    const auto *const foreign = std::ranges::find_if(line, isForeign);
    if (foreign == line.end()) {
        return std::format("'{}' is no package with one version: {}", line.substr(0, shown), hint);
    }
    const auto before = static_cast<std::size_t>(foreign - line.begin());
    return std::format("The byte 0x{:02x} after '{}' stands in no package's line: {}",
                       static_cast<unsigned char>(*foreign),
                       line.substr(before - std::min(before, shown), std::min(before, shown)), hint);
}

wire::BuildProblem problemAt(std::string_view path, int line, std::string message)
{
    return {.severity = wire::ProblemSeverity::Error,
            .path = std::string(path),
            .line = line,
            .column = line > 0 ? 1 : 0,
            .message = std::move(message)};
}

} // namespace

Requirements readRequirements(std::string_view text)
{
    Requirements read;
    std::string joined;
    int number = 0;
    int first = 0;
    while (!text.empty() && read.problems.size() < mostProblems) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto all = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (joined.empty()) {
            first = number;
        }
        // One that would hide the next line in a comment is not passed over.
        const bool isOneLine = std::ranges::none_of(all, isControl);
        auto line = isOneLine ? trimmed(withoutComment(all)) : all;
        const bool goesOn = line.ends_with('\\');
        if (goesOn) {
            line.remove_suffix(1);
        }
        joined.append(joined.empty() ? "" : " ").append(line);
        if (goesOn && !text.empty()) {
            continue;
        }
        const std::string whole(trimmed(joined));
        joined.clear();
        if (whole.empty()) {
            continue;
        }
        const bool isRead = whole.size() <= longestLine && std::ranges::none_of(whole, isForeign);
        if (auto pin = isRead ? pinOf(whole) : std::nullopt) {
            read.lines.push_back(std::move(*pin));
        } else {
            read.problems.push_back(problemAt(requirementsPath, first, complaintOf(whole)));
        }
    }
    return read;
}

Requirements requirementsOf(const BuildFiles &files)
{
    const auto file = std::ranges::find(files, requirementsPath, &BuildFile::path);
    if (file == files.end()) {
        return {};
    }
    auto read = readRequirements(file->content);
    const auto packages = std::ranges::find_if(
        files, [](const BuildFile &each) { return each.path.starts_with("site-packages/"); });
    if (!read.lines.empty() && packages != files.end()) {
        read.problems.push_back(problemAt(
            packages->path, 0, "site-packages is made from requirements.txt: remove it from the draft"));
    }
    return read;
}

} // namespace nest::builds
