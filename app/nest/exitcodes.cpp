// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/exitcodes.h"

#include <algorithm>
#include <array>

namespace nest::cli {

namespace {

using enum ExitCode;

constexpr std::array rows{
    ExitRow{"access/denied", Refused, 403, "Not allowed"},
    ExitRow{"access/wrong-host", Refused, 403, "Wrong Host or Origin"},
    ExitRow{"access/wrong-token", Refused, 401, "Token missing or wrong"},
    ExitRow{"builds/artefact", Failed, 500, "The artefact cannot be read"},
    ExitRow{"builds/bad-artefact", Failed, 500, "The artefact is damaged"},
    ExitRow{"builds/bad-name", Refused, 422, "Name not allowed"},
    ExitRow{"builds/bad-path", Refused, 422, "Path not allowed"},
    ExitRow{"builds/no-artefact", NotFound, 404, "The artefact is gone"},
    ExitRow{"builds/too-large", Refused, 413, "Draft too large"},
    ExitRow{"cli/bad-folder", Refused},
    ExitRow{"cli/bad-value", Usage},
    ExitRow{"cli/build-failed", Failed},
    ExitRow{"cli/dev-folder", Failed},
    ExitRow{"cli/dev-running", Conflict},
    ExitRow{"cli/no-debugger", Failed},
    ExitRow{"cli/not-deployed", NotFound},
    ExitRow{"cli/port-taken", Conflict},
    ExitRow{"cli/tests-failed", TestsFailed},
    ExitRow{"cli/unknown-decision", NotFound},
    ExitRow{"cli/unwritable", Failed},
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
    ExitRow{"control/bad-query", Refused, 400, "Query not understood"},
    ExitRow{"control/build-not-green", Conflict, 409, "Build did not succeed"},
    ExitRow{"control/build-running", Conflict, 409, "A build is running"},
    ExitRow{"control/cannot-start", Unreachable, 503, "No function can start here"},
    ExitRow{"control/compacted", Conflict, 410, "Too old to resume from"},
    ExitRow{"control/draft-empty", Conflict, 409, "Draft is empty"},
    ExitRow{"control/has-deployments", Conflict, 409, "Still deployed"},
    ExitRow{"control/in-use", Conflict, 409, "Still in use"},
    ExitRow{"control/key-reused", Conflict, 422, "Idempotency-Key used before"},
    ExitRow{"control/invalid", Refused, 422, "Fields not valid"},
    ExitRow{"control/method-not-allowed", Refused, 405, "Method not allowed"},
    ExitRow{"control/network-refused", Refused, 409, "Network refused"},
    ExitRow{"control/not-running", Conflict, 409, "Not running"},
    ExitRow{"control/precondition-required", Conflict, 428, "If-Match is needed"},
    ExitRow{"control/stopping", Unreachable, 503, "The platform is stopping"},
    ExitRow{"control/too-large", Refused, 413, "Body too large"},
    ExitRow{"control/too-many-events", Conflict, 409, "Too many test events"},
    ExitRow{"control/too-many-secrets", Conflict, 409, "Too many secrets"},
    ExitRow{"control/too-many-trials", Unreachable, 503, "Too many trials run"},
    ExitRow{"control/unknown-build", NotFound, 404, "No such build"},
    ExitRow{"control/unknown-decision", NotFound, 404, "No such decision"},
    ExitRow{"control/unknown-deployment", NotFound, 404, "No such deployment"},
    ExitRow{"control/unknown-event", NotFound, 404, "No such test event"},
    ExitRow{"control/unknown-file", NotFound, 404, "No such file"},
    ExitRow{"control/unknown-function", NotFound, 404, "No such function"},
    ExitRow{"control/unknown-group", NotFound, 404, "No such group"},
    ExitRow{"control/unknown-instance", NotFound, 404, "No such instance"},
    ExitRow{"control/unknown-pool", NotFound, 404, "No such pool"},
    ExitRow{"control/unknown-route", NotFound, 404, "No such address"},
    ExitRow{"control/unknown-secret", NotFound, 404, "No such secret"},
    ExitRow{"control/unknown-template", NotFound, 404, "No such template"},
    ExitRow{"control/unknown-version", NotFound, 404, "No such version"},
    ExitRow{"gateway/no-deployment", NotFound, 404, "The function is not deployed in this group"},
    ExitRow{"gateway/unknown-function", NotFound, 404, "There is no such function"},
    ExitRow{"logs/closed", Unreachable, 503, "The platform is stopping"},
    ExitRow{"metrics/bad-query", Refused, 400, "Query not understood"},
    ExitRow{"secrets/key", Failed, 500, "The key of the secrets cannot be used"},
    ExitRow{"secrets/unreadable", Failed, 500, "A secret cannot be read"},
    ExitRow{"store/broken", Failed, 500, "The store is broken"},
    ExitRow{"store/closed", Unreachable, 503, "The platform is stopping"},
    ExitRow{"store/exists", Conflict, 409, "Exists already"},
    ExitRow{"store/full", Failed, 507, "The disk is full"},
    ExitRow{"store/locked", Unreachable, 503, "The store is locked"},
    ExitRow{"store/missing", NotFound, 404, "Does not exist"},
    ExitRow{"store/stale", Conflict, 412, "Changed in the meantime"},
    ExitRow{"store/unwritable", Failed, 500, "The store cannot be written"},
    ExitRow{"wire/bad-fields", Refused, 422, "Fields not valid"},
    ExitRow{"wire/broken-json", Refused, 400, "Not valid JSON"},
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
    Meaning{TestsFailed, "a test of the function failed"},
};

const ExitRow *rowOf(std::string_view type)
{
    const auto found = std::ranges::find(rows, type, &ExitRow::type);
    return found != rows.end() ? &*found : nullptr;
}

constexpr std::size_t helpColumns = 100;

} // namespace

std::span<const ExitRow> exitTable()
{
    return rows;
}

ExitCode exitCodeOf(std::string_view errorType)
{
    const auto *row = rowOf(errorType);
    return row != nullptr ? row->code : Failed;
}

std::optional<int> statusOf(std::string_view errorType)
{
    const auto *row = rowOf(errorType);
    return row != nullptr && row->status != 0 ? std::optional(row->status) : std::nullopt;
}

std::string titleOf(std::string_view errorType)
{
    if (const auto *row = rowOf(errorType); row != nullptr && !row->title.empty()) {
        return std::string(row->title);
    }
    // "client/no-program" -> "No program"
    std::string title(errorType.substr(errorType.find('/') + 1));
    std::ranges::replace(title, '-', ' ');
    if (!title.empty() && title.front() >= 'a' && title.front() <= 'z') {
        title.front() = static_cast<char>(title.front() - 'a' + 'A');
    }
    return title;
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
