// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/devevents.h"

#include "app/nest/buildstep.h"
#include "app/nest/json.h"
#include "app/nest/text.h"

#include "api/wire/codec.h"

#include <algorithm>
#include <format>

namespace nest::cli {

namespace {

constexpr std::size_t namedFiles = 3;

std::string changedText(const std::vector<std::string> &changed)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(changed.size(), namedFiles); ++i) {
        text += (i == 0 ? "" : ", ") + changed[i];
    }
    if (changed.size() > namedFiles) {
        text += std::format(" and {} more", changed.size() - namedFiles);
    }
    return text + " changed. ";
}

boost::json::value optionalNumber(const std::optional<int> &number)
{
    return number ? boost::json::value(*number) : boost::json::value(nullptr);
}

} // namespace

void DevEvents::json(boost::json::object event)
{
    m_output.line(jsonText(event));
}

void DevEvents::building(const std::string &function, const std::vector<std::string> &changed)
{
    if (m_output.isJson()) {
        return json(
            {{"event", "building"}, {"function", function}, {"changed", boost::json::value_from(changed)}});
    }
    m_output.say((changed.empty() ? std::string() : changedText(changed)) + "Building …");
}

void DevEvents::problem(const wire::BuildProblem &problem)
{
    if (m_output.isJson()) {
        boost::json::object event{{"event", "problem"},       {"severity", wire::enumText(problem.severity)},
                                  {"path", problem.path},     {"line", problem.line},
                                  {"column", problem.column}, {"message", problem.message}};
        if (problem.actual) {
            event["actual"] = *problem.actual;
        }
        if (problem.expected) {
            event["expected"] = *problem.expected;
        }
        return json(std::move(event));
    }
    printProblem(m_output, problem);
}

void DevEvents::failed(const std::string &reason, const std::vector<std::string> &lines,
                       std::optional<int> stays, bool waits)
{
    if (m_output.isJson()) {
        return json({{"event", "failed"},
                     {"reason", reason},
                     {"lines", boost::json::value_from(lines)},
                     {"serving", optionalNumber(stays)}});
    }
    m_output.complain("nest: " + reason);
    for (const auto &line : lines) {
        m_output.complain("  " + line);
    }
    if (!waits) {
        return;
    }
    m_output.complain(
        stays ? std::format("nest: v{} goes on serving. Save a correction to build again.", *stays)
              : "nest: nothing serves yet. Save a correction to build again.");
}

void DevEvents::serving(const Serving &serving)
{
    if (m_output.isJson()) {
        boost::json::object event{{"event", "serving"},
                                  {"function", serving.function},
                                  {"version", serving.version},
                                  {"url", serving.url},
                                  {"milliseconds", serving.took.count()}};
        if (serving.tests) {
            event["tests"] = boost::json::object{{"passed", serving.tests->passed},
                                                 {"failed", serving.tests->failed},
                                                 {"skipped", serving.tests->skipped}};
        }
        return json(std::move(event));
    }
    std::string tests;
    if (serving.tests) {
        tests = std::format(", {} {} passed", serving.tests->passed,
                            serving.tests->passed == 1 ? "test" : "tests");
    }
    m_output.line(std::format("v{} serves after {}{}.", serving.version, durationText(serving.took), tests));
    if (serving.isFirst) {
        m_output.line("  " + m_output.style().bold(serving.url));
        m_output.line("  curl " + serving.url);
    }
}

void DevEvents::log(const wire::LogLine &line)
{
    if (m_output.isJson()) {
        auto event = boost::json::parse(wire::write(line)).as_object();
        event["event"] = "log";
        return json(std::move(event));
    }
    const auto &style = m_output.style();
    const auto severity = std::format("{:<5}", wire::enumText(line.severity));
    const bool isLoud = line.severity == wire::Severity::Warn || line.severity == wire::Severity::Error;
    m_output.line(std::format("{} {} {}", style.dim(preciseClockText(line.time)),
                              isLoud ? style.bold(severity) : style.dim(severity), line.message));
}

void DevEvents::linesLost(std::int64_t count)
{
    m_output.complain(
        std::format("nest: {} lines were lost: the function prints faster than they can be kept.", count));
}

void DevEvents::trouble(const Error &error)
{
    if (m_output.isJson()) {
        auto event = problemJson(error);
        event["event"] = "trouble";
        return json(std::move(event));
    }
    m_output.error(error);
}

void DevEvents::debugger(const std::string &runtime, int port, bool waits, bool isFirst)
{
    const auto address = "127.0.0.1:" + std::to_string(port);
    boost::json::object launch{{"name", "nest debug"}, {"request", "attach"}};
    const boost::json::object mapping{{"localRoot", "${workspaceFolder}"}, {"remoteRoot", "/code"}};
    std::string command;
    if (runtime.starts_with("python")) {
        launch["type"] = "debugpy";
        launch["connect"] = boost::json::object{{"host", "127.0.0.1"}, {"port", port}};
        launch["pathMappings"] = boost::json::array{mapping};
    } else if (runtime.starts_with("java")) {
        launch["type"] = "java";
        launch["hostName"] = "127.0.0.1";
        launch["port"] = port;
        command = "jdb -attach " + address;
    } else {
        launch["type"] = "node";
        launch["address"] = "127.0.0.1";
        launch["port"] = port;
        launch["localRoot"] = "${workspaceFolder}";
        launch["remoteRoot"] = "/code";
        launch["restart"] = true;
        command = "node inspect " + address;
    }
    if (m_output.isJson()) {
        return json({{"event", "debugger"},
                     {"address", address},
                     {"waits", waits},
                     {"command", command},
                     {"launch", std::move(launch)}});
    }
    m_output.line(std::format("The debugger listens on {}{}", address,
                              waits ? "; the function is loaded when one has attached." : "."));
    if (isFirst) {
        if (!command.empty()) {
            m_output.line("  " + command);
        }
        m_output.line("  VS Code, in .vscode/launch.json: " + jsonText(launch));
    }
}

void DevEvents::ended()
{
    if (m_output.isJson()) {
        return json({{"event", "ended"}});
    }
    m_output.say("Ended.");
}

} // namespace nest::cli
