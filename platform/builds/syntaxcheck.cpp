// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/syntaxcheck.h"

#include "platform/builds/paths.h"

#include <boost/json.hpp>

namespace nest::builds {

namespace {

constexpr std::size_t mostProblems = 50;
constexpr std::size_t longestMessage = 500;

int smallNumber(const boost::json::object &object, std::string_view key)
{
    const auto *value = object.if_contains(key);
    const auto *number = value ? value->if_int64() : nullptr;
    return number && *number > 0 && *number < 10'000'000 ? static_cast<int>(*number) : 0;
}

std::string text(const boost::json::object &object, std::string_view key)
{
    const auto *value = object.if_contains(key);
    const auto *string = value ? value->if_string() : nullptr;
    return string ? std::string(*string) : std::string();
}

} // namespace

void SyntaxCheckOutput::addLine(std::string_view line)
{
    boost::system::error_code code;
    const auto value = boost::json::parse(line, code);
    const auto *object = code ? nullptr : value.if_object();
    if (object == nullptr || m_problems.size() >= mostProblems) {
        return;
    }
    wire::BuildProblem problem{.severity = wire::ProblemSeverity::Error,
                               .path = text(*object, "path"),
                               .line = smallNumber(*object, "line"),
                               .column = smallNumber(*object, "column"),
                               .message = text(*object, "message").substr(0, longestMessage)};
    if (checkPath(problem.path) && !problem.message.empty()) {
        m_problems.push_back(std::move(problem));
    }
}

} // namespace nest::builds
