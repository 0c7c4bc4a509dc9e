// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What `nest dev` and `nest debug` say while they run: lines for a person, or with --json one JSON object a
// line, {"event": "building" | "problem" | "failed" | "serving" | "log" | "trouble" | "debugger" | "ended",
// …}.
//
// Thread: main's; the Output outlives it.

#include "api/wire/build.h"
#include "api/wire/observation.h"
#include "app/nest/output.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace nest::cli {

struct Serving
{
    std::string function;
    int version = 0;
    std::string url;
    std::chrono::milliseconds took{};
    std::optional<wire::TestResult> tests = {};
    bool isFirst = true;
};

class DevEvents final
{
public:
    explicit DevEvents(Output &output) : m_output(output) {}

    void building(const std::string &function, const std::vector<std::string> &changed);
    void problem(const wire::BuildProblem &problem);
    /// A build, or a start, that failed; `lines` tell more; `stays` goes on serving.
    void failed(const std::string &reason, const std::vector<std::string> &lines, std::optional<int> stays,
                bool waits = true);
    void serving(const Serving &serving);
    void log(const wire::LogLine &line);
    void linesLost(std::int64_t count);
    /// Something that is in the way and may pass.
    void trouble(const Error &error);
    /// How to attach; the whole of it the first time.
    void debugger(const std::string &runtime, int port, bool waits, bool isFirst);
    void ended();

private:
    void json(boost::json::object event);

    Output &m_output;
};

} // namespace nest::cli
