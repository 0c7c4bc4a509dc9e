// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Builds and versions. Only the server writes them, so they have no `status` of their own.

#include "api/wire/network.h"

namespace nest::wire {

BOOST_DEFINE_ENUM_CLASS(BuildState, Queued, Running, Succeeded, Failed, Cancelled)
BOOST_DEFINE_ENUM_CLASS(ProblemSeverity, Error, Warning)

/// Something wrong at a place in a draft file; line and column count from 1, 0 where unknown. A failed test
/// tells what it got and what it expected where its assertion does, as text of one line or more.
struct BuildProblem
{
    ProblemSeverity severity = ProblemSeverity::Error;
    std::string path;
    int line = 0;
    int column = 0;
    std::string message;
    std::optional<std::string> actual = {};
    std::optional<std::string> expected = {};
    bool operator==(const BuildProblem &) const = default;
};
BOOST_DESCRIBE_STRUCT(BuildProblem, (), (severity, path, line, column, message, actual, expected))

struct TestResult
{
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    bool operator==(const TestResult &) const = default;
};
BOOST_DESCRIBE_STRUCT(TestResult, (), (passed, failed, skipped))

BOOST_DEFINE_ENUM_CLASS(TestState, Passed, Failed, Skipped)

/// One of the function's own tests.
struct TestCase
{
    std::string name; // "group > test"
    TestState state = TestState::Passed;
    std::optional<double> milliseconds = {}; // absent: its runner does not tell
    bool operator==(const TestCase &) const = default;
};
BOOST_DESCRIBE_STRUCT(TestCase, (), (name, state, milliseconds))

struct Build
{
    int number = 0;
    std::string function;
    BuildState state = BuildState::Queued;
    std::string reason; // why it failed or was cancelled, in a sentence
    std::optional<Time> createdAt;
    std::optional<Time> startedAt;
    std::optional<Time> finishedAt;
    std::vector<BuildProblem> problems;
    std::optional<TestResult> tests;      // absent: the function has none
    std::vector<TestCase> testCases = {}; // in their order, the first 500
    std::optional<std::string> artefactDigest;
    std::optional<std::int64_t> artefactBytes;
    std::optional<int> version; // published as
    std::vector<std::string> log;
};
BOOST_DESCRIBE_STRUCT(Build, (),
                      (number, function, state, reason, createdAt, startedAt, finishedAt, problems, tests,
                       testCases, artefactDigest, artefactBytes, version, log))

struct Version
{
    int number = 0;
    std::string function;
    int build = 0;
    std::string description; // what is new in it
    std::string artefactDigest;
    std::string runtime;
    std::string handler;
    int memoryMegabytes = 256;
    int timeoutSeconds = 10;
    Environment environment;
    std::optional<Network> network = {}; // of trials, and of a first deployment that names none
    std::optional<TestResult> tests;
    std::optional<Time> createdAt;
    std::string createdBy;
};
BOOST_DESCRIBE_STRUCT(Version, (),
                      (number, function, build, description, artefactDigest, runtime, handler,
                       memoryMegabytes, timeoutSeconds, environment, network, tests, createdAt, createdBy))

/// Body of POST …/versions.
struct PublishVersion
{
    int build = 0;
    std::string description;
};
BOOST_DESCRIBE_STRUCT(PublishVersion, (), (build, description))

} // namespace nest::wire
