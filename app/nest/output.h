// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where a command writes: results to standard output, everything that is no result to standard error.
//
// Owner: main; one thread. Escape sequences are written only when standard output is a terminal and NO_COLOR
// is not set. With --json standard output carries JSON alone, so what is said on the way goes to standard
// error.

#include "api/wire/result.h"

#include <boost/json.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace nest::cli {

/// How a stretch of text may look; plain when the output is no terminal.
struct Style
{
    bool hasColour = false;
    [[nodiscard]] std::string dim(std::string_view text) const;
    [[nodiscard]] std::string bold(std::string_view text) const;
};

class Output final
{
public:
    Output(std::FILE *out, std::FILE *errors, Style style) : m_out(out), m_errors(errors), m_style(style) {}
    /// Standard output and error, with colour where a person looks at it.
    static Output ofProcess();

    [[nodiscard]] const Style &style() const { return m_style; }
    [[nodiscard]] bool isJson() const { return m_isJson; }
    void setJson(bool json) { m_isJson = json; }

    /// A line of the result.
    void line(std::string_view text);
    /// Bytes of the result, as they are.
    void raw(std::string_view bytes);
    /// What happens meanwhile.
    void say(std::string_view text);
    /// A warning or a place in a file: always standard error.
    void complain(std::string_view text);
    /// With --json: `json` becomes the member `name` of the problem document, should there be one.
    void attach(const std::string &name, boost::json::value json) { m_attached[name] = std::move(json); }
    /// "nest: sentence", then each field on a line of its own; with --json also the problem document as the
    /// last line of the result.
    void error(const Error &error);

private:
    std::FILE *m_out;
    std::FILE *m_errors;
    Style m_style;
    bool m_isJson = false;
    boost::json::object m_attached;
};

} // namespace nest::cli
