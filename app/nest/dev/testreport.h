// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the function's own tests ended, for people, for programs and as JUnit XML. Pure functions, any thread.

#include "api/wire/build.h"
#include "app/nest/output.h"

#include <QByteArray>

#include <string>

namespace nest::cli {

/// The tests are why it failed: one of them did, or what ran them did.
[[nodiscard]] bool testsFailed(const wire::Build &build);

/// The build came as far as the tests, however they and it ended.
[[nodiscard]] bool cameToTests(const wire::Build &build);

/// A line a test, with what a failed one got and where; what no listed test accounts for (what runs before or
/// after a group, a test beyond the listed ones); then the sum.
void printTests(Output &output, const wire::Build &build);

[[nodiscard]] boost::json::array casesJson(const wire::Build &build);

/// The form that CI systems read: testsuites, testsuite, testcase, failure or error, skipped. What no listed
/// test accounts for is a testcase of its own; a build that failed without a failed test is one testcase
/// "build" with an error; "tests" when it was what runs them that failed.
[[nodiscard]] QByteArray junitXml(const wire::Build &build);

} // namespace nest::cli
