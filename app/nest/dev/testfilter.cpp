// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/dev/testfilter.h"

#include "app/nest/dev/devsession.h"

#include <QRegularExpression>

#include <algorithm>

namespace nest::cli {

using namespace Qt::StringLiterals;

namespace {

std::string replaced(const std::string &text, char each, const std::string &by)
{
    std::string result;
    for (const char c : text) {
        result += c == each ? by : std::string(1, c);
    }
    return result;
}

/// As a regular expression of JavaScript that means itself.
std::string pattern(const std::string &text)
{
    std::string result;
    for (const char c : text) {
        result += std::string_view("\\^$.*+?()[]{}|/").contains(c) ? "\\" : "";
        result += c;
    }
    return result;
}

} // namespace

Result<QByteArray> withTestFilter(const QByteArray &manifest, const std::string &text)
{
    static const QRegularExpression ownTests(u"^[\"']?tests[\"']?[ \\t]*:"_s,
                                             QRegularExpression::MultilineOption);
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    if (text.empty() || std::ranges::any_of(text, isControl)) {
        return failure("cli/bad-value", "--filter is a part of a test's name, in one line.");
    }
    if (ownTests.match(QString::fromUtf8(manifest)).hasMatch()) {
        return failure("cli/bad-value",
                       "function.yaml names its own tests command, which nest cannot give a filter. Leave "
                       "--filter out, or leave `tests` out of function.yaml.");
    }
    const auto runtime = manifestOf(manifest.toStdString()).runtime;
    const auto quoted = [](const std::string &word) {
        return '\'' + replaced(word, '\'', R"('\'')") + '\'';
    };
    const auto command = runtime.starts_with("python") ? "python3 -S -B /nest/tests.py /work " + quoted(text)
                         : runtime.starts_with("java")
                             ? "java -Djava.io.tmpdir=/tmp @/nest/tests.args /work " + quoted(text)
                             : "node --test --test-reporter=tap --test-name-pattern=" + quoted(pattern(text));
    return manifest + "\ntests: '" + QByteArray::fromStdString(replaced(command, '\'', "''")) + "'\n";
}

wire::Build onlyMatching(wire::Build build, const std::string &text)
{
    std::erase_if(build.testCases, [&](const wire::TestCase &test) {
        return test.state == wire::TestState::Skipped && !test.name.contains(text);
    });
    if (build.tests) {
        build.tests->skipped = static_cast<int>(
            std::ranges::count(build.testCases, wire::TestState::Skipped, &wire::TestCase::state));
    }
    return build;
}

} // namespace nest::cli
