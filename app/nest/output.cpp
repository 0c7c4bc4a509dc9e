// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/output.h"

#include "app/nest/json.h"

#include <cstdlib>

#include <unistd.h>

namespace nest::cli {

namespace {

void write(std::FILE *to, std::string_view text, bool endLine)
{
    std::fwrite(text.data(), 1, text.size(), to);
    if (endLine) {
        std::fputc('\n', to);
    }
    // A reader of a pipe sees each line when it is said; logs -f and load are read while they run.
    std::fflush(to);
}

} // namespace

std::string Style::dim(std::string_view text) const
{
    return hasColour && !text.empty() ? "\033[2m" + std::string(text) + "\033[0m" : std::string(text);
}

std::string Style::bold(std::string_view text) const
{
    return hasColour && !text.empty() ? "\033[1m" + std::string(text) + "\033[0m" : std::string(text);
}

Output Output::ofProcess()
{
    const char *noColour = std::getenv("NO_COLOR"); // no-color.org: set and not empty
    const char *terminal = std::getenv("TERM");
    const bool isDumb = terminal != nullptr && std::string_view(terminal) == "dumb";
    const bool wantsColour = (noColour == nullptr || *noColour == '\0') && !isDumb;
    return {stdout, stderr, Style{wantsColour && ::isatty(STDOUT_FILENO) != 0}};
}

void Output::line(std::string_view text)
{
    write(m_out, text, true);
}

void Output::raw(std::string_view bytes)
{
    write(m_out, bytes, false);
}

void Output::say(std::string_view text)
{
    write(m_isJson ? m_errors : m_out, text, true);
}

void Output::complain(std::string_view text)
{
    write(m_errors, text, true);
}

void Output::error(const Error &error)
{
    complain("nest: " + error.detail);
    for (const auto &field : error.fields) {
        // The sentence of a single field is often the detail itself.
        if (field.detail != error.detail) {
            complain("  " + (field.pointer.empty() ? std::string("/") : field.pointer) + ": " + field.detail);
        }
    }
    if (m_isJson) {
        auto document = problemJson(error);
        for (const auto &[name, value] : m_attached) {
            document[name] = value;
        }
        line(jsonText(document));
    }
}

} // namespace nest::cli
