// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/exitcodes.h"

#include <algorithm>
#include <array>

namespace nest::cli {

namespace {

using enum ExitCode;

constexpr std::array rows{
    ExitRow{"access/denied", Refused},
    ExitRow{"access/wrong-host", Refused},
    ExitRow{"access/wrong-token", Refused},
    ExitRow{"builds/bad-name", Refused},
    ExitRow{"builds/bad-path", Refused},
    ExitRow{"builds/too-large", Refused},
    ExitRow{"cli/bad-folder", Refused},
    ExitRow{"cli/bad-value", Usage},
    ExitRow{"cli/build-failed", Failed},
    ExitRow{"cli/not-deployed", NotFound},
    ExitRow{"cli/unknown-decision", NotFound},
    ExitRow{"client/bad-answer", Failed},
    ExitRow{"client/bad-plan", Usage},
    ExitRow{"client/cancelled", Failed},
    ExitRow{"client/closed", Unreachable},
    ExitRow{"client/load-running", Failed},
    ExitRow{"client/no-descriptors", Failed},
    ExitRow{"client/no-program", Unreachable},
    ExitRow{"client/no-runtime-folder", Unreachable},
    ExitRow{"client/platform-ended", Unreachable},
    ExitRow{"client/platform-silent", Unreachable},
    ExitRow{"client/remote-target", Refused},
    ExitRow{"client/timeout", Unreachable},
    ExitRow{"client/tls", Unreachable},
    ExitRow{"client/unreachable", Unreachable},
    ExitRow{"control/bad-query", Refused},
    ExitRow{"control/build-not-green", Conflict},
    ExitRow{"control/build-running", Conflict},
    ExitRow{"control/compacted", Conflict},
    ExitRow{"control/draft-empty", Conflict},
    ExitRow{"control/has-deployments", Conflict},
    ExitRow{"control/in-use", Conflict},
    ExitRow{"control/invalid", Refused},
    ExitRow{"control/method-not-allowed", Refused},
    ExitRow{"control/not-running", Conflict},
    ExitRow{"control/precondition-required", Conflict},
    ExitRow{"control/stopping", Unreachable},
    ExitRow{"control/unknown-build", NotFound},
    ExitRow{"control/unknown-decision", NotFound},
    ExitRow{"control/unknown-deployment", NotFound},
    ExitRow{"control/unknown-file", NotFound},
    ExitRow{"control/unknown-function", NotFound},
    ExitRow{"control/unknown-group", NotFound},
    ExitRow{"control/unknown-instance", NotFound},
    ExitRow{"control/unknown-route", NotFound},
    ExitRow{"control/unknown-template", NotFound},
    ExitRow{"control/unknown-version", NotFound},
    ExitRow{"gateway/no-deployment", NotFound},
    ExitRow{"gateway/unknown-function", NotFound},
    ExitRow{"logs/closed", Unreachable},
    ExitRow{"metrics/bad-query", Refused},
    ExitRow{"store/broken", Failed},
    ExitRow{"store/closed", Unreachable},
    ExitRow{"store/exists", Conflict},
    ExitRow{"store/full", Failed},
    ExitRow{"store/locked", Unreachable},
    ExitRow{"store/missing", NotFound},
    ExitRow{"store/stale", Conflict},
    ExitRow{"store/unwritable", Failed},
    ExitRow{"wire/bad-fields", Refused},
    ExitRow{"wire/broken-json", Refused},
};

struct Meaning
{
    ExitCode code;
    std::string_view text;
};

constexpr std::array meanings{
    Meaning{Ok, "done"},
    Meaning{Failed, "failed: a build, a request answered with 5xx, or the platform itself"},
    Meaning{Usage, "the command was not understood"},
    Meaning{NotFound, "not found"},
    Meaning{Conflict, "conflict: changed in the meantime, there already, or not possible now"},
    Meaning{Refused, "refused: not allowed or not valid"},
    Meaning{Unreachable, "no platform answers"},
};

constexpr std::size_t helpColumns = 100;

} // namespace

std::span<const ExitRow> exitTable()
{
    return rows;
}

ExitCode exitCodeOf(std::string_view errorType)
{
    const auto found = std::ranges::find(rows, errorType, &ExitRow::type);
    return found != rows.end() ? found->code : Failed;
}

std::string exitCodeHelp()
{
    std::string text = "Exit codes, with the types of problem that end with each:\n";
    for (const auto &meaning : meanings) {
        text +=
            "  " + std::to_string(static_cast<int>(meaning.code)) + "  " + std::string(meaning.text) + '\n';
        std::string line;
        for (const auto &row : rows) {
            if (row.code != meaning.code) {
                continue;
            }
            if (!line.empty() && line.size() + row.type.size() > helpColumns) {
                text += line + '\n';
                line.clear();
            }
            line += (line.empty() ? "     " : ", ") + std::string(row.type);
        }
        if (!line.empty()) {
            text += line + '\n';
        }
    }
    return text;
}

} // namespace nest::cli
